#include "http/outside.h"

#include "base/must.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdint.h>
#include <string.h>

enum { HTTP_PORT = 80, HTTPS_PORT = 443, LOW_PORT = 1024 };

static bool is_outside_4(uint32_t ip)
{
    static const struct {
        uint32_t net;
        int bits;
    } inside[] = {
        {0x00000000, 8},  {0x0a000000, 8},  {0x64400000, 10}, {0x7f000000, 8},  {0xa9fe0000, 16},
        {0xac100000, 12}, {0xc0000000, 24}, {0xc0000200, 24}, {0xc0586300, 24}, {0xc0a80000, 16},
        {0xc6120000, 15}, {0xc6336400, 24}, {0xcb007100, 24}, {0xe0000000, 3},
    };

    for (size_t i = 0; i < LENGTH(inside); i++)
        if ((ip ^ inside[i].net) >> (32 - inside[i].bits) == 0)
            return false;
    return true;
}

/* Of 2000::/3, without what tunnels elsewhere or is for books. */
static bool is_outside_6(const uint8_t ip[16])
{
    static const uint8_t nat64[12] = {0x00, 0x64, 0xff, 0x9b};

    if (memcmp(ip, nat64, sizeof nat64) == 0)
        return is_outside_4((uint32_t)ip[12] << 24 | (uint32_t)ip[13] << 16 |
                            (uint32_t)ip[14] << 8 | ip[15]);
    if ((ip[0] & 0xe0) != 0x20)
        return false;
    if (ip[0] == 0x20 && ip[1] == 0x01 && (ip[2] < 0x02 || (ip[2] == 0x0d && ip[3] == 0xb8)))
        return false; /* 2001::/23, 2001:db8::/32 */
    return !(ip[0] == 0x20 && ip[1] == 0x02) && !(ip[0] == 0x3f && ip[1] == 0xff && ip[2] < 0x10);
}

bool outside_is(const struct sockaddr *to)
{
    if (to->sa_family == AF_INET)
        return is_outside_4(ntohl(((const struct sockaddr_in *)(const void *)to)->sin_addr.s_addr));
    if (to->sa_family == AF_INET6)
        return is_outside_6(((const struct sockaddr_in6 *)(const void *)to)->sin6_addr.s6_addr);
    return false;
}

static int port_of(const struct sockaddr *to)
{
    return ntohs(to->sa_family == AF_INET
                     ? ((const struct sockaddr_in *)(const void *)to)->sin_port
                     : ((const struct sockaddr_in6 *)(const void *)to)->sin6_port);
}

bool outside_may_go(const struct sockaddr *to, bool inside)
{
    int port;

    if ((to->sa_family != AF_INET && to->sa_family != AF_INET6) || (!inside && !outside_is(to)))
        return false;
    port = port_of(to);
    return port >= LOW_PORT || port == HTTP_PORT || port == HTTPS_PORT;
}

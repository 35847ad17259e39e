#include "staff/agent.h"

#include "base/must.h"
#include "base/utf8.h"

enum { SHOWN_MAX = 40 };

struct mark {
    str stands, name;
};

/* The first that stands in it: many say that they are others too. */
static str find(const struct mark *marks, size_t n, str said)
{
    for (size_t i = 0; i < n; i++)
        if (str_find(said, marks[i].stands) >= 0)
            return marks[i].name;
    return S("");
}

struct agent agent_read(str said)
{
    static const struct mark browsers[] = {
        {S_INIT("Edg"), S_INIT("Edge")},
        {S_INIT("OPR/"), S_INIT("Opera")},
        {S_INIT("SamsungBrowser"), S_INIT("Samsung Internet")},
        {S_INIT("FxiOS"), S_INIT("Firefox")},
        {S_INIT("Firefox"), S_INIT("Firefox")},
        {S_INIT("CriOS"), S_INIT("Chrome")},
        {S_INIT("Chrom"), S_INIT("Chrome")},
        {S_INIT("Safari"), S_INIT("Safari")},
        {S_INIT("curl"), S_INIT("curl")},
        {S_INIT("w3m"), S_INIT("w3m")},
        {S_INIT("Lynx"), S_INIT("Lynx")},
    };
    static const struct mark systems[] = {
        {S_INIT("iPhone"), S_INIT("iPhone")},   {S_INIT("iPad"), S_INIT("iPad")},
        {S_INIT("Android"), S_INIT("Android")}, {S_INIT("Windows"), S_INIT("Windows")},
        {S_INIT("CrOS"), S_INIT("ChromeOS")},   {S_INIT("Macintosh"), S_INIT("macOS")},
        {S_INIT("Linux"), S_INIT("Linux")},     {S_INIT("BSD"), S_INIT("BSD")},
    };

    return (struct agent){find(browsers, LENGTH(browsers), said),
                          find(systems, LENGTH(systems), said)};
}

str agent_name(arena *a, const struct tongue *t, str said)
{
    struct agent agent = agent_read(said);
    struct said parts[] = {{"browser", agent.browser}, {"system", agent.system}};

    if (agent.browser.n > 0 && agent.system.n > 0)
        return say_with(a, t, "{browser} on {system}", parts, LENGTH(parts));
    if (agent.browser.n + agent.system.n > 0)
        return agent.browser.n > 0 ? agent.browser : agent.system;
    return said.n > 0 ? utf8_to(said, SHOWN_MAX) : say(t, "Unknown device");
}

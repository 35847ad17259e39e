/* Any bytes as a form with files, the first line being its type: what is read lies inside the body,
 * no bytes of a field hold its boundary, and names are text without control characters. */
#include "base/fuzz.h"
#include "base/utf8.h"
#include "http/multipart.h"

static void look_at_name(str s)
{
    must(utf8_ok(s) && s.n <= MULTIPART_NAME_MAX);
    for (size_t i = 0; i < s.n; i++)
        must((unsigned char)s.p[i] >= ' ');
}

FUZZ(a, bytes, (size_t)64 << 20)
{
    struct multipart m;
    ptrdiff_t end = str_find_char(bytes, '\n');
    str type = str_to(bytes, end < 0 ? 0 : (size_t)end), body = str_from(bytes, (size_t)(end + 1));

    if (multipart_read(a, type, body, &m, NULL) != OK &&
        multipart_read(a, S("multipart/form-data; boundary=b"), body, &m, NULL) != OK)
        return;
    must(m.n <= MULTIPART_PARTS_MAX);
    for (size_t i = 0; i < m.n; i++) {
        const struct part *part = &m.v[i];

        look_at_name(part->name);
        look_at_name(part->file);
        must(part->file.n == 0 || part->is_file);
        must(str_find_char(part->file, '/') < 0);
        must(part->bytes.p >= body.p && part->bytes.p + part->bytes.n <= body.p + body.n);
        must(utf8_ok(multipart_get(&m, part->name)));
    }
}

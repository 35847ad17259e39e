#include "staff/qr.h"

#include "text/xml_write.h"

#include <qrencode.h>

enum { SVG_MAX = 256 << 10, QUIET = 4 /* squares around it that stay white */ };

/* One path: a run of black squares is a bar. */
static str bars(arena *a, const QRcode *code)
{
    buf out = buf_new(a, SVG_MAX / 2);

    for (int y = 0; y < code->width; y++)
        for (int x = 0; x < code->width; x++) {
            int from = x;

            while (x < code->width && code->data[y * code->width + x] & 1)
                x++;
            if (x > from)
                buf_fmt(&out, "M%d %dh%dv1h-%dz", from + QUIET, y + QUIET, x - from, x - from);
        }
    return buf_str(&out);
}

static str draw(arena *a, const QRcode *code)
{
    buf out = buf_new(a, SVG_MAX);
    struct xml_writer w = xml_writer(&out);
    int size = code->width + 2 * QUIET;

    xml_put_begin(&w, "svg");
    xml_put_attr(&w, "xmlns", S("http://www.w3.org/2000/svg"));
    xml_put_attr(&w, "viewBox", str_fmt(a, "0 0 %d %d", size, size));
    xml_put_attr(&w, "shape-rendering", S("crispEdges"));
    xml_put_begin(&w, "path");
    xml_put_attr(&w, "fill", S("#fff"));
    xml_put_attr(&w, "d", str_fmt(a, "M0 0h%dv%dh-%dz", size, size, size));
    xml_put_end(&w);
    xml_put_begin(&w, "path");
    xml_put_attr(&w, "d", bars(a, code));
    xml_put_end(&w);
    xml_put_end(&w);
    return buf_str(&out);
}

err qr_svg(arena *a, str words, str *out)
{
    QRcode *code = QRcode_encodeString8bit(str_z(a, words), 0, QR_ECLEVEL_M);

    if (code == NULL)
        return E_LIMIT;
    *out = draw(a, code);
    QRcode_free(code);
    return OK;
}

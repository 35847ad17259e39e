/*
 * qr.h - a picture that a telephone reads: a QR code as SVG (libqrencode draws the squares).
 */
#ifndef STAFF_QR_H
#define STAFF_QR_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

/* Black on white, with its quiet zone, whatever the page is.  In `a`.  E_LIMIT: too long. */
err qr_svg(arena *a, str words, str *out);

#endif

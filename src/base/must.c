#include "base/must.h"

#include <stdio.h>
#include <stdlib.h>

void must_failed(const char *claim, const char *file, int line)
{
    fprintf(stderr, "level=fatal event=broken_promise at=%s:%d claim=\"%s\"\n", file, line, claim);
    abort();
}

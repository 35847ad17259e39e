#include "base/must.h"
#include "wire/xml/xml.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

/* Whatever comes in, what the mender gives is well-formed. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    arena *a = arena_new(256 << 20);
    struct xml_tree tree;
    note why = {0};
    str text = str_of((const char *)bytes, n);

    if (arena_guard(a) == 0) {
        err strict = xml_read(a, text, XML_STRICT, &tree, &why);
        must(strict != OK || tree.root != NULL);
        if (strict == OK)
            xml_words(a, tree.root);
        str mended = xml_mend(a, text);
        err again = xml_read(a, mended, XML_STRICT, &tree, &why);
        must(again == OK || again == E_LIMIT || mended.n == 0);
    }
    arena_unguard(a);
    arena_free(&a);
    return 0;
}

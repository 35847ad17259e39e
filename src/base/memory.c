#include "base/memory.h"

#include <stdio.h>
#include <unistd.h>

struct memory memory_of_process(void)
{
    FILE *f = fopen("/proc/self/statm", "re");
    long long mapped = 0, resident = 0, page = sysconf(_SC_PAGESIZE);

    if (f == NULL)
        return (struct memory){0};
    if (fscanf(f, "%lld %lld", &mapped, &resident) != 2)
        mapped = resident = 0;
    fclose(f);
    return (struct memory){mapped * page, resident * page};
}

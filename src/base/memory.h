/*
 * memory.h - how much memory this process takes, as the kernel counts it.
 */
#ifndef BASE_MEMORY_H
#define BASE_MEMORY_H

#include <stdint.h>

struct memory {
    int64_t mapped, resident; /* bytes; 0: the kernel does not say */
};

/* As of now.  Any thread. */
struct memory memory_of_process(void);

#endif

/*
 * must.h - our own mistakes: a broken promise inside the program ends it, loudly, in every build.
 */
#ifndef BASE_MUST_H
#define BASE_MUST_H

/* Log the claim and where it stands, then abort; the supervisor restarts. */
[[gnu::noreturn]] void must_failed(const char *claim, const char *file, int line);

#define must(claim) ((claim) ? (void)0 : must_failed(#claim, __FILE__, __LINE__))

/* Is it built with the sanitiser of addresses or of threads?  They map, look and write where the
 * program itself does not. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define IS_SANITISED 1
#else
#define IS_SANITISED 0
#endif

#define LENGTH(array) (sizeof(array) / sizeof *(array))

#endif

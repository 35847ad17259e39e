/*
 * must.h - our own mistakes: a broken promise inside the program ends it, loudly, in every build.
 */
#ifndef BASE_MUST_H
#define BASE_MUST_H

/* Log the claim and where it stands, then abort; the supervisor restarts. */
[[gnu::noreturn]] void must_failed(const char *claim, const char *file, int line);

#define must(claim) ((claim) ? (void)0 : must_failed(#claim, __FILE__, __LINE__))

#define LENGTH(array) (sizeof(array) / sizeof *(array))

#endif

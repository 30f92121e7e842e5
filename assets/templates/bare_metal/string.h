/* SPDX-License-Identifier: Apache-2.0 */
/* The part of string.h that is used here; bare metal has no C library. */
#ifndef Studio_string_h
#define Studio_string_h
#include <stddef.h>
void *memcpy(void *restrict to, const void *restrict from, size_t count);
void *memmove(void *to, const void *from, size_t count);
void *memset(void *to, int value, size_t count);
int memcmp(const void *one, const void *other, size_t count);
int strcmp(const char *one, const char *other);
#endif

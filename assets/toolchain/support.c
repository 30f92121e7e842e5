/* What a compiler may call even where there is no C library. Words where both sides are aligned. */
#include <stdint.h>
#include <string.h>

typedef uint32_t __attribute__((may_alias)) word;

void *memcpy(void *restrict to, const void *restrict from, size_t count)
{
    uint8_t *t = to;
    const uint8_t *f = from;
    if ((((uintptr_t)t | (uintptr_t)f) & 3) == 0) {
        for (; count >= 4; count -= 4, t += 4, f += 4) *(word *)t = *(const word *)f;
    }
    while (count--) *t++ = *f++;
    return to;
}

void *memmove(void *to, const void *from, size_t count)
{
    uint8_t *t = to;
    const uint8_t *f = from;
    if ((uintptr_t)t <= (uintptr_t)f) return memcpy(to, from, count);
    while (count--) t[count] = f[count];
    return to;
}

void *memset(void *to, int value, size_t count)
{
    uint8_t *t = to;
    const uint32_t fill = (uint8_t)value * 0x01010101u;
    if (((uintptr_t)t & 3) == 0) {
        for (; count >= 4; count -= 4, t += 4) *(word *)t = fill;
    }
    while (count--) *t++ = (uint8_t)value;
    return to;
}

int memcmp(const void *one, const void *other, size_t count)
{
    const uint8_t *a = one;
    const uint8_t *b = other;
    for (; count--; ++a, ++b) {
        if (*a != *b) return *a - *b;
    }
    return 0;
}

#ifdef __ARM_EABI__
/* The names under which Arm's run-time ABI (section 4.3.4) lets a compiler call the above. */
#define ALIAS(name, of, ...) void *name(__VA_ARGS__) __attribute__((alias(#of)))
ALIAS(__aeabi_memcpy, memcpy, void *, const void *, size_t);
ALIAS(__aeabi_memcpy4, memcpy, void *, const void *, size_t);
ALIAS(__aeabi_memcpy8, memcpy, void *, const void *, size_t);
ALIAS(__aeabi_memmove, memmove, void *, const void *, size_t);
ALIAS(__aeabi_memmove4, memmove, void *, const void *, size_t);
ALIAS(__aeabi_memmove8, memmove, void *, const void *, size_t);

void __aeabi_memset(void *to, size_t count, int value);
void __aeabi_memset4(void *to, size_t count, int value) __attribute__((alias("__aeabi_memset")));
void __aeabi_memset8(void *to, size_t count, int value) __attribute__((alias("__aeabi_memset")));
void __aeabi_memclr(void *to, size_t count);
void __aeabi_memclr4(void *to, size_t count) __attribute__((alias("__aeabi_memclr")));
void __aeabi_memclr8(void *to, size_t count) __attribute__((alias("__aeabi_memclr")));

void __aeabi_memset(void *to, size_t count, int value)
{
    memset(to, value, count);
}

void __aeabi_memclr(void *to, size_t count)
{
    memset(to, 0, count);
}
#endif

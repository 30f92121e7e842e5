/* Files of the emulating computer, through the Arm semihosting interface (BKPT 0xAB). */
#ifndef Studio_semihosting_h
#define Studio_semihosting_h
#include <stdint.h>

enum { SEMIHOSTING_OPEN = 0x01, SEMIHOSTING_WRITE = 0x05, SEMIHOSTING_READ = 0x06 };
enum { SEMIHOSTING_CLOSE = 0x02, SEMIHOSTING_EXIT_EXTENDED = 0x20 };
enum { SEMIHOSTING_READ_BINARY = 1, SEMIHOSTING_WRITE_BINARY = 5 };
#define SEMIHOSTING_APPLICATION_EXIT 0x20026u

static inline int32_t semihosting(uint32_t operation, const void *block)
{
    register uint32_t r0 __asm__("r0") = operation;
    register const void *r1 __asm__("r1") = block;
    __asm__ volatile("bkpt 0xAB" : "+r"(r0) : "r"(r1) : "memory");
    return (int32_t)r0;
}

static inline int32_t host_open(const char *name, uint32_t mode)
{
    uint32_t length = 0;
    while (name[length]) ++length;
    const uint32_t block[3] = {(uint32_t)(uintptr_t)name, mode, length};
    return semihosting(SEMIHOSTING_OPEN, block);
}

/* Both return how many bytes were *not* moved. */
static inline int32_t host_write(int32_t file, const void *data, uint32_t count)
{
    const uint32_t block[3] = {(uint32_t)file, (uint32_t)(uintptr_t)data, count};
    return semihosting(SEMIHOSTING_WRITE, block);
}

static inline int32_t host_read(int32_t file, void *data, uint32_t count)
{
    const uint32_t block[3] = {(uint32_t)file, (uint32_t)(uintptr_t)data, count};
    return semihosting(SEMIHOSTING_READ, block);
}

static inline void host_exit(uint32_t status)
{
    const uint32_t block[2] = {SEMIHOSTING_APPLICATION_EXIT, status};
    semihosting(SEMIHOSTING_EXIT_EXTENDED, block);
    for (;;) {}
}
#endif

/* From reset to main on a RISC-V core without an operating system. */
#include <stdint.h>

extern uint32_t __data_load[], __data_start[], __data_end[], __bss_start[], __bss_end[];
extern int main(void);

__attribute__((naked, noreturn, section(".vectors"), used)) void reset(void)
{
    __asm__ volatile("la sp, __stack_top\n j studio_start");
}

__attribute__((used, noreturn)) void studio_start(void)
{
    const uint32_t *from = __data_load;
    for (uint32_t *to = __data_start; to < __data_end;) *to++ = *from++;
    for (uint32_t *to = __bss_start; to < __bss_end;) *to++ = 0;
    main();
    for (;;) {}
}

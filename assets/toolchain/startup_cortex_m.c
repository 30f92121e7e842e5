/* From reset to main on a Cortex-M: the vector table, the floating-point unit, the memories. */
#include <stdint.h>

extern uint32_t __stack_top[], __data_load[], __data_start[], __data_end[];
extern uint32_t __bss_start[], __bss_end[];
extern int main(void);
void reset(void);
void fault(void);
void __attribute__((weak)) systick(void);

/* The sixteen entries of the architecture; a chip adds one an interrupt of its own. */
__attribute__((section(".vectors"), used)) static void (*const vectors[16])(void) = {
    (void (*)(void))(uintptr_t)__stack_top, reset, fault, fault, fault, fault, fault, fault,
    fault, fault, fault, fault, fault, fault, fault, systick,
};

#define CPACR (*(volatile uint32_t *)0xE000ED88u)

void reset(void)
{
#if defined(__ARM_FP) || defined(__ARM_FEATURE_MVE)
    CPACR |= 0xFu << 20; /* coprocessors 10 and 11: full access */
    __asm__ volatile("dsb\n isb" ::: "memory");
#endif
    const uint32_t *from = __data_load;
    for (uint32_t *to = __data_start; to < __data_end;) *to++ = *from++;
    for (uint32_t *to = __bss_start; to < __bss_end;) *to++ = 0;
    main();
    for (;;) {}
}

__attribute__((weak)) void fault(void)
{
    for (;;) {}
}

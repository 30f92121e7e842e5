/*
 * Runs the model on an emulated Cortex-M: inputs from input.bin, answers to output.bin, as the
 * records host_driver.c writes, and two more: -3, once, the ticks of a loop whose instructions
 * are known; -2, an inference, its ticks and bytes of stack. Exit status 3: the model wrote
 * outside its arena; 4: no files; 5: a fault; 6: the stack was too small.
 */
#include <stdint.h>
#include <string.h>

#include "semihosting.h"
#include "studio-model.h"

#define FENCE 64u
#define PAINT 0xC3C3C3C3u
#define SYST_CSR (*(volatile uint32_t *)0xE000E010u)
#define SYST_RVR (*(volatile uint32_t *)0xE000E014u)
#define SYST_CVR (*(volatile uint32_t *)0xE000E018u)
#define ICSR (*(volatile uint32_t *)0xE000ED04u)
#define PENDSTSET (1u << 26)

extern uint32_t __stack_limit[];

static struct {
    uint8_t before[FENCE];
    int8_t arena[Model_arena_bytes] __attribute__((aligned(16)));
    uint8_t behind[FENCE];
} memory __attribute__((aligned(16), section(".arena")));

static uint8_t input[Model_input_bytes] __attribute__((aligned(16)));
static uint8_t output[Model_output_bytes] __attribute__((aligned(16)));
static int32_t answers;
static volatile uint32_t rounds;

void systick(void);
void fault(void);
void studio_trace(int tensor, const void *data, unsigned long bytes);

/* SysTick counts 24 bits down and interrupts on reaching 0; this is the rest of the number. */
void systick(void)
{
    ++rounds;
}

void fault(void)
{
    host_exit(5);
}

void studio_trace(int tensor, const void *data, unsigned long bytes)
{
    const uint32_t head[2] = {(uint32_t)tensor, (uint32_t)bytes};
    if (host_write(answers, head, sizeof head) || host_write(answers, data, bytes)) host_exit(4);
}

static uint64_t ticks(void)
{
    uint32_t before, now;
    do {
        before = rounds;
        now = SYST_CVR;
    } while (before != rounds || (ICSR & PENDSTSET));
    return ((uint64_t)before << 24) + ((0x1000000u - now) & 0xFFFFFFu);
}

/* Two instructions a turn: what a tick is worth. */
static void __attribute__((noinline)) known_loop(uint32_t turns)
{
    __asm__ volatile(".syntax unified\n .balign 4\n1: subs %0, %0, #1\n bne 1b" : "+l"(turns) : : "cc");
}

static void calibrate(void)
{
    const uint32_t turns = 4000000;
    const uint64_t begin = ticks();
    known_loop(turns);
    const uint64_t used = ticks() - begin;
    const uint32_t told[4] = {2 * turns, (uint32_t)used, (uint32_t)(used >> 32), 0};
    studio_trace(-3, told, sizeof told);
}

static uint32_t *stack_pointer(void)
{
    uint32_t *here;
    __asm__ volatile("mov %0, sp" : "=r"(here));
    return here;
}

static void infer(void)
{
    uint32_t *const here = stack_pointer();
    for (volatile uint32_t *p = __stack_limit; p < here; ++p) *p = PAINT;
    const uint64_t begin = ticks();
    Model_run(memory.arena);
    const uint64_t used = ticks() - begin;
    const uint32_t *deepest = __stack_limit;
    while (deepest < here && *deepest == PAINT) ++deepest;
    if (deepest == __stack_limit) host_exit(6);
    const uint32_t stack = (uint32_t)((uintptr_t)here - (uintptr_t)deepest);
    const uint32_t told[4] = {(uint32_t)used, (uint32_t)(used >> 32), stack, 0};
    studio_trace(-2, told, sizeof told);
}

static void check(const uint8_t *fence)
{
    for (unsigned i = 0; i < FENCE; ++i) {
        if (fence[i] != 0xC3) host_exit(3);
    }
}

int main(void)
{
    const int32_t file = host_open("input.bin", SEMIHOSTING_READ_BINARY);
    answers = host_open("output.bin", SEMIHOSTING_WRITE_BINARY);
    if (file < 0 || answers < 0) host_exit(4);
    SYST_RVR = 0xFFFFFFu;
    SYST_CVR = 0;
    SYST_CSR = 7; /* the core's clock, with the interrupt, on */
    while (SYST_CVR == 0) {} /* it begins on its first tick */
    calibrate();
    int pattern = 0xA5;
    memset(memory.before, 0xC3, FENCE);
    memset(memory.behind, 0xC3, FENCE);
    while (host_read(file, input, Model_input_bytes) == 0) {
        memset(memory.arena, pattern, Model_arena_bytes);
        pattern ^= 0xFF;
        Model_put(memory.arena, input);
        infer();
        check(memory.before);
        check(memory.behind);
        Model_get(memory.arena, output);
        studio_trace(-1, output, Model_output_bytes);
    }
    host_exit(0);
    return 0;
}

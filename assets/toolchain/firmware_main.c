/* The smallest program around the model: one inference. Its input would come from a sensor. */
#include "studio-model.h"

static int8_t arena[Model_arena_bytes] __attribute__((aligned(16), section(".arena")));

int main(void)
{
    *(volatile uint8_t *)Model_first_input(arena) = 0;
    Model_run(arena);
    return *(const volatile uint8_t *)Model_first_output(arena);
}

/* The smallest program around the model: one inference. Its input would come from a sensor. */
#include "studio_model.h"

static int8_t arena[MODEL_ARENA_BYTES] __attribute__((aligned(16), section(".arena")));

int main(void)
{
    *(volatile int8_t *)MODEL_INPUT(arena) = 0;
    MODEL_RUN(arena);
    return *(const volatile int8_t *)MODEL_OUTPUT(arena);
}

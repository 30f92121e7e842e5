/* needs: inlining */
/* Arm's DSP extension; the same in plain C where it is absent, so that these kernels can be
   tested anywhere. A word holds four int8 codes; `even` and `odd` widen two of them each. */
#if defined(__ARM_FEATURE_DSP)
#include <arm_acle.h>
#define even(word) ((uint32_t)__sxtb16((int8x4_t)(word)))
#define odd(word) ((uint32_t)__sxtb16((int8x4_t)((word) >> 8 | (word) << 24)))
#else
static uint32_t even(uint32_t word)
{
    return ((uint32_t)(int8_t)word & 0xffffu) | (uint32_t)(int8_t)(word >> 16) << 16;
}

static uint32_t odd(uint32_t word)
{
    return even(word >> 8);
}
#endif

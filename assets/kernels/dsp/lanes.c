/* needs: simd */
/* acc and the product of the lower or of the upper halves of two widened pairs. */
#if defined(__ARM_FEATURE_DSP)
#define add_bottom(a, b, acc) __smlabb((int32_t)(a), (int32_t)(b), acc)
#define add_top(a, b, acc) __smlatt((int32_t)(a), (int32_t)(b), acc)
#else
static int32_t add_bottom(uint32_t a, uint32_t b, int32_t acc)
{
    return acc + (int32_t)(int16_t)a * (int16_t)b;
}

static int32_t add_top(uint32_t a, uint32_t b, int32_t acc)
{
    return add_bottom(a >> 16, b >> 16, acc);
}
#endif

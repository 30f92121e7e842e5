/* needs: simd */
/* acc and both products of two widened pairs. */
#if defined(__ARM_FEATURE_DSP)
#define add_products(a, b, acc) __smlad((int16x2_t)(a), (int16x2_t)(b), acc)
#else
static int32_t add_products(uint32_t a, uint32_t b, int32_t acc)
{
    acc += (int32_t)(int16_t)a * (int16_t)b;
    return acc + (int32_t)(int16_t)(a >> 16) * (int16_t)(b >> 16);
}
#endif

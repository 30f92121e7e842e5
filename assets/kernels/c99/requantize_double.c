/* needs: */
/* acc * factor / 2^32 / 2^shift, rounded once, halves away from zero, at most 65536 in size: what
   LiteRT's reference dense layers do with a factor of 53 bits, there in double. acc stays below
   2^42 in size. */
static int32_t requantize_double(int64_t acc, int64_t factor, int32_t shift)
{
    const uint64_t size = acc < 0 ? 0u - (uint64_t)acc : (uint64_t)acc;
    const uint64_t low = size & 0xffffffffu;
    const uint64_t factor_low = (uint64_t)factor & 0xffffffffu;
    const uint64_t factor_high = (uint64_t)factor >> 32;
    const uint64_t rest = low * factor_high + (size >> 32) * factor_low + (low * factor_low >> 32);
    const uint64_t product = ((size >> 32) * factor_high << 32) + rest;
    const uint64_t near = (product + ((uint64_t)1 << (shift - 1))) >> shift;
    const int32_t code = near > 65536u ? 65536 : (int32_t)near;
    return acc < 0 ? -code : code;
}

/* needs: */
/* acc * multiplier / 2^31 * 2^shift, rounded twice as TensorFlow Lite's reference kernels do:
   halves towards plus infinity in the multiplication, halves away from zero in the division.
   Sums are below 2^30, so that doubling one makes the multiplication a single instruction. */
static int32_t requantize(int32_t acc, int32_t multiplier, int32_t shift)
{
    if (shift < 0) {
        const int64_t wide = (int64_t)(acc * 2) * multiplier;
        const int32_t high = (int32_t)((wide + 0x80000000) >> 32);
        return (high + ((int32_t)1 << (-shift - 1)) + (high >> 31)) >> -shift;
    }
    return (int32_t)(((int64_t)(acc * ((int32_t)1 << shift)) * multiplier + 0x40000000) >> 31);
}

/* needs: */
/* acc * multiplier / 2^31 * 2^shift, rounded twice as TensorFlow Lite's reference kernels do:
   halves towards plus infinity in the multiplication, halves away from zero in the division. */
static int32_t requantize(int32_t acc, int32_t multiplier, int32_t shift)
{
    const int32_t left = shift > 0 ? shift : 0;
    const int32_t right = shift > 0 ? 0 : -shift;
    const int64_t wide = (int64_t)(acc * ((int32_t)1 << left)) * multiplier;
    const int32_t high = (int32_t)((wide + ((int64_t)1 << 30)) >> 31);
    const int32_t mask = (int32_t)(((int64_t)1 << right) - 1);
    const int32_t threshold = (mask >> 1) + (high < 0);
    return (high >> right) + ((high & mask) > threshold);
}

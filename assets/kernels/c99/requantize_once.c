/* needs: */
/* acc * multiplier / 2^31 * 2^shift, rounded once, halves towards plus infinity: what LiteRT's
   dense layers do, unlike its convolutions. */
static int32_t requantize_once(int32_t acc, int32_t multiplier, int32_t shift)
{
    return (int32_t)(((int64_t)acc * multiplier + ((int64_t)1 << (30 - shift))) >> (31 - shift));
}

/* needs: */
/* acc * multiplier / 2^31 * 2^shift, rounded once, halves away from zero: what LiteRT's dense
   layers do, unlike its convolutions. */
static int32_t requantize_once(int32_t acc, int32_t multiplier, int32_t shift)
{
    const int64_t wide = (int64_t)acc * multiplier - (acc < 0);
    return (int32_t)((wide + ((int64_t)1 << (30 - shift))) >> (31 - shift));
}

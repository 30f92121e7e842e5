/* needs: */
/* acc * multiplier / 2^15 * 2^shift, rounded once, halves towards plus infinity: what LiteRT's
   reference convolutions of 16 bits do, with a multiplier of 15 bits. */
static int64_t requantize_wide(int64_t acc, int32_t multiplier, int32_t shift)
{
    return (acc * multiplier + ((int64_t)1 << (14 - shift))) >> (15 - shift);
}

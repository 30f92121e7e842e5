/* needs: clamp requantize requantize_wide */
/* Filters over codes of 16 bits. Where the bias has 32 bits, sums are scaled as those of 8 bits. */
typedef struct {
    int32_t depth, channels, low, high, narrow;
    const int8_t *weights;
    const int64_t *bias;
    const int32_t *multiplier;
    const int8_t *shift;
} filters_s16_layer;

static int16_t code_s16(const filters_s16_layer *l, int64_t acc, int32_t c)
{
    if (l->narrow) acc = requantize((int32_t)acc, l->multiplier[c], l->shift[c]);
    else acc = requantize_wide(acc, l->multiplier[c], l->shift[c]);
    return (int16_t)clamp((int32_t)acc, l->low, l->high);
}

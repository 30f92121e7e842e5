/* needs: clamp requantize */
typedef struct {
    int32_t count;
    int32_t zero, multiplier, shift, out_zero, low, high;
} rescale_layer;

static int32_t rescale_code(const rescale_layer *l, int32_t x)
{
    const int32_t scaled = requantize(x - l->zero, l->multiplier, l->shift);
    return clamp(scaled + l->out_zero, l->low, l->high);
}

/* needs: clamp requantize */
typedef struct {
    int32_t zero_1, zero_2, out_zero, multiplier, shift, low, high;
} product_layer;

static int32_t product_code(const product_layer *l, int32_t a, int32_t b)
{
    const int32_t product = (a - l->zero_1) * (b - l->zero_2);
    return clamp(requantize(product, l->multiplier, l->shift) + l->out_zero, l->low, l->high);
}

/* needs: clamp requantize */
typedef struct {
    int32_t count;
    int32_t zero_1, zero_2, out_zero;
    int32_t multiplier_1, shift_1, multiplier_2, shift_2, out_multiplier, out_shift;
    int32_t left_shift, low, high;
} add_layer;

static void add(const add_layer *l, const int8_t *a, const int8_t *b, int8_t *y)
{
    const int32_t unit = (int32_t)1 << l->left_shift;
    for (int32_t i = 0; i < l->count; ++i) {
        const int32_t one = requantize((a[i] - l->zero_1) * unit, l->multiplier_1, l->shift_1);
        const int32_t two = requantize((b[i] - l->zero_2) * unit, l->multiplier_2, l->shift_2);
        const int32_t sum = requantize(one + two, l->out_multiplier, l->out_shift) + l->out_zero;
        y[i] = (int8_t)clamp(sum, l->low, l->high);
    }
}

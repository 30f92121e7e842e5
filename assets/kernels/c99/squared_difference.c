/* needs: clamp pairs requantize */
typedef struct {
    pairs_layer pairs;
    int32_t zero_1, zero_2, out_zero;
    int32_t multiplier_1, shift_1, multiplier_2, shift_2, out_multiplier, out_shift, left_shift;
} squared_difference_layer;

static int32_t squared_codes(const squared_difference_layer *l, int32_t a, int32_t b)
{
    const int32_t unit = (int32_t)1 << l->left_shift;
    const int32_t one = requantize((a - l->zero_1) * unit, l->multiplier_1, l->shift_1);
    const int32_t two = requantize((b - l->zero_2) * unit, l->multiplier_2, l->shift_2);
    const int32_t square = (one - two) * (one - two);
    return clamp(requantize(square, l->out_multiplier, l->out_shift) + l->out_zero, -128, 127);
}

static void squared_difference(const squared_difference_layer *l, const int8_t *a, const int8_t *b, int8_t *y)
{
    for (int32_t row = 0; row < l->pairs.rows; ++row) {
        const int8_t *one = a + pairs_at(&l->pairs, row, l->pairs.steps_1);
        const int8_t *two = b + pairs_at(&l->pairs, row, l->pairs.steps_2);
        for (int32_t i = 0; i < l->pairs.run; ++i) {
            *y++ = (int8_t)squared_codes(l, *one, *two);
            one += l->pairs.step_1;
            two += l->pairs.step_2;
        }
    }
}

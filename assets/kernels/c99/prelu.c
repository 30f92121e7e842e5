/* needs: clamp pairs requantize */
/* The input above zero, and times a slope below; both products have their own factor. */
typedef struct {
    pairs_layer pairs;
    int32_t zero_1, zero_2, out_zero;
    int32_t above_multiplier, above_shift, below_multiplier, below_shift;
} prelu_layer;

static int32_t prelu_code(const prelu_layer *l, int32_t x, int32_t slope)
{
    const int32_t value = x - l->zero_1;
    const int32_t scaled =
        value >= 0 ? requantize(value, l->above_multiplier, l->above_shift)
                   : requantize(value * (slope - l->zero_2), l->below_multiplier, l->below_shift);
    return clamp(scaled + l->out_zero, -128, 127);
}

static void prelu(const prelu_layer *l, const int8_t *a, const int8_t *b, int8_t *y)
{
    for (int32_t row = 0; row < l->pairs.rows; ++row) {
        const int8_t *one = a + pairs_at(&l->pairs, row, l->pairs.steps_1);
        const int8_t *two = b + pairs_at(&l->pairs, row, l->pairs.steps_2);
        for (int32_t i = 0; i < l->pairs.run; ++i) {
            *y++ = (int8_t)prelu_code(l, *one, *two);
            one += l->pairs.step_1;
            two += l->pairs.step_2;
        }
    }
}

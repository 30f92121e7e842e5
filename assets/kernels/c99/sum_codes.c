/* needs: clamp requantize */
/* A sum of two codes, the second times `sign`; both are brought to a common scale first. */
typedef struct {
    int32_t zero_1, zero_2, out_zero, sign;
    int32_t multiplier_1, shift_1, multiplier_2, shift_2, out_multiplier, out_shift;
    int32_t left_shift, low, high;
} sum_layer;

static int32_t sum_codes(const sum_layer *l, int32_t a, int32_t b)
{
    const int32_t unit = (int32_t)1 << l->left_shift;
    const int32_t one = requantize((a - l->zero_1) * unit, l->multiplier_1, l->shift_1);
    const int32_t two = requantize((b - l->zero_2) * unit, l->multiplier_2, l->shift_2);
    const int32_t sum = requantize(one + l->sign * two, l->out_multiplier, l->out_shift);
    return clamp(sum + l->out_zero, l->low, l->high);
}

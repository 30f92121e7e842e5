/* needs: clamp requantize */
typedef struct {
    int32_t count;
    int32_t above_multiplier, above_shift, below_multiplier, below_shift;
} leaky_relu_s16_layer;

static void leaky_relu_s16(const leaky_relu_s16_layer *l, const int16_t *x, int16_t *y)
{
    for (int32_t i = 0; i < l->count; ++i) {
        const int32_t scaled = x[i] >= 0 ? requantize(x[i], l->above_multiplier, l->above_shift)
                                         : requantize(x[i], l->below_multiplier, l->below_shift);
        y[i] = (int16_t)clamp(scaled, -32768, 32767);
    }
}

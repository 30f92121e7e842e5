/* needs: quantize_code */
typedef quantize_layer quantize_s16_layer;

static void quantize_s16(const quantize_s16_layer *l, const float *x, int16_t *y)
{
    for (int32_t i = 0; i < l->count; ++i) y[i] = (int16_t)quantize_code(l, x[i]);
}

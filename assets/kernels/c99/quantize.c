/* needs: quantize_code */
static void quantize(const quantize_layer *l, const float *x, int8_t *y)
{
    for (int32_t i = 0; i < l->count; ++i) y[i] = (int8_t)quantize_code(l, x[i]);
}

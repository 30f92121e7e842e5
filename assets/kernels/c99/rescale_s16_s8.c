/* needs: rescale_code */
typedef rescale_layer rescale_s16_s8_layer;

static void rescale_s16_s8(const rescale_s16_s8_layer *l, const int16_t *x, int8_t *y)
{
    for (int32_t i = 0; i < l->count; ++i) y[i] = (int8_t)rescale_code(l, x[i]);
}

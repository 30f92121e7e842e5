/* needs: rescale_code */
typedef rescale_layer rescale_s16_layer;

static void rescale_s16(const rescale_s16_layer *l, const int16_t *x, int16_t *y)
{
    for (int32_t i = 0; i < l->count; ++i) y[i] = (int16_t)rescale_code(l, x[i]);
}

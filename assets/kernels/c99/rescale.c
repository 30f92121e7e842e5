/* needs: rescale_code */
static void rescale(const rescale_layer *l, const int8_t *x, int8_t *y)
{
    for (int32_t i = 0; i < l->count; ++i) y[i] = (int8_t)rescale_code(l, x[i]);
}

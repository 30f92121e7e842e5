/* needs: */
static int32_t dot(const int8_t *w, const int8_t *x, int32_t depth, int32_t acc)
{
    for (int32_t k = 0; k < depth; ++k) acc += (int32_t)w[k] * x[k];
    return acc;
}

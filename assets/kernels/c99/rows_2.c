/* needs: filters rows */
/* All filters of a convolution times two patches that follow each other in memory: a weight that
   was loaded is used twice. */
static void rows_2(const filters_layer *l, const int8_t *x, int8_t *y)
{
    const int32_t depth = l->depth;
    const int8_t *w = l->weights;
    for (int32_t c = 0; c < l->channels; ++c, w += depth, ++y) {
        int32_t first = l->bias[c], second = first;
        for (int32_t k = 0; k < depth; ++k) {
            first += (int32_t)w[k] * x[k];
            second += (int32_t)w[k] * x[depth + k];
        }
        y[0] = finish(l, c, first);
        y[l->channels] = finish(l, c, second);
    }
}

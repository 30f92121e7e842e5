/* needs: filters rows rows_2 */
/* A convolution of side 1 and stride 1 over `count` places. */
typedef struct {
    int32_t count;
    filters_layer filters;
} pointwise_layer;

static void pointwise(const pointwise_layer *l, const int8_t *x, int8_t *y)
{
    const int32_t depth = l->filters.depth, channels = l->filters.channels;
    int32_t i = 0;
    for (; i + 2 <= l->count; i += 2, x += 2 * depth, y += 2 * channels) rows_2(&l->filters, x, y);
    if (i < l->count) rows(&l->filters, x, y);
}

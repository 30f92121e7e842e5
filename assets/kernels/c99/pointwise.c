/* needs: filters rows */
/* A convolution of side 1 and stride 1 over `count` places. */
typedef struct {
    int32_t count;
    filters_layer filters;
} pointwise_layer;

static void pointwise(const pointwise_layer *l, const int8_t *x, int8_t *y)
{
    for (int32_t i = 0; i < l->count; ++i, x += l->filters.depth, y += l->filters.channels) {
        rows(&l->filters, x, y);
    }
}

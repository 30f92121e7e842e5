/* needs: clamp filters requantize_once */
typedef struct {
    int32_t count;
    filters_layer filters;
} dense_layer;

static void dense_row(const filters_layer *l, const int8_t *x, int8_t *y)
{
    const int8_t *w = l->weights;
    for (int32_t c = 0; c < l->channels; ++c, w += l->depth) {
        const int32_t acc = dot(w, x, l->depth, l->bias[c]);
        const int32_t code = requantize_once(acc, l->multiplier[c], l->shift[c]) + l->out_zero;
        y[c] = (int8_t)clamp(code, l->low, l->high);
    }
}

static void dense(const dense_layer *l, const int8_t *x, int8_t *y)
{
    for (int32_t i = 0; i < l->count; ++i, x += l->filters.depth, y += l->filters.channels) {
        dense_row(&l->filters, x, y);
    }
}

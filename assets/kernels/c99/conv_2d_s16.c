/* needs: filters_s16 gather */
/* The window's channels are counted in bytes. */
typedef struct {
    window_layer window;
    filters_s16_layer filters;
} conv_2d_s16_layer;

static void rows_s16(const filters_s16_layer *l, const int16_t *x, int16_t *y)
{
    const int8_t *w = l->weights;
    for (int32_t c = 0; c < l->channels; ++c, w += l->depth) {
        int64_t acc = l->bias[c];
        for (int32_t k = 0; k < l->depth; ++k) acc += (int32_t)w[k] * x[k];
        y[c] = code_s16(l, acc, c);
    }
}

static void conv_2d_s16(const conv_2d_s16_layer *l, const int16_t *x, int16_t *y, int16_t *patch)
{
    for (int32_t oy = 0; oy < l->window.out_h; ++oy) {
        for (int32_t ox = 0; ox < l->window.out_w; ++ox, y += l->filters.channels) {
            gather(&l->window, (const int8_t *)x, oy, ox, (int8_t *)patch);
            rows_s16(&l->filters, patch, y);
        }
    }
}

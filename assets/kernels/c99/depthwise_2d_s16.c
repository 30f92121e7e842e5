/* needs: filters_s16 gather */
/* The window's channels are counted in bytes; `times` filters read each of `in_c` channels. */
typedef struct {
    window_layer window;
    int32_t in_c, times;
    filters_s16_layer filters;
} depthwise_2d_s16_layer;

static void depthwise_pixel_s16(const depthwise_2d_s16_layer *l, const int16_t *patch, int16_t *y)
{
    const filters_s16_layer *f = &l->filters;
    for (int32_t c = 0; c < f->channels; ++c) {
        int64_t acc = f->bias[c];
        for (int32_t t = 0; t < f->depth; ++t) {
            acc += (int32_t)f->weights[t * f->channels + c] * patch[t * l->in_c + c / l->times];
        }
        y[c] = code_s16(f, acc, c);
    }
}

static void depthwise_2d_s16(
    const depthwise_2d_s16_layer *l, const int16_t *x, int16_t *y, int16_t *patch)
{
    for (int32_t oy = 0; oy < l->window.out_h; ++oy) {
        for (int32_t ox = 0; ox < l->window.out_w; ++ox, y += l->filters.channels) {
            gather(&l->window, (const int8_t *)x, oy, ox, (int8_t *)patch);
            depthwise_pixel_s16(l, patch, y);
        }
    }
}

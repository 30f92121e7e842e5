/* needs: filters gather rows */
typedef struct {
    window_layer window;
    filters_layer filters;
} conv_2d_layer;

static void conv_2d(const conv_2d_layer *l, const int8_t *x, int8_t *y, int8_t *patch)
{
    for (int32_t oy = 0; oy < l->window.out_h; ++oy) {
        for (int32_t ox = 0; ox < l->window.out_w; ++ox, y += l->filters.channels) {
            gather(&l->window, x, oy, ox, patch);
            rows(&l->filters, patch, y);
        }
    }
}

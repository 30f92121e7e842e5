/* needs: filters gather rows rows_2 */
typedef struct {
    window_layer window;
    filters_layer filters;
} conv_2d_layer;

static void conv_2d(const conv_2d_layer *l, const int8_t *x, int8_t *y, int8_t *patches)
{
    const int32_t places = l->window.out_h * l->window.out_w;
    int32_t oy = 0, ox = 0;
    for (int32_t i = 0; i < places; ++i) {
        const int32_t second = i & 1;
        gather(&l->window, x, oy, ox, patches + second * l->filters.depth);
        if (second) {
            rows_2(&l->filters, patches, y);
            y += 2 * l->filters.channels;
        }
        if (++ox == l->window.out_w) {
            ox = 0;
            ++oy;
        }
    }
    if (places & 1) rows(&l->filters, patches, y);
}

/* needs: clamp gather requantize taps_4 */
/* A depthwise convolution with one filter a channel, four channels at a time. */
typedef struct {
    window_layer window;
    int32_t out_zero, low, high;
    const int8_t *weights; /* by block of four channels, then tap, then channel */
    const int32_t *bias;
    const int32_t *multiplier;
    const int8_t *shift;
} depthwise_4_layer;

/* One place: `column` and `row` are the distances of neighbouring taps in memory. */
static void depthwise_place(
    const depthwise_4_layer *l, const int8_t *x, int32_t column, int32_t row, int8_t *y)
{
    const int8_t *w = l->weights;
    const int32_t zero = l->out_zero, low = l->low, high = l->high;
    for (int32_t c = 0; c < l->window.in_c; c += 4, x += 4, y += 4) {
        int32_t sums[4] = {l->bias[c], l->bias[c + 1], l->bias[c + 2], l->bias[c + 3]};
        taps_4(w, x, l->window.k_h, l->window.k_w, column, row, sums);
        w += 4 * l->window.k_h * l->window.k_w;
        for (int32_t i = 0; i < 4; ++i) {
            const int32_t code = requantize(sums[i], l->multiplier[c + i], l->shift[c + i]);
            y[i] = (int8_t)clamp(code + zero, low, high);
        }
    }
}

static void depthwise_4(const depthwise_4_layer *l, const int8_t *x, int8_t *y, int8_t *patch)
{
    const window_layer *g = &l->window;
    const int32_t covers_h = (g->k_h - 1) * g->dilation_h + 1;
    const int32_t covers_w = (g->k_w - 1) * g->dilation_w + 1;
    for (int32_t oy = 0; oy < g->out_h; ++oy) {
        const int32_t top = oy * g->stride_h - g->pad_h;
        for (int32_t ox = 0; ox < g->out_w; ++ox, y += g->in_c) {
            const int32_t left = ox * g->stride_w - g->pad_w;
            if (top < 0 || left < 0 || top + covers_h > g->in_h || left + covers_w > g->in_w) {
                gather(g, x, oy, ox, patch);
                depthwise_place(l, patch, g->in_c, g->k_w * g->in_c, y);
            } else {
                depthwise_place(l, x + (top * g->in_w + left) * g->in_c, g->dilation_w * g->in_c,
                    g->dilation_h * g->in_w * g->in_c, y);
            }
        }
    }
}

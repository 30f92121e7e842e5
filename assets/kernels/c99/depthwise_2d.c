/* needs: clamp gather requantize */
typedef struct {
    window_layer window;
    int32_t times;
    int32_t out_zero, low, high;
    const int8_t *weights;
    const int32_t *bias;
    const int32_t *multiplier;
    const int8_t *shift;
} depthwise_2d_layer;

static void depthwise_pixel(const depthwise_2d_layer *l, const int8_t *patch, int8_t *y)
{
    const int32_t channels = l->window.in_c * l->times;
    const int32_t taps = l->window.k_h * l->window.k_w;
    for (int32_t c = 0; c < channels; ++c) {
        const int8_t *x = patch + c / l->times;
        const int8_t *w = l->weights + c;
        int32_t acc = l->bias[c];
        for (int32_t t = 0; t < taps; ++t, x += l->window.in_c, w += channels) {
            acc += (int32_t)*w * *x;
        }
        acc = requantize(acc, l->multiplier[c], l->shift[c]) + l->out_zero;
        y[c] = (int8_t)clamp(acc, l->low, l->high);
    }
}

static void depthwise_2d(const depthwise_2d_layer *l, const int8_t *x, int8_t *y, int8_t *patch)
{
    for (int32_t oy = 0; oy < l->window.out_h; ++oy) {
        for (int32_t ox = 0; ox < l->window.out_w; ++ox, y += l->window.in_c * l->times) {
            gather(&l->window, x, oy, ox, patch);
            depthwise_pixel(l, patch, y);
        }
    }
}

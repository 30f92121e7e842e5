/* needs: clamp dot filters gather requantize */
/* A convolution whose filters each see `depth` of the input's channels only; `each` filters share
   the same channels. */
typedef struct {
    window_layer window;
    int32_t depth, each, channels;
    int32_t out_zero, low, high;
    const int8_t *weights;
    const int32_t *bias;
    const int32_t *multiplier;
    const int8_t *shift;
} grouped_2d_layer;

static void grouped_pixel(const grouped_2d_layer *l, const int8_t *patch, int8_t *y)
{
    const int32_t taps = l->window.k_h * l->window.k_w;
    const int8_t *w = l->weights;
    for (int32_t c = 0; c < l->channels; ++c) {
        const int8_t *x = patch + c / l->each * l->depth;
        int32_t acc = l->bias[c];
        for (int32_t t = 0; t < taps; ++t, x += l->window.in_c, w += l->depth) {
            acc = dot(w, x, l->depth, acc);
        }
        acc = requantize(acc, l->multiplier[c], l->shift[c]) + l->out_zero;
        y[c] = (int8_t)clamp(acc, l->low, l->high);
    }
}

static void grouped_2d(const grouped_2d_layer *l, const int8_t *x, int8_t *y, int8_t *patch)
{
    for (int32_t oy = 0; oy < l->window.out_h; ++oy) {
        for (int32_t ox = 0; ox < l->window.out_w; ++ox, y += l->channels) {
            gather(&l->window, x, oy, ox, patch);
            grouped_pixel(l, patch, y);
        }
    }
}

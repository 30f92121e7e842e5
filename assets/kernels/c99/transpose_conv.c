/* needs: clamp requantize */
/* For each output, the inputs whose filter reaches it; weights are (filters, k_h, k_w, in_c). */
typedef struct {
    int32_t in_h, in_w, in_c, out_h, out_w, out_c;
    int32_t k_h, k_w, stride_h, stride_w, pad_h, pad_w;
    int32_t in_zero, out_zero, low, high;
    const int8_t *weights;
    const int32_t *bias;
    const int32_t *multiplier;
    const int8_t *shift;
} transpose_conv_layer;

static int32_t reaching(const transpose_conv_layer *l, const int8_t *x, const int8_t *filter,
                        int32_t top, int32_t left)
{
    int32_t acc = 0;
    for (int32_t ky = 0; ky < l->k_h; ++ky) {
        const int32_t iy = (top - ky) / l->stride_h;
        if (top < ky || iy >= l->in_h || iy * l->stride_h != top - ky) continue;
        for (int32_t kx = 0; kx < l->k_w; ++kx) {
            const int32_t ix = (left - kx) / l->stride_w;
            if (left < kx || ix >= l->in_w || ix * l->stride_w != left - kx) continue;
            const int8_t *from = x + (iy * l->in_w + ix) * l->in_c;
            const int8_t *w = filter + (ky * l->k_w + kx) * l->in_c;
            for (int32_t c = 0; c < l->in_c; ++c) acc += w[c] * (from[c] - l->in_zero);
        }
    }
    return acc;
}

static void transpose_conv(const transpose_conv_layer *l, const int8_t *x, int8_t *y)
{
    for (int32_t oy = 0; oy < l->out_h; ++oy) {
        for (int32_t ox = 0; ox < l->out_w; ++ox) {
            const int8_t *w = l->weights;
            for (int32_t c = 0; c < l->out_c; ++c, w += l->k_h * l->k_w * l->in_c) {
                const int32_t acc = l->bias[c] + reaching(l, x, w, oy + l->pad_h, ox + l->pad_w);
                const int32_t code = requantize(acc, l->multiplier[c], l->shift[c]);
                *y++ = (int8_t)clamp(code + l->out_zero, l->low, l->high);
            }
        }
    }
}

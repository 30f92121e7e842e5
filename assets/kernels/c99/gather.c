/* needs: copy_bytes fill_bytes */
/* The geometry of a sliding window over (height, width, channels). */
typedef struct {
    int32_t in_h, in_w, in_c;
    int32_t out_h, out_w;
    int32_t k_h, k_w, stride_h, stride_w, dilation_h, dilation_w, pad_h, pad_w;
    int32_t in_zero;
} window_layer;

/* The inputs under one window, in the order of the filter; outside lies the zero point. */
static void gather(const window_layer *l, const int8_t *x, int32_t oy, int32_t ox, int8_t *patch)
{
    const int32_t y0 = oy * l->stride_h - l->pad_h;
    const int32_t x0 = ox * l->stride_w - l->pad_w;
    const int32_t row = l->k_w * l->in_c;
    const int32_t inside = x0 >= 0 && x0 + l->k_w <= l->in_w && l->dilation_w == 1;
    for (int32_t ky = 0; ky < l->k_h; ++ky, patch += row) {
        const int32_t iy = y0 + ky * l->dilation_h;
        const int8_t *line = x + iy * l->in_w * l->in_c;
        if (iy < 0 || iy >= l->in_h) {
            fill_bytes(patch, (int8_t)l->in_zero, row);
        } else if (inside) {
            copy_bytes(patch, line + x0 * l->in_c, row);
        } else {
            for (int32_t kx = 0; kx < l->k_w; ++kx) {
                const int32_t ix = x0 + kx * l->dilation_w;
                int8_t *to = patch + kx * l->in_c;
                if (ix < 0 || ix >= l->in_w) fill_bytes(to, (int8_t)l->in_zero, l->in_c);
                else copy_bytes(to, line + ix * l->in_c, l->in_c);
            }
        }
    }
}

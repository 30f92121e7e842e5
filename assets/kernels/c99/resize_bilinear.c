/* needs: */
/* Places and weights count in 1/1024 of an input pixel. */
typedef struct {
    int32_t in_h, in_w, in_c, out_h, out_w;
    int32_t scale_h, scale_w, half_pixels;
} resize_bilinear_layer;

typedef struct {
    int32_t low, high, weight;
} between;

static between place_between(int32_t at, int32_t scale, int32_t half_pixels, int32_t size)
{
    between b;
    const int32_t place = at * scale + (half_pixels ? scale / 2 - 512 : 0);
    const int32_t above = (place + 1023) / 1024;
    b.low = place < 0 ? 0 : place / 1024;
    if (b.low >= size) b.low = size - 1;
    b.high = above < size ? above : size - 1;
    b.weight = place - b.low * 1024;
    return b;
}

static void resize_bilinear(const resize_bilinear_layer *l, const int8_t *x, int8_t *y)
{
    for (int32_t oy = 0; oy < l->out_h; ++oy) {
        const between v = place_between(oy, l->scale_h, l->half_pixels, l->in_h);
        for (int32_t ox = 0; ox < l->out_w; ++ox) {
            const between h = place_between(ox, l->scale_w, l->half_pixels, l->in_w);
            const int8_t *a = x + (v.low * l->in_w + h.low) * l->in_c;
            const int8_t *b = x + (v.low * l->in_w + h.high) * l->in_c;
            const int8_t *c = x + (v.high * l->in_w + h.low) * l->in_c;
            const int8_t *d = x + (v.high * l->in_w + h.high) * l->in_c;
            for (int32_t i = 0; i < l->in_c; ++i) {
                const int32_t sum = (1024 - v.weight) * ((1024 - h.weight) * a[i] + h.weight * b[i])
                    + v.weight * ((1024 - h.weight) * c[i] + h.weight * d[i]);
                *y++ = (int8_t)((sum + (sum > 0 ? 1 << 19 : -(1 << 19))) / (1 << 20));
            }
        }
    }
}

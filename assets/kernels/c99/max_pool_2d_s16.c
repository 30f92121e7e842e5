/* needs: clamp pool */
typedef pool_layer max_pool_2d_s16_layer;

static int32_t largest_at_s16(const pool_layer *l, const int16_t *x, int32_t top, int32_t left)
{
    int32_t largest = -32768;
    for (int32_t iy = top < 0 ? 0 : top; iy < top + l->k_h && iy < l->in_h; ++iy) {
        for (int32_t ix = left < 0 ? 0 : left; ix < left + l->k_w && ix < l->in_w; ++ix) {
            const int32_t code = x[(iy * l->in_w + ix) * l->in_c];
            if (code > largest) largest = code;
        }
    }
    return largest;
}

static void max_pool_2d_s16(const max_pool_2d_s16_layer *l, const int16_t *x, int16_t *y)
{
    for (int32_t oy = 0; oy < l->out_h; ++oy) {
        for (int32_t ox = 0; ox < l->out_w; ++ox) {
            const int32_t top = oy * l->stride_h - l->pad_h;
            const int32_t left = ox * l->stride_w - l->pad_w;
            for (int32_t c = 0; c < l->in_c; ++c) {
                *y++ = (int16_t)clamp(largest_at_s16(l, x + c, top, left), l->low, l->high);
            }
        }
    }
}

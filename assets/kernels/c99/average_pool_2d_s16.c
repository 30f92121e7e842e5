/* needs: clamp pool */
typedef pool_layer average_pool_2d_s16_layer;

/* Of one channel, halves away from zero. */
static int32_t average_at_s16(const pool_layer *l, const int16_t *x, int32_t top, int32_t left)
{
    int32_t sum = 0;
    int32_t count = 0;
    for (int32_t iy = top < 0 ? 0 : top; iy < top + l->k_h && iy < l->in_h; ++iy) {
        for (int32_t ix = left < 0 ? 0 : left; ix < left + l->k_w && ix < l->in_w; ++ix) {
            sum += x[(iy * l->in_w + ix) * l->in_c];
            ++count;
        }
    }
    return sum > 0 ? (sum + count / 2) / count : (sum - count / 2) / count;
}

static void average_pool_2d_s16(const average_pool_2d_s16_layer *l, const int16_t *x, int16_t *y)
{
    for (int32_t oy = 0; oy < l->out_h; ++oy) {
        for (int32_t ox = 0; ox < l->out_w; ++ox) {
            const int32_t top = oy * l->stride_h - l->pad_h;
            const int32_t left = ox * l->stride_w - l->pad_w;
            for (int32_t c = 0; c < l->in_c; ++c) {
                *y++ = (int16_t)clamp(average_at_s16(l, x + c, top, left), l->low, l->high);
            }
        }
    }
}

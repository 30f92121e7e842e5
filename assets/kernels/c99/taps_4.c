/* needs: */
/* The taps of a depthwise filter for four channels; `column` and `row` are the distances of
   neighbouring taps in memory. */
static void taps_4(const int8_t *w, const int8_t *x, int32_t k_h, int32_t k_w, int32_t column,
    int32_t row, int32_t sums[4])
{
    for (int32_t ky = 0; ky < k_h; ++ky, x += row) {
        const int8_t *from = x;
        for (int32_t kx = 0; kx < k_w; ++kx, w += 4, from += column) {
            for (int32_t i = 0; i < 4; ++i) sums[i] += (int32_t)w[i] * from[i];
        }
    }
}

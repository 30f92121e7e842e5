/* needs: clamp requantize sum_rows */
/* What reduce_sum makes of all places of an image. */
typedef struct {
    sum_rows_layer rows;
    int32_t offset, multiplier, shift, out_zero;
} mean_rows_layer;

static void mean_rows(const mean_rows_layer *l, const int8_t *x, int8_t *y, int32_t *sums)
{
    if (!sum_rows(&l->rows, x, sums)) return;
    for (int32_t c = 0; c < l->rows.channels; ++c) {
        const int32_t code = requantize(sums[c] + l->offset, l->multiplier, l->shift) + l->out_zero;
        y[c] = (int8_t)clamp(code, -128, 127);
    }
}

/* needs: clamp sum_rows */
/* What average_pool_2d makes of a window as large as the image. */
typedef struct {
    sum_rows_layer rows;
    int32_t low, high;
} average_rows_layer;

static void average_rows(const average_rows_layer *l, const int8_t *x, int8_t *y, int32_t *sums)
{
    const int32_t count = (l->rows.begun + l->rows.now + l->rows.left) * l->rows.width;
    if (!sum_rows(&l->rows, x, sums)) return;
    for (int32_t c = 0; c < l->rows.channels; ++c) {
        const int32_t half = sums[c] > 0 ? count / 2 : -(count / 2);
        y[c] = (int8_t)clamp((sums[c] + half) / count, l->low, l->high);
    }
}

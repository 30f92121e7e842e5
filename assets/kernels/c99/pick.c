/* needs: copy_bytes */
/* y[o, r, c] = x[o, row[r], column[c]], each of `run` bytes; the tables hold bytes. */
typedef struct {
    int32_t outer, step, rows, columns, run;
    const int32_t *row, *column;
} pick_layer;

static void pick(const pick_layer *l, const void *x, void *y)
{
    const int8_t *from = (const int8_t *)x;
    int8_t *to = (int8_t *)y;
    for (int32_t o = 0; o < l->outer; ++o, from += l->step) {
        for (int32_t r = 0; r < l->rows; ++r) {
            for (int32_t c = 0; c < l->columns; ++c, to += l->run) {
                copy_bytes(to, from + l->row[r] + l->column[c], l->run);
            }
        }
    }
}

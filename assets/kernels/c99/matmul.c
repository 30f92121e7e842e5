/* needs: clamp requantize */
/* Matrices (rows, depth) times (depth, columns), one of each for each output matrix; steps in
   elements, 0 between matrices for one that serves all. */
typedef struct {
    int32_t matrices, rows, depth, columns;
    int32_t a_matrix, a_row, a_depth, b_matrix, b_depth, b_column;
    int32_t a_zero, b_zero, out_zero, multiplier, shift;
} matmul_layer;

static int32_t matmul_at(const matmul_layer *l, const int8_t *row, const int8_t *column)
{
    int32_t acc = 0;
    for (int32_t d = 0; d < l->depth; ++d) {
        acc += (row[d * l->a_depth] - l->a_zero) * (column[d * l->b_depth] - l->b_zero);
    }
    return acc;
}

static void matmul(const matmul_layer *l, const int8_t *a, const int8_t *b, int8_t *y)
{
    for (int32_t m = 0; m < l->matrices; ++m, a += l->a_matrix, b += l->b_matrix) {
        for (int32_t r = 0; r < l->rows; ++r) {
            for (int32_t c = 0; c < l->columns; ++c) {
                const int32_t acc = matmul_at(l, a + r * l->a_row, b + c * l->b_column);
                const int32_t code = requantize(acc, l->multiplier, l->shift) + l->out_zero;
                *y++ = (int8_t)clamp(code, -128, 127);
            }
        }
    }
}

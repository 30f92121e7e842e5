/* needs: clamp reduction requantize */
/* Sums and means; `offset` takes the zero points away. */
typedef struct {
    reduction shape;
    int32_t offset, multiplier, shift, out_zero;
} reduce_sum_layer;

static int32_t reduced_sum(const reduction *r, const int8_t *x)
{
    int32_t sum = 0;
    for (int32_t i = 0; i < r->over_1; ++i) {
        for (int32_t j = 0; j < r->over_2; ++j) {
            sum += x[i * r->over_step_1 + j * r->over_step_2];
        }
    }
    return sum;
}

static void reduce_sum(const reduce_sum_layer *l, const int8_t *x, int8_t *y)
{
    const reduction *r = &l->shape;
    for (int32_t i = 0; i < r->kept_1; ++i) {
        for (int32_t j = 0; j < r->kept_2; ++j) {
            const int8_t *from = x + i * r->kept_step_1 + j * r->kept_step_2;
            const int32_t acc = reduced_sum(r, from) + l->offset;
            const int32_t code = requantize(acc, l->multiplier, l->shift) + l->out_zero;
            *y++ = (int8_t)clamp(code, -128, 127);
        }
    }
}

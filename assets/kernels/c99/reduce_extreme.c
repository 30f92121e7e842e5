/* needs: reduction */
/* The largest input for sign 1, the smallest for sign -1. */
typedef struct {
    reduction shape;
    int32_t sign;
} reduce_extreme_layer;

static int32_t reduced_extreme(const reduce_extreme_layer *l, const int8_t *x)
{
    const reduction *r = &l->shape;
    int32_t extreme = -128;
    for (int32_t i = 0; i < r->over_1; ++i) {
        for (int32_t j = 0; j < r->over_2; ++j) {
            const int32_t value = l->sign * x[i * r->over_step_1 + j * r->over_step_2];
            if (value > extreme) extreme = value;
        }
    }
    return l->sign * extreme;
}

static void reduce_extreme(const reduce_extreme_layer *l, const int8_t *x, int8_t *y)
{
    const reduction *r = &l->shape;
    for (int32_t i = 0; i < r->kept_1; ++i) {
        for (int32_t j = 0; j < r->kept_2; ++j) {
            *y++ = (int8_t)reduced_extreme(l, x + i * r->kept_step_1 + j * r->kept_step_2);
        }
    }
}

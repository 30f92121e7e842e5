/* needs: pairs sum_codes */
typedef struct {
    pairs_layer pairs;
    sum_layer sum;
} add_pairs_layer;

static void add_pairs(const add_pairs_layer *l, const int8_t *a, const int8_t *b, int8_t *y)
{
    for (int32_t row = 0; row < l->pairs.rows; ++row) {
        const int8_t *one = a + pairs_at(&l->pairs, row, l->pairs.steps_1);
        const int8_t *two = b + pairs_at(&l->pairs, row, l->pairs.steps_2);
        for (int32_t i = 0; i < l->pairs.run; ++i) {
            *y++ = (int8_t)sum_codes(&l->sum, *one, *two);
            one += l->pairs.step_1;
            two += l->pairs.step_2;
        }
    }
}

/* needs: pairs sum_codes */
typedef struct {
    pairs_layer pairs;
    sum_layer sum;
} add_s16_layer;

static void add_s16(const add_s16_layer *l, const int16_t *a, const int16_t *b, int16_t *y)
{
    for (int32_t row = 0; row < l->pairs.rows; ++row) {
        const int16_t *one = a + pairs_at(&l->pairs, row, l->pairs.steps_1);
        const int16_t *two = b + pairs_at(&l->pairs, row, l->pairs.steps_2);
        for (int32_t i = 0; i < l->pairs.run; ++i) {
            *y++ = (int16_t)sum_codes(&l->sum, *one, *two);
            one += l->pairs.step_1;
            two += l->pairs.step_2;
        }
    }
}

/* needs: pairs */
/* The larger of two codes, or the smaller. */
typedef struct {
    pairs_layer pairs;
    int32_t largest;
} extreme_layer;

static void extreme(const extreme_layer *l, const int8_t *a, const int8_t *b, int8_t *y)
{
    for (int32_t row = 0; row < l->pairs.rows; ++row) {
        const int8_t *one = a + pairs_at(&l->pairs, row, l->pairs.steps_1);
        const int8_t *two = b + pairs_at(&l->pairs, row, l->pairs.steps_2);
        for (int32_t i = 0; i < l->pairs.run; ++i) {
            *y++ = (int8_t)((*one > *two) == l->largest ? *one : *two);
            one += l->pairs.step_1;
            two += l->pairs.step_2;
        }
    }
}

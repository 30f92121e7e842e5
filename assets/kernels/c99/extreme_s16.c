/* needs: pairs */
/* The larger of two codes, or the smaller. */
typedef struct {
    pairs_layer pairs;
    int32_t largest;
} extreme_s16_layer;

static void extreme_s16(const extreme_s16_layer *l, const int16_t *a, const int16_t *b, int16_t *y)
{
    for (int32_t row = 0; row < l->pairs.rows; ++row) {
        const int16_t *one = a + pairs_at(&l->pairs, row, l->pairs.steps_1);
        const int16_t *two = b + pairs_at(&l->pairs, row, l->pairs.steps_2);
        for (int32_t i = 0; i < l->pairs.run; ++i) {
            *y++ = (int16_t)((*one > *two) == l->largest ? *one : *two);
            one += l->pairs.step_1;
            two += l->pairs.step_2;
        }
    }
}

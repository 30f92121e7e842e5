/* needs: */
/* Rows that are summed up by channel: those of earlier calls, of this one and of later ones. */
typedef struct {
    int32_t begun, now, left;
    int32_t width, channels;
} sum_rows_layer;

/* Whether these were the last. */
static int32_t sum_rows(const sum_rows_layer *l, const int8_t *x, int32_t *sums)
{
    if (!l->begun) {
        for (int32_t c = 0; c < l->channels; ++c) sums[c] = 0;
    }
    for (int32_t i = l->now * l->width; i > 0; --i, x += l->channels) {
        for (int32_t c = 0; c < l->channels; ++c) sums[c] += x[c];
    }
    return !l->left;
}

/* needs: */
/* A function of one code, as a table: that of code c is at c + 128. */
typedef struct {
    int32_t count;
    const int8_t *table;
} lookup_layer;

static void lookup(const lookup_layer *l, const int8_t *x, int8_t *y)
{
    for (int32_t i = 0; i < l->count; ++i) y[i] = l->table[x[i] + 128];
}

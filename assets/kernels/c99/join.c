/* needs: copy_bytes */
/* Lays the parts behind each other, `outer` times; part p has size[p] bytes each time. */
typedef struct {
    int32_t outer, parts;
    const int32_t *size;
} join_layer;

static void join(const join_layer *l, const void *const *x, void *const *y)
{
    int8_t *to = (int8_t *)y[0];
    for (int32_t o = 0; o < l->outer; ++o) {
        for (int32_t p = 0; p < l->parts; to += l->size[p], ++p) {
            copy_bytes(to, (const int8_t *)x[p] + o * l->size[p], l->size[p]);
        }
    }
}

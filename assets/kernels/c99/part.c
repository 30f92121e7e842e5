/* needs: copy_bytes */
/* The reverse of join: gives each part its size[p] bytes, `outer` times. */
typedef struct {
    int32_t outer, parts;
    const int32_t *size;
} part_layer;

static void part(const part_layer *l, const void *const *x, void *const *y)
{
    const int8_t *from = (const int8_t *)x[0];
    for (int32_t o = 0; o < l->outer; ++o) {
        for (int32_t p = 0; p < l->parts; from += l->size[p], ++p) {
            copy_bytes((int8_t *)y[p] + o * l->size[p], from, l->size[p]);
        }
    }
}

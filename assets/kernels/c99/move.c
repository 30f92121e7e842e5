/* needs: copy_bytes */
/* Copies `run` bytes at every place of four nested loops, from x + from_first on to y + to_first
   on. Steps are in bytes; those of x may be 0 or negative. */
typedef struct {
    int32_t run, from_first, to_first;
    const int32_t *count, *from, *to;
} move_layer;

static void move(const move_layer *l, const void *x, void *y)
{
    const int8_t *source = (const int8_t *)x + l->from_first;
    int8_t *target = (int8_t *)y + l->to_first;
    for (int32_t a = 0; a < l->count[0]; ++a) {
        for (int32_t b = 0; b < l->count[1]; ++b) {
            for (int32_t c = 0; c < l->count[2]; ++c) {
                const int8_t *from = source + a * l->from[0] + b * l->from[1] + c * l->from[2];
                int8_t *to = target + a * l->to[0] + b * l->to[1] + c * l->to[2];
                for (int32_t d = 0; d < l->count[3]; ++d) {
                    copy_bytes(to + d * l->to[3], from + d * l->from[3], l->run);
                }
            }
        }
    }
}

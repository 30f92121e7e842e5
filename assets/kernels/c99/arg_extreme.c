/* needs: copy_bytes */
/* The place of the largest (sign 1) or smallest (sign -1) of `depth` inputs, the first of equal
   ones, as a whole number of `bytes` bytes. */
typedef struct {
    int32_t outer, depth, inner, sign, bytes;
} arg_extreme_layer;

static void arg_extreme(const arg_extreme_layer *l, const int8_t *x, void *y)
{
    int8_t *to = (int8_t *)y;
    for (int32_t o = 0; o < l->outer; ++o, x += l->depth * l->inner) {
        for (int32_t i = 0; i < l->inner; ++i, to += l->bytes) {
            int64_t best = 0;
            for (int32_t d = 1; d < l->depth; ++d) {
                if (l->sign * x[d * l->inner + i] > l->sign * x[best * l->inner + i]) best = d;
            }
            copy_bytes(to, (const int8_t *)&best, l->bytes);
        }
    }
}

/* needs: clamp requantize_double */
typedef struct {
    int32_t count, depth, channels, low, high;
    const int8_t *weights;
    const int64_t *bias;
    const int64_t *factor;
    const int8_t *shift;
} dense_s16_layer;

static void dense_s16(const dense_s16_layer *l, const int16_t *x, int16_t *y)
{
    for (int32_t i = 0; i < l->count; ++i, x += l->depth) {
        const int8_t *w = l->weights;
        for (int32_t c = 0; c < l->channels; ++c, w += l->depth) {
            int64_t acc = l->bias[c];
            for (int32_t k = 0; k < l->depth; ++k) acc += (int32_t)w[k] * x[k];
            const int32_t code = requantize_double(acc, l->factor[c], l->shift[c]);
            *y++ = (int16_t)clamp(code, l->low, l->high);
        }
    }
}

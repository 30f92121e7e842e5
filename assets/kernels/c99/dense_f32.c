/* needs: clamp_f32 */
typedef struct {
    int32_t count, depth, channels;
    float low, high;
    const float *weights;
    const float *bias;
} dense_f32_layer;

/* Product and sum are statements of their own, so that C99 rounds both, as the reference does. */
static void dense_f32(const dense_f32_layer *l, const float *x, float *y)
{
    for (int32_t i = 0; i < l->count; ++i, x += l->depth) {
        const float *w = l->weights;
        for (int32_t c = 0; c < l->channels; ++c, w += l->depth) {
            float sum = 0.0f;
            for (int32_t k = 0; k < l->depth; ++k) {
                const float product = w[k] * x[k];
                sum += product;
            }
            *y++ = clamp_f32(sum + l->bias[c], l->low, l->high);
        }
    }
}

/* needs: */
/* The filters of a convolution or dense layer, each of `depth` weights. The input's zero point is
   folded into the bias: sum(w * (x - zero)) + b = sum(w * x) + (b - zero * sum(w)). */
typedef struct {
    int32_t depth, channels;
    int32_t out_zero, low, high;
    const int8_t *weights;
    const int32_t *bias;
    const int32_t *multiplier;
    const int8_t *shift;
} filters_layer;

static int32_t dot(const int8_t *w, const int8_t *x, int32_t depth, int32_t acc)
{
    for (int32_t k = 0; k < depth; ++k) acc += (int32_t)w[k] * x[k];
    return acc;
}

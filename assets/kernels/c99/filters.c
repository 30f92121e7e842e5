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

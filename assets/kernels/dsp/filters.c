/* needs: load_4 products simd */
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
    for (; depth >= 4; depth -= 4, w += 4, x += 4) {
        const uint32_t a = load_4(w), b = load_4(x);
        acc = add_products(even(a), even(b), acc);
        acc = add_products(odd(a), odd(b), acc);
    }
    for (; depth > 0; --depth) acc += (int32_t)*w++ * *x++;
    return acc;
}

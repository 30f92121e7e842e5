/* needs: clamp dot filters inlining load_4 products requantize simd */
static int8_t finish(const filters_layer *l, int32_t c, int32_t acc)
{
    const int32_t code = requantize(acc, l->multiplier[c], l->shift[c]) + l->out_zero;
    return (int8_t)clamp(code, l->low, l->high);
}

/* Two filters times one patch. */
NOT_INLINE static void two_sums(const int8_t *w, const int8_t *x, int32_t depth, int32_t sums[2])
{
    int32_t a = sums[0], b = sums[1];
    int32_t left = depth >> 2;
    NOT_UNROLLED
    for (; left > 0; --left, w += 4, x += 4) {
        const uint32_t from = load_4(x), wa = load_4(w), wb = load_4(w + depth);
        const uint32_t x_even = even(from), x_odd = odd(from);
        a = add_products(even(wa), x_even, a);
        a = add_products(odd(wa), x_odd, a);
        b = add_products(even(wb), x_even, b);
        b = add_products(odd(wb), x_odd, b);
    }
    NOT_UNROLLED
    for (left = depth & 3; left > 0; --left, ++w, ++x) {
        a += (int32_t)w[0] * x[0];
        b += (int32_t)w[depth] * x[0];
    }
    sums[0] = a;
    sums[1] = b;
}

/* All filters of a convolution times one patch of `depth` inputs. */
NOT_INLINE static void rows(const filters_layer *l, const int8_t *x, int8_t *y)
{
    const int32_t depth = l->depth, channels = l->channels;
    const int8_t *w = l->weights;
    int32_t c = 0;
    for (; c + 2 <= channels; c += 2, w += 2 * depth) {
        int32_t sums[2] = {l->bias[c], l->bias[c + 1]};
        two_sums(w, x, depth, sums);
        y[c] = finish(l, c, sums[0]);
        y[c + 1] = finish(l, c + 1, sums[1]);
    }
    if (c < channels) y[c] = finish(l, c, dot(w, x, depth, l->bias[c]));
}

/* needs: clamp dot filters inlining load_4 products requantize rows simd */
/* Two filters times two patches that follow each other in memory: sums by filter, then patch. */
NOT_INLINE static void four_sums(
    const int8_t *w, const int8_t *x, int32_t depth, int32_t sums[4])
{
    int32_t aa = sums[0], ab = sums[1], ba = sums[2], bb = sums[3];
    int32_t left = depth >> 2;
    NOT_UNROLLED
    for (; left > 0; --left, w += 4, x += 4) {
        uint32_t wa = load_4(w), wb = load_4(w + depth);
        uint32_t xa = load_4(x), xb = load_4(x + depth);
        const uint32_t a_even = even(xa), b_even = even(xb);
        xa = odd(xa);
        xb = odd(xb);
        aa = add_products(even(wa), a_even, aa);
        ab = add_products(even(wa), b_even, ab);
        wa = odd(wa);
        aa = add_products(wa, xa, aa);
        ab = add_products(wa, xb, ab);
        ba = add_products(even(wb), a_even, ba);
        bb = add_products(even(wb), b_even, bb);
        wb = odd(wb);
        ba = add_products(wb, xa, ba);
        bb = add_products(wb, xb, bb);
    }
    NOT_UNROLLED
    for (left = depth & 3; left > 0; --left, ++w, ++x) {
        aa += (int32_t)w[0] * x[0];
        ab += (int32_t)w[0] * x[depth];
        ba += (int32_t)w[depth] * x[0];
        bb += (int32_t)w[depth] * x[depth];
    }
    sums[0] = aa;
    sums[1] = ab;
    sums[2] = ba;
    sums[3] = bb;
}

/* Two sums of one filter, to codes. */
static void finish_2(const filters_layer *l, int32_t c, const int32_t sums[2], int8_t *y)
{
    const int32_t multiplier = l->multiplier[c], shift = l->shift[c];
    const int32_t zero = l->out_zero, low = l->low, high = l->high;
    const int32_t first = requantize(sums[0], multiplier, shift) + zero;
    const int32_t second = requantize(sums[1], multiplier, shift) + zero;
    y[0] = (int8_t)clamp(first, low, high);
    y[l->channels] = (int8_t)clamp(second, low, high);
}

/* All filters of a convolution times two patches that follow each other in memory. */
NOT_INLINE static void rows_2(const filters_layer *l, const int8_t *x, int8_t *y)
{
    const int32_t depth = l->depth, channels = l->channels;
    const int8_t *w = l->weights;
    int32_t c = 0;
    for (; c + 2 <= channels; c += 2, w += 2 * depth, y += 2) {
        int32_t sums[4] = {l->bias[c], l->bias[c], l->bias[c + 1], l->bias[c + 1]};
        four_sums(w, x, depth, sums);
        finish_2(l, c, sums, y);
        finish_2(l, c + 1, sums + 2, y + 1);
    }
    if (c < channels) {
        y[0] = finish(l, c, dot(w, x, depth, l->bias[c]));
        y[channels] = finish(l, c, dot(w, x + depth, depth, l->bias[c]));
    }
}

/* needs: inlining lanes load_4 simd */
#define ADD_TAP(w, x) \
    do { \
        const uint32_t tap_w = load_4(w), tap_x = load_4(x); \
        a = add_bottom(even(tap_w), even(tap_x), a); \
        c = add_top(even(tap_w), even(tap_x), c); \
        b = add_bottom(odd(tap_w), odd(tap_x), b); \
        d = add_top(odd(tap_w), odd(tap_x), d); \
    } while (0)

/* Three taps by three, the usual filter. */
NOT_INLINE static void nine_taps(
    const int8_t *w, const int8_t *x, int32_t column, int32_t row, int32_t sums[4])
{
    int32_t a = sums[0], b = sums[1], c = sums[2], d = sums[3];
    for (int32_t ky = 0; ky < 3; ++ky, x += row, w += 12) {
        ADD_TAP(w, x);
        ADD_TAP(w + 4, x + column);
        ADD_TAP(w + 8, x + 2 * column);
    }
    sums[0] = a;
    sums[1] = b;
    sums[2] = c;
    sums[3] = d;
}

/* The taps of a depthwise filter for four channels; `column` and `row` are the distances of
   neighbouring taps in memory. */
static void taps_4(const int8_t *w, const int8_t *x, int32_t k_h, int32_t k_w, int32_t column,
    int32_t row, int32_t sums[4])
{
    int32_t a = sums[0], b = sums[1], c = sums[2], d = sums[3];
    if (k_h == 3 && k_w == 3) {
        nine_taps(w, x, column, row, sums);
        return;
    }
    for (int32_t ky = 0; ky < k_h; ++ky, x += row) {
        const int8_t *from = x;
        NOT_UNROLLED
        for (int32_t kx = 0; kx < k_w; ++kx, w += 4, from += column) ADD_TAP(w, from);
    }
    sums[0] = a;
    sums[1] = b;
    sums[2] = c;
    sums[3] = d;
}

/* needs: requantize */
/* Both tables are lines between 513 places: exp(x) for x in [-10, 0] and 1 / (1 + x) for x in
   [0, 1], in Q15. */
typedef struct {
    int32_t rows, depth;
    int32_t multiplier, shift;
    const int16_t *exponential;
    const int16_t *reciprocal;
} softmax_s16_layer;

static int32_t between_s16(const int16_t *table, int32_t x)
{
    const int32_t code = x < -32768 ? -32768 : x > 32767 ? 32767 : x;
    const int16_t *at = table + 256 + (code >> 7);
    return at[0] + (((at[1] - at[0]) * (code & 127) + 64) >> 7);
}

static void softmax_row_s16(const softmax_s16_layer *l, const int16_t *x, int16_t *y)
{
    int32_t largest = x[0];
    uint32_t sum = 0;
    int32_t bits = 0;
    for (int32_t i = 1; i < l->depth; ++i) largest = x[i] > largest ? x[i] : largest;
    for (int32_t i = 0; i < l->depth; ++i) {
        const int32_t scaled = requantize(x[i] - largest, l->multiplier, l->shift);
        y[i] = (int16_t)between_s16(l->exponential, scaled + 32767);
        sum += (uint32_t)y[i];
    }
    while (sum >> bits > 1) ++bits;
    const int32_t unit = (int32_t)((((uint64_t)sum << (30 - bits)) + (1 << 13)) >> 14);
    const int32_t scale = between_s16(l->reciprocal, unit - (1 << 15) - (1 << 16));
    for (int32_t i = 0; i < l->depth; ++i) {
        const int32_t code = (int32_t)(((int64_t)y[i] * scale + ((int64_t)1 << (bits - 1))) >> bits);
        y[i] = (int16_t)(code > 32767 ? 32767 : code);
    }
}

static void softmax_s16(const softmax_s16_layer *l, const int16_t *x, int16_t *y)
{
    for (int32_t i = 0; i < l->rows; ++i, x += l->depth, y += l->depth) softmax_row_s16(l, x, y);
}

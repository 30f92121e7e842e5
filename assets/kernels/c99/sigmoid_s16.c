/* needs: */
/* A table of 1 / (1 + exp(-i / 24)) in Q16 serves the logistic function and tanh(x), which is
   2 / (1 + exp(-2 x)) - 1. An input becomes 1/24 of one, in Q9 or Q8, by multiplier and shift. */
typedef struct {
    int32_t count;
    int32_t multiplier, shift;
    const uint16_t *table;
} sigmoid_layer;

/* The table between its places, with `bits` more bits; `limit` stands behind its end. */
static int32_t sigmoid_between(const uint16_t *table, uint32_t x, int32_t bits, int32_t limit)
{
    const uint32_t at = x >> bits;
    if (at >= 255) return limit;
    const int32_t rest = (int32_t)(x & (((uint32_t)1 << bits) - 1));
    return (table[at] << bits) + rest * (table[at + 1] - table[at]);
}

/* needs: sigmoid_s16 */
typedef sigmoid_layer logistic_s16_layer;

static void logistic_s16(const logistic_s16_layer *l, const int16_t *x, int16_t *y)
{
    const int32_t half = l->shift > 0 ? (int32_t)1 << (l->shift - 1) : 0;
    for (int32_t i = 0; i < l->count; ++i) {
        const int32_t in = (x[i] * l->multiplier + half) >> l->shift;
        const uint32_t size = in < 0 ? 0u - (uint32_t)in : (uint32_t)in;
        const int32_t value = sigmoid_between(l->table, size, 9, 0x7fff << 10);
        y[i] = (int16_t)((in >= 0 ? value + 512 : (1 << 25) - value + 511) >> 10);
    }
}

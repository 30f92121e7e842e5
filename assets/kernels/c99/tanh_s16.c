/* needs: sigmoid_s16 */
typedef sigmoid_layer tanh_s16_layer;

static void tanh_s16(const tanh_s16_layer *l, const int16_t *x, int16_t *y)
{
    const int32_t half = l->shift > 0 ? (int32_t)1 << (l->shift - 1) : 0;
    for (int32_t i = 0; i < l->count; ++i) {
        const int32_t in = (x[i] * l->multiplier + half) >> l->shift;
        const uint32_t size = in < 0 ? 0u - (uint32_t)in : (uint32_t)in;
        const int32_t value = sigmoid_between(l->table, size, 8, 0xffff << 8) - (1 << 23);
        y[i] = (int16_t)((in >= 0 ? value + 128 : 127 - value) >> 8);
    }
}

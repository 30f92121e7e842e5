/* needs: */
typedef struct {
    int32_t count;
    int32_t zero;
    float scale;
} dequantize_s16_layer;

static void dequantize_s16(const dequantize_s16_layer *l, const int16_t *x, float *y)
{
    for (int32_t i = 0; i < l->count; ++i) y[i] = l->scale * (float)(x[i] - l->zero);
}

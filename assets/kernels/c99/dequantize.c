/* needs: */
typedef struct {
    int32_t count;
    int32_t zero;
    float scale;
} dequantize_layer;

static void dequantize(const dequantize_layer *l, const int8_t *x, float *y)
{
    for (int32_t i = 0; i < l->count; ++i) y[i] = l->scale * (float)(x[i] - l->zero);
}

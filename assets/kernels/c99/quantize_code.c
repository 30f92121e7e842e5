/* needs: clamp */
typedef struct {
    int32_t count;
    int32_t out_zero, low, high;
    float scale;
} quantize_layer;

/* The nearest code, halves away from zero; what is out of all range, and what is no number,
   becomes the nearest end. */
static int32_t quantize_code(const quantize_layer *l, float x)
{
    const float steps = x / l->scale;
    if (!(steps > -65536.0f)) return l->low;
    if (steps > 65536.0f) return l->high;
    const int32_t whole = (int32_t)steps;
    const float rest = steps - (float)whole;
    const int32_t near = whole + (rest >= 0.5f) - (rest <= -0.5f);
    return clamp(near + l->out_zero, l->low, l->high);
}

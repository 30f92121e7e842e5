/* needs: clamp_f32 */
typedef struct {
    int32_t count;
    float low, high;
} rectify_f32_layer;

static void rectify_f32(const rectify_f32_layer *l, const float *x, float *y)
{
    for (int32_t i = 0; i < l->count; ++i) y[i] = clamp_f32(x[i], l->low, l->high);
}

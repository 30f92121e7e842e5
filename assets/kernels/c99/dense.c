/* needs: clamp dot filters requantize_double */
typedef struct {
    int32_t count;
    const int64_t *factor; /* in place of the filters' multiplier */
    filters_layer filters;
} dense_layer;

static void dense(const dense_layer *l, const int8_t *x, int8_t *y)
{
    const filters_layer *f = &l->filters;
    for (int32_t i = 0; i < l->count; ++i, x += f->depth) {
        const int8_t *w = f->weights;
        for (int32_t c = 0; c < f->channels; ++c, w += f->depth) {
            const int32_t acc = dot(w, x, f->depth, f->bias[c]);
            const int32_t code = requantize_double(acc, l->factor[c], f->shift[c]) + f->out_zero;
            *y++ = (int8_t)clamp(code, f->low, f->high);
        }
    }
}

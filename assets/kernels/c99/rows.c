/* needs: clamp dot filters requantize */
static int8_t finish(const filters_layer *l, int32_t c, int32_t acc)
{
    const int32_t code = requantize(acc, l->multiplier[c], l->shift[c]) + l->out_zero;
    return (int8_t)clamp(code, l->low, l->high);
}

/* All filters of a convolution times one patch of `depth` inputs. */
static void rows(const filters_layer *l, const int8_t *x, int8_t *y)
{
    const int8_t *w = l->weights;
    for (int32_t c = 0; c < l->channels; ++c, w += l->depth) {
        y[c] = finish(l, c, dot(w, x, l->depth, l->bias[c]));
    }
}

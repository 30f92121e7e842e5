/* needs: */
/* Two tensors walked as one shape: `rows` runs of `run` elements. A step of 0 repeats an element:
   that is how one tensor is stretched to the other. The dimensions outside a run are listed
   innermost first. */
typedef struct {
    int32_t rows, run, step_1, step_2;
    int32_t rank;
    const int32_t *sizes;
    const int32_t *steps_1;
    const int32_t *steps_2;
} pairs_layer;

/* Where a run begins in the tensor that has these steps. */
static int32_t pairs_at(const pairs_layer *l, int32_t row, const int32_t *steps)
{
    int32_t at = 0;
    for (int32_t d = 0; d < l->rank; ++d) {
        at += row % l->sizes[d] * steps[d];
        row /= l->sizes[d];
    }
    return at;
}

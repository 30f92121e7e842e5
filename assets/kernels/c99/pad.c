/* needs: copy_bytes move */
/* Fills y with an element of `element` bytes, then moves x into the middle of it. */
typedef struct {
    int32_t count, element;
    const int8_t *value;
    move_layer inside;
} pad_layer;

static void pad(const pad_layer *l, const void *x, void *y)
{
    int8_t *to = (int8_t *)y;
    for (int32_t i = 0; i < l->count; ++i, to += l->element) {
        copy_bytes(to, l->value, l->element);
    }
    move(&l->inside, x, y);
}

/* needs: load_4 products simd */
static int32_t dot(const int8_t *w, const int8_t *x, int32_t depth, int32_t acc)
{
    for (; depth >= 4; depth -= 4, w += 4, x += 4) {
        const uint32_t a = load_4(w), b = load_4(x);
        acc = add_products(even(a), even(b), acc);
        acc = add_products(odd(a), odd(b), acc);
    }
    for (; depth > 0; --depth) acc += (int32_t)*w++ * *x++;
    return acc;
}

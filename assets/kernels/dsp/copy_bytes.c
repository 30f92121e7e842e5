/* needs: load_4 store_4 */
static void copy_bytes(int8_t *to, const int8_t *from, int32_t count)
{
    for (; count >= 4; count -= 4, to += 4, from += 4) store_4(to, load_4(from));
    for (; count > 0; --count) *to++ = *from++;
}

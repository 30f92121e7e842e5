/* needs: */
static void copy_bytes(int8_t *to, const int8_t *from, int32_t count)
{
    for (int32_t i = 0; i < count; ++i) to[i] = from[i];
}

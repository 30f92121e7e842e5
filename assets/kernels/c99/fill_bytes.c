/* needs: */
static void fill_bytes(int8_t *to, int8_t value, int32_t count)
{
    for (int32_t i = 0; i < count; ++i) to[i] = value;
}

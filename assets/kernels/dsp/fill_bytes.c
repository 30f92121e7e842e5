/* needs: store_4 */
static void fill_bytes(int8_t *to, int8_t value, int32_t count)
{
    const uint32_t word = (uint32_t)(uint8_t)value * 0x01010101u;
    for (; count >= 4; count -= 4, to += 4) store_4(to, word);
    for (; count > 0; --count) *to++ = value;
}

/* needs: */
/* Four codes as one word; compilers make it one load. */
static uint32_t load_4(const int8_t *from)
{
    return (uint32_t)(uint8_t)from[0] | (uint32_t)(uint8_t)from[1] << 8
        | (uint32_t)(uint8_t)from[2] << 16 | (uint32_t)(uint8_t)from[3] << 24;
}

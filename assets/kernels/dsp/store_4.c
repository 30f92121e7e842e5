/* needs: */
/* A word as four codes; compilers make it one store. */
static void store_4(int8_t *to, uint32_t word)
{
    to[0] = (int8_t)word;
    to[1] = (int8_t)(word >> 8);
    to[2] = (int8_t)(word >> 16);
    to[3] = (int8_t)(word >> 24);
}

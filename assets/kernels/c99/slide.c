/* needs: gather */
/* Moves the rows of a band that are still needed to its front. */
static void slide(void *band, int32_t dropped_bytes, int32_t kept_bytes)
{
    if (dropped_bytes > 0) copy_bytes((int8_t *)band, (int8_t *)band + dropped_bytes, kept_bytes);
}

static int32_t least(int32_t a, int32_t b)
{
    return a < b ? a : b;
}

static int32_t most(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

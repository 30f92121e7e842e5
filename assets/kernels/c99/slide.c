/* needs: inlining */
/* Moves the rows of a band that are still needed to its front; compilers make the four bytes one
   load and one store where the core can. */
NOT_INLINE static void slide(uint8_t *band, int32_t dropped_bytes, int32_t kept_bytes)
{
    const uint8_t *from = band + dropped_bytes;
    if (dropped_bytes <= 0) return;
    for (; kept_bytes >= 4; kept_bytes -= 4, band += 4, from += 4) {
        const uint32_t word = (uint32_t)from[0] | (uint32_t)from[1] << 8
            | (uint32_t)from[2] << 16 | (uint32_t)from[3] << 24;
        band[0] = (uint8_t)word;
        band[1] = (uint8_t)(word >> 8);
        band[2] = (uint8_t)(word >> 16);
        band[3] = (uint8_t)(word >> 24);
    }
    for (; kept_bytes > 0; --kept_bytes) *band++ = *from++;
}

static int32_t least(int32_t a, int32_t b)
{
    return a < b ? a : b;
}

static int32_t most(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

/* needs: clamp */
/* Logistic function and hyperbolic tangent of 16 bit fixed-point numbers, after gemmlowp's
   fixedpoint.h: the result has 15 fractional bits, constants are those of 32 bits, rounded. */
static int32_t limit_16(int32_t x)
{
    return clamp(x, -32768, 32767);
}

static int32_t times_16(int32_t a, int32_t b)
{
    return limit_16((a * b + (1 << 14)) >> 15);
}

/* Halves away from zero. */
static int32_t divide_16(int32_t x, int32_t bits)
{
    const int32_t mask = (int32_t)(((int64_t)1 << bits) - 1);
    return (x >> bits) + ((x & mask) > (mask >> 1) + (x < 0));
}

/* exp(a) for a <= 0 with so many bits before the point: a Taylor series for what is above the
   last whole quarter, then a factor for each bit of the quarters. */
static int32_t exp_16(int32_t a, int32_t integer_bits)
{
    static const int16_t factors[] = {25520, 19875, 12055, 4435, 600, 11, 0};
    const int32_t quarter = 1 << (13 - integer_bits);
    const int32_t rest = (a & (quarter - 1)) - quarter;
    const int32_t x = rest * (1 << integer_bits) + (1 << 12);
    const int32_t x2 = times_16(x, x);
    const int32_t x3 = times_16(x2, x);
    const int32_t x4 = divide_16(times_16(x2, x2), 2);
    const int32_t series = divide_16(times_16(x4 + x3, 10923) + x2, 1);
    int32_t result = limit_16(28918 + times_16(28918, x + series));
    if (a == 0) return 32767;
    for (int32_t bit = 0; bit < integer_bits + 2; ++bit) {
        if ((rest - a) >> (13 - integer_bits + bit) & 1) result = times_16(result, factors[bit]);
    }
    return result;
}

/* 2 / (1 + x) with two bits before the point, by three of Newton's steps. */
static int32_t two_over_one_plus_16(int32_t x)
{
    const int32_t half = (x + 32767 + 1) / 2;
    int32_t y = 23130 + times_16(half, -15420);
    for (int32_t i = 0; i < 3; ++i) {
        y += limit_16(times_16(y, (1 << 13) - times_16(half, y)) * 4);
    }
    return y;
}

static int32_t sigmoid_16(int32_t x)
{
    if (x == 0) return 1 << 14;
    const int32_t positive = limit_16(two_over_one_plus_16(exp_16(x > 0 ? -x : x, 3)) * 2);
    return x > 0 ? positive : 32767 - positive;
}

static int32_t tanh_16(int32_t x, int32_t integer_bits)
{
    if (x == 0) return 0;
    const int32_t y = two_over_one_plus_16(exp_16(x > 0 ? -x : x, integer_bits + 1));
    const int32_t positive = limit_16((y - (1 << 13)) * 4);
    return x > 0 ? positive : -positive;
}

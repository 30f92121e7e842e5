/* needs: clamp requantize */
typedef struct {
    int32_t rows, depth;
    int32_t multiplier, left_shift, diff_min;
} softmax_layer;

/* a * b / 2^31, rounded; saturates only where both are the smallest number. */
static int32_t high_mul(int32_t a, int32_t b)
{
    const int64_t wide = (int64_t)a * b;
    if (a == b && a == INT32_MIN) return INT32_MAX;
    return (int32_t)((wide + ((int64_t)1 << 30)) >> 31);
}

static int32_t round_shift(int32_t x, int32_t exponent)
{
    const int32_t mask = (int32_t)(((int64_t)1 << exponent) - 1);
    return (x >> exponent) + ((x & mask) > (mask >> 1) + (x < 0));
}

static int32_t saturating_left(int32_t x, int32_t exponent)
{
    const int32_t limit = (int32_t)(((int64_t)1 << (31 - exponent)) - 1);
    if (x > limit) return INT32_MAX;
    if (x < -limit) return INT32_MIN;
    return x * ((int32_t)1 << exponent);
}

/* exp(a) for a in [-1/4, 0), a and the result in Q31: a Taylor series of fourth order about -1/8. */
static int32_t exp_quarter(int32_t a)
{
    const int32_t x = a + ((int32_t)1 << 28);
    const int32_t x2 = high_mul(x, x);
    const int32_t x3 = high_mul(x2, x);
    const int32_t x4 = high_mul(x2, x2);
    const int32_t rest = round_shift(high_mul(round_shift(x4, 2) + x3, 715827883) + x2, 1);
    return 1895147668 + high_mul(1895147668, x + rest);
}

/* exp(a) for a <= 0 in Q5.26, the result in Q31. */
static int32_t exp_negative(int32_t a)
{
    static const int32_t factors[7] = {
        1672461947, 1302514674, 790015084, 290630308, 39332535, 720401, 242};
    const int32_t quarter = (int32_t)1 << 24;
    const int32_t part = (a & (quarter - 1)) - quarter;
    const int32_t rest = part - a;
    int32_t result = exp_quarter(part * 32);
    if (a == 0) return INT32_MAX;
    for (int32_t i = 0; i < 7; ++i) {
        if (rest & ((int32_t)1 << (24 + i))) result = high_mul(result, factors[i]);
    }
    return result;
}

/* 1 / (1 + x) for x in [0, 1], both in Q31: three steps of Newton's method. */
static int32_t one_over_one_plus(int32_t x)
{
    const int32_t half = (int32_t)(((int64_t)x + INT32_MAX + 1) >> 1);
    int32_t r = 1515870810 + high_mul(half, -1010580540);
    for (int32_t i = 0; i < 3; ++i) {
        const int32_t error = ((int32_t)1 << 29) - high_mul(half, r);
        r += saturating_left(high_mul(r, error), 2);
    }
    return saturating_left(r, 1);
}

static int32_t leading_zeros(uint32_t x)
{
    int32_t count = 0;
    for (; !(x & 0x80000000u); x <<= 1) ++count;
    return count;
}

static int32_t scaled_exp(const softmax_layer *l, int32_t diff)
{
    return exp_negative(requantize(diff, l->multiplier, l->left_shift));
}

static void softmax_row(const softmax_layer *l, const int8_t *x, int8_t *y)
{
    int32_t largest = x[0];
    int32_t sum = 0;
    for (int32_t i = 1; i < l->depth; ++i) largest = x[i] > largest ? x[i] : largest;
    for (int32_t i = 0; i < l->depth; ++i) {
        if (x[i] - largest >= l->diff_min) sum += round_shift(scaled_exp(l, x[i] - largest), 12);
    }
    const int32_t headroom = leading_zeros((uint32_t)sum);
    const int32_t bits = 12 - headroom + 31 - 8;
    const int32_t scale = one_over_one_plus((int32_t)(((uint32_t)sum << headroom) - 0x80000000u));
    for (int32_t i = 0; i < l->depth; ++i) {
        int32_t code = -128;
        if (x[i] - largest >= l->diff_min) {
            code += round_shift(high_mul(scale, scaled_exp(l, x[i] - largest)), bits);
        }
        y[i] = (int8_t)clamp(code, -128, 127);
    }
}

static void softmax(const softmax_layer *l, const int8_t *x, int8_t *y)
{
    for (int32_t i = 0; i < l->rows; ++i, x += l->depth, y += l->depth) softmax_row(l, x, y);
}

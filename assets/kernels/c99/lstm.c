/* needs: clamp requantize sigmoid_16 */
/* A gate of a long short-term memory: weights (cells, inputs) and (cells, cells). */
typedef struct {
    const int8_t *weights, *recurrent;
    const int32_t *bias, *recurrent_bias;
    int32_t multiplier, shift, recurrent_multiplier, recurrent_shift;
} lstm_gate;

/* `cell_bits` stand before the point of the cells' state, `clip` bounds it. */
typedef struct {
    int32_t steps, inputs, cells, cell_bits, clip;
    int32_t multiplier, shift, out_zero;
    lstm_gate input, forget, cell, output;
} lstm_layer;

static int32_t lstm_sum(const int8_t *w, const int8_t *x, int32_t count, int32_t acc)
{
    for (int32_t i = 0; i < count; ++i) acc += w[i] * x[i];
    return acc;
}

/* One cell's gate, before its activation, with 12 fractional bits; before is the last output or
   NULL for real zeros, whose sum is nothing. */
static int32_t lstm_gate_at(const lstm_layer *l, const lstm_gate *g, int32_t cell, const int8_t *x,
                            const int8_t *before)
{
    int32_t acc = lstm_sum(g->weights + cell * l->inputs, x, l->inputs, g->bias[cell]);
    int32_t sum = limit_16(requantize(acc, g->multiplier, g->shift));
    if (before) {
        acc = lstm_sum(g->recurrent + cell * l->cells, before, l->cells, g->recurrent_bias[cell]);
        sum = limit_16(sum + requantize(acc, g->recurrent_multiplier, g->recurrent_shift));
    }
    return sum;
}

static void lstm(const lstm_layer *l, const int8_t *x, int8_t *y, int16_t *state)
{
    const int8_t *before = 0;
    for (int32_t c = 0; c < l->cells; ++c) state[c] = 0;
    for (int32_t t = 0; t < l->steps; ++t, x += l->inputs, before = y, y += l->cells) {
        for (int32_t c = 0; c < l->cells; ++c) {
            const int32_t input = sigmoid_16(lstm_gate_at(l, &l->input, c, x, before));
            const int32_t forget = sigmoid_16(lstm_gate_at(l, &l->forget, c, x, before));
            const int32_t cell = tanh_16(lstm_gate_at(l, &l->cell, c, x, before), 3);
            const int32_t output = sigmoid_16(lstm_gate_at(l, &l->output, c, x, before));
            const int32_t kept = divide_16(forget * state[c], 15);
            const int32_t next = limit_16(kept + divide_16(input * cell, 15 + l->cell_bits));
            state[c] = (int16_t)clamp(next, -l->clip, l->clip);
            const int32_t hidden = output * tanh_16(state[c], l->cell_bits);
            const int32_t code = requantize(hidden, l->multiplier, l->shift) + l->out_zero;
            y[c] = (int8_t)clamp(code, -128, 127);
        }
    }
}

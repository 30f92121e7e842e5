/* needs: */
static float clamp_f32(float value, float low, float high)
{
    const float above = value < low ? low : value;
    return high < above ? high : above;
}

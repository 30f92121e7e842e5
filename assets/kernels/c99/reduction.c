/* needs: */
/* Which inputs make one output: two loops over what is kept, in the order of the output, and
   two over what is reduced; steps in elements. */
typedef struct {
    int32_t kept_1, kept_2, over_1, over_2;
    int32_t kept_step_1, kept_step_2, over_step_1, over_step_2;
} reduction;

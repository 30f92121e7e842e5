/* needs: */
/* Inner loops stay functions of their own and are not unrolled further, so that all they need
   stays in registers: clang would unroll fourfold and spill. */
#if defined(__GNUC__)
#define NOT_INLINE __attribute__((noinline))
#else
#define NOT_INLINE
#endif
#if defined(__clang__)
#define NOT_UNROLLED _Pragma("clang loop unroll(disable)")
#else
#define NOT_UNROLLED
#endif

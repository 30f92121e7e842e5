/* needs: */
/* A window that slides over (height, width, channels) and stays inside. */
typedef struct {
    int32_t in_h, in_w, in_c, out_h, out_w;
    int32_t k_h, k_w, stride_h, stride_w, pad_h, pad_w;
    int32_t low, high;
} pool_layer;

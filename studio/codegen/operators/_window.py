"""Where a window that slides over an image begins."""

from __future__ import annotations

from studio.codegen.graph import Node, Tensor
from studio.codegen.steps import OptionField

__all__ = ["CONVOLUTION_OPTIONS", "SAME", "first_place", "places", "window"]

SAME = 0

CONVOLUTION_OPTIONS = (
    OptionField(name="padding", number=0, layout="b"),
    OptionField(name="stride_w", number=1),
    OptionField(name="stride_h", number=2),
)
"""What convolutions and pooling have in common."""


def first_place(node: Node, size: int, filter_size: int, stride: int, out_size: int) -> int:
    """Return how far outside the image the first window begins, in elements.

    Source:
        ``ComputePadding`` of TensorFlow Lite (kernels/padding.h), for padding SAME; the window
        of VALID begins inside.
    """
    if node.option("padding") != SAME:
        return 0
    return max(0, (out_size - 1) * stride + filter_size - size) // 2


def places(node: Node, size: int, filter_size: int, stride: int) -> int:
    """Return how many windows there are along a side; each has an input in it.

    Source:
        ``ComputeOutSize`` of TensorFlow Lite (kernels/padding.h).
    """
    return -(-(size if node.option("padding") == SAME else size - filter_size + 1) // stride)


def window(
    node: Node, x: Tensor, y: Tensor, side: tuple[int, int], channels: int
) -> dict[str, int]:
    """Return the members of a ``window_layer`` for a convolution.

    Args:
        node: With strides and dilations.
        x: Input ``(1, height, width, channels)``.
        y: Output of the same order.
        side: Height and width of the filter.
        channels: How many filters there are.

    Raises:
        ValueError: if the output is not as large as the window and the filters make it.
    """
    (_, in_h, in_w, in_c), (_, out_h, out_w, _) = x.shape, y.shape
    stride_h, stride_w = node.option("stride_h"), node.option("stride_w")
    dilation_h, dilation_w = node.option("dilation_h_factor"), node.option("dilation_w_factor")
    covers_h, covers_w = (side[0] - 1) * dilation_h + 1, (side[1] - 1) * dilation_w + 1
    made = (places(node, in_h, covers_h, stride_h), places(node, in_w, covers_w, stride_w))
    if y.shape != (1, *made, channels) or min(*side, dilation_h, dilation_w) < 1:
        raise ValueError(f"{y.shape} is made of {x.shape}")
    return {
        "in_h": in_h, "in_w": in_w, "in_c": in_c, "out_h": out_h, "out_w": out_w,
        "k_h": side[0], "k_w": side[1], "stride_h": stride_h, "stride_w": stride_w,
        "dilation_h": dilation_h, "dilation_w": dilation_w,
        "pad_h": first_place(node, in_h, covers_h, stride_h, out_h),
        "pad_w": first_place(node, in_w, covers_w, stride_w, out_w),
        "in_zero": x.zero_point,
    }  # fmt: skip

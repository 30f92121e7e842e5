"""What may help a quantized file that lost too much, as data; `studio.worker` does it.

What costs the device nothing is tried first: other samples to set the ranges, other scales,
a little training. Operators in int16x8 come last, since they cost RAM and time for ever.
"""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["REMEDIES"]

REMEDIES: Mapping[str, str] = {
    "more-samples": "set the ranges with five times as many training samples",
    "calmer-samples": "set the ranges without the training samples that stand out",
    "per-channel": "give the weights of every output channel a scale of their own",
    "equalise": "give the channels of each layer ranges alike",
    "fine-tune": "train a little more with the rounding of int8 in the loop",
    "widen": "keep the operators that lose most in int16x8",
}
"""Title by id."""

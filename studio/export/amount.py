"""What the output of a model means where it is an amount."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from studio.domain.preprocessing import TargetScale
from studio.runtimes.tflite_file import Tensor

__all__ = ["FILE", "AmountOutput"]

FILE = "output.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class AmountOutput:
    """From the int8 model's one code to an amount.

    Attributes:
        target: From the model's output to the amount.
        step: What one code is worth in the model's output; a float32 number.
        zero_point: Code of output 0.
    """

    target: TargetScale
    step: float
    zero_point: int

    @classmethod
    def of(cls, target: TargetScale, tensor: Tensor) -> AmountOutput:
        """Return it for the output tensor of an int8 model.

        Raises:
            ValueError: if the tensor is not quantized as a whole.
        """
        if len(tensor.scales) != 1 or not 0 < tensor.scales[0] < np.inf:
            raise ValueError("the output of the int8 model has no scale")
        zero_point = tensor.zero_points[0] if tensor.zero_points else 0
        return cls(target=target, step=float(np.float32(tensor.scales[0])), zero_point=zero_point)

    def amount(self, code: int) -> float:
        """Return the amount a code stands for.

        The output is float32, as an interpreter gives it; the rest is double precision.
        """
        output = float(np.float32(code - self.zero_point) * np.float32(self.step))
        return self.target.offset + self.target.scale * output

    def as_json(self, unit: str) -> dict[str, Any]:
        """Return the content of ``output.json``."""
        return {
            "kind": "amount",
            "column": self.target.column,
            "unit": unit,
            "offset": self.target.offset,
            "scale": self.target.scale,
            "formula": "amount = offset + scale * output",
            "int8_output": {
                "dtype": "int8",
                "scale": self.step,
                "zero_point": self.zero_point,
                "formula": "output = (code - zero_point) * scale",
            },
            "int8_steps": self.target.scale * self.step,
            "int8_lowest": self.amount(-128),
            "int8_highest": self.amount(127),
        }

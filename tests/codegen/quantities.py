"""What the generated operators are tried with; several in one model, for compiling is slow."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import strategies as st

from studio.codegen import Settings, generate
from studio.domain.errors import ModelError
from tests.codegen.exact import STRICT, Comparison, compare
from tests.codegen.making import Maker, Quantized

__all__ = ["Drawn", "assert_refused", "codes", "meanings", "scales"]

scales = st.one_of(
    st.floats(2**-8, 2**-2, width=32),
    st.integers(-8, -2).map(lambda power: 2.0**power),
)
"""Steps of codes: any, and powers of two, with which results lie half-way between codes."""


def meanings(dtype: str = "int8") -> st.SearchStrategy[Quantized]:
    """Return any meaning of codes; int16 codes are symmetric in TensorFlow Lite."""
    return st.builds(Quantized, scales, st.integers(-128, 127) if dtype == "int8" else st.just(0))


def codes(seed: int, shape: Sequence[int], dtype: str = "int8") -> npt.NDArray[Any]:
    """Return random codes."""
    limits = np.iinfo(dtype)
    rng = np.random.default_rng(seed)
    return rng.integers(limits.min, limits.max, size=tuple(shape), dtype=dtype, endpoint=True)


@dataclass(slots=True)
class Drawn:
    """A model of several operators, each result of which is an output."""

    maker: Maker = field(default_factory=Maker)
    outputs: list[int] = field(default_factory=list)

    def model(self) -> bytes:
        """Return the file."""
        return self.maker.model(self.outputs)

    def assert_exact(
        self,
        count: int = 8,
        flags: tuple[str, ...] = STRICT,
        inputs: list[list[npt.NDArray[Any]]] | None = None,
    ) -> Comparison:
        """Assert that every output is the reference's, byte for byte."""
        with tempfile.TemporaryDirectory() as folder:
            result = compare(self.model(), Path(folder), count, flags=flags, inputs=inputs)
        assert result.differing == {}
        assert set(self.outputs) <= result.compared
        return result


def assert_refused(drawn: Drawn, reason: str) -> None:
    """Assert that a model does not become C, for a reason that a person is told."""
    with pytest.raises(ModelError, match=reason) as refused:
        generate(drawn.model(), Settings(name="net"))
    assert refused.value.code == "codegen.unsupported"

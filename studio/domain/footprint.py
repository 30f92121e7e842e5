"""What the generated C of one model takes on one core, each part with its kind."""

from __future__ import annotations

from dataclasses import dataclass

from studio.domain.figure import Figure

__all__ = ["Footprint"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Footprint:
    """Memory and instructions of a model as generated C.

    Attributes:
        core: Which core it was compiled or estimated for.
        kernels: Which set of kernels.
        refused: Why no C can be made of the model, as a sentence; empty where it can. Then
            every figure is unknown.
        code: Machine code in flash, with the compiler's own functions it needs and first values
            of variables; in bytes.
        weights: Constants in flash: weights, biases, multipliers, tables; in bytes.
        variables: RAM beside arena and stack; in bytes.
        arena: Working memory, with the input and the output in it; in bytes.
        stack: Deepest stack of one run; in bytes.
        instructions: Of one run; unknown where nobody counted.
    """

    core: str
    kernels: str
    refused: str = ""
    code: Figure
    weights: Figure
    variables: Figure
    arena: Figure
    stack: Figure
    instructions: Figure

    @classmethod
    def none(cls, core: str, kernels: str, why: str) -> Footprint:
        """Return the footprint of a model that no C can be made of."""
        nothing = Figure.unknown("B", why)
        return cls(
            core=core,
            kernels=kernels,
            refused=why,
            code=nothing,
            weights=nothing,
            variables=nothing,
            arena=nothing,
            stack=nothing,
            instructions=Figure.unknown("instructions", why),
        )

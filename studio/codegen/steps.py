"""What the generated program does, call by call."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy.typing as npt

from studio.codegen.graph import Graph, Node
from studio.domain.errors import ModelError

__all__ = ["Band", "OptionField", "Rule", "Step", "Stream", "Trail", "refuse"]

Value = int | float | npt.NDArray[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trail:
    """A step writes behind where it reads, so that its output may overlap an input.

    Attributes:
        input: Place in the step's inputs.
        output: Place in its outputs.
        distance: Bytes by which the output must begin before the input does, at least; below 0
            it may begin so far behind.
    """

    input: int
    output: int
    distance: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """Some rows of a tensor, those that are made and still needed; all there ever is of it.

    Attributes:
        rows: Most there are at once.
        offset: Of the first, in the scratch memory.
    """

    rows: int
    offset: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Stream:
    """Steps that run row by row, each as soon as the rows it reads are there.

    Attributes:
        stages: The steps; each makes one tensor, the last one drives the others.
        bands: By tensor; tensors without a band lie in the arena as a whole.
        start: Rows that the last stage would have made after the first turn; below 0 while
            only rows for it are made.
        turn: Rows that the last stage makes at a time.
        working: Offset of the stages' own scratch memory, in that of the stream.
        state: Offset of the scratch memory of a last stage that sums rows up.
    """

    stages: tuple[Step, ...]
    bands: Mapping[int, Band]
    start: int
    turn: int
    working: int
    state: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Step:
    """One call of a kernel, or a tensor that is another one seen otherwise.

    Attributes:
        kernel: Name of a file under ``assets/kernels`` and of the function in it; empty if
            nothing is to be done because outputs are the input's memory, or the inputs follow
            each other in the output's.
        layer: Members of the kernel's ``<kernel>_layer`` struct by name: numbers, or constant
            arrays (one dimension) that the emitter names and shares.
        inputs: Activation or constant tensors, in the order of the kernel's arguments.
        outputs: Tensors it writes, behind them.
        scratch_bytes: Working memory it needs while it runs, passed as its last argument if
            above 0; aligned to 4.
        listed: Whether inputs and outputs are each passed as one array of pointers, for kernels
            with any number of them.
        in_place: Places in `inputs` whose memory the first output may take over: the kernel
            goes through both in ascending order, reads every element of that input before it
            writes the output element of that place, and output elements are no larger.
        trails: The same for outputs that must keep a distance.
        stream: What is done, if that is not one call; the kernel then is what the code needs
            in addition to its stages' kernels.
    """

    kernel: str
    inputs: tuple[int, ...]
    outputs: tuple[int, ...]
    layer: Mapping[str, Value] = field(default_factory=dict)
    scratch_bytes: int = 0
    listed: bool = False
    in_place: tuple[int, ...] = ()
    trails: tuple[Trail, ...] = ()
    stream: Stream | None = None

    @property
    def is_alias(self) -> bool:
        """Whether nothing runs."""
        return not self.kernel


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionField:
    """One setting of an operator in its options table of ``schema.fbs``.

    Attributes:
        name: As the schema names it.
        number: Of the field.
        layout: `struct` letter of a scalar, ``"f"`` for a real number.
        default: Where the file leaves it out.
    """

    name: str
    number: int
    layout: str = "i"
    default: float = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """How one operator becomes a step.

    Attributes:
        operator: As the schema names it.
        options: Its settings.
        lower: Makes the step; refuses with `refuse` what it cannot express.
    """

    operator: str
    lower: Callable[[Node, Graph], Step]
    options: tuple[OptionField, ...] = ()


def refuse(node: Node, graph: Graph, reason: str) -> ModelError:
    """Return the error for a node that cannot be generated; `reason` ends the sentence."""
    name = graph.tensors[node.outputs[0]].name if node.outputs else "nothing"
    return ModelError(
        f"The C generator cannot express {node.operator}, which makes {name!r}: {reason}.",
        "Use TensorFlow Lite Micro for this model, or one of the search's own models.",
        code="codegen.unsupported",
    )

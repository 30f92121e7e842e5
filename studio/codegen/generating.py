"""From a model file to its C code."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from studio.codegen.emit import Program, header, source
from studio.codegen.graph import Graph
from studio.codegen.memory import plan_memory
from studio.codegen.names import identifier
from studio.codegen.operators import RULES
from studio.codegen.passes.arranging import arrange
from studio.codegen.passes.channels import drop_dead_channels
from studio.codegen.passes.dead import drop_unread
from studio.codegen.passes.folding import fold_constants
from studio.codegen.passes.sound import refuse_unsound
from studio.codegen.passes.trails import let_outputs_follow
from studio.codegen.reading import read_graph
from studio.codegen.steps import Step

__all__ = ["KERNEL_SETS", "Generated", "Settings", "generate"]

KERNEL_SETS = {"c99": ("c99",), "dsp": ("dsp", "c99")}
"""Where kernels of a set are looked for, in order; all sets compute the same codes."""

GRAPH_PASSES: tuple[Callable[[Graph], Graph], ...] = (
    refuse_unsound,
    fold_constants,
    drop_unread,
    drop_dead_channels,
)
"""Done in this order, before operators become steps."""

STEP_PASSES: tuple[Callable[[Graph, Sequence[Step]], list[Step]], ...] = (
    let_outputs_follow,
    arrange,
)
"""Done in this order, afterwards."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a person may choose.

    Attributes:
        name: Of the model; becomes the prefix of all public names.
        classes: Names of the classes in the order of the outputs.
        kernels: One of `KERNEL_SETS`.
        trace: Whether each step tells its result, for tests.
        about: Lines for the head of the files.
    """

    name: str = "model"
    classes: Sequence[str] = ()
    kernels: str = "c99"
    trace: bool = False
    about: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Generated:
    """The C code of a model.

    Attributes:
        prefix: Of its public names and of its files.
        files: Text by file name.
        graph: What it was made of.
        arena_bytes: Working memory, input and output included.
        lower_bound_bytes: The least any placing could take with this order of steps.
    """

    prefix: str
    files: dict[str, str]
    graph: Graph
    arena_bytes: int
    lower_bound_bytes: int


def generate(content: bytes, settings: Settings = Settings()) -> Generated:
    """Make C code of a TensorFlow Lite file.

    Args:
        content: The file.
        settings: What a person chose.

    Raises:
        ModelError: ``model.*`` if the file is damaged, ``codegen.unsupported`` naming operator
            and tensor if it holds what cannot be expressed.
    """
    graph = read_graph(content)
    for change in GRAPH_PASSES:
        graph = change(graph)
    steps = lower(graph)
    for improve in STEP_PASSES:
        steps = improve(graph, steps)
    plan = plan_memory(graph, steps)
    program = Program(
        prefix=identifier(settings.name),
        graph=graph,
        steps=steps,
        plan=plan,
        kernels=KERNEL_SETS[settings.kernels],
        classes=settings.classes,
        trace=settings.trace,
        about=settings.about,
    )
    return Generated(
        prefix=program.prefix,
        files={f"{program.prefix}.h": header(program), f"{program.prefix}.c": source(program)},
        graph=graph,
        arena_bytes=plan.arena_bytes,
        lower_bound_bytes=plan.lower_bound_bytes,
    )


def lower(graph: Graph) -> list[Step]:
    """Return the steps of a graph in its order."""
    return [RULES[node.operator].lower(node, graph) for node in graph.nodes]

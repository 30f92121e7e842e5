"""The C function of a stream: steps that run row by row."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from studio.codegen.graph import Graph
from studio.codegen.memory import Plan
from studio.codegen.rowwise import SUMMING, WINDOWED, Rows, geometry, rows_of
from studio.codegen.steps import Step, Stream

__all__ = ["StreamText"]


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamText:
    """What is needed to write one down.

    Attributes:
        at: Number of the step.
        step: With a stream.
        graph: Tensors.
        plan: Of the arena.
        pointer: Makes an expression of C a pointer to the elements of a tensor.
        trace: Name of the macro that is told each piece of a tensor, or empty.
    """

    at: int
    step: Step
    graph: Graph
    plan: Plan
    pointer: Callable[[int, str, bool], str]
    trace: str = ""

    @property
    def stream(self) -> Stream:
        """The stream."""
        assert self.step.stream is not None
        return self.step.stream

    def text(self) -> str:
        """Return the function ``stream_<number>``."""
        stages = [(step, self._rows(step)) for step in self.stream.stages]
        last, rows = stages[-1][0].outputs[0], stages[-1][1]
        state = [f"made_{step.outputs[0]} = 0" for step, _ in stages]
        state += [f"first_{tensor} = 0" for tensor in self.stream.bands]
        goals = [self._goal(tensor) for tensor in self._made()[-2::-1]]
        return "\n".join(
            [
                f"static void stream_{self.at}(uint8_t *arena)\n{{",
                f"    int32_t {', '.join(state)};",
                f"    for (int32_t turn = {self.stream.start}; made_{last} < {rows.made}; "
                f"turn += {self.stream.turn}) {{",
                f"        const int32_t goal_{last} = least(turn, {rows.made});",
                *goals,
                *(self._stage(number, step, rows) for number, (step, rows) in enumerate(stages)),
                "    }\n}\n",
            ]
        )

    def _made(self) -> list[int]:
        return [step.outputs[0] for step in self.stream.stages]

    def _rows(self, step: Step) -> Rows:
        rows = rows_of(self.graph, step)
        assert rows is not None
        return rows

    def _readers(self, tensor: int) -> list[tuple[int, Rows]]:
        """Return the output and the rows of each stage that reads a tensor."""
        return [
            (step.outputs[0], self._rows(step))
            for step in self.stream.stages
            if tensor in step.inputs
        ]

    def _goal(self, tensor: int) -> str:
        terms = []
        for out, rows in self._readers(tensor):
            ahead = rows.covers - rows.pad - rows.stride
            terms.append(f"{_times(f'goal_{out}', rows.stride)}{ahead:+d}")
        made = self._readers(tensor)[0][1].read
        return f"        const int32_t goal_{tensor} = least({made}, {_nested('most', terms)});"

    def _stage(self, number: int, step: Step, rows: Rows) -> str:
        (out,) = step.outputs
        lines = [f"if (made_{out} < goal_{out}) {{"]
        if out in self.stream.bands:
            lines += self._slide(out, rows.out_bytes)
        lines.append(f"    {step.kernel}_layer l = layer_{self.at}_{number};")
        lines += [f"    l.{name} = {value};" for name, value in self._changes(step, rows).items()]
        lines.append(f"    {step.kernel}({', '.join(self._arguments(step, rows))});")
        if self.trace and rows.at_once:
            told = f"{self.trace}({out}, {self._base(out)}, {rows.at_once});"
            lines.append(f"    if (goal_{out} == {rows.made}) {{\n            {told}\n        }}")
        elif self.trace:
            lines.append(
                f"    {self.trace}({out}, {self._place(out, f'made_{out}', rows.out_bytes)}, "
                f"(goal_{out} - made_{out}) * {rows.out_bytes});"
            )
        lines += [f"    made_{out} = goal_{out};", "}"]
        return "\n".join("        " + line for line in lines)

    def _slide(self, tensor: int, row_bytes: int) -> list[str]:
        """Return lines that make room for new rows of a band."""
        firsts = [
            f"most(0, {_times(f'made_{out}', rows.stride)}{-rows.pad:+d})"
            for out, rows in self._readers(tensor)
        ]
        first, made = f"first_{tensor}", f"made_{tensor}"
        return [
            f"    const int32_t kept = least({made}, {_nested('least', firsts)});",
            f"    slide({self._base(tensor)}, (kept - {first}) * {row_bytes}, "
            f"({made} - kept) * {row_bytes});",
            f"    {first} = kept;",
        ]

    def _changes(self, step: Step, rows: Rows) -> Mapping[str, str]:
        """Return the members of the layer that say which rows are to be made."""
        (out,), source = step.outputs, step.inputs[0]
        count = f"goal_{out} - made_{out}"
        if step.kernel in SUMMING:
            left = f"{rows.made} - goal_{out}"
            return {"rows.begun": f"made_{out}", "rows.now": count, "rows.left": left}
        if step.kernel not in WINDOWED:
            return {"count": f"({count}) * {rows.width}"}
        member = WINDOWED[step.kernel] + "." if WINDOWED[step.kernel] else ""
        above = f"{geometry(step)['pad_h']} - {_times(f'made_{out}', rows.stride)}"
        changes = {f"{member}out_h": count, f"{member}pad_h": above}
        if source in self.stream.bands:
            changes[f"{member}pad_h"] += f" + first_{source}"
            changes[f"{member}in_h"] = f"made_{source} - first_{source}"
        return changes

    def _arguments(self, step: Step, rows: Rows) -> Sequence[str]:
        (out,) = step.outputs
        arguments = ["&l"]
        for tensor in step.inputs:
            # A window finds its rows by itself, counted from the top of what is there.
            windowed = step.kernel in WINDOWED
            at = (
                self._base(tensor)
                if windowed
                else self._place(tensor, f"made_{out}", rows.in_bytes)
            )
            arguments.append(self.pointer(tensor, at, True))
        arguments.append(self.pointer(out, self._place(out, f"made_{out}", rows.out_bytes), False))
        if step.scratch_bytes:
            own = self.stream.state if step.kernel in SUMMING else self.stream.working
            working = self.plan.scratch[self.at] + own
            arguments.append(f"(void *)(arena + {working})")
        return arguments

    def _base(self, tensor: int) -> str:
        if tensor in self.stream.bands:
            offset = self.plan.scratch[self.at] + self.stream.bands[tensor].offset
            return f"arena + {offset}"
        return f"arena + {self.plan.offsets[tensor]}"

    def _place(self, tensor: int, row: str, row_bytes: int) -> str:
        """Return where a row lies."""
        if not row_bytes:
            return self._base(tensor)
        if tensor in self.stream.bands:
            row = f"({row} - first_{tensor})"
        return f"{self._base(tensor)} + {row} * {row_bytes}"


def _times(name: str, factor: int) -> str:
    return name if factor == 1 else f"{name} * {factor}"


def _nested(function: str, terms: Sequence[str]) -> str:
    result, *rest = dict.fromkeys(terms)
    for term in rest:
        result = f"{function}({result}, {term})"
    return result

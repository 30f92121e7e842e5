"""Records as text for a person at a terminal."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence

from studio.app import VelaAnswer
from studio.cli.table import plain, render
from studio.domain.candidate import Artifact, ArtifactFormat, Candidate, Precision
from studio.domain.device import Device, Fact
from studio.domain.evaluation import AnyEvaluation
from studio.domain.figure import Figure
from studio.domain.report import CompatibilityReport, MemoryRegion, Verdict
from studio.domain.wording import KIND_MARKS, amount_text, bytes_text, result_text

__all__ = [
    "alternatives_text",
    "counted",
    "device_table",
    "ethos_u_text",
    "fact_text",
    "figure_text",
    "leaderboard",
    "left_text",
    "memory_table",
    "report_table",
    "result",
    "run_text",
    "span_text",
    "verdict_text",
]

_VERDICTS = {
    Verdict.FITS: "fits",
    Verdict.FITS_WITH_CHANGE: "fits with a change",
    Verdict.DOES_NOT_FIT: "does not fit",
    Verdict.UNKNOWN: "unknown",
}

_LEGEND = (
    "Kinds: ● measured, ◐ emulated, ○ estimated: of sizes the worst end"
    " is shown, of times the range; ◇ published, ? unknown."
)


_FRONT = "\n* no other is at least as good in accuracy, flash and RAM and better in one."
_ALIKE = "\n~ the validation samples cannot tell it from the first."


def counted(number: int, one: str, many: str = "") -> str:
    """Return ``1 sample``, ``1,797 samples``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def result(evaluation: AnyEvaluation | None) -> str:
    """Return the headline of an evaluation, or a dash before it was measured."""
    return "-" if evaluation is None else result_text(evaluation)


def figure_text(figure: Figure) -> str:
    """Return the worst end of a size with the mark of its kind."""
    if figure.value is None:
        return f"unknown {KIND_MARKS[figure.kind]}"
    worst = figure.value if figure.high is None else max(figure.value, figure.high)
    return f"{bytes_text(worst)} {KIND_MARKS[figure.kind]}"


def _int8(candidate: Candidate) -> Artifact | None:
    return candidate.artifact(Precision.INT8, ArtifactFormat.TFLITE)


def leaderboard(
    candidates: Iterable[Candidate], alike: Container[int] = (), front: Container[int] = ()
) -> str:
    """Return the candidates as a table, in the order given.

    Args:
        candidates: The best first.
        alike: Numbers of those that cannot be told from the best.
        front: Numbers of those no other beats in everything.
    """
    rows = []
    for candidate in candidates:
        int8 = _int8(candidate)
        rows.append(
            (
                f"#{candidate.id}"
                + (" ~" if candidate.id in alike else "")
                + (" *" if candidate.id in front else ""),
                result(candidate.validation),
                result(candidate.test),
                f"{candidate.parameters:,}",
                bytes_text(int8.size_bytes) if int8 else "-",
                figure_text(int8.arena) if int8 else "-",
                candidate.device_id,
            )
        )
    marked = any("~" in row[0] for row in rows)
    leading = any("*" in row[0] for row in rows)
    headers = ("model", "validation", "test", "weights", "int8-file", "arena", "device")
    table = render(headers, rows, right="weights int8-file arena")
    return (
        f"{table}\nShare right of the int8 model (of amounts: mean absolute error), with its"
        f" 95 % interval. {_LEGEND}" + (_ALIKE if marked else "") + (_FRONT if leading else "")
    )


def fact_text(fact: Fact) -> str:
    """Return a memory of a device; ? marks one of a single source, * a person's own."""
    return "unknown" if fact.value is None else bytes_text(fact.value) + _doubt(fact)


def _doubt(fact: Fact) -> str:
    return " *" if fact.own else "" if fact.verified else " ?"


def _clock_text(fact: Fact) -> str:
    if fact.value is None:
        return "unknown"
    return f"{fact.value / 1e6:,.0f} MHz" + _doubt(fact)


def device_table(devices: Iterable[Device]) -> str:
    """Return the catalogue as a table."""
    found = tuple(devices)
    rows = [
        (
            device.id,
            plain(device.name),
            device.core or "unknown",
            _clock_text(device.clock_hz),
            fact_text(device.ram_bytes),
            fact_text(device.flash_bytes),
            ", ".join(device.runtimes) or "-",
            ", ".join(device.features) or "-",
        )
        for device in found
    ]
    headers = ("id", "name", "core", "clock", "RAM", "flash", "runtimes", "on it")
    legend = "Published figures; ? marks those with a single source (unverified)."
    if any(device.own for device in found):
        legend += " * marks your own figures, which nobody verified."
    return f"{render(headers, rows, right='clock RAM flash')}\n{legend}"


def verdict_text(report: CompatibilityReport) -> str:
    """Return the answer in one sentence, and what stands against it."""
    told = dict.fromkeys(map(str, (report.for_engineer, *report.findings)))
    return "\n".join([plain(report.summary.text()), *(f"  - {plain(text)}" for text in told)])


def _of(figure: Figure, limit: int | None) -> str:
    return f"{figure_text(figure)} of {'unknown' if limit is None else bytes_text(limit)}"


def report_table(reports: Sequence[CompatibilityReport], catalogue: Mapping[str, Device]) -> str:
    """Return one line a device."""
    rows = [
        (
            report.device_id,
            catalogue[report.device_id].name if report.device_id in catalogue else "",
            _VERDICTS[report.verdict],
            report.runtime or "-",
            _of(report.flash, report.flash_limit_bytes),
            _of(report.ram, report.ram_limit_bytes),
            span_text(report.latency),
            "" if report.limits_verified else "unverified",
        )
        for report in reports
    ]
    headers = ("device", "name", "verdict", "runtime", "flash", "RAM", "latency", "limits")
    fitting = sum(report.verdict is Verdict.FITS for report in reports)
    table = render(headers, rows, right="flash RAM latency")
    return f"{table}\nFits {fitting} of {counted(len(reports), 'device')}. {_LEGEND}"


def span_text(figure: Figure) -> str:
    """Return a time or an energy as the range it lies in."""
    if figure.value is None:
        return f"unknown {KIND_MARKS[figure.kind]}"
    ends = (figure.value if end is None else end for end in (figure.low, figure.high))
    span = "-".join(dict.fromkeys(amount_text(end) for end in ends))
    return f"{span} {figure.unit} {KIND_MARKS[figure.kind]}"


def run_text(report: CompatibilityReport) -> str:
    """Return what one run takes, and how that is known."""
    return "\n".join(
        f"{name} of one run: {span_text(figure)} ({plain(figure.source)})"
        for name, figure in (("Time", report.latency), ("Energy", report.energy))
    )


def ethos_u_text(answer: VelaAnswer) -> str:
    """Return what Vela said of a model on an Ethos-U."""
    if answer.why:
        return f"{answer.accelerator}: {plain(answer.why)}"
    memory = ", ".join(
        f"{figure_text(figure)} {area.replace('_', ' ')}" for area, figure in answer.memory.items()
    )
    lines = [
        f"{answer.accelerator} as Vela compiles it ({plain(answer.setting)}): {memory or '-'}",
        f"Time of one run: {span_text(answer.latency)} ({plain(answer.latency.source)})",
    ]
    if answer.placement is None:
        return "\n".join([*lines, "Vela could not list where each operator runs."])
    return "\n".join([*lines, *map(plain, answer.placement.sentences("Ethos-U"))])


def alternatives_text(report: CompatibilityReport) -> str:
    """Return what the device's other runtimes would take, a line each; empty where it has none."""
    return "\n".join(
        f"With {other.runtime}: {_VERDICTS[other.verdict]}; "
        f"flash {_of(other.flash, report.flash_limit_bytes)}, "
        f"RAM {_of(other.ram, report.ram_limit_bytes)}, time {span_text(other.latency)}"
        + (f". {plain(other.why.text())}" if other.why else "")
        for other in report.alternatives
    )


def left_text(report: CompatibilityReport) -> str:
    """Return what stays free at the worst end, and what lies where in memories of several banks."""
    left = {"flash": report.flash_left_bytes, "RAM": report.ram_left_bytes}
    told = [
        f"{name} left at the worst end: {'none' if count < 0 else bytes_text(count)}"
        for name, count in left.items()
        if count is not None
    ]
    banks = [
        f"{bank.name}: {', '.join(bank.parts) or 'nothing'} "
        f"({bytes_text(bank.used_bytes)} of {bytes_text(bank.size_bytes)})"
        for bank in report.banks
    ]
    return "\n".join([*told, *map(plain, banks)])


def memory_table(report: CompatibilityReport) -> str:
    """Return every part of flash and RAM with its kind; empty where nothing runs."""
    if not report.memory:
        return ""
    order = {MemoryRegion.FLASH: 0, MemoryRegion.RAM: 1}
    lines = sorted(report.memory, key=lambda line: order[line.region])
    rows = [
        (str(line.region), line.part, figure_text(line.figure), str(line.figure.kind))
        for line in lines
    ]
    return render(("memory", "part", "size", "kind"), rows, right="size")

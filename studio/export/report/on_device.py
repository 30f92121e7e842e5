"""The model on the device: memory, speed, operators, and what was shown of its C code."""

from __future__ import annotations

from collections.abc import Mapping

from studio.domain.placement import OperatorPlace, Placement, Where
from studio.domain.report import CompatibilityReport, MemoryRegion
from studio.export.report.language import Words
from studio.export.report.model import Block, Items, Line, Look, Paragraph, Section, Span, Table
from studio.export.report.results import pictured
from studio.export.report.subject import Subject
from studio.export.wording import precise_bytes, region_text
from studio.languages import mark
from studio.runtimes import RUNTIMES

__all__ = ["code", "memory", "operators", "runtime_title", "speed"]

Pictures = Mapping[str, bytes]

PARTS = (
    mark("model"),
    mark("runtime code"),
    mark("runtime"),
    mark("sketch and startup code"),
    mark("sketch and startup data"),
    mark("stack"),
    mark("input buffer"),
    mark("tensor arena"),
    mark("tensors"),
    mark("working memory"),
    mark("operating system"),
)
"""What parts of memory are called; others are shown in English."""


def memory(subject: Subject, say: Words, pictures: Pictures) -> Section:
    """Return every part that must be planned for, and what the device has."""
    tr, report = say.tr, subject.report
    rows = tuple(
        (
            say.given(line.part),
            region_text(line.region, tr),
            say.figure(line.figure),
            _source(line.figure.source, say),
        )
        for line in report.memory
    )
    legend = tr(
        "● measured: compiled or run. ◐ emulated. ○ estimated, with its range. ◇ published, with"
        " its source. ? unknown."
    )
    head = (tr("part"), tr("memory"), tr("how much"), tr("how it is known"))
    blocks: list[Block] = [Paragraph(say.given(report.for_engineer))]
    if rows:
        blocks.append(Table(head=head, rows=rows, widths=(0.19, 0.1, 0.29, 0.42)))
    blocks.append(Paragraph(legend, Look.MUTED))
    alternative = tr("Flash and RAM by part, as in the table")
    blocks += pictured(pictures, "memory", alternative)
    blocks += _banks(report, say)
    blocks += _device(subject, say)
    title = tr("Memory on {device}", device=subject.device.name)
    return Section(id="memory", title=title, blocks=tuple(blocks))


def _source(text: str, say: Words) -> Span:
    return say.given(text) if text else ""


def _banks(report: CompatibilityReport, say: Words) -> tuple[Block, ...]:
    tr = say.tr
    rows = tuple(
        (
            bank.name,
            precise_bytes(bank.size_bytes, tr),
            precise_bytes(bank.used_bytes, tr),
            ", ".join(tr(part) for part in bank.parts),
        )
        for bank in report.banks
    )
    if not rows:
        return ()
    head = (tr("memory"), tr("size"), tr("used at worst"), tr("what lies there"))
    return (Table(head=head, rows=rows, widths=(0.18, 0.25, 0.25, 0.32)),)


def _device(subject: Subject, say: Words) -> tuple[Block, ...]:
    tr, device = say.tr, subject.device
    rows = tuple(
        (
            name,
            precise_bytes(fact.value, tr) if fact.value is not None else tr("not known"),
            tr("two sources agree") if fact.verified else tr("not verified by a second source"),
            _source("; ".join(fact.sources), say),
        )
        for name, fact in (
            (region_text(MemoryRegion.FLASH, tr), device.flash_bytes),
            ("RAM", device.ram_bytes),
        )
    )
    notes: tuple[Span, ...] = (" ", say.given(device.notes)) if device.notes else ()
    head = (tr("device has"), tr("how much"), tr("verified"), tr("sources"))
    return (
        Paragraph((f"{device.vendor}, {device.core}.", *notes)),
        Table(head=head, rows=rows, widths=(0.14, 0.25, 0.21, 0.4)),
    )


def runtime_title(report: CompatibilityReport, say: Words) -> str:
    """Return what the runtime is called."""
    tr = say.tr
    if report.runtime in RUNTIMES:
        return RUNTIMES[report.runtime].title
    return report.runtime or tr("no runtime of this device")


def speed(subject: Subject, say: Words, _: Pictures) -> Section:
    """Return time and energy of one run, and how they are known."""
    tr, report = say.tr, subject.report
    rows = tuple(
        (name, say.figure(figure), _source(figure.source, say))
        for name, figure in ((tr("time"), report.latency), (tr("energy"), report.energy))
    )
    head = (tr("of one run"), tr("how much"), tr("how it is known"))
    table = Table(head=head, rows=rows, widths=(0.14, 0.34, 0.52))
    return Section(
        id="speed_detail", title=tr("Time and energy"), blocks=(table, *_others(report, say))
    )


def _others(report: CompatibilityReport, say: Words) -> tuple[Block, ...]:
    """Return what the device's other runtimes would make of it."""
    tr = say.tr
    rows = tuple(
        (
            RUNTIMES[one.runtime].title if one.runtime in RUNTIMES else one.runtime,
            say.verdict(one.verdict),
            say.figure(one.flash),
            say.figure(one.ram),
            say.given(one.why) if one.why else "",
        )
        for one in report.alternatives
    )
    if not rows:
        return ()
    head = (tr("other runtimes"), tr("verdict"), tr("flash"), "RAM", tr("why not"))
    return (Table(head=head, rows=rows, widths=(0.2, 0.14, 0.2, 0.2, 0.26)),)


def operators(subject: Subject, say: Words, _: Pictures) -> Section:
    """Return what the model is made of and where each operator runs."""
    tr, report = say.tr, subject.report
    rows = tuple(
        (use.name, f"{use.count}", tr("✓ yes") if use.supported else tr("✕ no"))
        for use in report.operators
    )
    head = (tr("operator"), tr("times"), tr("in {runtime}", runtime=runtime_title(report, say)))
    blocks: list[Block] = [Table(head=head, rows=rows, widths=(0.5, 0.15, 0.35))]
    if report.placement is not None:
        blocks += _placed(report.placement, say)
    return Section(id="operators", title=tr("Operators"), blocks=tuple(blocks))


def _placed(placement: Placement, say: Words) -> tuple[Block, ...]:
    tr = say.tr
    if all(one.where is Where.PROCESSOR and not one.reason for one in placement.operators):
        text = tr("All {n} operators run on the processor.", n=len(placement.operators))
        return (Paragraph(text),)
    title = (
        RUNTIMES[placement.runtime].title if placement.runtime in RUNTIMES else placement.runtime
    )
    rows = tuple(_place_row(place, say) for place in placement.operators)
    head = (tr("no."), tr("operator"), tr("runs on"), tr("why not elsewhere"))
    return (
        Paragraph(
            tr("Where {runtime} runs each operator, in the order of the file:", runtime=title)
        ),
        Table(head=head, rows=rows, widths=(0.07, 0.3, 0.18, 0.45)),
        Paragraph((tr("How this is known: "), _source(placement.how, say)), Look.MUTED),
    )


def _place_row(place: OperatorPlace, say: Words) -> tuple[Line, ...]:
    tr = say.tr
    where = {
        Where.ACCELERATOR: tr("the accelerator"),
        Where.PROCESSOR: tr("the processor"),
        Where.NOWHERE: tr("✕ nowhere"),
    }
    return (f"{place.number}", place.name, where[place.where], _source(place.reason, say))


def code(subject: Subject, say: Words, _: Pictures) -> Section:
    """Return what was shown of the generated C."""
    tr, made = say.tr, subject.code
    title = tr("The model as C code")
    if made is None:
        text = tr(
            "No C code was made for this report; `prove` makes it and shows that it is right."
        )
        blocks: tuple[Block, ...] = () if subject.in_bundle else (Paragraph(text),)
        return Section(id="code", title=title, blocks=blocks)
    if made.why:
        line = (tr("There is none. "), say.given(made.why))
        return Section(id="code", title=title, blocks=(Paragraph(line),))
    standings = {
        "proved": tr("✓ proved"),
        "failed": tr("✕ failed"),
        "not done": tr("– not done"),
    }
    lines = tuple(
        (standings.get(item["standing"], item["standing"]), ": ", say.given(item["sentence"]))
        for item in made.proof["items"]
    )
    tested = (tr("What was shown of it, on: "), say.given(str(made.proof["inputs"])))
    return Section(id="code", title=title, blocks=(Paragraph(tested), Items(lines)))

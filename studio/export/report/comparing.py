"""Several models, several devices, side by side."""

from __future__ import annotations

from collections.abc import Iterable

from studio.domain.evaluation import AnyEvaluation, Evaluation, RegressionEvaluation
from studio.domain.figure import Figure
from studio.domain.judgement import Comparison
from studio.domain.report import Verdict
from studio.domain.wording import bytes_text
from studio.export.certainty import side_names
from studio.export.report.language import Words
from studio.export.report.model import (
    Block,
    Document,
    Items,
    Line,
    Look,
    Page,
    Paragraph,
    Picture,
    Section,
    Table,
    text_of,
)
from studio.export.report.open_points import open_points
from studio.export.report.subject import Comparing, Subject
from studio.export.wording import amount, amount_range, percent, percent_range

__all__ = ["make_comparison"]

_MOST_ROWS = 400
_MOST_DRAWN = 30


def make_comparison(comparing: Comparing, language: str) -> Document:
    """Return the report that sets models and devices side by side."""
    say = Words(language)
    tr, subjects = say.tr, comparing.subjects
    models = {_name(subject) for subject in subjects}
    devices = {subject.device.id for subject in subjects}
    sections = (
        _accuracy(comparing, say),
        _pairs(comparing.pairs, say),
        _verdicts(subjects, say),
        _figures(subjects, say),
        _open(subjects, say),
    )
    return Document(
        language=language,
        title=comparing.title,
        subtitle=tr(
            "Models compared: {models}, devices: {devices}",
            models=len(models),
            devices=len(devices),
        ),
        pages=(Page(title="", sections=tuple(one for one in sections if one.blocks)),),
    )


def _name(subject: Subject) -> str:
    return f"#{subject.learned.candidate.id}" if subject.learned else subject.title


def _models(subjects: Iterable[Subject]) -> list[Subject]:
    """Return one subject for each model."""
    return list({_name(subject): subject for subject in reversed(tuple(subjects))}.values())[::-1]


def _accuracy(comparing: Comparing, say: Words) -> Section:
    tr, rows = say.tr, []
    for subject in _models(comparing.subjects):
        learned = subject.learned
        if learned is None:
            rows.append((_name(subject), tr("not tested"), "", "", ""))
            continue
        side = side_names(say)[str(learned.told.split)]
        value, interval = _result(learned.told, say)
        weights = f"{learned.candidate.parameters:,}"
        rows.append((_name(subject), side, value, interval, weights))
    head = (tr("model"), tr("side"), tr("result"), tr("95 % interval"), tr("weights"))
    table = Table(head=head, rows=tuple(rows), numbers=3, widths=(0.22, 0.2, 0.18, 0.24, 0.16))
    note = tr(
        "Of classes the share right, of amounts the mean absolute error, each of the int8 model."
        " Figures of the validation side are too good: it chose the models."
    )
    blocks = (table, Paragraph(note, Look.MUTED), *_picture(comparing.subjects, say))
    return Section(id="accuracy", title=tr("How good the models are"), blocks=blocks)


def _result(told: AnyEvaluation, say: Words) -> tuple[str, str]:
    if isinstance(told, Evaluation):
        return percent(told.accuracy.value), percent_range(told.accuracy, say.tr)
    return amount(told.mae.value, told.unit), amount_range(told.mae, told.unit, say.tr)


def _picture(subjects: tuple[Subject, ...], say: Words) -> tuple[Block, ...]:
    """Return the results with their intervals below one another, where they are of one kind."""
    from studio.export.plots import accuracy_png  # it takes a second to load

    tr = say.tr
    told = [(_name(one), one.learned.told) for one in _models(subjects) if one.learned]
    of_amounts = {isinstance(result, RegressionEvaluation) for _, result in told}
    if not 1 < len(told) <= _MOST_DRAWN or len(of_amounts) > 1:
        return ()
    shares = [r.mae if isinstance(r, RegressionEvaluation) else r.accuracy for _, r in told]
    amounts = True in of_amounts
    label = tr("mean absolute error") if amounts else tr("share right, %")
    png = accuracy_png([name for name, _ in told], shares, label, of_one=not amounts)
    return (Picture(png=png, alternative=tr("The results with their intervals, as in the table")),)


def _pairs(pairs: tuple[Comparison, ...], say: Words) -> Section:
    tr = say.tr
    rows = tuple(
        (
            tr("{first} and {second}", first=pair.first, second=pair.second),
            f"{pair.samples:,}",
            f"{pair.only_first:,}",
            f"{pair.only_second:,}",
            f"{pair.p:.2g}",
            say.given(pair.phrase),
        )
        for pair in pairs
    )
    if not rows:
        return Section(id="pairs", title="", blocks=())
    head = (
        tr("compared"),
        tr("samples"),
        tr("only the first"),
        tr("only the second"),
        "p",
        tr("what that means"),
    )
    note = tr(
        "On the same samples: how many only the one gets right (of amounts: is closer to), and"
        " how often chance alone would show as much."
    )
    table = Table(head=head, rows=rows, widths=(0.17, 0.11, 0.13, 0.13, 0.1, 0.36))
    title = tr("Which of two is better")
    return Section(id="pairs", title=title, blocks=(table, Paragraph(note, Look.MUTED)))


_BEST_FIRST = (Verdict.FITS, Verdict.FITS_WITH_CHANGE, Verdict.UNKNOWN, Verdict.DOES_NOT_FIT)


def _verdicts(subjects: tuple[Subject, ...], say: Words) -> Section:
    """Return how many of the devices each model fits."""
    tr = say.tr
    lines: list[Line] = []
    for model in _models(subjects):
        own = [one for one in subjects if _name(one) == _name(model)]
        counts = ((v, sum(one.report.verdict is v for one in own)) for v in _BEST_FIRST)
        told = ", ".join(f"{say.verdict(verdict)} {count}" for verdict, count in counts if count)
        lines.append(f"{_name(model)}: {told}")
    return Section(id="verdicts", title=tr("Does it fit?"), blocks=(Items(tuple(lines)),))


def _figures(subjects: tuple[Subject, ...], say: Words) -> Section:
    tr = say.tr
    rows: list[tuple[Line, ...]] = [
        (
            _name(one),
            one.device.name,
            say.verdict(one.report.verdict),
            _of(one.report.flash, one.report.flash_limit_bytes, say),
            _of(one.report.ram, one.report.ram_limit_bytes, say),
            say.figure(one.report.latency),
        )
        for one in subjects[:_MOST_ROWS]
    ]
    head = (tr("model"), tr("device"), tr("verdict"), tr("flash"), "RAM", tr("time of one run"))
    table = Table(head=head, rows=tuple(rows), widths=(0.09, 0.2, 0.13, 0.2, 0.2, 0.18))
    blocks: list[Block] = [table]
    if len(subjects) > _MOST_ROWS:
        blocks.append(Paragraph(tr("and {n} more", n=len(subjects) - _MOST_ROWS)))
    legend = tr(
        "● measured: compiled or run. ◐ emulated. ○ estimated, with its range. ◇ published, with"
        " its source. ? unknown."
    )
    blocks.append(Paragraph(legend, Look.MUTED))
    return Section(id="figures", title=tr("Memory and speed"), blocks=tuple(blocks))


def _of(needed: Figure, limit: int | None, say: Words) -> str:
    tr = say.tr
    if limit is None:
        return tr("{figure}; what the device has is not known", figure=say.figure(needed))
    return tr("{figure} of {limit}", figure=say.figure(needed), limit=bytes_text(limit))


def _open(subjects: tuple[Subject, ...], say: Words) -> Section:
    """Return what was not shown of any of them."""
    tr = say.tr
    each = [[text_of(point) for point in open_points(one, say)] for one in subjects]
    common = [text for text in each[0] if all(text in others for others in each)] if each else []
    lines: tuple[Line, ...] = tuple(common)
    blocks: tuple[Block, ...] = (Items(lines),) if lines else ()
    return Section(id="not_proved", title=tr("What was not proved of any"), blocks=blocks)

"""The first page: for the person whose subject it is, in plain words."""

from __future__ import annotations

from itertools import islice

from studio.domain.evaluation import (
    AnyEvaluation,
    ClassMetrics,
    Evaluation,
    Interval,
    RegressionEvaluation,
)
from studio.domain.figure import Figure
from studio.domain.report import Verdict
from studio.domain.wording import bytes_text
from studio.export.certainty import not_sure_text
from studio.export.report.language import Words
from studio.export.report.model import (
    Bar,
    Bars,
    Block,
    Chips,
    Items,
    Line,
    Look,
    Page,
    Paragraph,
    Section,
    Strong,
    text_of,
)
from studio.export.report.open_points import open_points
from studio.export.report.subject import Learned, Subject
from studio.export.wording import amount, amount_range, counted, hits, percent, percent_range

__all__ = ["expert_page", "short"]

_MOST_NAMES = 12
_MOST_CONFUSIONS = 3
_MOST_OPEN = 5
_MOST_ADVICE = 2
_LONGEST = 60


def short(name: str) -> str:
    """Return a name for the first page; the tables have all of it."""
    return name if len(name) <= _LONGEST else name[: _LONGEST - 1] + "…"


def expert_page(subject: Subject, say: Words) -> Page:
    """Return whether it fits, how often it is right, what it gets wrong, and what to do next."""
    sections = (
        _fits(subject, say),
        _does(subject, say),
        _right(subject, say),
        _speed(subject, say),
        _open(subject, say),
        _next(subject, say),
    )
    filled = tuple(section for section in sections if section.blocks)
    return Page(title="", sections=filled, on_one=True)


def _fits(subject: Subject, say: Words) -> Section:
    tr, report = say.tr, subject.report
    blocks: list[Block] = [
        Paragraph(say.verdict(subject.verdict), verdict=subject.verdict),
        Paragraph(say.given(report.summary)),
        Bars(
            (
                _bar(tr("Flash"), report.flash, report.flash_limit_bytes, say),
                _bar("RAM", report.ram, report.ram_limit_bytes, say),
            )
        ),
    ]
    told = text_of(say.given(report.summary))
    advice = tuple(say.given(text) for text in subject.advice[:_MOST_ADVICE])
    if new := tuple(line for line in advice if text_of(line) != told):
        blocks.append(Items(new))
    title = tr("Does it fit on {device}?", device=subject.device.name)
    return Section(id="fits", title=title, blocks=tuple(blocks))


def _bar(name: str, needed: Figure, limit: int | None, say: Words) -> Bar:
    tr = say.tr
    if limit is None:
        text = tr("{figure}; what the device has is not known", figure=say.figure(needed))
        return Bar(name=name, text=text, low=None, high=None)
    text = tr("{figure} of {limit}", figure=say.figure(needed), limit=bytes_text(limit))
    high = needed.value if needed.high is None else needed.high
    low = needed.value if needed.low is None else needed.low
    return Bar(
        name=name,
        text=text,
        low=None if low is None or not limit else low / limit,
        high=None if high is None or not limit else high / limit,
    )


def _does(subject: Subject, say: Words) -> Section:
    tr, learned = say.tr, subject.learned
    if learned is None:
        line: Line = tr(
            "A model file from elsewhere. What it recognises, and from what data it learned, is"
            " not known."
        )
        return Section(id="does", title=tr("What it does"), blocks=(Paragraph(line),))
    if learned.target is not None:
        told = Paragraph(_told(learned, say))
        return Section(id="does", title=tr("What it tells"), blocks=(told,))
    classes, words = learned.candidate.classes, learned.words(tr)
    names = tuple(short(name) for name in islice(classes, _MOST_NAMES))
    more = len(classes) - len(names)
    if more > 0:
        names = (*names, tr("and {n} more", n=more))
    text = tr(
        "It looks at a {one} and says which of {n} classes it is:", one=words.one, n=len(classes)
    )
    return Section(
        id="does", title=tr("What it recognises"), blocks=(Paragraph(text), Chips(names))
    )


def _told(learned: Learned, say: Words) -> Line:
    tr, target, told = say.tr, learned.target, learned.told
    assert target is not None
    known = learned.dataset.amounts
    unit = told.unit if isinstance(told, RegressionEvaluation) else ""
    begin = tr("It looks at a {one} and says the amount of ", one=learned.words(tr).one)
    rest = "."
    if known:
        rest = tr(
            ". It learned from amounts between {low} and {high}; beyond them it can only guess.",
            low=amount(known[0]),
            high=amount(known[1], unit),
        )
    return (begin, Strong(short(target.column)), rest)


def _right(subject: Subject, say: Words) -> Section:
    tr, learned = say.tr, subject.learned
    title = tr("How often it is right")
    if learned is None:
        text = tr("Not known: there is no data here to test it on.")
        return Section(id="right", title=title, blocks=(Paragraph(text),))
    blocks: tuple[Block, ...]
    if isinstance(learned.told, Evaluation):
        blocks = (*_accuracy(learned, learned.told, say), *_wrong(learned, learned.told, say))
    else:
        title = tr("How far off it is")
        blocks = _errors(learned, learned.told, say)
    if learned.test is None:
        text = tr(
            "It was not tested yet: these figures are of the validation side, which chose the"
            " model, so they are too good."
        )
        blocks = (*blocks, Paragraph((Strong(text),)))
    return Section(id="right", title=title, blocks=blocks)


def _accuracy(learned: Learned, told: Evaluation, say: Words) -> tuple[Block, ...]:
    tr, words, share = say.tr, learned.words(say.tr), told.accuracy
    text: Line = (
        tr(
            "It named {hits} {many} rightly that it had never seen before. With other {many} of"
            " the same sort, expect ",
            hits=hits(share, told.samples, tr),
            many=words.many,
        ),
        Strong(percent_range(share, tr)),
        tr(" (95 % interval)."),
    )
    return Paragraph(percent(share.value), Look.BIG), Paragraph(text)


def _wrong(learned: Learned, told: Evaluation, say: Words) -> tuple[Block, ...]:
    """Return what it gets wrong: the hardest class, and what is taken for what."""
    tr = say.tr
    tested = [row for row in told.per_class if row.samples]
    if not tested:
        return ()
    worst = min(tested, key=lambda row: (row.recall.value, row.recall.low))
    lines: list[Line] = [_weak(worst, learned, say)]
    lines += [
        tr(
            "{truth} is taken for {predicted}: {count} of {of}",
            truth=short(truth),
            predicted=short(predicted),
            count=count,
            of=of,
        )
        for count, of, truth, predicted in _confusions(told)[:_MOST_CONFUSIONS]
    ]
    if learned.certainty is not None:
        lines.append(not_sure_text(learned.certainty, say))
    return (Items(tuple(lines)),)


def _confusions(told: Evaluation) -> list[tuple[int, int, str, str]]:
    """Return what is taken for what most often: how often, of how many, what, for what."""
    found = [
        (count, sum(row), told.classes[true], told.classes[called])
        for true, row in enumerate(told.confusion)
        for called, count in enumerate(row)
        if true != called and count
    ]
    return sorted(found, key=lambda one: (-one[0], one[1]))


def _weak(worst: ClassMetrics, learned: Learned, say: Words) -> Line:
    tr, words = say.tr, learned.words(say.tr)
    found = hits(worst.recall, worst.samples, tr)
    if worst.recall.value == 1:
        return (
            tr("No {one} of any class was missed. It still may be: of ", one=words.one),
            Strong(short(worst.name)),
            tr(
                " {found} were found, so up to {share} may be missed.",
                found=found,
                share=percent(1 - worst.recall.low),
            ),
        )
    return (
        tr("The hardest class is "),
        Strong(short(worst.name)),
        tr(
            ": {found} {many} of it were found ({range}).",
            found=found,
            many=words.many,
            range=percent_range(worst.recall, tr),
        ),
    )


def _errors(learned: Learned, told: AnyEvaluation, say: Words) -> tuple[Block, ...]:
    """Return the mean error in large, what it means, and how far off single answers are."""
    assert isinstance(told, RegressionEvaluation)
    tr, words = say.tr, learned.words(say.tr)
    text: Line = (
        tr(
            "So far off it was on average on {counted} that it had never seen before. With other"
            " {many} of the same sort, expect ",
            counted=counted(told.samples, words),
            many=words.many,
        ),
        Strong(amount_range(told.mae, told.unit, tr)),
        tr(" (95 % interval)."),
    )
    return (
        Paragraph(amount(told.mae.value, told.unit), Look.BIG),
        Paragraph(text),
        *_single(told, say),
    )


def _single(told: RegressionEvaluation, say: Words) -> tuple[Block, ...]:
    tr, promise = say.tr, told.prediction_interval
    if promise is None:
        return ()
    line = tr(
        "In about {share} of 100 cases the truth lies within {width} of it.",
        share=f"{100 * promise.level:g}",
        width=amount(promise.half_width, told.unit),
    )
    return (Paragraph((line, " ", _held(promise.coverage, say))),)


def _held(coverage: Interval | None, say: Words) -> str:
    tr = say.tr
    if coverage is None:
        return tr("It was not checked on the test side.")
    return tr(
        "On the test side this held for {share} ({range}).",
        share=percent(coverage.value),
        range=percent_range(coverage, tr),
    )


def _speed(subject: Subject, say: Words) -> Section:
    tr, report = say.tr, subject.report
    lines: list[Line] = [tr("One run: {figure}", figure=say.figure(report.latency))]
    if report.energy.value is not None:
        lines.append(tr("Energy of one run: {figure}", figure=say.figure(report.energy)))
    return Section(id="speed", title=tr("How fast it is"), blocks=(Items(tuple(lines)),))


def _open(subject: Subject, say: Words) -> Section:
    tr, points = say.tr, open_points(subject, say)
    lines: list[Line] = list(points[:_MOST_OPEN])
    if len(points) > _MOST_OPEN:
        lines.append(tr("and {n} more, on the pages after this one", n=len(points) - _MOST_OPEN))
    return Section(id="open_short", title=tr("What was not proved"), blocks=(Items(tuple(lines)),))


def _next(subject: Subject, say: Words) -> Section:
    tr = say.tr
    lines: list[Line] = [_NEXT[subject.verdict](subject, say)]
    learned = subject.learned
    if learned is not None and learned.test is None:
        lines.append(tr("Test it on the test side before you trust it: `export` does that."))
    elif learned is not None:
        lines.append(
            tr(
                "Try it where it will be used, with new {many}, before anything depends on it.",
                many=learned.words(tr).many,
            )
        )
    return Section(id="next", title=tr("What to do next"), blocks=(Items(tuple(lines)),))


def _when_it_fits(subject: Subject, say: Words) -> str:
    tr = say.tr
    if subject.in_bundle:
        return tr("Give the whole bundle to your engineer; README.md says how to build and run it.")
    if subject.learned is None:
        return tr("Build it into a program for the board, and let the linker confirm the sizes.")
    return tr("Export the bundle for this device and give it to your engineer.")


def _when_it_does_not(subject: Subject, say: Words) -> str:
    tr = say.tr
    if subject.with_change:
        return tr("Make the change named above, or choose a larger device.")
    return tr("Choose a larger device, or search again with this one as the limit.")


def _when_unknown(subject: Subject, say: Words) -> str:
    tr = say.tr
    return tr("Find out what is not known above, or build it once: the linker has the last word.")


_NEXT = {
    Verdict.FITS: _when_it_fits,
    Verdict.FITS_WITH_CHANGE: _when_it_does_not,
    Verdict.DOES_NOT_FIT: _when_it_does_not,
    Verdict.UNKNOWN: _when_unknown,
}

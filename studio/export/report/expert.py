"""The first page: for the person whose subject it is, in plain words."""

from __future__ import annotations

from studio.domain.evaluation import (
    AnyEvaluation,
    ClassMetrics,
    Evaluation,
    RegressionEvaluation,
)
from studio.domain.report import Verdict
from studio.domain.wording import bytes_text
from studio.export.certainty import not_sure_text
from studio.export.contents import BundleContents
from studio.export.report.html import Content, Markup, figure, items, join, section, tag
from studio.export.wording import (
    VERDICT_WORDS,
    SampleWords,
    amount,
    amount_range,
    counted,
    hits,
    percent,
    percent_range,
    unit_of,
    words_of,
)

__all__ = ["expert_page"]

_VERDICT_CLASS = {
    Verdict.FITS: "good",
    Verdict.DOES_NOT_FIT: "bad",
    Verdict.UNKNOWN: "open",
}


def expert_page(contents: BundleContents) -> Markup:
    """Return what it recognises, how often it is right, and whether it fits."""
    return join(_recognises(contents), _right(contents), _not_sure(contents), _fits(contents))


def _recognises(contents: BundleContents) -> Markup:
    words = words_of(contents.preprocessing)
    if contents.target is not None:
        return section("What it tells", tag("p", *_told(contents, words)))
    classes = contents.candidate.classes
    names = (tag("li", name) for name in classes)
    return section(
        "What it recognises",
        tag("p", f"It looks at a {words.one} and says which of {len(classes)} classes it is:"),
        tag("ul", *names, cls="chips"),
    )


def _told(contents: BundleContents, words: SampleWords) -> tuple[Content, ...]:
    assert contents.target is not None
    known = contents.dataset.amounts
    unit = unit_of(contents.test)
    learned = (
        f". It learned from amounts between {amount(known[0])} and {amount(known[1], unit)}; "
        "beyond them it can only guess."
        if known
        else "."
    )
    return (
        f"It looks at a {words.one} and says the amount of ",
        tag("strong", contents.target.column),
        learned,
    )


def _right(contents: BundleContents) -> Markup:
    return _how_good(contents.test, words_of(contents.preprocessing))


def _how_good(test: AnyEvaluation | None, words: SampleWords) -> Markup:
    if isinstance(test, RegressionEvaluation):
        return section("How far off it is", *_errors(test, words))
    if isinstance(test, Evaluation):
        return section("How often it is right", *_accuracy(test, words), _weakest(test, words))
    return section("How often it is right", tag("p", "It was not tested."))


def _errors(test: RegressionEvaluation, words: SampleWords) -> tuple[Markup, ...]:
    """Return the mean error in large, what it means, and how far off single answers are."""
    return (
        tag("p", amount(test.mae.value, test.unit), cls="big"),
        tag(
            "p",
            f"So far off it was on average on {counted(test.samples, words)} of the test side. It "
            f"had never seen them before. With other {words.many} of the same sort, expect ",
            tag("strong", amount_range(test.mae, test.unit)),
            " (95 % interval).",
        ),
        *_single(test),
    )


def _single(test: RegressionEvaluation) -> tuple[Markup, ...]:
    promise = test.prediction_interval
    if promise is None:
        return ()
    held = promise.coverage
    checked = (
        f" On the test side this held for {percent(held.value)} ({percent_range(held)})."
        if held
        else " It was not checked on the test side."
    )
    width = amount(promise.half_width, test.unit)
    share = f"{100 * promise.level:g} of 100"
    return (tag("p", f"In about {share} cases the truth lies within {width} of it.{checked}"),)


def _accuracy(test: Evaluation, words: SampleWords) -> tuple[Markup, Markup]:
    share = test.accuracy
    return (
        tag("p", percent(share.value), cls="big"),
        tag(
            "p",
            f"It named {hits(share, test.samples)} test {words.many} rightly. It had never seen "
            f"them before. With other {words.many} of the same sort, expect ",
            tag("strong", percent_range(share)),
            " (95 % interval).",
        ),
    )


def _weakest(test: Evaluation, words: SampleWords) -> Markup:
    tested = [row for row in test.per_class if row.samples]
    if not tested:
        return join()
    worst = min(tested, key=lambda row: (row.recall.value, row.recall.low))
    return tag("p", *_weak_words(worst, words))


def _weak_words(worst: ClassMetrics, words: SampleWords) -> tuple[str | Markup, ...]:
    found = hits(worst.recall, worst.samples)
    if worst.recall.value == 1:
        return (
            f"No {words.one} of any class was missed. That does not mean none ever will be: of ",
            tag("strong", worst.name),
            f", {found} were found, so up to {percent(1 - worst.recall.low)} may still be missed.",
        )
    return (
        "The hardest class is ",
        tag("strong", worst.name),
        f": {found} {words.many} of it were found ({percent_range(worst.recall)}).",
    )


def _not_sure(contents: BundleContents) -> Markup:
    if contents.target is not None:
        return join()
    return section("When it says 'not sure'", tag("p", not_sure_text(contents.certainty)))


def _fits(contents: BundleContents) -> Markup:
    report = contents.report
    look = f"verdict {_VERDICT_CLASS[report.verdict]}"
    verdict = tag("p", VERDICT_WORDS[report.verdict], cls=look)
    lines = [
        join("Flash: ", figure(report.flash), _of(report.flash_limit_bytes)),
        join("RAM: ", figure(report.ram), _of(report.ram_limit_bytes)),
    ]
    return section(
        f"Does it fit on {contents.device.name}?", verdict, tag("p", report.summary), items(lines)
    )


def _of(limit: int | None) -> str:
    if limit is None:
        return "; what the device has is not known"
    return f" of {bytes_text(limit)}"

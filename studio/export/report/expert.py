"""The first page: for the person whose subject it is, in plain words."""

from __future__ import annotations

from studio.domain.evaluation import ClassMetrics, Evaluation
from studio.domain.report import Verdict
from studio.domain.wording import bytes_text
from studio.export.contents import BundleContents
from studio.export.report.html import Markup, figure, items, join, section, tag
from studio.export.wording import VERDICT_WORDS, hits, percent, percent_range

__all__ = ["expert_page"]

_VERDICT_CLASS = {
    Verdict.FITS: "good",
    Verdict.DOES_NOT_FIT: "bad",
    Verdict.UNKNOWN: "open",
}


def expert_page(contents: BundleContents) -> Markup:
    """Return what it recognises, how often it is right, and whether it fits."""
    return join(_recognises(contents), _right(contents), _fits(contents))


def _recognises(contents: BundleContents) -> Markup:
    classes = contents.candidate.classes
    names = (tag("li", name) for name in classes)
    return section(
        "What it recognises",
        tag("p", f"It looks at a photo and says which of {len(classes)} classes it is:"),
        tag("ul", *names, cls="chips"),
    )


def _right(contents: BundleContents) -> Markup:
    test = contents.candidate.test
    if test is None:
        return section("How often it is right", tag("p", "It was not tested."))
    return section("How often it is right", *_accuracy(test), _weakest(test))


def _accuracy(test: Evaluation) -> tuple[Markup, Markup]:
    share = test.accuracy
    return (
        tag("p", percent(share.value), cls="big"),
        tag(
            "p",
            f"It named {hits(share, test.samples)} test photos rightly. It had never seen them "
            "before. With other photos of the same sort, expect ",
            tag("strong", percent_range(share)),
            " (95 % interval).",
        ),
    )


def _weakest(test: Evaluation) -> Markup:
    tested = [row for row in test.per_class if row.samples]
    if not tested:
        return join()
    worst = min(tested, key=lambda row: (row.recall.value, row.recall.low))
    return tag("p", *_weak_words(worst))


def _weak_words(worst: ClassMetrics) -> tuple[str | Markup, ...]:
    found = hits(worst.recall, worst.samples)
    if worst.recall.value == 1:
        return (
            "No photo of any class was missed. That does not mean none ever will be: of ",
            tag("strong", worst.name),
            f", {found} were found, so up to {percent(1 - worst.recall.low)} may still be missed.",
        )
    return (
        "The hardest class is ",
        tag("strong", worst.name),
        f": {found} photos of it were found ({percent_range(worst.recall)}).",
    )


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

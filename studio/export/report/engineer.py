"""The pages after the first: for the engineer who has to trust it."""

from __future__ import annotations

from collections.abc import Iterator

from studio.domain.dataset import Split
from studio.domain.evaluation import (
    AnyEvaluation,
    Evaluation,
    Interval,
    RegressionEvaluation,
    Resampling,
    Unit,
)
from studio.export.certainty import calibration_text, costs_text
from studio.export.contents import BundleContents
from studio.export.deciding import right_of_answered, sides_of, undecided
from studio.export.facts import artifact_name, not_proved
from studio.export.licences import licence_of
from studio.export.part import Draft
from studio.export.report.html import (
    Content,
    Markup,
    figure,
    items,
    join,
    picture,
    section,
    table,
    tag,
)
from studio.export.wording import (
    SampleWords,
    amount,
    amount_range,
    counted,
    hits,
    percent,
    percent_range,
    precise_bytes,
    region_text,
    words_of,
)

__all__ = ["engineer_pages"]


def engineer_pages(draft: Draft) -> Markup:
    """Return everything the first page rests on."""
    contents = draft.contents
    sections = (
        _artifacts,
        _answers,
        _certainty,
        _memory,
        _operators,
        _dataset,
        _search,
        _open,
        _versions,
    )
    pictures = {member.name: member.content for member in draft.named("pictures/")}
    return join(*(make(contents, pictures) for make in sections))


def _artifacts(contents: BundleContents, pictures: dict[str, bytes]) -> Markup:
    del pictures
    rows = [
        (
            artifact_name(artifact),
            precise_bytes(artifact.size_bytes),
            figure(artifact.arena),
            *_result(artifact.evaluation),
        )
        for artifact in contents.candidate.artifacts
    ]
    measures = ("mean error", "95 % interval", "R²")
    if contents.target is None:
        measures = ("accuracy", "95 % interval", "right")
    words = words_of(contents.preprocessing)
    note = (
        f"Each file was tested again after it was converted, on the same test {words.many}. The "
        "int8 model ran on the TensorFlow Lite reference kernels."
    )
    head = ("model", "file", "tensor arena", *measures)
    return section("The models, side by side", table(head, rows, numbers=3), tag("p", note))


def _result(test: AnyEvaluation | None) -> tuple[str, str, str]:
    if isinstance(test, Evaluation):
        share = test.accuracy
        return percent(share.value), percent_range(share), hits(share, test.samples)
    if isinstance(test, RegressionEvaluation):
        explained = f"{test.r2.value:.3f}" if test.r2 else "nothing varies"
        return amount(test.mae.value, test.unit), amount_range(test.mae, test.unit), explained
    return "not tested", "", ""


def _answers(contents: BundleContents, pictures: dict[str, bytes]) -> Markup:
    return _in_detail(contents.test, words_of(contents.preprocessing), pictures)


def _in_detail(
    test: AnyEvaluation | None, words: SampleWords, pictures: dict[str, bytes]
) -> Markup:
    if isinstance(test, Evaluation):
        return _per_class(test, words, pictures)
    if isinstance(test, RegressionEvaluation):
        return join(_errors(test, words), _residuals(test, words, pictures))
    return join()


def _per_class(test: Evaluation, words: SampleWords, pictures: dict[str, bytes]) -> Markup:
    rows = (
        (
            f"{number}",
            row.name,
            f"{row.samples}",
            *_share(row.recall),
            *_share(row.precision),
        )
        for number, row in enumerate(test.per_class)
    )
    head = ("no.", "class", words.many, "found", "95 %", "right when named", "95 %")
    return section(
        f"Class by class, int8, test {words.many}",
        table(head, rows, numbers=5),
        *_means(test),
        _picture(pictures, "pictures/confusion.png", "Confusion matrix; the table has its numbers"),
        *_resampled(test.details.resampling if test.details else None),
    )


def _means(test: Evaluation) -> tuple[Markup, ...]:
    """Return the figures in which every class counts as much, where they are known."""
    if test.details is None:
        return ()
    rows = [
        (name, percent(share.value), percent_range(share))
        for name, share in (
            ("balanced accuracy: mean share found", test.details.balanced_accuracy),
            ("macro F1: mean of the classes' F1", test.details.macro_f1),
        )
    ]
    return (table(("with every class as important", "value", "95 %"), rows, numbers=2),)


def _errors(test: RegressionEvaluation, words: SampleWords) -> Markup:
    rows = [
        (name, amount(value.value, test.unit), amount_range(value, test.unit))
        for name, value in (
            ("mean absolute error", test.mae),
            ("root mean squared error", test.rmse),
            ("median absolute error", test.median_error),
            ("mean of prediction minus truth", test.bias),
        )
    ]
    if test.r2 is not None:
        rows.append(("R²", f"{test.r2.value:.3f}", f"{test.r2.low:.3f} to {test.r2.high:.3f}"))
    return section(
        f"How far off, int8, {counted(test.samples, words)} of the test side",
        table(("measure", "value", "95 % interval"), rows, numbers=2),
        *_resampled(test.resampling),
    )


def _residuals(
    test: RegressionEvaluation, words: SampleWords, pictures: dict[str, bytes]
) -> Markup:
    rows = (
        (
            f"{amount(one.low)} to {amount(one.high, test.unit)}",
            f"{one.samples}",
            amount(one.mean, test.unit),
            f"{amount(one.q05)} to {amount(one.q95, test.unit)}",
        )
        for one in test.residuals
    )
    head = ("what the model said", words.many, "truth minus prediction, mean", "90 of 100 within")
    return section(
        "By what it said",
        table(head, rows, numbers=3),
        _picture(pictures, "pictures/residuals.png", "Residuals; the table has their numbers"),
    )


def _resampled(how: Resampling | None) -> tuple[Markup, ...]:
    """Return what the intervals rest on, where it is known."""
    if how is None:
        return ()
    what = "whole sessions or recordings" if how.unit is Unit.GROUP else "samples"
    text = f"The intervals take the {how.units} {what} as independent."
    return (tag("p", text, cls="muted"),)


def _share(share: Interval) -> tuple[str, str]:
    # Nothing was counted when the interval is everything.
    if (share.low, share.high) == (0.0, 1.0):
        return ("none", "nothing to count")
    return (percent(share.value), percent_range(share))


def _picture(pictures: dict[str, bytes], name: str, alternative: str) -> Markup:
    return picture(pictures[name], alternative) if name in pictures else join()


def _certainty(contents: BundleContents, pictures: dict[str, bytes]) -> Markup:
    del pictures
    certainty = contents.certainty
    if certainty is None:
        return join()
    rows = [
        (
            str(side.split),
            f"{side.samples}",
            figure(undecided(side)),
            figure(right_of_answered(side)),
        )
        for side in sides_of(certainty)
    ]
    head = ("side", words_of(contents.preprocessing).many, "'not sure'", "right of the others")
    chosen = (table(head, rows, numbers=3), tag("p", costs_text(certainty))) if rows else ()
    text = calibration_text(certainty)
    return section("How sure it is", *((tag("p", text),) if text else ()), *chosen)


def _memory(contents: BundleContents, pictures: dict[str, bytes]) -> Markup:
    rows = [
        (line.part, region_text(line.region), figure(line.figure), line.figure.source)
        for line in contents.report.memory
    ]
    legend = (
        "● measured: compiled or run. ◐ emulated. ○ estimated, with its range. "
        "◇ published, with its source. ? unknown."
    )
    return section(
        f"Memory on {contents.device.name}",
        table(("part", "memory", "how much", "how it is known"), rows),
        tag("p", legend, cls="muted"),
        _picture(pictures, "pictures/memory.png", "Flash and RAM by part, as in the table"),
        _device(contents),
    )


def _device(contents: BundleContents) -> Markup:
    device = contents.device
    facts = (
        ("flash", device.flash_bytes),
        ("RAM", device.ram_bytes),
    )
    rows: list[tuple[Content, ...]] = [
        (
            name,
            precise_bytes(fact.value) if fact.value is not None else "not known",
            "two sources agree" if fact.verified else "not verified by a second source",
            "; ".join(fact.sources),
        )
        for name, fact in facts
    ]
    about = f"{device.vendor}, {device.core}. {device.notes}"
    return join(tag("p", about), table(("device has", "how much", "verified", "sources"), rows))


def _operators(contents: BundleContents, pictures: dict[str, bytes]) -> Markup:
    del pictures
    report = contents.report
    rows = (
        (use.name, f"{use.count}", "✓ yes" if use.supported else "✕ no") for use in report.operators
    )
    runtime = report.runtime or "no runtime of this device"
    return section("Operators", table(("operator", "times", f"in {runtime}"), rows))


def _dataset(contents: BundleContents, pictures: dict[str, bytes]) -> Markup:
    del pictures
    counts = contents.dataset.counts
    rows = [
        (name, *(f"{counts.get(split, {}).get(name, 0)}" for split in Split))
        for name in contents.candidate.classes
    ]
    totals = ("all", *(f"{sum(counts.get(split, {}).values())}" for split in Split))
    note = f"Dataset version {contents.dataset.digest}, split with seed {contents.dataset.seed}."
    words = words_of(contents.preprocessing)
    first = "class" if contents.candidate.classes else words.many
    return section(
        f"{words.raw_many.capitalize()} it learned from",
        table((first, "training", "validation", "test"), [*rows, totals], numbers=3),
        tag("p", note, cls="muted"),
    )


def _search(contents: BundleContents, pictures: dict[str, bytes]) -> Markup:
    del pictures
    search, candidate = contents.search, contents.candidate
    chosen = sorted(candidate.hyperparameters.items())
    values = ", ".join(f"{key} = {value}" for key, value in chosen)
    return section(
        "How it was found",
        items(
            (
                f"{search.minutes:g} minutes on this task: {search.trials} trials, and "
                f"{search.rejected} configurations set aside before training because they "
                "do not fit the device. Seed "
                f"{search.seed}.",
                f"Candidate #{candidate.id}, trial {candidate.trial}, space {candidate.space}, "
                f"{candidate.parameters:,} parameters: {values}.",
                _chosen_by(contents.candidate.validation, words_of(contents.preprocessing)),
            )
        ),
    )


def _chosen_by(validation: AnyEvaluation, words: SampleWords) -> str:
    if isinstance(validation, RegressionEvaluation):
        result = f"mean absolute error {amount(validation.mae.value, validation.unit)}"
    else:
        share = validation.accuracy
        result = f"{hits(share, validation.samples)} right, {percent(share.value)}"
    return (
        f"Chosen by the validation {words.many} ({result}); the test {words.many} took no part in "
        "the choice."
    )


def _open(contents: BundleContents, pictures: dict[str, bytes]) -> Markup:
    del pictures
    return section("What was not proved", items(not_proved(contents)))


def _versions(contents: BundleContents, pictures: dict[str, bytes]) -> Markup:
    del pictures
    rows = list(_version_rows(contents))
    note = "None of these libraries is inside the bundle; see LICENSES.txt."
    return section("Made with", table(("library", "version", "licence"), rows), tag("p", note))


def _version_rows(contents: BundleContents) -> Iterator[tuple[str, str, str]]:
    for name, version in sorted(contents.versions.items()):
        yield name, version, licence_of(name)

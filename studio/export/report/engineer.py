"""The pages after the first: for the engineer who has to trust it."""

from __future__ import annotations

from collections.abc import Iterator

from studio.domain.dataset import Split
from studio.domain.evaluation import Interval
from studio.export.contents import BundleContents
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
from studio.export.wording import hits, percent, percent_range, precise_bytes, region_text

__all__ = ["engineer_pages"]


def engineer_pages(draft: Draft) -> Markup:
    """Return everything the first page rests on."""
    contents = draft.contents
    sections = (_artifacts, _per_class, _memory, _operators, _dataset, _search, _open, _versions)
    pictures = {member.name: member.content for member in draft.named("pictures/")}
    return join(*(make(contents, pictures) for make in sections))


def _artifacts(contents: BundleContents, pictures: dict[str, bytes]) -> Markup:
    del pictures
    rows = []
    for artifact in contents.candidate.artifacts:
        test = artifact.evaluation
        rows.append(
            (
                artifact_name(artifact),
                precise_bytes(artifact.size_bytes),
                figure(artifact.arena),
                percent(test.accuracy.value) if test else "not tested",
                percent_range(test.accuracy) if test else "",
                hits(test.accuracy, test.samples) if test else "",
            )
        )
    head = ("model", "file", "tensor arena", "accuracy", "95 % interval", "right")
    note = (
        "Each file was tested again after it was converted, on the same test photos. The int8 "
        "model "
        "ran on the TensorFlow Lite reference kernels."
    )
    return section("The models, side by side", table(head, rows, numbers=3), tag("p", note))


def _per_class(contents: BundleContents, pictures: dict[str, bytes]) -> Markup:
    test = contents.candidate.test
    if test is None:
        return join()
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
    head = ("no.", "class", "photos", "found", "95 %", "right when named", "95 %")
    return section(
        "Class by class, int8, test photos",
        table(head, rows, numbers=5),
        _picture(pictures, "pictures/confusion.png", "Confusion matrix; the table has its numbers"),
    )


def _share(share: Interval) -> tuple[str, str]:
    # Nothing was counted when the interval is everything.
    if (share.low, share.high) == (0.0, 1.0):
        return ("none", "nothing to count")
    return (percent(share.value), percent_range(share))


def _picture(pictures: dict[str, bytes], name: str, alternative: str) -> Markup:
    return picture(pictures[name], alternative) if name in pictures else join()


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
    return section(
        "Photos it learned from",
        table(("class", "training", "validation", "test"), [*rows, totals], numbers=3),
        tag("p", note, cls="muted"),
    )


def _search(contents: BundleContents, pictures: dict[str, bytes]) -> Markup:
    del pictures
    search, candidate = contents.search, contents.candidate
    chosen = sorted(candidate.hyperparameters.items())
    values = ", ".join(f"{key} = {value}" for key, value in chosen)
    validation = candidate.validation
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
                f"Chosen by the validation photos ({hits(validation.accuracy, validation.samples)}"
                f" right, {percent(validation.accuracy.value)}); the test photos took no part in "
                "the choice.",
            )
        ),
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

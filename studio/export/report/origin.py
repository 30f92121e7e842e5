"""Where the model comes from: its data, the search, what it is for, what made it."""

from __future__ import annotations

from collections.abc import Mapping

from studio.domain.dataset import Split
from studio.domain.evaluation import AnyEvaluation, RegressionEvaluation
from studio.export.certainty import side_names
from studio.export.licences import licence_of
from studio.export.report.language import Words
from studio.export.report.model import Block, Items, Line, Look, Paragraph, Section, Span, Table
from studio.export.report.subject import Learned, Subject
from studio.export.wording import amount, hits, percent

__all__ = ["dataset", "made_with", "purpose", "search"]

Pictures = Mapping[str, bytes]


def dataset(subject: Subject, say: Words, _: Pictures) -> Section:
    """Return how many samples of each class stand on each side, and how they were split."""
    tr, learned = say.tr, subject.learned
    if learned is None:
        text = tr("Not known: the file does not say what it learned from.")
        title = tr("The data it learned from")
        return Section(id="dataset", title=title, blocks=(Paragraph(text),))
    counts, words, sides = learned.dataset.counts, learned.words(tr), side_names(say)
    rows: list[tuple[Line, ...]] = [
        (name, *(f"{counts.get(split, {}).get(name, 0):,}" for split in Split))
        for name in learned.candidate.classes
    ]
    rows.append((tr("all"), *(f"{sum(counts.get(s, {}).values()):,}" for s in Split)))
    if units := learned.dataset.units:
        rows.append((tr("sessions, or originals without one"), *(f"{units[s]:,}" for s in Split)))
    first = tr("class") if learned.candidate.classes else words.many
    table = Table(
        head=(first, *(sides[str(split)] for split in Split)),
        rows=tuple(rows),
        numbers=3,
        widths=(0.49, 0.17, 0.17, 0.17),
    )
    return Section(
        id="dataset",
        title=tr("The {many} it learned from", many=words.raw_many),
        blocks=(table, *_splitting(learned, say)),
    )


def _splitting(learned: Learned, say: Words) -> tuple[Block, ...]:
    tr = say.tr
    how = tr(
        "What was taken in one session, and copies of one another, stand on one side together."
        " Split with seed {seed}.",
        seed=learned.dataset.seed,
    )
    digest = tr("Dataset version {digest}", digest=learned.dataset.digest)
    return Paragraph(how), Paragraph(digest, Look.MUTED)


def search(subject: Subject, say: Words, _: Pictures) -> Section:
    """Return what was asked of the search and what came of it."""
    tr, learned = say.tr, subject.learned
    title = tr("How it was found")
    if learned is None:
        text = tr("Not known: the file was made elsewhere.")
        return Section(id="search", title=title, blocks=(Paragraph(text),))
    asked, candidate = learned.search, learned.candidate
    chosen = sorted(candidate.hyperparameters.items())
    lines: list[Line] = [
        tr(
            "Budget {minutes} minutes: {trials} trials finished, {failed} failed; {rejected}"
            " configurations set aside before training because they do not fit. Seed {seed}.",
            minutes=f"{asked.minutes:g}",
            trials=asked.trials,
            failed=asked.failed,
            rejected=asked.rejected,
            seed=asked.seed,
        ),
        (
            tr(
                "Candidate #{id}, trial {trial}, search space {space}, {weights} weights: ",
                id=candidate.id,
                trial=candidate.trial,
                space=candidate.space,
                weights=f"{candidate.parameters:,}",
            ),
            ", ".join(f"{key} = {value}" for key, value in chosen),
        ),
        _chosen_by(candidate.validation, learned, say),
    ]
    if asked.note:
        lines.append(say.given(asked.note))
    return Section(id="search", title=title, blocks=(Items(tuple(lines)),))


def _chosen_by(validation: AnyEvaluation, learned: Learned, say: Words) -> str:
    tr, many = say.tr, learned.words(say.tr).many
    if isinstance(validation, RegressionEvaluation):
        result = tr(
            "mean absolute error {amount}", amount=amount(validation.mae.value, validation.unit)
        )
    else:
        share = validation.accuracy
        found = hits(share, validation.samples, tr)
        result = tr("{found} right, {share}", found=found, share=percent(share.value))
    return tr(
        "Chosen by the validation {many} ({result}); the test {many} took no part in the choice.",
        many=many,
        result=result,
    )


def purpose(subject: Subject, say: Words) -> Section:
    """Return what it is meant for, and what not."""
    tr, learned = say.tr, subject.learned
    lines: list[Span] = []
    if learned is not None:
        many = learned.words(tr).many
        lines.append(tr("For {many} like those it learned from, taken the same way.", many=many))
        lines.append(
            tr(
                "It does not learn on the device: where {many} change, it must be trained anew.",
                many=many,
            )
        )
    else:
        lines.append(tr("What it is meant for is not known; ask whoever made it."))
    lines.append(
        tr(
            "Nobody checks its single answers: where a wrong one can hurt somebody, something else"
            " must stand in between."
        )
    )
    return Section(id="purpose", title=tr("Intended use and limits"), blocks=(Items(tuple(lines)),))


def made_with(subject: Subject, say: Words) -> Section:
    """Return the libraries that made it, with their licences."""
    tr = say.tr
    rows: tuple[tuple[Line, ...], ...] = tuple(
        (name, version, licence_of(name)) for name, version in sorted(subject.versions.items())
    )
    if not rows:
        return Section(id="versions", title=tr("Made with"), blocks=())
    table = Table(
        head=(tr("library"), tr("version"), tr("licence")), rows=rows, widths=(0.35, 0.2, 0.45)
    )
    text = tr("None of these libraries is inside the bundle; see LICENSES.txt.")
    blocks: tuple[Block, ...] = (table, Paragraph(text)) if subject.in_bundle else (table,)
    return Section(id="versions", title=tr("Made with"), blocks=blocks)

"""How good the model is: its files, class by class before and after conversion, how sure it is."""

from __future__ import annotations

from collections.abc import Mapping

from studio.domain.candidate import Artifact
from studio.domain.evaluation import (
    AnyEvaluation,
    ClassMetrics,
    Evaluation,
    Interval,
    RegressionEvaluation,
    Resampling,
    Unit,
)
from studio.export.certainty import calibration_text, costs_text, side_names
from studio.export.deciding import right_of_answered, sides_of, undecided
from studio.export.report.language import Words
from studio.export.report.model import Block, Line, Look, Paragraph, Picture, Section, Table
from studio.export.report.open_points import artifact_name
from studio.export.report.subject import Learned, Subject
from studio.export.wording import (
    amount,
    amount_range,
    counted,
    hits,
    percent,
    percent_range,
    precise_bytes,
)

__all__ = ["certainty", "detail", "models", "pictured"]

Pictures = Mapping[str, bytes]


def models(subject: Subject, say: Words, _: Pictures) -> Section:
    """Return the model files side by side, each tested on its own."""
    tr, learned = say.tr, subject.learned
    title = tr("The models, side by side")
    if learned is None:
        size = precise_bytes(subject.size_bytes or 0, tr)
        text = tr("One file of {size}, SHA-256 {digest}.", size=size, digest=subject.digest)
        return Section(id="models", title=title, blocks=(Paragraph(text),))
    measures = (
        (tr("mean error"), tr("95 % interval"), "R²")
        if learned.amounts
        else (tr("accuracy"), tr("95 % interval"), tr("right"))
    )
    table = Table(
        head=(tr("model"), tr("file"), tr("tensor arena"), *measures),
        rows=tuple(_file_row(artifact, say) for artifact in learned.candidate.artifacts),
        numbers=3,
        widths=(0.17, 0.22, 0.19, 0.13, 0.16, 0.13),
    )
    note = tr(
        "Each file was tested again after it was converted, on the same test {many}. The int8"
        " model ran on the TensorFlow Lite reference kernels.",
        many=learned.words(tr).many,
    )
    blocks = (table, Paragraph(note)) if learned.test else (table,)
    return Section(id="models", title=title, blocks=blocks)


def _file_row(artifact: Artifact, say: Words) -> tuple[Line, ...]:
    return (
        artifact_name(artifact),
        precise_bytes(artifact.size_bytes, say.tr),
        say.figure(artifact.arena),
        *_result(artifact.evaluation, say),
    )


def _result(test: AnyEvaluation | None, say: Words) -> tuple[str, str, str]:
    tr = say.tr
    if isinstance(test, Evaluation):
        share = test.accuracy
        return percent(share.value), percent_range(share, tr), hits(share, test.samples, tr)
    if isinstance(test, RegressionEvaluation):
        explained = f"{test.r2.value:.3f}" if test.r2 else tr("nothing varies")
        return (
            amount(test.mae.value, test.unit),
            amount_range(test.mae, test.unit, tr),
            explained,
        )
    return tr("not tested"), "", ""


def detail(subject: Subject, say: Words, pictures: Pictures) -> Section:
    """Return class by class, or how far off by what was said."""
    tr, learned = say.tr, subject.learned
    if learned is None:
        text = tr("Not known: there is no data here to test it on.")
        return Section(id="detail", title=tr("How often it is right"), blocks=(Paragraph(text),))
    if isinstance(learned.told, Evaluation):
        return _by_class(learned, learned.told, say, pictures)
    return _by_amount(learned, learned.told, say, pictures)


def _by_class(learned: Learned, told: Evaluation, say: Words, pictures: Pictures) -> Section:
    tr, many = say.tr, learned.words(say.tr).many
    before = learned.before.evaluation if learned.test and learned.before else None
    table = _with_before(told, before, many, say) if before else _alone(told, many, say)
    note = tr(
        "found: of the {many} of this class, the share that was found. Right when named: of those"
        " called this class, the share that is.",
        many=many,
    )
    side = side_names(say)[str(told.split)]
    return Section(
        id="detail",
        title=tr("Class by class, int8, {side} {many}", side=side, many=many),
        blocks=(
            table,
            Paragraph(note, Look.MUTED),
            *_means(told, say),
            *pictured(pictures, "confusion", tr("Confusion matrix; the table has its numbers")),
            *_resampled(told.details.resampling if told.details else None, say),
        ),
    )


def _alone(told: Evaluation, many: str, say: Words) -> Table:
    tr = say.tr
    rows = tuple(
        (
            f"{number}",
            row.name,
            f"{row.samples:,}",
            _share(row.recall, say),
            _share(row.precision, say),
        )
        for number, row in enumerate(told.per_class)
    )
    head = (tr("no."), tr("class"), many, tr("found"), tr("right when named"))
    return Table(head=head, rows=rows, numbers=3, widths=(0.07, 0.33, 0.12, 0.24, 0.24))


def _with_before(told: Evaluation, before: AnyEvaluation, many: str, say: Words) -> Table:
    """Return the classes with what float and int8 find of each, side by side."""
    assert isinstance(before, Evaluation)
    tr = say.tr
    rows = tuple(
        (
            f"{number}",
            row.name,
            f"{row.samples:,}",
            _share(first.recall, say),
            _share(row.recall, say),
            _change(first, row, say),
            _share(row.precision, say),
        )
        for number, (row, first) in enumerate(zip(told.per_class, before.per_class, strict=True))
    )
    head = (
        tr("no."),
        tr("class"),
        many,
        tr("float32: found"),
        tr("int8: found"),
        tr("change"),
        tr("int8: right when named"),
    )
    return Table(head=head, rows=rows, numbers=5, widths=(0.06, 0.2, 0.1, 0.17, 0.17, 0.11, 0.19))


def _change(first: ClassMetrics, row: ClassMetrics, say: Words) -> str:
    if not row.samples:
        return ""
    tr, points = say.tr, 100 * (row.recall.value - first.recall.value)
    return tr("{points} points", points=f"{points:+.1f}" if points else "±0")


def _share(share: Interval, say: Words) -> str:
    tr = say.tr
    # Nothing was counted when the interval is everything.
    if (share.low, share.high) == (0.0, 1.0):
        return tr("nothing to count")
    shown = percent(share.value), f"({percent_range(share, tr)})"
    return " ".join(text.replace(" ", "\N{NO-BREAK SPACE}") for text in shown)


def _means(told: Evaluation, say: Words) -> tuple[Block, ...]:
    """Return the figures in which every class counts as much, where they are known."""
    if told.details is None:
        return ()
    tr = say.tr
    rows = tuple(
        (name, percent(share.value), percent_range(share, tr))
        for name, share in (
            (tr("balanced accuracy: mean share found"), told.details.balanced_accuracy),
            (tr("macro F1: mean of the classes' F1"), told.details.macro_f1),
        )
    )
    head = (tr("with every class as important"), tr("value"), tr("95 % interval"))
    return (Table(head=head, rows=rows, numbers=2, widths=(0.6, 0.15, 0.25)),)


def _by_amount(
    learned: Learned, told: RegressionEvaluation, say: Words, pictures: Pictures
) -> Section:
    tr, words = say.tr, learned.words(say.tr)
    before = learned.before.evaluation if learned.test and learned.before else None
    rows = _errors(told, before if isinstance(before, RegressionEvaluation) else None, say)
    head = (tr("measure"), "float32", "int8", tr("95 % interval"))
    errors = Table(head=head, rows=rows, numbers=3, widths=(0.4, 0.18, 0.18, 0.24))
    side = side_names(say)[str(told.split)]
    return Section(
        id="detail",
        title=tr(
            "How far off, int8, {counted} of the {side} side",
            counted=counted(told.samples, words),
            side=side,
        ),
        blocks=(
            errors,
            *_resampled(told.resampling, say),
            *_residuals(told, words.many, say),
            *pictured(pictures, "residuals", tr("Residuals; the table has their numbers")),
        ),
    )


def _errors(
    told: RegressionEvaluation, before: RegressionEvaluation | None, say: Words
) -> tuple[tuple[Line, ...], ...]:
    tr, unit = say.tr, told.unit
    measures = (
        (tr("mean absolute error"), "mae"),
        (tr("root mean squared error"), "rmse"),
        (tr("median absolute error"), "median_error"),
        (tr("mean of prediction minus truth"), "bias"),
    )
    rows: list[tuple[Line, ...]] = []
    for name, field in measures:
        value: Interval = getattr(told, field)
        first = amount(getattr(before, field).value, unit) if before else "-"
        rows.append((name, first, amount(value.value, unit), amount_range(value, unit, tr)))
    if told.r2 is not None:
        first = f"{before.r2.value:.3f}" if before and before.r2 else "-"
        interval = tr("{low} to {high}", low=f"{told.r2.low:.3f}", high=f"{told.r2.high:.3f}")
        rows.append(("R²", first, f"{told.r2.value:.3f}", interval))
    return tuple(rows)


def _residuals(told: RegressionEvaluation, many: str, say: Words) -> tuple[Block, ...]:
    if not told.residuals:
        return ()
    tr, unit = say.tr, told.unit
    rows = tuple(
        (
            tr("{low} to {high}", low=amount(one.low), high=amount(one.high, unit)),
            f"{one.samples:,}",
            amount(one.mean, unit),
            tr("{low} to {high}", low=amount(one.q05), high=amount(one.q95, unit)),
        )
        for one in told.residuals
    )
    head = (
        tr("what the model said"),
        many,
        tr("truth minus prediction, mean"),
        tr("90 of 100 within"),
    )
    return (Table(head=head, rows=rows, numbers=3, widths=(0.3, 0.14, 0.28, 0.28)),)


def _resampled(how: Resampling | None, say: Words) -> tuple[Block, ...]:
    """Return what the intervals rest on, where it is known."""
    if how is None:
        return ()
    tr = say.tr
    if how.unit is Unit.GROUP:
        text = tr(
            "The intervals take the {n} whole sessions or recordings as independent.", n=how.units
        )
    else:
        text = tr("The intervals take the {n} samples as independent.", n=how.units)
    return (Paragraph(text, Look.MUTED),)


def pictured(pictures: Pictures, name: str, alternative: str) -> tuple[Block, ...]:
    """Return the picture of this name, if it was drawn."""
    if name not in pictures:
        return ()
    return (Picture(png=pictures[name], alternative=alternative),)


def certainty(subject: Subject, say: Words, pictures: Pictures) -> Section:
    """Return whether it is as often right as it is sure, and what the threshold does."""
    tr, learned = say.tr, subject.learned
    title = tr("How sure it is")
    known = learned.certainty if learned else None
    if learned is None or known is None:
        return Section(id="certainty", title=title, blocks=())
    names = side_names(say)
    rows = tuple(
        (
            names[str(side.split)],
            f"{side.samples:,}",
            say.figure(undecided(side)),
            say.figure(right_of_answered(side)),
        )
        for side in sides_of(known)
    )
    head = (tr("side"), learned.words(tr).many, tr("'not sure'"), tr("right of the others"))
    text = calibration_text(known, say)
    blocks: list[Block] = [Paragraph(text)] if text else []
    if rows:
        table = Table(head=head, rows=rows, numbers=3, widths=(0.16, 0.14, 0.35, 0.35))
        blocks += [table, Paragraph(costs_text(known, say))]
    alternative = tr("How often it is right, by how sure it is")
    blocks += pictured(pictures, "reliability", alternative)
    return Section(id="certainty", title=title, blocks=tuple(blocks))

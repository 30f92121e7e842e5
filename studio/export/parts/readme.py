"""The bundle's README: what is inside and how to verify it. It sees all other parts."""

from __future__ import annotations

from collections.abc import Iterator

from studio.domain.evaluation import AnyEvaluation, Evaluation, RegressionEvaluation
from studio.domain.preprocessing import (
    ImagePreprocessing,
    Preprocessing,
    SignalPreprocessing,
    TablePreprocessing,
)
from studio.domain.wording import bytes_text
from studio.export.carray import template
from studio.export.certainty import not_sure_text
from studio.export.cpreprocess import collector_bytes
from studio.export.deciding import rule_of
from studio.export.escaping import markdown_text
from studio.export.part import Draft, Member, Part
from studio.export.sketch import missing, reserve_text, sketch_for
from studio.export.wording import (
    VERDICT_WORDS,
    SampleWords,
    amount,
    amount_range,
    counted,
    percent,
    percent_range,
    words_of,
)

__all__ = ["ENTRY"]


def _make(draft: Draft) -> Iterator[Member]:
    contents = draft.contents
    text = template("readme.md.txt").substitute(
        title=markdown_text(contents.project_title),
        device=markdown_text(contents.device.name),
        device_id=markdown_text(contents.device.id),
        candidate=contents.candidate.id,
        result=_result(contents.test, words_of(contents.preprocessing)),
        use=template(_USE[type(contents.preprocessing)]).substitute(_use(draft)).rstrip(),
        answer=_answer(draft),
        more_golden=_more_golden(contents.preprocessing),
        verdict=VERDICT_WORDS[contents.report.verdict],
        summary=markdown_text(contents.report.summary.text()),
        files="\n".join(
            f"| `{member.name}` | {member.about} |" for member in sorted_members(draft)
        ),
        code=_code(draft),
        program=_program(draft),
    )
    yield Member(name="README.md", content=text.encode("utf-8", "replace"), about="this text")


def sorted_members(draft: Draft) -> list[Member]:
    """Return the files made so far, as the README lists them."""
    return sorted(draft.made, key=lambda member: member.name)


_USE = {
    ImagePreprocessing: "readme_picture.md.txt",
    TablePreprocessing: "readme_row.md.txt",
    SignalPreprocessing: "readme_signal.md.txt",
}


def _answer(draft: Draft) -> str:
    """Return how to come from the output to the answer."""
    if draft.contents.target is not None:
        return (
            "The output stands for an amount: `output.json` says how; for C, `c/output.h` does it."
        )
    below = rule_of(draft.contents, draft.output).below
    return (
        "The largest output is the answer; its place is the line in `labels.txt`. Where the\n"
        f"   largest int8 output is less than {below}, the answer is 'not sure'. `c/answer.h` and\n"
        "   `answer.py` do this and agree; `answer.json` has the rule as data and its figures.\n"
        f"   {markdown_text(not_sure_text(draft.contents.certainty))}"
    )


def _result(test: AnyEvaluation | None, words: SampleWords) -> str:
    """Return how good the int8 model is, the line of the README."""
    if isinstance(test, Evaluation):
        tested = f"{percent(test.accuracy.value)} of {test.samples} test {words.many}"
        return f"Accuracy of the int8 model: {tested} (95 % interval " + (
            f"{percent_range(test.accuracy)})"
        )
    if isinstance(test, RegressionEvaluation):
        unit = markdown_text(test.unit)
        return (
            f"Mean absolute error of the int8 model: {amount(test.mae.value, unit)} on "
            f"{counted(test.samples, words)} of the test side (95 % interval "
            f"{amount_range(test.mae, unit)})"
        )
    return "Accuracy of the int8 model: not tested"


def _use(draft: Draft) -> dict[str, object]:
    """Return what the paragraph about inputs needs to know."""
    how = draft.contents.preprocessing
    if not isinstance(how, SignalPreprocessing):
        return {}
    return {
        "rate": f"{how.rate_hz:g} Hz" if how.rate_hz is not None else "the rate of the recordings",
        "first": how.keep_every * how.window,
        "next": how.keep_every * how.stride,
        "bytes": bytes_text(collector_bytes(how) or 0),
    }


def _more_golden(how: Preprocessing) -> str:
    if isinstance(how, ImagePreprocessing):
        return ""
    file = "rows.json" if isinstance(how, TablePreprocessing) else "recordings.bin"
    return (
        f"\n`golden/{file}` holds what the inputs were made from; verification makes them again,"
        "\nand so does `python preprocess.py`.\n"
    )


def _code(draft: Draft) -> str:
    """Return what was shown of the C code, an item a line."""
    code = draft.contents.code
    if code is None:
        return "There is none: this device runs the model files in `model/` as they are."
    if code.why:
        return f"There is none. {markdown_text(code.why)}"
    name = code.prefix
    shown = "\n".join(
        f"- {item['standing']}: {markdown_text(item['sentence'])}" for item in code.proof["items"]
    )
    return (
        f"`c_code/{name}.c` needs no library and no runtime: fill `{name}_input(arena)`, call\n"
        f"`{name}_run(arena)`, read `{name}_output(arena)`. The arena has\n"
        f"`{name.upper()}_ARENA_BYTES` bytes. What was shown of it, on"
        f" {code.proof['inputs']}:\n\n{shown}"
    )


def _program(draft: Draft) -> str:
    sketch = sketch_for(draft.contents.device)
    if sketch is None:
        return "There is none: this device runs the model files in `model/` as they are."
    if why := missing(draft):
        return f"There is none for this board. {markdown_text(why)}"
    return (
        template("readme_program.md.txt")
        .substitute(
            path=sketch.path.format(name=draft.safe_name),
            runtime=sketch.runtime,
            reserve=reserve_text(),
        )
        .rstrip()
    )


ENTRY = Part(id="readme", make=_make, order=2)

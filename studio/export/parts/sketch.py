"""A minimal program for the chosen microcontroller that runs the golden vectors."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from studio.export import csource
from studio.export.carray import template
from studio.export.escaping import c_comment, markdown_text
from studio.export.part import Draft, Member, Part
from studio.export.sketch import (
    Sketch,
    arena_bytes,
    missing,
    operator_calls,
    reserve_text,
    sketch_for,
)

__all__ = ["ENTRY"]


def _make(draft: Draft) -> Iterator[Member]:
    sketch = sketch_for(draft.contents.device)
    if sketch is None:
        return
    main = PurePosixPath(sketch.path.format(name=draft.safe_name))
    if why := missing(draft):
        yield _refusal(main.parent / "README.md", why)
        return
    yield Member(
        name=str(main),
        content=_main_file(draft, sketch).encode("ascii"),
        about="program that runs the golden vectors on the board and says PASS or FAIL; "
        "not compiled for the board here",
    )
    # An Arduino sketch sees only the files beside it, so it gets its own copies.
    for name, text in csource.files(draft).items():
        yield Member(
            name=str(main.parent / name),
            content=text.encode("ascii"),
            about="the same file as in c/, where the program looks for it",
        )


_CHOOSE = """\
const char* Answer(const int8_t* outputs) {
  const int answer = studio_answer(outputs, STUDIO_LABEL_COUNT);
  return answer == STUDIO_NOT_SURE ? "not sure" : studio_labels[answer];
}

"""


def _answers(draft: Draft, sketch: Sketch) -> dict[str, str]:
    """Return what of the program depends on whether the answer is a class or an amount."""
    headers = ["model_data.h"]
    headers += ["output.h"] if draft.contents.target else ["answer.h", "labels.h"]
    return {
        "include": "".join(f'#include "{name}"\n' for name in sorted(headers)),
        "choose": "" if draft.contents.target else _CHOOSE,
        "tell": f"  {sketch.tell_amount if draft.contents.target else sketch.tell_class}",
    }


def _main_file(draft: Draft, sketch: Sketch) -> str:
    calls = sorted({call for call in operator_calls(draft).values() if call})
    arena = draft.contents.int8.arena
    return template(sketch.template).substitute(
        title=c_comment(draft.contents.project_title),
        device=c_comment(draft.contents.device.name),
        runtime=c_comment(sketch.runtime),
        **_answers(draft, sketch),
        arena=arena_bytes(draft),
        arena_known=f"{arena.kind} {arena.value:.0f} bytes",
        reserve=c_comment(reserve_text()),
        operator_count=len(calls),
        operators="\n".join(f"  good &= resolver.{call}() == kTfLiteOk;" for call in calls),
    )


def _refusal(path: PurePosixPath, why: str) -> Member:
    text = f"# No program for this board\n\n{markdown_text(why)}\n"
    return Member(
        name=str(path),
        content=text.encode("utf-8", "replace"),
        about="why there is no program for this board",
    )


ENTRY = Part(id="sketch", make=_make)

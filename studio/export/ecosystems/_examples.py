"""Example programs: an input that never changes, and a place for the reading of a sensor."""

from __future__ import annotations

from collections.abc import Mapping

from studio.domain.preprocessing import CategoryFeature, NumberFeature, TablePreprocessing
from studio.export.carray import floats
from studio.export.ecosystems._shape import Material
from studio.export.escaping import c_string
from studio.export.part import Member

__all__ = ["kind_of", "static_input", "static_input_program"]


def kind_of(material: Material) -> str:
    """Return ``picture``, ``signal`` or ``row``."""
    if material.is_of_pictures:
        return "picture"
    return "signal" if material.is_of_signals else "row"


def static_input(material: Material) -> str:
    """Return ``make_input``, which fills an input; both C99 and C++ take it."""
    return material.filled(f"library/input_{kind_of(material)}.txt", **_row(material))


def static_input_program(material: Material) -> Member:
    """Return an example for a computer: one inference, its answer printed."""
    classes = material.draft.contents.target is None
    tell = (
        'printf("%s\\n", {0}_name({0}_classify(memory)));'
        if classes
        else 'printf("%g\\n", (double){0}_estimate(memory));'
    )
    text = material.filled(
        "library/example_main.c.txt",
        input=static_input(material),
        tell=tell.format(material.prefix),
    )
    return Member(
        name="examples/static_input/main.c",
        content=text.encode("ascii"),
        about="one inference on an input that never changes",
    )


def _row(material: Material) -> dict[str, str]:
    how = material.draft.contents.preprocessing
    if not isinstance(how, TablePreprocessing):
        return {}
    raw = material.draft.contents.golden_raw[0]
    row = raw if isinstance(raw, Mapping) else {}
    numbers = [f.column for f in how.features if isinstance(f, NumberFeature)]
    texts = [f.column for f in how.features if isinstance(f, CategoryFeature)]
    return {
        "numbers": ", ".join([*(_number(row.get(name)) for name in numbers), "0.0f"]),
        "texts": ", ".join([*(_text(row.get(name)) for name in texts), "0"]),
    }


def _number(cell: object) -> str:
    if isinstance(cell, bool) or not isinstance(cell, (int, float)) or abs(cell) > 1e30:
        return "0.0f"
    text = floats([cell])[0]
    return "0.0f" if "nan" in text else text


def _text(cell: object) -> str:
    return c_string(cell) if isinstance(cell, str) and "\0" not in cell else "0"

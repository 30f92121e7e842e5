"""Arduino sketches: the self-test, an input that never changes, and a sensor of one's own."""

from __future__ import annotations

from collections.abc import Iterator

from studio.domain.preprocessing import SignalPreprocessing
from studio.export.ecosystems._examples import kind_of, static_input
from studio.export.ecosystems._shape import Material
from studio.export.escaping import c_comment
from studio.export.part import Member

__all__ = ["on_avr", "sketches"]

_ABOUT = {
    "selftest": "the self-test on the board, over the serial port",
    "static_input": "one inference a second on an input that never changes",
    "sensor": "from a sensor to an answer; the reading is a marked place for your own code",
}


def sketches(material: Material) -> Iterator[Member]:
    """Return the examples, each in a folder of its own name as the IDE wants it."""
    tell = _tell(material)
    texts = {
        "selftest": material.filled("arduino/selftest.ino.txt"),
        "static_input": material.filled(
            "arduino/static_input.ino.txt", input=static_input(material), tell=tell
        ),
        "sensor": _sensor(material, tell),
    }
    for name, text in texts.items():
        content = text.encode("ascii")
        yield Member(name=f"examples/{name}/{name}.ino", content=content, about=_ABOUT[name])


def on_avr(core: str, name: str) -> str:
    """Return why there is nothing for an AVR, in a sentence, or an empty text."""
    if core != "AVR":
        return ""
    return f"The C code is made for 32 bits; the {name} has an 8-bit AVR."


def _tell(material: Material) -> str:
    prefix = material.prefix
    if material.draft.contents.target is not None:
        return f"{prefix}_estimate(memory)"
    return f"{prefix}_name({prefix}_classify(memory))"


def _sensor(material: Material, tell: str) -> str:
    kind = kind_of(material)
    start = "  studio_collector_start(&collector);\n" if kind == "signal" else ""
    return material.filled(
        "arduino/sensor.ino.txt",
        read=material.filled(f"arduino/read_{kind}.txt", **_channels(material)),
        start=start,
        loop=material.filled(f"arduino/loop_{kind}.txt", tell=tell),
    )


def _channels(material: Material) -> dict[str, str]:
    how = material.draft.contents.preprocessing
    if not isinstance(how, SignalPreprocessing):
        return {}
    rate = "As many a second as the recordings had."
    if how.rate_hz is not None:
        rate = f"The recordings had {how.rate_hz:g} values a second of each, evenly."
    return {
        "rate": rate,
        "channels": "\n".join(f"//   {i}: {c_comment(n)}" for i, n in enumerate(how.channels)),
    }

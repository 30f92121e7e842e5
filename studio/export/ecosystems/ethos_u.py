"""For Arm's Ethos-U: what Vela compiled, glue for TensorFlow Lite Micro, and the plain C."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from studio.domain.device import Device
from studio.domain.errors import ExportError
from studio.domain.figure import Figure
from studio.domain.placement import Where
from studio.domain.wording import bytes_text
from studio.export.carray import unsigned_hex
from studio.export.ecosystems._shape import Ecosystem, Material
from studio.export.manifest import as_json_bytes
from studio.export.part import Member
from studio.export.sketch import resolver_call
from studio.runtimes.ethos_u import ACCELERATORS, VelaAnswer, ask_vela, vela_version

__all__ = ["ENTRY"]

_FOLDER = "ethos_u"
_SPARE_BYTES = 16 << 10
_ABOUT = {
    "ethos_u.cc": "runs the compiled model by TensorFlow Lite Micro; not compiled here",
    "ethos_u.h": "declares it, and what a board must bring",
    "selftest_npu.c": "the same self-test, its model run on the Ethos-U; not compiled here",
    "model_vela.h": "declares the compiled model",
    "model_vela.c": "the compiled model as bytes in C, aligned to 16",
}


def _make(material: Material) -> Iterator[Member]:
    answer = _compiled(material)
    yield Member(
        name=f"{_FOLDER}/model_vela.tflite",
        content=answer.compiled,
        about=f"what Vela {vela_version()} made of the int8 model for {answer.accelerator}",
    )
    yield Member(
        name=f"{_FOLDER}/vela_summary.csv",
        content=answer.summary,
        about="Vela's own summary, as it wrote it",
    )
    about = "Vela's figures with their kinds; which operator runs where, and why"
    yield Member(name=f"{_FOLDER}/vela.json", content=as_json_bytes(_facts(answer)), about=about)
    blanks = _blanks(answer)
    for name, about in _ABOUT.items():
        text = material.filled(f"ethos_u/{name}.txt", **blanks)
        yield Member(name=f"{_FOLDER}/{name}", content=text.encode("ascii"), about=about)


def _compiled(material: Material) -> VelaAnswer:
    """Return what Vela made of the int8 model.

    Raises:
        ExportError: ``export.not_compiled`` where it made nothing.
    """
    assert material.device.accelerator is not None
    answer = _ask(material.draft.model, material.device.accelerator.name)
    if not answer.compiled:
        raise ExportError(
            f"Vela compiled nothing for the {material.device.name}: {answer.why}",
            "Choose another candidate, or the form cmake, which needs no accelerator.",
            code="export.not_compiled",
        )
    return answer


@lru_cache(maxsize=2)  # README asks again, for the same model
def _ask(model: bytes, accelerator: str) -> VelaAnswer:
    return ask_vela(model, accelerator)


def _facts(answer: VelaAnswer) -> dict[str, Any]:
    placed = answer.placement
    return {
        "accelerator": answer.accelerator,
        "vela": vela_version(),
        "assumed": answer.setting,
        "figures": {name: figure.as_json() for name, figure in _figures(answer).items()},
        "placement": None
        if placed is None
        else {
            "how": placed.how,
            "operators": [
                {"number": p.number, "name": p.name, "where": str(p.where), "reason": p.reason}
                for p in placed.operators
            ],
        },
    }


def _figures(answer: VelaAnswer) -> dict[str, Figure]:
    memory = {f"memory_{area}": figure for area, figure in answer.memory.items()}
    return {"latency": answer.latency, "macs": answer.macs, **memory}


def _blanks(answer: VelaAnswer) -> dict[str, str]:
    """Return what the C files say; every text is safe in a C comment."""
    lines, calls = [], [f"  good = {_call('AddEthosU')} && good;"]
    for name in sorted(_left(answer)):
        call = resolver_call(name)
        calls.append(
            f"  good = {_call(call)} && good;"
            if call
            else f"#error TensorFlow Lite Micro has no operator {_plain(name)}; register your own"
        )
    if answer.placement is None:
        lines = ["// Vela did not say what it left to the processor: add what AllocateTensors asks"]
    return {
        "accelerator": answer.accelerator,
        "vela": str(vela_version()),
        "bytes": unsigned_hex(answer.compiled),
        "size": str(len(answer.compiled)),
        "operators": "\n".join([*lines, *calls]),
        "operator_count": str(len(calls) if answer.placement else 16),
        "arena": str(_arena(answer)),
        "arena_known": _told(answer.memory.get("sram")),
        "spare": str(_SPARE_BYTES),
    }


def _call(method: str) -> str:
    return f"resolver.{method}() == kTfLiteOk"


def _plain(name: str) -> str:
    return "".join(c for c in name if c.isascii() and (c.isalnum() or c == "_"))


def _left(answer: VelaAnswer) -> dict[str, int]:
    return answer.placement.counted(Where.PROCESSOR) if answer.placement else {}


def _arena(answer: VelaAnswer) -> int:
    """Return a tensor arena to begin with: what Vela gave the tensors, and room for the rest."""
    known = sum(int(f.value or 0) for area, f in answer.memory.items() if "flash" not in area)
    return -(-(known + _SPARE_BYTES) // 16) * 16


def _told(figure: Figure | None) -> str:
    return "nothing" if figure is None or figure.value is None else f"{figure.value:.0f} B"


# --- README ----------------------------------------------------------------------------------


def _words(material: Material) -> dict[str, str]:
    answer = _compiled(material)
    placed = answer.placement
    taken = sum(placed.counted(Where.ACCELERATOR).values()) if placed else None
    left = {p.reason: p.name for p in placed.operators if p.reason} if placed else {}
    return {
        "accelerator": answer.accelerator,
        "vela": str(vela_version()),
        "assumed": answer.setting,
        "taken": "?" if taken is None else str(taken),
        "all": str(len(placed.operators)) if placed else "?",
        "left": "".join(f"\n- `{_plain(name)}`: {reason}" for reason, name in left.items()),
        "memory": ", ".join(
            f"{area} {bytes_text(round(figure.value or 0))}"
            for area, figure in answer.memory.items()
        ),
        "latency": _latency(answer.latency),
    }


def _latency(figure: Figure) -> str:
    return "?" if figure.value is None else f"{figure.value:.4g} {figure.unit}"


# --- which devices ---------------------------------------------------------------------------


def _why_not(device: Device) -> str:
    if device.accelerator is None or not device.accelerator.name.startswith("ethos-u"):
        return f"The {device.name} has no Ethos-U."
    name = device.accelerator.name
    if name not in ACCELERATORS:
        alike = [known for known in ACCELERATORS if known.startswith(f"{name}-")]
        return (
            f"The {device.name} has an {name}, and nobody says how many multiplications a cycle "
            f"it does, so nothing can be compiled for it; Vela knows {', '.join(alike)}."
            if alike
            else f"Vela knows no accelerator {name}."
        )
    if vela_version() is None:
        return (
            "Vela, Arm's compiler for the Ethos-U, is not installed; it comes with the extra "
            "`vela` of the studio."
        )
    return ""


ENTRY = Ecosystem(
    id="ethos-u",
    title="Ethos-U",
    make=_make,
    readme="ethos_u",
    why_not=_why_not,
    words=_words,
)

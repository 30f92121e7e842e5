"""What every program that runs the model files carries: a Python package, ready for pip."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from studio.export.ecosystems._selftest import selftest_facts
from studio.export.ecosystems._shape import Material, Need
from studio.export.manifest import as_json_bytes
from studio.export.part import Member
from studio.export.parts.answer import python_source as answer_source
from studio.export.parts.preprocessing import python_source as preprocess_source
from studio.resources import assets
from studio.tasks import numbers

__all__ = ["NEEDS", "command_of", "package", "package_name", "program_files"]

NEEDS = (
    Need(name="ai-edge-litert", versions=">=2.3,<3", licence="Apache-2.0"),
    Need(name="numpy", versions=">=1.26,<3", licence="BSD-3-Clause"),
    # Version 13 changed the order in which a picture's sides are changed, and so some bytes.
    Need(name="pillow", versions=">=13,<14", licence="MIT-CMU"),
    Need(name="onnxruntime", versions=">=1.20,<2", licence="MIT", extra="onnx"),
    Need(name="opencv-python-headless", versions=">=4.9,<6", licence="Apache-2.0", extra="camera"),
    Need(name="sounddevice", versions=">=0.5,<1", licence="MIT", extra="microphone"),
)

_NO_MORE: Mapping[str, str] = {}
_MORE = "gateway"
_SPDX = b"# SPDX-License-Identifier: Apache-2.0\n"
_COPIED = ("answer.json", "labels.txt", "output.json", "preprocessing.json", "golden/", "model/")
_ABOUT = {
    "__init__.py": "what another program imports",
    "__main__.py": "the command",
    "cells.py": "what a cell of a table means",
    "core.py": "the model: an input in, an answer out",
    "figures.py": "measures start, memory and time of a run",
    "pictures.py": "pictures as the studio prepares them, with Pillow",
    "py.typed": "says that the package has types",
    "reading.py": "rows and recordings from CSV, sound from WAV",
    "runtimes.py": "LiteRT and ONNX Runtime",
    "selftest.py": "prepares golden samples, runs the model, compares, prints lines",
    "sensors.py": "camera and microphone",
}


def package_name(material: Material) -> str:
    """Return what the package is imported by; no word of Python and no module of it."""
    name = f"{material.folder.lower()}_model"
    return f"model_{name}" if name[0].isdigit() else name


def command_of(material: Material) -> str:
    """Return what it is installed and started by."""
    return package_name(material).replace("_", "-")


def program_files(
    material: Material, needs: Sequence[Need], more: Mapping[str, str] = _NO_MORE
) -> Iterator[Member]:
    """Return the package under ``src/``, its ``pyproject.toml`` and the script that tries it.

    Args:
        material: The bundle in the making; the package carries its data once more.
        needs: What is installed with it.
        more: What its modules are about that the Python form has not, by file name; they lie in
            ``assets/templates/gateway/package``.
    """
    inside = f"src/{package_name(material)}"
    modules = {path.name: _source(path) for path in _templates(_MORE) if path.name in more}
    for name, content in {**package(material), **modules}.items():
        about = more.get(name) or _ABOUT.get(name, _TOLD)
        yield Member(name=f"{inside}/{name}", content=content, about=about)
    for member in material.shared:
        if member.name.startswith(_COPIED):
            about = "the same file as at the top, where the installed program finds it"
            yield Member(name=f"{inside}/{member.name}", content=member.content, about=about)
    text = material.filled("python/pyproject.toml.txt", **_project(material, needs, more))
    about = "how pip builds and installs it"
    yield Member(name="pyproject.toml", content=text.encode("ascii"), about=about)
    rebuild = (assets() / "templates" / "python" / "rebuild.py").read_text(encoding="utf-8")
    about = "compares all files, installs into an empty environment, runs the self-test"
    yield Member(name="rebuild.py", content=rebuild.encode("ascii"), about=about)


_TOLD = "the same file as at the top of the zip"


def package(material: Material) -> dict[str, bytes]:
    """Return the modules of the package, and the facts of its self-test."""
    found = {path.name: _source(path) for path in _templates("python") if path.is_file()}
    cells = _source(Path(numbers.__file__))
    return {
        **found,
        "answer.py": answer_source(),
        "cells.py": _SPDX + cells,
        "preprocess.py": preprocess_source(),
        "selftest.json": as_json_bytes(selftest_facts(material.draft)),
    }


def _templates(form: str) -> list[Path]:
    return sorted((assets() / "templates" / form / "package").iterdir())


def _source(path: Path) -> bytes:
    return path.read_text(encoding="utf-8").encode("utf-8")


def _project(material: Material, needs: Sequence[Need], more: Mapping[str, str]) -> dict[str, str]:
    commands = {command_of(material): "__main__"}
    if "gateway.py" in more:
        commands[f"{command_of(material)}-gateway"] = "gateway"
    package = package_name(material)
    extras: dict[str, list[Need]] = {}
    for need in needs:
        if need.extra:
            extras.setdefault(need.extra, []).append(need)
    return {
        "package": package,
        "command": command_of(material),
        "scripts": "\n".join(f'{n} = "{package}.{m}:main"' for n, m in commands.items()),
        "dependencies": _listed([need for need in needs if not need.extra]),
        "extras": "\n".join(f"{name} = {_listed(these)}" for name, these in extras.items()),
    }


def _listed(needs: Sequence[Need]) -> str:
    lines = "".join(f'    "{need.name}{need.versions}",\n' for need in needs)
    return f"[\n{lines}]"

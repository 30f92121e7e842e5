"""What every app carries: the studio's C around a model that LiteRT runs, and its assets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from studio.domain.candidate import Artifact, ArtifactFormat, Precision
from studio.export.carray import template
from studio.export.contents import CCode
from studio.export.deciding import rule_of
from studio.export.ecosystems._examples import kind_of
from studio.export.ecosystems._library import sources
from studio.export.ecosystems._shape import Material
from studio.export.manifest import as_json_bytes
from studio.export.part import Draft, Member
from studio.resources import assets

__all__ = ["BRIDGE", "answers_of", "assets_of", "bridge", "compiled", "kind_words", "stand_in"]

BRIDGE = "src/phone"
_APP_PRECISIONS = (Precision.INT8, Precision.FLOAT16, Precision.FLOAT32)
_COPIED = ("labels.txt", "output.json", "preprocessing.json")


def stand_in(draft: Draft) -> CCode:
    """Return what takes the place of the model's C: where input and output lie, and who runs it."""
    prefix = _prefix(draft)
    words = {
        "prefix": prefix,
        "macro": prefix.upper(),
        "inputs": draft.inputs[0].size,
        "outputs": draft.outputs[0].size,
    }
    files = {
        f"{prefix}{ending}": template(f"phone/model{ending}.txt").substitute(words)
        for ending in (".c", ".h")
    }
    return CCode(prefix=prefix, files=files, proof={"items": []})


def _prefix(draft: Draft) -> str:
    """Return the title as the beginning of C names."""
    name = re.sub(r"[^a-z0-9]+", "_", draft.safe_name.lower()).strip("_")
    return name if name[:1].isalpha() else f"model_{name}"


def bridge(material: Material) -> Iterator[Member]:
    """Return the C that Kotlin and Swift call, and the script that tries it on a computer."""
    words = kind_words(material)
    about = "what the app calls: prepare, answer, self-test"
    for ending in (".h", ".c"):
        text = material.filled(f"phone/studio_phone{ending}.txt", **words)
        name = f"{BRIDGE}/studio_phone{ending}"
        yield Member(name=name, content=text.encode("ascii"), about=about)
    script = (assets() / "templates" / "phone" / "rebuild.py").read_text(encoding="utf-8")
    about = "compares every file, builds the C, runs the self-test with LiteRT of this Python"
    yield Member(name="rebuild.py", content=script.encode("ascii"), about=about)
    how = {"sources": compiled(material), "prefix": material.prefix}
    about = "which files rebuild.py takes"
    yield Member(name="extras/rebuild.json", content=as_json_bytes(how), about=about)


def compiled(material: Material) -> list[str]:
    """Return the names of all C files of the app."""
    return sorted([*sources(material), f"{BRIDGE}/studio_phone.c"])


def kind_words(material: Material) -> dict[str, str]:
    """Return the parts of the templates that depend on what a sample and an answer are."""
    kind, answers = kind_of(material), answers_of(material)
    return {
        f"{role}_{place}": material.filled(f"phone/{role}_{name}.{place}.txt")
        for role, name in (("take", kind), ("tell", answers))
        for place in ("h", "c")
    }


def answers_of(material: Material) -> str:
    """Return ``class`` or ``amount``."""
    return "class" if material.draft.contents.target is None else "amount"


# --- assets ----------------------------------------------------------------------------------


def assets_of(material: Material, folder: str) -> Iterator[Member]:
    """Return the models and what describes them, for the folder an app takes assets from."""
    models = dict(_models(material.draft))
    for name, artifact in models.items():
        content = material.draft.contents.files[artifact.digest]
        about = f"the model, {artifact.precision}, as the app loads it"
        yield Member(name=f"{folder}/{name}", content=content, about=about)
    for member in material.shared:
        if member.name in _COPIED:
            about = f"the same as {member.name} at the top"
            yield Member(name=f"{folder}/{member.name}", content=member.content, about=about)
    about = "what the models take and give, read by the app; in place of TFLite metadata"
    content = as_json_bytes(_description(material.draft, models))
    yield Member(name=f"{folder}/model.json", content=content, about=about)


def _models(draft: Draft) -> Iterator[tuple[str, Artifact]]:
    """Yield the TensorFlow Lite files by name, int8 first."""
    for precision in _APP_PRECISIONS:
        found = draft.contents.candidate.artifact(precision, ArtifactFormat.TFLITE)
        if found is not None:
            yield f"model_{precision}.tflite", found


def _description(draft: Draft, models: Mapping[str, Artifact]) -> dict[str, Any]:
    contents, output = draft.contents, draft.output
    return {
        "title": contents.project_title,
        "candidate": contents.candidate.id,
        "models": {
            name: {"sha256": a.digest, "precision": a.precision} for name, a in models.items()
        },
        "input": {
            "shape": [1, *contents.preprocessing.shape],
            "int8": {"scale": 1 / 255, "zero_point": -128, "code": "byte - 128"},
            "float32": {"value": "byte / 255"},
            "prepared_by": "studio_phone.h; the steps stand in preprocessing.json",
        },
        "output": {
            "shape": list(output.shape),
            "int8": {"scale": output.scales[0], "zero_point": output.zero_points[0]},
            "not_sure_below": None if contents.target else rule_of(contents, output).below,
        },
    }

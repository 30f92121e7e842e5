"""From contents to one zip laid out for a build system."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from studio.domain.candidate import Artifact, ArtifactFormat, Precision
from studio.domain.device import Device, DeviceKind
from studio.domain.errors import ExportError
from studio.export.archive import write_whole, zip_bytes
from studio.export.bundle import PARTS, draft_of, make_parts
from studio.export.contents import BundleContents, BundleSummary, CCode
from studio.export.ecosystems._emulator import extras
from studio.export.ecosystems._library import library
from studio.export.ecosystems._papers import licences, readmes, sbom
from studio.export.ecosystems._shape import Ecosystem, Material
from studio.export.manifest import MANIFEST, Manifest
from studio.export.opened import MODEL
from studio.export.part import Draft, Member
from studio.registry import Registry

__all__ = ["ECOSYSTEMS", "assemble_for", "check_suits", "write_for"]

ECOSYSTEMS: Registry[Ecosystem] = Registry("studio.export.ecosystems")

_RUN_PROGRAMS = (DeviceKind.LINUX_BOARD, DeviceKind.COMPUTER)
_NO_CODE = CCode(prefix="", files={}, proof={}, why="none was asked for.")
_ONNX = "model/model_float32.onnx"
_SHARED = ("answer", "golden", "model", "pictures", "preprocessing", "report_html", "report_json")
"""Parts of every bundle that an ecosystem's zip has as well, under the same names."""


def write_for(contents: BundleContents, ecosystem: str, out: Path) -> BundleSummary:
    """Write a model for a build system as a zip: whole, or not at all.

    Args:
        contents: What it is made of; needs ``code`` and ``build``.
        ecosystem: An id of `ECOSYSTEMS`.
        out: The zip to write; an existing file there is replaced at the very end.

    Raises:
        ExportError: ``export.unknown_ecosystem``, ``export.not_for_device``, ``export.no_code``,
            and as `studio.export.write_bundle`; ``out`` is as it was.
        ModelError: if the reference interpreter cannot run the int8 model.
    """
    files = assemble_for(contents, ecosystem)
    content = zip_bytes(files)
    write_whole(content, out)
    return BundleSummary(
        path=str(out),
        size_bytes=len(content),
        digest=hashlib.sha256(content).hexdigest(),
        names=tuple(sorted(files)),
    )


def assemble_for(contents: BundleContents, ecosystem: str) -> dict[str, bytes]:
    """Return every file of the zip by name, all in one folder, the manifest among them."""
    chosen = _chosen(contents, ecosystem)
    draft = draft_of(contents)
    code = chosen.stands_in(draft) if chosen.stands_in else contents.code or _NO_CODE
    material = Material(draft=draft, code=code, target=contents.build, folder=draft.safe_name)
    files = {member.name: member.content for member in _members(chosen, material)}
    files[MANIFEST] = Manifest.of(contents, files, ecosystem=chosen.id).as_bytes()
    return {f"{material.folder}/{name}": content for name, content in files.items()}


def check_suits(id: str, device: Device) -> Ecosystem:
    """Return an ecosystem that takes a device.

    Raises:
        ExportError: ``export.unknown_ecosystem``, ``export.not_for_device``.
    """
    if id not in ECOSYSTEMS:
        raise ExportError(
            f"Nothing is known of {id!r}.",
            f"Choose one of: {', '.join(ECOSYSTEMS)}.",
            code="export.unknown_ecosystem",
        )
    chosen = ECOSYSTEMS[id]
    why = chosen.why_not(device)
    if why := why or _wrong_kind(chosen, device):
        raise ExportError(why, "Choose another form or device.", code="export.not_for_device")
    return chosen


def _wrong_kind(chosen: Ecosystem, device: Device) -> str:
    """Return why a device runs programs where C is wanted, or the other way round."""
    if chosen.stands_in:
        phone = device.kind is DeviceKind.PHONE
        return "" if phone else f"The {device.name} is no phone: this form is an app's sources."
    if not chosen.is_program and device.kind is not DeviceKind.MICROCONTROLLER:
        return f"The {device.name} is no microcontroller: it runs the model files as they are."
    if chosen.is_program and device.kind not in _RUN_PROGRAMS:
        return f"The {device.name} runs no Python: this form is for Linux boards and computers."
    return ""


def _chosen(contents: BundleContents, id: str) -> Ecosystem:
    chosen, device = check_suits(id, contents.device), contents.device
    if chosen.is_program or chosen.stands_in:
        return chosen
    if contents.code is None or contents.code.why:
        why = contents.code.why if contents.code else "none was made."
        raise ExportError(
            f"There is no C code for the {device.name}: {why}",
            "Export the usual bundle; it has the model files.",
            code="export.no_code",
        )
    return chosen


def _members(chosen: Ecosystem, material: Material) -> tuple[Member, ...]:
    material = replace(material, shared=tuple(_shared(material.draft, chosen)))
    made = [*material.shared]
    if not chosen.is_program:
        made += library(material)
    if not chosen.is_program and not chosen.stands_in:
        made += extras(material)
    made += chosen.make(material)
    made += [licences(chosen, material), sbom(chosen, material, made)]
    made += readmes(chosen, material, made)
    names = [member.name for member in made]
    if len(set(names)) != len(names):
        raise ValueError("two parts made a file of the same name")
    return tuple(made)


def _shared(draft: Draft, chosen: Ecosystem) -> Iterator[Member]:
    # Only the int8 model runs on a microcontroller; the others stay in the usual bundle.
    artifacts = draft.contents.candidate.artifacts
    kept = tuple(a for a in artifacts if a == draft.contents.int8 or _is_onnx(a, chosen))
    candidate = replace(draft.contents.candidate, artifacts=kept)
    small = replace(draft, contents=replace(draft.contents, candidate=candidate))
    for member in make_parts(small, [PARTS[id] for id in _SHARED]):
        assert not member.name.startswith("model/") or member.name in (MODEL, _ONNX)
        yield member


def _is_onnx(artifact: Artifact, chosen: Ecosystem) -> bool:
    """Tell whether a file is what a program's other runtime takes."""
    kind = (artifact.precision, artifact.format)
    return chosen.is_program and kind == (Precision.FLOAT32, ArtifactFormat.ONNX)

"""From contents to one zip laid out for a build system."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from studio.domain.device import Device, DeviceKind
from studio.domain.errors import ExportError
from studio.export.archive import write_whole, zip_bytes
from studio.export.bundle import PARTS, draft_of, make_parts
from studio.export.contents import BundleContents, BundleSummary
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
    assert contents.code is not None
    draft = draft_of(contents)
    material = Material(
        draft=draft, code=contents.code, target=contents.build, folder=draft.safe_name
    )
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
    if not why and device.kind is not DeviceKind.MICROCONTROLLER:
        why = f"The {device.name} is no microcontroller: it runs the model files as they are."
    if why:
        raise ExportError(why, "Choose another form or device.", code="export.not_for_device")
    return chosen


def _chosen(contents: BundleContents, id: str) -> Ecosystem:
    chosen, device = check_suits(id, contents.device), contents.device
    if contents.code is None or contents.code.why:
        why = contents.code.why if contents.code else "none was made."
        raise ExportError(
            f"There is no C code for the {device.name}: {why}",
            "Export the usual bundle; it has the model files.",
            code="export.no_code",
        )
    return chosen


def _members(chosen: Ecosystem, material: Material) -> tuple[Member, ...]:
    made = [*_shared(material.draft), *library(material), *extras(material)]
    made += chosen.make(material)
    made += [licences(material), sbom(material, made)]
    made += readmes(chosen, material, made)
    names = [member.name for member in made]
    if len(set(names)) != len(names):
        raise ValueError("two parts made a file of the same name")
    return tuple(made)


def _shared(draft: Draft) -> Iterator[Member]:
    # Only the int8 model runs on a microcontroller; the others stay in the usual bundle.
    kept = tuple(a for a in draft.contents.candidate.artifacts if a == draft.contents.int8)
    candidate = replace(draft.contents.candidate, artifacts=kept)
    small = replace(draft, contents=replace(draft.contents, candidate=candidate))
    for member in make_parts(small, [PARTS[id] for id in _SHARED]):
        assert not member.name.startswith("model/") or member.name == MODEL
        yield member

"""From contents to a bundle on disk."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby
from pathlib import Path

from studio.export.archive import write_whole, zip_bytes
from studio.export.contents import BundleContents, BundleSummary
from studio.export.golden import check_prepared
from studio.export.golden_run import reference_outputs
from studio.export.manifest import MANIFEST, Manifest
from studio.export.part import Draft, Member, Part
from studio.export.preprocess import for_int8
from studio.registry import Registry

__all__ = ["PARTS", "assemble", "draft_of", "make_parts", "write_bundle"]

PARTS: Registry[Part] = Registry("studio.export.parts")


def write_bundle(contents: BundleContents, out: Path) -> BundleSummary:
    """Write the bundle as a zip: whole, or not at all.

    Args:
        contents: What it is made of.
        out: The zip to write; an existing file there is replaced at the very end.

    Returns:
        What was written.

    Raises:
        ExportError: ``export.disk_full``, ``export.cannot_write``, or, where the device could
            not prepare its inputs as the studio did, ``export.preprocessing`` or
            ``export.preprocessing_differs``; ``out`` is as it was.
        ModelError: if the reference interpreter cannot run the int8 model.
    """
    files = assemble(contents)
    content = zip_bytes(files)
    write_whole(content, out)
    return BundleSummary(
        path=str(out),
        size_bytes=len(content),
        digest=hashlib.sha256(content).hexdigest(),
        names=tuple(sorted(files)),
    )


def assemble(contents: BundleContents) -> dict[str, bytes]:
    """Return every file of the bundle by name, the manifest among them.

    The golden outputs are made here, by the same reference kernels that verification uses.
    """
    draft = draft_of(contents)
    files = {member.name: member.content for member in make_parts(draft, PARTS.values())}
    manifest = Manifest.of(contents, files)
    return {**files, MANIFEST: manifest.as_bytes()}


def draft_of(contents: BundleContents) -> Draft:
    """Return a bundle without files: its golden inputs, and outputs by the reference kernels.

    Raises:
        ExportError: ``export.preprocessing``, ``export.preprocessing_differs``.
        ModelError: if the reference interpreter cannot run the int8 model.
    """
    check_prepared(contents)
    inputs = for_int8(contents.golden_inputs)
    outputs = reference_outputs(contents.files[contents.int8.digest], inputs)
    if outputs.shape[1] != (1 if contents.target else len(contents.candidate.classes)):
        raise ValueError("the int8 model has another number of outputs than there are answers")
    return Draft(contents=contents, inputs=inputs, outputs=outputs)


def make_parts(draft: Draft, parts: Iterable[Part]) -> tuple[Member, ...]:
    """Return the files of all parts; later parts see what earlier ones made."""

    def order(part: Part) -> int:
        return part.order

    for _, group in groupby(sorted(parts, key=order), key=order):
        new = [member for part in group for member in part.make(draft)]
        draft = replace(draft, made=(*draft.made, *new))
    names = [member.name for member in draft.made]
    if len(set(names)) != len(names):
        raise ValueError("two parts made a file of the same name")
    return draft.made

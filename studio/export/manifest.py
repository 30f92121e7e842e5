"""The bundle's table of contents: what is inside, with digests, and where it came from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from studio.domain.errors import BundleError
from studio.export.contents import BundleContents
from studio.export.schema import Check, check, is_count, is_digest, is_text, mapping, record

__all__ = ["FORMAT", "MANIFEST", "FileFacts", "Manifest", "as_json_bytes", "read_json"]

MANIFEST = "manifest.json"
FORMAT = 2
"""1 knew pictures and classes only; 2 since 2026-11, with rows, windows and amounts."""
FORMAT_LAID_OUT = 3
"""A bundle laid out for a build system; it says which."""

_KIND = "edge-automl-studio-bundle"

_FIELDS: dict[str, Check] = {
    "kind": is_text,
    "format": is_count,
    "title": is_text,
    "files": mapping(record({"sha256": is_digest, "size": is_count})),
    "candidate": record({"id": is_count, "task": is_text, "space": is_text}, more=True),
    "device": record({"id": is_text, "name": is_text}, more=True),
    "dataset": record({"digest": is_digest, "seed": is_count}, more=True),
    "versions": mapping(is_text),
    "seal": is_digest,
}
_SCHEMA: Check = record(_FIELDS)
_OF_ECOSYSTEM: Check = record({**_FIELDS, "ecosystem": is_text})


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFacts:
    """Digest and length of one file."""

    sha256: str
    size: int

    @classmethod
    def of(cls, content: bytes) -> FileFacts:
        """Return the facts of this content."""
        return cls(sha256=hashlib.sha256(content).hexdigest(), size=len(content))


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """The content of ``manifest.json``.

    The seal is a SHA-256 over everything else in it. It finds damage, not forgery: whoever
    changes the manifest on purpose can renew it. That is what the golden vectors are for.
    """

    title: str
    files: Mapping[str, FileFacts]
    format: int = FORMAT
    candidate: Mapping[str, Any]
    device: Mapping[str, Any]
    dataset: Mapping[str, Any]
    versions: Mapping[str, str]
    ecosystem: str = ""

    @classmethod
    def of(
        cls, contents: BundleContents, files: Mapping[str, bytes], ecosystem: str = ""
    ) -> Manifest:
        """Return the manifest of a bundle with these other files, maybe for a build system."""
        candidate, device = contents.candidate, contents.device
        return cls(
            title=contents.project_title,
            files={name: FileFacts.of(content) for name, content in files.items()},
            candidate={
                "id": candidate.id,
                "task": candidate.task,
                "space": candidate.space,
                "trial": candidate.trial,
                "parameters": candidate.parameters,
                "hyperparameters": candidate.hyperparameters,
                "classes": list(candidate.classes),
                "weights_sha256": candidate.weights_digest,
            },
            device={
                "id": device.id,
                "name": device.name,
                "vendor": device.vendor,
                "kind": str(device.kind),
                "core": device.core,
            },
            dataset={"digest": contents.dataset.digest, "seed": contents.dataset.seed},
            versions=dict(contents.versions),
            ecosystem=ecosystem,
            format=FORMAT_LAID_OUT if ecosystem else FORMAT,
        )

    def as_bytes(self) -> bytes:
        """Return the file, seal included."""
        body = {
            "kind": _KIND,
            "format": self.format,
            "title": self.title,
            "files": {n: {"sha256": f.sha256, "size": f.size} for n, f in self.files.items()},
            "candidate": self.candidate,
            "device": self.device,
            "dataset": self.dataset,
            "versions": self.versions,
            **({"ecosystem": self.ecosystem} if self.ecosystem else {}),
        }
        # The seal is over what a reader will read: JSON knows no tuples, UTF-8 no half letters.
        body = json.loads(as_json_bytes(body))
        return as_json_bytes({**body, "seal": _seal(body)})

    @classmethod
    def read(cls, content: bytes) -> Manifest:
        """Read and check ``manifest.json`` from a stranger.

        Raises:
            BundleError: ``bundle.not_a_bundle``, ``bundle.too_new`` or ``bundle.damaged``.
        """
        data = read_json(content, MANIFEST)
        if not isinstance(data, dict) or data.get("kind") != _KIND:
            raise not_a_bundle("its manifest.json is of something else")
        if isinstance(data.get("format"), int) and data["format"] > FORMAT_LAID_OUT:
            raise BundleError(
                "This bundle was made by a newer version of the studio.",
                f"Update the studio (format {data['format']}; this version reads"
                f" {FORMAT_LAID_OUT}).",
                code="bundle.too_new",
            )
        check(data, _OF_ECOSYSTEM if data.get("format") == FORMAT_LAID_OUT else _SCHEMA, MANIFEST)
        if _seal({key: value for key, value in data.items() if key != "seal"}) != data["seal"]:
            raise damaged("manifest.json was changed after it was written")
        kept = ("title", "format", "candidate", "device", "dataset", "versions")
        files = {name: FileFacts(**facts) for name, facts in data["files"].items()}
        told = {key: data[key] for key in kept}
        return cls(files=files, ecosystem=data.get("ecosystem", ""), **told)


def as_json_bytes(data: object) -> bytes:
    """Return readable, sorted JSON in UTF-8 that ends with a line end."""
    text = json.dumps(data, ensure_ascii=False, indent=2, sort_keys=True, allow_nan=False)
    return text.encode("utf-8", errors="replace") + b"\n"


def read_json(content: bytes, name: str) -> Any:
    """Parse JSON from a stranger.

    Raises:
        BundleError: ``bundle.damaged``, also for a name given twice or a nesting too deep.
    """
    try:
        return json.loads(
            content.decode("utf-8"), object_pairs_hook=_unique, parse_constant=_no_constant
        )
    except (ValueError, RecursionError) as error:
        raise damaged(f"{name} is not readable as JSON") from error


def damaged(what: str) -> BundleError:
    """Return the error for a bundle whose content is broken."""
    return BundleError(
        f"The bundle is damaged: {what}.", "Ask for the bundle again.", code="bundle.damaged"
    )


def not_a_bundle(why: str) -> BundleError:
    """Return the error for something that never was a bundle."""
    return BundleError(
        f"This is not a bundle of the studio: {why}.",
        "Give the zip that the studio exported, or the folder it was unpacked into.",
        code="bundle.not_a_bundle",
    )


def _seal(body: Mapping[str, Any]) -> str:
    try:
        text = json.dumps(body, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    except RecursionError as error:
        raise damaged(f"{MANIFEST} is nested too deep") from error
    return hashlib.sha256(text.encode()).hexdigest()


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name is given twice")
    return found


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")

"""Bytes under their SHA-256, verified whenever they are read."""

from __future__ import annotations

import hashlib

from studio.domain.errors import ProjectError
from studio.store.project_file import ProjectFile

__all__ = ["digest_of", "get", "put"]


def digest_of(content: bytes) -> str:
    """Return the SHA-256 of some bytes, hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def put(project: ProjectFile, content: bytes) -> str:
    """Keep bytes (once, however often they come) and return their digest."""
    digest = digest_of(content)
    project.execute(
        "INSERT INTO blobs VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        (digest, len(content), content),
    )
    return digest


def get(project: ProjectFile, digest: str) -> bytes:
    """Return bytes by digest.

    Raises:
        ProjectError: ``project.blob_missing``, or ``project.blob_damaged`` when what is
            stored no longer has this digest.
    """
    content = project.value("SELECT content FROM blobs WHERE digest = ?", (digest,))
    if not isinstance(content, bytes):
        raise ProjectError(
            f"{project.path.name} lacks a part ({digest[:12]}).",
            "Import the original again or open a backup.",
            code="project.blob_missing",
        )
    if digest_of(content) != digest:
        raise ProjectError(
            f"A part of {project.path.name} is damaged ({digest[:12]}).",
            "Import the original again or open a backup.",
            code="project.blob_damaged",
        )
    return content

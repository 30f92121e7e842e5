"""Bytes under their SHA-256, verified whenever they are read.

A linked original has a row too, with its size and no content: its bytes stay where
``samples.link`` says.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from studio.domain.errors import ProjectError
from studio.store.outside import read_original, why_not
from studio.store.project_file import ProjectFile

__all__ = ["digest_of", "get", "put", "put_all"]


def digest_of(content: bytes) -> str:
    """Return the SHA-256 of some bytes, hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def put(project: ProjectFile, content: bytes) -> str:
    """Keep bytes (once, however often they come) and return their digest."""
    return put_all(project, [(content, None)])[0]


def put_all(project: ProjectFile, items: Sequence[tuple[bytes, Path | None]]) -> list[str]:
    """Keep bytes, or only the digest and size of those that are linked.

    Args:
        project: Where to.
        items: Bytes, and where the original stays or None to keep a copy.

    Returns:
        The digest of each.
    """
    digests = [digest_of(content) for content, _ in items]
    project.executemany(
        # A copy takes the place of a link, and good bytes that of damaged ones.
        "INSERT INTO blobs VALUES (?, ?, ?) ON CONFLICT DO UPDATE"
        " SET content = excluded.content, size = excluded.size WHERE blobs.content"
        " IS NOT excluded.content AND excluded.content <> x''",
        [
            (digest, len(content), content if link is None else b"")
            for digest, (content, link) in zip(digests, items, strict=True)
        ],
    )
    return digests


def get(project: ProjectFile, digest: str) -> bytes:
    """Return bytes by digest, of a link those of the original.

    Raises:
        ProjectError: ``project.blob_missing``, or ``project.blob_damaged`` when what is
            stored no longer has this digest; of a link ``project.link_missing`` or
            ``project.link_changed``.
    """
    row = project.row("SELECT size, content FROM blobs WHERE digest = ?", (digest,))
    if row is None or not isinstance(row["content"], bytes):
        raise ProjectError(
            f"{project.path.name} lacks a part ({digest[:12]}).",
            "Import the original again or open a backup.",
            code="project.blob_missing",
        )
    content: bytes = row["content"]
    if not content and row["size"]:
        return _linked(project, digest, row["size"])
    if digest_of(content) != digest:
        raise ProjectError(
            f"A part of {project.path.name} is damaged ({digest[:12]}).",
            "Import the original again or open a backup.",
            code="project.blob_damaged",
        )
    return content


def _linked(project: ProjectFile, digest: str, size: int) -> bytes:
    """Return the bytes of an original that stayed outside, if they are still the same."""
    sql = "SELECT link FROM samples WHERE digest = ? AND link IS NOT NULL ORDER BY id"
    links = [str(row["link"]) for row in project.rows(sql, (digest,))]
    for link in links:
        content = read_original(link, size, digest)
        if content is not None:
            return content
    if not links:
        raise ProjectError(
            f"The project does not say where an original is ({digest[:12]}).",
            "Import it again.",
            code="project.link_missing",
        )
    why = [why_not(link, size, digest) or "It cannot be read." for link in links]
    changed = next((i for i, text in enumerate(why) if "changed" in text), None)
    named = links[changed or 0]
    raise ProjectError(
        f"The linked original {named} cannot be used: {why[changed or 0].rstrip('.').lower()}.",
        "Put it back where it was, let the studio look for it (`relink`), or import it again.",
        code="project.link_missing" if changed is None else "project.link_changed",
    )

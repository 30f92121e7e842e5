"""What of a bundle's files is a program for Linux, and what that needs."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from studio.domain.errors import DeployError

__all__ = ["Layout", "layout_of"]

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,99}", re.A)
_PROJECT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}", re.A)
_REQUIREMENT = re.compile(r"[A-Za-z0-9][\w.\[\],<>=!~ ;'\"()-]{0,199}", re.A)
_MAIN = re.compile(r"(?P<source>src/)?(?P<package>[^/]+)/__main__\.py")
_LARGEST = 1 << 20
_OLDEST = (3, 8)
"""What the program that prepares the device needs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """A Python program in a bundle.

    Attributes:
        name: Of the project; the folder on the device is called so.
        package: Of which ``python -m PACKAGE selftest`` is the self-test.
        source: The folder the package lies in.
        requires: Packages it needs, as pyproject.toml says.
        python: The oldest Python it runs on.
    """

    name: str
    package: str
    source: str
    requires: tuple[str, ...]
    python: tuple[int, int] = _OLDEST


def layout_of(files: Mapping[str, bytes]) -> Layout:
    """Return the program in a bundle's files, a stranger's.

    Raises:
        DeployError: ``deploy.no_program`` for a bundle of another form.
    """
    found = [match for name in sorted(files) if (match := _MAIN.fullmatch(name))]
    content = files.get("pyproject.toml", b"")
    if len(found) != 1 or not _NAME.fullmatch(found[0]["package"]) or len(content) > _LARGEST:
        raise _no_program()
    project = _project(content)
    name = str(project.get("name", ""))
    requires = project.get("dependencies", [])
    if not _PROJECT.fullmatch(name) or not isinstance(requires, list):
        raise _no_program()
    if not all(isinstance(one, str) and _REQUIREMENT.fullmatch(one) for one in requires):
        raise _no_program()
    source = (found[0]["source"] or ".").rstrip("/")
    return Layout(
        name=name,
        package=found[0]["package"],
        source=source,
        requires=tuple(requires),
        python=_python(str(project.get("requires-python", ""))),
    )


def _python(wanted: str) -> tuple[int, int]:
    found = re.search(r">=\s*(\d{1,2})\.(\d{1,3})", wanted, re.A)
    return max(_OLDEST, (int(found[1]), int(found[2]))) if found else _OLDEST


def _project(content: bytes) -> Mapping[str, Any]:
    try:
        project = tomllib.loads(content.decode("utf-8")).get("project")
    except (ValueError, RecursionError) as error:
        raise _no_program() from error
    if not isinstance(project, dict):
        raise _no_program()
    return project


def _no_program() -> DeployError:
    return DeployError(
        "This bundle holds no Python program that could run on a device with Linux.",
        "Export it again with --as python.",
        code="deploy.no_program",
    )

"""The one plug-in mechanism: a package whose modules each define ``ENTRY``.

Adding an importer, a task, a runtime, a sub-command or a page is adding one module; nothing
else lists it. A module whose name begins with an underscore is a helper, not an entry.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Generic, Protocol, TypeVar

__all__ = ["Named", "Registry"]


class Named(Protocol):
    """What every entry has: the id it is asked for by."""

    @property
    def id(self) -> str: ...


T = TypeVar("T", bound=Named)


class Registry(Mapping[str, T], Generic[T]):
    """The entries of one package, by id, in the order of their module names.

    Args:
        package: Dotted name, for example ``"studio.importers"``.

    Modules are imported on first use, so building a registry costs nothing.
    """

    def __init__(self, package: str) -> None:
        self.package = package

    @cached_property
    def _entries(self) -> dict[str, T]:
        found: dict[str, T] = {}
        package = importlib.import_module(self.package)
        for module in sorted(pkgutil.iter_modules(package.__path__), key=lambda info: info.name):
            if module.name.startswith("_"):
                continue
            entry = getattr(importlib.import_module(f"{self.package}.{module.name}"), "ENTRY", None)
            if entry is None:
                continue
            if entry.id in found:
                raise ValueError(f"{self.package}: two entries are called {entry.id!r}")
            found[entry.id] = entry
        return found

    def __getitem__(self, id: str) -> T:
        return self._entries[id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

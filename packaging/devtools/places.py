"""Where things lie in a checkout."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

__all__ = ["CHECKOUT", "CannotGoOn", "Checkout"]


class CannotGoOn(Exception):
    """A reason to stop, in one sentence for the person."""


@dataclass(frozen=True)
class Checkout:
    """A checkout and the environment inside it."""

    root: Path

    @property
    def environment(self) -> Path:
        """The virtual environment's folder."""
        return self.root / ".venv"

    @property
    def scripts(self) -> Path:
        """The environment's folder of programs."""
        return self.environment / ("Scripts" if os.name == "nt" else "bin")

    @property
    def python(self) -> Path:
        """The environment's interpreter."""
        return self.scripts / ("python.exe" if os.name == "nt" else "python")

    @property
    def stamp(self) -> Path:
        """Says what was installed; written last."""
        return self.environment / "studio-setup.json"

    @property
    def half_done(self) -> Path:
        """Exists while pip changes the environment."""
        return self.environment / "studio-setup.unfinished"

    @property
    def log(self) -> Path:
        """Pip's own words."""
        return self.environment / "studio-setup.log"

    @property
    def requirements(self) -> Path:
        """The folder of the lock files."""
        return self.root / "packaging" / "requirements"


CHECKOUT = Checkout(Path(__file__).resolve().parents[2])

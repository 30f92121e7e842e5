"""What a part of a bundle is: a module of `studio.export.parts` with an ``ENTRY``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from studio.export.contents import BundleContents
from studio.export.names import name_fault
from studio.runtimes.tflite_file import Tensor, read_model

__all__ = ["Draft", "Member", "Part"]

Int8Array = npt.NDArray[np.int8]


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One file of a bundle.

    Attributes:
        name: Its path inside, with forward slashes.
        content: Its bytes.
        about: What it is, one phrase for the bundle's README.
    """

    name: str
    content: bytes
    about: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A bundle in the making.

    Attributes:
        contents: What the session handed over.
        inputs: Golden inputs as the int8 model takes them, int8 ``(N, *shape)``.
        outputs: What the reference kernels answer, int8 ``(N, classes)``, or ``(N, 1)`` for an
            amount.
        made: Files of the parts that came before.
    """

    contents: BundleContents
    inputs: Int8Array
    outputs: Int8Array
    made: tuple[Member, ...] = ()

    @property
    def model(self) -> bytes:
        """The int8 TensorFlow Lite file."""
        return self.contents.files[self.contents.int8.digest]

    @property
    def output(self) -> Tensor:
        """The int8 model's output tensor."""
        return read_model(self.model).outputs[0]

    @property
    def safe_name(self) -> str:
        """The project's title as a name for folders and sketches: letters, digits, ``_``."""
        words = re.findall(r"[A-Za-z0-9]+", self.contents.project_title)
        name = "_".join(words)[:40].strip("_") or "model"
        return f"sketch_{name}" if name_fault(name) else name

    def named(self, prefix: str) -> tuple[Member, ...]:
        """Return the files made so far whose name begins like this."""
        return tuple(member for member in self.made if member.name.startswith(prefix))


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of a bundle; deleting its module deletes it from every bundle.

    Attributes:
        id: Its name.
        make: Returns its files; none at all when the part does not apply.
        order: Parts with a higher number see the files of those with a lower one.
    """

    id: str
    make: Callable[[Draft], Iterable[Member]]
    order: int = 0

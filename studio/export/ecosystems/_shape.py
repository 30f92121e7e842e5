"""What an ecosystem is, and what it is given to work with."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from studio.domain.device import Device
from studio.domain.preprocessing import ImagePreprocessing, SignalPreprocessing
from studio.export.carray import template
from studio.export.contents import BuildTarget, CCode
from studio.export.escaping import c_comment
from studio.export.part import Draft, Member

__all__ = ["Ecosystem", "Material", "Need"]


@dataclass(frozen=True, kw_only=True)
class Material:
    """A bundle in the making, as the ecosystems see it.

    Attributes:
        draft: Contents, golden inputs and outputs.
        code: The model as C.
        target: How its device's core is compiled for and emulated.
        folder: The one folder at the top of the zip.
        shared: The files that every zip has, whatever its form.
    """

    draft: Draft
    code: CCode
    target: BuildTarget
    folder: str
    shared: tuple[Member, ...] = ()

    @property
    def prefix(self) -> str:
        """Of the public names of the generated C."""
        return self.code.prefix

    @property
    def device(self) -> Device:
        """The device it is for."""
        return self.draft.contents.device

    @property
    def is_of_pictures(self) -> bool:
        """Whether samples are pictures."""
        return isinstance(self.draft.contents.preprocessing, ImagePreprocessing)

    @property
    def is_of_signals(self) -> bool:
        """Whether samples are windows of a recording."""
        return isinstance(self.draft.contents.preprocessing, SignalPreprocessing)

    @cached_property
    def words(self) -> dict[str, Any]:
        """What every template may ask for; safe in C comments, CMake, YAML and file names."""
        return {
            "prefix": self.prefix,
            "macro": self.prefix.upper(),
            "folder": self.folder,
            "title": c_comment(self.draft.contents.project_title),
            "device": c_comment(self.device.name),
            "device_id": self.device.id,
            "candidate": self.draft.contents.candidate.id,
            "version": f"1.0.{self.draft.contents.candidate.id}",
        }

    def filled(self, name: str, **more: object) -> str:
        """Return a template of ``assets/templates`` with `words` and more filled in."""
        return template(name).substitute({**self.words, **more})


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """A library that is not inside, and is installed where the zip is used.

    Attributes:
        name: On the Python Package Index.
        versions: Which, as pip takes them.
        licence: SPDX expression.
        extra: What it is asked for by; empty where it is always needed.
    """

    name: str
    versions: str
    licence: str
    extra: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ecosystem:
    """One build system's way to take a model.

    Attributes:
        id: What it is asked for by, for example ``esp-idf``.
        title: Its name, for people.
        make: Returns the files it adds to those all ecosystems carry; names below the folder.
        why_not: Says in a sentence why a device is none of its, or nothing.
        readme: Folder of ``assets/templates`` with ``readme.md.txt``, how it is built, and
            ``built.md.txt``, what tests of the studio do with such a zip and what they do not;
            both also with ``_ko``.
        words: What its README says besides `Material.words`, by blank.
        is_program: Whether it runs the model files on an operating system, instead of C on a
            microcontroller.
        paper: Folder of ``assets/templates`` with the whole README and ``licenses.txt``.
        needs: Libraries that are installed with it.
        stands_in: Returns the C that stands in the model's place where an app's runtime runs it;
            None where the model is generated C, or there is no C at all.
    """

    id: str
    title: str
    make: Callable[[Material], Iterable[Member]]
    readme: str
    why_not: Callable[[Device], str] = lambda device: ""
    words: Callable[[Material], dict[str, str]] = lambda material: {}
    is_program: bool = False
    paper: str = "library"
    needs: tuple[Need, ...] = ()
    stands_in: Callable[[Draft], CCode] | None = None

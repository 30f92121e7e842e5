"""Records that become plain JSON and come back, checked field by field."""

from __future__ import annotations

import dataclasses
import math
import types
import typing
from enum import StrEnum
from typing import Any, Self

__all__ = ["Plain"]


class Plain:
    """What a frozen dataclass inherits to get a plain form.

    Fields are numbers, texts, `StrEnum` members, other records, tuples and dictionaries with
    text keys of these, or None. What came from a file is as hostile as the file: a missing
    field without a default, an unknown one, a wrong type and a number that is not finite are
    all refused.
    """

    __slots__ = ()

    def as_json(self) -> dict[str, Any]:
        """Return the plain form."""
        return {field.name: _plain(getattr(self, field.name)) for field in _fields(type(self))}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """Rebuild from `as_json`.

        Raises:
            ValueError: on anything the record cannot be.
        """
        if not isinstance(data, dict):
            raise ValueError(f"{cls.__name__} is made of named fields")
        hints = typing.get_type_hints(cls)
        fields = {field.name for field in _fields(cls)}
        if not data.keys() <= fields:
            raise ValueError(f"{cls.__name__} has no field {sorted(data.keys() - fields)[0]!r}")
        try:
            return cls(**{name: _typed(hints[name], value) for name, value in data.items()})
        except TypeError as error:
            raise ValueError(str(error)) from error


def _fields(cls: type[Plain]) -> tuple[dataclasses.Field[Any], ...]:
    return dataclasses.fields(cls)  # type: ignore[arg-type]


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return str(value)
    if isinstance(value, int | float):
        return _finite(value)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {str(name): _plain(item) for name, item in value.items()}
    if isinstance(value, Plain):
        return value.as_json()
    raise TypeError(f"{type(value).__name__} has no plain form")


def _finite(value: int | float) -> int | float:
    if not math.isfinite(value):
        raise ValueError("a number of a record is finite")
    return int(value) if isinstance(value, int) else float(value)


def _typed(hint: Any, value: Any) -> Any:
    """Return a plain value as its field wants it."""
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin in (types.UnionType, typing.Union):
        return _one_of(inner, value)
    if origin is tuple:
        return _tuple(inner, value)
    if origin is dict and isinstance(value, dict):
        return {_typed(str, name): _typed(inner[1], item) for name, item in value.items()}
    return _single(hint, value)


def _single(hint: Any, value: Any) -> Any:
    if hint is float and type(value) in (int, float):
        return float(_finite(value))
    if hint is type(None) and value is None:
        return None
    if hint in (int, str, bool) and type(value) is hint:
        return value
    if isinstance(hint, type) and issubclass(hint, StrEnum) and isinstance(value, str):
        return hint(value)
    if isinstance(hint, type) and issubclass(hint, Plain):
        return hint.from_json(value)
    raise ValueError(f"{value!r:.40} does not belong here")


def _one_of(hints: tuple[Any, ...], value: Any) -> Any:
    for hint in hints:
        try:
            return _typed(hint, value)
        except ValueError as error:
            failure = error
    raise failure


def _tuple(inner: tuple[Any, ...], value: Any) -> tuple[Any, ...]:
    if not isinstance(value, list | tuple):
        raise ValueError("a list is wanted")
    if inner[-1] is ...:
        return tuple(_typed(inner[0], item) for item in value)
    if len(inner) != len(value):
        raise ValueError("the list has another length")
    return tuple(_typed(hint, item) for hint, item in zip(inner, value, strict=True))

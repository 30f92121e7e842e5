"""JSON Schema, as far as our own schema files use it, as checks of `studio.export.schema`.

A schema is ours, never a stranger's: a keyword that is not known here is a mistake of ours.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from studio.export.names import shown
from studio.export.schema import Check
from studio.resources import assets

__all__ = ["compiled", "load_schema"]

_IGNORED = {"title", "description", "$defs"}
_TYPES: Mapping[str, tuple[str, Callable[[object], bool]]] = {
    "object": ("an object", lambda value: isinstance(value, dict)),
    "array": ("a list", lambda value: isinstance(value, list)),
    "string": ("a text", lambda value: isinstance(value, str)),
    "boolean": ("true or false", lambda value: isinstance(value, bool)),
    "null": ("empty", lambda value: value is None),
    "integer": ("a whole number", lambda value: _is_number(value) and isinstance(value, int)),
    "number": ("a number", lambda value: _is_number(value)),
}


@cache
def load_schema(name: str) -> Check:
    """Return the check that a schema file of the templates stands for."""
    return compiled(json.loads((assets() / "templates" / name).read_text(encoding="utf-8")))


def compiled(root: Mapping[str, Any]) -> Check:
    """Return the check of a schema.

    Raises:
        ValueError: if it uses a keyword that is not known here, or a reference to nothing.
    """
    definitions: dict[str, Check] = {}
    for name, schema in root.get("$defs", {}).items():
        definitions[name] = _made(schema, definitions)
    return _made(root, definitions)


def _made(schema: Mapping[str, Any], known: Mapping[str, Check]) -> Check:
    """Return the check of one schema; what it refers to is defined before it."""
    if "$ref" in schema:
        name = schema["$ref"].removeprefix("#/$defs/")
        if name not in known:
            raise ValueError(f"{name} is not defined")
        return known[name]
    rules = {keyword: wanted for keyword, wanted in schema.items() if keyword not in _IGNORED}
    if unknown := rules.keys() - _KEYWORDS.keys():
        raise ValueError(f"{sorted(unknown)[0]} is not known")
    # How many there are before what each is, or a long list costs as long as it is.
    ordered = sorted(rules.items(), key=lambda rule: rule[0] in ("items", "properties", "oneOf"))
    checks = [_KEYWORDS[keyword](wanted, known) for keyword, wanted in ordered]

    def wrong(value: object) -> str:
        return next((said for check in checks if (said := check(value))), "")

    return wrong


# Each keyword judges only the type it is about, as JSON Schema has it.


def _type(wanted: str, _: Mapping[str, Check]) -> Check:
    name, fits = _TYPES[wanted]
    return lambda value: "" if fits(value) else f"is not {name}"


def _enum(wanted: list[Any], _: Mapping[str, Check]) -> Check:
    # True equals 1 in Python, not in JSON.
    def fits(value: object) -> bool:
        return any(type(value) is type(one) and value == one for one in wanted)

    return lambda value: "" if fits(value) else f"is none of {wanted}"


def _const(wanted: Any, known: Mapping[str, Check]) -> Check:
    return _enum([wanted], known)


def _required(wanted: list[str], _: Mapping[str, Check]) -> Check:
    def wrong(value: object) -> str:
        missing = [name for name in wanted if isinstance(value, dict) and name not in value]
        return f".{missing[0]} is missing" if missing else ""

    return wrong


def _properties(wanted: Mapping[str, Any], known: Mapping[str, Check]) -> Check:
    checks = {name: _made(schema, known) for name, schema in wanted.items()}

    def wrong(value: object) -> str:
        if not isinstance(value, dict):
            return ""
        # The kind first: of several forms, the one meant is the one whose kind is right.
        if "kind" in checks and (said_kind := checks["kind"](value.get("kind"))):
            return f".kind {said_kind}"
        if unknown := sorted(value.keys() - checks.keys()):
            return f"has {shown(unknown[0])}, which is not known"
        said = ((name, checks[name](item)) for name, item in value.items())
        return next((_inside(f".{name}", why) for name, why in said if why), "")

    return wrong


def _additional(wanted: bool, _: Mapping[str, Check]) -> Check:
    if wanted:
        raise ValueError("our objects have no other fields than they name")
    return lambda value: ""


def _items(wanted: Mapping[str, Any], known: Mapping[str, Check]) -> Check:
    check = _made(wanted, known)

    def wrong(value: object) -> str:
        said = ((i, check(item)) for i, item in enumerate(value if isinstance(value, list) else ()))
        return next((_inside(f"[{i}]", why) for i, why in said if why), "")

    return wrong


def _one_of(wanted: list[Any], known: Mapping[str, Check]) -> Check:
    checks = [_made(schema, known) for schema in wanted]

    def wrong(value: object) -> str:
        said = [check(value) for check in checks]
        if "" in said:
            return ""
        return next((why for why in said if not why.startswith((".kind", "is not "))), said[-1])

    return wrong


def _limit(kind: type, fits: Callable[[Any, Any], bool], words: str) -> Callable[..., Check]:
    def make(wanted: Any, _: Mapping[str, Check]) -> Check:
        def wrong(value: object) -> str:
            about = _is_number(value) if kind is float else isinstance(value, kind)
            return f"is {words} {wanted}" if about and not fits(value, wanted) else ""

        return wrong

    return make


def _is_number(value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return isinstance(value, int) or math.isfinite(value)


def _inside(where: str, said: str) -> str:
    return f"{where}{said}" if said[0] in ".[" else f"{where} {said}"


_KEYWORDS: Mapping[str, Callable[[Any, Mapping[str, Check]], Check]] = {
    "type": _type,
    "enum": _enum,
    "const": _const,
    "required": _required,
    "properties": _properties,
    "additionalProperties": _additional,
    "items": _items,
    "oneOf": _one_of,
    "minimum": _limit(float, lambda value, end: value >= end, "below"),
    "maximum": _limit(float, lambda value, end: value <= end, "above"),
    "minItems": _limit(list, lambda value, end: len(value) >= end, "shorter than"),
    "maxItems": _limit(list, lambda value, end: len(value) <= end, "longer than"),
    "minLength": _limit(str, lambda value, end: len(value) >= end, "shorter than"),
    "maxLength": _limit(str, lambda value, end: len(value) <= end, "longer than"),
}

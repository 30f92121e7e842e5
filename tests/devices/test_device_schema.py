"""``assets/devices.schema.json`` and the checker: what one refuses the other refuses."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.devices import catalogue, own_device, shape
from studio.domain.errors import DeviceError
from studio.resources import assets

SCHEMA = json.loads((assets() / "devices.schema.json").read_text("utf-8"))
_TYPES = {"string": str, "integer": int, "array": list, "object": dict}


def _same(one: Any, other: Any) -> bool:
    return type(one) is type(other) and one == other


def allows(rule: Mapping[str, Any], value: Any) -> bool:
    """Whether JSON Schema 2020-12 allows a value; those of its words that the schema uses.

    A whole number is what TOML calls an integer: neither 1.0 nor true.
    """
    return all(_WORDS[word](told, value, rule) for word, told in rule.items() if word in _WORDS)


def _is_type(told: str, value: Any, rule: Any) -> bool:
    return isinstance(value, _TYPES[told]) and not isinstance(value, bool)


def _properties(told: Mapping[str, Any], value: Any, rule: Any) -> bool:
    if not isinstance(value, dict):
        return True
    return all(allows(told[name], one) for name, one in value.items() if name in told)


def _no_others(told: bool, value: Any, rule: Mapping[str, Any]) -> bool:
    return told or not isinstance(value, dict) or set(value) <= set(rule["properties"])


def _condition(told: Mapping[str, Any], value: Any, rule: Mapping[str, Any]) -> bool:
    return not allows(told, value) or allows(rule["then"], value)


def _unique(told: bool, value: Any, rule: Any) -> bool:
    return not isinstance(value, list) or all(
        not _same(one, other) for n, one in enumerate(value) for other in value[:n]
    )


_WORDS = {
    "$ref": lambda told, value, rule: allows(SCHEMA["$defs"][told.rpartition("/")[2]], value),
    "type": _is_type,
    "const": lambda told, value, rule: _same(told, value),
    "enum": lambda told, value, rule: any(_same(one, value) for one in told),
    "anyOf": lambda told, value, rule: any(allows(one, value) for one in told),
    "not": lambda told, value, rule: not allows(told, value),
    "if": _condition,
    "required": lambda told, value, rule: not isinstance(value, dict) or set(told) <= set(value),
    "properties": _properties,
    "additionalProperties": _no_others,
    "items": lambda told, value, rule: (
        not isinstance(value, list) or all(allows(told, one) for one in value)
    ),
    "minItems": lambda told, value, rule: not isinstance(value, list) or len(value) >= told,
    "maxItems": lambda told, value, rule: not isinstance(value, list) or len(value) <= told,
    "uniqueItems": _unique,
    # ECMA's ^ and $ are the ends of the text, so the whole of it matches.
    "pattern": lambda told, value, rule: (
        not isinstance(value, str) or re.fullmatch(told, value) is not None
    ),
    "minLength": lambda told, value, rule: not isinstance(value, str) or len(value) >= told,
    "maxLength": lambda told, value, rule: not isinstance(value, str) or len(value) <= told,
    "minimum": lambda told, value, rule: not isinstance(value, int) or value >= told,
    "maximum": lambda told, value, rule: not isinstance(value, int) or value <= told,
}


def accepted(fields: Mapping[str, Any]) -> bool:
    """Whether the checker takes the fields."""
    try:
        own_device(fields, "This device")
    except DeviceError:
        return False
    return True


_WORD = st.sampled_from(["a", "Wi-Fi", "", " a", "a\n", "\x7f", "보드", "x" * 81, "y" * 301])
_SIZES = st.sampled_from(["96K", "0K", "9999999K", "10M", "1G", "1000G", "96k", "1.5M", "64MHz"])
_NUMBERS = st.sampled_from([1, 0, -1, 4096, 1 << 40, (1 << 40) + 1, 10**10, 10**10 + 1, 10**30])
_ODD = st.sampled_from([True, 1.0, 1.5, float("nan"), [], {}, [[1]], ""])
_LIST = st.lists(_WORD, max_size=3)
_CORES = ["Cortex-M4F", "4x Cortex-A53", "Xtensa LX7 (dual)", "cortex-m4f", "Z80", "", "0x AVR"]
_NAMES = ["edgetpu", "ethos-u55-128", "ethos-u55", "ethos-u55-100", "npu"]
_VALUE = _SIZES | _NUMBERS | _ODD | _WORD


def _table(key: str, value: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.fixed_dictionaries(
        {}, optional={key: value, "sources": _LIST | _ODD, "x": st.just(1)}
    )


_FACT = _VALUE | _table("value", _VALUE)
_FEATURE = _LIST | _ODD | _table("names", _LIST | _ODD)
_BANK = st.fixed_dictionaries({}, optional={"name": _WORD | _ODD, "bytes": _VALUE, "y": _ODD})
FIELDS = st.fixed_dictionaries(
    {"name": st.just("board") | _WORD | _ODD},
    optional={
        "core": st.sampled_from(_CORES) | _ODD,
        "kind": st.sampled_from(["microcontroller", "phone", "browser", "toaster"]) | _ODD,
        "format": st.sampled_from([1, 2, 1.0, True, "1"]),
        "id": st.sampled_from(["a", "A", "a b", "-", "a" * 64, "a" * 65]) | _ODD,
        "vendor": _WORD | _ODD,
        "notes": _WORD | _ODD,
        "sdk": _WORD,
        "runtimes": st.lists(st.sampled_from([*shape.RUNTIMES, "tvm", "litert"])) | _ODD,
        "clock_hz": _FACT,
        "ram_bytes": _FACT,
        "flash_bytes": _FACT,
        "camera": _FEATURE,
        "radio": _FEATURE,
        "accelerator": st.sampled_from(_NAMES) | _ODD | _table("name", st.sampled_from(_NAMES)),
        "regions": st.lists(_BANK, max_size=1) | _ODD,
        "colour": _WORD,
    },
)


@given(FIELDS)
@settings(max_examples=400, deadline=None)
def test_the_schema_and_the_checker_agree(fields: dict[str, Any]) -> None:
    assert allows(SCHEMA, fields) is accepted(fields), fields


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_they_agree_on_one_field_at_a_time(data: st.DataObject) -> None:
    fields = data.draw(FIELDS)
    name = data.draw(st.sampled_from(sorted(fields)))
    one = {"name": "board", "core": "Cortex-M4F", name: fields[name]}
    assert allows(SCHEMA, one) is accepted(one), one


def test_the_cores_of_the_schema_are_those_of_the_table() -> None:
    pattern = SCHEMA["properties"]["core"]["pattern"]
    assert pattern == f"^({shape.core_pattern().pattern})?$"
    assert all(allows(SCHEMA["properties"]["core"], name) for name in shape.core_names())
    assert {device.core for device in catalogue().values()} - {""} <= {
        device.core
        for device in catalogue().values()
        if allows(SCHEMA["properties"]["core"], device.core)
    }


@pytest.mark.parametrize("id", ["pico", "ek_ra8p1", "coral_usb_accelerator"])
def test_a_file_of_the_catalogue_serves_as_a_pattern_for_an_own_one(id: str) -> None:
    fields = tomllib.loads((assets() / "devices" / f"{id}.toml").read_text("utf-8"))
    assert allows(SCHEMA, fields)
    own = own_device(fields, "This device")
    assert own.own
    assert own.accelerator is None or own.accelerator.name == catalogue()[id].accelerator.name
    facts = (own.clock_hz, own.ram_bytes, own.flash_bytes)
    assert not any(fact.verified for fact in facts)
    assert all(fact.own for fact in facts if fact.value is not None)

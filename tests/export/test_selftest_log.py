"""A device's text, also a stranger's: read back, or refused in a sentence."""

from __future__ import annotations

import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.domain.errors import BundleError
from studio.export.selftest_log import LARGEST_BYTES, read_log

_MARK = "STUDIO-SELFTEST 1 "


def log(
    passed: int = 6, result: str = "PASS", us: str = "unknown", crcs: tuple[int, ...] = (1, 2, 3)
) -> str:
    """Return what a device prints."""
    whole = zlib.crc32(struct.pack("<3I", *crcs))
    return (
        f"{_MARK}begin model=0123456789abcdef device=nano33ble vectors=6\n"
        f"{_MARK}step=prepare passed=6 of=6 crc32={crcs[0]:08x}\n"
        f"{_MARK}step=run passed={passed} of=6 crc32={crcs[1]:08x} us={us}\n"
        f"{_MARK}step=answer passed=6 of=6 crc32={crcs[2]:08x}\n"
        f"{_MARK}end result={result} crc32={whole:08x}\n"
    )


def code(text: str | bytes) -> str:
    """Return the code of the refusal."""
    with pytest.raises(BundleError) as refusal:
        read_log(text if isinstance(text, bytes) else text.encode())
    return refusal.value.code


def test_whole_runs_are_read_whatever_stands_around_them() -> None:
    text = "boot\n" + log(us="1500") + "\x00\x1b[0m noise\n" + log(5, "FAIL")
    stamped = "".join(f"[00:01.2] {line}\r\n" for line in text.splitlines())
    for one in (text, stamped):
        first, second = read_log(one.encode("utf-8", "replace"))
        assert (first.passed, first.run_us, first.device) == (True, 1500, "nano33ble")
        assert (second.passed, second.run.passed, second.run_us) == (False, 5, None)
        assert first.text == log(us="1500")


def test_what_contradicts_itself_is_refused() -> None:
    assert code(log(5, "PASS")) == "selftest.inconsistent"
    assert code(log(6, "FAIL")) == "selftest.inconsistent"
    assert code(log().replace("crc32=00000002", "crc32=00000004")) == "selftest.inconsistent"
    assert code(log().replace("vectors=6", "vectors=7")) == "selftest.inconsistent"


def test_what_is_not_whole_is_none() -> None:
    lines = log().splitlines(keepends=True)
    for missing in range(len(lines)):
        assert code("".join(lines[:missing] + lines[missing + 1 :])) == "selftest.none"
    assert code("") == "selftest.none"
    assert code(log().replace("SELFTEST 1", "SELFTEST 0")) == "selftest.none"
    assert code(log().replace("SELFTEST 1", "SELFTEST 2")) == "selftest.newer"
    assert code(b"x" * (LARGEST_BYTES + 1)) == "selftest.too_large"


@given(st.binary(max_size=400))
def test_any_bytes_are_refused_in_a_sentence(content: bytes) -> None:
    assert code(content).startswith("selftest.")


@given(st.data())
def test_a_damaged_text_never_says_more_than_it_did(data: st.DataObject) -> None:
    """One byte changed: the same run without the change, or a refusal; never another checksum."""
    content = bytearray(log().encode())
    at = data.draw(st.integers(0, len(content) - 1))
    content[at] = data.draw(st.integers(0, 255))
    try:
        (run,) = read_log(bytes(content))
    except BundleError:
        return
    assert run.passed
    assert (run.prepare.crc, run.run.crc, run.answer.crc) == (1, 2, 3)
    assert run.vectors == 6

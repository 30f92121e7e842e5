"""What a device's self-test said, read back from a stranger's text.

The lines are those of ``assets/templates/library/selftest.c.txt``; README.md of every ecosystem
tells them. Between them, and before them in a line, a terminal may have written anything.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from studio.domain.errors import BundleError

__all__ = ["LARGEST_BYTES", "SelftestRun", "StepResult", "read_log"]

LARGEST_BYTES = 4 << 20
_VERSION = 1
_MARK = "STUDIO-SELFTEST "
_LONGEST_LINE = 400
_COUNT = r"(\d{1,9})"
_CRC = r"crc32=([0-9a-f]{8})"
_BEGIN = re.compile(
    rf"begin model=([0-9a-f]{{16}}) device=([\w.+-]{{1,64}}) vectors={_COUNT}", re.A
)
_STEP = re.compile(
    rf"step=(\w{{1,16}}) passed={_COUNT} of={_COUNT} {_CRC}(?: us=(unknown|\d{{1,10}}))?", re.A
)
_END = re.compile(rf"end result=(PASS|FAIL) {_CRC}", re.A)
_STEPS = ("prepare", "run", "answer")


@dataclass(frozen=True, slots=True, kw_only=True)
class StepResult:
    """One step of a run: how many passed of how many, and the CRC-32 of what was made."""

    passed: int
    of: int
    crc: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SelftestRun:
    """One whole run as a device told it.

    Attributes:
        model: The first 16 hexadecimal digits of the SHA-256 of its int8 model.
        device: Id of the device it was exported for.
        vectors: How many golden vectors it has.
        prepare: Preparing inputs.
        run: Running the model.
        answer: From outputs to answers.
        run_us: Mean microseconds of an inference; None where it has no clock.
        passed: What it says of itself.
        text: Its lines, without what stood around them.
    """

    model: str
    device: str
    vectors: int
    prepare: StepResult
    run: StepResult
    answer: StepResult
    run_us: int | None
    passed: bool
    text: str


def read_log(content: bytes) -> tuple[SelftestRun, ...]:
    """Return every whole run in a text, in its order.

    Args:
        content: What a terminal recorded, in whatever encoding; only ASCII counts.

    Raises:
        BundleError: ``selftest.too_large``; ``selftest.none`` where there is no whole run;
            ``selftest.newer`` for lines of a later version; ``selftest.inconsistent`` where a
            run contradicts itself, as one that was cut and joined does.
    """
    if len(content) > LARGEST_BYTES:
        raise BundleError(
            f"The text is larger than any self-test ({LARGEST_BYTES >> 20} MiB).",
            "Save only what the device said after its start.",
            code="selftest.too_large",
        )
    runs = tuple(_runs(list(_lines(content.decode("ascii", "replace")))))
    if not runs:
        raise BundleError(
            "The text holds no whole self-test of a device.",
            "Save what the device says from 'begin' to 'end', then try again.",
            code="selftest.none",
        )
    return runs


def _lines(text: str) -> Iterator[str]:
    """Return what stands behind the mark, line by line."""
    for line in text.splitlines():
        _, mark, rest = line[:_LONGEST_LINE].partition(_MARK)
        if not mark:
            continue
        version, _, said = rest.rstrip().partition(" ")
        if version.isdigit() and len(version) < 6 and int(version) > _VERSION:
            raise BundleError(
                "The self-test is of a newer version of the studio.",
                f"Update the studio (its lines are version {int(version)}; this reads {_VERSION}).",
                code="selftest.newer",
            )
        if version == str(_VERSION):
            yield said


def _runs(lines: Sequence[str]) -> Iterator[SelftestRun]:
    length = len(_STEPS) + 2
    for at in range(len(lines)):
        if _BEGIN.fullmatch(lines[at]) and (run := _run(lines[at : at + length])) is not None:
            yield run


def _run(lines: Sequence[str]) -> SelftestRun | None:
    """Return the run of these lines; None where a line is missing or damaged."""
    begin, end = _BEGIN.fullmatch(lines[0]), _END.fullmatch(lines[-1])
    found = [_STEP.fullmatch(line) for line in lines[1:-1]]
    steps = [step for step in found if step is not None]
    if begin is None or end is None or tuple(step[1] for step in steps) != _STEPS:
        return None
    results = [StepResult(passed=int(s[2]), of=int(s[3]), crc=int(s[4], 16)) for s in steps]
    told = steps[1][5]
    run = SelftestRun(
        model=begin[1],
        device=begin[2],
        vectors=int(begin[3]),
        prepare=results[0],
        run=results[1],
        answer=results[2],
        run_us=None if told in (None, "unknown") else int(told),
        passed=end[1] == "PASS",
        text="".join(f"{_MARK}{_VERSION} {line}\n" for line in lines),
    )
    _check(run, int(end[2], 16))
    return run


def _check(run: SelftestRun, crc: int) -> None:
    results = (run.prepare, run.run, run.answer)
    whole = all(step.passed == step.of and step.of for step in results)
    counted = run.run.of == run.answer.of == run.vectors > 0
    followed = zlib.crc32(struct.pack("<3I", *(step.crc for step in results))) == crc
    if whole is not run.passed or not counted or not followed:
        raise BundleError(
            "The self-test in this text contradicts itself.",
            "Record it again: lines are missing, changed, or of two runs.",
            code="selftest.inconsistent",
        )

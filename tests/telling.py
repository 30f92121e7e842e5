"""Figures that tests tell a person, carried to the end of the output from whichever process."""

from __future__ import annotations

from typing import Any

import pytest

# Properties of a test: a line of figures; seconds and place of the window's longest pause.
TOLD = "told"
GUI_BLOCK = "gui_block"


def write_summary(reporter: pytest.TerminalReporter) -> None:
    """Write what the finished tests told, a line each."""
    told = [str(line) for line in _properties(reporter, TOLD)]
    blocks = [(float(seconds), str(where)) for seconds, where in _properties(reporter, GUI_BLOCK)]
    if blocks:
        seconds, where = max(blocks)
        told.append(f"longest block of the GUI thread: {1000 * seconds:.0f} ms, {where}")
    if told:
        reporter.write_sep("=", "what the tests measured")
    for line in told:
        reporter.write_line(line)


def _properties(reporter: pytest.TerminalReporter, wanted: str) -> list[Any]:
    reports = (report for found in reporter.stats.values() for report in found)
    # Every phase of a test repeats the properties; the last one has them all.
    ends = (report for report in reports if getattr(report, "when", "") == "teardown")
    return [value for end in ends for name, value in end.user_properties if name == wanted]

"""The window has a project open, and somebody uses the command line on it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from studio.app import Session

from .conftest import Child

pytestmark = pytest.mark.timeout(300)


def test_commands_that_read_work_and_those_that_write_say_why_not(
    path: Path, studio: Callable[..., Any]
) -> None:
    with Session.open(path):
        assert studio("info", path, "--json").ok().document["overview"]["samples"] == 100
        for command in (("search", path, "--device", "nano33ble"), ("import", path, path.parent)):
            refused = studio(*command)
            assert refused.status != 0
            assert "open in another program" in refused.out + refused.err
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_a_window_opened_beside_a_command_shows_the_project(
    path: Path, start: Callable[..., Child]
) -> None:
    start("label", path)
    with Session.open(path) as window:
        assert window.overview().samples == 100
        assert len(window.samples()) == 100

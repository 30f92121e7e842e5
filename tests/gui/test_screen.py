"""Without a screen or its libraries there is a sentence, and no abort."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from studio.domain.errors import StudioError
from studio.gui.screen import check_screen

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="about Linux")


def code(environment: dict[str, str], plugin: Path) -> str:
    with pytest.raises(StudioError) as caught:
        check_screen(environment, plugin)
    return caught.value.code


def test_no_screen_is_a_sentence(tmp_path: Path) -> None:
    assert code({}, tmp_path) == "window.no_screen"


def test_a_missing_library_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "libqxcb.so"
    broken.write_bytes(b"not a library")
    with pytest.raises(StudioError, match="needs the system library") as caught:
        check_screen({"DISPLAY": ":0"}, broken)
    assert caught.value.code == "window.library_missing"


@pytest.mark.parametrize(
    "environment", [{"QT_QPA_PLATFORM": "offscreen"}, {"WAYLAND_DISPLAY": "wayland-0"}]
)
def test_other_screens_need_no_x_libraries(environment: dict[str, str], tmp_path: Path) -> None:
    check_screen(environment, tmp_path / "no plugin")

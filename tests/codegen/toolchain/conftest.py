"""zig's runtime parts, which take it ten seconds a core to build, outlive a run of the tests."""

from __future__ import annotations

import getpass
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(scope="session", autouse=True)
def _zig_cache() -> Iterator[None]:
    place = Path(tempfile.gettempdir()) / f"automl-studio-tests-{getpass.getuser()}" / "zig"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ZIG_GLOBAL_CACHE_DIR", str(place))
        yield

"""A full or broken disk at every write in turn: no file is spoilt, and the sentence says disk."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import ROOT

pytestmark = [
    pytest.mark.timeout(3000),  # the long forms
    pytest.mark.skipif(
        sys.platform != "linux" or shutil.which("gcc") is None,
        reason="the failing disk is a preloaded library, compiled with gcc on Linux",
    ),
]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    built = tmp_path_factory.mktemp("disk") / "failing_disk.so"
    source = Path(__file__).with_name("failing_disk.c")
    subprocess.run(["gcc", "-shared", "-fPIC", "-O1", "-o", built, source, "-ldl"], check=True)
    return built


@pytest.mark.parametrize("stays", [False, True], ids=["once", "from-then-on"])
@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EIO], ids=["full", "broken"])
def test_no_file_is_spoilt(
    library: Path,
    path: Path,
    error: int,
    stays: bool,
    long_form: bool,
    tell: Callable[[str], None],
) -> None:
    step = "1" if long_form else "23"
    done = subprocess.run(
        [
            *(sys.executable, "-m", "tests.faults.failing_disk_child"),
            *(library, path, str(error), step, str(int(stays))),
        ],
        cwd=ROOT,
        env={**os.environ, "LD_PRELOAD": str(library)},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["wrong"] == []
    assert found["faults"] > 10
    wanted = "project.disk_full" if error == errno.ENOSPC else "project.disk_error"
    assert wanted in found["messages"]
    assert all("disk" in text for code, text in found["messages"].items()), found["messages"]
    tell(
        f"disk failing at {found['faults']} places: 0 corrupt files;"
        f" said {', '.join(sorted(found['messages']))}"
    )

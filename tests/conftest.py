"""What all tests share: options, the command line as a process, and one trained project."""

from __future__ import annotations

import getpass
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from filelock import FileLock

from tests.parallel import Plugin
from tests.telling import TOLD, write_summary

# Before anything loads Qt: tests open windows nobody sees.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

ROOT = Path(__file__).resolve().parents[1]

# A machine that runs other things meanwhile must not fail a property for slowness.
hypothesis.settings.register_profile("studio", deadline=None)
hypothesis.settings.load_profile("studio")


def pytest_addoption(parser: pytest.Parser, pluginmanager: pytest.PytestPluginManager) -> None:
    pluginmanager.register(Plugin())
    parser.addoption(
        "--long",
        action="store_true",
        help="run the long forms as well: more mutants, more kills, longer searches",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what has a shorter test of the same path, unless the long forms are asked for."""
    if not config.getoption("--long"):
        left_out = pytest.mark.skip(reason="a shorter test goes the same way; --long runs it")
        for item in items:
            if item.get_closest_marker("long"):
                item.add_marker(left_out)


@pytest.fixture
def tell(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Say a line with figures; it stands at the end of the output, whichever process ran it."""
    return lambda line: request.node.user_properties.append((TOLD, line))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    write_summary(terminalreporter)


@pytest.fixture(scope="session")
def long_form(request: pytest.FixtureRequest) -> bool:
    """Whether the person asked for the long forms."""
    return bool(request.config.getoption("--long"))


@pytest.fixture(scope="session", autouse=True)
def _own_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep settings and logs of the tests out of the person's own folders."""
    place = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
            patch.setenv(name, str(place / name.lower()))
        # zig's runtime parts, which take it ten seconds a core to build, outlive a run.
        lasting = Path(tempfile.gettempdir()) / f"automl-studio-tests-{getpass.getuser()}" / "zig"
        patch.setenv("ZIG_GLOBAL_CACHE_DIR", str(lasting))
        yield


@dataclass(frozen=True)
class Ran:
    """A finished process of the command line."""

    status: int
    out: str
    err: str

    @property
    def document(self) -> dict[str, Any]:
        """The one JSON document on stdout."""
        found: dict[str, Any] = json.loads(self.out)
        return found

    def ok(self) -> Ran:
        """Return this, having seen that it succeeded."""
        assert self.status == 0, f"status {self.status}\n{self.out}\n{self.err}"
        return self


def run_studio(
    *arguments: str | Path,
    timeout: float = 240,
    env: dict[str, str] | None = None,
    preexec_fn: Callable[[], None] | None = None,
) -> Ran:
    """Run ``python -m studio`` as a person's shell would and wait for it."""
    done = subprocess.run(
        [sys.executable, "-m", "studio", *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, **(env or {})},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=timeout,
        preexec_fn=preexec_fn,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


@pytest.fixture(scope="session")
def studio() -> Callable[..., Ran]:
    """The command line, as a function: ``studio("info", path, "--json")``."""
    return run_studio


@pytest.fixture(scope="session")
def digit_photos(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder per class with forty of the real scans each."""
    from studio.app import build_sample

    folder = build_sample("digits", tmp_path_factory.mktemp("digits") / "photos")
    for found in sorted(path for path in folder.iterdir() if path.is_dir()):
        for photo in sorted(found.iterdir())[40:]:
            photo.unlink()
    return folder


@pytest.fixture(scope="session")
def _trained(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    # With pytest-xdist every process has a folder of its own below one they share.
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if os.environ.get("PYTEST_XDIST_WORKER") else own
    project = shared / "trained" / "digits.automl"
    with FileLock(shared / "trained.lock"):
        if not project.exists():
            making = shared / "training"
            making.mkdir()
            _train(making / "digits.automl", request.getfixturevalue("digit_photos"))
            making.rename(project.parent)
    return project


def _train(project: Path, photos: Path) -> None:
    run_studio("new", project).ok()
    run_studio("import", project, photos).ok()
    run_studio("freeze", project).ok()
    search = ("search", project, "--device", "nano33ble", "--trials", "1", "--minutes", "20")
    run_studio(*search, timeout=280).ok()


@pytest.fixture
def trained_project(_trained: Path, tmp_path: Path) -> Path:
    """A project of its own for this test, with forty scans a digit and one trained candidate."""
    # The project is the file and whatever lies beside it under its name.
    copy = tmp_path / "trained"
    shutil.copytree(_trained.parent, copy)
    return copy / _trained.name

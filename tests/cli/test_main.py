from __future__ import annotations

import json
import re
from argparse import Namespace
from pathlib import Path

import pytest

from studio.cli import main as module
from studio.cli.arguments import minutes, positive, seed
from studio.cli.command import Command, ExitStatus, Outcome, Surroundings
from studio.domain.errors import ModelError

TABLE = [
    "new", "import", "relink", "samples", "label", "ranges", "health", "classes", "undo", "redo",
    "history", "sessions", "split", "freeze", "search", "candidates", "evaluate", "compare",
    "predict", "review", "suggest", "conflicts", "convert", "devices",
    "shop", "check", "advise", "codegen", "prove", "export", "export-data", "verify", "selftest",
    "deploy", "info", "demo", "save-as", "backup", "collect", "share", "restore", "compact",
    "salvage", "gui",
]  # fmt: skip


def _no_window(project: Path | None) -> int:
    raise AssertionError("no window was asked for")


def _with(monkeypatch: pytest.MonkeyPatch, run: object) -> None:
    """Put one sub-command in the place of all."""
    entry = Command(id="try", order=1, summary="", arguments=lambda parser: None, run=run)  # type: ignore[arg-type]
    monkeypatch.setattr(module, "Registry", lambda package: {"try": entry})


def test_every_command_of_the_table_is_there_and_takes_json(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name in TABLE:
        with pytest.raises(SystemExit, match="0"):
            module.main([name, "--help"], open_window=_no_window)
        assert "--json" in capsys.readouterr().out


def test_the_help_lists_the_commands_along_the_way_of_the_data(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit, match="0"):
        module.main(["--help"], open_window=_no_window)
    text = capsys.readouterr().out
    assert re.findall(r"^    ([a-z-]+)\b", text, re.MULTILINE) == TABLE


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["dance"],
        ["new"],
        ["import", "p.automl"],
        ["export", "p.automl", "--device", "x"],
        ["search", "p.automl"],
        ["search", "p.automl", "--device", "x", "--minutes", "nan"],
        ["search", "p.automl", "--device", "x", "--trials", "0"],
        ["candidates", "p.automl", "--jso"],
        ["info", "\udcff.automl"],
    ],
)
def test_wrong_use_is_status_2_and_nothing_on_stdout(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        module.main(arguments, open_window=_no_window)
    captured = capsys.readouterr()
    assert (end.value.code, captured.out) == (2, "")
    assert captured.err.startswith("usage: automl-studio")


def test_an_expected_failure_is_code_and_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(options: Namespace, surroundings: Surroundings) -> Outcome:
        raise ModelError("The file is cut.", "Get it again.", code="model.damaged")

    _with(monkeypatch, fails)
    assert module.main(["try"], open_window=_no_window) == 1
    captured = capsys.readouterr()
    assert captured.err == "model.damaged: The file is cut. Get it again.\n"
    assert captured.out == ""
    assert module.main(["try", "--json"], open_window=_no_window) == 1
    captured = capsys.readouterr()
    assert captured.err == "model.damaged: The file is cut. Get it again.\n"
    message = "The file is cut. Get it again."
    assert json.loads(captured.out) == {"error": {"code": "model.damaged", "message": message}}


def test_a_bad_result_is_printed_and_fails(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    failure = ModelError("It does not pass.", code="bundle.fails")
    outcome = Outcome(document={"passed": False}, text="FAIL", failure=failure)
    _with(monkeypatch, lambda options, surroundings: outcome)
    assert module.main(["try", "--json"], open_window=_no_window) == 1
    captured = capsys.readouterr()
    assert json.loads(captured.out) == {"passed": False}
    assert captured.err == "bundle.fails: It does not pass.\n"


def test_a_bug_is_one_line_with_a_log_that_holds_the_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def breaks(options: Namespace, surroundings: Surroundings) -> Outcome:
        raise KeyError("a very particular key")

    monkeypatch.setattr("platformdirs.user_log_path", lambda *a, **k: tmp_path)
    _with(monkeypatch, breaks)
    assert module.main(["try"], open_window=_no_window) == ExitStatus.BUG
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("bug.unexpected: ")
    [log] = tmp_path.iterdir()
    assert str(log) in lines[0]
    assert "KeyError: 'a very particular key'" in log.read_text(encoding="utf-8")


def test_a_bug_on_a_machine_that_takes_no_log_is_still_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(*arguments: object, **options: object) -> Path:
        raise OSError(28, "No space left on device")

    def breaks(options: Namespace, surroundings: Surroundings) -> Outcome:
        raise KeyError("lost")

    monkeypatch.setattr("platformdirs.user_log_path", full)
    _with(monkeypatch, breaks)
    assert module.main(["try"], open_window=_no_window) == ExitStatus.BUG
    assert "No space left on device" in capsys.readouterr().err


def test_ctrl_c_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(options: Namespace, surroundings: Surroundings) -> Outcome:
        raise KeyboardInterrupt

    _with(monkeypatch, interrupted)
    assert module.main(["try"], open_window=_no_window) == ExitStatus.INTERRUPTED
    assert capsys.readouterr().err == "interrupted: Interrupted; what was finished is kept.\n"


def test_gui_opens_the_window_on_the_project(capsys: pytest.CaptureFixture[str]) -> None:
    opened: list[Path | None] = []

    def window(project: Path | None) -> int:
        opened.append(project)
        return 0

    assert module.main(["gui", "딸기.automl"], open_window=window) == 0
    assert module.main(["gui"], open_window=window) == 0
    assert opened == [Path("딸기.automl"), None]
    assert capsys.readouterr().out == ""


def test_gui_names_the_library_that_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    def window(project: Path | None) -> int:
        raise ImportError("libEGL.so.1: cannot open shared object file")

    assert module.main(["gui"], open_window=window) == 1
    error = capsys.readouterr().err
    assert error.startswith("window.library_missing: ")
    assert "libEGL.so.1" in error


def test_our_own_import_mistakes_are_bugs(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def window(project: Path | None) -> int:
        raise ImportError("cannot import name 'x'", name="studio.gui.pages")

    monkeypatch.setattr("platformdirs.user_log_path", lambda *a, **k: tmp_path)
    assert module.main(["gui"], open_window=window) == ExitStatus.BUG
    assert "bug.unexpected: " in capsys.readouterr().err


@pytest.mark.parametrize("text", ["0", "-1", "nan", "inf", "1e99", "soon", ""])
def test_minutes_refuses(text: str) -> None:
    with pytest.raises(Exception, match=r"minutes|between"):
        minutes(text)


@pytest.mark.parametrize("text", ["0", "-3", "1.5", "99999999999", "many"])
def test_whole_numbers_refuse(text: str) -> None:
    for read in (positive, seed):
        with pytest.raises(Exception, match=r"whole number|between"):
            read(text)


def test_numbers_are_read() -> None:
    assert (minutes("0.5"), positive("3"), seed("7")) == (0.5, 3, 7)

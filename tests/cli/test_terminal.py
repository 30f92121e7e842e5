from __future__ import annotations

import io
import json

import pytest

from studio.cli.terminal import Terminal, as_json, use_utf8


class _Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_never_reaches_stdout() -> None:
    out, err = io.StringIO(), _Screen()
    terminal = Terminal(out, err, json=True)
    terminal.live("1 of 2")
    terminal.note("half way")
    terminal.result({"name": "딸기"}, "text for a person")
    assert json.loads(out.getvalue()) == {"name": "딸기"}
    assert "1 of 2" in err.getvalue()
    assert "half way\n" in err.getvalue()


def test_a_shorter_live_line_covers_the_longer_one() -> None:
    err = _Screen()
    terminal = Terminal(io.StringIO(), err)
    terminal.live("a long line")
    terminal.live("short")
    assert err.getvalue() == "\ra long line\rshort      "


def test_live_lines_are_left_out_of_a_file() -> None:
    err = io.StringIO()
    Terminal(io.StringIO(), err).live("epoch 1")
    assert err.getvalue() == ""


def test_errors_are_one_line_and_coloured_only_on_a_terminal(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    file, screen = io.StringIO(), _Screen()
    for err in (file, screen):
        Terminal(io.StringIO(), err).error("model.damaged", "It is\ncut.")
    assert file.getvalue() == "model.damaged: It is\\ncut.\n"
    assert screen.getvalue() == "\x1b[31mmodel.damaged\x1b[0m: It is\\ncut.\n"
    monkeypatch.setenv("NO_COLOR", "1")
    plain = _Screen()
    Terminal(io.StringIO(), plain).error("model.damaged", "Cut.")
    assert plain.getvalue() == "model.damaged: Cut.\n"


def test_any_text_can_be_printed_whatever_the_locale() -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="cp949")
    use_utf8(stream)
    stream.write("딸기 ☃ \udcff")
    stream.flush()
    assert raw.getvalue() == "딸기 ☃ ?".encode()


def test_json_refuses_what_json_cannot_hold() -> None:
    with pytest.raises(ValueError, match="JSON"):
        as_json({"value": float("nan")})

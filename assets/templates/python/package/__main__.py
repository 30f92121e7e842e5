# SPDX-License-Identifier: Apache-2.0
"""The command. Every answer is one line of JSON; what went wrong is one sentence on stderr."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from . import reading
from .core import Answer, Collector, Model, NotUsable
from .pictures import SUFFIXES
from .runtimes import RUNTIMES

__all__ = ["main"]

_LARGEST_BYTES = 512 << 20


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; 0 when all went well, 1 when something did not."""
    options = _parser().parse_args(arguments)
    try:
        return 0 if options.run(options) else 1
    except NotUsable as error:
        print(str(error), file=sys.stderr)
    except OSError as error:
        if isinstance(error, BrokenPipeError):  # whoever read the lines has enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 0
        name = error.filename if isinstance(error.filename, str) else "a file"
        print(f"{name}: {error.strerror or 'cannot be read'}", file=sys.stderr)
    except KeyboardInterrupt:
        pass
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=(__package__ or "").replace("_", "-"), description=__doc__
    )
    parser.add_argument("--runtime", choices=RUNTIMES, default="litert")
    parser.add_argument("--fast", action="store_true", help="fast kernels; see README")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: Any, help: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=help)
        made.set_defaults(run=run)
        return made

    files = command("classify", _classify, "pictures, CSV or WAV files, or folders of them")
    files.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    stream = command(
        "stream", _stream, "CSV from standard input, an answer as soon as there is one"
    )
    for one in (files, stream):
        one.add_argument("--delimiter", default="", help="between cells (default: found out)")
        one.add_argument("--decimal", default=".", choices=(".", ","))
    camera = command("camera", _camera, "pictures of a camera")
    camera.add_argument("--device", type=int, default=0)
    camera.add_argument("--every", type=float, default=0.0, metavar="SECONDS")
    microphone = command("microphone", _microphone, "sound as it comes")
    microphone.add_argument("--device", type=int)
    command("selftest", _selftest, "compare this computer with the studio, byte for byte")
    command("figures", _figures, "measure start, memory and time of a run here")
    command("first-answer", _first_answer, "what `figures` starts")
    return parser


def _model(options: argparse.Namespace) -> Model:
    return Model(options.runtime, fast=options.fast)


def _say(content: dict[str, Any]) -> None:
    print(json.dumps(content, ensure_ascii=False), flush=True)


# --- files -----------------------------------------------------------------------------------


def _classify(options: argparse.Namespace) -> bool:
    model, good = _model(options), True
    for path in _found(options.paths, model.kind):
        name = path.as_posix()
        try:
            for place, answer in _of_file(model, path, options):
                _say({"file": name, **place, **answer.as_json()})
        except (NotUsable, OSError, UnicodeDecodeError) as error:
            good = False
            why = str(error) if isinstance(error, NotUsable) else "It cannot be read."
            _say({"file": name, "error": why})
    return good


def _found(paths: Iterable[Path], kind: str) -> Iterator[Path]:
    endings = {"picture": SUFFIXES, "row": {".csv"}, "signal": {".csv", ".wav"}}[kind]
    for path in paths:
        if path.is_dir():
            inside = (one for one in path.rglob("*") if one.suffix.lower() in endings)
            yield from sorted(one for one in inside if one.is_file())
        else:
            yield path


def _of_file(
    model: Model, path: Path, options: argparse.Namespace
) -> Iterator[tuple[dict[str, int], Answer]]:
    if model.kind == "picture":
        yield {}, model.picture(path)
        return
    if path.stat().st_size > _LARGEST_BYTES:
        raise NotUsable(f"It is larger than {_LARGEST_BYTES >> 20} MB.")
    if path.suffix.lower() == ".wav":
        values, rate = reading.sound(path.read_bytes())
        _check_rate(model, rate)
        yield from _windows(model, values)
        return
    with path.open(encoding="utf-8-sig", newline="") as lines:
        table = reading.Table(lines, options.delimiter, options.decimal)
        if model.kind == "signal":
            yield from _windows(model, list(reading.values(model.how, table)))
        else:
            for place, row in enumerate(reading.rows(model.how, table), 1):
                yield {"row": place}, model.row(row)


def _windows(model: Model, values: Any) -> Iterator[tuple[dict[str, int], Answer]]:
    answers = model.recording(values) if len(values) else []
    if not answers:
        raise NotUsable("The recording is shorter than a window of the model.")
    for place, answer in enumerate(answers):
        yield {"window": place}, answer


def _check_rate(model: Model, rate: int) -> None:
    wanted = model.how.get("rate_hz")
    if wanted is not None and abs(wanted - rate) > 0.5:
        raise NotUsable(f"The model takes {wanted:g} values a second, the file has {rate}.")


# --- as it comes -----------------------------------------------------------------------------


def _stream(options: argparse.Namespace) -> bool:
    model = _model(options)
    if model.kind == "picture":
        raise NotUsable("This model takes pictures; a stream is of rows or of values.")
    table = reading.Table(sys.stdin, options.delimiter, options.decimal)
    if model.kind == "row":
        for place, row in enumerate(reading.rows(model.how, table), 1):
            _say({"row": place, **model.row(row).as_json()})
        return True
    collector = Collector(model.how)
    windows = (collector.add(values) for values in reading.values(model.how, table))
    _tell_windows(model, (window for window in windows if window is not None))
    return True


def _tell_windows(model: Model, windows: Iterable[Any]) -> None:
    for place, window in enumerate(windows):
        _say({"window": place, **model.prepared(window)[0].as_json()})


def _camera(options: argparse.Namespace) -> bool:
    from .sensors import camera

    model = _model(options)
    for picture in camera(model, options.device, options.every):
        _say(model.prepared(picture)[0].as_json())
    return True


def _microphone(options: argparse.Namespace) -> bool:
    from .sensors import microphone

    model = _model(options)
    _tell_windows(model, microphone(model, options.device))
    return True


# --- of itself -------------------------------------------------------------------------------


def _selftest(options: argparse.Namespace) -> bool:
    from .selftest import selftest

    if options.runtime != "litert":
        raise NotUsable("The self-test is of the int8 model: leave --runtime out.")
    return selftest(lambda line: print(line, flush=True), fast=options.fast)


def _figures(options: argparse.Namespace) -> bool:
    from .figures import measured

    for figure in measured(["--runtime", options.runtime, *(["--fast"] if options.fast else [])]):
        _say(figure)
    return True


def _first_answer(options: argparse.Namespace) -> bool:
    from .figures import first_answer

    _say(first_answer(_model(options)))
    return True


if __name__ == "__main__":
    sys.exit(main())

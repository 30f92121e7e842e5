"""Float against every recipe, overall and the worst class, as a person would get it.

``python -m tests.benchmarks.conversion.recipes --out FOLDER [--sets digits ...] [--minutes 3]``

For each set a project is made, searched on for a while, and its best candidate (or, with
``--space``, the best of a search space) converted by every recipe. The table goes to standard
output, every figure of every file into ``FOLDER/SET.json``.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
DATA = ROOT.parent / "shared" / "data"

_COLUMNS = (
    "set",
    "file",
    "test",
    "worst class",
    "lost",
    "same answers",
    "bytes",
    "arena",
    "gate",
    "tried",
)


def _digits(folder: Path) -> list[Path]:
    from studio.app import build_sample

    return sorted(build_sample("digits", folder).iterdir())


def _folders(name: str) -> Callable[[Path], list[Path]]:
    def found(folder: Path) -> list[Path]:
        return sorted(path for path in (DATA / name).iterdir() if path.is_dir())

    return found


SETS: Mapping[str, Callable[[Path], list[Path]]] = {
    "digits": _digits,
    "fashion-mnist": _folders("fashion-mnist"),
    "sign-digits-photos": _folders("sign-digits-photos"),
}


def studio(*arguments: object) -> str:
    """Run the command line and return what it said; a failed conversion is a result, too."""
    done = subprocess.run(
        [sys.executable, "-m", "studio", *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if not done.stdout:
        sys.exit(done.stderr)
    return done.stdout


def measured(name: str, folder: Path, minutes: float, space: str) -> dict[str, Any]:
    """Return the document of ``convert`` on a new project of a set."""
    project = folder / f"{name}.automl"
    if not project.exists():
        studio("new", project)
        studio("import", project, *SETS[name](folder / name))
        studio("freeze", project)
        studio("search", project, "--device", "nano33ble", "--minutes", minutes)
    ranked = json.loads(studio("candidates", project, "--json"))["candidates"]
    chosen = next(one for one in ranked if space in ("", one["space"]))
    asked = ("--candidate", chosen["id"], "--recipe", "all", "--json")
    found: dict[str, Any] = json.loads(studio("convert", project, *asked))
    return {**found, "space": chosen["space"], "parameters": chosen["parameters"]}


def rows(name: str, found: dict[str, Any]) -> list[str]:
    """Return the lines of the table of one set."""
    before = _recalls(found["made"][0]["float_tested"])
    told = f"| {name} | float, {found['space']}, {found['parameters']:,} weights |"
    lines = [f"{told} {_percent(before)} | {_worst(before)} | | | | | | |"]
    for one in found["made"]:
        after = _recalls(one["tested"])
        lost = _share(before) - _share(after)
        tried = [a["remedy"] for a in one["attempts"] if a["outcome"] != "not tried"]
        cells = [
            name, one["recipe"], _percent(after), _worst(after), f"{100 * lost:.1f}",
            f"{100 * one['agreement']['value']:.1f} %", f"{one['size']['value']:,}",
            "-" if one["arena"]["value"] is None else f"{one['arena']['value']:,}",
            one["gate"]["verdict"], ", ".join(tried),
        ]  # fmt: skip
        lines.append(f"| {' | '.join(cells)} |")
    lines += [f"| {name} | {one['recipe']} | {one['sentence']} |" for one in found["refused"]]
    return lines


def _recalls(tested: dict[str, Any]) -> dict[str, tuple[int, int]]:
    """Return how many of each class were right, of how many."""
    counts = zip(tested["classes"], tested["confusion"], strict=True)
    return {name: (row[i], sum(row)) for i, (name, row) in enumerate(counts)}


def _share(recalls: Mapping[str, tuple[int, int]]) -> float:
    return sum(right for right, _ in recalls.values()) / sum(all for _, all in recalls.values())


def _percent(recalls: Mapping[str, tuple[int, int]]) -> str:
    return f"{100 * _share(recalls):.1f} %"


def _worst(recalls: Mapping[str, tuple[int, int]]) -> str:
    name = min(recalls, key=lambda one: recalls[one][0] / max(1, recalls[one][1]))
    right, of = recalls[name]
    return f"{100 * right / of:.1f} % ({name}, of {of})"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--sets", nargs="+", choices=SETS, default=["digits", "fashion-mnist"])
    parser.add_argument("--minutes", type=float, default=3.0)
    parser.add_argument("--space", default="", help="convert the best of this search space")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    print(f"| {' | '.join(_COLUMNS)} |")
    print("|---" * len(_COLUMNS) + "|")
    for name in options.sets:
        found = measured(name, options.out, options.minutes, options.space)
        content = json.dumps(found, indent=1, ensure_ascii=False)
        (options.out / f"{name}.json").write_text(content, encoding="utf-8")
        print("\n".join(rows(name, found)), flush=True)


if __name__ == "__main__":
    main()

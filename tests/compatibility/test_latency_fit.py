import csv
import json
import re
import subprocess
import sys

from tests.compatibility.conftest import ROOT
from tests.compatibility.latency_scripts import script

LATENCY = ROOT / "assets" / "latency"


def test_the_fit_gives_what_is_committed_and_errs_as_little_as_it_must(tell):
    done = subprocess.run(
        [sys.executable, str(ROOT / "packaging" / "fit_latency.py"), "--check"],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    boards = next(line for line in done.stdout.splitlines() if line.startswith("board left out:"))
    median, _, inside = (float(x) for x in re.findall(r"([\d.]+)%", boards))
    apart = float(re.search(r"ends ([\d.]+) apart", boards)[1])
    assert median <= 13
    assert inside >= 90
    assert apart < 2  # a range of everything is no answer
    tell(f"latency, {boards}")


def test_every_shown_range_holds_nine_of_ten_on_boards_left_out():
    errors = json.loads((LATENCY / "constants.json").read_text())["errors"]
    shown = ("board left out", "board and model left out", "core known by one model")
    for name in shown:
        assert errors[name]["inside"] >= 0.9, name
        assert errors[name]["high_over_low"] < 2.5, name


def test_other_rows_give_other_constants(tmp_path, monkeypatch, capsys):
    fit = script("fit_latency")
    rows = fit.read(LATENCY / "published.csv")
    for row in rows:
        if row["core"] == "Cortex-M7":
            row["latency_ms"] = str(float(row["latency_ms"]) * 1.1)
    with (tmp_path / "published.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    (tmp_path / "constants.json").write_bytes((LATENCY / "constants.json").read_bytes())
    monkeypatch.setattr(fit, "FOLDER", tmp_path)
    assert fit.main(["--check"]) == 1
    assert "/cores/" in capsys.readouterr().out


def test_one_figure_far_off_pulls_no_harder_than_a_small_error():
    fit = script("fit_latency")
    rows = [row for row in fit.read(LATENCY / "published.csv") if not row["left_out"]]
    place = next(at for at, row in enumerate(rows) if row["device"] == "disco_f746ng")
    far = {**rows[place], "latency_ms": str(float(rows[place]["latency_ms"]) * 100)}
    changed = fit.solve([*rows[:place], far, *rows[place + 1 :]])
    assert abs(changed.cores["Cortex-M7"] - fit.solve(rows).cores["Cortex-M7"]) < 0.02


def test_the_published_rows_are_those_of_the_tables(truth, tmp_path, monkeypatch):
    collect = script("collect_latency")
    monkeypatch.setattr(collect, "TARGET", tmp_path / "published.csv")
    collect.main(truth)
    assert (tmp_path / "published.csv").read_bytes() == (LATENCY / "published.csv").read_bytes()

"""``evaluate``, ``compare`` and what ``candidates`` and ``export`` say of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from studio.cli.main import main
from tests.app.test_judging import project


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    status = main([str(one) for one in arguments], open_window=lambda path: 0)
    out, err = capsys.readouterr()
    return status, out, err


def test_a_person_reads_what_is_wrong_and_how_sure_that_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = project(tmp_path, [(2, 900), (3, 0), (30, 0)])
    status, out, _ = run(capsys, "evaluate", path, "--not-sure", "0.3")
    assert status == 0
    for part in ("60 samples of the test side", "leaf is taken for rust: 1 of 30", "120.png"):
        assert part in out
    assert "60 samples as independent" in out
    document = json.loads(run(capsys, "evaluate", path, "--not-sure", "0.3", "--json")[1])
    assert document["not_sure"]["test"]["split"] == "test"
    assert document["accuracy"]["kind"] == "measured"
    assert [one["name"] for one in document["mistakes"]] == ["120.png", "121.png"]

    status, out, _ = run(
        capsys, "evaluate", path, "--split", "validation", "--cell", "rust", "leaf"
    )
    assert (status, "061.png" in out, "060.png" in out) == (0, True, False)


def test_candidates_are_compared_and_marked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = project(tmp_path, [(2, 900), (3, 0), (30, 0)])
    status, out, _ = run(capsys, "compare", path, 1, 3)
    assert status == 0
    assert "#1 is better than #3" in out
    document = json.loads(run(capsys, "compare", path, 1, 2, "--json")[1])
    assert (document["better"], document["split"]) == ("", "test")
    _, out, _ = run(capsys, "candidates", path)
    assert [line.split()[:2] for line in out.splitlines() if line.startswith("#2")] == [["#2", "~"]]
    assert not any(line.startswith("#3 ~") for line in out.splitlines())
    found = json.loads(run(capsys, "candidates", path, "--json")[1])["candidates"]
    assert [one["beside_best"] and one["beside_best"]["within_noise"] for one in found] == [
        None,
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--cell", "leaf", "mould"], "evaluation.unknown_class"),
        (["--candidate", "9"], "export.unknown_candidate"),
        (["--not-sure", "1", "--cost-miss", "mould=3"], "evaluation.costs"),
    ],
)
def test_what_there_is_not_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], code: str
) -> None:
    status, _, err = run(capsys, "evaluate", project(tmp_path, [(2, 0)]), *arguments)
    assert (status, err.startswith(f"{code}:")) == (1, True)


@pytest.mark.parametrize(
    "arguments", [["--cost-miss", "leaf=3"], ["--not-sure", "-1"], ["--cost-miss", "leaf"]]
)
def test_costs_that_make_no_sense_are_wrong_use(
    capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    with pytest.raises(SystemExit, match="2"):
        run(capsys, "evaluate", "p.automl", *arguments)

"""``check --all`` and ``shop``, as a person's shell runs them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from studio.cli.main import main
from tests.app.test_judging import project
from tests.conftest import Ran

MODEL = Path(__file__).parents[1] / "data" / "tiny_int8.tflite"
Studio = Callable[..., Ran]


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    """Run a command in this process, which takes a tenth of one of its own."""
    try:
        status = main([str(one) for one in arguments], open_window=lambda path: 0)
    except SystemExit as ending:
        status = int(str(ending.code))
    return status, *capsys.readouterr()


def test_all_candidates_stand_on_all_devices(
    studio: Studio, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = project(tmp_path, [(2, 900_000), (9, 0)])
    document = studio("check", path, "--all", "--json").ok().document
    assert [row["candidate"] for row in document["rows"]] == [1, 2]
    one = {cell["device"]: cell["verdict"] for cell in document["rows"][0]["cells"]}
    assert document["rows"][0]["fits"] == list(one.values()).count("fits")
    assert document["best"]["nano33ble"] == 1
    assert document["best"]["uno"] is None
    both = ("--device", "nano33ble", "--device", "uno")  # with a single one it would be compiled
    alone = studio("check", path, "--candidate", "2", *both, "--json").ok().document
    [cell] = [c for c in document["rows"][1]["cells"] if c["device"] == "nano33ble"]
    for name in ("verdict", "ram", "flash", "latency"):
        assert cell[name] == alone["reports"][0][name]
    text = run(capsys, "check", path, "--all", "--device", "nano33ble")[1]
    assert any(line.split()[:3] == ["#2", "85.0", "%"] for line in text.splitlines())
    assert "nano33ble" in text
    assert run(capsys, "check", MODEL, "--all")[0] == 2


def test_a_person_shops_with_wishes(
    studio: Studio, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = project(tmp_path, [(2, 900_000), (9, 0)])
    wishes = ("--accuracy", "0.8", "--latency-ms", "100", "--ram", "64K", "--flash", "256K")
    document = studio("shop", path, *wishes, "--json").ok().document
    for step in document["suitable"]:
        assert set(step["met"].values()) == {"yes"}
        assert step["cell"]["ram"]["high"] <= 64 << 10
        assert step["cell"]["latency"]["high"] <= 100
    sizes = [step["device"]["ram"]["value"] for step in document["suitable"]]
    assert sizes == sorted(sizes)
    assert sizes[0] == 20 << 10
    for step in document["might"]:
        assert "might" in step["met"].values()
    text = run(capsys, "shop", path, *wishes, "--vendor", "ST")[1]
    assert "nucleo_l073rz" in text
    assert "nano_33_iot" not in text
    assert "prices are not known" in text

    text = run(capsys, "shop", path, "--accuracy", "0.99")[1]
    assert "No board surely meets every wish." in text
    assert "Without the wish for accuracy" in text


def test_a_model_file_is_shopped_for_without_its_accuracy(
    capsys: pytest.CaptureFixture[str],
) -> None:
    document = json.loads(run(capsys, "shop", MODEL, "--ram", "32K", "--json")[1])
    assert document["suitable"]
    assert all(step["validation"] is None for step in document["suitable"])


@pytest.mark.parametrize(
    ("source", "arguments", "status", "told"),
    [
        (MODEL, ("--accuracy", "0.9"), 2, "accurate"),
        (MODEL, ("--accuracy", "95"), 2, "0.95"),
        (MODEL, ("--ram", "many"), 2, "64K"),
        (MODEL, ("--latency-ms", "-1"), 2, "above 0"),
        (__file__, (), 1, "model.not_tflite"),
        ("nowhere.automl", (), 1, "model.unreadable"),
    ],
)
def test_wishes_that_make_no_sense_are_refused(
    capsys: pytest.CaptureFixture[str],
    source: Path,
    arguments: tuple[str, ...],
    status: int,
    told: str,
) -> None:
    ended, _, err = run(capsys, "shop", source, *arguments)
    assert (ended, told in err) == (status, True)


def test_advice_tells_what_was_tried_and_what_was_not(
    studio: Studio, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = project(tmp_path, [(2, 600_000), (9, 0)])
    document = studio("advise", path, "--device", "nano33ble", "--quick", "--json").ok().document
    told = run(capsys, "advise", path, "--device", "nano33ble", "--quick")[1]
    assert document["verdict"] == "fits"
    assert told.startswith(document["grower"])
    assert document["engineer"] in told
    assert "KiB of RAM" in document["spare"]
    for one in document["tries"]:
        assert all(phrase in told for phrase in one["phrases"])
    assert "Arduino Uno" in run(capsys, "advise", MODEL, "--device", "uno")[1]
    assert run(capsys, "advise", MODEL, "--device", "uno", "--minutes", "1")[0] == 2
    assert run(capsys, "advise", MODEL, "--device", "nobodys")[0] == 1

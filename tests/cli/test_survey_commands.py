"""``check --all`` and ``shop``, as a person's shell runs them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from studio.cli.main import main
from tests.app.test_judging import project
from tests.conftest import Ran

MODEL = Path(__file__).parents[1] / "data" / "tiny_int8.tflite"
Studio = Callable[..., Ran]


def test_all_candidates_stand_on_all_devices(studio: Studio, tmp_path: Path) -> None:
    path = project(tmp_path, [(2, 900_000), (9, 0)])
    document = studio("check", path, "--all", "--json").ok().document
    assert [row["candidate"] for row in document["rows"]] == [1, 2]
    one = {cell["device"]: cell["verdict"] for cell in document["rows"][0]["cells"]}
    assert document["rows"][0]["fits"] == list(one.values()).count("fits")
    assert document["best"]["nano33ble"] == 1
    assert document["best"]["uno"] is None
    single = studio("check", path, "--candidate", "2", "--device", "nano33ble", "--json").ok()
    [cell] = [c for c in document["rows"][1]["cells"] if c["device"] == "nano33ble"]
    for name in ("verdict", "ram", "flash", "latency"):
        assert cell[name] == single.document["reports"][0][name]
    text = studio("check", path, "--all", "--device", "nano33ble").ok().out
    assert "#2    85.0 %" in text
    assert "nano33ble" in text
    assert studio("check", MODEL, "--all").status == 2


def test_a_person_shops_with_wishes(studio: Studio, tmp_path: Path) -> None:
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
    text = studio("shop", path, *wishes).ok().out
    assert "nucleo_l073rz" in text
    assert "prices are not known" in text

    text = studio("shop", path, "--accuracy", "0.99").ok().out
    assert "No board surely meets every wish." in text
    assert "Without the wish for accuracy" in text


def test_a_model_file_is_shopped_for_without_its_accuracy(studio: Studio) -> None:
    document = studio("shop", MODEL, "--ram", "32K", "--json").ok().document
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
    try:
        ended = main(["shop", str(source), *arguments], open_window=lambda path: 0)
    except SystemExit as ending:
        ended = int(str(ending.code))
    assert (ended, told in capsys.readouterr().err) == (status, True)


def test_advice_tells_what_was_tried_and_what_was_not(studio: Studio, tmp_path: Path) -> None:
    path = project(tmp_path, [(2, 600_000), (9, 0)])
    document = studio("advise", path, "--device", "uno", "--quick", "--json").ok().document
    assert document["verdict"] == "does-not-fit"
    assert document["report"]["device"] == "uno"
    told = studio("advise", path, "--device", "nucleo_l073rz", "--quick").ok().out
    document = (
        studio("advise", path, "--device", "nucleo_l073rz", "--quick", "--json").ok().document
    )
    assert told.startswith(document["grower"])
    assert document["engineer"] in told
    for one in document["tries"]:
        assert all(phrase in told for phrase in one["phrases"])
    if document["verdict"] in ("fits", "fits-with-change"):
        assert "KiB of RAM" in document["spare"]
    assert studio("advise", MODEL, "--device", "uno", "--minutes", "1").status == 2
    assert studio("advise", MODEL, "--device", "nobodys").status == 1
    assert "uno" in studio("advise", MODEL, "--device", "uno").ok().out.casefold()

"""``devices`` at the command line."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from studio.cli.main import main
from studio.devices import catalogue

MODEL = Path(__file__).parents[1] / "data" / "tiny_int8.tflite"
OWN = 'name = "My board"\ncore = "Cortex-M4F"\nram_bytes = "96K"\nflash_bytes = "512K"\n'
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Return what runs a command in this process, which takes a tenth of one of its own."""

    def run(*arguments: object) -> tuple[int, str, str]:
        try:
            status = main([str(one) for one in arguments], open_window=lambda path: 0)
        except SystemExit as ending:
            status = int(str(ending.code))
        return status, *capsys.readouterr()

    return run


@pytest.fixture
def project(tmp_path: Path, run: Run) -> Path:
    path = tmp_path / "a.automl"
    assert run("new", path)[0] == 0
    return path


def listed(said: tuple[int, str, str]) -> dict[str, dict[str, Any]]:
    assert said[0] == 0, said[2]
    return {device["id"]: device for device in json.loads(said[1])["devices"]}


def test_a_figure_of_one_source_never_shows_as_verified(run: Run) -> None:
    text = run("devices")[1]
    document = listed(run("devices", "--json"))
    assert set(document) == set(catalogue())
    for line in text.splitlines():
        device = catalogue().get(line.split(" ")[0])
        if device is None:
            continue
        facts = (device.clock_hz, device.ram_bytes, device.flash_bytes)
        doubted = sum(fact.value is not None and len(fact.sources) < 2 for fact in facts)
        assert len(re.findall(r" \?(?= |$)", line)) == doubted, line
        for name, fact in zip(("clock", "ram", "flash"), facts, strict=True):
            said = document[device.id][name]
            assert said["verified"] is (len(fact.sources) >= 2)
            assert said["sources"] == list(fact.sources)
            assert said["kind"] == ("unknown" if fact.value is None else "published")


def test_filters_compose(run: Run) -> None:
    found = listed(run("devices", "--with", "camera,radio", "--core", "m7", "--json"))
    assert set(found) == {"nicla_vision"}
    assert found["nicla_vision"]["camera"]["names"] == ["GC2145"]
    assert set(listed(run("devices", "--kind", "browser", "--json"))) == {"browser"}
    accelerated = listed(run("devices", "--accelerated", "--vendor", "google", "--json"))
    assert {device["accelerator"]["name"] for device in accelerated.values()} == {"edgetpu"}
    assert "unknown" in run("devices", "--search", "iphone")[1]
    assert run("devices", "--with", "wheels")[0] == 2


def test_an_own_device_from_a_few_words(run: Run, project: Path) -> None:
    words = ("--name", "My board", "--core", "m4f", "--ram", "96K", "--flash", "512K")
    status, said, _ = run("devices", "add", "--project", project, *words)
    assert status == 0
    assert "your own figures, which nobody verified" in said
    [device] = listed(run("devices", "--project", project, "--own", "--json")).values()
    assert device["ram"] == {
        **{"value": 98304, "unit": "B", "kind": "published", "verified": False, "own": True},
        "sources": ["said by you"],
    }
    line = run("devices", "--project", project, "--own")[1]
    assert "96.0 KiB *" in line
    assert "* marks your own figures" in line
    assert run("devices", "change", "my-board", "--project", project, "--ram", "64K")[0] == 0
    assert run("devices", "remove", "my-board", "--project", project)[0] == 0
    assert run("devices", "remove", "my-board", "--project", project)[0] == 1
    assert run("undo", project)[0] == 0
    [device] = listed(run("devices", "--project", project, "--own", "--json")).values()
    assert device["ram"]["value"] == 65536


@pytest.mark.parametrize(
    ("content", "code", "named"),
    [
        (OWN.replace('"96K"', "-1"), "device.bad_file", "'ram_bytes'"),
        (OWN.replace('"96K"', "true"), "device.bad_file", "'ram_bytes'"),
        (OWN.replace('"96K"', "9" * 30), "device.bad_file", "'ram_bytes'"),
        (OWN.replace("Cortex-M4F", "Z80"), "device.unknown_core", "'core'"),
        (OWN + 'id = "pico"', "device.duplicate_id", "'pico'"),
        (OWN + "colour = 3", "device.bad_file", "'colour'"),
        (OWN + "clock_hz = 2030-01-01", "device.bad_file", "'clock_hz'"),
        (b"\xff\xfe", "device.bad_file", "not UTF-8"),
        (OWN + "x = " + "[" * 9000, "device.bad_file", "not TOML"),
        (OWN + "#" * (65 << 10), "device.bad_file", "larger than 64 KB"),
    ],
)
def test_a_bad_file_is_refused_with_one_sentence(
    run: Run, project: Path, tmp_path: Path, content: str | bytes, code: str, named: str
) -> None:
    file = tmp_path / "board.toml"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    status, out, err = run("devices", "add", file, "--project", project)
    assert status == 1
    assert not out
    assert err.startswith(f"{code}: The device file board.toml ")
    assert named in err
    assert err.count("\n") == 1
    assert listed(run("devices", "--project", project, "--own", "--json")) == {}


@pytest.mark.parametrize(
    "arguments",
    [
        ("add", "board.toml"),
        ("add", "--project", "P"),
        ("add", "board.toml", "--name", "x", "--project", "P"),
        ("change", "x", "--project", "P"),
        ("remove", "--project", "P"),
        ("--candidate", "1"),
        ("add", "board.toml", "--fits", "P", "--project", "P"),
    ],
)
def test_wrong_use_is_told(run: Run, project: Path, arguments: tuple[str, ...]) -> None:
    given = [str(project) if one == "P" else one for one in arguments]
    assert run("devices", *given)[0] == 2


def test_what_fits_is_what_check_says_fits(run: Run) -> None:
    fitting = listed(run("devices", "--fits", MODEL, "--json"))
    reports = json.loads(run("check", MODEL, "--json")[1])["reports"]
    assert set(fitting) == {one["device"] for one in reports if one["verdict"] == "fits"}
    unknown = json.loads(run("devices", "--fits", MODEL, "--json")[1])["unknown"]
    assert {"android_phone", "browser", "pc"} <= set(unknown)
    assert not set(unknown) & set(fitting)
    one = listed(run("devices", "--fits", MODEL, "--core", "m0+", "--json"))
    assert set(one) == {id for id in fitting if catalogue()[id].core == "Cortex-M0+"}


def test_a_model_file_is_judged_on_own_devices_too(run: Run, project: Path) -> None:
    words = ("--name", "My board", "--core", "m4f", "--ram", "256K", "--flash", "1M")
    assert run("devices", "add", "--project", project, *words)[0] == 0
    found = listed(run("devices", "--fits", MODEL, "--project", project, "--core", "m4", "--json"))
    assert {"my-board", "nano33ble"} <= set(found)


def test_a_process_says_it_too(studio: Callable[..., Any], tmp_path: Path) -> None:
    project, file = tmp_path / "a.automl", tmp_path / "board.toml"
    studio("new", project).ok()
    file.write_text(OWN, "utf-8")
    studio("devices", "add", file, "--project", project).ok()
    refused = studio("devices", "add", "--project", project, "--name", "x", "--core", "Z80")
    assert refused.status == 1
    assert "'core'" in refused.err

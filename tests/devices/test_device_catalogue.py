import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from studio.compatibility.placement import accelerator_of
from studio.devices import catalogue, find_device, shape
from studio.devices import catalogue as package_catalogue
from studio.domain.device import DeviceKind
from studio.domain.errors import DeviceError
from studio.runtimes import RUNTIMES
from studio.runtimes.ethos_u import ACCELERATORS

ROOT = Path(__file__).resolve().parents[2]
COLLECTED = ROOT.parent / "shared" / "truth" / "devices.json"


def test_there_are_enough_devices_in_order():
    assert list(catalogue()) == sorted(catalogue())
    known = [
        device
        for device in catalogue().values()
        if None not in (device.clock_hz.value, device.ram_bytes.value, device.flash_bytes.value)
    ]
    assert len(known) >= 60
    assert len(catalogue()) >= 90
    vendors = {device.vendor for device in catalogue().values()}
    assert vendors >= {
        *("Arduino", "ST", "Nordic", "Raspberry Pi", "Espressif", "Renesas", "NXP", "Infineon"),
        *("Silicon Labs", "BBC", "NVIDIA", "Google", "Arm", "Apple"),
    }
    assert {device.kind for device in catalogue().values()} == set(DeviceKind)


def test_it_is_read_once_and_cannot_be_changed():
    assert catalogue() is package_catalogue()
    with pytest.raises(TypeError):
        catalogue()["mine"] = None


def test_the_nano_33_ble():
    nano = find_device("nano33ble")
    assert nano.ram_bytes.value == 256 * 1024
    assert nano.flash_bytes.value == 983040
    assert nano.ram_bytes.verified
    assert nano.flash_bytes.verified
    assert not nano.clock_hz.verified


@pytest.mark.parametrize("id", sorted(catalogue()))
def test_every_device_is_complete(id):
    device = catalogue()[id]
    assert set(device.runtimes) <= set(RUNTIMES)
    assert bool(device.sdk) is (device.kind is DeviceKind.MICROCONTROLLER)
    for fact in (device.clock_hz, device.ram_bytes, device.flash_bytes):
        assert all("://" not in source and source.strip() for source in fact.sources)
    if device.clock_hz.value is not None:
        assert 1e6 <= device.clock_hz.value <= 6e9
    if device.kind is DeviceKind.MICROCONTROLLER and device.ram_bytes.value is not None:
        assert 1024 <= device.ram_bytes.value <= 64 << 20
    told = [*device.features.values(), *device.regions]
    told += [device.accelerator] if device.accelerator else []
    assert all(one.sources and "://" not in source for one in told for source in one.sources)
    assert not device.own


_BESIDE = {"edgetpu": "edge-tpu", "ethos": "ethos-u"}


def test_kinds_have_their_runtimes():
    for device in catalogue().values():
        first = set(device.runtimes) - {"edge-tpu", "ethos-u"}
        if device.kind is not DeviceKind.MICROCONTROLLER:
            assert first == {"litert", "onnx-runtime"}
        elif device.core == "AVR":
            assert not first
        else:
            assert device.runtimes[:2] == ("generated-c", "tflite-micro")
        accelerator = accelerator_of(device)
        assert (accelerator is None) is (device.accelerator is None)
        if device.accelerator is not None:
            family = device.accelerator.name.partition("-")[0]
            assert accelerator.id == _BESIDE[family] == device.runtimes[-1]


def test_what_accelerators_are_called_is_what_vela_takes():
    for device in catalogue().values():
        if device.accelerator is not None and device.accelerator.name != "edgetpu":
            assert any(known.startswith(device.accelerator.name) for known in ACCELERATORS)
    assert all(shape.ACCELERATOR.fullmatch(name) for name in ACCELERATORS)
    assert set(shape.RUNTIMES) == set(RUNTIMES)


def test_two_files_of_one_repository_do_not_make_a_figure_verified():
    for device in catalogue().values():
        for fact in (device.clock_hz, device.ram_bytes, device.flash_bytes):
            said_by = [source.partition("@")[0].partition(" v")[0] for source in fact.sources]
            assert len(set(said_by)) == len(said_by)
            assert fact.verified is (len(set(said_by)) > 1)


@pytest.mark.parametrize(
    ("id", "field"),
    [
        ("b_u585i_iot02a", "ram_bytes"),
        ("teensy40", "ram_bytes"),
        ("nucleo_f411re", "ram_bytes"),
        ("nanorp2040connect", "flash_bytes"),
        ("bluepill_f103c8", "flash_bytes"),
    ],
)
def test_a_disagreement_or_one_source_shows_as_unverified(id, field):
    fact = getattr(catalogue()[id], field)
    assert fact.value is not None
    assert not fact.verified
    assert catalogue()[id].notes


def test_conflicting_ram_is_unknown():
    assert catalogue()["nucleo_h7a3zi_q"].ram_bytes.value is None


def test_an_esp32_has_one_partition_for_its_program():
    assert catalogue()["esp32dev"].flash_bytes.value == 0x140000
    assert "4096 KiB" in catalogue()["esp32dev"].notes


@pytest.mark.parametrize(
    ("asked", "near"),
    [
        ("nano-33-ble", "nano33ble"),
        ("NANO33BLE", "nano33ble"),
        ("Raspberry Pi Pico", "pico"),
        ("arduino uno", "uno"),
        ("esp32", "esp32dev"),
    ],
)
def test_an_unknown_device_names_the_nearest(asked, near):
    with pytest.raises(DeviceError) as caught:
        find_device(asked)
    assert caught.value.code == "device.unknown"
    assert re.search(rf"\b{near}\b", caught.value.remedy)


@pytest.mark.parametrize("asked", ["", "☃", "zzzzzzzz", "x" * 100_000])
def test_nonsense_still_gets_an_answer(asked):
    with pytest.raises(DeviceError) as caught:
        find_device(asked)
    assert caught.value.remedy
    assert len(caught.value.happened) < 200


def test_every_figure_is_made_of_what_its_sources_say(tmp_path):
    script = ROOT / "packaging" / "make_devices.py"
    subprocess.run([sys.executable, script, tmp_path], check=True, capture_output=True)
    made = {path.name: path.read_text("utf-8") for path in tmp_path.iterdir()}
    kept = {p.name: p.read_text("utf-8") for p in (ROOT / "assets" / "devices").glob("*.toml")}
    assert made == kept


@pytest.mark.skipif(not COLLECTED.exists(), reason="../shared/truth/devices.json is not here")
def test_what_was_collected_is_what_was_handed_over():
    kept = json.loads((ROOT / "packaging" / "collected_devices.json").read_text("utf-8"))
    given = json.loads(COLLECTED.read_text("utf-8"))
    for mine, theirs in zip(kept["devices"], given["devices"], strict=True):
        assert mine == {name: theirs[name] for name in mine}


@pytest.mark.skipif(not COLLECTED.exists(), reason="../shared/truth/devices.json is not here")
def test_every_fully_sourced_board_is_in_with_its_figures():
    for entry in json.loads(COLLECTED.read_text())["devices"]:
        if not all(entry["verified"].values()):
            continue
        device = catalogue()[entry["id"]]
        assert device.clock_hz.value == entry["clock_hz"]
        assert device.ram_bytes.value == entry["ram_bytes"]
        if "esp32" in entry["id"]:
            assert device.flash_bytes.value < entry["flash_bytes"]
        else:
            assert device.flash_bytes.value == entry["flash_bytes"]

"""Make assets/devices/*.toml from collected board files.

    python packaging/make_devices.py [FOLDER]

The input is collected_devices.json, a list of boards as they were collected from PlatformIO's
board files, MLPerf Tiny's system descriptions and Zephyr's board files. What was read beside it
stands in the tables below and, for boards that the list does not have and for what is on the
boards, in devices.toml; each number with the file and commit it was read from. The rule for a
figure:

* every source that gives the same number is named, one for each repository; two or more make
  it verified;
* if any source gives another number, one source is named, so it shows as unverified, and the
  disagreement goes into the notes.
"""

from __future__ import annotations

import json
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

KIB = 1024
GIB = 1024**3
FIELDS = ("clock_hz", "ram_bytes", "flash_bytes")
SCALES = {
    "mhz": ("clock_hz", 10**6),
    "ram_kib": ("ram_bytes", KIB),
    "ram_mib": ("ram_bytes", KIB**2),
    "flash_kib": ("flash_bytes", KIB),
    "flash_mib": ("flash_bytes", KIB**2),
}
SHORT = {"Z@": "zephyrproject-rtos/zephyr@", "P/": "platformio/platform-"}
ON_BOARD = ("camera", "microphone", "radio", "accelerator")
UNITS = {"clock_hz": "Hz", "ram_bytes": "bytes of RAM", "flash_bytes": "bytes of flash"}


def zephyr(commit: str, path: str, ram: int | None, flash: int | None) -> dict[str, Any]:
    """Return one reading of a Zephyr board file, which counts in KiB."""
    found = {"ram_bytes": ram and ram * KIB, "flash_bytes": flash and flash * KIB}
    source = f"zephyrproject-rtos/zephyr@{commit}:boards/{path}.yaml"
    return {"source": source, **{field: value for field, value in found.items() if value}}


def mlperf(version: str, system: str, mhz: int, ram_kib: int | None) -> dict[str, Any]:
    """Return one reading of a system that took part in MLPerf Tiny."""
    reading = {"source": f"mlcommons/tiny_results v{version}: {system}", "clock_hz": mhz * 10**6}
    return reading | ({"ram_bytes": ram_kib * KIB} if ram_kib else {})


def reading(source: str, **values: int) -> dict[str, Any]:
    """Return one reading of any other file."""
    return {"source": source, **values}


ZEPHYR = "zephyrproject-rtos/zephyr"
PICO = (
    "raspberrypi/documentation@0e264f0:documentation/asciidoc/microcontrollers/pico-series/"
    "about_pico.adoc"
)
AVR = "arduino/ArduinoCore-avr@0428ad8:boards.txt"
MBED = "arduino/ArduinoCore-mbed@04ccf55:boards.txt"
PI_DOCS = "raspberrypi/documentation@{}:documentation/asciidoc/computers/{}.adoc"
PI = PI_DOCS.format("7b2ec07", "raspberry-pi/introduction")

MORE: dict[str, list[dict[str, Any]]] = {
    "uno": [reading(AVR, clock_hz=16_000_000, ram_bytes=2048, flash_bytes=32256)],
    "megaatmega2560": [reading(AVR, clock_hz=16_000_000, ram_bytes=8192, flash_bytes=253952)],
    "nano33ble": [reading(MBED, ram_bytes=262144, flash_bytes=983040)],
    "portenta_h7_m7": [reading(MBED, ram_bytes=523624, flash_bytes=786432)],
    "nanorp2040connect": [reading(MBED, ram_bytes=270336, flash_bytes=16777216)],
    "pico": [
        reading(PI, ram_bytes=264 * KIB, flash_bytes=2048 * KIB),
        zephyr("51a0d40", "raspberrypi/rpi_pico/rpi_pico", 264, 2048),
        reading(PICO, clock_hz=133_000_000),
    ],
    "rpi_pico2": [
        reading(PI, ram_bytes=520 * KIB, flash_bytes=4096 * KIB),
        reading(PICO, clock_hz=150_000_000),
        reading(
            f"{ZEPHYR}@0530c53:boards/raspberrypi/rpi_pico2/doc/index.rst", clock_hz=150_000_000
        ),
    ],
    "nrf54l15dk": [
        reading(f"{ZEPHYR}@006195b:dts/vendor/nordic/nrf54l_05_10_15.dtsi", clock_hz=128_000_000)
    ],
    "nrf5340dk": [
        reading(f"{ZEPHYR}@112ef11:boards/nordic/nrf5340dk/doc/index.rst", clock_hz=128_000_000)
    ],
    "nrf52840_dk": [zephyr("2a48958", "nordic/nrf52840dk/nrf52840dk_nrf52840", 256, 1024)],
    "nrf52_dk": [zephyr("3de45ee", "nordic/nrf52dk/nrf52dk_nrf52832", 64, 512)],
    "bbcmicrobit_v2": [zephyr("5c3f516", "bbc/microbit_v2/bbc_microbit_v2", 128, None)],
    "nucleo_f401re": [zephyr("53fe52f", "st/nucleo_f401re/nucleo_f401re", 96, 512)],
    "nucleo_f411re": [zephyr("acb2217", "st/nucleo_f411re/nucleo_f411re", 96, 512)],
    "nucleo_f446re": [zephyr("53fe52f", "st/nucleo_f446re/nucleo_f446re", 96, 512)],
    "nucleo_g071rb": [zephyr("0d020be", "st/nucleo_g071rb/nucleo_g071rb", 36, 128)],
    "nucleo_g0b1re": [
        mlperf("1.1", "NUCLEO_G0B1RE", 64, 144),
        zephyr("2a48958", "st/nucleo_g0b1re/nucleo_g0b1re", 144, 512),
    ],
    "nucleo_g474re": [zephyr("2dc4e4b", "st/nucleo_g474re/nucleo_g474re", 128, 512)],
    "nucleo_l073rz": [zephyr("2b08ff9", "st/nucleo_l073rz/nucleo_l073rz", 20, 192)],
    "nucleo_l476rg": [zephyr("98eead4", "st/nucleo_l476rg/nucleo_l476rg", 96, 1024)],
    "disco_l475vg_iot01a": [zephyr("06758ff", "st/disco_l475_iot1/disco_l475_iot1", 96, 1024)],
    "nucleo_l4r5zi": [
        mlperf("0.7", "NUCLEO_L4R5ZI", 120, 640),
        zephyr("0202bd8", "st/nucleo_l4r5zi/nucleo_l4r5zi", 192, 2048),
    ],
    "nucleo_l552ze_q": [zephyr("566d71d", "st/nucleo_l552ze_q/nucleo_l552ze_q", 192, 512)],
    "nucleo_u575zi_q": [
        mlperf("0.7", "NUCLEO-U575ZI-Q", 160, 768),
        zephyr("273bc39", "st/nucleo_u575zi_q/nucleo_u575zi_q", None, 2048),
    ],
    "nucleo_h743zi": [zephyr("2ea575e", "st/nucleo_h743zi/nucleo_h743zi", 512, 2048)],
    "nucleo_h563zi": [zephyr("042d9ea", "st/nucleo_h563zi/nucleo_h563zi", 640, 2048)],
    "nucleo_wb55rg_p": [zephyr("2ea575e", "st/nucleo_wb55rg/nucleo_wb55rg", 192, 876)],
    "disco_f746ng": [
        mlperf("0.7", "DISCO_F746NG", 216, 320),
        zephyr("2b08ff9", "st/stm32f746g_disco/stm32f746g_disco", 256, 1024),
    ],
    "disco_h747xi": [
        zephyr("2b08ff9", "st/stm32h747i_disco/stm32h747i_disco_stm32h747xx_m7", 512, 1024)
    ],
    "b_u585i_iot02a": [
        zephyr("4c09587", "st/b_u585i_iot02a/b_u585i_iot02a", 768, 2048),
        reading(
            "platformio/platform-ststm32@115dfc6:boards/disco_b_u585i_iot02a.json",
            clock_hz=160_000_000,
            ram_bytes=256 * KIB,
            flash_bytes=2048 * KIB,
        ),
    ],
    "nucleo_h7a3zi_q": [mlperf("1.1", "NUCLEO_H7A3ZI_Q", 280, None)],
    "teensy40": [zephyr("1540eef", "pjrc/teensy4/teensy40", 768, 2048)],
    "teensy41": [zephyr("02d6d20", "pjrc/teensy4/teensy41", 768, 8192)],
    "due": [zephyr("044a759", "arduino/due/arduino_due", 96, 512)],
    "zero": [zephyr("53fe52f", "arduino/zero/arduino_zero", 32, 256)],
    "nano_33_iot": [zephyr("48b2300", "arduino/nano_33_iot/arduino_nano_33_iot", 32, 256)],
    "uno_r4_minima": [zephyr("53fe52f", "arduino/uno_r4/arduino_uno_r4_minima", 32, None)],
    "uno_r4_wifi": [zephyr("0d020be", "arduino/uno_r4/arduino_uno_r4_wifi", 32, None)],
    "portenta_c33": [zephyr("06758ff", "arduino/portenta_c33/arduino_portenta_c33", 512, 2048)],
    "ek_ra6m4": [zephyr("140845a", "renesas/ek_ra6m4/ek_ra6m4", 256, 1024)],
    "ek_ra8d1": [zephyr("00584ab", "renesas/ek_ra8d1/ek_ra8d1", 1024, 2048)],
    "xg24_dk2601b": [
        zephyr("0202bd8", "silabs/dev_kits/xg24_dk2601b/xg24_dk2601b", 256, 1536),
    ],
    "cy8cproto_062_4343w": [
        zephyr("227c1ac", "infineon/cy8cproto_062_4343w/cy8cproto_062_4343w", 1024, 2048)
    ],
}

# An ESP32 program gets one application partition, not the whole flash chip.
PARTITION_4M = ("espressif/arduino-esp32@08b3066:tools/partitions/default.csv", 0x140000)
PARTITION_8M = ("espressif/arduino-esp32@8de5fc2:tools/partitions/default_8MB.csv", 0x330000)

PI_NOTE = "Storage is a memory card of the owner's choice, so no flash is stated."
BOARDS: list[dict[str, Any]] = [
    {
        "id": "rpi4b",
        "name": "Raspberry Pi 4 Model B",
        "core": "4x Cortex-A72",
        "kind": "linux-board",
        "notes": f"Sold with 1, 2, 4 or 8 GiB of RAM; the smallest is taken here. {PI_NOTE}",
        "readings": [
            reading(PI, ram_bytes=GIB),
            reading(PI_DOCS.format("12045f8", "processors/bcm2711"), clock_hz=1_500_000_000),
        ],
    },
    {
        "id": "rpi5",
        "name": "Raspberry Pi 5",
        "core": "4x Cortex-A76",
        "kind": "linux-board",
        "notes": f"Sold with 1, 2, 4, 8 or 16 GiB of RAM; the smallest is taken here. {PI_NOTE}",
        "readings": [
            reading(PI, ram_bytes=GIB),
            reading(PI_DOCS.format("07b21c3", "processors/bcm2712"), clock_hz=2_400_000_000),
        ],
    },
    {
        "id": "rpi_zero2w",
        "name": "Raspberry Pi Zero 2 W",
        "core": "4x Cortex-A53",
        "kind": "linux-board",
        "notes": PI_NOTE,
        "readings": [
            reading(PI, ram_bytes=GIB // 2),
            reading(
                PI_DOCS.format("074cd03", "processors/rp3a0"),
                ram_bytes=GIB // 2,
                clock_hz=1_000_000_000,
            ),
        ],
    },
    {
        "id": "rpi500",
        "name": "Raspberry Pi 500",
        "core": "4x Cortex-A76",
        "kind": "computer",
        "notes": PI_NOTE,
        "readings": [
            reading(PI, ram_bytes=8 * GIB),
            reading(PI_DOCS.format("07b21c3", "processors/bcm2712"), clock_hz=2_400_000_000),
        ],
    },
    {
        "id": "snapdragon_8_gen_3_mtp",
        "name": "Snapdragon 8 Gen 3 mobile platform (MTP)",
        "vendor": "Qualcomm",
        "core": "Kryo",
        "kind": "phone",
        "notes": "A reference phone; its RAM is not stated where we looked.",
        "readings": [
            mlperf("1.2", "Snapdragon_8_Gen_3_Mobile_Platform_MTP", 3400, None),
        ],
    },
]

# Without a complete set of figures, but worth showing with what is unknown.
INCOMPLETE = ("nucleo_h7a3zi_q", "rpi_pico2", "nrf54l15dk", "stm32mp157f_dk2", "stm32mp135f_dk2")

ARDUINO_SDKS = {
    "platform-atmelavr": "arduino-avr",
    "platform-atmelsam": "arduino-samd",
    "platform-ststm32": "arduino-stm32",
    "platform-espressif32": "arduino-esp32",
    "platform-renesas-ra": "arduino-renesas",
    "platform-raspberrypi": "arduino-pico",
    "platform-teensy": "arduino-teensy",
}
SDKS = {
    "due": "arduino-sam",
    "nano33ble": "arduino-mbed",
    "portenta_h7_m7": "arduino-mbed",
    "nanorp2040connect": "arduino-mbed",
    "rpi_pico2": "arduino-pico",
    "b_u585i_iot02a": "arduino-stm32",
    "nucleo_h7a3zi_q": "arduino-stm32",
}
# Notes of the collection that the readings above say better.
NOTES = {
    "b_u585i_iot02a": "",
    "nucleo_h7a3zi_q": "MLPerf Tiny states 1.19 MB, 1.18 MB and 1.4 MB of RAM, so none is taken",
    "disco_h747xi": "The RAM is one bank of several",
    "disco_l475vg_iot01a": "The RAM is the largest of two banks",
    "nucleo_h743zi": "The RAM is the largest of several banks",
    "pico": "The Arduino core arduino-pico gives a program 262,144 bytes of the RAM",
    "nrf54l15dk": "RAM and flash are what Zephyr gives the application core",
    "rpi_pico2": "",
}
NAMES = {
    "uno": "Arduino Uno",
    "megaatmega2560": "Arduino Mega 2560",
    "zero": "Arduino Zero",
    "due": "Arduino Due",
    "nano_33_iot": "Arduino Nano 33 IoT",
    "nano33ble": "Arduino Nano 33 BLE",
    "bluepill_f103c8": "Blue Pill (STM32F103C8)",
    "nrf52_dk": "Nordic nRF52 DK",
    "nrf52840_dk": "Nordic nRF52840 DK",
}


def main() -> int:
    """Write one file per board and say how many."""
    if len(sys.argv) > 2:
        print(__doc__, file=sys.stderr)
        return 2
    here = Path(__file__).resolve().parent
    collected = json.loads((here / "collected_devices.json").read_text(encoding="utf-8"))["devices"]
    folder = Path(sys.argv[1]) if len(sys.argv) == 2 else here.parent / "assets" / "devices"
    folder.mkdir(parents=True, exist_ok=True)
    boards = [board(entry) for entry in collected if wanted(entry)] + BOARDS
    read = tomllib.loads((here / "devices.toml").read_text(encoding="utf-8"))
    boards += map(beside, read["board"])
    on = read["on"] | {entry["id"]: entry for entry in read["board"]}
    boards = [{**entry, **on_board(on.get(entry["id"], {}), read["banks"])} for entry in boards]
    for entry in boards:
        (folder / f"{entry['id']}.toml").write_text(text(entry), encoding="utf-8")
    print(f"{len(boards)} devices in {folder}")
    return 0


def wanted(entry: dict[str, Any]) -> bool:
    """Whether everything is sourced, or the board is shown with what is unknown."""
    return entry["id"] in INCOMPLETE or all(entry["verified"][field] for field in FIELDS)


def board(entry: dict[str, Any]) -> dict[str, Any]:
    """Turn a collected entry into what a device file holds, its readings first."""
    source = entry["sources"][0]
    values = {field: entry[field] for field in FIELDS if entry[field] is not None}
    notes = [NOTES.get(entry["id"], entry["conflicts_or_notes"] or "")]
    if "esp32" in entry["id"]:
        large = values["flash_bytes"] > 4 * KIB * KIB
        table, size = PARTITION_8M if large else PARTITION_4M
        first = [reading(table, flash_bytes=size)]
        notes += [
            f"The flash chip has {values.pop('flash_bytes') // KIB} KiB; the usual partition table "
            "gives a program the part stated here, others give it more.",
            "Wi-Fi and Bluetooth take a part of the RAM while they are used.",
        ]
    else:
        first = []
    known = {name: value for name, value in entry.items() if name not in ON_BOARD}
    extra = [r for r in MORE.get(entry["id"], []) if r["source"] != source]
    return {
        **known,
        "name": NAMES.get(entry["id"], entry["name"]),
        "kind": "linux-board" if entry["kind"] == "linux" else "microcontroller",
        "sdk": SDKS.get(entry["id"], sdk(entry)),
        "notes": " ".join(sentence(note) for note in notes if note),
        "readings": [{"source": source, **values}, *first, *extra],
    }


def beside(entry: dict[str, Any]) -> dict[str, Any]:
    """Turn a board of devices.toml into what a device file holds."""
    kind = entry.get("kind", "microcontroller")
    default = "vendor" if kind == "microcontroller" else ""
    return {
        **entry,
        "kind": kind,
        "sdk": entry.get("sdk", default),
        "notes": entry.get("notes", ""),
        "readings": [dict(scaled(one)) for one in entry["readings"]],
    }


def on_board(found: dict[str, Any], banks: dict[str, Any]) -> dict[str, Any]:
    """Return what is on a board and its banks of RAM, with their sources in full."""
    regions = banks[found["banks"]] if "banks" in found else found.get("regions", [])
    tables = {name: in_full(found[name]) for name in ON_BOARD if name in found}
    return {**tables, "regions": [in_full(bank) for bank in regions]}


def in_full(table: dict[str, Any]) -> dict[str, Any]:
    """Return a table with its sources in full and its size in bytes."""
    size = {"bytes": table["kib"] * KIB} if "kib" in table else {}
    return {**table, **size, "sources": list(map(full, table["sources"]))}


def scaled(one: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield the fields of a reading in hertz and bytes."""
    for name, value in one.items():
        if name == "source":
            yield name, full(value)
        else:
            field, scale = SCALES.get(name, (name, 1))
            yield field, value * scale


def full(source: str) -> str:
    """Return a source with the repository that its beginning stands for."""
    short = next((key for key in SHORT if source.startswith(key)), "")
    return SHORT.get(short, "") + source.removeprefix(short)


def sentence(note: str) -> str:
    """Return a note as a sentence."""
    return note[0].upper() + note[1:].rstrip(".") + "."


def sdk(entry: dict[str, Any]) -> str:
    """Return what a minimal program is built with."""
    if entry["kind"] == "linux":
        return ""
    found = [name for key, name in ARDUINO_SDKS.items() if key in entry["sources"][0]]
    return found[0] if found else "vendor"


def runtimes(entry: dict[str, Any]) -> list[str]:
    """Return the runtimes that run on it, the preferred one first, accelerators last."""
    accelerator = entry.get("accelerator", {"name": ""})["name"]
    found = {"edgetpu": ["edge-tpu"], "ethos": ["ethos-u"]}.get(accelerator.partition("-")[0], [])
    if entry["kind"] != "microcontroller":
        return [*entry.get("first", ["litert", "onnx-runtime"]), *found]
    return [] if entry["core"] == "AVR" else ["generated-c", "tflite-micro", *found]


def text(entry: dict[str, Any]) -> str:
    """Return a device file."""
    facts, disagreements = settle(entry["readings"])
    notes = " ".join(filter(None, [entry["notes"], *disagreements]))
    lines = [
        "# Made by packaging/make_devices.py; change it there.",
        "format = 1",
        f"id = {quoted(entry['id'])}",
        f"name = {quoted(entry['name'])}",
        f"vendor = {quoted(entry.get('vendor', 'Raspberry Pi'))}",
        f"kind = {quoted(entry['kind'])}",
        f"core = {quoted(entry['core'])}",
        f"sdk = {quoted(entry.get('sdk', ''))}",
        f"runtimes = [{', '.join(map(quoted, runtimes(entry)))}]",
        f"notes = {quoted(notes)}",
    ]
    for field, (value, sources) in facts.items():
        lines += table(f"[{field}]", f"value = {value}", sources)
    for name in ("camera", "microphone", "radio"):
        if name in entry:
            names = ", ".join(map(quoted, entry[name]["names"]))
            lines += table(f"[{name}]", f"names = [{names}]", entry[name]["sources"])
    if "accelerator" in entry:
        said = f"name = {quoted(entry['accelerator']['name'])}"
        lines += table("[accelerator]", said, entry["accelerator"]["sources"])
    for bank in entry.get("regions", []):
        said = f"name = {quoted(bank['name'])}\nbytes = {bank['bytes']}"
        lines += table("[[regions]]", said, bank["sources"])
    return "\n".join(lines) + "\n"


def table(head: str, said: str, sources: list[str]) -> list[str]:
    """Return the lines of one table of a device file."""
    return ["", head, said, "sources = [", *(f"    {quoted(one)}," for one in sources), "]"]


def settle(readings: list[dict[str, Any]]) -> tuple[dict[str, tuple[int, list[str]]], list[str]]:
    """Return the figure of each field with its sources, and where sources disagree.

    The first reading that has a field gives its value.
    """
    facts: dict[str, tuple[int, list[str]]] = {}
    disagreements = []
    for field in FIELDS:
        given = [(r[field], r["source"]) for r in readings if field in r]
        if not given:
            continue
        value = given[0][0]
        others = [f"{source} says {n:,}" for n, source in given if n != value]
        if others:
            disagreements.append(
                f"Sources disagree about the {UNITS[field]}: {given[0][1]} says {value:,}, "
                f"{', '.join(others)}."
            )
        agreeing: dict[str, str] = {}
        for number, source in given:
            if number == value:
                # Two files of one repository were written by the same hands, so they count once.
                agreeing.setdefault(origin(source), source)
        named = list(agreeing.values())
        facts[field] = (value, named[:1] if others else named)
    return facts, disagreements


def origin(source: str) -> str:
    """Return who says it: the repository, or the whole of what is none."""
    name = source.partition("@")[0].partition(" v")[0]
    return "zephyrproject-rtos/zephyr" if name == "zephyr" else name


def quoted(value: str) -> str:
    """Return a TOML string; JSON's escapes are TOML's."""
    return json.dumps(value, ensure_ascii=False)


if __name__ == "__main__":
    sys.exit(main())

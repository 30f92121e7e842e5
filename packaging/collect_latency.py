"""Make assets/latency/published.csv from collected tables of published latencies.

    python packaging/collect_latency.py FOLDER

The folder holds ``mlperf_tiny.csv`` (mlcommons/tiny_results, all rounds) and
``espressif_person_detection.csv`` (espressif/esp-nn). Taken over are the boards of the catalogue.
A row says why it does not serve for the fit, if so; nobody's figure is changed.
"""

from __future__ import annotations

import csv
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "assets" / "latency" / "published.csv"

BOARDS = (
    # what the table calls it, device of the catalogue, core, MHz
    ("NRF5340", "nrf5340dk", "Cortex-M33", 128),
    ("L4R5", "nucleo_l4r5zi", "Cortex-M4", 120),
    ("H7A3", "nucleo_h7a3zi_q", "Cortex-M7", 280),
    ("U575", "nucleo_u575zi_q", "Cortex-M33", 160),
    ("U585", "b_u585i_iot02a", "Cortex-M33", 160),
    ("F746", "disco_f746ng", "Cortex-M7", 216),
    ("G0B1", "nucleo_g0b1re", "Cortex-M0+", 64),
    ("RA8D1", "ek_ra8d1", "Cortex-M85", 480),
    ("XG24", "xg24_dk2601b", "Cortex-M33", 78),
)
CHIPS = {
    # chip: (devices that are built on it are those of this core and kit; MHz)
    "ESP32-S3": ("Xtensa LX7 (dual)", 240),
    "ESP32": ("Xtensa LX6 (dual)", 240),
    "ESP32-C3": ("RISC-V RV32IMC", 160),
}
X_CUBE = {
    "0.7": "X-CUBE-AI of round 0.7",
    "1.0": "X-CUBE-AI 7.3 to 8.0",
    "1.1": "X-CUBE-AI 8.1",
    "1.2": "X-CUBE-AI 9 and 10",
    "1.3": "X-CUBE-AI 9 and 10",
}
BY_SUBMITTER = {
    "bosch": "Bosch HALE",
    "Krai": X_CUBE["1.0"],
    "Skymizer": "ONNC",
    "reference": "TensorFlow Lite Micro 2.3.1",
    "silicon_labs": "TensorFlow Lite Micro with an accelerator",
    "Renesas": "a runtime that Renesas does not name",
}
HALVED = {
    # Their figures for this one model halve between two rounds and for no other model.
    *(("STMicroelectronics", version) for version in ("1.1", "1.2", "1.3")),
    ("plumerai", "1.1"),
    ("Skymizer", "1.1"),
}
SETTINGS = {
    "float": "computes in float",
    "min_ram": "set to least memory",
    "max_performance": "set to the highest speed, for one model only",
}
FIELDS = ("round", "organisation", "system", "device", "core", "sdk", "mhz", "runtime", "model")
FIELDS += ("latency_ms", "energy_uj", "energy_latency_ms", "left_out")


def runtime(row: dict[str, str]) -> str:
    """Return under which name a row's runtime is fitted."""
    text = f"{row['system']} {row['libs']} {row['framework']}".lower()
    if "cmsis" in text:
        return "microTVM with CMSIS-NN"
    if "microtvm" in text:
        return "microTVM"
    if row["org"] == "plumerai":
        return f"Plumerai {'to 1.0' if row['version'] in ('0.7', '1.0') else '2023.05'}"
    if row["org"] == "STMicroelectronics":
        return X_CUBE[row["version"]]
    return BY_SUBMITTER[row["org"]]


def left_out(row: dict[str, str]) -> str:
    """Return why a row does not serve for the fit; empty if it does."""
    if row["accel"]:
        return f"with the accelerator {row['accel']}"
    if row["task"] == "vww" and (row["org"], row["version"]) in HALVED:
        return "half of the round before, for this model only"
    return next((why for word, why in SETTINGS.items() if word in row["system"]), "")


def table(path: Path) -> list[dict[str, str]]:
    """Return the rows of a table."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def mlperf(path: Path) -> list[dict[str, object]]:
    """Return the rows of MLPerf Tiny on boards of the catalogue."""
    found: list[dict[str, object]] = []
    for row in table(path):
        name = re.sub("[-_]", " ", f"{row['system']} {row['board']}").upper()
        board = next((board for board in BOARDS if board[0] in name), None)
        if board is None or row["task"] not in ("ad", "ic", "kws", "vww"):
            continue
        _, device, core, mhz = board
        if row["freq"] and int(re.sub(r"\D.*", "", row["freq"])) != mhz:
            raise SystemExit(f"{row['system']} ran at {row['freq']}, not at {mhz} MHz")
        values = (f"MLPerf Tiny {row['version']}", row["org"], row["system"], device, core, "")
        energy = (row["energy_uJ"], row["latency_ms_energy_mode"] or row["latency_ms"])
        values += (str(mhz), runtime(row), row["task"], row["latency_ms"])
        values += (*(energy if row["energy_uJ"] else ("", "")), left_out(row))
        found.append(dict(zip(FIELDS, values, strict=True)))
    return found


def espressif(path: Path) -> list[dict[str, object]]:
    """Return the rows of Espressif's own table, for chips of the catalogue."""
    found: list[dict[str, object]] = []
    for row in table(path):
        if row["chip"] not in CHIPS:
            continue
        core, mhz = CHIPS[row["chip"]]
        for column, name in (("with", "with ESP-NN"), ("without", "without ESP-NN")):
            values = (row["source"], "Espressif", row["chip"], "", core, "arduino-esp32")
            values += (str(mhz), f"TensorFlow Lite Micro {name}", "person")
            values += (row[f"latency_ms_{column}_esp_nn"], "", "", "one model only")
            found.append(dict(zip(FIELDS, values, strict=True)))
    return found


def main(folder: Path) -> None:
    """Write the table."""
    rows = mlperf(folder / "mlperf_tiny.csv")
    rows += espressif(folder / "espressif_person_detection.csv")
    TARGET.parent.mkdir(exist_ok=True)
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, FIELDS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    print(f"{len(rows)} rows, {sum(not row['left_out'] for row in rows)} of them for the fit")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

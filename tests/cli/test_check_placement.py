"""Where operators run, as a person asks for it at the terminal."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

DATA = Path(__file__).resolve().parents[1] / "data"


def test_each_operator_has_its_place_in_the_document(studio) -> None:
    model = DATA / "unsupported_operator.tflite"
    [report] = studio("check", model, "--device", "nano33ble", "--json").ok().document["reports"]
    assert report["placement"]["runtime"] == "generated-c"
    assert report["placement"]["operators"] == [
        {
            "number": 0,
            "name": "GELU",
            "where": "nowhere",
            "reason": "Generated C has no operator GELU.",
        }
    ]


@pytest.mark.skipif(importlib.util.find_spec("ethosu") is None, reason="Vela is not installed")
def test_vela_is_asked_and_quoted(studio) -> None:
    asked = ("check", DATA / "tiny_int8.tflite", "--device", "nano33ble", "--ethos-u")
    found = studio(*asked, "ethos-u55-64", "--json").ok().document["ethos_u"]
    assert (found["accelerator"], found["why"]) == ("ethos-u55-64", "")
    assert found["memory"]["sram"]["kind"] == "measured"
    assert found["latency"]["kind"] == "estimated"
    assert {place["where"] for place in found["placement"]["operators"]} == {"accelerator"}
    assert "The Ethos-U runs 5 of 5 operators." in studio(*asked, "ethos-u55-64").ok().out


def test_what_vela_cannot_be_asked_is_a_sentence(studio) -> None:
    asked = ("check", DATA / "tiny_float32.tflite", "--device", "nano33ble", "--ethos-u")
    said = studio(*asked, "ethos-u55-64").ok().out
    assert "whole numbers only" in said or "Not done: Vela" in said
    assert studio(*asked, "ethos-u99").status == 2

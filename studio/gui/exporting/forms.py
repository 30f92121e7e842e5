"""The forms a bundle can have, a sentence each, and what nobody built with them here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from studio.gui.i18n import mark

__all__ = ["FORMS", "USUAL", "Form", "forms_with"]

USUAL = ""
"""Id of the bundle that is of no build system."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One form.

    Attributes:
        id: As the session takes it; `USUAL` for none.
        title: What it is called.
        sentence: What it is for.
        unbuilt: What was not done with such a zip here; empty where there is nothing to build.
    """

    id: str
    title: str
    sentence: str
    unbuilt: str = ""


FORMS = (
    Form(
        id=USUAL,
        title=mark("Bundle with everything"),
        sentence=mark("Every model file, C and Python code, the report and the proof."),
    ),
    Form(
        id="arduino",
        title="Arduino",
        sentence=mark("A library for the Arduino IDE, with two sketches."),
        unbuilt=mark("Not built with the board's package here."),
    ),
    Form(
        id="platformio",
        title="PlatformIO",
        sentence=mark("A library and a project for PlatformIO."),
        unbuilt=mark("Not built by PlatformIO here."),
    ),
    Form(
        id="cmake",
        title="CMake",
        sentence=mark("A library that any CMake project takes in."),
        unbuilt=mark("Such libraries are built in our tests; this very one is not."),
    ),
    Form(
        id="zephyr",
        title="Zephyr",
        sentence=mark("A Zephyr module with the self-test as a sample."),
        unbuilt=mark("Not built with Zephyr here."),
    ),
    Form(
        id="esp-idf",
        title="ESP-IDF",
        sentence=mark("A component for chips of Espressif."),
        unbuilt=mark("Not built with ESP-IDF here."),
    ),
    Form(
        id="python",
        title=mark("Python package"),
        sentence=mark("A package to install on a PC or a board with Linux."),
        unbuilt=mark("Such packages are installed in our tests; this very one is not."),
    ),
    Form(
        id="gateway",
        title=mark("Gateway (REST, MQTT)"),
        sentence=mark("A service for a computer in the network, with Docker and Kubernetes files."),
        unbuilt=mark("Such services are run in our tests, without Docker; this very one is not."),
    ),
    Form(
        id="edgetpu",
        title="Edge TPU",
        sentence=mark("The model for Coral's compiler, and which operators it will take."),
        unbuilt=mark("Not compiled: Coral's compiler cannot be had here."),
    ),
    Form(
        id="ethos-u",
        title="Ethos-U",
        sentence=mark("The model compiled by Arm's Vela, with Vela's own figures."),
        unbuilt=mark("Not run on an Ethos-U here."),
    ),
    Form(
        id="android",
        title="Android",
        sentence=mark("Assets and the sources of a small app."),
        unbuilt=mark("The app was not built here."),
    ),
    Form(
        id="ios",
        title="iOS",
        sentence=mark("A Swift package and the sources of a small app."),
        unbuilt=mark("The app was not built here."),
    ),
    Form(
        id="bare-metal",
        title=mark("Bare metal"),
        sentence=mark("A Makefile, start-up code and a linker script, without a system."),
        unbuilt=mark("Such projects are built in our tests; this very one is not."),
    ),
)


def forms_with(titles: Mapping[str, str]) -> tuple[Form, ...]:
    """Return the forms that have words here, and behind them those a plug-in brought.

    Args:
        titles: Title of each form the session knows for a device, by id.
    """
    known = {form.id for form in FORMS}
    others = (Form(id=id, title=title, sentence="") for id, title in titles.items())
    return (*FORMS, *(form for form in others if form.id not in known))

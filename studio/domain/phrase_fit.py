"""The sentences of a compatibility report; `studio.domain.phrase` has them among the others."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["FIT_PHRASES"]

FIT_PHRASES: Mapping[str, str] = {
    # For the person: does it fit?
    "fit-yes": "It fits the {device} and uses at most {percent} % of its memory.",
    "fit-no-ram": (
        "It does not fit the {device}: it needs at least {needed} of RAM, and there are {there}."
    ),
    "fit-no-flash": (
        "It does not fit the {device}: it needs at least {needed} of flash, and there are {there}."
    ),
    "fit-no-bank": (
        "It does not fit the {device}: its RAM lies in several places, and {part} is larger than"
        " what is free in each."
    ),
    "fit-maybe-ram": (
        "It may not fit the {device}: it could need {needed} of RAM, and there are {there}."
    ),
    "fit-maybe-flash": (
        "It may not fit the {device}: it could need {needed} of flash, and there are {there}."
    ),
    "fit-maybe-bank": (
        "It may not fit the {device}: its RAM lies in several places, and {part} could be larger"
        " than what is free in each."
    ),
    "fit-no-limit-ram": (
        "Whether it fits is not known: nobody states how much RAM the {device} has."
    ),
    "fit-no-limit-flash": (
        "Whether it fits is not known: nobody states how much flash the {device} has."
    ),
    "fit-no-need-ram": (
        "Whether it fits the {device} is not known: how much RAM the model needs could not be"
        " found out."
    ),
    "fit-no-need-flash": (
        "Whether it fits the {device} is not known: how much flash the model needs could not be"
        " found out."
    ),
    "fit-runs-not": "The {device} cannot run this model as it is.",
    # For the engineer: by how much?
    "needs-ram-and-flash": (
        "{runtime} needs {ram} of {ram_limit} RAM and {flash} of {flash_limit} flash."
    ),
    "needs-ram": "{runtime} needs {ram} of {ram_limit} RAM.",
    # What stands against it.
    "no-runtime": "No runtime of the studio runs on the {device}.",
    "no-reader": "Nothing on the {device} reads {format} files.",
    "no-operator": "{runtime} has no operator {names}.",
    "no-hybrid": (
        "{runtime} does not run models with float activations and int8 weights (dynamic range);"
        " convert it to int8 throughout."
    ),
    "no-types": "{runtime} does not compute with {names}.",
    "no-precision": "{runtime} does not run {precision} models.",
    "no-open-shapes": "{runtime} needs every size fixed, and this model leaves one open.",
    "no-code": "{runtime} is not possible: {why}",
    # What else to know.
    "arena-unknown": "The tensor arena is not known. {why}",
    "unverified-ram": "The RAM of the {device} is unverified: fewer than two sources agree.",
    "unverified-flash": "The flash of the {device} is unverified: fewer than two sources agree.",
    "limit-unknown-ram": "The RAM of the {device} is not known.",
    "limit-unknown-flash": "The flash of the {device} is not known.",
    "depends-ram": "It needs between {least} and {most} of RAM, depending on the program.",
    "depends-flash": "It needs between {least} and {most} of flash, depending on the program.",
    "storage": "It also needs {size} of storage for the model.",
    "sensor-unknown": (
        "What a camera, microphone or sensor needs as a buffer is not known; it comes on top."
    ),
    "code-estimated": (
        "Code size and stack of the generated C are estimated; it was not compiled for the"
        " {device}."
    ),
    # Where the operators run.
    "not-asked": ("Which operators the {runtime} takes is not known: its compiler was not run."),
    "placed": "The {runtime} runs {taken} of {all} operators.",
    "left-behind": "On the processor: {operators}. {reason}",
    "whole-numbers-only": (
        "The {runtime} runs {types} only, and this model computes with {names}; convert it to"
        " int8 throughout."
    ),
    "one-scale-weights": (
        "{runtime} wants one scale for all weights of {names}, and this model has one per channel."
    ),
    "one-scale-activations": (
        "{runtime} wants one scale for each activation, and this model has several."
    ),
}
"""English by key, as in `studio.domain.phrase.PHRASES`."""

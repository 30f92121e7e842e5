"""Conditions on devices: each chooses what it says, and together they choose what all choose."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.devices import DeviceFilter, catalogue, core_like, core_names
from studio.domain.device import FEATURES, DeviceKind

DEVICES = tuple(catalogue().values())


def ids(**conditions: object) -> set[str]:
    return {device.id for device in DeviceFilter(**conditions).among(DEVICES)}


@pytest.mark.parametrize(
    ("conditions", "some", "none"),
    [
        ({"text": "nicla"}, {"nicla_vision"}, {"pico"}),
        ({"text": "PICO raspberry"}, {"pico", "pico2_w", "rpi_pico2"}, {"rpi5"}),
        ({"text": "ov2640"}, {"esp32s3_eye"}, {"esp32dev"}),
        ({"text": "ethos-u55"}, {"corstone_300", "ek_ra8p1"}, {"coral_dev_board"}),
        ({"vendor": "raspberry"}, {"pico", "rpi5"}, {"nano33ble"}),
        ({"core": "m4"}, {"nano33ble"}, {"pico", "ek_ra8p1"}),
        ({"core": "cortex-m0+"}, {"pico", "zero"}, {"nano33ble"}),
        ({"core": "a53"}, {"rpi_zero2w", "imx8mm_evk"}, {"rpi5"}),
        ({"kind": DeviceKind.BROWSER}, {"browser"}, {"pc"}),
        ({"features": frozenset({"camera", "radio"})}, {"nicla_vision"}, {"stm32n6570_dk"}),
        ({"accelerated": True}, {"coral_dev_board", "imx93_evk"}, {"pico"}),
        ({"accelerated": False}, {"pico"}, {"coral_dev_board"}),
        ({"own": True}, set(), {"pico"}),
        ({"text": "zzz"}, set(), {"pico"}),
    ],
)
def test_a_condition_chooses_what_it_says(
    conditions: dict[str, object], some: set[str], none: set[str]
) -> None:
    found = ids(**conditions)
    assert some <= found
    assert not none & found
    assert bool(found) is bool(some)


_CONDITIONS = {
    "text": st.sampled_from(["", "nano", "Wi-Fi", "st", "cortex 33"]),
    "vendor": st.sampled_from(["", "ST", "arduino"]),
    "core": st.sampled_from(["", "m4", "Cortex-M33F", "xtensa"]),
    "kind": st.none() | st.sampled_from(DeviceKind),
    "features": st.frozensets(st.sampled_from(FEATURES)),
    "accelerated": st.none() | st.booleans(),
}


@given(st.fixed_dictionaries({}, optional=_CONDITIONS))
def test_conditions_compose(conditions: dict[str, object]) -> None:
    alone = [ids(**{name: value}) for name, value in conditions.items()]
    assert ids(**conditions) == set(catalogue()).intersection(*alone)


def test_a_feature_nobody_knows_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="wheels"):
        DeviceFilter(features=frozenset({"wheels"}))


@pytest.mark.parametrize(
    ("said", "core"),
    [("m4f", "Cortex-M4F"), ("cortex m0+", "Cortex-M0+"), ("m0", "Cortex-M0"), ("avr", "AVR")],
)
def test_a_core_in_words(said: str, core: str) -> None:
    assert core_like(said) == core
    assert core_like("Z80 ") == "Z80"
    assert all(core_like(name) == name for name in core_names())

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from studio.compatibility import check_model, search_limits
from studio.devices import catalogue
from studio.domain.device import Fact
from studio.domain.errors import DeviceError
from studio.domain.figure import Figure
from studio.domain.report import Verdict


def searchable():
    """Return the ids of all devices a search can be made for."""
    ids = []
    for device in catalogue().values():
        try:
            search_limits(device, 1024)
        except DeviceError:
            continue
        ids.append(device.id)
    return ids


def code_of(device, *more):
    with pytest.raises(DeviceError) as caught:
        search_limits(device, *more)
    assert caught.value.remedy
    return caught.value.code


def test_something_is_left_beside_the_rest_of_the_program(device):
    limits = search_limits(device(), 1024)
    assert 0 < limits.flash_bytes < 1 << 20
    assert 0 < limits.ram_bytes < (256 << 10) - 1024
    assert limits.input_bytes == 1024


def test_a_larger_input_leaves_less_ram(device):
    small, large = search_limits(device(), 1_000), search_limits(device(), 5_000)
    assert small.ram_bytes - large.ram_bytes == 4_000
    assert small.flash_bytes == large.flash_bytes


def test_a_kit_that_is_larger_leaves_less(device):
    plain = search_limits(device(sdk="arduino-stm32"))
    mbed = search_limits(device(sdk="arduino-mbed"))
    assert mbed.flash_bytes < plain.flash_bytes
    assert mbed.ram_bytes < plain.ram_bytes


@given(data=st.data())
def test_a_candidate_within_the_limits_always_fits(data):
    from studio.compatibility import ModelFacts
    from studio.domain.candidate import Precision

    device = catalogue()[data.draw(st.sampled_from(searchable()))]
    limits = search_limits(device, data.draw(st.integers(1, 4096)))
    assume(min(limits.flash_bytes, limits.ram_bytes) >= 1)
    over = data.draw(st.sampled_from([(0, 0), (1, 0), (0, 1)]))
    exact = data.draw(st.booleans())
    size = limits.flash_bytes if exact else data.draw(st.integers(1, limits.flash_bytes))
    arena = limits.ram_bytes if exact else data.draw(st.integers(1, limits.ram_bytes))
    facts = ModelFacts(
        operators=(("CONV_2D", 1),),
        precision=Precision.INT8,
        element_types=frozenset({"int8"}),
        size_bytes=size + over[0],
        arena=Figure.measured(arena + over[1], "B", "drawn"),
        input_bytes=limits.input_bytes,
        activations=Figure.measured(0, "B", "drawn"),
    )
    fits = check_model(facts, device).verdict is Verdict.FITS
    if over == (0, 0):
        assert fits
    elif exact:
        assert not fits  # and the limits are not a byte tighter than they must be


def test_most_boards_can_be_searched_for():
    assert {"nano33ble", "pico", "esp32dev", "nucleo_l4r5zi"} <= set(searchable())


@pytest.mark.parametrize("field", ["ram_bytes", "flash_bytes"])
def test_an_unknown_limit_is_no_limit(device, field):
    assert code_of(device(**{field: Fact(value=None)})) == "device.no_limits"


@pytest.mark.parametrize("id", ["uno", "rpi4b", "nucleo_h7a3zi_q", "snapdragon_8_gen_3_mtp"])
def test_devices_that_cannot_be_searched_for(id):
    assert code_of(catalogue()[id]) == "device.no_limits"


def test_a_device_that_is_too_small_says_why():
    with pytest.raises(DeviceError, match="of 64 KiB flash") as caught:
        search_limits(catalogue()["bluepill_f103c8"], 1024)
    assert caught.value.code == "device.too_small"


def test_an_input_that_is_too_large_leaves_nothing(device):
    assert code_of(device(), 1 << 20) == "device.too_small"

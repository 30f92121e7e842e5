import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.devices import load_device
from studio.domain.device import DeviceKind
from studio.domain.errors import DeviceError

GOOD = """\
format = 1
id = "board"
name = "A board"
vendor = "Somebody"
kind = "microcontroller"
core = "Cortex-M4F"
sdk = "arduino-stm32"
runtimes = ["tflite-micro"]
notes = "A note."

[clock_hz]
value = 64000000
sources = ["a", "b"]

[ram_bytes]
value = 262144
sources = ["a"]
"""


@pytest.fixture
def write(tmp_path):
    def write(text, name="board.toml"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


def complaint(path):
    with pytest.raises(DeviceError) as caught:
        load_device(path)
    assert caught.value.code == "device.bad_file"
    assert path.name in caught.value.happened
    assert caught.value.remedy
    return caught.value.happened


def test_a_good_file_is_read(write):
    device = load_device(write(GOOD))
    assert (device.id, device.name, device.vendor) == ("board", "A board", "Somebody")
    assert device.kind is DeviceKind.MICROCONTROLLER
    assert (device.core, device.sdk, device.notes) == ("Cortex-M4F", "arduino-stm32", "A note.")
    assert device.runtimes == ("tflite-micro",)
    assert device.clock_hz.value == 64_000_000
    assert device.clock_hz.verified
    assert device.ram_bytes.value == 262144
    assert not device.ram_bytes.verified


def test_a_figure_left_out_is_unknown(write):
    assert load_device(write(GOOD)).flash_bytes.value is None


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("format = 1", "format = 2", "format 2"),
        ("format = 1\n", "", "format None"),
        ('id = "board"', 'id = "Board"', "id"),
        ('id = "board"', 'id = "other"', "file name"),
        ('name = "A board"', 'name = ""', "'name'"),
        ('vendor = "Somebody"\n', "", "'vendor'"),
        ('core = "Cortex-M4F"', "core = 4", "'core'"),
        ('kind = "microcontroller"', 'kind = "toaster"', "'kind'"),
        ('kind = "microcontroller"', "kind = 3", "'kind'"),
        ('["tflite-micro"]', '"tflite-micro"', "'runtimes'"),
        ('["tflite-micro"]', "[1]", "'runtimes'"),
        ('["tflite-micro"]', '["a", "a"]', "'runtimes'"),
        ("notes =", "note =", "'note'"),
        ("value = 262144", "value = 0", "'ram_bytes.value'"),
        ("value = 262144", "value = -1", "'ram_bytes.value'"),
        ("value = 262144", "value = 1.5", "'ram_bytes.value'"),
        ("value = 262144", "value = true", "'ram_bytes.value'"),
        ("value = 262144", 'value = "256 KB"', "'ram_bytes.value'"),
        ("value = 262144\n", "", "'ram_bytes'"),
        ('sources = ["a"]', "sources = []", "'ram_bytes.sources'"),
        ('sources = ["a"]', 'sources = ["a", "a"]', "'ram_bytes.sources'"),
        ('sources = ["a"]', "sources = [3]", "'ram_bytes.sources'"),
        ('sources = ["a"]', 'sources = ["a"]\nunit = "B"', "'ram_bytes'"),
        ("[ram_bytes]", "[[ram_bytes]]", "'ram_bytes'"),
    ],
)
def test_a_wrong_field_is_named(write, old, new, named):
    assert old in GOOD
    assert named in complaint(write(GOOD.replace(old, new)))


@pytest.mark.parametrize("text", ["id = ", b"\xff\xfe\0", "a = " + "[" * 5000, GOOD + GOOD])
def test_what_is_no_toml_is_refused(write, text):
    assert "not TOML" in complaint(write(text))


def test_a_file_that_is_too_large_is_refused(write):
    assert "larger than" in complaint(write(GOOD + "#" * (64 << 10)))


def test_a_missing_file_is_refused(tmp_path):
    assert "cannot be read" in complaint(tmp_path / "gone.toml")


@given(st.binary(max_size=300), st.integers(0, len(GOOD)))
def test_damage_never_does_more_than_raise(tmp_path_factory, noise, place):
    path = tmp_path_factory.mktemp("devices") / "board.toml"
    path.write_bytes(GOOD.encode()[:place] + noise)
    try:
        code = load_device(path).id
    except DeviceError as error:
        code = error.code
    assert code in {"board", "device.bad_file", "device.unknown_core"}

"""Reading pictures: what is taken, what is refused, and what a model sees."""

from __future__ import annotations

import contextlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from studio.domain.preprocessing import ImagePreprocessing
from studio.tasks import pictures
from tests.pictures import encoded, random_picture

GREY = ImagePreprocessing(width=20, height=16, channels=1)
COLOUR = ImagePreprocessing(width=20, height=16, channels=3)


@pytest.mark.parametrize("format", sorted(pictures.FORMATS))
def test_every_format_is_read(format: str) -> None:
    facts = pictures.inspect(encoded(random_picture(1, mode="RGB"), format))
    assert (facts.width, facts.height, facts.media_type) == (20, 16, pictures.FORMATS[format])


def test_formats_that_are_not_listed_are_refused() -> None:
    with pytest.raises(pictures.BadPicture, match="not a picture in a format"):
        pictures.inspect(encoded(random_picture(1), "PPM"))


def test_a_grey_png_reaches_the_model_byte_for_byte() -> None:
    image = random_picture(3)
    prepared = pictures.prepare(encoded(image), GREY)
    assert np.array_equal(prepared[..., 0], np.asarray(image))


def test_colours_keep_their_order() -> None:
    red = Image.new("RGB", (20, 16), (200, 10, 30))
    assert pictures.prepare(encoded(red), COLOUR)[0, 0].tolist() == [200, 10, 30]


def test_orientation_is_honoured() -> None:
    image = random_picture(5, mode="RGB")
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was turned by a quarter
    facts = pictures.inspect(encoded(image, "TIFF", exif=exif))
    assert (facts.width, facts.height) == (16, 20)


def test_transparency_is_laid_on_white() -> None:
    clear = Image.new("RGBA", (20, 16), (0, 0, 0, 0))
    assert pictures.prepare(encoded(clear), COLOUR).min() == 255


def test_sixteen_bit_greys_are_scaled_and_not_clipped() -> None:
    deep = Image.fromarray(np.full((16, 20), 32768, np.uint16))
    assert pictures.prepare(encoded(deep), GREY)[0, 0, 0] == 127


def test_greys_are_told_from_colours() -> None:
    assert pictures.inspect(encoded(random_picture(1))).channels == 1
    assert pictures.inspect(encoded(random_picture(1).convert("RGB"))).channels == 1
    assert pictures.inspect(encoded(random_picture(1, mode="RGB"))).channels == 3


def test_a_bomb_is_refused_before_it_is_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    content = encoded(random_picture(1))
    monkeypatch.setattr(pictures, "LARGEST_PIXELS", 100)
    monkeypatch.setattr(Image.Image, "load", lambda self: pytest.fail("it was decoded"))
    with pytest.raises(pictures.BadPicture, match="megapixels"):
        pictures.inspect(content)


def test_a_picture_cut_off_is_refused() -> None:
    whole = encoded(random_picture(1, 200, 200))
    with pytest.raises(pictures.BadPicture, match="damaged or cut off"):
        pictures.inspect(whole[: len(whole) // 2])


@pytest.mark.parametrize("format", ["PNG", "JPEG", "BMP", "WEBP", "TIFF", "GIF"])
def test_damage_is_a_sentence_or_a_picture(format: str) -> None:
    whole = bytearray(encoded(random_picture(7, mode="RGB"), format))

    @settings(max_examples=60)
    @given(st.lists(st.tuples(st.integers(0, len(whole) - 1), st.integers(0, 255)), max_size=4))
    def damaged(changes: list[tuple[int, int]]) -> None:
        mutant = bytearray(whole)
        for position, value in changes:
            mutant[position] = value
        with contextlib.suppress(pictures.BadPicture):
            assert pictures.prepare(bytes(mutant), GREY).shape == GREY.shape

    damaged()


@given(st.binary(max_size=200))
def test_bytes_that_are_no_picture_are_refused(content: bytes) -> None:
    with pytest.raises(pictures.BadPicture):
        pictures.inspect(content)


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP"])
def test_the_camera_says_when(format: str) -> None:
    exif = Image.Exif()
    exif[0x010F] = "a maker"
    exif.get_ifd(0x8769).update({0x9003: "2024:05:06 07:08:09", 0x9011: "+09:00"})
    exif.get_ifd(0x8825).update({1: "N", 2: (37.0, 33.0, 59.0)})
    facts = pictures.inspect(encoded(random_picture(8, mode="RGB"), format, exif=exif))
    assert facts.taken_at == "2024-05-06T07:08:09+09:00"
    assert "37" not in repr(facts).replace(repr(facts.thumbnail), "")


@pytest.mark.parametrize("nonsense", ["0000:00:00 00:00:00", "yesterday", "", "2024:99:01 1:2:3"])
def test_a_camera_without_a_clock_says_nothing(nonsense: str) -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x9003] = nonsense
    assert pictures.inspect(encoded(random_picture(8), "JPEG", exif=exif)).taken_at is None

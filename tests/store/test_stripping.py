"""Pictures and sound without what tells of their owner, the rest bit for bit."""

from __future__ import annotations

import io
import struct
import wave

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageOps

from studio.store.stripping import Unstrippable, stripped
from tests.owned_pictures import SECRETS, exif_of, picture


def _seen(content: bytes) -> np.ndarray:
    with Image.open(io.BytesIO(content)) as image:
        return np.asarray(ImageOps.exif_transpose(image).convert("RGB"))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF"])
@pytest.mark.parametrize("orientation", [1, 3, 6])
def test_nothing_of_the_owner_is_left_and_every_pixel_is(form: str, orientation: int) -> None:
    before = picture(form, orientation)
    assert any(secret in before for secret in SECRETS)
    after = stripped(before)
    assert not any(secret in after for secret in SECRETS)
    with Image.open(io.BytesIO(after)) as image:
        assert not image.getexif().get_ifd(0x8825)
        assert set(image.getexif()) <= {0x0112}
    assert np.array_equal(_seen(after), _seen(before))
    assert stripped(after) == after


def test_what_hides_behind_the_end_of_a_jpeg_goes() -> None:
    plain = stripped(picture("JPEG"))
    assert stripped(plain + picture("JPEG", 3)) == plain


def test_a_progressive_jpeg_keeps_all_of_its_scans() -> None:
    image = Image.fromarray(np.random.default_rng(1).integers(0, 256, (64, 64, 3), np.uint8))
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", progressive=True, exif=exif_of(6), icc_profile=b"profile" * 9)
    after = stripped(buffer.getvalue())
    assert b"profile" in after
    assert np.array_equal(_seen(after), _seen(buffer.getvalue()))


def test_sound_keeps_its_values_and_loses_its_artist() -> None:
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setparams((1, 2, 8000, 0, "NONE", ""))
        file.writeframes(bytes(range(200)))
    told = b"INFOIART" + struct.pack("<I", 10) + SECRETS[2] + b"\0"
    sound = buffer.getvalue()
    assert stripped(sound) == sound
    with_artist = sound + b"LIST" + struct.pack("<I", len(told)) + told
    assert stripped(with_artist) == sound


def test_tiff_is_refused_and_tables_pass() -> None:
    with pytest.raises(Unstrippable):
        stripped(picture("TIFF"))
    assert stripped(b'{"a": 1}') == b'{"a": 1}'


@given(st.sampled_from(["JPEG", "PNG", "WEBP", "GIF"]), st.data())
def test_a_damaged_file_is_refused_or_clean(form: str, data: st.DataObject) -> None:
    """Whatever stands in it, the answer comes, and what comes back is stable."""
    content = bytearray(picture(form))
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(4, len(content) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(5, len(content)))
    try:
        once = stripped(bytes(content[:cut]))
    except Unstrippable:
        return
    assert stripped(once) == once

"""The C that prepares pictures gives Pillow's bytes, whatever the size."""

from __future__ import annotations

import struct
import subprocess
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from studio.domain.preprocessing import ImagePreprocessing
from studio.export.cpicture import picture_files

from .places import needs, ran

_MAIN = """
#include <stdio.h>
#include <stdlib.h>
#include "picture.h"
static uint32_t head[3];
static const uint8_t *row(void *context, uint32_t y) {
  return (const uint8_t *)context + y * head[0] * head[2];
}
int main(void) {
  int8_t input[STUDIO_INPUT_BYTES];
  while (fread(head, 4, 3, stdin) == 3) {
    const size_t bytes = (size_t)head[0] * head[1] * head[2];
    uint8_t *pixels = malloc(bytes);
    int32_t *work = malloc(sizeof *work * STUDIO_PICTURE_WORK(head[0]));
    const studio_picture picture = {row, pixels, head[0], head[1], head[2]};
    if (!pixels || !work || fread(pixels, 1, bytes, stdin) != bytes) return 2;
    studio_prepare_picture(&picture, work, input);
    fwrite(input, 1, sizeof input, stdout);
    free(work);
    free(pixels);
  }
  return 0;
}
"""
_STRICT = ("-std=c99", "-Wall", "-Wextra", "-Werror", "-pedantic", "-O2", "-g")
_SANE = ("-fsanitize=address,undefined", "-fno-sanitize-recover=all")


@needs("gcc")
@pytest.mark.parametrize("fused", [False, True], ids=["plain", "fused"])
@pytest.mark.parametrize("shape", [(8, 8, 1), (12, 7, 3), (1, 1, 1), (33, 20, 3)])
def test_c_gives_pillows_bytes(shape: tuple[int, int, int], fused: bool, tmp_path: Path) -> None:
    width, height, channels = shape
    how = ImagePreprocessing(width=width, height=height, channels=channels)
    for name, text in {**picture_files(how), "main.c": _MAIN}.items():
        (tmp_path / name).write_text(text, encoding="ascii")
    options = ("-mfma", "-ffp-contract=fast") if fused else _SANE
    if fused and not _has_fma():
        pytest.skip("this computer has no instruction that fuses product and sum")
    ran("gcc", *_STRICT, *options, "picture.c", "main.c", "-o", "main", folder=tmp_path)
    rng = np.random.default_rng(width)
    fed, wanted = b"", []
    for _ in range(60):
        size = tuple(int(side) for side in rng.integers(1, 120, 2))
        pixels = rng.integers(0, 256, (size[1], size[0], int(rng.choice([1, 3]))), dtype=np.uint8)
        fed += struct.pack("<3I", *size, pixels.shape[2]) + pixels.tobytes()
        wanted.append(_prepared(pixels, how))
    done = subprocess.run([tmp_path / "main"], input=fed, capture_output=True)
    assert done.returncode == 0, done.stderr.decode()
    made = np.frombuffer(done.stdout, np.int8).astype(int).reshape(60, -1) + 128
    assert np.array_equal(made, np.stack(wanted))


def _prepared(pixels: np.ndarray, how: ImagePreprocessing) -> np.ndarray:
    """Return what the studio makes of these pixels: see `studio.tasks.pictures.prepare`."""
    image = Image.fromarray(pixels if pixels.shape[2] == 3 else pixels[:, :, 0])
    image = image.convert("L" if how.channels == 1 else "RGB")
    small = image.resize((how.width, how.height), Image.Resampling.BILINEAR)
    return np.asarray(small, np.uint8).ravel()


def _has_fma() -> bool:
    try:
        return " fma " in Path("/proc/cpuinfo").read_text()
    except OSError:
        return False

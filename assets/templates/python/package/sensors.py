# SPDX-License-Identifier: Apache-2.0
"""A camera and a microphone, by libraries that are installed only where they are wanted."""

from __future__ import annotations

import queue
import time
from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image

from .core import Collector, Model
from .pictures import resized
from .runtimes import NotUsable

__all__ = ["camera", "microphone"]

Bytes = npt.NDArray[np.uint8]


def camera(model: Model, device: int, every: float) -> Iterator[Bytes]:
    """Yield a prepared picture of a camera every so many seconds, uint8 ``(1, *shape)``.

    Raises:
        NotUsable: if OpenCV or the camera is not there, or the model takes no pictures.
    """
    if model.kind != "picture":
        raise NotUsable(f"This model takes a {model.kind}, not a picture.")
    try:
        import cv2
    except ImportError as error:
        raise NotUsable(
            "Pictures of a camera need OpenCV: pip install opencv-python-headless"
        ) from error
    source = cv2.VideoCapture(device)
    if not source.isOpened():
        raise NotUsable(f"There is no camera {device}, or another program has it.")
    try:
        while True:
            good, frame = source.read()
            if not good:
                raise NotUsable(f"The camera {device} gives no pictures any more.")
            image = Image.fromarray(np.ascontiguousarray(frame[:, :, ::-1]))  # OpenCV has BGR
            yield resized(image, model.shape)[np.newaxis]
            time.sleep(every)
    finally:
        source.release()


def microphone(model: Model, device: int | None) -> Iterator[Bytes]:
    """Yield the windows of a microphone as they come, uint8 ``(1, *shape)``.

    Raises:
        NotUsable: if sounddevice or the microphone is not there, or the model takes no sound.
    """
    rate = model.how.get("rate_hz")
    if model.kind != "signal" or rate is None or len(model.how["channels"]) != 1:
        raise NotUsable("This model takes no sound of one channel at a known rate.")
    try:
        import sounddevice
    except (ImportError, OSError) as error:  # OSError: PortAudio is missing
        raise NotUsable("A microphone needs PortAudio and: pip install sounddevice") from error
    blocks: queue.SimpleQueue[npt.NDArray[np.float32]] = queue.SimpleQueue()

    def take(block: Any, *_: object) -> None:
        blocks.put(np.array(block[:, 0], np.float32))

    try:
        stream = sounddevice.InputStream(
            samplerate=rate, channels=1, dtype="float32", device=device, callback=take
        )
    except Exception as error:  # PortAudio raises an error class of its own
        raise NotUsable(f"The microphone cannot be used at {rate:g} Hz: {error}") from error
    collector = Collector(model.how)
    with stream:
        while True:
            for value in blocks.get().tolist():
                window = collector.add([value])
                if window is not None:
                    yield window

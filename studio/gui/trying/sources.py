"""Where a live signal comes from: a camera, a microphone, a serial port.

Each is imported when it is first asked for. What is missing, or goes away meanwhile, is told
in a sentence, and the window goes on.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from studio.gui.i18n import tr
from studio.gui.trying.gathering import Gatherer, Lines

__all__ = ["Camera", "Microphone", "SerialPort", "Source", "serial_ports"]

_HOP_PER_WINDOW = 2
_MOST_BYTES = 1 << 20


class Source(QObject):
    """Something that brings inputs until it is closed.

    Signals:
        came: An input: a `QImage`, or float32 ``(samples, channels)``.
        told: A sentence on how it stands.
        ended: A sentence on why nothing comes any more.
    """

    came = Signal(object)
    told = Signal(str)
    ended = Signal(str)

    def start(self) -> None:
        """Begin; `ended` follows if that cannot be."""

    def close(self) -> None:
        """Let go of the device."""


class Camera(Source):
    """The first camera of this computer."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._parts: list[Any] = []

    def start(self) -> None:
        """Begin; `ended` follows if there is no camera."""
        try:
            from PySide6.QtMultimedia import (
                QCamera,
                QMediaCaptureSession,
                QMediaDevices,
                QVideoSink,
            )
        except ImportError:
            self.ended.emit(tr("This computer lacks what cameras need."))
            return
        if not QMediaDevices.videoInputs():
            self.ended.emit(tr("No camera is connected. Drop a picture instead."))
            return
        camera, session, sink = QCamera(self), QMediaCaptureSession(self), QVideoSink(self)
        session.setCamera(camera)
        session.setVideoSink(sink)
        sink.videoFrameChanged.connect(self._on_frame)
        camera.errorOccurred.connect(self._on_error)
        self._parts = [camera, session, sink]
        camera.start()
        self.told.emit(tr("The camera is on; nothing of it is kept."))

    def _on_frame(self, frame: Any) -> None:
        image: QImage = frame.toImage()
        if not image.isNull():
            self.came.emit(image)

    def _on_error(self, error: object, said: str) -> None:
        self.close()
        self.ended.emit(tr("The camera stopped: {why}.", why=said.rstrip(".")))

    def close(self) -> None:
        """Turn the camera off."""
        if self._parts:
            self._parts[0].stop()
            self._parts = []


class Microphone(Source):
    """The usual microphone, at the rate the model was trained at.

    Args:
        rate_hz: Values a second.
        needed: Values that make one answer.
        parent: Owner.
    """

    def __init__(self, rate_hz: float, needed: int, parent: QObject) -> None:
        super().__init__(parent)
        self._rate = round(rate_hz)
        self._gatherer = Gatherer(1, needed, needed // _HOP_PER_WINDOW)
        self._source: Any = None
        self._stream: Any = None

    def start(self) -> None:
        """Begin; `ended` follows if there is no microphone that can do this rate."""
        try:
            from PySide6.QtMultimedia import QAudioFormat, QAudioSource, QMediaDevices
        except ImportError:
            self.ended.emit(tr("This computer lacks what microphones need."))
            return
        device = QMediaDevices.defaultAudioInput()
        if device.isNull():
            self.ended.emit(tr("No microphone is connected. Drop a recording instead."))
            return
        how = QAudioFormat()
        how.setSampleRate(self._rate)
        how.setChannelCount(1)
        how.setSampleFormat(QAudioFormat.SampleFormat.Int16)
        if not device.isFormatSupported(how):
            why = tr("This microphone cannot record at {rate} Hz.", rate=f"{self._rate:,}")
            self.ended.emit(why)
            return
        self._source = QAudioSource(device, how, self)
        self._stream = self._source.start()
        self._stream.readyRead.connect(self._on_ready)
        self.told.emit(tr("Listening; nothing of it is kept."))

    def _on_ready(self) -> None:
        packed = bytes(self._stream.readAll().data())
        # As a WAV of 16 bits is read: full scale is one.
        values = np.frombuffer(packed[: len(packed) // 2 * 2], "<i2").astype(np.float32)
        window = self._gatherer.add(values[:, None] / np.float32(32768))
        if window is not None:
            self.came.emit(window)

    def close(self) -> None:
        """Stop listening."""
        if self._source is not None:
            self._source.stop()
            self._source = self._stream = None


def serial_ports() -> list[str]:
    """Return the names of the serial ports there are."""
    try:
        from PySide6.QtSerialPort import QSerialPortInfo
    except ImportError:
        return []
    return [info.systemLocation() for info in QSerialPortInfo.availablePorts()]


class SerialPort(Source):
    """A board that prints its values, a line a time, a number a channel.

    Args:
        name: Of the port, as the system calls it.
        baud: Bits a second.
        channels: Numbers a line.
        needed: Lines that make one answer.
        parent: Owner.
    """

    def __init__(self, name: str, baud: int, channels: int, needed: int, parent: QObject) -> None:
        super().__init__(parent)
        self._name, self._baud = name, baud
        self._lines = Lines(channels)
        self._gatherer = Gatherer(channels, needed, needed // _HOP_PER_WINDOW)
        self._port: Any = None

    def start(self) -> None:
        """Begin; `ended` follows if the port cannot be opened."""
        try:
            from PySide6.QtSerialPort import QSerialPort
        except ImportError:
            self.ended.emit(tr("This computer lacks what serial ports need."))
            return
        port = self._port = QSerialPort(self)
        port.setPortName(self._name)
        port.setBaudRate(self._baud)
        if not port.open(QSerialPort.OpenModeFlag.ReadOnly):
            why, self._port = port.errorString(), None
            text = tr("{port} cannot be opened: {why}.", port=self._name, why=why.rstrip("."))
            self.ended.emit(text)
            return
        port.readyRead.connect(self._on_ready)
        port.errorOccurred.connect(self._on_error)
        self.told.emit(self._missing())

    def _missing(self) -> str:
        return tr(
            "Reading {port}; {n} more lines until the first answer.",
            port=self._name,
            n=f"{self._gatherer.missing:,}",
        )

    def _on_ready(self) -> None:
        if self._port is None:
            return
        values = self._lines.add(bytes(self._port.read(_MOST_BYTES).data()))
        window = self._gatherer.add(values)
        if window is not None:
            self.came.emit(window)
        skipped = tr("{n} lines were no numbers.", n=f"{self._lines.skipped:,}")
        reading = tr("Reading {port}.", port=self._name)
        now = self._missing() if self._gatherer.missing else reading
        self.told.emit(f"{now} {skipped}" if self._lines.skipped else now)

    def _on_error(self, error: Any) -> None:
        if self._port is not None and getattr(error, "name", "") == "ResourceError":
            self.close()
            self.ended.emit(
                tr("{port} is gone: was it unplugged? Plug it in and start again.", port=self._name)
            )

    def close(self) -> None:
        """Let go of the port."""
        if self._port is not None:
            port, self._port = self._port, None
            port.close()
            port.deleteLater()

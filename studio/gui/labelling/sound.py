"""Playing a stretch of a sound; Qt's multimedia is loaded at the first one."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, Signal

from studio.gui.i18n import tr

__all__ = ["Player", "pcm"]


def pcm(values: NDArray[np.float32]) -> bytes:
    """Return values with full scale as one as 16-bit PCM of one channel; louder is cut."""
    clean = np.clip(np.nan_to_num(values), -1, 1)
    return np.asarray(clean * 32767, "<i2").tobytes()


class Player(QObject):
    """Plays one sound at a time.

    Signals:
        stopped: It is over.
        failed: Why nothing is heard, in a sentence.
    """

    stopped = Signal()
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sink: Any = None
        self._buffer = QBuffer(self)

    @property
    def playing(self) -> bool:
        """Whether something is played."""
        return self._sink is not None

    def play(self, values: NDArray[np.float32], rate_hz: float) -> None:
        """Play values, float32 ``(samples,)``, from their beginning."""
        self.stop()
        try:
            from PySide6.QtMultimedia import QAudioFormat, QAudioSink, QMediaDevices
        except ImportError:
            self.failed.emit(tr("This installation cannot play sound."))
            return
        output = QMediaDevices.defaultAudioOutput()
        if output.isNull():
            self.failed.emit(tr("This computer has no sound output that is switched on."))
            return
        shape = QAudioFormat()
        shape.setSampleRate(round(rate_hz))
        shape.setChannelCount(1)
        shape.setSampleFormat(QAudioFormat.SampleFormat.Int16)
        if not output.isFormatSupported(shape):
            self.failed.emit(tr("The sound output cannot play {rate} Hz.", rate=round(rate_hz)))
            return
        self._buffer.setData(QByteArray(pcm(values)))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._sink = QAudioSink(output, shape, self)
        self._sink.stateChanged.connect(self._on_state)
        self._sink.start(self._buffer)

    def stop(self) -> None:
        """Be silent."""
        if self._sink is not None:
            sink, self._sink = self._sink, None
            sink.stop()
            sink.deleteLater()
            self._buffer.close()
            self.stopped.emit()

    def _on_state(self, state: Any) -> None:
        if self._sink is not None and state.name in ("IdleState", "StoppedState"):
            self.stop()

# SPDX-License-Identifier: Apache-2.0
"""Counters in the text format of Prometheus, version 0.0.4."""

from __future__ import annotations

import threading
from collections import Counter

__all__ = ["Metrics"]

_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Metrics:
    """What was asked and answered; may be used from several threads."""

    def __init__(self) -> None:
        self._alone = threading.Lock()
        self._requests: Counter[tuple[str, str, int]] = Counter()
        self._within: Counter[float] = Counter()
        self._seconds = 0.0
        self._answers: Counter[str] = Counter()

    def request(self, method: str, path: str, status: int, seconds: float) -> None:
        """Count a request that was answered."""
        with self._alone:
            self._requests[method, path, status] += 1
            self._seconds += seconds
            for bucket in _BUCKETS:
                self._within[bucket] += seconds <= bucket

    def answer(self, answer: str) -> None:
        """Count one answer of the model: its class, ``not sure`` or ``amount``."""
        with self._alone:
            self._answers[answer] += 1

    def text(self) -> str:
        """Return everything as Prometheus reads it."""
        with self._alone:
            requests, total = sorted(self._requests.items()), sum(self._requests.values())
            lines = ["# TYPE studio_requests_total counter"]
            for (method, path, status), count in requests:
                labels = f'method="{method}",path="{path}",status="{status}"'
                lines.append(f"studio_requests_total{{{labels}}} {count}")
            lines.append("# TYPE studio_request_seconds histogram")
            for bucket in _BUCKETS:
                name = f'studio_request_seconds_bucket{{le="{bucket}"}}'
                lines.append(f"{name} {self._within[bucket]}")
            lines.append(f'studio_request_seconds_bucket{{le="+Inf"}} {total}')
            lines.append(f"studio_request_seconds_sum {self._seconds:.6f}")
            lines.append(f"studio_request_seconds_count {total}")
            lines.append("# TYPE studio_answers_total counter")
            for answer, count in sorted(self._answers.items()):
                lines.append(f'studio_answers_total{{answer="{_escaped(answer)}"}} {count}')
        return "\n".join(lines) + "\n"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")

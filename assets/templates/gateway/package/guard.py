# SPDX-License-Identifier: Apache-2.0
"""What stands before the service: limits on size, time and number, and the counting."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

from .metrics import Metrics

__all__ = ["Guard", "Hurried"]

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]

HEADER_SECONDS = 10.0
_BUSY = "There is too much to do; come back in a moment."
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"})


class Guard:
    """An ASGI application around another one.

    Args:
        app: The service.
        metrics: Counts every request that came this far.
        paths: The paths the service knows; every other one is counted as ``other``.
        largest: Bytes a body may have.
        seconds: How long a body may take to come.
        most: Requests worked on at the same time; one more is told to come back (503). So are
            bodies that together would take more memory than as many of the largest.
    """

    def __init__(
        self,
        app: App,
        metrics: Metrics,
        paths: frozenset[str],
        *,
        largest: int,
        seconds: float,
        most: int,
    ) -> None:
        self._app, self._metrics, self._paths = app, metrics, paths
        self._largest, self._seconds, self._most = largest, seconds, most
        self._now = self._held = 0

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status, since = 500, time.perf_counter()

        async def counting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._one(scope, receive, counting)
        finally:
            path = scope["path"] if scope["path"] in self._paths else "other"
            method = scope["method"] if scope["method"] in _METHODS else "OTHER"
            self._metrics.request(method, path, status, time.perf_counter() - since)

    async def _one(self, scope: Message, receive: Receive, send: Send) -> None:
        if _promised(scope) > self._largest:
            await _refuse(send, 413, f"A body may have {self._largest} bytes.")
            return
        parts: list[bytes] = []
        try:
            status, why = await self._in_time(receive, parts)
            if status == 0:
                await self._worked(scope, b"".join(parts), receive, send)
            elif status > 0:
                await _refuse(send, status, why)
        finally:
            self._held -= sum(map(len, parts))

    async def _worked(self, scope: Message, body: bytes, receive: Receive, send: Send) -> None:
        # Health and metrics answer also when there is too much to do.
        if self._now >= self._most and scope["path"] not in ("/health", "/metrics"):
            await _refuse(send, 503, _BUSY)
            return
        self._now += 1
        try:
            await self._app(scope, _again(body, receive), send)
        finally:
            self._now -= 1

    async def _in_time(self, receive: Receive, parts: list[bytes]) -> tuple[int, str]:
        try:
            return await asyncio.wait_for(self._body(receive, parts), self._seconds)
        except TimeoutError:
            return 408, f"The body did not come within {self._seconds:g} seconds."

    async def _body(self, receive: Receive, parts: list[bytes]) -> tuple[int, str]:
        """Collect the body; return 0, or the status to refuse it with; -1 when nobody waits."""
        length = 0
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                return -1, ""
            parts.append(message.get("body", b""))
            length += len(parts[-1])
            self._held += len(parts[-1])
            if length > self._largest:
                return 413, f"A body may have {self._largest} bytes."
            if self._held > self._largest * self._most:
                return 503, _BUSY
            if not message.get("more_body", False):
                return 0, ""


def _promised(scope: Message) -> int:
    lengths = [value for name, value in scope["headers"] if name == b"content-length"]
    return int(lengths[0]) if lengths and lengths[0].isdigit() else 0


def _again(body: bytes, receive: Receive) -> Receive:
    """Return what gives the body once, and then what comes after it."""
    given = False

    async def once() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return once


async def _refuse(send: Send, status: int, why: str) -> None:
    body = json.dumps({"error": why}).encode()
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(body)).encode()),
        (b"connection", b"close"),  # the rest of the body is not read
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


class Hurried(H11Protocol):
    """A connection that is closed when the head of a request takes too long to come."""

    _clock: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        """Begin to wait."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Wait on while the head is not whole."""
        super().data_received(data)
        if self.cycle is None or self.cycle.response_complete:
            self._wait()
        elif self._clock is not None:
            self._clock.cancel()
            self._clock = None

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no more."""
        if self._clock is not None:
            self._clock.cancel()
        super().connection_lost(exc)

    def _wait(self) -> None:
        if self._clock is None:
            self._clock = self.loop.call_later(HEADER_SECONDS, self._close)

    def _close(self) -> None:
        self._clock = None
        if (self.cycle is None or self.cycle.response_complete) and self.transport is not None:
            self.transport.close()

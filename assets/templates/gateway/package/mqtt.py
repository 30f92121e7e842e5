# SPDX-License-Identifier: Apache-2.0
"""The model between two topics: what comes in on one is answered on another.

``PREFIX/in`` and all below it are listened to; the answer to ``PREFIX/in/x`` goes to
``PREFIX/out/x``. A picture is its file, a row ``{"column": 1.5}``, a recording ``[[...], ...]``.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import numpy as np
import paho.mqtt.client as paho
from paho.mqtt.enums import CallbackAPIVersion

from .core import Model, NotUsable

__all__ = ["client", "reply"]

LARGEST_BYTES = 16 << 20


def client(
    model: Model, prefix: str, *, user: str = "", password: str = "", tls: bool = False
) -> paho.Client:
    """Return a client that answers as soon as it is connected; it connects anew when cut off.

    Args:
        model: What answers.
        prefix: Of the topics.
        user: For the broker; nobody where empty.
        password: Theirs.
        tls: Whether to encrypt; the broker's certificate is checked by the system's authorities.
    """
    made = paho.Client(CallbackAPIVersion.VERSION2, reconnect_on_failure=True)
    if user:
        made.username_pw_set(user, password or None)
    if tls:
        made.tls_set()

    def connected(client: paho.Client, _: Any, __: Any, reason: Any, ___: Any) -> None:
        if reason.is_failure:
            print(f"The broker refuses: {reason}", file=sys.stderr, flush=True)
            return
        client.subscribe(f"{prefix}/in/#", qos=1)

    def subscribed(*_: Any) -> None:
        print(f"listening on {prefix}/in/#", flush=True)

    def came(client: paho.Client, _: Any, message: paho.MQTTMessage) -> None:
        rest = message.topic.removeprefix(f"{prefix}/in")
        text = json.dumps(reply(model, bytes(message.payload)), ensure_ascii=False)
        client.publish(f"{prefix}/out{rest}", text.encode("utf-8", "replace"), qos=1)

    made.on_connect, made.on_subscribe, made.on_message = connected, subscribed, came
    return made


def reply(model: Model, payload: bytes) -> dict[str, Any]:
    """Return the answer to a message, or what is wrong with it; whatever it holds."""
    try:
        if len(payload) > LARGEST_BYTES:
            raise NotUsable(f"A message may have {LARGEST_BYTES} bytes.")
        if model.kind == "picture":
            return model.picture(payload).as_json()
        given = json.loads(payload)
        if model.kind == "row":
            return _row(model, given)
        return _recording(model, given)
    except NotUsable as error:
        return {"error": str(error)}
    except (ValueError, TypeError, OverflowError, RecursionError):
        return {"error": f"It is no {model.kind} in JSON."}


def _row(model: Model, given: Any) -> dict[str, Any]:
    if not isinstance(given, dict):
        raise NotUsable("A row is an object of cells by column.")
    return model.row(given).as_json()


def _recording(model: Model, given: Any) -> dict[str, Any]:
    if not isinstance(given, list) or not all(isinstance(row, list) for row in given):
        raise NotUsable("A recording is a list of samples, each a list of channels.")
    with np.errstate(over="ignore"):
        values = np.array(given, np.float64).astype(np.float32)  # None becomes NaN
    return {"windows": [answer.as_json() for answer in model.recording(values)]}

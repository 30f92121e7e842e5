# SPDX-License-Identifier: Apache-2.0
"""The gateway's command: ``serve`` answers HTTP, ``mqtt`` answers messages of a broker."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from .core import Model, NotUsable

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run until it is stopped; 0, or 1 with a sentence on stderr."""
    options = _parser().parse_args(arguments)
    try:
        options.run(options)
    except NotUsable as error:
        print(str(error), file=sys.stderr)
        return 1
    except OSError as error:
        print(f"{options.where(options)}: {error.strerror or error}", file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    serve = commands.add_parser("serve", help="answer HTTP")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=8000)
    serve.add_argument("--largest", type=int, default=16 << 20, metavar="BYTES", help="of a body")
    serve.add_argument("--seconds", type=float, default=10.0, help="in which a body must come")
    serve.add_argument("--most", type=int, default=16, help="requests at the same time")
    serve.set_defaults(run=_serve, where=lambda options: f"{options.host}:{options.port}")
    mqtt = commands.add_parser("mqtt", help="answer messages of an MQTT broker")
    mqtt.add_argument("--broker", default="127.0.0.1")
    mqtt.add_argument("--port", type=int, default=1883)
    mqtt.add_argument("--prefix", default="model", help="of the topics (default: model)")
    mqtt.add_argument("--user", default="", help="its password is read from MQTT_PASSWORD")
    mqtt.add_argument("--tls", action="store_true")
    mqtt.set_defaults(run=_mqtt, where=lambda options: f"{options.broker}:{options.port}")
    return parser


def _serve(options: argparse.Namespace) -> None:
    import uvicorn

    from .guard import Hurried
    from .service import service

    app = service(Model(), largest=options.largest, seconds=options.seconds, most=options.most)
    uvicorn.run(
        app,
        host=options.host,
        port=options.port,
        http=Hurried,
        access_log=False,
        log_level="warning",
        server_header=False,
    )


def _mqtt(options: argparse.Namespace) -> None:
    from .mqtt import client

    password = os.environ.get("MQTT_PASSWORD", "")
    made = client(Model(), options.prefix, user=options.user, password=password, tls=options.tls)
    made.connect(options.broker, options.port)
    made.loop_forever(retry_first_connection=False)


if __name__ == "__main__":
    sys.exit(main())

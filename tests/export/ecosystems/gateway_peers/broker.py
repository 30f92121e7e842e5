"""An MQTT broker on the loopback address, for tests: ``python broker.py PORT``."""

import asyncio
import logging
import sys

from amqtt.broker import Broker

logging.disable(logging.CRITICAL)


async def main() -> None:
    """Serve until it is ended."""
    listeners = {"default": {"type": "tcp", "bind": f"127.0.0.1:{sys.argv[1]}"}}
    plugins = {"amqtt.plugins.authentication.AnonymousAuthPlugin": {"allow_anonymous": True}}
    broker = Broker({"listeners": listeners, "plugins": plugins})
    await broker.start()
    print("ready", flush=True)
    await asyncio.Event().wait()


asyncio.run(main())

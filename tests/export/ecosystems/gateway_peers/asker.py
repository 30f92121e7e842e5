"""Send messages to a gateway through a broker and print each answer, a line of JSON.

python asker.py PORT < lines of JSON
"""

import json
import sys
import threading

import paho.mqtt.client as paho
from paho.mqtt.enums import CallbackAPIVersion

messages = [line.encode() for line in sys.stdin.read().splitlines()]
answers: dict[str, object] = {}
whole, ready = threading.Event(), threading.Event()


def came(_: object, __: object, message: paho.MQTTMessage) -> None:
    """Keep an answer."""
    answers[message.topic] = json.loads(message.payload)
    if len(answers) == len(messages):
        whole.set()


client = paho.Client(CallbackAPIVersion.VERSION2)
client.on_message = came
client.on_subscribe = lambda *_: ready.set()
client.connect("127.0.0.1", int(sys.argv[1]))
client.subscribe("model/out/#", qos=1)
client.loop_start()
assert ready.wait(30)
for number, message in enumerate(messages):
    client.publish(f"model/in/{number}", message, qos=1)
assert whole.wait(60), answers
for number in range(len(messages)):
    print(json.dumps(answers[f"model/out/{number}"]))
client.loop_stop()

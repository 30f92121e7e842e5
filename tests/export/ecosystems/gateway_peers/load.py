"""Ask a gateway the same thing again and again, from a process of its own; tell what came back.

python load.py PORT SECONDS THREADS BODY.json CONTENT_TYPE
"""

import http.client
import json
import sys
import threading
import time
from collections import Counter
from pathlib import Path

PORT, SECONDS, THREADS = int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3])
BODY, KIND = Path(sys.argv[4]).read_bytes(), sys.argv[5]
counted: Counter[str] = Counter()
times: list[float] = []
alone = threading.Lock()


def ask(until: float) -> None:
    """Ask over one connection until the time is over."""
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=30)
    while time.monotonic() < until:
        since = time.monotonic()
        try:
            connection.request("POST", "/v1/classify", BODY, {"Content-Type": KIND})
            answer = connection.getresponse()
            answer.read()
            word = str(answer.status)
        except (OSError, http.client.HTTPException) as error:
            word = type(error).__name__
            connection.close()
        with alone:
            counted[word] += 1
            times.append(time.monotonic() - since)


threads = [threading.Thread(target=ask, args=[time.monotonic() + SECONDS]) for _ in range(THREADS)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
slowest = sorted(times)
print(json.dumps({"counted": counted, "median": slowest[len(slowest) // 2], "most": slowest[-1]}))

"""A peer for the harness' own test: answers, hangs, or breaks and leaves a child."""

from __future__ import annotations

import subprocess
import sys
import time

import numpy as np

from .common import asked


def main() -> None:
    """Do as the option says."""
    told = asked()
    if told.option == "hangs":
        time.sleep(60)
    if told.option == "breaks":
        child = subprocess.Popen([sys.executable, "-S", "-c", "import time; time.sleep(60)"])
        (told.out / "child.txt").write_text(str(child.pid))
        raise SystemExit("nothing came to its mind")
    x = told.arrays()["test_x"]
    told.answer(np.eye(2)[(x[:, 0] > 0).astype(int)], best="a threshold")


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compare this folder with its manifest, install it anew, run the self-test. Needs no studio.

    python3 rebuild.py                         into an empty environment, libraries by pip
    python3 rebuild.py --pip="--no-index ..."  with these words for pip
    python3 rebuild.py --here                  with the libraries of this Python, nothing installed

The last line is PASS or FAIL; so is the exit status.
"""

import argparse
import hashlib
import json
import os
import pathlib
import shlex
import subprocess
import sys
import tempfile
import venv

HERE = pathlib.Path(__file__).resolve().parent


def changed():
    """Return the names of files that are not as the manifest says."""
    files = json.loads((HERE / "manifest.json").read_text(encoding="utf-8"))["files"]
    return [name for name, facts in files.items() if digest(HERE / name) != facts["sha256"]]


def digest(path):
    """Return the SHA-256 of a file; None where there is none."""
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None


def package():
    """Return the one package of src/."""
    (found,) = [path.parent.name for path in (HERE / "src").glob("*/__main__.py")]
    return found


def installed(folder, words):
    """Install into an empty environment; return its Python, or None."""
    venv.create(folder, with_pip=True)
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    command = [str(python), "-m", "pip", "install", "-q", *words, str(HERE)]
    return str(python) if subprocess.run(command).returncode == 0 else None


def passed(python, environment):
    """Run the self-test and repeat what it says."""
    command = [python, "-m", package(), "selftest"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    print(done.stdout + done.stderr, end="")
    return done.returncode == 0 and "end result=PASS" in done.stdout


def told(text, good):
    """Say it; return whether it is good."""
    print(text)
    return good


def main():
    """Return 0 when everything is as it was exported."""
    parser = argparse.ArgumentParser(description="Install the package anew and run its self-test.")
    parser.add_argument("--pip", default="", help="more words for pip install")
    parser.add_argument("--here", action="store_true", help="install nothing")
    options = parser.parse_args()
    wrong = changed()
    what = f"{len(wrong)} changed, the first is {wrong[0]}" if wrong else "all as the manifest says"
    good = told(f"files: {what}", not wrong)
    if options.here:
        source = {**os.environ, "PYTHONPATH": str(HERE / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
        good = passed(sys.executable, source) and good
    else:
        with tempfile.TemporaryDirectory() as name:
            python = installed(pathlib.Path(name) / "empty", shlex.split(options.pip))
            good = (
                passed(python, None) if python else told("it cannot be installed", False)
            ) and good
    print("PASS" if good else "FAIL")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())

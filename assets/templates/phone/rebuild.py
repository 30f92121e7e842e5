#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compare this folder with its manifest, build its C anew, run the self-test. Needs no studio.

    python3 rebuild.py                 on this computer, with the C compiler that is there
    python3 rebuild.py --cc "clang"    with this compiler

The model is run by LiteRT of this Python (pip install ai-edge-litert), by its reference kernels.
The app itself is not built. The last line is PASS or FAIL; so is the exit status.
"""

from __future__ import annotations

import argparse
import ctypes
import hashlib
import json
import os
import pathlib
import shlex
import shutil
import subprocess
import sys
import tempfile
from typing import Any

HERE = pathlib.Path(__file__).resolve().parent
STRICT = ["-std=c99", "-Wall", "-Wextra", "-Werror", "-pedantic", "-O2", "-fPIC"]
RUNNER = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p)
PRINT = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_char_p)


def changed() -> list[str]:
    """Return the names of files that are not as the manifest says."""
    files = json.loads((HERE / "manifest.json").read_text(encoding="utf-8"))["files"]
    return [name for name, facts in files.items() if digest(HERE / name) != facts["sha256"]]


def digest(path: pathlib.Path) -> str | None:
    """Return the SHA-256 of a file; None where there is none."""
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None


def compiler(asked: str | None) -> list[str] | None:
    """Return the compiler for this computer."""
    if asked or os.environ.get("CC"):
        return shlex.split(asked or os.environ["CC"])
    return next(([name] for name in ("cc", "gcc", "clang") if shutil.which(name)), None)


def built(command: list[str] | None, folder: pathlib.Path) -> ctypes.CDLL | None:
    """Build the C as a library and load it; None where that fails."""
    if command is None:
        return told("C: NOT BUILT, there is no C compiler here", None)
    sources = json.loads((HERE / "extras" / "rebuild.json").read_text(encoding="utf-8"))["sources"]
    library = folder / "studio_phone.so"
    files = [str(HERE / name) for name in sources]
    done = subprocess.run(
        [*command, *STRICT, "-shared", *files, "-o", str(library)], capture_output=True, text=True
    )
    if done.returncode:
        return told(f"C: it does not compile\n{done.stderr}", None)
    return ctypes.CDLL(str(library))


def runner(library: ctypes.CDLL) -> Any:
    """Return what runs the int8 model for the C; None where LiteRT is not installed."""
    try:
        import numpy as np
        from ai_edge_litert.interpreter import Interpreter, OpResolverType
    except ImportError:
        return None
    content = (HERE / "model" / "model_int8.tflite").read_bytes()
    model = Interpreter(
        model_content=content, experimental_op_resolver_type=OpResolverType.BUILTIN_REF
    )
    model.allocate_tensors()
    taken, given = model.get_input_details()[0], model.get_output_details()[0]

    def run(context: int | None, inputs: int, outputs: int) -> int:
        codes = ctypes.string_at(inputs, library.studio_phone_input_bytes())
        model.set_tensor(taken["index"], np.frombuffer(codes, np.int8).reshape(taken["shape"]))
        model.invoke()
        made = model.get_tensor(given["index"]).tobytes()
        ctypes.memmove(outputs, made, len(made))
        return 0

    return RUNNER(run)


def tested(library: ctypes.CDLL) -> bool:
    """Run the self-test and repeat what it says."""
    run = runner(library)
    if run is None:
        return bool(told("self-test: NOT RUN, ai-edge-litert is not installed here", False))
    said: list[str] = []
    say = PRINT(lambda context, text: said.append(text.decode("ascii")))
    good = library.studio_phone_selftest(run, None, say, None) == 0
    print("".join(said), end="")
    return bool(told("self-test on this computer: " + ("PASS" if good else "FAIL"), good))


def told(text: str, result: Any) -> Any:
    """Say what was found; return the result."""
    print(text)
    return result


def main() -> int:
    """Do it all; return the exit status."""
    parser = argparse.ArgumentParser(description="Build the C of the app anew and test it.")
    parser.add_argument("--cc", help="the C compiler for this computer")
    options = parser.parse_args()
    wrong = changed()
    said = f"{len(wrong)} changed, the first is {wrong[0]}" if wrong else "all as the manifest says"
    good = told(f"files: {said}", not wrong)
    with tempfile.TemporaryDirectory() as name:
        library = built(compiler(options.cc), pathlib.Path(name))
        good = library is not None and tested(library) and good
    print("PASS" if good else "FAIL")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())

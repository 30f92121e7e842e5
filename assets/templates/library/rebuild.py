#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compare this folder with its manifest, build the self-test anew, run it. Needs no studio.

    python3 rebuild.py                 on this computer, with the compiler that is there
    python3 rebuild.py --emulator      and on an emulated Cortex-M (qemu-system-arm)
    python3 rebuild.py --cc "clang"    with this compiler

The last line is PASS or FAIL; so is the exit status.
"""

from __future__ import annotations

import argparse
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
STRICT = ["-std=c99", "-Wall", "-Wextra", "-Werror", "-pedantic"]
BARE = ["-ffreestanding", "-fomit-frame-pointer", "-ffunction-sections", "-fdata-sections"]
BARE += ["-fno-unwind-tables", "-fno-asynchronous-unwind-tables", "-fno-common"]
QUIET = ["-nographic", "-monitor", "none", "-serial", "none", "-net", "none"]


def changed() -> list[str]:
    """Return the names of files that are not as the manifest says."""
    files = json.loads((HERE / "manifest.json").read_text(encoding="utf-8"))["files"]
    return [name for name, facts in files.items() if digest(HERE / name) != facts["sha256"]]


def digest(path: pathlib.Path) -> str | None:
    """Return the SHA-256 of a file; None where there is none."""
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None


def zig() -> list[str] | None:
    """Return how zig is called, from the path or from its Python package; None without it."""
    if shutil.which("zig"):
        return ["zig", "cc"]
    asked = [sys.executable, "-m", "ziglang", "version"]
    return [*asked[:3], "cc"] if quiet(asked) else None


def quiet(command: list[str]) -> bool:
    """Tell whether a program runs and succeeds."""
    try:
        return subprocess.run(command, capture_output=True).returncode == 0
    except OSError:
        return False


def host_compiler(asked: str | None) -> list[str] | None:
    """Return the compiler for this computer."""
    if asked or os.environ.get("CC"):
        return shlex.split(asked or os.environ["CC"])
    for name in ("cc", "gcc", "clang"):
        if shutil.which(name):
            return [name]
    return zig()


def run(command: list[str], folder: pathlib.Path) -> str | None:
    """Run a program; print what it says when it fails. Return its output, or None."""
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, errors="replace")
    if done.returncode:
        print(done.stdout + done.stderr)
        return None
    return done.stdout


def compiled(
    compiler: list[str], arguments: list[str], names: list[str], folder: pathlib.Path
) -> list[str] | None:
    """Compile C files one by one; return the object files, or None."""
    objects = []
    for number, name in enumerate(names):
        objects.append(f"{number}.o")
        command = [*compiler, *STRICT, "-O2", *arguments, "-c", str(HERE / name), "-o", objects[-1]]
        if run(command, folder) is None:
            return None
    return objects


def on_host(how: dict[str, Any], compiler: list[str] | None, folder: pathlib.Path) -> bool:
    """Build the self-test for this computer and run it."""
    if compiler is None:
        return told("self-test: NOT RUN, there is no C compiler here", False)
    objects = compiled(compiler, ["-I", str(HERE / "src")], [*how["sources"], how["host"]], folder)
    program = "selftest.exe" if os.name == "nt" else "selftest"
    if objects is None or run([*compiler, *objects, "-o", program], folder) is None:
        return told("self-test: it does not compile", False)
    return judged("self-test on this computer", [str(folder / program)], folder)


def on_emulator(how: dict[str, Any], folder: pathlib.Path) -> bool:
    """Build it for the emulated core and run it."""
    machine = how["machine"]
    if not machine or not shutil.which("qemu-system-arm"):
        return told("emulated self-test: NOT RUN, no machine or no qemu-system-arm", False)
    gcc = shutil.which("arm-none-eabi-gcc") and how["gcc"]
    found = zig()
    if not gcc and not found:
        return told("emulated self-test: NOT RUN, no arm-none-eabi-gcc and no zig", False)
    compiler = ["arm-none-eabi-gcc", *how["gcc"]] if gcc else [*(found or []), *zig_target(how)]
    own = HERE / "extras" / "emulator"
    places = ["-isystem", str(own / "include"), "-I", str(own), "-I", str(HERE / "src")]
    objects = compiled(compiler, [*BARE, *places], [*how["sources"], *how["emulator"]], folder)
    if objects is None or not linked(compiler, objects, own, folder, bool(gcc)):
        return told("emulated self-test: it does not compile", False)
    call = ["qemu-system-arm", "-M", machine["name"], *machine["options"], "-kernel", "program.elf"]
    call += [*QUIET, "-semihosting-config", "enable=on,target=native"]
    return judged(f"self-test on QEMU's {machine['name']}", call, folder)


def zig_target(how: dict[str, Any]) -> list[str]:
    """Return what makes zig compile for the core."""
    target, processor = how["zig"]
    return ["-target", target, "-mcpu=" + processor]


def linked(
    compiler: list[str], objects: list[str], own: pathlib.Path, folder: pathlib.Path, gcc: bool
) -> bool:
    """Link; zig needs its helper functions only for some cores, and they take a while."""
    tail = ["-Wl,--gc-sections", "-Wl,--entry=reset", "-T", str(own / "memories.ld"), *objects]
    tail += ["-lgcc"] if gcc else []
    for start in ["-nostdlib"] if gcc else ["-nostdlib", "-nostartfiles"]:
        if run([*compiler, start, *tail, "-o", "program.elf"], folder) is not None:
            return True
    return False


def judged(title: str, command: list[str], folder: pathlib.Path) -> bool:
    """Run the self-test and repeat what it says."""
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=600)
    except subprocess.TimeoutExpired:
        return told(title + ": FAIL, no answer within ten minutes", False)
    print(done.stdout, end="")
    good = done.returncode == 0 and "end result=PASS" in done.stdout
    return told(title + (": PASS" if good else ": FAIL"), good)


def told(text: str, good: bool) -> bool:
    """Say what was found; return whether it is good."""
    print(text)
    return good


def main() -> int:
    """Do it all; return the exit status."""
    parser = argparse.ArgumentParser(description="Rebuild the self-test and run it.")
    parser.add_argument("--cc", help="the C compiler for this computer")
    parser.add_argument("--emulator", action="store_true", help="run on an emulated core as well")
    options = parser.parse_args()
    how = json.loads((HERE / "extras" / "rebuild.json").read_text(encoding="utf-8"))
    wrong = changed()
    said = f"{len(wrong)} changed, the first is {wrong[0]}" if wrong else "all as the manifest says"
    good = told(f"files: {said}", not wrong)
    with tempfile.TemporaryDirectory() as name:
        good = on_host(how, host_compiler(options.cc), pathlib.Path(name)) and good
    if options.emulator:
        with tempfile.TemporaryDirectory() as name:
            good = on_emulator(how, pathlib.Path(name)) and good
    print("PASS" if good else "FAIL")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())

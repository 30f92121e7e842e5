# SPDX-License-Identifier: Apache-2.0
"""What runs on a device while a program is put there; Python 3.8 and nothing else.

It is sent through SSH and lives as long as the connection. Until it is told to switch, nothing
of what runs there already is touched; when the connection ends before, all is taken away again.

    in    one line of JSON that says what to do, then the files, one behind the other,
          then ``switch`` or ``stop`` on a line
    out   lines of JSON behind a mark; a shell may write what it likes between them

    FOLDER/.lock            who deploys, held as long as it lives
    FOLDER/versions/ID/     one version: its files, venv/, run
    FOLDER/current          a link to the version that is used
"""

import base64
import contextlib
import errno
import fcntl
import hashlib
import importlib.metadata
import json
import operator
import os
import platform
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any, BinaryIO, Dict, Iterator, List, Mapping, Optional, Sequence  # noqa: UP035

MARK = "STUDIO-DEPLOY 1 "
UNFINISHED = ".unfinished"
KEPT = 3
CHUNK = 1 << 16
LONGEST_SAID = 1 << 20
COMPARED = {
    ">=": operator.ge,
    "<=": operator.le,
    "==": operator.eq,
    "<": operator.lt,
    ">": operator.gt,
}
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class Refused(Exception):
    """It cannot be done; a code the studio knows, and what the system said."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail


def tell(**facts: Any) -> None:
    """Say a line."""
    sys.stdout.write(MARK + json.dumps(facts) + "\n")
    sys.stdout.flush()


def main() -> None:
    """Do what the first line says."""
    stream = sys.stdin.buffer
    signal.signal(signal.SIGHUP, signal.SIG_IGN)  # an end of the connection is seen as such
    try:
        deploy(json.loads(stream.readline()), stream)
    except Refused as refused:
        tell(refused=refused.code, detail=refused.detail[:2000])
    except OSError as error:
        code = "no_room" if error.errno in FULL else "system"
        tell(refused=code, detail=os.strerror(error.errno or 0))


def deploy(order: Mapping[str, Any], stream: BinaryIO) -> None:
    """Check, copy, install, try; then wait for the word to switch."""
    folder = Path(os.path.expanduser("~"), order["folder"])
    size = sum(size for _, size, _ in order["files"])
    tell(step="check", **check(folder, size, order["requires"]))
    if list(sys.version_info[:3]) < order["python"]:
        raise Refused("old_python", platform.python_version())
    if order["dry_run"]:
        return
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("wb") as lock:
        alone(lock)
        sweep(folder / "versions")
        version = new_version(folder / "versions", order["version"])
        try:
            whole = put(folder, version, order, stream)
        finally:
            if (version / UNFINISHED).exists():
                shutil.rmtree(str(version), ignore_errors=True)
        if whole:
            prune(folder)


def put(folder: Path, version: Path, order: Mapping[str, Any], stream: BinaryIO) -> bool:
    """Make a version and switch to it; return whether that was wanted."""
    receive(version, order["files"], stream)
    tell(step="copied")
    install(version, order)
    tell(step="installed")
    status, said = selftest(version, order["package"], order["seconds"])
    tell(step="selftest", status=status, said=base64.b64encode(said).decode("ascii"))
    if stream.readline().strip() != b"switch":
        tell(step="stopped")
        return False
    before = target_of(folder / "current")
    (version / UNFINISHED).unlink()
    switch(folder, version)
    tell(step="switched", version=version.name, before=before)
    return True


def check(folder: Path, size: int, requires: Sequence[str]) -> Dict[str, Any]:  # noqa: UP006
    """Return what is there; refuse what has no room."""
    there = folder
    while not there.exists() and there != there.parent:
        there = there.parent
    free = shutil.disk_usage(str(there)).free
    facts = {
        "python": platform.python_version(),
        "machine": platform.machine(),
        "system": platform.system(),
        "free_bytes": free,
        "missing": [one for one in requires if not is_installed(one)],
        "current": target_of(folder / "current"),
    }
    if free < size + (1 << 20):
        tell(step="check", **facts)
        raise Refused("no_room", "")
    return facts


def is_installed(requirement: str) -> bool:
    """Return whether this Python has a package of a version that is wanted."""
    name = re.split(r"[^\w.-]", requirement.strip(), maxsplit=1)[0]
    try:
        have = numbers(importlib.metadata.version(name))
    except importlib.metadata.PackageNotFoundError:
        return False
    limits = re.findall(r"(>=|<=|==|<|>)\s*([\d.]+)", requirement.partition(";")[0])
    return all(COMPARED[sign](have, numbers(limit)) for sign, limit in limits)


def numbers(version: str) -> Sequence[int]:
    """Return the leading numbers of a version, without zeros at their end."""
    found = re.match(r"\d+(\.\d+)*", version)
    parts = [int(part) for part in found.group().split(".")] if found else []
    while parts and not parts[-1]:
        parts.pop()
    return parts


def target_of(link: Path) -> str:
    """Return the name of the version in use, or nothing."""
    try:
        return os.path.basename(os.readlink(str(link)))
    except OSError:
        return ""


def alone(lock: BinaryIO) -> None:
    """Refuse where another deploys just now."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise Refused("busy") from None


def sweep(versions: Path) -> None:
    """Take away what an earlier one, killed in the middle, left behind."""
    versions.mkdir(exist_ok=True)
    for found in versions.iterdir():
        if (found / UNFINISHED).exists():
            shutil.rmtree(str(found), ignore_errors=True)


def new_version(versions: Path, name: str) -> Path:
    """Return a new folder, marked as unfinished."""
    number = 1
    while True:
        version = versions / (name if number == 1 else f"{name}-{number}")
        try:
            version.mkdir()
        except FileExistsError:
            number += 1
            continue
        (version / UNFINISHED).touch()
        return version


def receive(version: Path, files: Sequence[Sequence[Any]], stream: BinaryIO) -> None:
    """Write the files, each as long as was said and with the digest that was said."""
    for name, size, digest in files:
        path = version / name
        if version not in path.parents or ".." in path.parts:
            raise Refused("unsafe", name)
        path.parent.mkdir(parents=True, exist_ok=True)
        told = hashlib.sha256()
        with path.open("xb") as file:
            for chunk in chunks(stream, size):
                told.update(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        if told.hexdigest() != digest:
            raise Refused("damaged_on_the_way", name)


def chunks(stream: BinaryIO, size: int) -> Iterator[bytes]:
    """Yield so many bytes."""
    while size:
        chunk = stream.read(min(size, CHUNK))
        if not chunk:
            raise Refused("cut_off")
        size -= len(chunk)
        yield chunk


def install(version: Path, order: Mapping[str, Any]) -> None:
    """Make an environment that sees the device's packages, the program and the wheels sent."""
    venv = version / "venv"
    quiet([sys.executable, "-m", "venv", "--system-site-packages", "--without-pip", str(venv)])
    python = venv / "bin" / "python"
    for site in venv.glob("lib/python*/site-packages"):
        source = os.path.relpath(str(version / order["source"]), str(site))
        (site / "studio_deployed.pth").write_text(source + "\n")
    missing = [one for one in order["requires"] if not is_installed(one)]
    if missing:
        fetch(python, version, missing, order["index"])
    run = version / "run"
    run.write_text(
        '#!/bin/sh\nexec "$(dirname "$0")/venv/bin/python" -m {} "$@"\n'.format(order["package"])
    )
    run.chmod(0o755)


def fetch(python: Path, version: Path, missing: Sequence[str], index: bool) -> None:
    """Install what the device's own Python lacks, from the wheels sent or from its index."""
    wheels = version / "wheels"
    if not (index or wheels.is_dir()):
        raise Refused("missing_packages", ", ".join(missing))
    pip = shutil.which("pip3") or shutil.which("pip")
    by = [sys.executable, "-m", "pip"] if pip is None else [pip]
    where = ["--find-links", str(wheels)] if wheels.is_dir() else []
    site = next(iter(python.parent.parent.glob("lib/python*/site-packages")))
    try:
        quiet(
            [
                *by,
                *("install", "--only-binary", ":all:", "--target", str(site), "--no-input"),
                *([] if index else ["--no-index"]),
                *where,
                *missing,
            ]
        )
    except Refused as refused:
        raise Refused("cannot_install", refused.detail) from None


def quiet(command: List[str]) -> None:  # noqa: UP006
    """Run a program of the system; refuse with the end of what it said where it fails."""
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    if done.returncode:
        raise Refused("cannot_prepare", done.stdout.decode("utf-8", "replace")[-1500:])


def selftest(version: Path, package: str, seconds: float) -> Sequence[Any]:
    """Run the program's self-test; return its status, None for one that never ended, and text."""
    said = version / ".selftest"
    with said.open("wb") as file:
        process = subprocess.Popen(
            [str(version / "venv" / "bin" / "python"), "-m", package, "selftest"],
            cwd=str(version),
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=bounded,
        )
        status: Optional[int] = None  # noqa: UP045
        try:
            status = process.wait(seconds)
        except subprocess.TimeoutExpired:
            pass
        finally:
            end(process)
    with said.open("rb") as read:
        text = read.read(LONGEST_SAID)
    said.unlink()
    return status, text


def bounded() -> None:
    """Keep a self-test that says more and more from filling the disk."""
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (64 << 20, 64 << 20))


def end(process: "subprocess.Popen[bytes]") -> None:
    """End a program and what it started."""
    with contextlib.suppress(OSError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def switch(folder: Path, version: Path) -> None:
    """Make a version the one in use: at every moment the link is the old one or the new one."""
    temporary = folder / ".current.new"
    if temporary.is_symlink() or temporary.exists():
        temporary.unlink()
    os.sync()
    os.symlink(os.path.join("versions", version.name), str(temporary))
    os.replace(str(temporary), str(folder / "current"))
    handle = os.open(str(folder), os.O_RDONLY)
    os.fsync(handle)
    os.close(handle)


def prune(folder: Path) -> None:
    """Keep the latest versions; the one in use and the one before are among them."""
    found = sorted((folder / "versions").iterdir(), key=lambda one: one.stat().st_mtime)
    for old in found[:-KEPT]:
        if old.name != target_of(folder / "current"):
            shutil.rmtree(str(old), ignore_errors=True)


main()

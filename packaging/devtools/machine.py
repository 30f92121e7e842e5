"""What a machine must have before anything is downloaded."""

from __future__ import annotations

import importlib.util
import os
import platform
import shutil
import sys
import tempfile
from pathlib import Path

from devtools.places import CannotGoOn, Checkout

__all__ = ["check_disk", "check_machine"]

MB = 1_000_000

# Measured on Linux x86-64 with Python 3.11: `du -s --block-size=1` of the finished environment,
# and of the wheels pip holds in its temporary folder and keeps in its cache.
ENVIRONMENT_BYTES = {"run": 3_250 * MB, "test": 3_830 * MB}
DOWNLOAD_BYTES = {"run": 810 * MB, "test": 910 * MB}
GLIBC_NEEDED = (2, 34)


def check_machine() -> None:
    """Stop with one sentence where the locked packages cannot work.

    Source:
        The platform tags of the wheels of tensorflow 2.21.0 and pyside6-essentials 6.11.3.
    """
    if sys.maxsize < 2**32:
        raise CannotGoOn("This Python is a 32-bit build; the studio needs a 64-bit Python.")
    if sys.platform == "darwin" and platform.machine() == "x86_64":
        raise CannotGoOn(
            "TensorFlow is no longer built for Macs with Intel processors (and a Python for"
            " Intel counts as one); use a native Python on an Apple-silicon Mac, or Linux."
        )
    if sys.platform.startswith("linux"):
        _check_glibc()
    for module in ("venv", "ensurepip"):
        if importlib.util.find_spec(module) is None:
            raise CannotGoOn(
                "This Python cannot make virtual environments because its module"
                f" {module} is missing; install it (Debian, Ubuntu: apt-get install"
                " python3-venv) and call this again."
            )


def _check_glibc() -> None:
    name, version = platform.libc_ver()
    if name != "glibc":
        raise CannotGoOn(
            "This Linux does not use the GNU C library (Alpine does not, for one), for which"
            " the locked packages are built; use Debian, Ubuntu, Fedora, Arch or the like."
        )
    if tuple(int(part) for part in version.split(".")[:2]) < GLIBC_NEEDED:
        raise CannotGoOn(
            f"This Linux is too old: its C library is {version} and Qt needs"
            f" {GLIBC_NEEDED[0]}.{GLIBC_NEEDED[1]} (Debian 12, Ubuntu 22.04, Fedora 35 or later)."
        )


def check_disk(checkout: Checkout, wanted: str) -> None:
    """Stop with one sentence if the environment and the downloads would not fit.

    What is already installed counts as room, since an update replaces it.
    """
    needs: dict[int, int] = {}
    paths: dict[int, Path] = {}
    temporary = Path(tempfile.gettempdir())
    have = _folder_bytes(checkout.environment)
    environment = max(0, ENVIRONMENT_BYTES[wanted] - have)
    # Downloads shrink with what is missing: adding the test tools, zig among them, fetches 160 MB.
    download = DOWNLOAD_BYTES[wanted] * environment // ENVIRONMENT_BYTES[wanted]
    for path, need in (
        (checkout.root, environment),
        (temporary, download),
        (Path.home(), download),
    ):
        volume = path.stat().st_dev
        needs[volume] = needs.get(volume, 0) + need
        paths.setdefault(volume, path)
    for volume, need in needs.items():
        free = shutil.disk_usage(paths[volume]).free
        if free < need:
            raise CannotGoOn(
                f"Too little disk: the set-up needs about {need / 1e9:.1f} GB on the disk of"
                f" {paths[volume]} and {free / 1e9:.1f} GB are free; free some space and call"
                " this again."
            )


def _folder_bytes(folder: Path) -> int:
    total = 0
    for place, _, names in os.walk(folder):
        for name in names:
            try:
                total += os.lstat(os.path.join(place, name)).st_size
            except OSError:
                continue
    return total

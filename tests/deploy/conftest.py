"""A device to deploy to: a real OpenSSH server on the loopback address, run as this user."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import socket
import struct
import subprocess
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from studio.deploy import Login, Target
from studio.export.archive import zip_bytes
from studio.export.manifest import FileFacts, Manifest

SSHD = shutil.which("sshd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")

_CONFIG = """\
Port {port}
ListenAddress 127.0.0.1
HostKey {folder}/host
PidFile {folder}/pid
AuthorizedKeysFile {folder}/authorized
StrictModes no
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
"""


@dataclass
class Device:
    """A server, its keys, and a folder that plays the device's disk."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes]

    @property
    def target(self) -> Target:
        return Target.of(self.text)

    @property
    def text(self) -> str:
        return f"{_me()}@127.0.0.1:{self.port}"

    @property
    def fingerprint(self) -> str:
        said = subprocess.run(
            ["ssh-keygen", "-lf", self.folder / "host.pub"], capture_output=True, text=True
        )
        return said.stdout.split()[1]

    @property
    def known(self) -> Path:
        return self.folder / "known_hosts"

    @property
    def disk(self) -> Path:
        return self.folder / "disk"

    @property
    def programs(self) -> Path:
        return self.disk / "bars-model"

    def login(self, fingerprint: str = "") -> Login:
        return Login(key=self.folder / "mine", known_hosts=self.known, fingerprint=fingerprint)

    def knows(self, key: str = "host.pub") -> None:
        kind, content, *_ = (self.folder / key).read_text().split()
        self.known.write_text(f"[127.0.0.1]:{self.port} {kind} {content}\n")

    def cut(self) -> None:
        """End the connection as a pulled cable would: the server's process is gone."""
        for child in _children(self.process.pid):
            for one in (*_children(child), child):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(one, signal.SIGKILL)

    def versions(self) -> list[str]:
        return sorted(path.name for path in (self.programs / "versions").iterdir())

    def runs(self) -> str:
        """Start what is in use there, and return what it says."""
        done = subprocess.run(
            [self.programs / "current" / "run", "version"], capture_output=True, text=True
        )
        return done.stdout.strip()


def _me() -> str:
    import pwd

    return pwd.getpwuid(os.getuid()).pw_name


def _children(pid: int) -> list[int]:
    text = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(one) for one in text.read_text().split()] if text.exists() else []


def _key(path: Path) -> None:
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", path], check=True)


@pytest.fixture
def device(tmp_path: Path) -> Iterator[Device]:
    if SSHD is None or shutil.which("ssh") is None or not Path("/proc/self").exists():
        pytest.skip("no OpenSSH server on this machine")
    folder = tmp_path / "device"
    (folder / "disk").mkdir(parents=True)
    for name in ("host", "other", "mine"):
        _key(folder / name)
    shutil.copy(folder / "mine.pub", folder / "authorized")
    with closing(socket.create_server(("127.0.0.1", 0))) as found:
        port = found.getsockname()[1]
    (folder / "config").write_text(_CONFIG.format(folder=folder, port=port))
    if os.getuid() == 0:
        Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
    process = subprocess.Popen([SSHD, "-D", "-e", "-f", folder / "config"], stderr=subprocess.PIPE)
    assert process.stderr is not None
    while b"listening" not in (line := process.stderr.readline()):
        assert line, "the server did not start"
    yield Device(folder, port, process)
    process.kill()
    process.stderr.close()
    process.wait()


def selftest_lines(model: str, result: str = "PASS") -> str:
    """Return what a self-test says, its checksums such as belong together."""
    mark = "STUDIO-SELFTEST 1"
    whole = zlib.crc32(struct.pack("<3I", 1, 2, 3))
    passed = 2 if result == "PASS" else 1
    return (
        f"{mark} begin model={model[:16]} device=pi5 vectors=2\n"
        f"{mark} step=prepare passed=2 of=2 crc32=00000001\n"
        f"{mark} step=run passed={passed} of=2 crc32=00000002 us=900\n"
        f"{mark} step=answer passed=2 of=2 crc32=00000003\n"
        f"{mark} end result={result} crc32={whole:08x}\n"
    )


_MAIN = """\
import sys, time
from pathlib import Path

here = Path(__file__).resolve().parent
if sys.argv[1:] == ["version"]:
    print((here / "version.txt").read_text())
elif sys.argv[1:] == ["selftest"]:
    exec((here / "selftest.txt").read_text())
"""


def bundle_of(
    out: Path,
    *,
    version: str = "one",
    selftest: str = "",
    requires: tuple[str, ...] = (),
    padding: int = 0,
) -> Path:
    """Write a small bundle as `export --as python` lays one out, without a real model."""
    model = b"a model that nobody runs"
    lines = selftest_lines(FileFacts.of(model).sha256)
    inside = "src/bars_model"
    project = f'[project]\nname = "bars-model"\ndependencies = {json.dumps(list(requires))}\n'
    files = {
        "model/model_int8.tflite": model,
        "pyproject.toml": project.encode(),
        f"{inside}/__init__.py": b"",
        f"{inside}/__main__.py": _MAIN.encode(),
        f"{inside}/version.txt": version.encode(),
        f"{inside}/selftest.txt": (selftest or f"print({lines!r})").encode(),
        **({"padding.bin": os.urandom(padding)} if padding else {}),
    }
    manifest = Manifest(
        title="bars",
        files={name: FileFacts.of(content) for name, content in files.items()},
        format=3,
        candidate={"id": 1, "task": "image-classification", "space": "small"},
        device={"id": "pi5", "name": "Raspberry Pi 5"},
        dataset={"digest": "0" * 64, "seed": 1},
        versions={},
        ecosystem="python",
    )
    whole = {**files, "manifest.json": manifest.as_bytes()}
    out.write_bytes(zip_bytes({f"bars-model/{name}": content for name, content in whole.items()}))
    return out


@pytest.fixture
def bundle(tmp_path: Path) -> Callable[..., Path]:
    """Write a bundle: ``bundle(version="two")``."""
    return lambda **how: bundle_of(tmp_path / f"{how.get('version', 'one')}.zip", **how)

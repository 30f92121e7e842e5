"""Putting a program on a device: copy, install, try, and only then switch to it."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from studio.deploy.connection import Connection, Cut
from studio.deploy.layout import Layout
from studio.deploy.ssh import trusted
from studio.deploy.target import Login, Target
from studio.domain.errors import DeployError

__all__ = ["DeployStep", "Deployed", "Facts", "Plan", "deploy"]

_ANSWER_SECONDS = 60.0
_INSTALL_SECONDS = 1_800.0
_CHUNK = 1 << 16
_LARGEST = 1 << 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is put where.

    Attributes:
        files: By the name each has in the version's folder.
        layout: Which of them is the program.
        folder: On the device, absolute or in the home folder.
        index: Whether the device may fetch what it lacks from its package index.
        selftest_seconds: How long the self-test may take.
    """

    files: Mapping[str, bytes]
    layout: Layout
    folder: str
    index: bool = False
    selftest_seconds: float = 300.0

    @property
    def version(self) -> str:
        """What the version is called: twelve digits of a digest over all files."""
        told = hashlib.sha256()
        for name in sorted(self.files):
            told.update(f"{name}\0{hashlib.sha256(self.files[name]).hexdigest()}\n".encode())
        return told.hexdigest()[:12]

    @property
    def size_bytes(self) -> int:
        """Bytes of all files."""
        return sum(map(len, self.files.values()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the device said of itself; a stranger's texts.

    Attributes:
        python: Version of its Python.
        machine: As ``uname -m`` says.
        system: As ``uname -s`` says.
        free_bytes: Room where the program goes.
        missing: Packages the program needs and its Python does not have.
        current: The version in use; empty where there is none.
    """

    python: str
    machine: str
    system: str
    free_bytes: int
    missing: tuple[str, ...]
    current: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeployStep:
    """How far it is: ``host``, ``connect``, ``check``, ``copy``, ``install``, ``selftest``,
    ``switch``; of the copy with bytes done and in all."""  # noqa: D205, D209

    id: str
    done: int = 0
    of: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Deployed:
    """What came of it.

    Attributes:
        target: The device, as a person writes it.
        folder: Where the program lies there; ``current/run`` starts it.
        version: The version now in use; the one that would be, of a dry run.
        before: The version that was in use; empty where there was none.
        facts: What the device said of itself.
        said: What the self-test printed; empty for a dry run.
        switched: False for a dry run.
    """

    target: str
    folder: str
    version: str
    before: str
    facts: Facts
    said: bytes = field(repr=False, default=b"")
    switched: bool = True


Told = Callable[[DeployStep], None]
"""Hears of every step; what it raises ends the deployment, and the device keeps what it had."""


def deploy(
    target: Target,
    login: Login,
    plan: Plan,
    *,
    judge: Callable[[bytes], None],
    told: Told = lambda step: None,
    dry_run: bool = False,
) -> Deployed:
    """Put a program on a device; *slow*.

    Whatever fails or is cut off before the last step leaves the device as it was.

    Args:
        target: The device.
        login: How to get in.
        plan: What is put where.
        judge: Reads what the self-test printed there, a stranger's text; raises where it is
            not to be trusted.
        told: Hears of every step.
        dry_run: Only look whether it could be done; nothing is written there.

    Raises:
        DeployError: ``deploy.*``; the message says whether the old version goes on.
        StudioError: what `judge` raises.
    """
    if plan.size_bytes > _LARGEST:
        raise DeployError(
            f"That is more than {_LARGEST >> 30} GiB.",
            "Send fewer wheels along.",
            code="deploy.too_large",
        )
    told(DeployStep(id="host"))
    trusted(target, login)
    told(DeployStep(id="connect"))
    with Connection(target, login) as connection:
        try:
            return _Talk(connection, target, plan, told).all(judge, dry_run)
        except Cut:
            raise connection.why() from None


class _Talk:
    """The steps, in their order, over one connection."""

    def __init__(self, connection: Connection, target: Target, plan: Plan, told: Told) -> None:
        self._connection = connection
        self._target = target
        self._plan = plan
        self._told = told

    def all(self, judge: Callable[[bytes], None], dry_run: bool) -> Deployed:
        self._connection.send(self._order(dry_run))
        facts = _facts(self._answer("check", _ANSWER_SECONDS))
        self._told(DeployStep(id="check"))
        made = Deployed(
            target=self._target.text,
            folder=self._plan.folder,
            version=self._plan.version,
            before=facts.current,
            facts=facts,
            switched=False,
        )
        if dry_run:
            return made
        self._copy()
        said = self._try()
        judge(said)
        version = self._switch()
        return Deployed(
            target=made.target,
            folder=made.folder,
            version=version,
            before=made.before,
            facts=facts,
            said=said,
        )

    def _order(self, dry_run: bool) -> bytes:
        plan = self._plan
        order = {
            "folder": plan.folder,
            "version": plan.version,
            "package": plan.layout.package,
            "source": plan.layout.source,
            "requires": plan.layout.requires,
            "python": plan.layout.python,
            "index": plan.index,
            "seconds": plan.selftest_seconds,
            "dry_run": dry_run,
            "files": [
                [name, len(content), hashlib.sha256(content).hexdigest()]
                for name, content in sorted(plan.files.items())
            ],
        }
        return json.dumps(order).encode() + b"\n"

    def _copy(self) -> None:
        done, size = 0, self._plan.size_bytes
        self._told(DeployStep(id="copy", of=size))
        for _, content in sorted(self._plan.files.items()):
            for start in range(0, len(content), _CHUNK):
                chunk = content[start : start + _CHUNK]
                if not self._connection.send(chunk):
                    return  # what the device last said tells why
                done += len(chunk)
                self._told(DeployStep(id="copy", done=done, of=size))

    def _try(self) -> bytes:
        """Install, run the self-test there, and return what it printed."""
        self._answer("copied", _ANSWER_SECONDS)
        self._told(DeployStep(id="install"))
        self._answer("installed", _INSTALL_SECONDS)
        self._told(DeployStep(id="selftest"))
        answer = self._answer("selftest", self._plan.selftest_seconds + _ANSWER_SECONDS)
        said = _decoded(answer.get("said"))
        if answer.get("status") is None:
            raise DeployError(
                f"The self-test did not end within {self._plan.selftest_seconds:g} s.{_KEPT}",
                "Run it there by hand to see where it hangs.",
                code="deploy.selftest_hangs",
            )
        if answer["status"] != 0:
            raise DeployError(
                f"The self-test failed on the device{_last_line(said)}.{_KEPT}",
                "Look at what it printed; nothing was switched.",
                code="deploy.selftest_fails",
            )
        return said

    def _switch(self) -> str:
        self._told(DeployStep(id="switch"))
        self._connection.send(b"switch\n")
        try:
            return str(self._answer("switched", _ANSWER_SECONDS)["version"])[:40]
        except Cut:
            raise DeployError(
                "The connection ended while the device was told to switch; it is not known"
                " whether the old or the new version is in use there. Both are whole.",
                "Deploy again, or look where the link 'current' points.",
                code="deploy.switch_unknown",
            ) from None

    def _answer(self, step: str, seconds: float) -> Mapping[str, Any]:
        """Return the answer of a step; raises what the device refused."""
        while True:
            answer = self._connection.answer(seconds)
            if "refused" in answer:
                raise _refused(str(answer["refused"]), str(answer.get("detail", "")))
            if answer.get("step") == step:
                return answer


_KEPT = " What ran there before goes on."


def _facts(answer: Mapping[str, Any]) -> Facts:
    missing = answer.get("missing")
    free = answer.get("free_bytes")
    return Facts(
        python=_short(answer.get("python")),
        machine=_short(answer.get("machine")),
        system=_short(answer.get("system")),
        free_bytes=free if isinstance(free, int) and free >= 0 else 0,
        missing=tuple(map(_short, missing[:100])) if isinstance(missing, list) else (),
        current=_short(answer.get("current")),
    )


def _short(text: object) -> str:
    return "".join(c for c in str(text or "") if c.isprintable())[:200]


def _decoded(text: object) -> bytes:
    try:
        return base64.b64decode(str(text), validate=True)
    except (binascii.Error, ValueError):
        return b""


def _last_line(said: bytes) -> str:
    lines = [line for line in said.decode("utf-8", "replace").splitlines() if line.strip()]
    return f"; its last line: {_short(lines[-1])}" if lines else ""


_REFUSALS = {
    "no_room": (
        "There is no room for it on the device.",
        "Free some space there, or choose another folder with --folder.",
    ),
    "old_python": (
        "The Python on the device is too old for the program ({0}).",
        "Install the one that pyproject.toml in the bundle asks for, or a later one.",
    ),
    "busy": (
        "Another deployment to that folder is going on.",
        "Wait until it has ended.",
    ),
    "missing_packages": (
        "The device lacks packages the program needs: {0}.",
        "Install them there; or send them along (--wheels FOLDER); or, where the device has a"
        " network, let it fetch them (--from-index).",
    ),
    "cannot_install": (
        "The packages the program needs could not be installed on the device: {0}.",
        "A device without a network needs the wheels for its system (--wheels FOLDER).",
    ),
    "cannot_prepare": (
        "No environment for the program could be made on the device: {0}.",
        "On Debian and its kin the package python3-venv is missing.",
    ),
    "damaged_on_the_way": ("A file arrived damaged: {0}.", "Try again."),
    "cut_off": ("The connection was cut while files were copied.", "Try again."),
    "system": ("The device's system refused: {0}.", "Check the folder and its rights there."),
}


def _refused(code: str, detail: str) -> DeployError:
    """Return what the device refused; codes nobody knows are told as they came."""
    happened, remedy = _REFUSALS.get(code, ("The device refused: {0}.", "Try again."))
    lines = [line for line in detail.splitlines() if line.strip()]
    last = _short(lines[-1] if lines else code).rstrip(".")
    known = code if code in _REFUSALS else "refused"
    return DeployError(happened.format(last) + _KEPT, remedy, code=f"deploy.{known}")

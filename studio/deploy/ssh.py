"""The system's own ``ssh``: how it is called, and what its refusals mean to a person.

It brings the person's configuration, agent and list of known hosts. What could leave this
computer with it is switched off: no agent or X11 forwarding, no tunnels, no passwords.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from studio.deploy.target import Login, Target
from studio.domain.errors import DeployError

__all__ = ["arguments", "explained", "program", "trusted"]

_CONNECT_SECONDS = 20
_OPTIONS = (
    "BatchMode=yes",
    "StrictHostKeyChecking=yes",
    "UpdateHostKeys=no",
    "PasswordAuthentication=no",
    "KbdInteractiveAuthentication=no",
    "ForwardAgent=no",
    "ForwardX11=no",
    "ClearAllForwardings=yes",
    "PermitLocalCommand=no",
    "ControlMaster=no",
    "ControlPath=none",
    "RequestTTY=no",
    f"ConnectTimeout={_CONNECT_SECONDS}",
    "ServerAliveInterval=10",
    "ServerAliveCountMax=3",
    "LogLevel=ERROR",
)


def program() -> str:
    """Return the path of ``ssh``.

    Raises:
        DeployError: ``deploy.no_ssh``.
    """
    found = shutil.which("ssh")
    if found is None:
        raise DeployError(
            "The program ssh is not on this computer.",
            "Install OpenSSH: the package openssh-client, or an optional feature of Windows.",
            code="deploy.no_ssh",
        )
    return found


def arguments(target: Target, login: Login, command: str, more: Sequence[str] = ()) -> list[str]:
    """Return the command line that runs `command` on a device; earlier options win in ssh."""
    # A port that the person's configuration says is not overruled by one we would make up.
    options = [*more, *_OPTIONS, *_known(login)]
    return [
        program(),
        "-T",
        *(part for option in options for part in ("-o", option)),
        *(["-p", str(target.port)] if target.port else []),
        *(["-l", target.user] if target.user else []),
        *(["-i", str(login.key), "-o", "IdentitiesOnly=yes"] if login.key else []),
        "--",
        target.host,
        command,
    ]


def _known(login: Login) -> tuple[str, ...]:
    if login.known_hosts is None:
        return ()
    return (f"UserKnownHostsFile={_quoted(login.known_hosts)}", "GlobalKnownHostsFile=none")


def _quoted(path: Path) -> str:
    """Return a path as ssh's options want it: quoted, and its own signs doubled."""
    return '"' + str(path).replace("%", "%%").replace('"', '\\"') + '"'


def trusted(target: Target, login: Login) -> None:
    """See that the device's host key is known, or take in one whose fingerprint was given.

    Nothing about the person is sent: the connection ends before anybody logs in.

    Args:
        target: The device.
        login: The fingerprint, and where keys are noted.

    Raises:
        DeployError: ``deploy.host_unknown``, ``deploy.host_changed``,
            ``deploy.fingerprint_differs``, ``deploy.unreachable``.
    """
    said = _asked(target, login, ())
    if _CHANGED in said or not _is_unknown(said):
        if fault := _fault(said, target):
            raise fault
        return
    lines, fingerprints = _offered(target, login)
    if not lines:
        raise explained(said, target)
    if not login.fingerprint:
        raise _unknown(target, fingerprints)
    if login.fingerprint not in fingerprints:
        raise DeployError(
            f"{target.text} has another host key than the one you accept: {fingerprints[0]}.",
            "Do not go on before you know why: this may be another machine.",
            code="deploy.fingerprint_differs",
        )
    _note(lines[fingerprints.index(login.fingerprint)], target, login)


def _asked(
    target: Target,
    login: Login,
    more: Sequence[str],
) -> str:
    """Return what ssh says when it looks at the host key and does not log in."""
    command = arguments(target, login, "true", ("PreferredAuthentications=none", *more))
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_CONNECT_SECONDS * 3,
        )
    except subprocess.TimeoutExpired:
        return "Connection timed out"
    return done.stderr


def _offered(target: Target, login: Login) -> tuple[list[str], list[str]]:
    """Return the lines that ssh would note for the host, and the fingerprints in them."""
    with tempfile.TemporaryDirectory() as folder:
        seen = Path(folder) / "seen"
        more = (
            "StrictHostKeyChecking=accept-new",
            f"UserKnownHostsFile={_quoted(seen)}",
            "HashKnownHosts=no",
        )
        _asked(target, login, more)
        text = seen.read_text(encoding="utf-8", errors="replace") if seen.exists() else ""
    found = [(line, _fingerprint(line)) for line in text.splitlines()]
    kept = [(line, print) for line, print in found if print]
    return [line for line, _ in kept], [print for _, print in kept]


def _fingerprint(line: str) -> str:
    """Return the fingerprint of a line of known hosts, as ``ssh-keygen -l`` writes it.

    Source:
        sshd(8), SSH_KNOWN_HOSTS FILE FORMAT: names, type, key in base64. RFC 4648 base64 of
        the SHA-256 of the key, without padding.
    """
    parts = line.split()
    try:
        key = base64.b64decode(parts[2], validate=True)
    except (IndexError, binascii.Error):
        return ""
    return "SHA256:" + base64.b64encode(hashlib.sha256(key).digest()).decode().rstrip("=")


def _note(
    line: str,
    target: Target,
    login: Login,
) -> None:
    """Add a key to the known hosts."""
    path = login.known_hosts or _own_list(target)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        before = path.read_bytes() if path.exists() else b""
        with open(os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "ab") as file:
            start = b"\n" if before and not before.endswith(b"\n") else b""
            file.write(start + line.encode() + b"\n")
    except OSError as error:
        raise DeployError(
            f"The host key cannot be noted in {path}: {os.strerror(error.errno or 0).lower()}.",
            "Add it yourself, or name another list with --known-hosts.",
            code="deploy.cannot_note",
        ) from error


def _own_list(target: Target) -> Path:
    """Return where the person's configuration notes host keys."""
    done = subprocess.run(
        [program(), "-G", "--", target.host], capture_output=True, text=True, timeout=20
    )
    for line in done.stdout.splitlines():
        word, _, rest = line.partition(" ")
        if word == "userknownhostsfile" and rest:
            return Path(rest.split()[0]).expanduser()
    return Path("~/.ssh/known_hosts").expanduser()


# --- what ssh says ---------------------------------------------------------------------------

_CHANGED = "REMOTE HOST IDENTIFICATION HAS CHANGED"
_UNKNOWN = re.compile(r"No \S+ host key is known for")


def _is_unknown(said: str) -> bool:
    return _UNKNOWN.search(said) is not None


def _unknown(target: Target, fingerprints: Sequence[str]) -> DeployError:
    return DeployError(
        f"The host key of {target.text} is not known yet; its fingerprint is {fingerprints[0]}.",
        "Compare it on the device (ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub); if it is"
        f" the same, add: --accept-new-host-key {fingerprints[0]}",
        code="deploy.host_unknown",
    )


_FAULTS = (
    (
        _CHANGED,
        "deploy.host_changed",
        "The host key of {0} is not the one that is known: this may be another machine.",
        "If the device was really set up anew, take the old key out with ssh-keygen -R first.",
    ),
    (
        "has been revoked",
        "deploy.host_changed",
        "The host key of {0} was revoked.",
        "Ask whoever looks after the device.",
    ),
    (
        "No route to host|Connection refused|timed out|Could not resolve|Network is unreachable"
        "|Connection reset|Connection closed",
        "deploy.unreachable",
        "{0} does not answer to SSH.",
        "Check that it is switched on, its name and port, and that SSH is enabled there.",
    ),
    (
        "UNPROTECTED PRIVATE KEY|bad permissions",
        "deploy.key_open",
        "The private key may be read by others, so ssh does not use it.",
        "Take the rights of others away (chmod 600) and try again.",
    ),
)
_DENIED = (
    "Permission denied|Too many authentication failures|No such identity|not accessible",
    "deploy.not_let_in",
    "{0} does not let you in with your keys.",
    "Add your public key there (ssh-copy-id), or name the right key with --key; passwords are"
    " not used.",
)


def _fault(
    said: str, target: Target, more: Sequence[tuple[str, str, str, str]] = ()
) -> DeployError | None:
    for pattern, code, happened, remedy in (*_FAULTS, *more):
        if re.search(pattern, said):
            return DeployError(happened.format(target.text), remedy, code=code)
    return None


def explained(said: str, target: Target) -> DeployError:
    """Return what the words of ssh mean; its last line where nobody knows."""
    if fault := _fault(said, target, (_DENIED,)):
        return fault
    last = "".join(c for c in (said.strip().splitlines() or ["nothing"])[-1] if c.isprintable())
    return DeployError(
        f"The connection to {target.text} ended; ssh said: {last[:200]}.",
        "Try ssh in a terminal first.",
        code="deploy.connection_lost",
    )

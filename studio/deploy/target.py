"""Which device is meant: ``user@host:port``, as a person writes it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from studio.domain.errors import DeployError

__all__ = ["Login", "Target", "check_folder"]

# Neither may begin with a dash: the ssh program would take it for an option.
_TARGET = re.compile(
    r"(?:(?P<user>[A-Za-z0-9_][\w.-]{0,63})@)?"
    r"(?:\[(?P<six>[0-9A-Fa-f:.%\w]{2,64})\]|(?P<host>[A-Za-z0-9][A-Za-z0-9._-]{0,252}))"
    r"(?::(?P<port>\d{1,5}))?",
    re.A,
)
_FOLDER = re.compile(r"/?[\w.+-]+(/[\w.+-]+)*", re.A)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A device that answers to SSH.

    Attributes:
        host: Its name or address, or an alias in the person's SSH configuration.
        user: Who logs in; empty for whom the SSH configuration says.
        port: None for what the SSH configuration says.
    """

    host: str
    user: str = ""
    port: int | None = None

    @classmethod
    def of(cls, text: str) -> Target:
        """Read ``user@host:port``; an IPv6 address stands in square brackets.

        Raises:
            DeployError: ``deploy.bad_target``.
        """
        found = _TARGET.fullmatch(text)
        if found is None or not 0 < int(found["port"] or 22) < 65536:
            raise DeployError(
                "That is no device: it must be written as user@host or user@host:port.",
                "For example pi@192.168.0.20 or pi@raspberrypi.local:22.",
                code="deploy.bad_target",
            )
        port = int(found["port"]) if found["port"] else None
        return cls(host=found["six"] or found["host"], user=found["user"] or "", port=port)

    @property
    def text(self) -> str:
        """As a person writes it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        user = f"{self.user}@" if self.user else ""
        return f"{user}{host}" + (f":{self.port}" if self.port else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Login:
    """How a person proves who they are, and how the device does.

    Attributes:
        key: A private key; None for the agent and what the SSH configuration names.
        known_hosts: The list of known host keys; None for the person's own.
        fingerprint: Of a host key not known yet that may be taken in: ``SHA256:...``.
    """

    key: Path | None = None
    known_hosts: Path | None = None
    fingerprint: str = ""


def check_folder(text: str) -> str:
    """Return a folder on the device, relative to the home folder or absolute.

    Raises:
        DeployError: ``deploy.bad_folder``.
    """
    if not _FOLDER.fullmatch(text) or ".." in text.split("/"):
        raise DeployError(
            "That is no folder for the device: letters, digits, dots, dashes and slashes only.",
            "For example programs/model.",
            code="deploy.bad_folder",
        )
    return text

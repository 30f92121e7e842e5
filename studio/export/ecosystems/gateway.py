"""A service for others: REST with OpenAPI and metrics, MQTT in and out."""

from __future__ import annotations

from collections.abc import Iterator

from studio.export.ecosystems._program import NEEDS, command_of, package_name, program_files
from studio.export.ecosystems._shape import Ecosystem, Material, Need
from studio.export.part import Member

__all__ = ["ENTRY"]

_NEEDS = (
    *(need for need in NEEDS if not need.extra),
    Need(name="fastapi", versions=">=0.165,<0.166", licence="MIT"),
    Need(name="uvicorn", versions=">=0.54,<0.55", licence="BSD-3-Clause"),
    Need(name="python-multipart", versions=">=0.0.34,<0.1", licence="Apache-2.0"),
    Need(name="paho-mqtt", versions=">=2.2,<3", licence="EPL-2.0 OR BSD-3-Clause"),
)
_MODULES = {
    "gateway.py": "the gateway's command",
    "guard.py": "limits on size, time and number; counts requests",
    "metrics.py": "counters as Prometheus reads them",
    "mqtt.py": "answers messages of a broker",
    "service.py": "the REST service",
}
_FILES = {
    "requirements.txt": "the versions the studio tried it with",
    "Dockerfile": "an image without root that serves",
    "deploy/service.service": "a systemd unit",
    "deploy/kubernetes.yaml": "a Deployment and a Service",
}


def _make(material: Material) -> Iterator[Member]:
    yield from program_files(material, _NEEDS, _MODULES)
    for name, about in _FILES.items():
        text = material.filled(f"gateway/{name.rpartition('/')[2]}.txt", **_words(material))
        name = name.replace("service.service", f"{command_of(material)}.service")
        yield Member(name=name, content=text.encode("ascii"), about=about)


def _words(material: Material) -> dict[str, str]:
    command = command_of(material)
    # Names in Kubernetes have 63 letters at most and end with one.
    return {"package": package_name(material), "command": command, "image": command[:50].strip("-")}


ENTRY = Ecosystem(
    id="gateway",
    title="REST and MQTT gateway",
    make=_make,
    readme="gateway",
    words=_words,
    is_program=True,
    paper="python/whole",
    needs=_NEEDS,
)

"""A bundle's program put on a device through SSH, tried there, and recorded."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from studio.app.device_runs import DeviceRun, DeviceRuns
from studio.app.devices import own_of
from studio.deploy import (
    Deployed,
    DeployStep,
    Login,
    Plan,
    Target,
    check_folder,
    deploy,
    layout_of,
)
from studio.devices import find_device
from studio.domain.errors import BundleError, DeployError, DeviceError, StudioError
from studio.export.manifest import MANIFEST, FileFacts, Manifest, damaged
from studio.export.opened import MODEL
from studio.export.reading import read_files
from studio.export.selftest_log import SelftestRun, read_log
from studio.store.project_file import ProjectFile

__all__ = ["DeployStep", "DeploySummary", "Deployed", "Login", "Target", "deploy_bundle"]

_WHEELS = "wheels"
_MOST_WHEELS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class DeploySummary:
    """What came of putting a bundle on a device.

    Attributes:
        deployed: What is there now, and what was.
        selftest: What the self-test said there; None for a dry run.
        recorded: The record in the project; None where none was given.
        not_recorded: Why there is no record though a project was given; a sentence.
    """

    deployed: Deployed
    selftest: SelftestRun | None = None
    recorded: DeviceRun | None = None
    not_recorded: str = ""


def deploy_bundle(
    bundle: Path,
    target: Target,
    login: Login,
    *,
    folder: str = "",
    wheels: Path | None = None,
    index: bool = False,
    project: Path | None = None,
    dry_run: bool = False,
    told: Callable[[DeployStep], None] = lambda step: None,
) -> DeploySummary:
    """Put the Python program of a bundle on a device, and switch to it if its self-test passes.

    *Slow.* Whatever fails leaves the device with what ran there before.

    Args:
        bundle: The zip of `export --as python`, or the folder it was unpacked into.
        target: The device.
        login: How to get in.
        folder: Where to on the device; by default a folder of its name in the home folder.
        wheels: A folder with packages to send along, for a device without a network.
        index: Whether the device may fetch what it lacks from its package index.
        project: Where the result is recorded as measured on the device.
        dry_run: Only look whether it could be done.
        told: Hears of every step.

    Raises:
        BundleError: if the bundle is none, or damaged, or the self-test's text contradicts
            itself or is of another model.
        DeployError: ``deploy.*``.
        ProjectError: if the project cannot be opened.
    """
    files = _whole(bundle)
    layout = layout_of(files)
    plan = Plan(
        files={**files, **_wheels(wheels)},
        layout=layout,
        folder=check_folder(folder or layout.name),
        index=index,
    )
    model = hashlib.sha256(files.get(MODEL, b"")).hexdigest()
    opened = None if project is None else ProjectFile.open(project)
    try:
        deployed = deploy(
            target,
            login,
            plan,
            judge=lambda said: _judge(said, model),
            told=told,
            dry_run=dry_run,
        )
        if dry_run:
            return DeploySummary(deployed=deployed)
        return _recorded(deployed, opened)
    finally:
        if opened is not None:
            opened.close()


def _whole(bundle: Path) -> Mapping[str, bytes]:
    """Return the files of a bundle, each with the digest its manifest says, and no other."""
    files = read_files(bundle)
    facts = Manifest.read(files[MANIFEST]).files
    found = {name: FileFacts.of(content) for name, content in files.items() if name != MANIFEST}
    if found != dict(facts):
        raise damaged("files are missing, added or changed")
    return files


def _wheels(folder: Path | None) -> dict[str, bytes]:
    if folder is None:
        return {}
    found = sorted(folder.glob("*.whl")) if folder.is_dir() else []
    if not 0 < len(found) <= _MOST_WHEELS:
        raise DeployError(
            f"{folder.name} is no folder with wheels.",
            "Fill it with: pip download --only-binary :all: --platform ... -d FOLDER PACKAGE.",
            code="deploy.no_wheels",
        )
    try:
        return {f"{_WHEELS}/{path.name}": path.read_bytes() for path in found}
    except OSError as error:
        raise DeployError(
            f"A wheel in {folder.name} cannot be read.",
            "Check that you may read it.",
            code="deploy.no_wheels",
        ) from error


def _judge(said: bytes, model: str) -> None:
    """Refuse a self-test that did not pass, or was not of this model; a stranger's text."""
    run = read_log(said)[-1]
    if not run.passed:
        raise DeployError(
            "The self-test says FAIL on the device. What ran there before goes on.",
            "Look at which step failed: the preparation, the model or the answer.",
            code="deploy.selftest_fails",
        )
    if not model.startswith(run.model):
        raise BundleError(
            "The self-test on the device was of another model than the bundle's.",
            "Nothing was switched; look what is in the bundle.",
            code="selftest.unknown_model",
        )


def _recorded(deployed: Deployed, project: ProjectFile | None) -> DeploySummary:
    run = read_log(deployed.said)[-1]
    if project is None:
        return DeploySummary(deployed=deployed, selftest=run)
    if why := _another_machine(run.device, deployed.facts.machine, project):
        return DeploySummary(deployed=deployed, selftest=run, not_recorded=why)
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "selftest.log"
        log.write_bytes(deployed.said)
        try:
            recorded = DeviceRuns(project).record(log)
        except StudioError as error:  # the program is in use there by now; that much is true
            return DeploySummary(deployed=deployed, selftest=run, not_recorded=str(error))
    return DeploySummary(deployed=deployed, selftest=run, recorded=recorded)


def _another_machine(device_id: str, machine: str, project: ProjectFile) -> str:
    """Say why what ran on a machine was not measured on a device; empty where it may have been.

    Only what is certain is told: a processor of Arm is no other. Which board it is nobody knows.
    """
    try:
        device = find_device(device_id, own_of(project))
    except DeviceError:
        return ""  # recording says so itself
    if "Cortex" not in device.core or machine.startswith(("arm", "aarch64")):
        return ""
    return (
        f"It ran on {machine}, and the {device.name} has {device.core}: that is no measurement on"
        " the device."
    )

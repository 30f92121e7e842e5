"""Programs put on a device through a real SSH server on the loopback address."""

from __future__ import annotations

import fcntl
import os
import resource
import subprocess
import sys
import sysconfig
from collections.abc import Callable
from pathlib import Path

import pytest

from studio.app import DeployStep, DeploySummary, deploy_bundle
from studio.app.deploying import _another_machine, _judge
from studio.deploy import Target, check_folder
from studio.deploy.ssh import arguments
from studio.domain.errors import StudioError
from studio.export.archive import zip_bytes
from studio.store.project_file import ProjectFile
from tests.export.ecosystems.programs import program_files

from .conftest import Device, selftest_lines

Bundle = Callable[..., Path]


def _put(device: Device, bundle: Path, **how: object) -> DeploySummary:
    given = {"folder": str(device.programs), **how}
    return deploy_bundle(bundle, device.target, device.login(), **given)  # type: ignore[arg-type]


def _refused(device: Device, bundle: Path, code: str, **how: object) -> StudioError:
    with pytest.raises(StudioError) as refusal:
        _put(device, bundle, **how)
    assert refusal.value.code == code
    assert str(refusal.value).isprintable()
    return refusal.value


def test_a_bundle_is_put_there_tried_and_used(device: Device, bundle: Bundle, studio) -> None:
    """From a host nobody knows to a second version, as a person types it."""
    first = bundle()
    how = ("--key", device.folder / "mine", "--known-hosts", device.known)
    how = (*how, "--folder", device.programs, "--json")

    unknown = studio("deploy", first, device.text, *how)
    assert unknown.err.startswith("deploy.host_unknown")
    assert device.fingerprint in unknown.err
    assert not device.known.exists()

    accept = ("--accept-new-host-key", device.fingerprint)
    done = studio("deploy", first, device.text, *how, *accept).ok().document
    assert (done["switched"], done["before"]) == (True, None)
    assert "result=PASS" in done["selftest"]
    assert device.runs() == "one"

    again = studio("deploy", bundle(version="two"), device.text, *how).ok().document
    assert again["before"] == done["version"] != again["version"]
    assert device.runs() == "two"
    assert device.versions() == sorted([done["version"], again["version"]])


def test_a_bundle_the_studio_exports_runs_there(device: Device, tmp_path: Path) -> None:
    """The real package with the real model; the libraries are those of this Python."""
    out = tmp_path / "bars.zip"
    out.write_bytes(zip_bytes(program_files("python", "pictures")))
    device.knows()
    sees = _with_libraries(device)
    done = _put(device, out)
    assert done.deployed.facts.missing == ()
    assert done.selftest is not None
    assert done.selftest.passed
    assert done.selftest.device == "raspberry_pi_5"
    run = subprocess.run(
        ["env", sees, device.programs / "current" / "run", "selftest"],
        capture_output=True,
        text=True,
    )
    assert "end result=PASS" in run.stdout


def _with_libraries(device: Device) -> str:
    """Let the device see the libraries of this Python; return how."""
    # An environment made in an environment does not see the libraries of that one.
    sees = f"PYTHONPATH={sysconfig.get_path('purelib')}"
    path = f"PATH={Path(sys.executable).resolve().parent}:/usr/bin:/bin"
    keys = device.folder / "authorized"
    starts = f'{sees} {path} exec sh -c \\"$SSH_ORIGINAL_COMMAND\\"'
    keys.write_text(f'command="{starts}" {keys.read_text()}')
    return sees


@pytest.mark.worker
def test_the_result_is_recorded_where_it_was_measured(
    device: Device, studio, trained_project: Path, tmp_path: Path
) -> None:
    device.knows()
    sees = _with_libraries(device)
    assert sees
    out = tmp_path / "digits.zip"
    studio("export", trained_project, "--device", "pc", "--as", "python", "--out", out).ok()
    how = ("--key", device.folder / "mine", "--known-hosts", device.known)
    how = (*how, "--folder", device.programs, "--project", trained_project, "--json")
    recorded = studio("deploy", out, device.text, *how).ok().document["recorded"]
    assert (recorded["device_id"], recorded["passed"]) == ("pc", True)
    assert recorded["latency"]["kind"] == "measured"
    with ProjectFile.open(trained_project) as project:
        assert "Cortex-A76" in _another_machine("rpi5", "x86_64", project)
        assert not _another_machine("rpi5", "aarch64", project)
        assert not _another_machine("pc", "x86_64", project)


def test_a_wrong_host_key_is_refused_also_when_it_would_be_accepted(
    device: Device, bundle: Bundle
) -> None:
    device.knows("other.pub")
    before = device.known.read_bytes()
    _refused(device, bundle(), "deploy.host_changed")
    with pytest.raises(StudioError) as refusal:
        deploy_bundle(bundle(), device.target, device.login(device.fingerprint))
    assert refusal.value.code == "deploy.host_changed"
    assert device.known.read_bytes() == before
    assert list(device.disk.iterdir()) == []


def test_another_fingerprint_is_refused_and_a_dry_run_writes_nothing(
    device: Device, bundle: Bundle
) -> None:
    with pytest.raises(StudioError) as refusal:
        deploy_bundle(bundle(), device.target, device.login("SHA256:" + "A" * 43))
    assert refusal.value.code == "deploy.fingerprint_differs"
    assert not device.known.exists()
    device.knows()
    dry = _put(device, bundle(requires=("no-such-package-anywhere>=2",)), dry_run=True)
    assert (dry.deployed.switched, dry.selftest) == (False, None)
    assert dry.deployed.facts.missing == ("no-such-package-anywhere>=2",)
    assert list(device.disk.iterdir()) == []


def test_who_has_no_key_there_is_not_let_in(device: Device, bundle: Bundle) -> None:
    device.knows()
    (device.folder / "authorized").write_bytes((device.folder / "other.pub").read_bytes())
    _refused(device, bundle(), "deploy.not_let_in")


def test_a_device_that_is_off_is_told(device: Device, bundle: Bundle) -> None:
    device.knows()
    device.process.kill()
    device.process.wait()
    _refused(device, bundle(), "deploy.unreachable")


@pytest.mark.parametrize(
    ("when", "code"),
    [
        ("copy", "deploy.connection_lost"),
        ("selftest", "deploy.connection_lost"),
        # Only the device could say whether it heard the word; here it did not.
        ("switch", "deploy.switch_unknown"),
    ],
)
def test_a_connection_cut_in_the_middle_leaves_the_old_version(
    when: str, code: str, device: Device, bundle: Bundle
) -> None:
    device.knows()
    _put(device, bundle())
    link, versions = os.readlink(device.programs / "current"), device.versions()

    def cut(step: DeployStep) -> None:
        if step.id == when and step.done >= step.of // 2:
            device.cut()

    # The self-test waits for the end of its own connection's server, so that it is the cut
    # that comes first.
    waits = "import time; time.sleep(1)" if when == "selftest" else ""
    padding = 6 << 20 if when == "copy" else 0
    new = bundle(version="two", padding=padding, selftest=waits)
    _refused(device, new, code, told=cut)
    assert os.readlink(device.programs / "current") == link
    assert device.runs() == "one"

    _free(device)
    _put(device, bundle(version="three"))
    assert device.runs() == "three"
    assert len(device.versions()) == len(versions) + 1, "nothing is left of the one cut off"


def _free(device: Device) -> None:
    """Wait until the program on the device has seen that nobody is there any more."""
    with (device.programs / ".lock").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)


def test_a_full_disk_leaves_the_old_version(device: Device, bundle: Bundle) -> None:
    """The server's processes may write files of 1 MiB only, which stands for a full disk."""
    device.knows()
    _put(device, bundle())
    _, most = resource.prlimit(device.process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(device.process.pid, resource.RLIMIT_FSIZE, (1 << 20, most))
    _refused(device, bundle(version="two", padding=3 << 20), "deploy.no_room")
    assert device.runs() == "one"
    assert len(device.versions()) == 1


_LINES = selftest_lines("f" * 64)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (b"", "selftest.none"),
        (b"\x1b[2J\xe2\x80\xae all is well", "selftest.none"),
        (bytes(range(256)) * 4096, "selftest.none"),
        (_LINES.encode(), "selftest.unknown_model"),
        (_LINES.replace("000002", "000009").encode(), "selftest.inconsistent"),
        (selftest_lines("f" * 64, "FAIL").encode(), "deploy.selftest_fails"),
        (b"STUDIO-SELFTEST 9 begin", "selftest.newer"),
    ],
)
def test_a_text_that_is_no_proof_is_refused(said: bytes, code: str) -> None:
    with pytest.raises(StudioError) as refusal:
        _judge(said, "a" * 64)
    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("selftest", "code"),
    [
        ("raise SystemExit(3)", "deploy.selftest_fails"),
        ('print(\'STUDIO-DEPLOY 1 {"step": "switched", "version": 0}\')', "selftest.none"),
        ("import sys\nwhile True: sys.stdout.buffer.write(b'x' * 65536)", "deploy.selftest_fails"),
        ("import time; time.sleep(99)", "deploy.selftest_hangs"),
    ],
)
def test_a_hostile_selftest_is_refused_and_nothing_is_switched(
    selftest: str, code: str, device: Device, bundle: Bundle, monkeypatch: pytest.MonkeyPatch
) -> None:
    device.knows()
    if "hangs" in code:
        from studio.app import deploying

        plan = deploying.Plan
        monkeypatch.setattr(deploying, "Plan", lambda **how: plan(**how, selftest_seconds=1.0))
    _refused(device, bundle(selftest=selftest), code)
    assert not (device.programs / "current").exists()
    _free(device)
    assert device.versions() == []


def test_what_a_device_lacks_is_told_before_anything_is_installed(
    device: Device, bundle: Bundle, tmp_path: Path
) -> None:
    device.knows()
    needy = bundle(requires=("no-such-package-anywhere>=2",))
    refused = _refused(device, needy, "deploy.missing_packages")
    assert "no-such-package-anywhere" in refused.happened
    assert "--wheels" in refused.remedy
    (tmp_path / "empty").mkdir()
    _refused(device, needy, "deploy.no_wheels", wheels=tmp_path / "empty")


def test_wheels_sent_along_are_installed_without_a_network(
    device: Device, bundle: Bundle, tmp_path: Path
) -> None:
    device.knows()
    (tmp_path / "wheels").mkdir()
    _wheel(tmp_path / "wheels" / "tinybars-2.1-py3-none-any.whl")
    lines = selftest_lines("f" * 64)
    tries = f"import tinybars; print({lines!r})"
    needy = bundle(requires=("tinybars>=2,<3",), selftest=tries)
    # The text is of another model: it was imported, or there would be no text at all.
    _refused(device, needy, "selftest.unknown_model", wheels=tmp_path / "wheels")


def _wheel(path: Path) -> None:
    about = "tinybars-2.1.dist-info"
    tag = "Wheel-Version: 1.0\nGenerator: t\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    files = {
        "tinybars.py": b"",
        f"{about}/METADATA": b"Metadata-Version: 2.1\nName: tinybars\nVersion: 2.1\n",
        f"{about}/WHEEL": tag.encode(),
        f"{about}/RECORD": b"",
    }
    path.write_bytes(zip_bytes(files))


def test_two_at_once_are_not_mixed(device: Device, bundle: Bundle) -> None:
    device.knows()

    def second(step: DeployStep) -> None:
        if step.id == "install":
            _refused(device, bundle(version="two"), "deploy.busy")

    _put(device, bundle(), told=second)
    assert device.runs() == "one"


def test_what_raises_in_between_takes_it_back(device: Device, bundle: Bundle) -> None:
    device.knows()

    def stop(step: DeployStep) -> None:
        if step.id == "selftest":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        _put(device, bundle(), told=stop)
    _free(device)
    assert device.versions() == []


def test_nothing_of_this_computer_is_forwarded(device: Device) -> None:
    command = arguments(device.target, device.login(), "true")
    for option in ("ForwardAgent=no", "ForwardX11=no", "PasswordAuthentication=no"):
        assert option in command
    assert command[-3:] == ["--", "127.0.0.1", "true"]


@pytest.mark.parametrize(
    "text",
    ["-oProxyCommand=touch x", "a@-b", "a@b:0", "a@b:99999", "a b@c", "", "@h", "h/x"],
)
def test_a_target_is_never_an_option(text: str) -> None:
    with pytest.raises(StudioError) as refusal:
        Target.of(text)
    assert refusal.value.code == "deploy.bad_target"


@pytest.mark.parametrize(
    "text", ["pi@raspberrypi.local", "10.0.0.7:2222", "root@[fe80::1%eth0]:22", "jetson"]
)
def test_a_target_reads_as_it_is_written(text: str) -> None:
    assert Target.of(text).text == text


@pytest.mark.parametrize("folder", ["../up", "a/../b", "a b", "~root", "/", "a//b", "$HOME"])
def test_odd_folders_are_refused(folder: str) -> None:
    with pytest.raises(StudioError) as refusal:
        check_folder(folder)
    assert refusal.value.code == "deploy.bad_folder"


def test_the_shell_may_talk(device: Device, bundle: Bundle) -> None:
    """What a shell's start-up files write stands before the device's answers."""
    device.knows()
    keys = device.folder / "authorized"
    talks = "printf 'Welcome {'; exec sh -c \\\"$SSH_ORIGINAL_COMMAND\\\""
    keys.write_text(f'command="{talks}" {keys.read_text()}')
    _put(device, bundle())
    assert device.runs() == "one"


def test_only_the_latest_versions_are_kept(device: Device, bundle: Bundle) -> None:
    device.knows()
    for version in ("one", "two", "three", "four"):
        _put(device, bundle(version=version))
    _free(device)
    assert len(device.versions()) == 3
    assert device.runs() == "four"


def test_the_program_for_the_device_needs_nothing_new() -> None:
    """It must be read by Pythons older than ours."""
    import ast

    from studio.resources import assets

    source = (assets() / "templates" / "deploy" / "on_device.py").read_text()
    ast.parse(source, feature_version=(3, 8))

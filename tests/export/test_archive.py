"""Whole or absent, and the same for the same contents."""

from __future__ import annotations

import builtins
import errno
import io
import os
import random
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from studio.domain.errors import ExportError
from studio.export import BundleContents, verify_bundle, write_bundle
from studio.export import archive as archive_module
from studio.export.archive import write_whole, zip_bytes
from studio.export.reading import read_files

Files = dict[str, bytes]


class Disk:
    """Counts what is done to the disk and fails at one of it."""

    def __init__(self, fails_at: int, error: int) -> None:
        self.left = fails_at
        self.error = error

    def touch(self) -> None:
        """Do one thing to the disk."""
        self.left -= 1
        if self.left == 0:
            raise OSError(self.error, os.strerror(self.error))

    def open(self, *args: Any, **kwargs: Any) -> Any:
        """Open a file whose writes are counted too."""
        self.touch()
        with builtins.open(*args, **kwargs):
            pass
        disk = self

        class Counted(io.FileIO):
            def write(self, content: Any) -> int:
                disk.touch()
                return super().write(content)

            def flush(self) -> None:
                if not self.closed:
                    disk.touch()
                super().flush()

        return Counted(args[0], "w")

    def wrap(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return the function, counted."""

        def counted(*args: Any, **kwargs: Any) -> Any:
            self.touch()
            return function(*args, **kwargs)

        return counted


def _told(content: bytes, out: Path) -> ExportError | None:
    try:
        write_whole(content, out)
    except ExportError as error:
        return error
    return None


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (errno.ENOSPC, "export.disk_full"),
        (errno.EDQUOT, "export.disk_full"),
        (errno.EIO, "export.cannot_write"),
        (errno.EACCES, "export.cannot_write"),
        (errno.EROFS, "export.cannot_write"),
    ],
)
def test_a_failure_at_every_single_step_leaves_the_old_file_and_nothing_else(
    error: int, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "bundle.zip"
    content = os.urandom(300_000)
    failures = 0
    for step in range(1, 100):
        out.write_bytes(b"the old one")
        with monkeypatch.context() as patch:
            disk = Disk(step, error)
            patch.setattr(archive_module, "open", disk.open, raising=False)
            patch.setattr(archive_module.os, "fsync", disk.wrap(os.fsync))
            patch.setattr(archive_module.os, "replace", disk.wrap(os.replace))
            told = _told(content, out)
        if told:
            failures += 1
            assert told.code == code
            assert "bundle.zip" in told.happened
        assert out.read_bytes() == (b"the old one" if told else content)
        assert [path.name for path in tmp_path.iterdir()] == ["bundle.zip"]
        if disk.left > 0:
            break
    else:
        pytest.fail("the failures never ended")
    # Open, five chunks, two flushes at least, fsync and rename: all of them were tried.
    assert failures >= 8


@contextmanager
def _room(limit: int) -> Iterator[None]:
    """Let no file of this process grow beyond the limit, as a full disk would."""
    resource = pytest.importorskip("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_the_operating_system_itself_refusing_leaves_nothing(tmp_path: Path) -> None:
    out = tmp_path / "bundle.zip"
    content = os.urandom(200_000)
    for limit in (0, 1, 4_096, 65_536, 65_537, 199_999):
        with _room(limit), pytest.raises(ExportError) as told:
            write_whole(content, out)
        assert told.value.code == "export.disk_full"
        assert list(tmp_path.iterdir()) == []
    with _room(200_000):
        write_whole(content, out)
    assert out.read_bytes() == content


def test_a_full_disk_during_the_whole_export_keeps_the_old_bundle(
    build: Callable[..., BundleContents], tmp_path: Path
) -> None:
    out = tmp_path / "bundle.zip"
    write_bundle(build(), out)
    before = out.read_bytes()
    with _room(50_000), pytest.raises(ExportError) as told:
        write_bundle(build(project_title="Another"), out)
    assert told.value.code == "export.disk_full"
    assert out.read_bytes() == before
    assert verify_bundle(out).passed
    assert [path.name for path in tmp_path.iterdir()] == ["bundle.zip"]


def test_killing_the_writer_leaves_the_old_file_or_the_new_one(tmp_path: Path) -> None:
    out = tmp_path / "bundle.zip"
    program = (
        "import sys, itertools; from pathlib import Path\n"
        "from studio.export.archive import write_whole\n"
        "print('ready', flush=True)\n"
        "for byte in itertools.cycle((b'a', b'b')):\n"
        "    write_whole(byte * 3_000_000, Path(sys.argv[1]))\n"
    )
    whole = {byte * 3_000_000 for byte in (b"a", b"b")}
    rng = random.Random(4)
    for _ in range(8):
        command = [sys.executable, "-c", program, str(out)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as writer:
            assert writer.stdout is not None
            writer.stdout.readline()
            # Not a wait for something: the moment of the kill is what varies.
            time.sleep(rng.uniform(0.02, 0.2))
            writer.kill()
        if out.exists():
            assert out.read_bytes() in whole


@pytest.mark.parametrize("where", ["no such folder/bundle.zip", "folder"])
def test_a_place_that_cannot_be_written_is_told(where: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(ExportError) as told:
        write_whole(b"content", tmp_path / where)
    assert told.value.code == "export.cannot_write"
    assert told.value.remedy
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]


def test_the_same_contents_give_the_same_bytes(
    build: Callable[..., BundleContents], tmp_path: Path
) -> None:
    first = write_bundle(build(), tmp_path / "a.zip")
    second = write_bundle(build(), tmp_path / "b.zip")
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    assert first.digest == second.digest
    assert first.size_bytes == (tmp_path / "a.zip").stat().st_size
    other = write_bundle(build(project_title="Other"), tmp_path / "c.zip")
    assert other.digest != first.digest


def test_entries_are_sorted_with_fixed_times_and_permissions(files: Files) -> None:
    shuffled = dict(sorted(files.items(), key=lambda item: item[0][::-1]))
    content = zip_bytes(shuffled)
    assert content == zip_bytes(files)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = archive.infolist()
    assert [entry.filename for entry in entries] == sorted(files)
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert {entry.external_attr >> 16 for entry in entries} == {0o100644}


def test_blank_pictures_do_not_make_a_bundle_look_like_a_bomb(tmp_path: Path) -> None:
    files = {"manifest.json": b"{}", "golden/inputs.bin": bytes(5 << 20), "tiny": b"a" * 60}
    path = tmp_path / "blank.zip"
    path.write_bytes(zip_bytes(files))
    assert read_files(path) == files

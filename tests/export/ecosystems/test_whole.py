"""Zips as wholes: verified, the same every time, whole or absent, and nobody's business inside."""

from __future__ import annotations

import getpass
import hashlib
import json
import random
import re
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from studio.domain.errors import BundleError, ExportError
from studio.export import verify_bundle
from studio.export.archive import zip_bytes
from studio.export.bundle import assemble
from studio.export.ecosystems import write_for

from ..conftest import make_contents
from .accelerators import edgetpu_files, ethos_u_files
from .contents import contents_of
from .phones import files_for
from .places import files_of, packed

ROOT = Path(__file__).parents[3]
CASES = [
    ("cmake", "pictures"),
    ("arduino", "windows"),
    ("zephyr", "rows"),
    ("bare-metal", "amounts"),
]
_ABSOLUTE = re.compile(
    rb"(?<![\w.~-])(/(?:home|root|Users|tmp|work|var|mnt|media|opt)/[\w.-]+|[A-Za-z]:\\+Users\\+\w+)"
)
_EXIF = (b"Exif\x00\x00", b"GPSInfo", b"GPSLatitude", b"eXIf", b"http://ns.adobe.com/exif")


@pytest.mark.parametrize(("ecosystem", "kind"), CASES)
def test_a_zip_verifies_and_a_changed_file_is_found(
    ecosystem: str, kind: str, tmp_path: Path
) -> None:
    path = tmp_path / "library.zip"
    path.write_bytes(packed(ecosystem, kind))
    result = verify_bundle(path)
    assert result.passed, result.checks
    files = dict(files_of(ecosystem, kind))
    name = next(n for n in files if n.endswith(("src/answer.h", "src/output.h")))
    files[name] += b"\n/* and more */\n"
    path.write_bytes(zip_bytes(files))
    failed = {check.name for check in verify_bundle(path).checks if not check.passed}
    assert {"digests", "c_source"} <= failed


def test_a_mutated_zip_is_refused_or_found_out(tmp_path: Path) -> None:
    rng = random.Random(8)
    content = packed("zephyr", "rows")
    path = tmp_path / "library.zip"
    for _ in range(60):
        changed = bytearray(content)
        for _ in range(rng.choice([1, 3, 40])):
            changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
        path.write_bytes(changed)
        try:
            result = verify_bundle(path)
        except BundleError:
            continue
        same = bytes(changed) == content
        assert result.passed is same, "a change that nobody found"


def test_every_zip_has_one_folder_and_all_that_an_engineer_asks_for() -> None:
    for ecosystem, kind in CASES:
        files = files_of(ecosystem, kind)
        assert {name.partition("/")[0] for name in files} == {"Bars_of_light"}
        there = {name.partition("/")[2] for name in files}
        wanted = {"README.md", "README.ko.md", "LICENSES.txt", "sbom.cdx.json", "manifest.json"}
        wanted |= {"rebuild.py", "report.html", "report.json", "preprocessing.json"}
        wanted |= {"model/model_int8.tflite", "golden/inputs.bin", "golden/outputs.bin"}
        wanted |= {"src/selftest.c", "src/bars_of_light_inference.h", "src/model/bars_of_light.c"}
        assert wanted <= there
        assert ("labels.txt" in there) is (kind != "amounts")
        readme = files["Bars_of_light/README.md"].decode()
        assert all(f"`{name}`" in readme for name in there if "README" not in name)
        assert "not" in readme.partition("## Build it")[0].rpartition("studio's own tests")[2]


_AGAIN = """
import hashlib, sys, time
real = time.time
time.time = lambda: real() + 86400 * 400
from studio.export.ecosystems import assemble_for
from studio.export.archive import zip_bytes
from tests.export.ecosystems.contents import contents_of
print(hashlib.sha256(zip_bytes(assemble_for(contents_of("windows"), "arduino"))).hexdigest())
"""


def test_two_exports_are_the_same_bytes_another_day_in_another_folder(tmp_path: Path) -> None:
    other = {
        "PYTHONPATH": str(ROOT),
        "TZ": "Asia/Seoul",
        "PYTHONHASHSEED": "7",
        "HOME": str(tmp_path),
    }
    done = subprocess.run(
        [sys.executable, "-c", _AGAIN], cwd=tmp_path, env=other, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split()[-1] == hashlib.sha256(packed("arduino", "windows")).hexdigest()


def test_a_zip_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    old = tmp_path / "library.zip"
    old.write_bytes(b"the one before")
    with pytest.raises(ExportError) as refusal:
        write_for(contents_of("rows"), "fortran", old)
    assert refusal.value.code == "export.unknown_ecosystem"
    with pytest.raises(ExportError):
        write_for(contents_of("rows"), "cmake", tmp_path / "nowhere" / "library.zip")
    plain = make_contents()
    bare = type(plain)(**{name: getattr(plain, name) for name in plain.__slots__ if name != "code"})
    with pytest.raises(ExportError) as refusal:
        write_for(bare, "cmake", old)
    assert refusal.value.code == "export.no_code"
    assert [path.name for path in tmp_path.iterdir()] == ["library.zip"]
    assert old.read_bytes() == b"the one before"


def test_nothing_of_a_person_or_a_computer_is_inside() -> None:
    names = ("/home/kim/photos/x.png", r"C:\Users\kim\y.png", "/root/z.jpg")
    named = contents_of("pictures", golden_names=(*names, "a.png", "b.png", "c.png"))
    private = {"usual": assemble(named)}
    private |= {ecosystem: files_of(ecosystem, kind) for ecosystem, kind in CASES}
    private |= {form: files_for(form, "pictures") for form in ("android", "ios")}
    private |= {"edgetpu": edgetpu_files("pictures"), "ethos-u": ethos_u_files("pictures")}
    private["named"] = _cmake(named)
    found = [
        (where, name, what)
        for where, files in private.items()
        for name, content in files.items()
        for what in _private(content)
    ]
    assert found == []


def _cmake(contents: object) -> dict[str, bytes]:
    from studio.export.ecosystems import assemble_for

    return assemble_for(contents, "cmake")  # type: ignore[arg-type]


def _private(content: bytes) -> list[bytes]:
    """Return what in a file names a place or a person of this computer, or a place on earth."""
    told = [match[0] for match in _ABSOLUTE.finditer(content)]
    told += [mark for mark in _EXIF if mark in content]
    user = getpass.getuser().encode()
    own = {str(ROOT).encode(), str(Path.home()).encode() + b"/", b"kim/photos", b"Kim Private"}
    own |= {user} if user not in {b"root", b"user", b"runner"} else set()
    return told + [word for word in own if word in content]


def test_the_scanner_finds_what_it_looks_for() -> None:
    for bad in (
        b'"/home/kim/x"',
        rb"C:\Users\kim",
        b"\xff\xe1..Exif\x00\x00..",
        str(ROOT).encode(),
    ):
        assert _private(b"before " + bad)
    assert _private(b"a/home/made/thing and http://x.org/home") == []


# --- the parts list --------------------------------------------------------------------------


@pytest.mark.parametrize(("ecosystem", "kind"), CASES[:2])
def test_the_parts_list_is_valid_and_complete(ecosystem: str, kind: str) -> None:
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    files = files_of(ecosystem, kind)
    text = files["Bars_of_light/sbom.cdx.json"].decode()
    wrong = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    assert wrong is None, str(wrong)
    parts = {part["name"]: part for part in json.loads(text)["components"]}
    late = {"sbom.cdx.json", "LICENSES.txt", "manifest.json", "README.md", "README.ko.md"}
    for name, content in files.items():
        base = name.partition("/")[2]
        if base not in late:
            digest = hashlib.sha256(content).hexdigest()
            assert parts[base]["hashes"] == [{"alg": "SHA-256", "content": digest}]


def test_the_zip_has_no_times_and_no_owners() -> None:
    with zipfile.ZipFile(BytesIO(packed("arduino", "windows"))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not any(entry.extra for entry in archive.infolist())

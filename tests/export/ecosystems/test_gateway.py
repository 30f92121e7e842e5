"""The gateway: its zip; and, installed into an environment of its own, its answers and its calm."""

from __future__ import annotations

import http.client
import json
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from PIL import Image

from studio.export import preprocess, verify_bundle
from studio.export.archive import zip_bytes
from studio.export.golden_run import reference_outputs
from studio.tasks import pictures

from ..kinds import ROWS, raw_rows, recording
from .programs import PACKAGE, board_contents, called, program_files, unpacked_program

PEERS = Path(__file__).with_name("gateway_peers")
TESTERS = ("schemathesis==4.32.5", "amqtt==0.12.1")
"""What only these tests need; too much for the studio's own environment."""
TOP = "Bars_of_light"


# --- the zip ---------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["pictures", "amounts"])
def test_a_zip_verifies_and_has_what_it_says(kind: str, tmp_path: Path) -> None:
    files = program_files("gateway", kind)
    path = tmp_path / "gateway.zip"
    path.write_bytes(zip_bytes(files))
    result = verify_bundle(path)
    assert result.passed, result.checks
    readme = files[f"{TOP}/README.md"].decode()
    inside = {name.partition("/")[2] for name in files}
    assert all(f"`{name}`" in readme for name in inside if "README" not in name)
    assert {"Dockerfile", "requirements.txt", "deploy/kubernetes.yaml"} <= inside
    assert "no log-in and no TLS" in readme
    assert "EPL-2.0" in files[f"{TOP}/LICENSES.txt"].decode()


def test_the_self_test_is_in_it(tmp_path: Path) -> None:
    top = unpacked_program("gateway", "rows", tmp_path)
    assert "end result=PASS" in called(top, "selftest")[-1]


def test_what_is_pinned_is_what_is_asked_for() -> None:
    from packaging.requirements import Requirement

    files = program_files("gateway", "rows")
    lines = files[f"{TOP}/requirements.txt"].decode().splitlines()
    pins = {one.name: one for one in map(Requirement, (x for x in lines if x[0] != "#"))}
    project = files[f"{TOP}/pyproject.toml"].decode()
    import tomllib

    for text in tomllib.loads(project)["project"]["dependencies"]:
        wanted = Requirement(text)
        (pin,) = pins[wanted.name].specifier
        assert pin.operator == "=="
        assert wanted.specifier.contains(pin.version), text


def test_the_manifests_run_it_without_rights() -> None:
    files = program_files("gateway", "rows")
    deployment, service = yaml.safe_load_all(files[f"{TOP}/deploy/kubernetes.yaml"])
    pod = deployment["spec"]["template"]["spec"]
    assert pod["securityContext"]["runAsNonRoot"] is True
    (container,) = pod["containers"]
    assert container["securityContext"]["readOnlyRootFilesystem"] is True
    assert service["spec"]["selector"] == deployment["spec"]["selector"]["matchLabels"]
    docker = files[f"{TOP}/Dockerfile"].decode()
    assert re.search(r"^USER 10001$", docker, re.M)
    unit = files[f"{TOP}/deploy/{PACKAGE.replace('_', '-')}.service"].decode()
    assert "DynamicUser=yes" in unit
    assert "NoNewPrivileges=yes" in unit


# --- installed -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def tops(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    kinds = ("pictures", "rows", "windows")
    return {kind: unpacked_program("gateway", kind, tmp_path_factory.mktemp(kind))
            for kind in kinds}  # fmt: skip


@pytest.fixture(scope="module")
def place(tops: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of an environment made by the zip's own requirements, and what tests need."""
    venv = tmp_path_factory.mktemp("gateway") / "venv"
    subprocess.run([sys.executable, "-m", "venv", venv], check=True)
    pip = [venv / "bin" / "python", "-m", "pip", "install", "-q"]
    top = tops["rows"]
    for words in (["-r", top / "requirements.txt"], ["--no-deps", top], TESTERS):
        done = subprocess.run([*pip, *words], capture_output=True, text=True)
        if done.returncode and "No matching distribution" in done.stderr:
            pytest.skip("pip reaches no index of packages")
        assert done.returncode == 0, done.stderr
    return venv / "bin"


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def _started(*command: object, says: str = "") -> Iterator[subprocess.Popen[str]]:
    """Run a program meanwhile; begin when it has said a word, where it says one."""
    words = [str(word) for word in command]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        try:
            if says:
                assert process.stdout is not None
                assert says in process.stdout.readline()
            yield process
            assert process.poll() is None, "it ended by itself"
        finally:
            process.terminate()


@contextmanager
def _serving(place: Path, top: Path, *words: str) -> Iterator[int]:
    port, source = _free_port(), str(top / "src")
    run = f"import sys; sys.path.insert(0, {source!r}); from {PACKAGE}.gateway import main; main()"
    with _started(place / "python", "-c", run, "serve", "--port", port, *words):
        _wait(port)
        yield port


def _wait(port: int) -> None:
    until = time.monotonic() + 120
    while True:
        try:
            assert _asked(port, "GET", "/health")[0] == 200
            return
        except OSError:
            assert time.monotonic() < until, "the gateway does not come up"
            time.sleep(0.05)


def _asked(
    port: int, method: str, path: str, body: bytes = b"", kind: str = "application/json"
) -> tuple[int, Any]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request(method, path, body, {"Content-Type": kind})
        answer = connection.getresponse()
        content = answer.read()
        return answer.status, json.loads(content) if content[:1] in b"{[" else content.decode()
    finally:
        connection.close()


def _posted(port: int, path: str, content: object) -> tuple[int, Any]:
    return _asked(port, "POST", path, json.dumps(content).encode())


def _upload(field: str, *files: bytes) -> tuple[bytes, str]:
    parts = [
        b'--x\r\ncontent-disposition: form-data; name="%s"; filename="f"\r\n\r\n%s\r\n'
        % (field.encode(), content)
        for content in files
    ]
    return b"".join(parts) + b"--x--\r\n", "multipart/form-data; boundary=x"


def _codes(kind: str, prepared: np.ndarray) -> list[list[int]]:
    contents = board_contents(kind)
    model = contents.files[contents.int8.digest]
    return reference_outputs(model, preprocess.for_int8(prepared)).tolist()


def _png(seed: int) -> bytes:
    import io

    pixels = np.random.default_rng(seed).integers(0, 256, (30, 40 + seed, 3), dtype=np.uint8)
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "PNG")
    return out.getvalue()


@pytest.mark.slow
def test_pictures_rows_and_recordings_are_answered_as_in_the_studio(
    place: Path, tops: dict[str, Path]
) -> None:
    with _serving(place, tops["pictures"]) as port:
        files = [_png(seed) for seed in range(5)]
        how = board_contents("pictures").preprocessing
        wanted = _codes("pictures", np.stack([pictures.prepare(one, how) for one in files]))
        one = [_asked(port, "POST", "/v1/classify", *_upload("file", file)) for file in files]
        assert [answer["outputs"] for _, answer in one] == wanted
        status, many = _asked(port, "POST", "/v1/batch", *_upload("files", *files))
        assert (status, [answer["outputs"] for answer in many["answers"]]) == (200, wanted)
    with _serving(place, tops["rows"]) as port:
        rows = [{k: v for k, v in row.items() if k != "name"} for row in raw_rows()]
        rows = [row for row in rows if "colour" not in row or row["colour"] != "unheard of"]
        prepared = np.concatenate([preprocess.prepare(ROWS.as_json(), row) for row in rows])
        status, many = _posted(port, "/v1/batch", {"rows": rows})
        assert status == 200, many
        assert [answer["outputs"] for answer in many["answers"]] == _codes("rows", prepared)
    with _serving(place, tops["windows"]) as port:
        values = recording(90, 4)
        plain = [[None if np.isnan(v) else float(v) for v in row] for row in values]
        status, told = _posted(port, "/v1/classify", {"values": plain})
        how = board_contents("windows").preprocessing.as_json()
        wanted = _codes("windows", preprocess.prepare(how, values))
        assert (status, [answer["outputs"] for answer in told["answers"]]) == (200, wanted)


BAD_BODIES = (
    b"", b"{", b"[" * 100_000, b'{"row": null}', b'{"row": {"temp": "x"}}', b'{"row": 1e999}',
    b"\xff\xfe", b'{"row": {"temp": 1e400, "size": 99999999999999999999999999}}',
    b'{"row": {"temp": NaN}}', b'{"row": {"colour": "\\ud800"}}', b'{"rows": []}',
)  # fmt: skip


@pytest.mark.slow
def test_it_goes_on_after_malformed_huge_and_slow_requests_and_its_metrics_add_up(
    place: Path, tops: dict[str, Path]
) -> None:
    with _serving(place, tops["rows"], "--largest", "200000", "--seconds", "1") as port:
        counted = [_asked(port, "POST", "/v1/classify", body)[0] for body in BAD_BODIES]
        assert set(counted) <= {200, 400, 422}
        for kind in ("multipart/form-data", "multipart/form-data; boundary=x", "text/plain"):
            counted.append(_asked(port, "POST", "/v1/file", b"--x\r\n\r\nhello", kind)[0])
        counted.append(_asked(port, "POST", "/v1/classify", b" " * 200_001)[0])
        counted.append(_raw(port, b"POST /v1/classify HTTP/1.1\r\nhost: x\r\n"
                                  b"content-length: 99999999999\r\n\r\n"))  # fmt: skip
        endless = b"POST /v1/classify HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n"
        counted.append(_raw(port, endless + (b"fff0\r\n" + b" " * 0xFFF0 + b"\r\n") * 5))
        assert counted[-3:] == [413, 413, 413]
        slow = b"POST /v1/classify HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\n{"
        counted.append(_raw(port, slow))
        assert counted[-1] == 408
        with ExitStack() as others:  # more slow ones than are worked on at once
            for _ in range(40):
                one = others.enter_context(socket.create_connection(("127.0.0.1", port)))
                one.sendall(slow)
            counted.append(_posted(port, "/v1/classify", {"row": {}})[0])
            assert counted[-1] == 200
            _wait_for_metric(port, 'status="408"', 41)
        counted += [408] * 40
        assert _raw(port, b"\x16\x03\x01 no HTTP at all\r\n\r\n") in (
            400,
            0,
        )  # before it is counted
        counted.append(_asked(port, "GET", "/nowhere")[0])  # counted as "other"
        counted.append(_asked(port, "DELETE", "/v1/classify")[0])
        assert counted[-2:] == [404, 405]
        counted += [_posted(port, "/v1/classify", {"row": {"temp": 1.5}})[0] for _ in range(7)]
        _compare_metrics(port, counted)


def _raw(port: int, content: bytes) -> int:
    """Send bytes, wait for an answer; return its status, 0 when the connection is closed."""
    with socket.create_connection(("127.0.0.1", port), timeout=60) as one:
        try:
            one.sendall(content)
            head = one.recv(4096)
        except ConnectionError:
            return 0
        return int(head.split()[1]) if head else 0


def _wait_for_metric(port: int, part: str, number: int) -> None:
    until = time.monotonic() + 60
    while sum(n for name, n in _metrics(port).items() if part in name) < number:
        assert time.monotonic() < until, f"not {number} of {part}"
        time.sleep(0.05)


def _metrics(port: int) -> dict[str, float]:
    text = _asked(port, "GET", "/metrics")[1]
    lines = (line for line in text.splitlines() if line[0] != "#")
    return {line.rpartition(" ")[0]: float(line.rpartition(" ")[2]) for line in lines}


def _compare_metrics(port: int, counted: list[int]) -> None:
    found = _metrics(port)
    requests = {name: n for name, n in found.items() if name.startswith("studio_requests_total")}
    ours = {name: n for name, n in requests.items() if 'method="GET",path="/' not in name}
    by_status: dict[int, int] = {}
    for name, number in ours.items():
        status = int(name.rpartition('status="')[2].rstrip('"}'))
        by_status[status] = by_status.get(status, 0) + int(number)
    assert by_status == {status: counted.count(status) for status in set(counted)}
    total = sum(requests.values())
    assert found["studio_request_seconds_count"] == total
    assert found['studio_request_seconds_bucket{le="+Inf"}'] == total
    answers = sum(n for name, n in found.items() if name.startswith("studio_answers_total"))
    assert answers == counted.count(200)


@pytest.mark.slow
def test_a_connection_that_never_asks_is_closed(place: Path, tops: dict[str, Path]) -> None:
    with _serving(place, tops["rows"]) as port:
        for begun in (b"", b"POST /v1/classify HTTP/1.1\r\nhost: x\r\n"):
            assert _raw(port, begun) == 0
        assert _asked(port, "GET", "/health")[0] == 200


@pytest.mark.slow
@pytest.mark.parametrize(
    "kind",
    [
        "rows",
        pytest.param("pictures", marks=pytest.mark.long),
        pytest.param("windows", marks=pytest.mark.long),
    ],
)
def test_it_does_what_its_openapi_says(kind: str, place: Path, tops: dict[str, Path]) -> None:
    # Bytes that are no picture are refused, though the form takes any bytes: not a fault.
    files = ["--exclude-checks", "positive_data_acceptance"]
    with _serving(place, tops[kind]) as port:
        address = f"http://127.0.0.1:{port}/openapi.json"
        words = ["run", address, "-n", "30", "--seed", "1", "--generation-database", "none"]
        done = subprocess.run(
            [place / "schemathesis", *words, *files], cwd=tops[kind], capture_output=True, text=True
        )
        assert done.returncode == 0, done.stdout[-4000:]
        assert "generated" in done.stdout


@pytest.mark.slow
def test_load_from_another_process_has_no_errors(
    place: Path, tops: dict[str, Path], tmp_path: Path
) -> None:
    body, kind = _upload("file", _png(3))
    (tmp_path / "body").write_bytes(body)
    with _serving(place, tops["pictures"]) as port:
        command = [sys.executable, PEERS / "load.py", port, 3, 8, tmp_path / "body", kind]
        done = subprocess.run(list(map(str, command)), capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        counted = json.loads(done.stdout)["counted"]
        assert set(counted) == {"200"}
        name = 'studio_requests_total{method="POST",path="/v1/classify",status="200"}'
        assert _metrics(port)[name] == counted["200"] > 50


@pytest.mark.slow
def test_messages_are_answered_through_a_broker(place: Path, tops: dict[str, Path]) -> None:
    port = _free_port()
    source = str(tops["rows"] / "src")
    run = f"import sys; sys.path.insert(0, {source!r}); from {PACKAGE}.gateway import main; main()"
    rows = [{"temp": 12.25, "size": 0.5, "colour": "red"}, {"colour": "green"}]
    messages = [*map(json.dumps, rows), "[1, 2]", "no JSON", '{"temp": {"a": []}}']
    with (
        _started(place / "python", PEERS / "broker.py", port, says="ready"),
        _started(place / "python", "-c", run, "mqtt", "--port", port, says="listening"),
    ):
        done = subprocess.run(
            [place / "python", PEERS / "asker.py", str(port)],
            input="\n".join(messages), capture_output=True, text=True,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
    first, second, *others = map(json.loads, done.stdout.splitlines())
    prepared = np.concatenate([preprocess.prepare(ROWS.as_json(), row) for row in rows])
    assert [first["outputs"], second["outputs"]] == _codes("rows", prepared)
    assert others[0] == {"error": "A row is an object of cells by column."}
    assert others[1] == {"error": "It is no row in JSON."}
    assert "outputs" in others[2], "a cell that is none counts as missing"
    assert (place / f"{PACKAGE.replace('_', '-')}-gateway").is_file()
    nobody = [place / "python", "-c", run, "mqtt", "--port", str(_free_port())]
    done = subprocess.run(nobody, capture_output=True, text=True)
    assert done.stderr.startswith("127.0.0.1:")

"""Bundles for Android: their C runs here, through JNI too; the Kotlin is compared with it."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from ai_edge_litert.interpreter import Interpreter

from studio.devices import find_device
from studio.domain.errors import ExportError
from studio.export import verify_bundle
from studio.export.archive import zip_bytes
from studio.export.bundle import draft_of
from studio.export.ecosystems import assemble_for, check_suits, expected_of
from studio.export.selftest_log import read_log

from .phones import TOP, compiled_for, contents_for, files_for, put, rebuilt_here
from .places import needs, ran

KINDS = ("pictures", "rows", "windows", "amounts")
MAIN = "app/src/main"
CODE = f"{MAIN}/kotlin"


def _long(kind: str) -> object:
    """Return a kind that is tried only where there is time: others try the same lines."""
    return pytest.param(kind, marks=pytest.mark.long)


def _jdk() -> Path | None:
    javac = shutil.which("javac")
    home = Path(javac).resolve().parents[1] if javac else Path("none")
    return home if (home / "include" / "jni.h").is_file() else None


needs_jdk = pytest.mark.skipif(_jdk() is None, reason="there is no JDK with jni.h")


@needs("gcc")
@pytest.mark.parametrize("kind", ["pictures", "windows", _long("rows"), _long("amounts")])
def test_it_rebuilds_its_c_and_the_self_test_passes_with_litert(kind: str, tmp_path: Path) -> None:
    status, said = rebuilt_here(put("android", kind, tmp_path))
    assert status == 0, said
    (run,) = read_log(said.encode())
    wanted = expected_of(draft_of(contents_for("android", kind)), run.vectors)
    assert (run.passed, run.device, run.model) == (True, "android_phone", wanted.model)
    assert (run.prepare.crc, run.run.crc) == (wanted.prepare, wanted.run)


CHANGES = {
    "model": ("model/model_int8.tflite", None, b"", "run"),
    "constant": ("src/preprocess.c", rb"(knots_0\[\d+\] = \{\s+)(-?[\d.]+)f", rb"\g<1>-7.5f",
                 "prepare"),
    "threshold": ("src/answer.h", rb"(STUDIO_NOT_SURE_BELOW )\(-?\d+\)", rb"\g<1>(128)", "answer"),
}  # fmt: skip


@needs("gcc")
@pytest.mark.parametrize("what", CHANGES)
def test_a_change_makes_it_fail(what: str, tmp_path: Path) -> None:
    top = put("android", "rows", tmp_path)
    name, old, new, step = CHANGES[what]
    content = (top / name).read_bytes()
    if old is None:
        weights = _weights(content)
        changed = content.replace(weights, bytes(byte ^ 0x55 for byte in weights))
    else:
        changed = re.sub(old, new, content)
    assert changed != content
    (top / name).write_bytes(changed)
    status, said = rebuilt_here(top)
    assert status == 1
    assert "files: 1 changed" in said
    failed = re.search(rf"step={step} passed=(\d+) of=(\d+)", said)
    assert failed is not None
    assert failed[1] != failed[2], said
    assert said.endswith("FAIL\n")


def _weights(model: bytes) -> bytes:
    """Return the largest weights of a model, as they lie in its file."""
    interpreter = Interpreter(model_content=model)
    interpreter.allocate_tensors()
    fixed = [t for t in interpreter.get_tensor_details() if len(t["shape"]) == 2]
    found = [interpreter.get_tensor(t["index"]).tobytes() for t in fixed if t["shape"][0] > 1]
    return max(found, key=len)


@pytest.mark.parametrize("kind", ["pictures", "rows", "windows"])
def test_its_c_compiles_for_aarch64(kind: str, tmp_path: Path) -> None:
    pytest.importorskip("ziglang")
    top = put("android", kind, tmp_path / "zip")
    (tmp_path / "made").mkdir()
    compiled_for("aarch64-linux-musl", top, tmp_path / "made")
    assert all(path.read_bytes()[18] == 183 for path in (tmp_path / "made").glob("*.o"))


# --- through JNI -----------------------------------------------------------------------------

_NATIVES = {
    "picture": "byte[] picture(byte[] pixels, int width, int height, int channels)",
    "row": "byte[] row(float[] numbers, byte[][] texts)",
    "numbers": "int numbers()",
    "texts": "int texts()",
    "channels": "int channels()",
    "collector": "long collector()",
    "collectorFree": "void collectorFree(long collector)",
    "collect": "byte[] collect(long collector, float[] values)",
    "answer": "int answer(byte[] output)",
    "name": "byte[] name(int answer)",
    "amount": "float amount(byte[] output)",
    "inputBytes": "int inputBytes()",
    "outputBytes": "int outputBytes()",
    "selftest": "boolean selftest(Runner runner, byte[][] said)",
}
_CALLS = {
    "pictures": """
        byte[] grey = new byte[16 * 16];
        java.util.Arrays.fill(grey, (byte) 200);
        byte[] input = Native.picture(grey, 16, 16, 1);
        if (input[0] != 72 || input.length != Native.inputBytes()) throw new Error("input");
        if (Native.picture(grey, 16, 15, 1) != null) throw new Error("size");
        if (Native.picture(grey, -16, -16, 1) != null) throw new Error("negative");
    """,
    "rows": """
        float[] numbers = new float[Native.numbers()];
        byte[][] texts = new byte[Native.texts()][];
        texts[0] = "red".getBytes();
        byte[] input = Native.row(numbers, texts);
        texts[0] = null;
        byte[] without = Native.row(numbers, texts);
        if (java.util.Arrays.equals(input, without)) throw new Error("text");
        if (Native.row(new float[9], texts) != null) throw new Error("cells");
    """,
    "windows": """
        long collector = Native.collector();
        byte[] input = null;
        int values = 0;
        while (input == null) {
          input = Native.collect(collector, new float[Native.channels()]);
          ++values;
        }
        if (values != 24) throw new Error("values " + values);
        if (Native.collect(collector, new float[9]) != null) throw new Error("channels");
        Native.collectorFree(collector);
    """,
}
_CALLS["amounts"] = _CALLS["rows"].replace('"red".getBytes()', '"green".getBytes()')
_TELL = """
        byte[] output = new byte[Native.outputBytes()];
        java.util.Arrays.fill(output, (byte) -128);
        output[1] = 127;
        if (Native.answer(output) != 1) throw new Error("answer");
        if (Native.answer(new byte[99]) != -2) throw new Error("length");
        if (!new String(Native.name(-1), "UTF-8").equals("not sure")) throw new Error("not sure");
        System.out.println(new String(Native.name(2), "UTF-8").codePointAt(0));
"""
_AMOUNT = """
        if (!Float.isNaN(Native.amount(new byte[99]))) throw new Error("length");
        float step = Native.amount(new byte[] {1}) - Native.amount(new byte[] {0});
        if (step == 0 || Float.isNaN(step)) throw new Error("amount");
"""
_JAVA = """
package studio.sample;
import java.nio.file.*;
import java.util.*;
interface Runner { byte[] run(byte[] input); }
class Native { @NATIVES@ }
class Try {
  static byte[] part(byte[] all, int at, int wide) {
    return Arrays.copyOfRange(all, at * wide, (at + 1) * wide);
  }
  public static void main(String[] given) throws Exception {
    System.load(given[0]);
    byte[] inputs = Files.readAllBytes(Path.of(given[1], "inputs.bin"));
    byte[] outputs = Files.readAllBytes(Path.of(given[1], "outputs.bin"));
    Runner golden = input -> {
      int wide = Native.inputBytes();
      for (int i = 0; i < inputs.length / wide; ++i)
        if (Arrays.equals(part(inputs, i, wide), input))
          return part(outputs, i, Native.outputBytes());
      throw new IllegalStateException("no golden input");
    };
    byte[][] said = new byte[1][];
    if (!Native.selftest(golden, said)) throw new Error(new String(said[0]));
    System.out.print(new String(said[0]));
    if (Native.selftest(input -> new byte[1], said)) throw new Error("short output");
    Runner thrown = input -> { throw new RuntimeException(); };
    if (Native.selftest(thrown, said)) throw new Error("thrown");
    @CALLS@
  }
}
"""


@needs_jdk
@needs("cmake")
@pytest.mark.parametrize("kind", ["pictures", "windows", "amounts", _long("rows")])
def test_the_c_that_kotlin_calls_works_from_java(kind: str, tmp_path: Path) -> None:
    """Java calls the very functions that Native.kt declares, in a library built by their CMake."""
    jdk = _jdk()
    assert jdk is not None
    top = put("android", kind, tmp_path / "zip")
    build, flags = tmp_path / "b", f"-I{jdk}/include -I{jdk}/include/linux"
    ran("cmake", "-S", top / MAIN / "cpp", "-B", build, f"-DCMAKE_C_FLAGS={flags}", folder=tmp_path)
    ran("cmake", "--build", build, folder=tmp_path)
    tell = _AMOUNT if kind == "amounts" else _TELL
    natives = " ".join(f"static native {_NATIVES[n]};" for n in _declared(kind))
    text = _JAVA.replace("@NATIVES@", natives).replace("@CALLS@", _CALLS[kind] + tell)
    (tmp_path / "Try.java").write_text(text)
    ran("javac", "-d", "classes", "Try.java", folder=tmp_path)
    library, golden = build / "libstudio_phone.so", top / "golden"
    said = ran("java", "-Xcheck:jni", "-cp", "classes", "studio.sample.Try", library, golden,
               folder=tmp_path)  # fmt: skip
    (run,) = read_log(said.encode())
    assert run.passed
    assert run.run_us is not None
    if kind in {"rows", "windows"}:
        assert str(ord("뜨")) in said.split()
    assert "WARNING" not in said


def _declared(kind: str) -> list[str]:
    text = files_for("android", kind)[f"{TOP}/{CODE}/Native.kt"].decode()
    return re.findall(r"external fun (\w+)\(", text)


@pytest.mark.parametrize("kind", KINDS)
def test_kotlin_declares_and_calls_what_the_c_has(kind: str) -> None:
    """Kotlin is not compiled here; names and numbers of parameters are compared."""
    files = files_for("android", kind)
    c = files[f"{TOP}/{MAIN}/cpp/jni.c"].decode()
    defined = dict(re.findall(r"NATIVE\(\w+, (\w+)\)\s*\(JNIEnv \*env, jclass \w+([^)]*)\)", c))
    kotlin = files[f"{TOP}/{CODE}/Native.kt"].decode()
    declared = dict(re.findall(r"external fun (\w+)\(([^)]*)\)", kotlin))
    assert set(defined) == set(declared)
    for name, parameters in declared.items():
        assert parameters.count(":") == defined[name].count(","), name
    assert kotlin.count("@JvmStatic external fun") == len(declared)
    for name in ("Model.kt", "MainActivity.kt"):
        text = files[f"{TOP}/{CODE}/{name}"].decode()
        assert set(re.findall(r"Native\.(\w+)\(", text)) <= set(declared)
        assert text.count("{") == text.count("}")
        assert text.count("(") == text.count(")")
        assert text.startswith("// SPDX")
        assert "package studio.sample\n" in text
    loaded = re.search(r'loadLibrary\("(\w+)"\)', kotlin)
    cmake = files[f"{TOP}/{MAIN}/cpp/CMakeLists.txt"].decode()
    assert loaded is not None
    assert f"add_library({loaded[1]} SHARED" in cmake
    for source in re.findall(r'"\$\{TOP\}/([^"]+\.c)"', cmake):
        assert f"{TOP}/{source}" in files


def test_gradle_files_have_their_fields_and_one_pinned_library() -> None:
    files = files_for("android", "pictures")
    app = files[f"{TOP}/app/build.gradle.kts"].decode()
    for field in ("namespace", "compileSdk", "applicationId", "minSdk", "targetSdk", "versionName"):
        assert re.search(rf"^ +{field} = ", app, re.M), field
    assert re.search(r'applicationId = "[a-z]\w*(\.[a-z]\w*)+"', app)
    assert re.findall(r'implementation\("([^"]+)"\)', app) == [
        "com.google.ai.edge.litert:litert:1.4.2"
    ]
    root = files[f"{TOP}/build.gradle.kts"].decode()
    assert len(re.findall(r'version "\d+\.\d+\.\d+" apply false', root)) == 2
    assert 'include(":app")' in files[f"{TOP}/settings.gradle.kts"].decode()
    manifest = ElementTree.fromstring(files[f"{TOP}/{MAIN}/AndroidManifest.xml"])
    assert manifest.find("application/activity") is not None
    assert manifest.find("uses-permission") is None
    everything = b"".join(files.values())
    assert b"http://" not in app.encode() + root.encode()
    assert b"$" + b"{prefix}" not in everything


def test_assets_are_the_models_and_what_describes_them() -> None:
    files, folder = files_for("android", "pictures"), f"{TOP}/{MAIN}/assets"
    told = json.loads(files[f"{folder}/model.json"])
    assert list(told["models"]) == ["model_float32.tflite", "model_int8.tflite"]
    for name, facts in told["models"].items():
        assert hashlib.sha256(files[f"{folder}/{name}"]).hexdigest() == facts["sha256"]
    assert files[f"{folder}/model_int8.tflite"] == files[f"{TOP}/model/model_int8.tflite"]
    assert files[f"{folder}/labels.txt"] == files[f"{TOP}/labels.txt"]
    assert told["input"]["shape"] == [1, 8, 8, 1]
    assert f"{folder}/output.json" in files_for("android", "amounts")


@pytest.mark.parametrize("form", ["android", "ios"])
def test_it_verifies_is_the_same_every_time_and_says_what_was_not_done(
    form: str, tmp_path: Path
) -> None:
    files = files_for(form, "amounts")
    content = zip_bytes(files)
    assert zip_bytes(assemble_for(contents_for(form, "amounts"), form)) == content
    path = tmp_path / "bundle.zip"
    path.write_bytes(content)
    result = verify_bundle(path)
    assert result.passed, result.checks
    readme = files[f"{TOP}/README.md"].decode()
    assert "**The app was not built, and nothing ran on a phone**" in readme
    assert "않았고" in files[f"{TOP}/README.ko.md"].decode()
    assert "$" not in readme


@pytest.mark.parametrize(
    ("form", "device", "words"),
    [
        ("android", "nano33ble", "is no phone"),
        ("android", "rpi4b", "is no phone"),
        ("android", "ios_phone", "runs no Android"),
        ("ios", "android_phone", "runs no iOS"),
        ("cmake", "android_phone", "is no microcontroller"),
    ],
)
def test_another_device_is_refused(form: str, device: str, words: str) -> None:
    with pytest.raises(ExportError, match=words) as refusal:
        check_suits(form, find_device(device))
    assert refusal.value.code == "export.not_for_device"


def test_the_parts_list_is_valid_and_names_the_library() -> None:
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    text = files_for("android", "rows")[f"{TOP}/sbom.cdx.json"].decode()
    wrong = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    assert wrong is None, str(wrong)
    assert "com.google.ai.edge.litert:litert" in text

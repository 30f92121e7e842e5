"""The report and the other texts: nothing a person typed can become markup."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.domain.device import DeviceKind
from studio.domain.figure import FigureKind
from studio.domain.phrase import Phrase
from studio.domain.preprocessing import ImagePreprocessing
from studio.domain.report import Verdict
from studio.domain.wording import KIND_MARKS
from studio.export import BundleContents, CCode
from studio.export.bundle import PARTS, assemble, make_parts
from studio.export.escaping import file_name, html_text, markdown_text
from studio.export.part import Draft
from studio.export.preprocess import for_int8
from studio.export.report.language import ENGLISH
from studio.export.report.model import text_of
from studio.export.report.open_points import open_points
from studio.export.report.subject import subject_of

from .conftest import candidate, device, report

EVIL = (
    '<script>alert("x")</script>',
    "'\"><img src=x onerror=alert(1)>",
    "[link](javascript:alert(1)) | `x` $title",
)


class Page(HTMLParser):
    """What a browser sees of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in {"meta", "img", "link", "br"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def page(files: dict[str, bytes], name: str = "report.html") -> Page:
    """Return the report as a browser sees it."""
    return Page(files[name].decode())


def not_proved(contents: BundleContents) -> list[str]:
    """Return what a report in English leaves open."""
    return [text_of(point) for point in open_points(subject_of(contents), ENGLISH)]


def test_the_page_is_well_formed_and_self_contained(files: dict[str, bytes]) -> None:
    seen = page(files)
    assert seen.open == []
    assert not {"script", "link", "iframe", "object", "a", "form", "base"} & set(seen.tags)
    addresses = [value for name, value in seen.attributes if name in {"src", "href", "action"}]
    assert len(addresses) == 2
    assert all(str(value).startswith("data:image/png;base64,") for value in addresses)
    text = files["report.html"].decode()
    assert not re.search(r"https?://|url\(|@import", text)
    assert "prefers-color-scheme: dark" in text
    assert "@media print" in text


def test_hostile_names_are_text_in_the_page(build: Callable[..., BundleContents]) -> None:
    evil = build(
        EVIL,
        project_title=EVIL[0],
        device=device(name=EVIL[1], notes=EVIL[0]),
        report=report(
            summary=Phrase.of("fit-runs-not", device=EVIL[0]),
            findings=(Phrase.of("no-runtime", device=EVIL[1]),),
        ),
        versions={EVIL[0]: EVIL[1]},
    )
    files, usual = assemble(evil), assemble(build())
    seen = page(files)
    assert set(seen.tags) == set(page(usual).tags)
    assert not [name for name, _ in seen.attributes if name.startswith("on")]
    for text in EVIL:
        assert text in seen.text
    readme = files["README.md"].decode()
    assert "<script" not in readme.replace("\\<script", "")
    assert "[link](" not in readme
    assert files["labels.txt"].decode().split("\n")[:-1] == list(EVIL)


def test_the_first_page_answers_the_expert_first(files: dict[str, bytes]) -> None:
    text = " ".join(page(files).text.split())
    asked = ("Does it fit", "What it recognises", "How often", "not proved", "What to do next")
    places = [text.index(words) for words in asked]
    assert places == sorted(places)
    assert places[-1] < text.index("For the engineer")
    assert "96.0 %" in text
    assert "120 of 125" in text
    assert "91.0 to 98.3 %" in text
    assert "✓ fits" in text


@pytest.mark.parametrize("verdict", Verdict)
def test_every_verdict_is_a_word_and_a_sign(
    verdict: Verdict, build: Callable[..., BundleContents]
) -> None:
    words = {
        "fits": "✓ fits",
        "fits-with-change": "↻ fits with a change",
        "does-not-fit": "✕ does not fit",
        "unknown": "? not known",
    }
    files = assemble(build(report=report(verdict=verdict)))
    assert words[verdict] in page(files).text
    assert words[verdict] in files["README.md"].decode()


def test_every_figure_carries_its_kind_as_word_and_mark(files: dict[str, bytes]) -> None:
    text = page(files).text
    for kind in FigureKind:
        shown = "not known" if kind is FigureKind.UNKNOWN else kind
        assert f"{KIND_MARKS[kind]} {shown}" in text
    assert "between 22.5 KiB and 85.0 KiB" in text


def test_page_and_json_say_the_same(files: dict[str, bytes]) -> None:
    data, text = json.loads(files["report.json"]), page(files).text
    for artifact in data["artifacts"]:
        assert f"{artifact['size_bytes']:,} bytes" in text
    for sentence in data["not_proved"]:
        assert sentence in text
    for operator in data["compatibility"]["operators"]:
        assert operator["name"] in text
    assert data["dataset"]["digest"] in text
    for line in data["compatibility"]["memory"]:
        assert line["kind"] in [str(kind) for kind in FigureKind]
        assert line["part"] in text


def test_what_was_not_proved_follows_the_facts(build: Callable[..., BundleContents]) -> None:
    usual = not_proved(build())
    assert any("comes on top" in sentence for sentence in usual)
    assert any("not compiled here" in sentence for sentence in usual)
    assert any("two agreeing sources" in sentence for sentence in usual)
    better = build(report=report(limits_verified=True), device=device(kind=DeviceKind.COMPUTER))
    assert not re.search("agreeing|compiled", " ".join(not_proved(better)))


def test_a_model_that_was_not_tested_says_so(build: Callable[..., BundleContents]) -> None:
    artifacts = tuple(replace(a, evaluation=None) for a in candidate().artifacts)
    files = assemble(build(candidate=candidate(artifacts=artifacts)))
    assert "It was not tested yet: these figures are of the validation side" in page(files).text
    assert "int8, validation photos" in page(files).text


def test_no_path_user_or_time_of_this_machine_is_inside(files: dict[str, bytes]) -> None:
    home = str(Path.home())
    checkout = str(Path(__file__).parents[2])
    for name, content in files.items():
        for secret in {home, checkout, "/home/", "/Users/"} - {"/"}:
            assert secret.encode() not in content, name
        if name.endswith(".png"):
            assert not re.search(rb"tEXt|iTXt|zTXt|tIME|eXIf", content), name


def test_golden_names_lose_their_folders(build: Callable[..., BundleContents]) -> None:
    names = (
        "/home/kimprivate/a.png",
        "C:\\Users\\kimprivate\\b.png",
        "x/y/c.png",
        "d.png",
        "e.png",
        "f.png",
    )
    files = assemble(build(golden_names=names))
    samples = json.loads(files["golden/golden.json"])["samples"]
    assert [sample["name"][0] for sample in samples] == list("abcdef")
    assert not [n for n, content in files.items() if b"kimprivate" in content]


def test_preprocessing_is_the_data_and_the_exact_words(files: dict[str, bytes]) -> None:
    data = json.loads(files["preprocessing.json"])
    assert (data["width"], data["height"], data["channels"]) == (8, 8, 1)
    described = " ".join((ImagePreprocessing.__doc__ or "").split())
    assert data["words"][0] in described.replace("``", "")
    assert "EXIF" in data["words"][0]
    assert "minus 128" in data["words"][1]


def test_the_readme_lists_every_file(files: dict[str, bytes]) -> None:
    readme = files["README.md"].decode()
    assert [name for name in files if f"`{name}`" not in readme] == []


def test_every_part_is_a_module_and_can_be_left_out(
    build: Callable[..., BundleContents], monkeypatch: pytest.MonkeyPatch
) -> None:
    # What stands on its pages is no matter here, and drawing them takes a second each time.
    monkeypatch.setattr("studio.export.report.pdf.pdf_pages", lambda document: b"")
    contents = build()
    inputs = for_int8(contents.golden_inputs)
    draft = Draft(contents=contents, inputs=inputs, outputs=np.zeros((6, 3), np.int8))
    everything = {member.name for member in make_parts(draft, PARTS.values())}
    for left_out in PARTS:
        parts = [part for id, part in PARTS.items() if id != left_out]
        names = {member.name for member in make_parts(draft, parts)}
        assert names < everything, left_out


@given(st.text())
def test_html_text_has_no_markup(text: str) -> None:
    shown = html_text(text)
    assert not set("<>\"'") & set(shown)
    assert Page(f"<p>{shown}</p>").tags == ["p"]


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_markdown_text_is_one_line_without_bare_signs(text: str) -> None:
    shown = markdown_text(text)
    assert len(shown.splitlines()) <= 1
    assert not re.search(r"(?<!\\)(?:\\\\)*[`*_\[\]<>|#]", shown)


@given(st.text())
def test_a_file_name_has_no_folder(text: str) -> None:
    assert not set("/\\") & set(file_name(text))


def test_the_readme_says_what_was_shown_of_the_c_code(
    build: Callable[..., BundleContents],
) -> None:
    def readme(contents: BundleContents) -> str:
        inputs = for_int8(contents.golden_inputs)
        draft = Draft(contents=contents, inputs=inputs, outputs=np.zeros((6, 3), np.int8))
        made = {member.name: member.content for member in make_parts(draft, PARTS.values())}
        assert ("c_code/bars_of_light.c" in made) is bool(contents.code and contents.code.files)
        return made["README.md"].decode("utf-8")

    assert "proved: 6 inputs, 0 bytes differ" in readme(build())
    reason = "The C generator has no kernel for COS."
    none = CCode(prefix="", files={}, proof={}, why=reason)
    assert "no kernel for COS" in readme(build(code=none))
    assert "runs the model files" in readme(build(code=None))

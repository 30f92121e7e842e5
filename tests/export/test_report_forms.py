"""One report, three forms, two languages: whole, the same twice, and nothing lost or cut off."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from pypdf import PdfReader

from studio.domain.report import Verdict
from studio.export import BundleContents
from studio.export.bundle import PARTS, make_parts
from studio.export.facts import compared_facts, report_facts
from studio.export.json_schema import compiled
from studio.export.part import Draft
from studio.export.preprocess import for_int8
from studio.export.report.comparing import make_comparison
from studio.export.report.html import html_page
from studio.export.report.lettering import marked_up
from studio.export.report.model import Document, Picture, Quote, Table, spans
from studio.export.report.pdf import pdf_pages
from studio.export.report.subject import Comparing, Subject, subject_of
from studio.export.report.whole import make_report
from studio.resources import assets

from .conftest import device, evaluation, make_contents, report
from .kinds import KINDS as OTHER_KINDS
from .kinds import make_kind
from .test_report import Page

KINDS = ("pictures", *OTHER_KINDS)
LANGUAGES = ("en", "ko")
FORTY = tuple(f"class {number}" for number in range(40))
STRANGE = (
    '<b>x</b> & "q"',
    "שלום עולם",
    "🧬 gene 🙂",
    "w" * 300,
    "뷁쒭 가나다",
)


@cache
def _contents(kind: str) -> BundleContents:
    return make_contents() if kind == "pictures" else make_kind(kind)


def subject(kind: str) -> Subject:
    """Return what the report of a bundle of this kind is about."""
    return subject_of(_contents(kind))


def stranger(**changes: Any) -> Subject:
    """Return a model file of which only the file is known."""
    given = {"size_bytes": 2_976, "digest": "ab" * 32}
    return Subject(title="them.tflite", device=device(), report=report(), **{**given, **changes})


@cache
def whole(kind: str, language: str) -> Document:
    """Return the report of a bundle of this kind."""
    return make_report(subject(kind), language)


@cache
def _pdf(kind: str, language: str) -> bytes:
    return pdf_pages(whole(kind, language))


def words(text: str) -> str:
    """Return text without its spaces: a PDF has lines where a page has none."""
    return re.sub(r"\s+", "", text)


def pdf_text(content: bytes) -> str:
    """Return the text of every page."""
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def lines_of(document: Document) -> list[str]:
    """Return every text of a report but those of its tables' cells."""
    found = [document.title, document.subtitle]
    for section in document.sections():
        found.append(section.title)
        for block in section.blocks:
            if isinstance(block, Table):
                found += block.head
    return found


# --- HTML and PDF ----------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_page_and_paper_have_every_section(kind: str, language: str) -> None:
    document = whole(kind, language)
    seen = Page(html_page(document))
    assert seen.open == []
    assert ("lang", language) in seen.attributes
    paper = words(pdf_text(_pdf(kind, language)))
    for text in lines_of(document):
        assert text in seen.text
        assert words(text) in paper
    ids = [section.id for section in document.sections()]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("kind", KINDS)
def test_both_languages_have_the_same_sections_rows_and_pictures(kind: str) -> None:
    def shape(language: str) -> list[tuple[str, list[object]]]:
        document = whole(kind, language)
        return [
            (section.id, [_shape(block) for block in section.blocks])
            for section in document.sections()
        ]

    assert shape("en") == shape("ko")


def _shape(block: object) -> object:
    return (len(block.head), len(block.rows)) if isinstance(block, Table) else type(block)


@pytest.mark.parametrize("kind", KINDS)
def test_the_first_page_is_one_page_and_the_engineers_begin_after_it(kind: str) -> None:
    for language, title in (("en", "For the engineer"), ("ko", "엔지니어용")):
        pages = PdfReader(io.BytesIO(_pdf(kind, language))).pages[:2]
        first, second = (page.extract_text() for page in pages)
        assert title not in first
        assert title in second


def test_paper_is_a4_has_an_outline_and_no_time_or_machine() -> None:
    content = _pdf("pictures", "ko")
    reader = PdfReader(io.BytesIO(content))
    for page in reader.pages:
        assert [round(float(side)) for side in page.mediabox[2:]] == [595, 842]
    assert len(reader.outline) == len(list(whole("pictures", "ko").sections()))
    assert reader.metadata is not None
    assert reader.metadata.title == "Bars of light"
    assert "2000" in str(reader.metadata.get("/CreationDate", "2000"))
    fonts = {str(font) for page in reader.pages for font in _fonts(page)}
    assert any("NotoSansKR" in font for font in fonts)


def _fonts(page: Any) -> list[Any]:
    resources = page["/Resources"]["/Font"]
    return [resources[name].get_object().get("/BaseFont") for name in resources]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["pictures", "amounts"])
def test_the_same_candidate_gives_the_same_bytes(kind: str, language: str) -> None:
    again = make_report(subject(kind), language)
    assert pdf_pages(again) == _pdf(kind, language)
    assert html_page(again) == html_page(whole(kind, language))


def test_a_bundle_carries_both_languages_as_page_and_paper() -> None:
    contents = _contents("pictures")
    inputs = for_int8(contents.golden_inputs)
    draft = Draft(contents=contents, inputs=inputs, outputs=inputs[:, :3, 0, 0])
    made = {member.name for member in make_parts(draft, PARTS.values())}
    names = {"report.html", "report.pdf", "report.ko.html", "report.ko.pdf", "report.json"}
    assert names <= made


# --- Korean ----------------------------------------------------------------------------------

#: Names and terms that stand in Latin letters in Korean as well.
ALLOWED = re.compile(
    r"int8|int16x8|float32|float16|dynamic|TFLite|ONNX|TensorFlow Lite( Micro)?|Generated C|"
    r"RAM|[KM]iB|\bms\b|kg|SHA-256|R²|\bF1\b|\bC\b|\bB\b|README\.md|LICENSES\.txt|"
    r"`export`|`prove`|preprocess\.c|tflite_micro|"
    r"Arduino( Nano 33 BLE)?|Bars of light|them\.tflite|Cortex-M4F|\bp\b"
)


def _said(block: Any) -> list[str]:
    if isinstance(block, Table):
        return [*block.head, *(_own(cell) for row in block.rows for cell in row[1:])]
    if hasattr(block, "lines"):
        return [_own(line) for line in block.lines]
    if hasattr(block, "line"):
        return [_own(block.line)]
    return [block.alternative] if isinstance(block, Picture) else []


def _own(line: Any) -> str:
    return "".join(one for one in spans(line) if isinstance(one, str))


@pytest.mark.parametrize("kind", [*KINDS, "stranger"])
def test_no_english_is_left_in_the_korean_report(kind: str) -> None:
    about = stranger() if kind == "stranger" else subject(kind)
    names = {"micro-cnn", "filters = 4, kernel = 3, rate = 0.01", "yield */ [kg]"}
    names |= set(evaluation(("lying", "standing", "slanting"), _split()).classes)
    names |= {"cold", "mild"}
    left_out = {"versions", "operators"}
    document = make_report(about, "ko", {}) if kind == "stranger" else whole(kind, "ko")
    told = [
        text
        for section in document.sections()
        if section.id not in left_out
        for text in [section.title, *(one for block in section.blocks for one in _said(block))]
    ]
    for text in told:
        for name in sorted(names, key=len, reverse=True):
            text = text.replace(name, "")
        rest = ALLOWED.sub("", re.sub(r"\b[0-9a-f]{64}\b|d{64}", "", text))
        assert not re.search(r"[A-Za-z]{2,}", rest), text


def _split() -> Any:
    from studio.domain.dataset import Split

    return Split.TEST


def test_what_is_quoted_in_english_says_so() -> None:
    document = whole("pictures", "ko")
    quotes = [
        span.text
        for section in document.sections()
        for block in section.blocks
        if isinstance(block, Table)
        for row in block.rows
        for cell in row
        for span in spans(cell)
        if isinstance(span, Quote)
    ]
    assert "a data sheet" in quotes
    assert '<span lang="en">a data sheet</span>' in html_page(document)
    assert "Quote" not in html_page(whole("pictures", "en"))


# --- names a person typed --------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_any_name_is_shown_and_none_is_markup(language: str) -> None:
    about = subject_of(make_contents(STRANGE, project_title=STRANGE[0]))
    document = make_report(about, language, {})
    seen = Page(html_page(document))
    assert seen.open == []
    assert not {"b", "i", "script"} & set(seen.tags)
    for name in STRANGE:
        assert name in seen.text
    paper = words(pdf_text(pdf_pages(document)))
    assert words(STRANGE[0]) in paper
    assert "뷁쒭" in paper
    assert "[U+1F9EC]" in paper
    assert paper.count("w" * 20) >= 1


def test_forty_classes_fit_on_paper() -> None:
    content = pdf_pages(make_report(subject_of(make_contents(FORTY)), "ko"))
    reader = PdfReader(io.BytesIO(content))
    assert words("class 39") in words(pdf_text(content))
    # Nothing is set beyond the edge of the paper.
    for page in reader.pages:
        places: list[float] = []
        page.extract_text(
            visitor_text=lambda _t, _c, matrix, _f, _s, at=places: at.append(matrix[4])
        )
        assert max(places, default=0) < 595


def test_right_to_left_is_turned_once_and_markup_is_escaped() -> None:
    assert "םולש" in marked_up("שלום")
    assert "&lt;b&gt;" in marked_up("<b>")
    assert marked_up("a\u202eb") == marked_up("ab")


# --- a stranger's file, and verdicts ---------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_strangers_file_says_what_is_not_known(language: str) -> None:
    document = make_report(stranger(), language, {})
    text = Page(html_page(document)).text
    unknown = {"en": "there is no data here to test it on", "ko": "시험해 볼 데이터가 없습니다"}
    assert text.count(unknown[language]) == 2
    assert "ab" * 32 in text
    assert pdf_text(pdf_pages(document))
    assert report_facts(stranger())["candidate"] is None


@pytest.mark.parametrize("verdict", Verdict)
def test_every_verdict_leads_to_something_to_do(verdict: Verdict) -> None:
    seen = set()
    for bundled in (True, False):
        about = replace(subject("pictures"), report=report(verdict=verdict), in_bundle=bundled)
        [section] = [s for s in make_report(about, "en", {}).sections() if s.id == "next"]
        seen.add(str(section.blocks))
    assert len(seen) == (2 if verdict is Verdict.FITS else 1)


def test_a_bar_beyond_the_limit_says_so_without_colour() -> None:
    small = replace(subject("pictures"), report=report(flash_limit_bytes=50_000))
    page = html_page(make_report(small, "en", {}))
    assert 'class="bar over"' in page
    assert "107 KiB) ○ estimated of 48.8 KiB" in page


# --- several side by side --------------------------------------------------------------------


def comparing() -> Comparing:
    """Return two models on two devices."""
    other = device(id="other", name="Other board")
    made = []
    for number in (3, 4):
        contents = make_contents()
        first = subject_of(contents)
        assert first.learned is not None
        learned = replace(first.learned, candidate=replace(contents.candidate, id=number))
        for board in (device(), other):
            made.append(
                replace(first, learned=learned, device=board, report=report(device_id=board.id))
            )
    return Comparing(title="Bars of light", subjects=tuple(made))


@pytest.mark.parametrize("language", LANGUAGES)
def test_models_and_devices_stand_side_by_side(language: str) -> None:
    document = make_comparison(comparing(), language)
    text = Page(html_page(document)).text
    for name in ("#3", "#4", "Other board", "Arduino Nano 33 BLE", "96.0 %"):
        assert name in text
    [figures] = [s for s in document.sections() if s.id == "figures"]
    assert isinstance(figures.blocks[0], Table)
    assert len(figures.blocks[0].rows) == 4
    assert words("Other board") in words(pdf_text(pdf_pages(document)))


# --- JSON ------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [*KINDS, "stranger", "comparison"])
def test_the_facts_keep_to_the_schema(kind: str) -> None:
    schema = json.loads((assets() / "schemas" / "report.schema.json").read_text(encoding="utf-8"))
    if kind == "comparison":
        facts = compared_facts(comparing())
    else:
        facts = report_facts(stranger() if kind == "stranger" else subject(kind))
    plain = json.loads(json.dumps(facts))
    check = compiled(schema)
    assert check(plain) == ""
    assert check({**plain, "surprise": 1}) != ""
    del plain["title"]
    assert check(plain) != ""


def test_a_long_comparison_goes_on_over_pages_at_its_own_size() -> None:
    few = comparing()
    boards = [device(id=f"b{n}", name=f"Board number {n}") for n in range(60)]
    first = few.subjects[0]
    many = tuple(replace(first, device=b, report=report(device_id=b.id)) for b in boards)
    content = pdf_pages(make_comparison(replace(few, subjects=many), "en"))
    reader = PdfReader(io.BytesIO(content))
    assert len(reader.pages) > 2
    heads = [page for page in reader.pages[:2] if "time of one run" in page.extract_text()]
    assert len(heads) == 2
    assert "Board number 59" in pdf_text(content)

"""What comes with the code for people: README in two languages, licences, the parts list."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterator, Sequence
from typing import Any

from studio.domain.evaluation import Evaluation, RegressionEvaluation
from studio.export.deciding import rule_of
from studio.export.ecosystems._examples import kind_of
from studio.export.ecosystems._shape import Ecosystem, Material, Need
from studio.export.escaping import markdown_text, one_line
from studio.export.licences import licence_of
from studio.export.manifest import as_json_bytes
from studio.export.part import Member
from studio.export.report.language import VERDICTS, Words
from studio.export.wording import amount, percent
from studio.resources import assets

__all__ = ["licences", "readmes", "sbom"]

_SPACE = uuid.UUID("6c6b1f0e-6f3a-5b8e-9d55-3f6a1d0a2c11")
"""Of the serial numbers of parts lists: the same contents have the same number."""
_ALWAYS = -128
"""No int8 output is less: the answer is never 'not sure'."""
_APACHE = {"license": {"id": "Apache-2.0"}}


# --- README ----------------------------------------------------------------------------------


def readmes(chosen: Ecosystem, material: Material, made: Sequence[Member]) -> Iterator[Member]:
    """Return ``README.md`` and ``README.ko.md``."""
    for place, (name, ending) in enumerate((("README.md", ""), ("README.ko.md", "_ko"))):
        text = material.filled(
            f"{chosen.paper}/readme{ending}.md.txt",
            heading=markdown_text(material.draft.contents.project_title),
            board=markdown_text(material.device.name),
            ecosystem=chosen.title,
            result=_result(material, korean=bool(place)),
            use=_use(chosen, material, ending),
            input=material.filled(f"library/use_{kind_of(material)}{ending}.txt").rstrip(),
            answer=_answer(material, "library/use", ending).rstrip(),
            meaning=_answer(material, "python/whole/means", ending).rstrip(),
            built=material.filled(f"{chosen.readme}/built{ending}.md.txt").rstrip(),
            proof=_proof(material),
            needs=_needs(chosen),
            verdict=Words("ko" if place else "en").tr(
                VERDICTS[material.draft.contents.report.verdict]
            ),
            files="\n".join(
                f"| `{member.name}` | {member.about} |"
                for member in sorted(made, key=lambda member: member.name)
            ),
        )
        about = "this text in Korean" if place else "this text"
        yield Member(name=name, content=text.encode("utf-8", "replace"), about=about)


def _use(chosen: Ecosystem, material: Material, ending: str) -> str:
    name = f"{chosen.readme}/readme{ending}.md.txt"
    return material.filled(name, **chosen.words(material)).rstrip()


def _answer(material: Material, place: str, ending: str) -> str:
    """Return what the answer is, by the templates whose names begin like this."""
    contents = material.draft.contents
    if contents.target is not None:
        return material.filled(f"{place}_amount{ending}.txt")
    below = rule_of(contents, material.draft.output).below
    if below == _ALWAYS:
        return material.filled(f"{place}_always{ending}.txt")
    return material.filled(f"{place}_class{ending}.txt", below=below)


def _result(material: Material, *, korean: bool) -> str:
    """Return how good the int8 model is on the test side."""
    test = material.draft.contents.test
    if isinstance(test, Evaluation):
        share = percent(test.accuracy.value)
        if korean:
            return f"int8 모델의 정확도: 테스트 샘플 {test.samples}개에서 {share}"
        return f"Accuracy of the int8 model: {share} of {test.samples} test samples"
    if isinstance(test, RegressionEvaluation):
        error = amount(test.mae.value, markdown_text(test.unit))
        if korean:
            return f"int8 모델의 평균 절대 오차: 테스트 샘플 {test.samples}개에서 {error}"
        return f"Mean absolute error of the int8 model: {error} on {test.samples} test samples"
    return (
        "int8 모델의 정확도: 시험하지 않음" if korean else "Accuracy of the int8 model: not tested"
    )


def _proof(material: Material) -> str:
    """Return what was shown of the C code before the export, an item a line."""
    return "\n".join(
        f"- {item['standing']}: {markdown_text(item['sentence'])}"
        for item in material.code.proof.get("items", ())
    )


# --- licences and parts ----------------------------------------------------------------------


def _needs(chosen: Ecosystem) -> str:
    """Return what is installed with it, an item a line."""
    return "\n".join(
        f"| {need.name} {need.versions} | {need.licence} | {need.extra or '-'} |"
        for need in chosen.needs
    )


def licences(chosen: Ecosystem, material: Material) -> Member:
    """Return ``LICENSES.txt``."""
    folder = assets() / "templates"
    libraries = "".join(
        f"  {one_line(name)} {one_line(version)}: {licence_of(name)}\n"
        for name, version in sorted(material.draft.contents.versions.items())
    )
    needs = "".join(f"  {n.name} {n.versions}: {n.licence}\n" for n in chosen.needs)
    text = material.filled(f"{chosen.paper}/licenses.txt", libraries=libraries, needs=needs)
    licence = (folder / "Apache-2.0.txt").read_text(encoding="utf-8")
    return Member(
        name="LICENSES.txt",
        content=f"{text}\n{licence}".encode("utf-8", "replace"),
        about="licences of what is inside and of what made it",
    )


def sbom(chosen: Ecosystem, material: Material, made: Sequence[Member]) -> Member:
    """Return the parts list as CycloneDX 1.6 JSON: what is inside, and what made it.

    It has no time in it, so that the same contents give the same bytes.

    Source:
        The CycloneDX 1.6 JSON schema of Ecma-424.
    """
    contents = material.draft.contents
    parts = [_file(member) for member in sorted(made, key=lambda member: member.name)]
    digests = "".join(part["hashes"][0]["content"] for part in parts)
    whole: dict[str, Any] = {
        "type": "application" if chosen.is_program or chosen.stands_in else "firmware",
        "bom-ref": "bundle",
        "name": one_line(contents.project_title) or material.folder,
        "version": material.words["version"],
    }
    content = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(_SPACE, digests)}",
        "version": 1,
        "metadata": {"component": whole, "tools": {"components": _tools(contents.versions)}},
        "components": [_model(chosen, material), *map(_library, chosen.needs), *parts],
        "dependencies": [{"ref": "bundle", "dependsOn": ["model", *map(_ref, chosen.needs)]}],
    }
    about = "the parts list, CycloneDX 1.6: files, model, tools, licences"
    return Member(name="sbom.cdx.json", content=as_json_bytes(content), about=about)


def _file(member: Member) -> dict[str, Any]:
    digest = hashlib.sha256(member.content).hexdigest()
    part = {"type": "file", "name": member.name, "bom-ref": f"file:{member.name}"}
    ours = member.name.endswith((".c", ".py", ".ld", ".cmake", ".ino", "CMakeLists.txt"))
    facts = {"licenses": [_APACHE]} if ours and "/model/" not in member.name else {}
    return {**part, "hashes": [{"alg": "SHA-256", "content": digest}], **facts}


def _library(need: Need) -> dict[str, Any]:
    return {
        "type": "library",
        "bom-ref": _ref(need),
        "name": need.name,
        "description": f"not inside; installed with it, version {need.versions}",
        "scope": "optional" if need.extra else "required",
        "licenses": [{"expression": need.licence}],
    }


def _ref(need: Need) -> str:
    return f"library:{need.name}"


def _model(chosen: Ecosystem, material: Material) -> dict[str, Any]:
    contents = material.draft.contents
    without = chosen.is_program or chosen.stands_in
    same = "" if without else "; the C in src/model/ computes the same codes"
    return {
        "type": "machine-learning-model",
        "bom-ref": "model",
        "name": f"{material.prefix or material.folder} candidate {contents.candidate.id}",
        "hashes": [{"alg": "SHA-256", "content": contents.int8.digest}],
        "description": f"int8 TensorFlow Lite model{same}. "
        f"Learned from dataset version {contents.dataset.digest}.",
    }


def _tools(versions: Any) -> list[dict[str, Any]]:
    return [_tool(name, version) for name, version in sorted(versions.items())]


def _tool(name: str, version: str) -> dict[str, Any]:
    licence = licence_of(name)
    facts: dict[str, Any] = {"type": "application" if name == "studio" else "library"}
    facts |= {"name": one_line(name), "version": one_line(version)}
    if licence.split() and "(" not in licence and licence != "not recorded":
        facts["licenses"] = [{"expression": licence}]
    return facts

"""A proof of C code, for machines and for a person."""

from __future__ import annotations

from studio.app import Generated, Proof, Standing
from studio.cli.table import plain
from studio.domain.errors import StudioError, ToolchainError
from studio.domain.figure import Figure

__all__ = ["arena_figures", "proof_document", "proof_failure", "proof_text"]

_MARKS = {Standing.PROVED: "ok  ", Standing.FAILED: "FAIL", Standing.NOT_DONE: "--  "}


def arena_figures(generated: Generated) -> dict[str, object]:
    """Return the working memory of generated code, for machines."""
    how = "the generated code's own plan of its memory"
    return {
        "arena": Figure.measured(generated.arena_bytes, "B", how).as_json(),
        "arena_lower_bound": Figure.measured(generated.lower_bound_bytes, "B", how).as_json(),
    }


def proof_document(proof: Proof) -> dict[str, object]:
    """Return everything that was shown, and what was not."""
    return {
        "passed": proof.passed,
        "differing_bytes": proof.differing_bytes,
        **arena_figures(proof.generated),
        "items": [item.as_json() for item in proof.items],
    }


def proof_text(proof: Proof) -> str:
    """Return a line an item, and the verdict."""
    lines = [f"{_MARKS[item.standing]}  {plain(item.sentence)}" for item in proof.items]
    undone = any(item.standing is Standing.NOT_DONE for item in proof.items)
    verdict = (
        ("PASS, except for what was not done" if undone else "PASS") if proof.passed else "FAIL"
    )
    return "\n".join([*lines, verdict])


def proof_failure(proof: Proof) -> StudioError | None:
    """Return what code that is not proved is told as."""
    if proof.passed:
        return None
    first = next((i for i in proof.items if i.standing is Standing.FAILED), proof.items[0])
    return ToolchainError(first.sentence, "Do not use this code.", code="codegen.not_proved")

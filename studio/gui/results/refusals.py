"""Why a question about a model has no answer, in the person's language.

Errors of the floors below are English sentences. In English they are shown as they are, with
what to do; in other languages by their code, where a sentence for it is known.
"""

from __future__ import annotations

from studio.domain.errors import StudioError
from studio.gui.i18n import language, mark, tr

__all__ = ["refusal"]

_BY_CODE = {
    "trying.too_large": mark("This file is too large to try. Try a smaller one."),
    "trying.cannot_read": mark(
        "This file cannot be read. Check that it is a file and that you may read it."
    ),
    "dataset.unreadable": mark(
        "This is nothing the model can look at: it is damaged, too large, or of another kind."
        " Try another one."
    ),
    "trying.too_short": mark("This is shorter than what the model looks at. Try a longer one."),
    "explaining.not_here": mark("There are no parts to hide in what this model sees of it."),
    "evaluation.no_answers": mark(
        "The answers of this model were not kept: it was found by an earlier version. Search again."
    ),
    "evaluation.too_few": mark("There are too few samples to tell."),
    "evaluation.different_samples": mark(
        "The two models are of different dataset versions and cannot be compared."
    ),
    "evaluation.too_few_points": mark("The time was too short to train on three amounts of data."),
    "evaluation.no_curve": mark("The trainings on parts of the data ended early."),
}


def refusal(error: Exception) -> str:
    """Return what happened and what to do, in one line."""
    if not isinstance(error, StudioError):
        return str(error)
    known = _BY_CODE.get(error.code)
    if known is not None and language() != "en":
        return tr(known)
    return f"{error.happened} {error.remedy}".strip()

"""Which pictures a report has; they are drawn only when one is made."""

from __future__ import annotations

from collections.abc import Mapping

from studio.domain.evaluation import Evaluation, RegressionEvaluation
from studio.export.report.language import Words
from studio.export.report.subject import Subject

__all__ = ["draw"]


def draw(subject: Subject, say: Words) -> Mapping[str, bytes]:
    """Return PNG by name: ``confusion`` or ``residuals``, ``reliability``, ``memory``."""
    # matplotlib takes a second to load, and most commands draw nothing.
    from studio.export import plots

    made: dict[str, bytes] = {}
    learned = subject.learned
    told = learned.told if learned else None
    if isinstance(told, Evaluation):
        made["confusion"] = plots.confusion_png(told, say)
    if isinstance(told, RegressionEvaluation) and told.residuals:
        made["residuals"] = plots.residuals_png(told, say)
    certainty = learned.certainty if learned else None
    if certainty and certainty.calibration and certainty.calibration.bins:
        made["reliability"] = plots.reliability_png(certainty.calibration, say)
    if subject.report.memory:
        made["memory"] = plots.memory_png(subject.report, say)
    return made

"""A forecast of a search as text and as a document."""

from __future__ import annotations

from studio.cli.command import Outcome
from studio.domain.figure import Figure, FigureKind
from studio.domain.wording import KIND_MARKS
from studio.search.forecast import Forecast

__all__ = ["forecast_outcome"]


def forecast_outcome(forecast: Forecast) -> Outcome:
    """Return what a search would come to, each figure with its kind and range."""
    document = {
        "forecast": {
            "first_candidate": forecast.first_seconds.as_json(),
            "trials": forecast.trials.as_json(),
            "trained_in_full": forecast.at_the_top.as_json(),
        }
    }
    lines = [
        f"first model to export  {_text(forecast.first_seconds, ' s')}",
        f"trainings              {_text(forecast.trials)}",
        f"  of them in full      {_text(forecast.at_the_top)}",
        f"Known {forecast.trials.source}. Nothing was started."
        if forecast.trials.kind is not FigureKind.UNKNOWN
        else f"Unknown: {forecast.trials.source}. Nothing was started.",
    ]
    return Outcome(document=document, text="\n".join(lines))


def _text(figure: Figure, unit: str = "") -> str:
    mark = KIND_MARKS[figure.kind]
    if figure.value is None or figure.low is None or figure.high is None:
        return f"unknown {mark}"
    return f"{figure.low:.0f} to {figure.high:.0f}{unit} {mark}"

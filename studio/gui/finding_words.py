"""Findings about the data in the person's language, from their codes, figures and targets.

English says what the check itself says, which names more. A finding whose code is not here is
shown as the check says it.
"""

from __future__ import annotations

from studio.domain.health import HealthFinding
from studio.gui.i18n import language, mark, tr

__all__ = ["finding_sentence", "finding_title"]

_TITLES = {
    text: text
    for text in (
        mark("Classes of unequal size"),
        mark("One class under two names?"),
        mark("Exact copies"),
        mark("Nearly the same"),
        mark("Few samples"),
        mark("Few samples to judge by"),
        mark("Unlike all others"),
        mark("Values far outside"),
        mark("Samples that cannot be read"),
        mark("Linked originals that cannot be used"),
        mark("A column gives the target away"),
        mark("A column that only numbers the rows"),
        mark("Recordings of another make"),
    )
}

_SENTENCES = {
    "health.unbalanced": mark(
        "The largest class has {largest} samples, {name} has {smallest}: a model may learn to "
        "overlook it."
    ),
    "health.exact_duplicates": mark(
        "Exact copies of others: {copies}. They stand on one side of a split, but count twice."
    ),
    "health.near_duplicates": mark(
        "Nearly the same as another: {copies}. The split keeps them on one side."
    ),
    "health.too_few": mark("{name} has {samples} different samples: few to learn and judge by."),
    "health.test_too_small": mark(
        "With {tested} samples to test, the true rate may be anywhere from {low} to {high}."
    ),
    "health.dull_pictures": mark("{samples} pictures are the same all over: nothing to learn."),
    "health.outlier_pictures": mark(
        "{samples} look unlike all other pictures in colour and layout. Do they belong here?"
    ),
    "health.outlier_values": mark(
        "The column {name} holds values far from the usual. A slip of the decimal point?"
    ),
    "health.unreadable": mark(
        "Cannot be read: {samples}. Import the originals again, or exclude them."
    ),
    "health.links_broken": mark(
        "Originals that are not as they were linked: {samples}. Put them back, look for them "
        "under Files, or exclude the samples."
    ),
    "health.mixed_recordings": mark(
        "{recordings} recordings differ from the rest in channels or sampling rate."
    ),
    "health.leaking_column": mark(
        "The column {name} alone tells the target. If it is not known before the target is, a "
        "model that uses it is worth nothing in use."
    ),
    "health.id_column": mark(
        "The column {name} is different in every row: a model can learn rows by heart from it, "
        "and nothing else."
    ),
    "health.one_class_two_names": mark(
        "{name} and another class never come from the same import, and are alike. Do they mean "
        "the same? Then one class is better."
    ),
}
_SHARES = frozenset({"low", "high"})


def finding_title(finding: HealthFinding) -> str:
    """Return its few words."""
    return tr(_TITLES[finding.title]) if finding.title in _TITLES else finding.title


def finding_sentence(finding: HealthFinding) -> str:
    """Return what was found and why it matters."""
    template = _SENTENCES.get(finding.code)
    if language() == "en" or template is None:
        return finding.sentence
    values = {name: _number(name, value) for name, value in finding.figures.items()}
    try:
        return tr(template).format(name=finding.action.target if finding.action else "", **values)
    except KeyError:  # a figure this version does not know is missing
        return finding.sentence


def _number(name: str, value: float) -> str:
    return f"{value:.0%}" if name in _SHARES else f"{value:,.0f}"

"""Sentences as data: which one, and its numbers, so that every language can say it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from studio.domain.phrase_advice import ADVICE_PHRASES
from studio.domain.phrase_fit import FIT_PHRASES
from studio.domain.plain import Plain

__all__ = ["PHRASES", "Phrase"]

PHRASES: Mapping[str, str] = {
    **ADVICE_PHRASES,
    **FIT_PHRASES,
    "share": "about {about} of {of}; between {low} and {high}",
    "amount": "about {about:.3g} {unit}; between {low:.3g} and {high:.3g}",
    "none-seen": "0 of {of}; the true rate may still be {percent:.2g} %",
    "confused": "{truth} is taken for {predicted}: {count} of {of}",
    "by-sample": "The ranges take the {units} samples as independent.",
    "by-group": (
        "The ranges take whole sessions or recordings, not single samples or windows, as"
        " independent: {units} of them."
    ),
    "one-group": "All samples are of one session, so other sessions may do very differently.",
    "overconfident": "The model is surer than it should be: temperature {temperature:.2f}.",
    "underconfident": "The model is less sure than it could be: temperature {temperature:.2f}.",
    "well-calibrated": "How sure the model is agrees with how often it is right.",
    "not-sure": (
        "Below {threshold:.2f} the answer is 'not sure': about {unsure} of 100."
        " Of the others about {wrong} of 100 are wrong."
    ),
    "not-sure-never": "At these costs an answer is always better than 'not sure'.",
    "not-sure-always": "At these costs 'not sure' is always better than an answer.",
    "data-helps": (
        "With {samples} samples the error would be about {about:.2g}"
        " (between {low:.2g} and {high:.2g}): more data helps."
    ),
    "data-little": (
        "With {samples} samples the error would be about {about:.2g}"
        " (between {low:.2g} and {high:.2g}): more data of this kind helps little."
    ),
    "data-unknown": (
        "With {samples} samples the error may be between {low:.2g} and {high:.2g}:"
        " these measurements cannot tell whether more data helps."
    ),
    "better": "{better} is better than {worse} (p = {p:.2g}).",
    "within-noise": "{first} and {second} cannot be told apart (p = {p:.2g}).",
    "too-few-to-tell": (
        "{first} and {second} cannot be told apart: with so few independent samples no"
        " difference could be."
    ),
    "smaller-chosen": (
        "{chosen} is smaller than {best}, and the {samples} validation samples cannot tell them"
        " apart."
    ),
    "smaller-alike": (
        "{chosen} is smaller than {best}, and the {samples} validation samples cannot tell them"
        " apart: it may serve as well."
    ),
    "best-chosen": "{chosen} makes the fewest errors, and nothing smaller comes close enough.",
    "gate-passes": (
        "It loses {points:.1f} points of {samples} validation samples, and {worst:.1f} points of"
        " the class that loses most."
    ),
    "gate-passes-amount": (
        "It explains {points:.1f} points less of the variance of {samples} validation samples."
    ),
    "gate-fails": (
        "It loses {points:.1f} points of {samples} validation samples, and {limit:g} may be lost:"
        " {lost} are wrong that float has right, {won} the other way round."
    ),
    "gate-fails-class": (
        "{name} loses {points:.1f} points of {samples} validation samples, and {limit:g} may be"
        " lost: {lost} are wrong that float has right, {won} the other way round."
    ),
    "gate-unsure": (
        "It loses {points:.1f} points of {samples} validation samples, and {limit:g} may be lost;"
        " but only {lost} turned wrong and {won} right, which may be chance (p = {p:.2g})."
    ),
    "gate-unsure-class": (
        "{name} loses {points:.1f} points of {samples} validation samples, and {limit:g} may be"
        " lost; but only {lost} turned wrong and {won} right, which may be chance (p = {p:.2g})."
    ),
    "gate-amount": (
        "It explains {points:.1f} points less of the variance of {samples} validation samples,"
        " and {limit:g} may be lost."
    ),
    "gate-few": (
        "{classes} of the classes have so few validation samples that a single one is more than"
        " the limit; more of them would tell more."
    ),
}
"""English by key. A translation replaces the text and keeps the names in braces."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase(Plain):
    """One sentence.

    Attributes:
        key: Which of `PHRASES`.
        values: What stands in its braces: numbers, and names people gave.
    """

    key: str
    values: dict[str, int | float | str]

    def __post_init__(self) -> None:
        if self.key not in PHRASES:
            raise ValueError(f"there is no phrase {self.key!r:.40}")
        try:
            self.text()
        except (KeyError, IndexError) as error:
            raise ValueError(f"{self.key} lacks {error}") from error

    @classmethod
    def of(cls, key: str, /, **values: int | float | str) -> Phrase:
        """Return the sentence with these values."""
        return cls(key=key, values=values)

    def __str__(self) -> str:
        return self.text()

    def text(self, translate: Callable[[str], str] = str) -> str:
        """Return the sentence; ``translate`` turns the English template into another."""
        return translate(PHRASES[self.key]).format(**self.values)

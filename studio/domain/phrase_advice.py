"""The sentences of advice and shopping; `studio.domain.phrase` has them among the others."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["ADVICE_PHRASES"]

ADVICE_PHRASES: Mapping[str, str] = {
    # For the person: what would fit?
    "advice-fits-runtime": "It fits the {device} if {runtime} runs it.",
    "advice-fits-precision": "It fits the {device} once a part of its channels is taken out.",
    "advice-fits-candidate": "Model {name} fits the {device} in its place.",
    "advice-fits-search": "A search for the {device} found model {name}, which fits.",
    "advice-nothing": "Nothing that was tried surely fits the {device}.",
    "advice-spare": "{ram} of RAM and {flash} of flash are left.",
    "advice-spare-ram": "{ram} of RAM are left.",
    # What was tried, and what came of it.
    "advice-runtime": "{runtime} runs it there as it is; nothing is trained or converted anew.",
    "advice-runtime-not": "With {runtime} it would not fit the {device}.",
    "advice-runtime-unsure": "Whether it fits the {device} with {runtime} is not sure.",
    "advice-pruned": "As int8 with fewer channels, fine-tuned, it fits the {device}.",
    "advice-pruned-not": (
        "As int8 with fewer channels, fine-tuned, it still does not surely fit the {device}."
    ),
    "advice-pruned-loses": "As int8 with fewer channels it loses too much.",
    "advice-refused": "It came to nothing: {why}",
    "advice-other": "Model {name} fits the {device}.",
    "advice-no-other": (
        "{count} other models of the same dataset version were judged; none surely fits the"
        " {device}."
    ),
    "advice-instead": (
        "It is right in {now:.1f} % of the validation samples ({low:.1f} to {high:.1f}) instead"
        " of {before:.1f} %."
    ),
    "advice-instead-amount": (
        "It is off by {now:.3g} ({low:.3g} to {high:.3g}) {unit} on the validation side instead"
        " of {before:.3g}."
    ),
    "advice-search-none": (
        "A search of {minutes:g} minutes for the {device} found nothing that surely fits."
    ),
    # What was not tried.
    "advice-precision-left": "Taking out channels was not tried.",
    "advice-candidate-left": "Other models were not looked at.",
    "advice-search-left": (
        "A smaller model or a smaller input was not tried: that takes a search for this device."
    ),
    "advice-file-data": (
        "An int8 file may be smaller, but samples of the data set its ranges, and a model file"
        " brings none: it was not tried."
    ),
    "advice-file-int8": (
        "It is int8 already. A smaller model takes the data it learned from: nothing was tried."
    ),
    # Which boards would do?
    "shop-step": (
        "With the smaller {board} ({ram} of RAM) it is right in {now:.1f} % ({low:.1f} to"
        " {high:.1f}) instead of {best:.1f} %."
    ),
    "shop-step-amount": (
        "With the smaller {board} ({ram} of RAM) it is off by {now:.3g} ({low:.3g} to {high:.3g})"
        " {unit} instead of {best:.3g}."
    ),
    "shop-without-accuracy": "Without the wish for accuracy {boards} boards would do.",
    "shop-without-latency": "Without the wish for speed {boards} boards would do.",
    "shop-without-ram": "Without the wish for little RAM {boards} boards would do.",
    "shop-without-flash": "Without the wish for little flash {boards} boards would do.",
    "shop-nothing": "No board would do with any one of the wishes dropped either.",
}
"""English by key, as in `studio.domain.phrase.PHRASES`."""

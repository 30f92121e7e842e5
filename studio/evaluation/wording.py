"""Figures with intervals as sentences of `studio.domain.phrase`, rounded honestly."""

from __future__ import annotations

import math

from studio.domain.evaluation import Interval
from studio.domain.phrase import Phrase

__all__ = ["amount_phrase", "none_seen_phrase", "share_phrase"]

_OF = 100


def share_phrase(share: Interval, of: int = _OF) -> Phrase:
    """Return a share as "about 97 of 100; between 94 and 99".

    The range is rounded outwards, and the middle never to all or none unless it is that.

    Raises:
        ValueError: for what is no share.
    """
    if not 0 <= share.low <= share.value <= share.high <= 1:
        raise ValueError(f"{share} is no share of one")
    about = round(share.value * of)
    if 0 < share.value < 1:
        about = min(max(about, 1), of - 1)
    # 0.07 * 100 is a hair above 7, and must not become 8.
    low = math.floor(round(share.low * of, 9))
    high = math.ceil(round(share.high * of, 9))
    return Phrase.of("share", about=about, of=of, low=min(low, about), high=max(high, about))


def amount_phrase(amount: Interval, unit: str) -> Phrase:
    """Return an amount as "about 3.1 mm; between 2.8 and 3.5"."""
    return Phrase.of("amount", about=amount.value, low=amount.low, high=amount.high, unit=unit)


def none_seen_phrase(of: int) -> Phrase:
    """Return what "0 of 40" leaves open: "the true rate may still be 7.2 %".

    It is the rate at which none of so many would be seen in 1 of 20 cases. The samples count
    as independent: of samples in sessions give the number of sessions.

    Raises:
        ValueError: below one sample.

    Source:
        Hanley, J. A. and Lippman-Hand, A. (1983), If Nothing Goes Wrong, Is Everything All
        Right?; Clopper, C. J. and Pearson, E. S. (1934), one-sided.
    """
    if of < 1:
        raise ValueError("nothing was tested")
    return Phrase.of("none-seen", of=of, percent=100 * (1 - 0.05 ** (1 / of)))

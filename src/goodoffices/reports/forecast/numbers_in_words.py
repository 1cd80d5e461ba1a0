"""Places on an issue's scale, and shares, in as many digits as they deserve."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goodoffices.phrases.phrase import Phrase
from goodoffices.reports.forecast.answer import Forecasted

if TYPE_CHECKING:
    from goodoffices.forecast import Lineup


def number(value: float, lineup: Lineup, issue: str) -> str:
    """Return a place on an issue's scale in as many digits as the distance between the actors deserves."""
    at = lineup.issue_index(issue)
    held = [float(place) for place in lineup.position[:, at] if place == place]
    low, high = lineup.scale[at]
    apart = max(held) - min(held) or high - low
    return f"{value:.0f}" if apart >= 20 else f"{value:.1f}" if apart >= 2 else f"{value:.3g}"


def percent(share: float) -> str:
    """Return a share in per cent; never 0 or 100 for what is not certain."""
    if 0 < share < 0.005:
        return Phrase("less than 1\u00a0%")  # a line must not break between a number and its unit
    return Phrase("more than 99\u00a0%") if 0.995 < share < 1 else f"{share:.0%}".rstrip("%") + "\u00a0%"


def number_of(answer: Forecasted, value: float) -> str:
    """Return a place on the scale of the issue of an answer, as `number` does."""
    return number(value, answer.main.inputs, answer.main.issue)

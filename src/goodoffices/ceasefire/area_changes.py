"""The change of each area at a date, and which of many areas stand out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from goodoffices.ceasefire.change import FEWEST_EVENTS, ratio_around
from goodoffices.ceasefire.change_ratio import Ratio, false_discovery_rates
from goodoffices.ceasefire.streams import Stream
from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioError


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaChange:
    """One area's change, with the rate of false findings among those that look as clear; ``None`` if untold."""

    area: str
    events_before: float
    events_after: float
    ratio: Ratio | None
    q: float | None


def area_changes(streams: Sequence[Stream], at: date, window: int = 60) -> tuple[AreaChange, ...]:
    """Return the change of each area with at least 20 events in the window, lowest ratio first.

    Raises
    ------
    ScenarioError
        If the window has no day.
    """
    if window < 1:
        raise ScenarioError("a window has at least one day on each side")
    found = []
    for stream in streams:
        start = stream.index(at)
        if start - window < 0 or start + window > len(stream.y):
            continue
        before = float(np.nansum(stream.y[start - window : start]))
        after = float(np.nansum(stream.y[start : start + window]))
        if before + after >= FEWEST_EVENTS:
            found.append((stream.area, before, after, ratio_around(stream, at, window)))
    told = [ratio for *_, ratio in found if ratio is not None]
    rates = dict(zip(map(id, told), false_discovery_rates([ratio.p for ratio in told]), strict=True))
    changes = [
        AreaChange(area=area, events_before=before, events_after=after, ratio=ratio, q=rates.get(id(ratio)))
        for area, before, after, ratio in found
    ]
    return tuple(sorted(changes, key=lambda one: (one.ratio is None, one.ratio.ratio if one.ratio else 0.0)))

"""Does the cease-fire hold? Statistics of daily counts: pure functions on arrays and frozen values.

A `Stream` holds the daily counts of one ledger, with how much of each day was observed. `change` compares the days
before and after a date, always with five checks. `alarms` watch a stream and state how often they sound for nothing.
`verdicts` say week by week whether an area is holding, strained or broken. Nothing here says who did what, or why.
"""

from __future__ import annotations

from goodoffices.ceasefire.alarm_calibration import calibrate, fitted
from goodoffices.ceasefire.alarm_families import family_alarms
from goodoffices.ceasefire.alarms import Null, alarms, reference
from goodoffices.ceasefire.area_changes import area_changes
from goodoffices.ceasefire.change import Change, change
from goodoffices.ceasefire.change_points import change_points
from goodoffices.ceasefire.ledgers import reconcile
from goodoffices.ceasefire.return_times import return_time, survival
from goodoffices.ceasefire.space_time_scan import clusters
from goodoffices.ceasefire.streams import Choice, Period, Stream, daily_counts
from goodoffices.ceasefire.verdicts import verdicts
from goodoffices.event_table import CellWord

__all__ = [
    "CellWord",
    "Change",
    "Choice",
    "Null",
    "Period",
    "Stream",
    "alarms",
    "area_changes",
    "calibrate",
    "change",
    "change_points",
    "clusters",
    "daily_counts",
    "family_alarms",
    "fitted",
    "reconcile",
    "reference",
    "return_time",
    "survival",
    "verdicts",
]

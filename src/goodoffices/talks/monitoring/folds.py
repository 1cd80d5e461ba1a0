"""Folds of notices on zones and on what a mechanism does."""

from __future__ import annotations

from dataclasses import replace

from goodoffices.talks.state.knowledge import Knowledge
from goodoffices.talks.state.known_monitoring import KnownZone
from goodoffices.talks.state.slices import Notice, learn


def zone_proposed(known: Knowledge, notice: Notice) -> Knowledge:
    made = learn(KnownZone, notice, handle=notice.data["zone"])
    return known.put("zones", made.handle, made)


def zone_approved(known: Knowledge, notice: Notice) -> Knowledge:
    held = known.zones.get(notice.data.get("zone", ""))
    if held is None:
        return known
    return known.put("zones", held.handle, replace(held, approved_by=(*held.approved_by, notice.data["actor"])))

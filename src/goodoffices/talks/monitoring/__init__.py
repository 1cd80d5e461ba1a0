"""How a cease-fire is watched together: zones, and what a mechanism does after an allegation was filed."""

from __future__ import annotations

from collections.abc import Mapping

from goodoffices.talks.base.acts import Content
from goodoffices.talks.monitoring import folds, zones
from goodoffices.talks.state.command_context import Command, Decider
from goodoffices.talks.state.slices import Fold

__all__ = ["DECIDERS", "FOLDS"]

DECIDERS: Mapping[type[Command], Decider] = {
    zones.ApproveZone: zones.approve_zone,
    zones.ProposeZone: zones.propose_zone,
}
"""The decider of each command."""

FOLDS: Mapping[type[Content], Fold | None] = {
    zones.ZoneApproved: folds.zone_approved,
    zones.ZoneProposed: folds.zone_proposed,
}
"""The fold of each act's content; ``None`` if a notice of it is only listed and changes nothing else."""

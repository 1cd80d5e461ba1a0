"""Zones of a cease-fire, and what a mechanism does, as one seat knows them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownZone:
    """A version of a zone: its areas, the actors whose approval it needs, and those who approved it."""

    handle: str
    slug: str
    number: int
    title: str
    areas: tuple[str, ...]
    parties: tuple[str, ...]
    by: str
    approved_by: tuple[str, ...] = ()

    @property
    def is_agreed(self) -> bool:
        """Whether every party approved this version; until then it is *proposed*."""
        return {*self.parties} <= {*self.approved_by}

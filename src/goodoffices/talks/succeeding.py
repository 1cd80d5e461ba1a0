"""Whether a stance still has somebody who stands by it: actors that merged, joined or split since they took it.

After any change every stance of the old actor is *unclear* for each successor until that successor speaks itself: by a
stance of its own on the same text, or by what it said of a commitment that the text laid on the old actor.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from goodoffices.talks.findings import Said, Word
from goodoffices.talks.known import Known

__all__ = ["successors_said"]


def successors_said(known: Known, texts: Collection[str], said: Iterable[Said]) -> tuple[tuple[str, str], ...]:
    """Return the actors whose stance others may have inherited, each with what those have said of it.

    Parameters
    ----------
    known
        What one seat knows.
    texts
        The names under which the text goes: its family and its copies.
    said
        Every stance on it.

    Returns
    -------
    Pairs of an actor and *assumes*, *repudiates* or *unclear*: *repudiates* if one successor does, else *unclear*
    unless every one assumes it. A change before the day of the stance is none, since who acts still exists; and what a
    successor did before the change it did for itself alone.
    """
    stances = tuple(said)
    bound = {s.actor: s.at[:10] for s in sorted(stances, key=lambda s: s.at) if s.kind.binds and not s.ended}
    words: dict[str, list[str]] = {}
    for held in known.changes.values():
        day = held.at[:10] if held.change.when is None else held.change.when.isoformat()
        for actor in held.change.sources:
            if actor in bound and day >= bound[actor]:
                heirs = [heir for heir in held.change.targets if heir != actor]
                since = [s for s in stances if s.actor in heirs and s.at[:10] >= day]
                words.setdefault(actor, []).extend(_word(known, texts, since, actor, heir) for heir in heirs)
    return tuple((actor, _together(each)) for actor, each in words.items())


def _together(words: list[str]) -> str:
    """Return what several successors come to; one that dissolved into nobody is unclear for good."""
    if "repudiates" in words:
        return "repudiates"
    return "assumes" if words and set(words) == {"assumes"} else "unclear"


def _word(known: Known, texts: Collection[str], said: Iterable[Said], actor: str, heir: str) -> str:
    own = [s for s in said if s.actor == heir and s.word is not Word.OTHERS and not s.ended]
    if own:
        return "assumes" if max(own, key=lambda s: s.at).kind.binds else "repudiates"
    owed = {
        held.handle
        for held in known.commitments.values()
        if actor in held.commitment.obligors and held.commitment.text in texts
    }
    stated = {one.state for one in known.stated if one.successor == heir and one.commitment in owed}
    return next(iter(stated)) if len(stated) == 1 and stated <= {"assumes", "repudiates"} else "unclear"

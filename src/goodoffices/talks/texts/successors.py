"""Find out what the successors of an actor say about its stance, if it merged, joined another or split since.

After a change every stance of the old actor is *unclear* for each successor, until the successor itself says something:
by a stance of its own on the same text, or by what it says about a commitment that the text gave the old actor.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from goodoffices.talks.base.serialization import instant_text
from goodoffices.talks.documents.agreement import Basis, StatedStance
from goodoffices.talks.state.knowledge import Knowledge

_MINUTE = len("2017-01-24T12:00")


def successors_said(
    known: Knowledge, texts: Collection[str], said: Iterable[StatedStance]
) -> tuple[tuple[str, str], ...]:
    """Return the actors whose stance successors may have inherited, each with what the successors said about it.

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
    Pairs of an actor and *assumes*, *repudiates* or *unclear*: *repudiates* if one successor does, *assumes* if all do,
    else *unclear*. Changes before the stance are ignored, because an actor that acts still exists. So are changes that
    created the actor. What a successor did before the change does not count either: it did that for itself.
    """
    stances = tuple(said)
    bound = {s.actor: s.at[:_MINUTE] for s in sorted(stances, key=lambda s: s.at) if s.kind.binds and not s.ended}
    words: dict[str, list[str]] = {}
    for held in known.changes.values():
        when = instant_text(held.at)[:_MINUTE] if held.change.when is None else held.change.when.isoformat()
        heirs = held.change.targets
        for actor in held.change.sources:
            if actor not in heirs and actor in bound and _not_before(when, bound[actor]):
                since = [s for s in stances if s.actor in heirs and _not_before(s.at, when)]
                words.setdefault(actor, []).extend(_word(known, texts, since, actor, heir) for heir in heirs)
    return tuple((actor, _together(each)) for actor, each in words.items())


def _not_before(one: str, other: str) -> bool:
    """Return whether ``one`` is not before ``other``, as far as both are known: to the day or to the minute."""
    known = min(len(one), len(other), _MINUTE)
    return one[:known] >= other[:known]


def _together(words: list[str]) -> str:
    """Return the joint answer of several successors. An actor that was dissolved without successors stays *unclear*."""
    if "repudiates" in words:
        return "repudiates"
    return "assumes" if words and set(words) == {"assumes"} else "unclear"


def _word(known: Knowledge, texts: Collection[str], said: Iterable[StatedStance], actor: str, heir: str) -> str:
    own = [s for s in said if s.actor == heir and s.word is not Basis.OTHERS and not s.ended]
    if own:
        return "assumes" if max(own, key=lambda s: s.at).kind.binds else "repudiates"
    owed = {
        held.handle
        for held in known.commitments.values()
        if actor in held.commitment.obligors and held.commitment.text in texts
    }
    stated = {one.state for one in known.stated if one.successor == heir and one.commitment in owed}
    return next(iter(stated)) if len(stated) == 1 and stated <= {"assumes", "repudiates"} else "unclear"

"""What has happened in an exercise as a whole, kept up to date act by act: its clock, and what conditions ask about.

It is folded from the acts themselves and not from what any seat knows: injects are given by control, which sees all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import field, replace
from datetime import datetime

from rpds import HashTrieMap

from goodoffices.data_class import dataclass
from goodoffices.talks.base.acts import CLOCK, Act
from goodoffices.talks.base.serialization import parse_instant
from goodoffices.talks.exercise.clock import ExerciseClock


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The clock, when each seat last acted, and the facts by key. ``last_at`` is the time of the last act."""

    clock: ExerciseClock
    last_at: datetime
    started_at: datetime | None = None
    acted: HashTrieMap[str, datetime] = field(default_factory=HashTrieMap)
    held: HashTrieMap[tuple[str, ...], frozenset[str]] = field(default_factory=HashTrieMap)

    def stance(self, actor: str, text: str) -> frozenset[str]:
        """Return the kinds of stance that an actor has on a text now."""
        return frozenset().union(*(kinds for _, kinds in self._of("stance", actor, text)))

    def session_open(self, name: str) -> bool:
        """Return whether a session of that name is open."""
        return any("open" in kinds for _, kinds in self._of("session", "", name))

    def partial_release(self, text: str) -> bool:
        """Return whether a version of a text was released to some and not to all at once."""
        return any(True for _ in self._of("partial", "", text))

    def adopted(self, text: str) -> bool:
        """Return whether a version of a text was adopted."""
        return any(True for _ in self._of("adopted", "", text))

    def told(self, kind: str, giver: str, to: str) -> bool:
        """Return whether an item of a kind from one seat was told to another."""
        return ("told", kind, giver, to) in self.held

    def given(self, inject: str) -> bool:
        """Return whether an inject was given."""
        return ("given", inject) in self.held

    def last_act(self, seat: str) -> datetime | None:
        """Return when a seat last acted, or when the exercise started; ``None`` before."""
        if self.started_at is None:
            return None
        return max(self.acted.get(seat, self.started_at), self.started_at)

    def _of(self, what: str, whose: str, name: str) -> list[tuple[tuple[str, ...], frozenset[str]]]:
        """Return the facts of a sort, of an actor if one is named, on things whose name has all words of ``name``."""
        wanted = _words(name)
        return [
            (key, kinds)
            for key, kinds in self.held.items()
            if key[0] == what and key[1] == whose and wanted <= set(key[2].split())
        ]

    def after(self, act: Act, acts: Sequence[Act]) -> Facts:
        """Return the facts after ``act``; ``acts`` are all acts up to it."""
        kept = replace(self, clock=self.clock.after(act), last_at=act.at)
        if act.seat != CLOCK:
            kept = replace(kept, acted=self.acted.insert(act.seat, act.at))
        if act.kind == "ExerciseStarted":
            return replace(kept, started_at=act.at)
        fact = _fact(act, acts)
        return kept if fact is None else replace(kept, held=self.held.insert(fact[0], fact[1]))


def first_facts(act: Act) -> Facts:
    """Return the facts at the act that plans an exercise: its clock is stopped at the first moment of the plan."""
    starts_at = parse_instant(act.data["plan"]["starts_at"])
    return Facts(clock=ExerciseClock(at=starts_at), last_at=act.at)


def facts_after(facts: Facts | None, act: Act, acts: Sequence[Act]) -> Facts | None:
    """Return the facts after an act; ``None`` as long as no exercise is planned."""
    if facts is None:
        return first_facts(act) if act.kind == "ExercisePlanned" else None
    return facts.after(act, acts)


def _words(name: str) -> set[str]:
    return set(re.findall(r"[^\W_]+", name.casefold()))


def _named(name: str) -> str:
    return " ".join(sorted(_words(name)))


def _by_id(acts: Sequence[Act], thing: str) -> Act:
    """Return the act that created a thing: its number is the thing's internal id."""
    return acts[int(thing.partition(".")[0]) - 1]


def _text_name(acts: Sequence[Act], version: str) -> str:
    written = _by_id(acts, version)
    frame = _by_id(acts, written.data["text"]).data["frame"] if "text" in written.data else written.data["frame"]
    return _named(f"{frame.get('family', '')} {frame['kind']}")


Fact = tuple[tuple[str, ...], frozenset[str]]
"""The key of a fact, and what is the case."""


def _session(act: Act, acts: Sequence[Act]) -> Fact:
    session = act.data["session"]
    # Two sittings of one title are two: the act that planned each tells them apart.
    key = ("session", "", _named(_by_id(acts, session).data["title"]), session)
    return key, frozenset({"open"} if act.kind == "SessionOpened" else ())


def _stance(act: Act, acts: Sequence[Act]) -> Fact:
    taken = act.data if act.kind == "StanceTaken" else _by_id(acts, act.data["stance"]).data
    key = ("stance", taken["actor"], _text_name(acts, taken["version"]), taken["stance"])
    return key, frozenset({taken["kind"]} if act.kind == "StanceTaken" else ())


def _release(act: Act, acts: Sequence[Act]) -> Fact | None:
    if act.data.get("equal", True):
        return None
    return ("partial", "", _text_name(acts, act.data["version"])), frozenset({"yes"})


def _outcome(act: Act, acts: Sequence[Act]) -> Fact | None:
    version = _by_id(acts, act.data["put"]).data.get("version")
    if version is None or act.data["verdict"] != "passes":
        return None
    return ("adopted", "", _text_name(acts, version)), frozenset({"yes"})


def _relay(act: Act, acts: Sequence[Act]) -> Fact:
    item = _by_id(acts, act.data["item"])
    return ("told", item.data.get("kind", ""), item.seat, act.data["to"]), frozenset({"yes"})


def _inject(act: Act, acts: Sequence[Act]) -> Fact:
    return ("given", act.data["slug"]), frozenset({"yes"})


_FACTS: Mapping[str, Callable[[Act, Sequence[Act]], Fact | None]] = {
    "InjectGiven": _inject,
    "ItemRelayed": _relay,
    "OutcomeDeclared": _outcome,
    "SessionClosed": _session,
    "SessionOpened": _session,
    "StanceEnded": _stance,
    "StanceTaken": _stance,
    "VersionReleased": _release,
}
"""The kinds of acts that conditions ask about, each with the fact that it makes true or changes."""


def _fact(act: Act, acts: Sequence[Act]) -> Fact | None:
    return _FACTS[act.kind](act, acts) if act.kind in _FACTS else None

"""What a seat knows of questions put for decision and of packages, as values made by the fold of its own slice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from goodoffices.talks.base.acts import Body
from goodoffices.talks.base.states import ForceState, QuestionState
from goodoffices.talks.model.packages import Package
from goodoffices.talks.voting.counting import Poll
from goodoffices.talks.voting.explanations import DecisionVerdict
from goodoffices.talks.voting.rules import Referendum, Rule, Says


class AnswerVisibility(StrEnum):
    """When the eligible see each other's answers: as they come, once the outcome is declared, or never."""

    AS_THEY_COME = "as-they-come"
    WITH_THE_OUTCOME = "with-the-outcome"
    NEVER = "never"


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownAnswer:
    """An answer that this seat may see. ``late``: it came at or after the instant, without effect."""

    seat: str
    says: Says
    late: bool = False
    words: Body | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownQuestion:
    """A question put for decision, on a version or a package.

    ``parties`` are the eligible as (seat, actor): rules speak of actors. ``state`` is *open*, *standing* (the chair's
    sense is declared and may still be contested) or *declared*. ``is_bare`` says that only the verdict was shown;
    ``on_paper`` are eligible seats that receive by a pack handed over (told to the chair alone).
    """

    handle: str
    by: str
    at: datetime
    rule: Rule
    parties: tuple[tuple[str, str], ...] = ()
    version: str | None = None
    package: str | None = None
    round: str | None = None
    question: Body | None = None
    closes_at: datetime | None = None
    zone: str = "UTC"
    shown: AnswerVisibility = AnswerVisibility.WITH_THE_OUTCOME
    observers: tuple[str, ...] = ()
    present: tuple[str, ...] = ()
    on_paper: tuple[str, ...] = ()
    state: QuestionState = QuestionState.OPEN
    stands_until: datetime | None = None
    answers: tuple[KnownAnswer, ...] = ()
    unheard: tuple[str, ...] = ()
    verdict: DecisionVerdict | None = None
    is_bare: bool = False
    declared_at: datetime | None = None

    @property
    def eligible(self) -> tuple[str, ...]:
        """The eligible seats."""
        return tuple(seat for seat, _ in self.parties)

    @property
    def ends_at(self) -> datetime | None:
        """The instant at which the clock speaks, if there is one."""
        return self.stands_until if self.state == QuestionState.STANDING else self.closes_at


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPackage:
    """A package as put, by whom, to whom (as far as known), and whether it is closed.

    ``clauses`` of ``version`` rest in it: none of them is agreed while it is open.
    """

    handle: str
    put: Package
    by: str
    at: datetime
    to: tuple[str, ...] = ()
    version: str | None = None
    clauses: tuple[str, ...] = ()
    closed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownRatification:
    """What a ratifier decided of a version, with the counts and the law where they are given."""

    version: str
    ratifier: str
    ratified: bool
    by: str
    at: datetime
    method: str = ""
    rule: Referendum | None = None
    polls: tuple[Poll, ...] = ()
    claim: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownForce:
    """When a version, or parts of it, enter into force: the instant, and the local time and words of the text.

    ``state`` is *planned*, *in-force* or *stopped* (a ratification failed).
    """

    handle: str
    instant: datetime
    version: str | None = None
    local: str = ""
    zone: str = "UTC"
    ground: str = ""
    parts: tuple[str, ...] = ()
    state: ForceState = ForceState.PLANNED

"""Questions for decision, packages and ratifications, as one seat knows them."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from goodoffices.data_class import dataclass
from goodoffices.talks.base.acts import Body
from goodoffices.talks.base.states import ForceState, QuestionState
from goodoffices.talks.model.packages import Package
from goodoffices.talks.voting.counting import Poll
from goodoffices.talks.voting.explanations import DecisionVerdict
from goodoffices.talks.voting.rules import Referendum, Rule, Says


class AnswerVisibility(StrEnum):
    """When the eligible see each other's answers: as they come in, once the outcome is declared, or never."""

    AS_THEY_COME = "as-they-come"
    WITH_THE_OUTCOME = "with-the-outcome"
    NEVER = "never"


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownAnswer:
    """An answer that this seat may see. A ``late`` answer came at or after the closing time and has no effect."""

    seat: str
    says: Says
    late: bool = False
    words: Body | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownQuestion:
    """A question put for decision, on a version or a package.

    ``parties`` are the eligible as (seat, actor), because rules name actors. ``state`` is *open*, *standing* (the sense
    of the chair is declared and may still be contested) or *declared*. ``is_bare`` says that this seat was shown only
    the verdict. ``on_paper`` are the eligible seats that receive papers in print; only the chair knows them.
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
        """The instant at which the clock closes the question, or ``None``."""
        return self.stands_until if self.state == QuestionState.STANDING else self.closes_at


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPackage:
    """A package: who put it, to whom (as far as is known), and whether it is closed.

    It contains ``clauses`` of ``version``. None of them is agreed while the package is open.
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
    """What a ratifier decided on a version, with the counts and the law if they are given."""

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
    """When a version, or parts of it, enter into force: the instant, the local time, and what the text says about it.

    ``state`` is *planned*, *in-force*, or *stopped* because a ratification failed.
    """

    handle: str
    instant: datetime
    version: str | None = None
    local: str = ""
    zone: str = "UTC"
    ground: str = ""
    parts: tuple[str, ...] = ()
    state: ForceState = ForceState.PLANNED

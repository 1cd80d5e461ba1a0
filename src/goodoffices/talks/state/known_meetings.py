"""Rounds, invitations, delegations and sessions, as one seat knows them."""

from __future__ import annotations

from datetime import date, datetime

from goodoffices.data_class import dataclass
from goodoffices.talks.base.acts import Body
from goodoffices.talks.base.enums import Format, MinutesRule, Mode, NoteLevel
from goodoffices.talks.base.states import Attribution, InvitationState, MinutesState, RoundState, SessionState
from goodoffices.talks.model.rounds import Delegation, Invitation, PairFormat, PlannedDate, Round


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownRound:
    """A round: the plan, each planned date with its author, and what happened.

    ``moved_to`` is the date to which it was last moved in this record; the earlier dates stay in the plan.
    """

    handle: str
    round: Round
    state: RoundState = RoundState.PLANNED
    moved_to: PlannedDate | None = None


def state_of(plan: Round) -> RoundState:
    """Return the state of a round, from the days on which it is said to have opened and closed."""
    if plan.closed is not None:
        return RoundState.CLOSED
    return RoundState.PLANNED if plan.opened is None else RoundState.OPEN


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownInvitation:
    """An invitation and its state: *open*, *accepted*, *declined*, *conditional*, *unanswered* or *withdrawn*."""

    handle: str
    invitation: Invitation
    state: InvitationState = InvitationState.OPEN
    conditions: Body | None = None
    level: str | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownDelegation:
    """A delegation, as its seat named it."""

    handle: str
    delegation: Delegation
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownSession:
    """A session: its current format, its pairs, the seats that take part, and how their attendance is marked."""

    handle: str
    title: str
    round: str | None = None
    format: Format
    pairs: tuple[PairFormat, ...] = ()
    participants: tuple[str, ...] = ()
    room: str = ""
    item: str = ""
    mode: Mode = Mode.ON_RECORD
    chair: str = ""
    state: SessionState = SessionState.PLANNED
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    presence: tuple[tuple[str, str], ...] = ()
    claim: str | None = None
    known_from: datetime | date | None = None
    is_invented: bool = False

    def present(self) -> tuple[str, ...]:
        """Return the seats marked present, in the order of participants."""
        marked = dict(self.presence)
        return tuple(seat for seat in self.participants if marked.get(seat) == "present")


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownIntervention:
    """What was said in a session, as this seat heard it."""

    session: str | None = None
    by: str
    words: Body
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownNote:
    """A line of a note, which only the seat that took it has.

    ``heard`` are the seats in the room in which it was said; ``todo`` is what ``todo_who`` is to do, by ``todo_by``.
    A line that was corrected is kept with the handle of the line in its place in ``replaced``.
    """

    handle: str
    session: str
    words: Body
    speaker: str | None = None
    level: NoteLevel = NoteLevel.NAMED
    heard: tuple[str, ...] = ()
    room: str = ""
    is_decision: bool = False
    todo: Body | None = None
    todo_who: str | None = None
    todo_by: datetime | None = None
    replaces: str | None = None
    replaced: str | None = None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesLine:
    """One line of one reader's minutes; its words stand beside it. ``level`` is shown to the team and the speaker."""

    attribution: Attribution
    speaker: str | None = None
    level: NoteLevel | None = None
    room: str = ""
    is_decision: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesCorrection:
    """A correction beside a line, the lines counted from 1.

    ``by`` and ``at``, who sent it and when, are empty where the line names nobody either.
    """

    line: int
    by: str | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesTodo:
    """What somebody is to do after a session, and by when; ``line`` is the line that it comes from, 0 if not told."""

    who: str | None = None
    by: datetime | None = None
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SentCorrection:
    """A correction as a reader sent it to the seat that wrote the minutes."""

    copy: str
    by: str
    line: int
    words: Body
    at: datetime
    is_late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesAnswer:
    """What a reader said of its copy of the minutes."""

    by: str
    agrees: bool
    at: datetime
    words: Body | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownCopy:
    """One reader's copy of the minutes of a session: what it may see of them, as one numbered list of lines.

    ``notes`` are the lines of the note behind them and ``minutes`` the minutes as a whole; only their writer has these.
    ``is_team`` says that the reader is of the mediation team; ``may_correct`` that it was present.
    """

    handle: str
    by: str
    reader: str
    at: datetime
    until: datetime
    rule: MinutesRule
    session: str | None = None
    title: str = ""
    chair: str = ""
    began_at: datetime | None = None
    ended_at: datetime | None = None
    minutes: str | None = None
    notes: tuple[str, ...] = ()
    lines: tuple[MinutesLine, ...] = ()
    words: tuple[Body, ...] = ()
    corrections: tuple[MinutesCorrection, ...] = ()
    corrected: tuple[Body, ...] = ()
    todos: tuple[MinutesTodo, ...] = ()
    todo_words: tuple[Body, ...] = ()
    present: tuple[str, ...] = ()
    is_team: bool = False
    may_correct: bool = False
    replaces: str | None = None
    is_again: bool = False
    format: Format | None = None
    place: str = ""
    state: MinutesState = MinutesState.CIRCULATED
    approved_at: datetime | None = None
    sent: tuple[SentCorrection, ...] = ()
    answers: tuple[MinutesAnswer, ...] = ()

    def corrections_of(self, line: int) -> tuple[tuple[MinutesCorrection, Body], ...]:
        """Return the corrections of the line with this number, each with its words."""
        found = zip(self.corrections, self.corrected, strict=True)
        return tuple((one, body) for one, body in found if one.line == line)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownMinutes:
    """The minutes of a session, for the seat that writes them: one copy for each reader, the newest."""

    handle: str
    session: str
    until: datetime
    rule: MinutesRule
    team: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    approved_at: datetime | None = None

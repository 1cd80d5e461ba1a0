"""The closed lists of states of things, and of the faces of an act."""

from __future__ import annotations

from enum import StrEnum


class Face(StrEnum):
    """The name for what one seat is shown of an act. Each content class lists the fields of a face in ``FACES``."""

    SELF = "self"
    ALL = "all"
    CLOCK = "clock"
    GRANTED = "granted"
    """An earlier act, shown later to a seat that was granted this history."""
    BARE = "bare"
    """The outcome without the answers."""
    CHAIR = "chair"
    COPY = "copy"
    COPY_SHOWN = "copy_shown"
    """A copy of a version, with the list of all who have one."""
    HOLDER = "holder"
    INVITEE = "invitee"
    KEEPER = "keeper"
    KEPT = "kept"
    NAMED = "named"
    NEUTRAL = "neutral"
    ORIGINATOR = "originator"
    OWN = "own"
    PEN = "pen"
    PROPOSER = "proposer"
    READER = "reader"
    RECEIVER = "receiver"
    REPORT = "report"
    """What the originator of an item is told when it is relayed."""
    SENDER = "sender"
    SIDE = "side"
    TELLER = "teller"
    TOLD = "told"


class ItemCame(StrEnum):
    """How an item came to the seat that has it."""

    FILED = "filed"
    HANDED = "handed"
    TOLD = "told"


class ItemEnd(StrEnum):
    """Why an item can no longer be relayed."""

    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    DESTROYED = "destroyed"


class WordingState(StrEnum):
    """What the originator said about the wording that a holder wants to use."""

    SHOWN = "shown"
    APPROVED = "approved"
    CORRECTED = "corrected"


class RoundState(StrEnum):
    """Whether a round has begun."""

    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"


class SessionState(StrEnum):
    """Whether a session has begun."""

    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"


class InvitationState(StrEnum):
    """What became of an invitation."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    CONDITIONAL = "conditional"
    UNANSWERED = "unanswered"
    WITHDRAWN = "withdrawn"


class ProcedureState(StrEnum):
    """Where a sealed procedure stands: a deposit, a blind question or a list matching."""

    OPEN = "open"
    REVEALED = "revealed"
    CLOSED = "closed"


class QuestionState(StrEnum):
    """Where a question stands. *standing*: the chair has declared the sense of the meeting, which can be contested."""

    OPEN = "open"
    STANDING = "standing"
    DECLARED = "declared"


class VersionState(StrEnum):
    """The state of a version of a text."""

    WORKING = "working"
    RELEASED = "released"
    PUT = "put"
    ADOPTED = "adopted"
    FAILED = "failed"
    SUPERSEDED = "superseded"


class ForceState(StrEnum):
    """Whether a text has entered into force as planned."""

    PLANNED = "planned"
    STOPPED = "stopped"
    IN_FORCE = "in-force"


class MinutesState(StrEnum):
    """How far the minutes of a session have come."""

    CIRCULATED = "circulated"
    APPROVED = "approved"
    REPLACED = "replaced"
    """A later copy, with corrections, took the place of this one."""


class Attribution(StrEnum):
    """How a line of one reader's minutes says who spoke."""

    NAMED = "named"
    OWN = "own"
    """The reader's own line, whose speaker others are not told."""
    ONE_DELEGATION = "one-delegation"
    POINT = "point"
    """The point was made; nothing says by whom."""

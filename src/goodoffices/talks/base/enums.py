"""The field's closed word lists, as the glossary fixes them."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """The two kinds of record; they are never mixed."""

    LIVE = "live"
    EXERCISE = "exercise"


class ActorKind(StrEnum):
    """What somebody who can be named is."""

    STATE = "state"
    PARTY = "party"
    FACTION = "faction"
    ORGANISATION = "organisation"
    PERSON = "person"
    BODY = "body"


class Role(StrEnum):
    """What a seat does in these talks; see the glossary."""

    PARTY = "party"
    INTERMEDIARY = "intermediary"
    FACILITATOR = "facilitator"
    MEDIATOR = "mediator"
    GUARANTOR = "guarantor"
    SPONSOR = "sponsor"
    HOST = "host"
    OBSERVER = "observer"
    ACCOMPANYING = "accompanying"
    WITNESS = "witness"
    DEPOSITARY = "depositary"
    EXPERT = "expert"
    MONITOR = "monitor"
    ANALYST = "analyst"
    SECRETARIAT = "secretariat"
    AUDITOR = "auditor"
    CONTROL = "control"


class Format(StrEnum):
    """Who may address whom. Order of strictness: shuttle, proximity, plenary, direct."""

    PLENARY = "plenary"
    DIRECT = "direct"
    PROXIMITY = "proximity"
    SHUTTLE = "shuttle"

    @property
    def strictness(self) -> int:
        """Return 0 for the least strict (direct) to 3 for the strictest (shuttle)."""
        return ("direct", "plenary", "proximity", "shuttle").index(self.value)


class Form(StrEnum):
    """In which form a cleared item may be told. Verbatim is fuller than paraphrase, that than own idea.

    A clearance in one form allows the thinner ones too.
    """

    VERBATIM = "verbatim"
    PARAPHRASE = "paraphrase"
    OWN_IDEA = "own-idea"

    @property
    def fullness(self) -> int:
        """Return 2 for verbatim, 1 for paraphrase, 0 for own idea."""
        return ("own-idea", "paraphrase", "verbatim").index(self.value)


class Mode(StrEnum):
    """How an item is kept."""

    ON_RECORD = "on-record"
    NOTE = "note"
    NON_PAPER = "non-paper"


class Level(StrEnum):
    """The level of a delegation or an invitation."""

    PRINCIPAL = "principal"
    MINISTER = "minister"
    ENVOY = "envoy"
    AMBASSADOR = "ambassador"
    EXPERT = "expert"


class Strength(StrEnum):
    """On whose word a claim rests; from a document down to an inference."""

    DOCUMENT = "document"
    OWN_WORD = "own-word"
    NAMED = "named-source"
    UNNAMED = "unnamed-source"
    INFERENCE = "inference"


class Stand(StrEnum):
    """A yes, a no, or no position: to a recognition, a confirmation, a claim."""

    YES = "yes"
    NO = "no"
    NO_POSITION = "no-position"


class ValueKind(StrEnum):
    """What sort of value a claim states."""

    NUMBER = "number"
    AT_LEAST = "at-least"
    RANGE = "range"
    ACTORS = "actors"
    YES_NO = "yes-no"
    INSTANT = "instant"
    WORDS = "words"


class ChangeKind(StrEnum):
    """How an actor changed."""

    MERGE = "merge"
    SPLIT = "split"
    JOIN = "join"
    LEAVE = "leave"
    RENAME = "rename"
    DISSOLVE = "dissolve"


class ReportState(StrEnum):
    """What a seat reports of a commitment."""

    MET = "met"
    PARTLY = "partly"
    BREACHED = "breached"
    WAIVED = "waived"


class TextKind(StrEnum):
    """What sort of text a negotiating text is."""

    NEGOTIATING = "single-negotiating-text"
    CHAIR = "chairs-text"
    DRAFT = "party-draft"
    JOINT = "joint-statement"
    UNILATERAL = "unilateral-statement"
    RULES = "rules-of-procedure"
    CEASEFIRE = "ceasefire-terms"
    MAP = "map"
    NON_PAPER = "non-paper"


class CommentSort(StrEnum):
    """What a holder says of a clause."""

    ACCEPT = "can-accept"
    REJECT = "cannot-accept"
    PROPOSE = "proposes-words"
    ASK = "asks"


class StanceKind(StrEnum):
    """What an actor did with a text: adopted, signed, initialled, read out and praised are different things."""

    SIGNED = "signed"
    ACCEDED = "acceded"
    ISSUED = "issued"
    INITIALLED = "initialled"
    AD_REFERENDUM = "agreed-ad-referendum"
    ENDORSED = "endorsed-orally"
    WITNESSED = "witnessed"
    HELD = "held"
    GUARANTEED = "guaranteed"
    OBJECTED = "objected"
    REFUSED = "refused"

    @property
    def binds(self) -> bool:
        """Whether the stance binds who took it to the words."""
        return self in (StanceKind.SIGNED, StanceKind.ACCEDED, StanceKind.ISSUED)

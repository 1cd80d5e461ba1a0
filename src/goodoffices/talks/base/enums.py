"""The closed lists of terms, as the glossary defines them."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """The two kinds of record; they are never mixed."""

    LIVE = "live"
    EXERCISE = "exercise"


class ActorKind(StrEnum):
    """What sort of actor it is."""

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
    """How two sides meet, and so who may speak to whom. From strict to free: shuttle, proximity, plenary, direct."""

    PLENARY = "plenary"
    DIRECT = "direct"
    PROXIMITY = "proximity"
    SHUTTLE = "shuttle"

    @property
    def strictness(self) -> int:
        """Return a number from 0 (direct, the freest) to 3 (shuttle, the strictest)."""
        return ("direct", "plenary", "proximity", "shuttle").index(self.value)


class Form(StrEnum):
    """How a cleared item may be told: word for word, as a paraphrase, or as the intermediary's own idea.

    They are in order, the fullest first. A clearance in one form also allows the forms below it.
    """

    VERBATIM = "verbatim"
    PARAPHRASE = "paraphrase"
    OWN_IDEA = "own-idea"

    @property
    def fullness(self) -> int:
        """Return 2 for verbatim, 1 for paraphrase, and 0 for own idea."""
        return ("own-idea", "paraphrase", "verbatim").index(self.value)


class Mode(StrEnum):
    """How an item is kept: on record, as a note, or as a non-paper."""

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
    """How strongly a claim is supported, from a document down to an inference."""

    DOCUMENT = "document"
    OWN_WORD = "own-word"
    NAMED = "named-source"
    UNNAMED = "unnamed-source"
    INFERENCE = "inference"


class Stand(StrEnum):
    """Yes, no, or no position; for recognitions, confirmations and claims."""

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
    """What a holder says about a clause."""

    ACCEPT = "can-accept"
    REJECT = "cannot-accept"
    PROPOSE = "proposes-words"
    ASK = "asks"


class StanceKind(StrEnum):
    """What an actor did with a text. Adopting, signing, initialling, reading out and praising are different acts.

    *Not signed* and *listed* are only ever reported of an actor; a seat cannot take them.
    """

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
    NOT_SIGNED = "not-signed"
    LISTED = "listed"

    @property
    def is_reported_only(self) -> bool:
        """Whether it is only said of an actor, so that a seat cannot take it."""
        return self in (StanceKind.NOT_SIGNED, StanceKind.LISTED)

    @property
    def binds(self) -> bool:
        """Whether the stance binds the actor to the text."""
        return self in (StanceKind.SIGNED, StanceKind.ACCEDED, StanceKind.ISSUED)


class NoteLevel(StrEnum):
    """How a line of a note may be told on: with its speaker, as a delegation's, without any speaker, or not at all."""

    NAMED = "named"
    DELEGATION = "delegation"
    UNATTRIBUTED = "not-for-attribution"
    OFF_RECORD = "not-for-the-record"


class MinutesRule(StrEnum):
    """When minutes are approved: nobody objected until a moment, or each who was present said that they are right."""

    NO_OBJECTION = "no-objection"
    EACH_AGREES = "each-agrees"

"""Refusals: a code for programs, a sentence for the person, and nothing that the asking seat could not know."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from goodoffices.errors import RefusedError

SENTENCES: Mapping[str, str] = {
    "unknown": "There is no such thing in your record.",
    "not_your_power": "Your role here ({roles}) does not include this.",
    "self_only": "Only {who} itself can say this.",
    "not_yours": "Only the originator can do this.",
    "not_cleared": "{who} has not cleared this for {to}.",
    "form_too_full": "{who} cleared it for {to} only as {form}.",
    "clearance_ended": "The clearance ended at {at}.",
    "withdrawn": "It was withdrawn at {at}.",
    "lapsed": "It lapsed at {at}.",
    "wording_not_approved": "{who} asked to approve the words first.",
    "words_needed": "A {form} needs your words. Write what you will say.",
    "format_forbids": "{a} and {b} are in {format} format: hand it to an intermediary.",
    "format_forbids_session": "{a} and {b} are in shuttle format: no session may hold both.",
    "no_contact": "{a} and {b} are not in contact.",
    "not_present": "You are not marked present.",
    "not_open": "It is not open.",
    "closed": "It closed at {at}.",
    "done": "It has been done.",
    "not_asked": "You are not asked.",
    "not_invited": "You are not invited.",
    "not_accepted": "The invitation is not accepted.",
    "two_persons": "This needs two different persons.",
    "no_chain": "A claim needs a chain of attribution: name at least the outlet that says it.",
    "about_viewer": (
        "In live talks an assessment is never shown to the actor it is about: choose a compartment without its seats."
    ),
    "protected": "The source of this is protected: it may not leave its compartment.",
    "not_transcribed": "This was not entered for you by somebody else.",
    "not_reader": "You do not read what is deposited.",
    "rule_not_met": "The rule of this deposit is not met.",
    "sources_not_cleared": (
        "It is derived from {item}, which is not cleared for {to}. Ask for a clearance, or declare it your own idea "
        "with a reason."
    ),
    "no_proxy": "To enter this for another seat you must keep that seat and hold its proxy to enter.",
    "key_reused": "This request was already used with other content.",
    "bad_figures": "The figures do not fit: {why}.",
    "no_place": "Say where: name an area or a place.",
    "own_ledger": "A keeper does not confirm its own ledger.",
    "bad_interval": "The end lies before the beginning.",
    "in_future": "It lies in the future.",
    "past": "The time given has passed already.",
    "not_eligible": "{who} is not eligible in this question.",
    "question_open": "The question is open until {at}, and answers are missing.",
    "not_ratifier": "Only {who}, or the party that named it as ratifier, can record this.",
    "conditions_open": "{who} has not ratified these words.",
    "dangling_condition": "{what} depends on {needs}, which is left out.",
    "not_pen": "The pen of this text is with {who}. Comment on the clause instead.",
    "not_released": "This version is not released for that.",
    "embargoed": "It is under embargo until {at}.",
    "bracketed": "These clauses are not clean: {clauses}. Words in brackets are not agreed.",
    "languages_not_sealed": "The authentic languages are not built alike; they differ in clause {clauses}.",
    "not_ready": "{who} has not accepted service and no pack is ready for it. Make one ready, or release as partial.",
    "narrower": "{who} received the version before this one: name it too, or release this one as partial.",
    "proposer_open": "Variant {variant} of clause {clause} is neither accepted nor dropped by {who}.",
    "clause_not_cleared": "Clause {clause} is derived from {item}, which is not cleared for {to}.",
    "no_consent": "{who} has not asked for the pen.",
    "not_your_stance": "Your role here and this text do not let you take this stance ({kind}).",
    "no_sign_proxy": "You do not hold the proxy of {who} to sign.",
    "bad_value": "{why}",
    "stale": "Since you opened this, {what} has changed (notice {n}). Look and ask again.",
}
"""Every refusal code and its sentence. ``{who}``, ``{to}``, ``{a}``, ``{b}`` are seats; pages show their names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """What a seat is told instead of an act.

    ``values`` fill the sentence; names of seats among them are slugs, so that a page can show the actor's name in the
    reader's language.
    """

    code: str
    values: tuple[tuple[str, str], ...] = ()

    @property
    def sentence(self) -> str:
        """The sentence in English, with seats by their slugs."""
        return SENTENCES[self.code].format(**dict(self.values))

    def __str__(self) -> str:
        return f"{self.sentence} ({self.code})"


def refused(code: str, **values: str) -> RefusedError:
    """Return the error that refuses with ``code``; ``decide`` turns it into a ``Refusal``."""
    refusal = Refusal(code=code, values=tuple(values.items()))
    return RefusedError(code, refusal.sentence, refusal.values)

"""What a question came to: the act that declares it, and who had not received what was put."""

from __future__ import annotations

from datetime import datetime

from goodoffices.data_class import dataclass
from goodoffices.talks.base.acts import CLOCK, AudienceEntry, Content, Ref
from goodoffices.talks.base.states import Face
from goodoffices.talks.decisions.eligibility import answers_of
from goodoffices.talks.state.knowledge import Knowledge
from goodoffices.talks.state.known_decisions import AnswerVisibility, KnownQuestion
from goodoffices.talks.voting.explanations import DecisionVerdict
from goodoffices.talks.voting.outcomes import verdict
from goodoffices.talks.voting.rules import (
    Consensus,
    Says,
    SilenceProcedure,
)

_OUTCOME = ("put", "verdict", "parties", "answers", "unheard", "late")


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeDeclared(Content):
    """The outcome of a question was declared, with the answers behind it. The face *bare* shows only the verdict."""

    FACES = {
        Face.SELF: _OUTCOME,
        Face.CHAIR: _OUTCOME,
        Face.ALL: _OUTCOME,
        Face.BARE: ("put", "verdict"),
        Face.CLOCK: ("put", "verdict"),
    }
    REFS = ("put",)
    HIDES_BY = (Face.BARE,)

    put: Ref
    verdict: DecisionVerdict
    parties: tuple[tuple[str, str], ...] = ()
    answers: tuple[tuple[str, Says], ...] = ()
    unheard: tuple[str, ...] = ()
    late: tuple[str, ...] = ()


def declaration_of(
    held: KnownQuestion,
    thing: Ref,
    *,
    parties: tuple[tuple[str, str], ...],
    unheard: tuple[str, ...],
    at: datetime,
    told: tuple[str, ...],
) -> tuple[OutcomeDeclared, list[AudienceEntry]]:
    """Return the act that declares the outcome of a question at ``at``, with its audience.

    The chair and the acting seat see everything. The eligible and the observers see who answered what, or only the
    verdict if the question says that answers are never shown.
    """
    found = verdict(held.rule, answers_of(held, parties=parties, unheard=unheard, at=at))
    last = {answer.seat: answer for answer in held.answers if not answer.late}
    late = tuple(dict.fromkeys(a.seat for a in held.answers if a.late))
    content = OutcomeDeclared(
        put=thing,
        verdict=found,
        parties=parties,
        answers=tuple(sorted((seat, answer.says) for seat, answer in last.items())),
        unheard=unheard,
        late=late,
    )
    face = Face.BARE if held.shown is AnswerVisibility.NEVER else Face.ALL
    return content, [(held.by, Face.CHAIR), *((seat, face) for seat in told if seat != held.by), (CLOCK, Face.CLOCK)]


def unheard_by(known: Knowledge, held: KnownQuestion) -> tuple[str, ...]:
    """Return the eligible seats that had not received in time what was put. Only some rules ask for this.

    A seat that accepts service received it at once. A seat on paper received it when a pack was handed over, as far as
    is known here.
    """
    if not isinstance(held.rule, SilenceProcedure | Consensus):
        return ()
    handed = {p.seat for p in known.packs.values() if p.handed_at is not None and _in_time(held, p.handed_at)}
    return tuple(seat for seat in held.on_paper if seat not in handed)


def _in_time(held: KnownQuestion, handed_at: datetime) -> bool:
    return was_handed_since(held.at, handed_at) and (held.closes_at is None or handed_at < held.closes_at)


def was_handed_since(told: datetime | None, handed_at: datetime) -> bool:
    """Return whether a pack was handed over at or after ``told``, which is known only to the minute."""
    return told is None or told.replace(second=0) <= handed_at.replace(second=0, microsecond=0)

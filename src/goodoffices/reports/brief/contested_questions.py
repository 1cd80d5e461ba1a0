"""The contested questions of a brief: each with all its claims, each claim once, nothing averaged or counted."""

from __future__ import annotations

from collections.abc import Iterable

from goodoffices.data_class import dataclass
from goodoffices.reports.provenance import (
    chain_text,
    order_of,
    replaced_text,
    stated_on,
    statement,
    subject_name,
    value_text,
)
from goodoffices.reports.tables import Part, Section
from goodoffices.talks.base.enums import ValueKind
from goodoffices.talks.claims.contradictions import contradictions
from goodoffices.talks.commitments.queries import aspect_of
from goodoffices.talks.state.known_claims import KnownClaim
from goodoffices.talks.state.view import View

COLUMNS = ("says", "when", "on whose word", "what is said")


@dataclass(frozen=True, slots=True, kw_only=True)
class ContestedQuestion:
    """A question that known claims answer differently. ``short`` is its form for the first page, if it has one."""

    title: str
    short: str
    said: str
    claims: tuple[KnownClaim, ...]


def contested_questions(view: View) -> tuple[ContestedQuestion, ...]:
    """Return what is contested among the claims of this view: the questions of the file, then what was found beside.

    A claim that names no question, and contradicts one that does, stands under that question.
    """
    short = dict(view.known.header.headings)
    standing = [held for held in view.known.claims.values() if held.replaced_by is None]
    found_rivals = contradictions(view.known)
    joined = {
        held.handle: found.question
        for found in found_rivals
        if found.question is not None
        for held in found.claims
        if held.claim.question is None
    }
    made = []
    for slug, question, said in view.known.header.questions:
        claims = in_order(h for h in standing if (h.claim.question or joined.get(h.handle)) == slug)
        if len({value_text(view, held.claim.value) for held in claims}) > 1:
            made.append(ContestedQuestion(title=question, short=short.get(slug, ""), said=said, claims=claims))
    named = {held.handle for question in made for held in question.claims}
    for found in found_rivals:
        claims = tuple(held for held in found.claims if held.handle not in named)
        if len(claims) > 1:
            title = f"{subject_name(view, found.about)}: {found.aspect}"
            made.append(ContestedQuestion(title=title, short="", said="", claims=claims))
            named |= {held.handle for held in claims}
    return tuple(made)


def in_order(claims: Iterable[KnownClaim]) -> tuple[KnownClaim, ...]:
    """Return claims in the order in which they were made."""
    return tuple(sorted(claims, key=lambda held: (order_of(held), held.claim.slug)))


def rivals(view: View, question: ContestedQuestion) -> tuple[KnownClaim, ...]:
    """Return the claims of a question that state different values of the same thing; all of them if no two do.

    Where some say yes and others no, what is neither is left to the section.
    """
    by_topic: dict[tuple[str, str], list[KnownClaim]] = {}
    for held in question.claims:
        by_topic.setdefault((held.claim.about, held.claim.aspect), []).append(held)
    for claims in by_topic.values():
        if len({value_text(view, held.claim.value) for held in claims}) > 1:
            plain = [held for held in claims if held.claim.value.kind is ValueKind.YES_NO]
            says_both = {held.claim.value.yes for held in plain} == {True, False}
            return tuple(plain if says_both else claims)
    return question.claims


def contested_section(view: View, questions: tuple[ContestedQuestion, ...]) -> Section:
    """Return the section of the contested questions."""
    return Section(
        name="contested",
        title="Contested: every question with all its claims",
        holds="every question with all its claims, each claim once",
        parts=tuple(
            Part(
                title=question.title,
                columns=COLUMNS,
                rows=_rows(view, question.claims),
                note=question.said,
            )
            for question in questions
        ),
    )


def _rows(view: View, claims: tuple[KnownClaim, ...]) -> tuple[tuple[str, ...], ...]:
    """Return a row for each claim. Where they do not all state the same thing, each value says of what it is one."""
    differ = len({aspect_of(view.known, held.claim) for held in claims}) > 1
    return tuple(_row(view, held, with_aspect=differ) for held in claims)


def _row(view: View, held: KnownClaim, *, with_aspect: bool) -> tuple[str, ...]:
    value = value_text(view, held.claim.value)
    aspect = aspect_of(view.known, held.claim)
    if with_aspect and not value.startswith(aspect):
        value = f"{aspect}: {value}"
    said = held.claim.words or f"{subject_name(view, held.claim.about)}: {held.claim.aspect}"
    return (f"{invented(held)}{value}", stated_on(held), f"{chain_text(view, held)}{seed(held)}", said)


def seed(held: KnownClaim) -> str:
    """Return the mark of a claim of the seed report."""
    return " (seed report)" if held.claim.in_seed else ""


def invented(held: KnownClaim) -> str:
    """Return the mark that stands before a claim that was invented for an exercise."""
    return "~ " if held.claim.is_invented else ""


def reported_part(view: View, claims: Iterable[KnownClaim]) -> Part:
    """Return what else is reported, a row for each claim, by whom or what it is about."""
    rows = [
        (
            f"{invented(held)}{subject_name(view, held.claim.about)}",
            f"{statement(view, held)}{replaced_text(view, held)}",
            stated_on(held),
            f"{chain_text(view, held)}{seed(held)}",
        )
        for held in claims
    ]
    return Part(title="Also reported", columns=("about", "what is said", "when", "on whose word"), rows=tuple(rows))

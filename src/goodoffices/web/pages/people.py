"""People: actors with their names, roles as claims with chains, recognition, and contradictions side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from goodoffices.reports.tables import capital
from goodoffices.talks.base.enums import ActorKind, ChangeKind, Role, Strength
from goodoffices.talks.claims.contradictions import Contradiction, contradictions
from goodoffices.talks.commitments.queries import aspect_of
from goodoffices.talks.model.actors import Actor
from goodoffices.talks.model.claims import Claim, Value
from goodoffices.talks.state.knowledge import Knowledge
from goodoffices.web.pages.page import Data, Page, PageContext, groups, shown

SIZE = 40
_RECOGNISED = (Role.PARTY, Role.GUARANTOR, Role.MEDIATOR, Role.FACILITATOR, Role.HOST, Role.OBSERVER, Role.SPONSOR)
_ORDER = (
    ActorKind.STATE,
    ActorKind.ORGANISATION,
    ActorKind.BODY,
    ActorKind.PARTY,
    ActorKind.FACTION,
    ActorKind.PERSON,
)


def _people(context: PageContext, _: str) -> Data:
    known = context.known
    by_kind = [(kind, [a for a in known.actors.values() if a.kind is kind]) for kind in _ORDER]
    return {
        "groups": groups([s for s in known.seats.values() if not s.closed]),
        "kinds": [(kind, actors) for kind, actors in by_kind if actors],
        "recognitions": list(known.recognitions),
        "n_contested": len(contradictions(known)),
        "changes": list(known.changes.values()),
        **(_change_choices(known) if context.has("RecordChange") else {}),
        "invitations": [i for i in known.invitations.values() if i.invitation.to == context.seat],
        "chains": {c.claim.slug: c for c in known.claims.values()},
    }


def _change_choices(known: Knowledge) -> dict[str, object]:
    """Return what who records a change of actors chooses from."""
    return {
        "change_kinds": [kind.value for kind in ChangeKind],
        "groups_named": [a.slug for a in known.actors.values() if a.kind is not ActorKind.PERSON],
        "claims": [c for c in known.claims.values() if c.replaced_by is None and c.claim.about in known.actors],
    }


def _person(context: PageContext, slug: str) -> Data | None:
    known = context.known
    actor = known.actors.get(slug)
    if actor is None:
        return None
    chains = {c.claim.slug: c for c in known.claims.values()}
    claims = [c for c in known.claims.values() if c.claim.about == slug or slug in c.claim.value.actors]
    listed, pages = shown(claims, context.number, size=SIZE)
    return {
        "actor": actor,
        "named": capital(actor.name(context.language)),
        "roles": [r for r in known.roles if r.actor == slug],
        "of_it": [r for r in known.recognitions if r.recognition.of == slug],
        "by_it": [r for r in known.recognitions if r.recognition.by == slug],
        "parts": [a for a in known.actors.values() if a.part_of == slug],
        "changes": [c for c in known.changes.values() if slug in (*c.change.sources, *c.change.targets)],
        "claims": listed,
        "aspects": {c.handle: aspect_of(known, c.claim) for c in listed},
        "pages": pages,
        "number": context.number,
        "chains": chains,
        "distinct": _distinct(known, actor),
        "languages": _languages(actor),
        "sources": known.sources,
        "source_choices": [(one.slug, f"{one.publisher} {one.title}".strip()) for one in known.sources.values()],
        "strengths": [strength.value for strength in Strength],
        "others": [one for one in known.actors if one != slug] if context.has("DeclareSame") else [],
        "is_own": known.actor_of(context.seat) == slug,
        "recognised_as": [role.value for role in _RECOGNISED],
    }


def _languages(actor: Actor) -> list[tuple[str, list[str]]]:
    """Return every way of writing the name, by language, in the order given."""
    found: dict[str, list[str]] = {}
    for name in actor.names:
        found.setdefault(name.language, []).append(name.text)
    return list(found.items())


def _distinct(known: Knowledge, actor: Actor) -> list[tuple[str, bool, str]]:
    """Return what was declared of this actor and another of like name: who, same or not, on what ground."""
    return [
        (other, mark.same, mark.ground)
        for mark in known.sames
        if actor.slug in mark.actors
        for other in mark.actors
        if other != actor.slug
    ]


def value_words(value: Value) -> tuple[str, object]:
    """Return how a claim's value is said: a message, and what stands in it."""
    if value.low is not None and value.high is not None and value.high != value.low:
        return "{low} to {high}", (value.low, value.high)
    if value.low is not None:
        return ("at least {low}" if value.kind == "at-least" else "number"), (value.low, None)
    if value.actors:
        return "actors", value.actors
    if value.yes is not None:
        return "yes", "yes" if value.yes else "no"
    return ("day", value.day or value.instant) if value.day or value.instant else ("words", value.words or "")


def _questions(known: Knowledge) -> list[tuple[str, Contradiction, str, str]]:
    """Return the contested questions: key, claims, question and what can be said of it."""
    named = {slug: (question, can_be_said) for slug, question, can_be_said in known.header.questions}
    made = []
    for found in _by_question(contradictions(known)):
        key = found.question or found.claims[0].handle
        question, can_be_said = named.get(found.question or "", ("", ""))
        made.append((key.lower(), found, question, can_be_said))
    return sorted(made, key=lambda row: (not row[0].startswith("c"), len(row[0]), row[0]))


def _by_question(found: Iterable[Contradiction]) -> Iterator[Contradiction]:
    """Yield contradictions, those on one named question as one, each claim once."""
    by_question: dict[str, list[Contradiction]] = {}
    for one in found:
        if one.question is None:
            yield one
        else:
            by_question.setdefault(one.question, []).append(one)
    for rivals in by_question.values():
        claims = {claim.handle: claim for one in rivals for claim in one.claims}
        yield replace(rivals[0], claims=tuple(claims.values()))


def _contested(context: PageContext, _: str) -> Data:
    return {"questions": _questions(context.known)}


def _contested_one(context: PageContext, key: str) -> Data | None:
    rows = [row for row in _questions(context.known) if row[0] == key]
    if not rows:
        return None
    return {"rows": rows, "sources": context.known.sources, "claims": _claims(rows)}


def _claims(rows: list[tuple[str, Contradiction, str, str]]) -> list[Claim]:
    return [claim.claim for _, found, _, _ in rows for claim in found.claims]


PEOPLE = Page(
    path="people",
    template="people.html",
    title="People",
    parts=("invited", "table", "recognition", "contested", "changes", "actors"),
    data=_people,
    under="people",
)
PERSON = Page(
    path="people/{}",
    template="person.html",
    title="Actor",
    parts=("names", "roles", "recognition", "claims"),
    data=_person,
    under="people",
    heading=lambda data: data["named"],
)
CONTESTED = Page(
    path="contested",
    template="contested.html",
    title="Contested questions",
    parts=("questions",),
    data=_contested,
    under="people",
)
CONTESTED_ONE = Page(
    path="contested/{}",
    template="contested_one.html",
    title="Contested question",
    parts=("question",),
    data=_contested_one,
    under="people",
)

"""The sections on people and roles: who is in and on whose word, who stays away, who backs and guarantees whom."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from goodoffices.reports.brief.contested_questions import reported_part
from goodoffices.reports.messages.labels import WORDS
from goodoffices.reports.provenance import days_text, on_whose_word, on_whose_words
from goodoffices.reports.tables import Part, Section, and_listed, capital, listed
from goodoffices.talks.commitments.queries import recognitions_of
from goodoffices.talks.model.rounds import Delegation
from goodoffices.talks.state.known_claims import KnownClaim, KnownRecognition
from goodoffices.talks.state.known_meetings import KnownDelegation, KnownInvitation
from goodoffices.talks.state.view import View

OWN_ACT = "its own act in this record"
_BASES = {
    "": ", whether it speaks for them is not said",
    "own-word": " on its own word",
    "delegation-word": " on the delegation’s word",
    "sponsor-word": " on a sponsor’s word",
    "reported": " as reported",
}


def is_act(view: View, at: datetime | None) -> bool:
    """Return whether something was done in this record, and does not stand in its talks file."""
    opened = next((notice.when for notice in view.notices if notice.kind == "TalksOpened"), None)
    return opened is not None and at is not None and at > opened


def people_section(view: View, reported: Iterable[KnownClaim]) -> Section:
    """Return who takes part, for whom and on whose word, who was asked, and which actors merged or split."""
    named = (held for held in view.known.delegations.values() if _names_somebody(held.delegation))
    delegations = tuple(_delegation(view, held) for held in named)
    invitations = _same_but_first(_invitation(view, held) for held in view.known.invitations.values())
    changes = tuple(
        (
            str(held.change.when or "–"),
            held.change.kind.value,
            listed(capital(view.name(actor)) for actor in held.change.sources),
            listed(capital(view.name(actor)) for actor in held.change.targets),
            on_whose_words(view, held.change.claims),
        )
        for held in view.known.changes.values()
    )
    parts = (
        Part(
            title="Delegations",
            columns=("round", "seat", "who", "on whose word", "for whom, and on what basis"),
            rows=delegations,
        ),
        Part(
            title="Invitations and answers",
            columns=("who", "round", "asked by", "as", "on whose word", "answer", "on whose word"),
            rows=invitations,
        ),
        Part(title="Changes of actors", columns=("when", "what", "from", "to", "on whose word"), rows=changes),
        reported_part(view, reported),
    )
    return Section(
        name="people",
        title="Who is in, and on whose word",
        holds="who is in, for whom, on whose word; groups that stay away",
        parts=parts,
    )


def _names_somebody(plan: Delegation) -> bool:
    """Return whether a delegation says who sits in it or for whom; one that only points to claims does not."""
    return plan.head is not None or bool(plan.members) or bool(plan.represents)


def _delegation(view: View, held: KnownDelegation) -> tuple[str, ...]:
    plan = held.delegation
    led = f"led by {view.name(plan.head)}" if plan.head is not None else "who leads is not reported"
    level = f" ({plan.level.value})" if plan.level is not None else ""
    members = f", with {', '.join(view.name(person) for person in plan.members)}" if plan.members else ""
    named = dict.fromkeys((plan.head_claim, plan.members_claim))
    words = [on_whose_word(view, slug) for slug in named if slug is not None]
    return (
        round_title(view, plan.round),
        capital(view.name(plan.seat)),
        f"{led}{level}{members}",
        OWN_ACT if is_act(view, held.at) else listed(words),
        _represents(view, plan),
    )


def _represents(view: View, plan: Delegation) -> str:
    """Return for whom a delegation is said to speak, by basis and by whose word it is."""
    by_basis: dict[tuple[str, str | None], list[str]] = {}
    for part in plan.represents:
        by_basis.setdefault((part.basis, part.claim), []).append(capital(view.name(part.actor)))
    return listed(
        f"{and_listed(names)}{_BASES[basis]}{'' if claim is None else f': {on_whose_word(view, claim)}'}"
        for (basis, claim), names in by_basis.items()
    )


def _same_but_first(rows: Iterable[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """Return rows that differ in their first cell alone as one row, so that a chain stands once."""
    named: dict[tuple[str, ...], list[str]] = {}
    for first, *rest in rows:
        named.setdefault(tuple(rest), []).append(first)
    return tuple((listed(names), *rest) for rest, names in named.items())


def _invitation(view: View, held: KnownInvitation) -> tuple[str, ...]:
    offer = held.invitation
    by_act = is_act(view, held.at) and offer.answer_claim is None
    answered = held.state.value not in ("open", "unanswered")
    return (
        capital(view.name(offer.to)),
        round_title(view, offer.round),
        "not said" if offer.by is None else view.name(offer.by),
        ("not said" if offer.role is None else WORDS["role"][offer.role.value])
        + ("" if offer.level is None else f" (level: {offer.level.value})"),
        OWN_ACT if by_act else "–" if offer.by is None else on_whose_word(view, offer.claim),
        WORDS["answer"].get(held.state.value, held.state.value) if answered else "none known",
        (OWN_ACT if by_act else on_whose_word(view, offer.answer_claim)) if answered else "–",
    )


def _recognised_as(view: View, held: KnownRecognition) -> str:
    """Return in which role, and speaking for whom, somebody is recognised or not."""
    role, represents = held.recognition.role, held.recognition.represents
    said = [] if role is None else [WORDS["role"][role.value]]
    said += [] if represents is None else [f"speaking for {view.name(represents)}"]
    return ", ".join(said) or "–"


def round_title(view: View, slug: str) -> str:
    """Return the title of a round by its slug."""
    return next((held.round.title for held in view.known.rounds.values() if held.round.slug == slug), "–")


def roles_section(view: View, reported: Iterable[KnownClaim]) -> Section:
    """Return the claimed roles, the guarantees with who disputes them, recognition, and who backs whom."""
    return Section(
        name="roles",
        title="Who backs and guarantees whom, and who disputes it",
        holds="guarantors, host, observers; who backs and who recognises whom",
        parts=(_roles(view), _guarantees(view), _recognition(view), reported_part(view, reported)),
    )


def _roles(view: View) -> Part:
    rows = tuple(
        (
            capital(view.name(role.actor)),
            WORDS["role"][role.role.value],
            "–" if role.of is None else view.name(role.of),
            _scope(view, role.scope),
            _held_for(role.since, role.until),
            on_whose_word(view, role.claim),
        )
        for role in view.known.roles
    )
    return Part(
        title="Roles, each as a claim",
        columns=("actor", "role", "of whom", "in what", "held", "on whose word"),
        rows=rows,
    )


def _scope(view: View, scope: str) -> str:
    """Return in what a role is held, such as a round; a dash where nobody narrowed it to less than the talks."""
    titles = {held.round.slug: held.round.title for held in view.known.rounds.values()}
    return "–" if scope == "talks" else titles.get(scope, scope)


def _held_for(since: date | None, until: date | None) -> str:
    """Return since when or until when a role is held; a role that has ended never reads as one that stands."""
    if until is None:
        return "not said" if since is None else f"since {since}"
    return f"until {until}" if since is None else days_text(since, until)


def _guarantees(view: View) -> Part:
    rows = tuple(
        (
            capital(view.name(held.guarantee.guarantor)),
            view.name(held.guarantee.beneficiary),
            held.guarantee.subject + _in_text(view, held.guarantee.text),
            str(held.guarantee.since or "not said"),
            OWN_ACT if held.own_act else on_whose_word(view, held.guarantee.claim),
            listed(
                f"{capital(view.name(r.recognition.by))}: {r.recognition.stand.value}"
                for r in recognitions_of(view.known, held)
            ),
        )
        for held in view.known.guarantees.values()
        if not held.ended
    )
    return Part(
        title="Guarantees, always with who recognises the role and who disputes it",
        columns=("guarantor", "for", "of what", "since", "on whose word", "recognised or disputed by"),
        rows=rows,
    )


def _in_text(view: View, slug: str | None) -> str:
    title = next((named.title for named in view.known.header.texts if named.slug == slug), None)
    return "" if title is None else f", in: {title}"


def _recognition(view: View) -> Part:
    rows = tuple(
        (
            capital(view.name(r.recognition.by)),
            view.name(r.recognition.of),
            _recognised_as(view, r),
            r.recognition.stand.value,
            str(r.recognition.since or "not said"),
            OWN_ACT if is_act(view, r.at) else on_whose_word(view, r.recognition.claim),
        )
        for r in view.known.recognitions
    )
    return Part(title="Recognition", columns=("by", "of", "as", "recognises", "since", "on whose word"), rows=rows)

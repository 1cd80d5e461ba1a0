"""The brief: one seat's view of the talks as sections of tables, for the terminal, a page and programs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from goodoffices.reports.brief.as_of import day_of, known_as_of
from goodoffices.reports.brief.ledgers import ledgers_section
from goodoffices.reports.brief.texts_section import texts_section
from goodoffices.reports.tables import Heading, Part, Section, claim_row, claims_part, listed, on_whose_word
from goodoffices.talks.base.enums import Role
from goodoffices.talks.base.serialization import short_instant
from goodoffices.talks.base.states import ItemCame
from goodoffices.talks.claims.contradictions import contradictions
from goodoffices.talks.commitments.queries import owed, recognitions_of, successions
from goodoffices.talks.state.contact_rules import format_between
from goodoffices.talks.state.view import View

CLAIM_COLUMNS = ("says", "when", "on whose word", "strength")


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """A brief: whose view it is, as of when, and its sections."""

    title: str
    kind: str
    seat: str
    seat_name: str
    as_of: date | None
    summary: tuple[str, ...]
    warnings: tuple[str, ...]
    sections: tuple[Section, ...]


def answer_brief(heading: Heading, asks: str, summary: tuple[str, ...], sections: tuple[Section, ...]) -> Brief:
    """Return one answer as a brief, from talks or from a file alike: what it says in words, then its sections."""
    return Brief(
        title=f"{heading.title}: {asks}",
        kind=heading.kind,
        seat=heading.seat,
        seat_name=heading.seat_name,
        as_of=None,
        summary=summary,
        warnings=(),
        sections=sections,
    )


def brief_of(view: View, *, as_of: date | None = None, more: tuple[Section, ...] = ()) -> Brief:
    """Return the brief of what ``view`` knows, as of a day if one is given, with ``more`` sections at its end.

    Every figure names its source; contradictory claims stand side by side; no two ledgers are added.
    """
    seen = view if as_of is None else replace(view, known=known_as_of(view.known, as_of))
    header = seen.known.header
    sections = (
        _who_is_in(seen),
        *_main_questions(seen),
        _backers(seen),
        _formats(seen),
        _relayed(seen),
        texts_section(seen),
        ledgers_section(seen),
        _commitments(seen),
        _dates(seen),
        _succession(seen),
        _contradictions(seen),
        *more,
    )
    return Brief(
        title=header.title,
        kind=header.kind.value,
        seat=seen.seat,
        seat_name=seen.name(seen.seat),
        as_of=as_of,
        summary=header.summary,
        warnings=(
            *(f"{seen.name(slug)} sees everything." for slug in seen.all_seeing),
            *(f"Invented for the exercise: {what}" for what in header.invented),
        ),
        sections=sections,
    )


def _who_is_in(view: View) -> Section:
    invitations = Part(
        title="Invitations and answers",
        columns=("round", "invited", "by", "as", "level", "answer", "on whose word"),
        rows=tuple(
            (
                _round_title(view, held.invitation.round),
                view.name(held.invitation.to),
                view.name(held.invitation.by),
                held.invitation.role.value if held.invitation.role is not None else "–",
                (held.level or (held.invitation.level.value if held.invitation.level is not None else "–")),
                held.state,
                on_whose_word(view, held.invitation.claim),
            )
            for held in view.known.invitations.values()
        ),
        empty="No invitations yet, as far as this seat knows.",
    )
    delegations = Part(
        title="Delegations",
        columns=("round", "seat", "head", "level", "represents, and on what basis"),
        rows=tuple(
            (
                _round_title(view, held.delegation.round),
                view.name(held.delegation.seat),
                view.name(held.delegation.head) if held.delegation.head is not None else "–",
                held.delegation.level.value if held.delegation.level is not None else "–",
                listed(f"{view.name(part.actor)} ({part.basis})" for part in held.delegation.represents),
            )
            for held in view.known.delegations.values()
        ),
        empty="No delegations yet, as far as this seat knows.",
    )
    return Section(title="Who is in, and on whose word", parts=(invitations, delegations))


def _main_questions(view: View) -> tuple[Section, ...]:
    """Return the contested questions that the talks file gives a heading in briefs, if a claim answers any of them."""
    answered = {held.claim.question for held in view.known.claims.values()}
    parts = tuple(claims_part(view, slug, heading) for slug, heading in view.known.header.headings if slug in answered)
    return (Section(title="Main contested questions", parts=parts),) if parts else ()


def _round_title(view: View, slug: str) -> str:
    return next((r.round.title for r in view.known.rounds.values() if r.round.slug == slug), slug)


def _backers(view: View) -> Section:
    roles = Part(
        title="Roles, each as a claim",
        columns=("actor", "role", "of whom", "since", "on whose word"),
        rows=tuple(
            (
                view.name(role.actor),
                role.role.value,
                view.name(role.of) if role.of is not None else "–",
                str(role.since or "–"),
                on_whose_word(view, role.claim),
            )
            for role in view.known.roles
        ),
        empty="No roles yet: nobody has said who takes which role.",
    )
    guarantees = Part(
        title="Guarantees, always with who recognises the role and who disputes it",
        columns=("guarantor", "for", "of what", "since", "given by", "recognised or disputed by"),
        rows=tuple(
            (
                view.name(held.guarantee.guarantor),
                view.name(held.guarantee.beneficiary),
                held.guarantee.subject,
                str(held.guarantee.since or "–"),
                "the seat itself, in this record" if held.own_act else on_whose_word(view, held.guarantee.claim),
                listed(
                    f"{view.name(r.recognition.by)}: {r.recognition.stand.value}"
                    for r in recognitions_of(view.known, held)
                ),
            )
            for held in view.known.guarantees.values()
            if not held.ended
        ),
        empty="No guarantees yet.",
    )
    recognition = Part(
        title="Recognition",
        columns=("by", "of", "as", "recognises", "on whose word"),
        rows=tuple(
            (
                view.name(r.recognition.by),
                view.name(r.recognition.of),
                r.recognition.role.value if r.recognition.role is not None else r.recognition.represents or "–",
                r.recognition.stand.value,
                on_whose_word(view, r.recognition.claim),
            )
            for r in view.known.recognitions
        ),
        empty="No recognition yet: nobody has said whom it recognises.",
    )
    return Section(title="Backers and guarantors, and who disputes them", parts=(roles, guarantees, recognition))


def _formats(view: View) -> Section:
    seats = [slug for slug, seat in view.known.seats.items() if not seat.closed and not _is_staff(seat.roles)]
    pairs = Part(
        title="Format of each pair",
        note="Where nobody has said how two sides meet, this is the default of the talks.",
        columns=("pair", "format"),
        rows=tuple(
            (f"{view.name(x)} – {view.name(y)}", format_between(view.known, x, y).value)
            for n, x in enumerate(seats)
            for y in seats[n + 1 :]
        ),
        empty="This seat knows of fewer than two seats.",
    )
    sessions = Part(
        title="Sessions",
        columns=("session", "begins", "format", "pairs that differ", "taking part", "on whose word"),
        rows=tuple(
            (
                s.title,
                "–" if s.starts_at is None else f"{s.starts_at:%Y-%m-%d %H:%M}",
                s.format.value,
                listed(f"{view.name(p.first)} – {view.name(p.second)}: {p.format.value}" for p in s.pairs),
                listed(view.name(seat) for seat in s.participants),
                on_whose_word(view, s.claim),
            )
            for s in view.known.sessions.values()
        ),
        empty="You are in no session yet, as far as this record shows.",
    )
    return Section(title="The format of each pair", parts=(pairs, sessions))


def _is_staff(roles: Iterable[Role]) -> bool:
    return set(roles) <= {Role.SECRETARIAT, Role.ANALYST, Role.AUDITOR, Role.CONTROL}


def _relayed(view: View) -> Section:
    told = Part(
        title="Told to this seat",
        columns=("when", "by", "in which form", "origin", "words"),
        rows=tuple(
            (
                short_instant(item.at),
                view.name(item.teller) if item.teller is not None else "–",
                item.form.value if item.form is not None else "–",
                view.name(item.originator) if item.originator is not None else "not stated",
                listed(view.text(body) or "the words are destroyed" for body in item.words),
            )
            for item in view.known.items.values()
            if item.came == ItemCame.TOLD
        ),
        empty="Nothing yet. What an intermediary tells this seat appears here.",
    )
    telling = Part(
        title="Told by this seat, or from its papers",
        columns=("when", "by", "to", "in which form", "words"),
        rows=tuple(
            (
                short_instant(telling.at),
                view.name(telling.by),
                view.name(telling.to),
                telling.form.value,
                view.text(telling.words) or "–",
            )
            for telling in view.known.tellings.values()
        ),
        empty="Nothing has been told yet, as far as this seat knows.",
    )
    return Section(title="What was told to whom", parts=(told, telling))


def _commitments(view: View) -> Section:
    part = Part(
        title="Commitments: who does what by when",
        columns=("who", "what", "planned dates, each with its author", "standing", "reports"),
        rows=tuple(
            (
                view.name(row.obligor),
                row.commitment.commitment.what,
                listed(
                    f"{day_of(due.due)} ({view.name(due.by) if due.by is not None else 'author not said'})"
                    for due in row.commitment.commitment.due
                ),
                row.standing,
                listed(f"{report.state} says {view.name(report.by)}" for report in row.commitment.reports),
            )
            for row in owed(view.known)
        ),
        empty="No commitments yet.",
    )
    return Section(title="Commitments", parts=(part,))


def _dates(view: View) -> Section:
    parts = tuple(
        Part(
            title=held.round.title,
            columns=("date", "said by", "announced", "on whose word"),
            rows=(
                *(
                    (
                        _day(planned.start, planned.end, planned.precision),
                        view.name(planned.by) if planned.by is not None else "–",
                        str(planned.announced_on or "–"),
                        on_whose_word(view, planned.claim),
                    )
                    for planned in held.round.planned
                ),
                *((((f"opened {held.round.opened}"), "", "", ""),) if held.round.opened is not None else ()),
                *((((f"closed {held.round.closed}"), "", "", ""),) if held.round.closed is not None else ()),
            ),
            empty="The planned date is not known.",
        )
        for held in view.known.rounds.values()
    )
    return Section(title="Rounds: planned and actual dates", parts=parts)


def _day(start: date, end: date | None, precision: str) -> str:
    shown = str(start) if end is None else f"{start} to {end}"
    return shown if precision == "day" else f"{shown} ({precision})"


def _succession(view: View) -> Section:
    changes = Part(
        title="Changes of actors",
        columns=("when", "what", "from", "to", "on whose word"),
        rows=tuple(
            (
                str(held.change.when or "–"),
                held.change.kind.value,
                listed(view.name(actor) for actor in held.change.sources),
                listed(view.name(actor) for actor in held.change.targets),
                listed(on_whose_word(view, claim) for claim in held.change.claims),
            )
            for held in view.known.changes.values()
        ),
        empty="No changes of actors, as far as this seat knows.",
    )
    owed_now = Part(
        title="What successors may owe: not clear until they speak themselves",
        columns=("commitment", "was owed by", "successor", "state"),
        rows=tuple(
            (row.commitment.commitment.what, view.name(row.predecessor), view.name(row.successor), row.state)
            for row in successions(view.known)
        ),
        empty="No commitments of a changed actor.",
    )
    return Section(title="Succession", parts=(changes, owed_now))


def _contradictions(view: View) -> Section:
    asked = {slug: (question, said) for slug, question, said in view.known.header.questions}
    parts = []
    for found in contradictions(view.known):
        question, said = asked.get(found.question or "", (f"{view.name(found.about)}: {found.aspect}", ""))
        parts.append(
            Part(
                title=f"{found.question}: {question}" if found.question is not None else question,
                columns=CLAIM_COLUMNS,
                rows=tuple(claim_row(view, claim) for claim in found.claims),
                note=said,
            )
        )
    return Section(
        title="Contradictions, kept side by side", parts=tuple(parts), empty="No claims contradict each other."
    )

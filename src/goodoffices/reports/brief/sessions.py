"""The sections on the agenda, on sessions and on what was told: issues and positions, formats and dates, relays."""

from __future__ import annotations

from collections.abc import Iterable

from goodoffices.reports.brief.contested_questions import reported_part
from goodoffices.reports.brief.people import OWN_ACT
from goodoffices.reports.messages.labels import WORDS
from goodoffices.reports.provenance import on_whose_word
from goodoffices.reports.seat_names import seat_name
from goodoffices.reports.tables import Part, Section, capital, listed
from goodoffices.talks.base.enums import Role
from goodoffices.talks.base.states import ItemCame
from goodoffices.talks.claims.as_of import act_time
from goodoffices.talks.model.agenda import AgendaIssue
from goodoffices.talks.model.rounds import PlannedDate
from goodoffices.talks.state.contact_rules import FormatBasis, format_basis
from goodoffices.talks.state.known_claims import KnownClaim
from goodoffices.talks.state.known_exchange import KnownItem
from goodoffices.talks.state.known_meetings import KnownRound, KnownSession
from goodoffices.talks.state.view import View

_STAFF = {Role.SECRETARIAT, Role.ANALYST, Role.AUDITOR, Role.CONTROL}


def agenda_section(view: View, reported: Iterable[KnownClaim]) -> Section:
    """Return the issues with their options, and the positions that actors have stated on them."""
    issues = tuple(
        (
            f"{'~ ' if issue.is_invented else ''}{issue.question[0].text}",
            listed(option_name(issue, option.slug) for option in issue.options),
            basket.title,
        )
        for basket in view.known.agenda
        for issue in basket.issues
    )
    by_slug = {issue.slug: issue for basket in view.known.agenda for issue in basket.issues}
    positions = tuple(
        (
            act_time(view, said.at),
            capital(view.name(said.actor)),
            by_slug[said.issue].question[0].text if said.issue in by_slug else said.issue,
            "–" if said.option is None or said.issue not in by_slug else option_name(by_slug[said.issue], said.option),
            "–" if said.words is None else view.text(said.words) or "the words are destroyed",
        )
        for said in view.known.positions
    )
    parts = (
        Part(title="Issues and options", columns=("issue", "options", "basket"), rows=issues),
        Part(
            title="Positions stated in this record, each its own word",
            columns=("when", "who", "issue", "option", "words"),
            rows=positions,
        ),
        reported_part(view, reported),
    )
    return Section(
        name="agenda", title="The agenda and stated positions", holds="issues, options, stated positions", parts=parts
    )


def option_name(issue: AgendaIssue, slug: str) -> str:
    """Return the name of an option of an issue; without a name, its slug in words."""
    named = next((option for option in issue.options if option.slug == slug), None)
    return named.names[0].text if named is not None and named.names else capital(slug.replace("-", " "))


def sessions_section(view: View, reported: Iterable[KnownClaim], as_of: str) -> Section:
    """Return the sessions and rounds, planned and held, and in which format each pair meets ``as_of`` a moment."""
    sessions = Part(
        title="Sessions",
        columns=("session", "begins", "state", "format", "pairs that differ", "taking part", "on whose word"),
        rows=tuple(_session(view, held) for held in view.known.sessions.values()),
        note="The state is that of this record: whether the session was opened here.",
    )
    return Section(
        name="sessions",
        title="Sessions and rounds",
        holds="planned and held, with format and on whose word",
        parts=(sessions, _rounds(view), _hosts(view), _formats(view, as_of), reported_part(view, reported)),
    )


def _session(view: View, held: KnownSession) -> tuple[str, ...]:
    word = OWN_ACT if held.claim is None and not held.is_invented else on_whose_word(view, held.claim)
    return (
        f"{'~ ' if held.is_invented else ''}{held.title}{f', {held.room}' if held.room else ''}",
        _times(view, held),
        WORDS["session"][held.state.value],
        WORDS["format"][held.format.value],
        listed(
            f"{capital(view.name(p.first))} and {view.name(p.second)}: {WORDS['format'][p.format.value]}"
            f" ({on_whose_word(view, p.claim)})"
            for p in held.pairs
        ),
        listed(capital(seat_name(view, seat)) for seat in held.participants),
        "a plan of this exercise" if held.is_invented and held.claim is None else word,
    )


def _times(view: View, held: KnownSession) -> str:
    """Return when a session begins, and when it ends if that is said."""
    if held.starts_at is None:
        return "not said"
    ends = "" if held.ends_at is None else f", to end {view.time(held.ends_at)}"
    return f"{view.time(held.starts_at)}{ends}"


def _rounds(view: View) -> Part:
    rows = [row for held in view.known.rounds.values() for row in _dates(view, held)]
    return Part(
        title="Rounds: every planned date, and the actual ones",
        columns=("round", "date", "said by", "announced", "on whose word"),
        rows=tuple(rows),
    )


def _hosts(view: View) -> Part:
    """Return where each round is held, who gave the place and who called it; nobody's word is given for these."""
    plans = [held.round for held in view.known.rounds.values()]
    rows = tuple(
        (
            plan.title,
            plan.place or "not said",
            "not said" if plan.host is None else capital(view.name(plan.host)),
            listed(capital(view.name(actor)) for actor in plan.sponsors) if plan.sponsors else "not said",
        )
        for plan in plans
        if plan.place or plan.host is not None or plan.sponsors
    )
    return Part(
        title="Where each round is held, and who called it",
        columns=("round", "place", "host", "called by"),
        rows=rows,
        note="From the description of these talks; nobody’s word is given. Roles as claimed stand with the roles."
        if rows
        else "",
    )


def _dates(view: View, held: KnownRound) -> list[tuple[str, ...]]:
    plan = held.round
    rows: list[tuple[str, ...]] = [
        (
            plan.title,
            f"planned for {day_range(planned)}",
            "not said" if planned.by is None else capital(view.name(planned.by)),
            str(planned.announced_on or "not said"),
            on_whose_word(view, planned.claim),
        )
        for planned in plan.planned
    ]
    for what, day, claim in (("opened", plan.opened, plan.opened_claim), ("closed", plan.closed, plan.closed_claim)):
        if day is not None:
            rows.append((plan.title, f"{what} {day}", "–", "–", on_whose_word(view, claim)))
    return rows or [(plan.title, "no date is known", "–", "–", "–")]


def day_range(planned: PlannedDate) -> str:
    """Return a planned date in words, with how exact it is meant."""
    shown = str(planned.start) if planned.end is None else f"{planned.start} to {planned.end}"
    exact = {"day": "", "about": "about ", "part-of-month": "some time in ", "month": "in the month of "}
    return f"{exact.get(planned.precision, '')}{shown}"


def _formats(view: View, as_of: str) -> Part:
    """Return the format of each pair for which somebody has said it, and in one row that of all others."""
    seats = [slug for slug, seat in view.known.seats.items() if not seat.closed and not set(seat.roles) <= _STAFF]
    rows, n_default = [], 0
    for n, x in enumerate(seats):
        for y in seats[n + 1 :]:
            basis = format_basis(view.known, x, y)
            if basis.is_default:
                n_default += 1
            else:
                rows.append(_pair(view, x, y, basis))
    if n_default:
        which = "every other pair" if rows else "every pair"
        form = WORDS["format"][view.known.header.default_format.value]
        rows.append((f"{which} ({n_default})", form, "default of the talks file, nobody’s word"))
    return Part(title=f"Format of each pair, {as_of}", columns=("pair", "format", "on whose word"), rows=tuple(rows))


def _pair(view: View, x: str, y: str, basis: FormatBasis) -> tuple[str, ...]:
    word = on_whose_word(view, basis.claim) if basis.claim is not None else basis.ground
    return (f"{capital(view.name(x))} and {view.name(y)}", WORDS["format"][basis.format.value], word)


def told_section(view: View) -> Section:
    """Return what was told to this seat, and what it told or had told."""
    told = Part(
        title="Told to this seat",
        columns=("when", "by", "in which form", "origin", "words"),
        rows=tuple(
            (
                act_time(view, item.at),
                "–" if item.teller is None else capital(view.name(item.teller)),
                "–" if item.form is None else WORDS["form"][item.form.value],
                "not stated" if item.originator is None else capital(view.name(item.originator)),
                listed(view.text(body) or "the words are destroyed" for body in item.words),
            )
            for item in view.known.items.values()
            if item.came == ItemCame.TOLD
        ),
    )
    held = Part(
        title="Papers handed to this seat",
        columns=("when", "from", "words", "state"),
        rows=tuple(
            (
                act_time(view, item.at),
                "not stated" if item.originator is None else capital(view.name(item.originator)),
                listed(view.text(body) or "the words are destroyed" for body in item.words),
                _state_of(item),
            )
            for item in view.known.items.values()
            if item.came == ItemCame.HANDED
        ),
    )
    telling = Part(
        title="Told by this seat, or from its papers",
        columns=("when", "by", "to", "in which form", "words"),
        rows=tuple(
            (
                act_time(view, one.at),
                capital(view.name(one.by)),
                capital(view.name(one.to)),
                WORDS["form"][one.form.value],
                view.text(one.words) or "–",
            )
            for one in view.known.tellings.values()
        ),
    )
    return Section(
        name="told",
        title="What was told to whom",
        holds="what was handed and told to you and by you, with form and time",
        parts=(told, held, telling),
    )


def _state_of(item: KnownItem) -> str:
    if item.ended is not None:
        return WORDS["ended"][item.ended.value]
    return "may be told as cleared" if item.clearances else "nothing is cleared yet"

"""The section on the cease-fire: the terms in each copy, and the ledgers, each with its own figures."""

from __future__ import annotations

from collections.abc import Iterable

from goodoffices.reports.brief.contested_questions import reported_part
from goodoffices.reports.provenance import on_whose_word, on_whose_words
from goodoffices.reports.tables import Part, Section, and_listed, capital, listed
from goodoffices.talks.base.local_time import time_text
from goodoffices.talks.ceasefire.queries import LedgerTotals, ledger_totals
from goodoffices.talks.model.ceasefire import CeasefireTerms, DayReport, InForce
from goodoffices.talks.state.known_ceasefire import KnownLedger
from goodoffices.talks.state.known_claims import KnownClaim
from goodoffices.talks.state.view import View


def ledgers_section(view: View, reported: Iterable[KnownClaim]) -> Section:
    """Return the section on the cease-fire: terms per copy, each ledger's own totals, and its days."""
    held = [ledger for ledger in view.known.ledgers.values() if len(ledger.days)]
    totals = [ledger_totals(ledger) for ledger in held]
    figures = (_totals(view, totals), _areas(view, totals), _checks(view, totals), _days(view, held)) if held else ()
    many = "; each by itself" if len(held) > 1 else ""
    return Section(
        name="cease-fire",
        title="The cease-fire: the terms in each copy, and what is alleged",
        holds=f"what it covers; {'each ledger' if len(held) > 1 else 'the ledger'}, day by day{many}"
        if held
        else "what it covers, since when",
        parts=(_terms(view), *figures, reported_part(view, reported)),
    )


def _terms(view: View) -> Part:
    return Part(
        title="Terms, as each copy is reported to have them",
        columns=("copy", "in force since", "covered", "excluded", "what it says, in our summary", "on whose word"),
        rows=tuple(
            (
                capital(held.terms.title),
                listed(in_force_text(view, entry) for entry in held.terms.in_force)
                if held.terms.in_force
                else "not reported to stand in it",
                _covered(view, held.terms),
                listed(capital(view.name(actor)) for actor in held.terms.excluded),
                listed(held.terms.summary),
                on_whose_words(view, held.terms.claims),
            )
            for held in view.known.terms.values()
        ),
    )


def _covered(view: View, terms: CeasefireTerms) -> str:
    """Return who is covered and where, as far as a copy is reported to say it."""
    who = listed(capital(view.name(actor)) for actor in terms.covered) if terms.covered else "who is not said"
    return f"{who}, in {and_listed([_area(view, area) for area in terms.areas])}" if terms.areas else who


def in_force_text(view: View, entry: InForce) -> str:
    """Return since when a cease-fire is in force: the words and clock of the text, then the clock of the talks."""
    said = f"“{entry.words}”: " if entry.words else ""
    own = f"{said}{time_text(entry.instant, entry.zone)}"
    here = "" if entry.zone == view.zone else f", which is {view.time(entry.instant)}"
    until = "" if entry.until is None else f", until {view.time(entry.until)}"
    where = f", in {and_listed([_area(view, area) for area in entry.areas])} only" if entry.areas else ""
    return f"{own}{here}{until}{where}, says {on_whose_word(view, entry.claim)}"


_SIDE_BY_SIDE = "Each ledger has its own figures. They stand side by side and are not added or averaged."


def _name(view: View, totals: LedgerTotals) -> str:
    return f"ledger of {view.name(totals.keeper)}"


def _totals(view: View, totals: list[LedgerTotals]) -> Part:
    many = len(totals) > 1
    kept = {held.ledger.slug: held.ledger for held in view.known.ledgers.values()}
    mine = [kept.get(t.ledger) for t in totals]
    return Part(
        title="Each ledger’s own totals of allegations" if many else "Totals of allegations",
        columns=("", *(_name(view, t) for t in totals)),
        rows=(
            ("kind of keeper", *(_plain_word("" if one is None else one.kind) for one in mine)),
            ("when it reports", *(_plain_word("" if one is None else one.reports) for one in mine)),
            ("bulletin days", *(f"{t.days:,}" for t in totals)),
            ("allegations", *(f"{t.total:,}" for t in totals)),
            ("of them not placed", *(f"{t.not_placed:,}" for t in totals)),
            ("days stated as none", *(f"{t.days_none:,}" for t in totals)),
        ),
        note=_SIDE_BY_SIDE if many else "",
    )


def _plain_word(word: str) -> str:
    return word.replace("-", " ") if word not in ("", "unknown") else "not said"


def _areas(view: View, totals: list[LedgerTotals]) -> Part:
    areas = sorted({area for t in totals for area, _ in t.by_area})
    rows = [
        (_area(view, area), *(f"{dict(t.by_area)[area]:,}" if area in dict(t.by_area) else "–" for t in totals))
        for area in areas
    ]
    return Part(
        title="By area, as each ledger places them" if len(totals) > 1 else "By area",
        columns=("area", *(_name(view, t) for t in totals)),
        rows=tuple(rows),
        note="A dash means that the ledger does not mention this place. It does not mean zero."
        if any("–" in row for row in rows)
        else "",
    )


def _area(view: View, slug: str) -> str:
    named = view.known.areas.get(slug)
    return capital(slug.replace("-", " ") if named is None else named.names[0].text)


def _checks(view: View, totals: list[LedgerTotals]) -> Part:
    """Return what another keeper said of each ledger's allegations; without rows where there is only one keeper."""
    others = len({t.keeper for t in totals}) > 1 or any(t.days_checked for t in totals)
    return Part(
        title="What another keeper said of a ledger’s allegations",
        columns=("ledger", "days with a stated check", "allegations on them", "confirmed", "explained", "neither"),
        rows=tuple(
            (
                capital(_name(view, t)),
                str(t.days_checked),
                f"{t.checked:,}" if t.days_checked else "–",
                f"{t.confirmed:,}" if t.days_checked else "not stated",
                f"{t.explained:,}" if t.days_checked else "not stated",
                _neither(t),
            )
            for t in totals
        )
        if others
        else (),
    )


def _neither(t: LedgerTotals) -> str:
    """Return of how many allegations the other keeper said neither; never less than none."""
    if not t.days_checked:
        return "not stated"
    rest = t.checked - t.confirmed - t.explained
    return f"{rest:,}" if rest >= 0 else "the figures contradict each other"


def _days(view: View, held: list[KnownLedger]) -> Part:
    by_day = [{day.day: day for day in ledger.days} for ledger in held]
    days = sorted({day for one in by_day for day in one})
    return Part(
        title="Day by day",
        columns=("day", *(f"ledger of {view.name(ledger.ledger.keeper)}" for ledger in held)),
        rows=tuple((str(day), *(_day(view, one.get(day)) for one in by_day)) for day in days),
    )


def _day(view: View, report: DayReport | None) -> str:
    if report is None:
        return "no report"
    covers = f"; covers {report.n_days:,} days" if report.n_days > 1 else ""
    note = f"; {report.note.rstrip('.')}" if report.note else ""
    source = f"{covers}{note}" + (f" [{report.source}]" if report.source else "")
    total = report.figure
    if not total:
        return f"{'no figure' if total is None else 'stated as none'}{source}"
    placed = ", ".join(f"{_area(view, area) if area else 'not placed'} {count:,}" for area, count in report.counts)
    checked = "" if report.confirmed is None else f"; another keeper confirmed {report.confirmed:,}"
    explained = "" if report.explained is None else f", explained {report.explained:,}"
    inside = f" ({placed}{checked}{explained})" if placed else f"{checked}{explained}"
    return f"{total:,}{inside}{source}"

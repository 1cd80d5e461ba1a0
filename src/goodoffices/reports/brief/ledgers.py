"""The ledgers of a brief, side by side: a figure is always one ledger's, and no two are added."""

from __future__ import annotations

from goodoffices.reports.tables import Part, Section, listed
from goodoffices.talks.ceasefire.queries import LedgerTotals, ledger_totals
from goodoffices.talks.model.ceasefire import DayReport
from goodoffices.talks.state.known_ceasefire import KnownLedger
from goodoffices.talks.state.view import View


def ledgers_section(view: View) -> Section:
    """Return the section on the cease-fire: terms per copy, each ledger's own totals, and the days side by side."""
    held = list(view.known.ledgers.values())
    totals = [ledger_totals(ledger) for ledger in held]
    return Section(
        title="The cease-fire: the terms in each copy, and the ledgers side by side",
        parts=(
            _terms(view),
            *((_totals(view, totals), _areas(view, totals), _checks(view, totals), _days(view, held)) if held else ()),
        ),
    )


def _terms(view: View) -> Part:
    return Part(
        title="Terms, as each copy has them",
        columns=("copy", "in force since", "excluded", "what it says"),
        rows=tuple(
            (
                held.terms.title,
                listed(f"{f.instant:%Y-%m-%d %H:%M} UTC ({f.zone})" for f in held.terms.in_force),
                listed(view.name(actor) for actor in held.terms.excluded),
                listed(held.terms.summary),
            )
            for held in view.known.terms.values()
        ),
        empty="No terms yet. A mediator or an analyst enters what a copy says.",
    )


_SIDE_BY_SIDE = "Each ledger has its own figures. They stand side by side and are not added or averaged."


def _name(view: View, totals: LedgerTotals) -> str:
    return f"ledger of {view.name(totals.keeper)}"


def _totals(view: View, totals: list[LedgerTotals]) -> Part:
    return Part(
        title="Each ledger's own totals of allegations",
        columns=("", *(_name(view, t) for t in totals)),
        rows=(
            ("bulletin days", *(str(t.days) for t in totals)),
            ("allegations", *(str(t.total) for t in totals)),
            ("of them not placed", *(str(t.not_placed) for t in totals)),
            ("days stated as none", *(str(t.days_none) for t in totals)),
        ),
        note=_SIDE_BY_SIDE if len(totals) > 1 else "",
    )


def _areas(view: View, totals: list[LedgerTotals]) -> Part:
    areas = sorted({area for t in totals for area, _ in t.by_area})
    rows = []
    for area in areas:
        named = view.known.areas.get(area)
        label = area if named is None else named.names[0].text
        rows.append((label, *(str(dict(t.by_area).get(area, "–")) for t in totals)))
    return Part(
        title="By area, as each ledger places them",
        columns=("area", *(_name(view, t) for t in totals)),
        rows=tuple(rows),
        empty="No figures by area yet.",
        note="A dash means that the ledger does not mention this place. It does not mean zero.",
    )


def _checks(view: View, totals: list[LedgerTotals]) -> Part:
    return Part(
        title="What the other keeper said of each ledger's allegations",
        columns=("ledger", "days with a stated check", "allegations on them", "confirmed", "explained", "neither"),
        rows=tuple(
            (
                _name(view, t),
                str(t.days_checked),
                str(t.checked) if t.days_checked else "–",
                str(t.confirmed) if t.days_checked else "not stated",
                str(t.explained) if t.days_checked else "not stated",
                str(t.checked - t.confirmed - t.explained) if t.days_checked else "not stated",
            )
            for t in totals
        ),
    )


def _days(view: View, held: list[KnownLedger]) -> Part:
    by_day = [{day.day: day for day in ledger.days} for ledger in held]
    days = sorted({day for one in by_day for day in one})
    return Part(
        title="Day by day",
        columns=("day", *(f"ledger of {view.name(ledger.ledger.keeper)}" for ledger in held)),
        rows=tuple((str(day), *(_day(one.get(day)) for one in by_day)) for day in days),
        empty="No days reported yet.",
    )


def _day(report: DayReport | None) -> str:
    if report is None:
        return "no report"
    total = report.total if report.total is not None else sum(count for _, count in report.counts)
    if total == 0:
        return "stated as none"
    placed = ", ".join(f"{area or 'not placed'} {count}" for area, count in report.counts)
    checked = "" if report.confirmed is None else f"; the other confirmed {report.confirmed}"
    explained = "" if report.explained is None else f", explained {report.explained}"
    return f"{total} ({placed}{checked}{explained})" if placed else f"{total}{checked}{explained}"

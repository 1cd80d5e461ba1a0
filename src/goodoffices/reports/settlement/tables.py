"""The tables behind what could be agreed: issues and options by their names, every share with its interval."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from goodoffices.bargain import Bargain
from goodoffices.reports.settlement.answer import SettlementAnswer, place_of, shown_settlement
from goodoffices.reports.settlement.certainty import chance
from goodoffices.reports.settlement.consent_rules import Consent
from goodoffices.reports.settlement.summary import (
    NOT_IN_TIME,
    NOT_LOOKED_FOR,
    NOT_NEEDED,
    OWN_POINTS,
    in_order,
    many,
    opening_words,
    short,
)
from goodoffices.reports.tables import Part
from goodoffices.text_tables import figure

Settlement = tuple[int, ...]

_MOST_ROWS = 40
_MOST_LIKELY = 10
_MOST_GROUPS = 8
_MOST_TIES, _MOST_QUESTIONS = 3, 5


def answer_parts(answer: SettlementAnswer, solutions: tuple[str, ...], *, with_frontier: bool) -> tuple[Part, ...]:
    """Return the tables of the whole answer."""
    shown = tuple(name for name in solutions if name in answer.solutions) or (answer.scope.base,)
    parts = [*chosen_part(answer), *_solutions(answer, shown), *_worth(answer), *_options(answer)]
    if answer.unblocking is not None:
        parts.append(opening_part(answer))
    if with_frontier:
        parts.append(_frontier(answer))
    return (*parts, *consent_part(answer), _assumptions(answer))


def consent_part(answer: SettlementAnswer) -> tuple[Part, ...]:
    """Return, per decision rule that the talks name, whose consent is enough and how much is possible then."""
    if not answer.assessed.consents:
        return ()
    rows = tuple(_consent_row(answer.bargain, consent) for consent in answer.assessed.consents)
    note = "All else here is about what every party assessed could sign. Accepting: worth at least no agreement."
    columns = ("rule", "enough are", "settlements then possible", "named, not assessed (counted as not accepting)")
    return (
        Part(title="Whose consent is enough under the rules of these talks", columns=columns, rows=rows, note=note),
    )


def _consent_row(bargain: Bargain, consent: Consent) -> tuple[str, str, str, str]:
    from goodoffices.settlement.feasibility.zone import zone
    from goodoffices.settlement.problem.integer_form import minimal_coalitions

    unknown = "; ".join(consent.unknown) or "–"
    if consent.rule is None:
        return consent.title, "acceptance alone does not decide", "cannot tell", unknown
    groups = minimal_coalitions(consent.rule, len(bargain.parties))
    if not groups:
        return consent.title, "no set of those assessed", "0", unknown
    named = [", ".join(bargain.parties[party] for party in sorted(group)) or "nobody" for group in groups]
    more = f"; and {len(named) - _MOST_GROUPS} other sets" if len(named) > _MOST_GROUPS else ""
    found = zone(replace(bargain, rule=consent.rule))
    count = f"{found.count}" if found.is_exact else f"about {short(found.count, 3)}"
    return consent.title, "; or ".join(named[:_MOST_GROUPS]) + more, count, unknown


def chosen_part(answer: SettlementAnswer) -> tuple[Part, ...]:
    """Return the settlement that the answer is about, issue by issue; nothing if there is none."""
    settlement = shown_settlement(answer)
    if settlement is None:
        return ()
    bargain = answer.bargain
    opened = "The settlement that the smallest opening opens"
    rows = tuple(
        (one.name, one.options[settlement[issue]], _favourites(bargain, issue, settlement[issue]))
        for issue, one in enumerate(bargain.issues)
    )
    if not answer.best.picks:
        return (Part(title=opened, columns=("issue", "settled as", "first choice of"), rows=rows),)
    ties = sum(pick.ties for pick in answer.best.picks)
    tied = "" if ties == 1 else f" {ties} settlements tie; this is one of them."
    note = f"Chosen by: {answer.best.note.definition} ({answer.bargain.certainty(answer.best.status)}).{tied}"
    title = "The settlement chosen"
    return (Part(title=title, columns=("issue", "settled as", "first choice of"), rows=rows, note=note),)


def _favourites(bargain: Bargain, issue: int, option: int) -> str:
    table = bargain.worth[issue]
    names = [
        name
        for party, name in enumerate(bargain.parties)
        if table[option][party] == max(row[party] for row in table) > min(row[party] for row in table)
    ]
    return "; ".join(names) or "–"


def _solutions(answer: SettlementAnswer, names: tuple[str, ...]) -> list[Part]:
    """Return the bargaining solutions asked for: definition, value, and where each differs from the one shown."""
    from goodoffices.settlement.results import short

    if names == (answer.scope.base,):
        return []
    rows = []
    for name in names:
        found = answer.solutions[name]
        value = "–" if found.value is None else short(found.value)
        if found.status == "bounded" and found.bound is not None:
            value += f", at most {short(found.bound)}"
        base = shown_settlement(answer)
        where = "; or ".join(_differences(answer.bargain, pick.settlement, base) for pick in found.picks[:_MOST_TIES])
        if len(found.picks) > _MOST_TIES:
            where += f"; and {len(found.picks) - _MOST_TIES} others as good"
        rows.append(
            (
                name.replace("_", "-"),
                answer.bargain.certainty(found.status),
                value,
                where or found.reason,
                found.note.definition,
            )
        )
    columns = ("solution", "status", "value", "differs from the settlement above in", "definition")
    return [Part(title="Best in which sense", columns=columns, rows=tuple(rows))]


def _differences(bargain: Bargain, settlement: Settlement, base: Settlement | None) -> str:
    differing = [
        f"{one.name} {one.options[option]}"
        for issue, (one, option) in enumerate(zip(bargain.issues, settlement, strict=True))
        if base is None or base[issue] != option
    ]
    return "; ".join(differing) or "nothing"


def _worth(answer: SettlementAnswer) -> list[Part]:
    settlement = shown_settlement(answer)
    if settlement is None:
        return []
    bargain, at, found = answer.bargain, place_of(answer, settlement), answer.robust
    rows = []
    for party, worth in enumerate(bargain.worth_of(settlement)):
        least = bargain.reservation_value[party]
        accepts = "–" if at is None or found is None else chance(float(found.by_party[at, party]), found.worlds)
        given = _given(bargain, settlement, party)
        name = bargain.parties[party]
        gain = f"{'+' if worth > least else ''}{figure(worth - Fraction(least))}"
        rows.append((name, figure(least), figure(worth), gain, accepts, given))
    columns = ("party", "no agreement", "this", "gain", "accepts in (95 % interval)", "loses most on")
    note = "Each party's points are its own: compare them within a row, never between rows."
    return [Part(title="What it is worth to each", columns=columns, rows=tuple(rows), note=note)]


def _given(bargain: Bargain, settlement: Settlement, party: int) -> str:
    """Return the issue on which a party gives most, measured from its own best option there."""
    losses = [
        (max(row[party] for row in table) - table[settlement[issue]][party], issue)
        for issue, table in enumerate(bargain.worth)
    ]
    most = max(loss for loss, _ in losses)
    if most == 0:
        return "nothing"
    return "; ".join(f"{bargain.issues[issue].name} (−{figure(loss)})" for loss, issue in losses if loss == most)


def _options(answer: SettlementAnswer) -> list[Part]:
    """Return how many possible settlements contain each option: what is open, narrow and closed."""
    if not answer.counts or answer.zone is None:
        return []
    bargain, rows = answer.bargain, []
    for issue, one in enumerate(bargain.issues):
        for option, name in enumerate(one.options):
            n = answer.counts[issue][option]
            share = n / answer.zone.count if answer.zone.count else 0.0
            holders = [
                p for p, pairs in zip(bargain.parties, bargain.red_lines, strict=True) if (issue, option) in pairs
            ]
            closed = f"red line of {' and '.join(holders)}" if holders else "in none" if n == 0 else ""
            rows.append((one.name if option == 0 else "", name, many(n), f"{share:.0%}", closed))
    note = "" if answer.zone.is_exact else "Counts are estimates from random settlements."
    return [
        Part(
            title="Options of each issue, and in how much of what all could sign each one is",
            columns=("issue", "option", "settlements", "share", "closed by"),
            rows=tuple(rows),
            note=note,
        )
    ]


def opening_part(answer: SettlementAnswer) -> Part:
    """Return the smallest openings, and what each would let all sign."""
    found = answer.unblocking
    if found is None or not found.openings:
        empty = NOT_NEEDED if answer.best.picks else NOT_LOOKED_FOR
        if found is not None and not answer.best.picks:
            empty = NOT_IN_TIME
        return Part(title="Smallest openings", columns=(), rows=(), empty=empty)
    base = shown_settlement(answer)
    rows = tuple(
        (str(n), opening_words(answer.bargain, opening), _differences(answer.bargain, opening.settlement, base))
        for n, opening in enumerate(in_order(found)[:_MOST_ROWS], start=1)
    )
    hidden = len(found.openings) - _MOST_ROWS
    note = "These are all." if found.is_complete else "There may be more."
    note = f"{hidden} more are not shown. {note}" if hidden > 0 else note
    apart = len(found.without_red_lines)
    note += f" {apart} of {len(found.openings)} touch no red line and no constraint. {OWN_POINTS}"
    columns = ("no.", "what changes", "opens the settlement above, but with")
    title = "Smallest openings: none asks less of one without asking more of another"
    return Part(title=title, columns=columns, rows=rows, note=note)


def robust_parts(answer: SettlementAnswer) -> tuple[Part, ...]:
    """Return the likeliest settlements and what to find out next."""
    found = answer.robust
    if found is None:
        return (Part(title="How sure", columns=(), rows=(), empty="The assessments state every figure as certain."),)
    base = found.settlement(0)
    first = tuple((one.name, one.options[base[issue]]) for issue, one in enumerate(answer.bargain.issues))
    rows = tuple(
        (
            str(at + 1),
            chance(float(found.probability[at]), found.worlds),
            found.refuser(at),
            "–" if at == 0 else _differences(answer.bargain, found.settlement(at), base),
        )
        for at in range(min(_MOST_LIKELY, found.choices.shape[0]))
    )
    questions = tuple(
        (one.words, f"{one.yes:.0%}", f"{one.decides:.0%}", f"{100 * one.value:.1f} points")
        for one in found.questions[:_MOST_QUESTIONS]
    )
    rest = len(found.questions) - _MOST_QUESTIONS
    looked = f"{found.choices.shape[0]:,} settlements looked at, {found.worlds:,} worlds, seed {found.note.seed}."
    return (
        Part(title="The likeliest settlement", columns=("issue", "settled as"), rows=first, note=looked),
        Part(
            title="How likely all accept",
            columns=("no.", "all accept in (95 % interval)", "most likely to refuse", "differs from no. 1 in"),
            rows=rows,
            note=found.note.definition,
        ),
        Part(
            title="What to find out next",
            columns=("question", "yes in", "changes which is likeliest in", "raises the probability by"),
            rows=questions,
            note=f"{rest} more questions matter less." if rest > 0 else "",
            empty="Nothing that is open would change which settlement is likeliest.",
        ),
    )


def _frontier(answer: SettlementAnswer) -> Part:
    bargain, points = answer.bargain, answer.points
    base = shown_settlement(answer)
    rows = tuple(
        (
            str(at + 1),
            *(figure(worth) for worth in points.worth[at].tolist()),
            _differences(bargain, points.settlement(at), base),
        )
        for at in range(min(len(points), _MOST_ROWS))
    )
    more = f" {len(points) - _MOST_ROWS} more; --json prints all." if len(points) > _MOST_ROWS else ""
    more += "".join(f" Note: {line}." for line in points.note.warnings if line not in bargain.assumptions)
    return Part(
        title=f"The frontier: {len(points)} outcomes ({bargain.certainty(points.status)})",
        columns=("no.", *bargain.parties, "differs from the settlement above in"),
        rows=rows,
        empty="Nothing is possible, or the frontier is too large to list.",
        note=f"{points.note.definition}.{more}",
    )


def _assumptions(answer: SettlementAnswer) -> Part:
    rows = tuple((line,) for line in answer.bargain.assumptions)
    how = [answer.best.note.method, str(answer.best.note.arithmetic)]
    how += [] if answer.zone is None else [answer.zone.note.method]
    note = f"Method, for specialists: {'; '.join(how)}."
    return Part(title="What was assumed", columns=("assumption",), rows=rows, note=note, empty="Nothing.")

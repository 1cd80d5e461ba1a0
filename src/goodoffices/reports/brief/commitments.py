"""The section on commitments: what was due, what happened, on whose word, on which condition, and what is open."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from goodoffices.reports.brief.contested_questions import reported_part
from goodoffices.reports.brief.people import OWN_ACT, is_act
from goodoffices.reports.messages.labels import WORDS
from goodoffices.reports.provenance import claim_of, on_whose_word, on_whose_words
from goodoffices.reports.tables import Part, Section, and_listed, capital, listed
from goodoffices.talks.base.local_time import local_day
from goodoffices.talks.claims.as_of import act_time
from goodoffices.talks.claims.known_dates import dates_in_force
from goodoffices.talks.commitments.outcomes import DONE, Happening, Outcome, outcome
from goodoffices.talks.commitments.queries import condition_and_due, owed, successions
from goodoffices.talks.model.obligations import Commitment, DueDate
from goodoffices.talks.state.known_claims import KnownClaim
from goodoffices.talks.state.known_commitments import KnownCommitment, KnownReport
from goodoffices.talks.state.view import View

_STANDING = {
    "undertaken": "Promised by",
    "attributed, not undertaken": "Others say that it was promised by",
    "unclear": "Not clear whether it is owed, after a change of actors, by",
}
"""On whose word somebody owes something."""


def commitments_section(view: View, reported: Iterable[KnownClaim], today: date) -> Section:
    """Return what is owed: due dates, what is said to have happened by ``today``, and what successors may owe."""
    parts = (
        Part(
            title=f"What was due, what happened, what is open on {today}",
            columns=("what, and who owes it", "on whose word", "due, as each author set it", "what happened", "open"),
            rows=tuple(_row(view, held, today) for held in view.known.commitments.values()),
            note="That something is said to be done does not show that it was done.",
        ),
        Part(
            title="What successors may owe: not clear until they speak themselves",
            columns=("commitment", "was owed by", "successor", "state"),
            rows=tuple(
                (
                    row.commitment.commitment.what,
                    capital(view.name(row.predecessor)),
                    capital(view.name(row.successor)),
                    row.state,
                )
                for row in successions(view.known)
            ),
        ),
        reported_part(view, reported),
    )
    return Section(
        name="commitments",
        title="Commitments",
        holds="what was due, what happened, who says so, what is open",
        parts=parts,
    )


def _row(view: View, held: KnownCommitment, today: date) -> tuple[str, ...]:
    plan = held.commitment
    only_if, _ = condition_and_due(plan)
    condition = f" Condition: {only_if.rstrip('.')}." if only_if else ""
    return (
        f"{plan.what.rstrip('.')}. {_who(view, held)}{condition} {stands_in_text(view, plan)}".rstrip(),
        OWN_ACT if is_act(view, held.at) else on_whose_words(view, plan.claims),
        due_texts(view, held),
        happened_text(view, held),
        open_text(view, held, today),
    )


def stands_in_text(view: View, plan: Commitment) -> str:
    """Return in which text a commitment stands, and to which round it is carried."""
    texts = {named.slug: named.title for named in view.known.header.texts}
    rounds = {held.round.slug: held.round.title for held in view.known.rounds.values()}
    said = [] if plan.text is None else [f"It stands in: {texts.get(plan.text, plan.text)}."]
    return " ".join(said if plan.round is None else [*said, f"Carried to: {rounds.get(plan.round, plan.round)}."])


def _who(view: View, held: KnownCommitment) -> str:
    """Return who owes a commitment, in sentences by how it binds them."""
    by_standing: dict[str, list[str]] = {}
    for row in owed(view.known):
        if row.commitment.handle == held.handle:
            by_standing.setdefault(row.standing, []).append(view.name(row.obligor))
    return " ".join(f"{_STANDING[standing]}: {and_listed(names)}." for standing, names in by_standing.items())


def due_texts(view: View, held: KnownCommitment) -> str:
    """Return every date that was set, each with its author; those that another has replaced say so."""
    holds = dates_in_force(held.commitment.due, held.moved_to)
    said = [f"{due_text(view, due)}{'' if due in holds else ' (replaced)'}" for due in held.commitment.due]
    _, words = condition_and_due(held.commitment)
    return listed(said) if said else (words or "no date is known")


def due_text(view: View, due: DueDate) -> str:
    """Return a due date with who set it, when that was announced, and on whose word."""
    when = view.time(due.due) if isinstance(due.due, datetime) else str(due.due)
    held = claim_of(view, due.claim)
    by = f"set by {view.name(due.by)}" if due.by is not None else ("" if held is not None else "who set it is not said")
    announced = "" if due.announced_on is None else f"announced {due.announced_on}"
    word = "" if held is None else f"says {on_whose_word(view, due.claim)}"
    return ", ".join(part for part in (when, by, announced, word) if part)


def happened_text(view: View, held: KnownCommitment) -> str:
    """Return what is said to have happened: by claims, and by reports of seats in this record."""
    came = outcome(view.known, held)
    said = [_happening_text(view, came, one) for one in came.happenings]
    if not came.happenings and came.claim is not None:
        said.append(f"{SAID[came.state]}: {on_whose_word(view, came.claim)}")
    said += [
        f"{capital(view.name(report.by))} reports: {WORDS['report'][report.state]}, {act_time(view, report.at)}"
        f"{_report_words(view, report)}"
        for report in held.reports
    ]
    return listed(said) if said else "nothing reported"


def _report_words(view: View, report: KnownReport) -> str:
    """Return the words of a report, if it has any."""
    if report.words is None:
        return ""
    words = view.text(report.words)
    return f": “{words}”" if words else ": the words are destroyed"


SAID = {
    "done": "said to be done",
    "done in part": "said to be done in part",
    "not done": "said not to be done",
    "contested": "contested whether it was done",
    "open": "reported",
}
"""What a state of a commitment is called where it is said when and by whom something happened."""


def _happening_text(view: View, came: Outcome, one: Happening) -> str:
    """Return what is said to have happened: the state, the day, the words, and on whose word."""
    day = "" if one.day is None else f" {one.day}"
    words = f"“{one.words}”, " if one.words else ""
    return f"{SAID[came.state_of(one)]}{day}: {words}{on_whose_word(view, one.claim)}"


def open_text(view: View, held: KnownCommitment, today: date) -> str:
    """Return what is open on a day: whether a date has passed without word, and whether the word is contested."""
    states = {report.state for report in held.reports}
    if len(states) > 1:
        return "contested: the reports differ"
    if "breached" in states:
        return "reported as breached"
    if "waived" in states:
        return "waived"
    came = outcome(view.known, held)
    if "met" in states or came.state == DONE:
        return _late(view, held.commitment, came) or SAID[DONE]
    if "partly" in states:
        return "open in part"
    if came.state in ("done in part", "contested"):
        return f"open: {SAID[came.state]}"
    return _open_by_date(view, held, came, today)


def _open_by_date(view: View, held: KnownCommitment, came: Outcome, today: date) -> str:
    """Return what is open by the dates in force, of something that nobody says is done, even in part."""
    dates = [_day(view, due) for due in dates_in_force(held.commitment.due, held.moved_to)]
    _, words = condition_and_due(held.commitment)
    if not dates and came.state == "not done":
        return "open: said not to be done"
    if not dates and words:
        return f"open, due {words}"
    if not dates:
        return "open, without a date"
    ahead = sorted({day for day in dates if day >= today})
    if ahead:
        return f"due {' or '.join(map(str, ahead))}"
    found = "it is said not to be done" if came.state == "not done" else "nobody has reported on it"
    found = "nobody has said that it was done" if came.state == "open" and came.happenings else found
    return f"open: the last date, {max(dates)}, has passed and {found}"


def passed_text(view: View, held: KnownCommitment) -> str:
    """Return what is known of something whose dates have passed. Silence is not said to be a failure."""
    reports = {report.state for report in held.reports}
    if len(reports) > 1:
        return "the reports differ"
    if reports & {"breached", "partly"}:
        return "reported as breached" if "breached" in reports else "reported as done in part"
    came = outcome(view.known, held)
    if came.state in ("not done", "done in part", "contested"):
        return SAID[came.state]
    return "nobody has said that it was done" if came.happenings else "nobody has reported on it"


def _late(view: View, plan: Commitment, came: Outcome) -> str:
    """Return how late something is said to have been done, by its first date."""
    done = [one.day for one in came.happenings if one.day is not None]
    if not plan.due or not done or came.state != DONE:
        return ""
    days = (min(done) - _day(view, plan.due[0])).days
    return "" if days <= 0 else f"said to be done, {days} {'day' if days == 1 else 'days'} after the first date"


def _day(view: View, due: DueDate) -> date:
    return local_day(due.due, view.zone) if isinstance(due.due, datetime) else due.due

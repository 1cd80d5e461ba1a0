"""What a seat sees assessed: in the talks file, and by seats during the talks (`Assess`), in one form."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from goodoffices.errors import ScenarioError, quoted
from goodoffices.phrases.phrase import Phrase, Several, quotations
from goodoffices.talks.base.enums import Role
from goodoffices.talks.claims.estimates import estimate_in, groups_in
from goodoffices.talks.model.agenda import AgendaIssue
from goodoffices.talks.model.assessments import Assessment, Estimate
from goodoffices.talks.state.known_claims import KnownAssessment
from goodoffices.talks.state.view import View

QUANTITIES = ("worth", "ranking", "red line", "reservation value", "salience")
"""What an act may assess that bears on what a party could sign."""

_EVERYWHERE = ("", "all")


def has_assessments(view: View) -> bool:
    """Say whether this seat sees assessments of what options are worth."""
    return bool(parties_assessed(view))


def parties_assessed(view: View) -> frozenset[str]:
    """Return the actors of whom this seat sees an assessment of what options are worth to them."""
    entered = (entry for entry in view.known.assessments if entry.quantity in QUANTITIES)
    said = {entry.party for entry in entered if entry.quantity != "salience"}
    return frozenset(said | {entry.party for entry in view.known.estimates if _says_something(entry)})


def parties_at_the_table(view: View) -> tuple[str, ...]:
    """Return the actors that hold a party's seat, as this seat knows them."""
    return tuple(dict.fromkeys(seat.actor for seat in view.known.seats.values() if Role.PARTY in seat.roles))


def parties_unassessed(view: View) -> tuple[str, ...]:
    """Return the parties at the table, as this seat knows them, of whom it sees nothing assessed that bears on signing.

    For talks on which nothing of the kind is assessed at all, none: there is no answer that would leave them out.
    """
    assessed = parties_assessed(view)
    return tuple(actor for actor in parties_at_the_table(view) if actor not in assessed) if assessed else ()


def left_out_words(view: View, issues: Iterable[AgendaIssue], language: str) -> tuple[str, ...]:
    """Return which parties, and which of the issues given, an answer says nothing of, since nothing is assessed."""
    asked = [next((name.text for name in issue.question if name.language == language), issue.slug) for issue in issues]
    names = [view.name(slug, language) for slug in parties_unassessed(view)]
    said = []
    if names:
        said.append(Phrase("Nothing is assessed of what {parties} could sign.", parties=Several(names, "and")))
    if asked:
        said.append(Phrase("Nothing is assessed of what anybody could sign on {issues}.", issues=quotations(asked)))
    return tuple(said)


def assessments_of(view: View) -> list[Assessment]:
    """Return what this seat sees assessed that bears on what a party could sign: the file's, then the talks' own."""
    return [entry for entry in (*view.known.estimates, *_entered(view)) if _says_something(entry)]


def _says_something(entry: Assessment) -> bool:
    """Say whether an assessment is about what a party could sign."""
    return bool(entry.worth or entry.ranking or entry.red_lines or entry.reservation_value is not None)


def _entered(view: View) -> list[Assessment]:
    """Return one assessment per party, issue and source, as far as the acts this seat may see bear on a settlement.

    The last word of a source on a quantity (of a worth or red line: on an option) holds. Salience alone says nothing of
    what a party could sign.

    Raises
    ------
    ScenarioError
        If a value cannot be read, or names an issue or option that is not on the agenda.
    """
    agenda = {issue.slug: issue for basket in view.known.agenda for issue in basket.issues}
    made: dict[tuple[str, str | None, str], Assessment] = {}
    for entry in view.known.assessments:
        if entry.quantity not in QUANTITIES:
            continue
        is_whole = entry.quantity == "reservation value"
        issue = None if is_whole else entry.issue
        if (is_whole and entry.issue not in _EVERYWHERE) or (not is_whole and entry.issue not in agenda):
            known = "'all'" if is_whole else ", ".join(agenda)
            gaps = {"quantity": Phrase(entry.quantity), "party": repr(entry.party), "issue": quoted(entry.issue)}
            raise ScenarioError(
                Phrase(
                    "a {quantity} of {party} is assessed on the issue {issue}; it can be assessed on: {known}",
                    known=known,
                    **gaps,
                )
            )
        key = entry.party, issue, entry.source
        before = made.get(key) or Assessment(party=entry.party, issue=issue, sources=(entry.source,))
        made[key] = _with(before, entry, None if issue is None else agenda[issue])
    return list(made.values())


def _with(before: Assessment, entry: KnownAssessment, issue: AgendaIssue | None) -> Assessment:
    if entry.quantity == "reservation value":
        return replace(before, reservation_value=_estimate(entry, entry.value))
    if entry.quantity == "salience":
        return replace(before, salience=_estimate(entry, entry.value))
    options = [] if issue is None else [option.slug for option in issue.options]
    if entry.quantity == "ranking":
        groups = groups_in(entry.value)
        named = _options(entry, [option for group in groups for option in group], options)
        if len(set(named)) < len(named):
            raise _unreadable(entry, Phrase("names an option twice; name each once"))
        return replace(before, ranking=groups)
    if entry.quantity == "red line":
        [line] = _options(entry, [entry.value.strip()], options)
        return replace(before, red_lines=tuple(dict.fromkeys((*before.red_lines, line))))
    option, _, value = entry.value.rpartition(":")
    [option] = _options(entry, [option.strip()], options)
    return replace(before, worth=tuple((dict(before.worth) | {option: _estimate(entry, value.strip())}).items()))


def _options(entry: KnownAssessment, named: Iterable[str], known: list[str]) -> list[str]:
    named = list(named)
    for option in named:
        if option not in known:
            gaps = {"option": quoted(option), "known": ", ".join(known)}
            raise _unreadable(entry, Phrase("names no option {option} of that issue; known: {known}", **gaps))
    return named


def _estimate(entry: KnownAssessment, value: str) -> Estimate:
    found = estimate_in(value)
    if found is None:
        option = Phrase("a number, '35'")
        if entry.quantity == "worth":
            option = Phrase("an option and a number, 'shared: 35'")
        message = "should give {what}, or for the number a range, '20 to 50' or '20 to 35 to 50'"
        raise _unreadable(entry, Phrase(message, what=option))
    return found


def _unreadable(entry: KnownAssessment, why: str) -> ScenarioError:
    gaps = {"party": repr(entry.party), "issue": repr(entry.issue), "value": quoted(entry.value)}
    quantity = Phrase(entry.quantity)
    return ScenarioError(
        Phrase("the {quantity} of {party} on {issue}, {value}, {why}", quantity=quantity, why=why, **gaps)
    )

"""From one seat's view to a bargain: what `settlement` takes, made of the assessments that this seat may see.

Nothing here reads talks: a seat without assessments gets a sentence, and what is computed from assessments stays with
the seats of their compartments.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from goodoffices.bargain import Bargain, BargainIssue
from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioError
from goodoffices.phrases.phrase import Phrase
from goodoffices.reports.seat_names import seat_name
from goodoffices.reports.settlement.assessments import QUANTITIES, assessments_of, left_out_words
from goodoffices.reports.settlement.assumptions import assumptions_of, confidence_words
from goodoffices.reports.settlement.consent_rules import Consent, consent_under
from goodoffices.reports.settlement.sides import Side, middle, weight_of, worth_entries
from goodoffices.talks.model.actors import Name
from goodoffices.talks.model.agenda import AgendaIssue
from goodoffices.talks.model.assessments import Assessment, Estimate
from goodoffices.talks.state.view import View
from goodoffices.talks.voting.named_rules import NamedRule

if TYPE_CHECKING:
    from goodoffices.settlement.uncertainty import beliefs as worlds


INVENTED = Phrase(
    "Invented: the figures behind this are teaching material. They are nobody's preferences, and nobody was heard to "
    "say any of this."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessedBargain:
    """What a seat's assessments say, in numbers.

    Parameters
    ----------
    bargain
        At the likeliest values, under the rule that every party assessed must sign; its ``assumptions`` say what the
        assessments left open, and travel with every result.
    beliefs
        The same with its ranges, orders and rival assessments; ``None`` for a file, which states every number as
        certain.
    in_doubt
        Whether the assessments leave anything open; if not, every probability is 0 or 1.
    is_invented
        Whether any of it is teaching material.
    may_see
        Names of the seats in the compartments of what was used; empty for a file without seats.
    consents
        Whose consent is enough under each rule that the talks name.
    slugs
        Of the parties, in their order; empty for a file without seats.
    left_out
        Parties at the table and issues of the agenda of which nothing is assessed, as sentences.
    taken_as_zero
        Parties of whom nobody assessed what no agreement is worth to them.
    """

    bargain: Bargain
    beliefs: worlds.UncertainBargain | None
    in_doubt: bool
    is_invented: bool
    may_see: tuple[str, ...]
    consents: tuple[Consent, ...] = ()
    slugs: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    taken_as_zero: tuple[str, ...] = ()

    @classmethod
    def certain(cls, bargain: Bargain) -> AssessedBargain:
        """Return the bargain of a file without seats, which states every number as certain."""
        return cls(bargain=bargain, beliefs=None, in_doubt=False, is_invented=False, may_see=())


def bargain_from(view: View, language: str = "en") -> AssessedBargain:
    """Return the bargain that this seat's assessments describe.

    The parties are the parties assessed, and all of them must sign. The exact part takes the likeliest value of a range
    (the middle where none is stated) and evenly spaced steps for an order; every such choice is among the bargain's
    ``assumptions``.

    Raises
    ------
    ScenarioError
        If this seat sees no assessments, or they cannot be put on one scale.
    """
    used = assessments_of(view)
    agenda = {issue.slug: issue for basket in view.known.agenda for issue in basket.issues}
    named = {entry.issue for entry in used}
    issues = [issue for slug, issue in agenda.items() if slug in named]
    if not issues:
        raise ScenarioError(
            Phrase(
                "{seat} sees no assessments, and what could be agreed is computed only from what the seat itself may "
                "see. Name a seat that sees some, or add assessments ('worth' of options) to the talks",
                seat=view.name(view.seat),
            )
        )
    sides = _sides(view, used, language)
    labels = distinct([issue.slug for issue in issues], [words_in(issue.question, language) for issue in issues])
    is_invented = any(entry.is_invented for entry in used)
    bargain = Bargain(
        issues=tuple(_bargain_issue(issue, label, language) for issue, label in zip(issues, labels, strict=True)),
        parties=tuple(side.name for side in sides),
        worth=tuple(_table(issue, sides, issues) for issue in issues),
        reservation_value=tuple(_least(side) for side in sides),
        red_lines=tuple(_red_lines(side, issues) for side in sides),
        assumptions=(
            *((INVENTED,) if is_invented else ()),
            *assumptions_of(sides, issues, labels),
            *confidence_words(used),
        ),
    )
    compartments = frozenset(entry.compartment for entry in used if entry.compartment is not None)
    beliefs = _beliefs(bargain, sides, issues, compartments)
    doubt = bool(beliefs.estimates or beliefs.weights or beliefs.reservations or beliefs.red_lines)
    seats = {seat for slug in compartments if slug in view.known.compartments
             for seat in view.known.compartments[slug].seats}  # fmt: skip
    if any(
        entry.quantity in QUANTITIES for entry in view.known.assessments
    ):  # whom else an act was told does not show in one seat's view
        seats = set()
    names = tuple(sorted(seat_name(view, seat, language) for seat in seats | {view.seat}))
    consents = tuple(_consent(view, rule, tuple(side.slug for side in sides)) for rule in view.known.header.rules)
    return AssessedBargain(
        bargain=bargain,
        beliefs=beliefs,
        in_doubt=doubt,
        is_invented=is_invented,
        may_see=names,
        consents=consents,
        slugs=tuple(side.slug for side in sides),
        left_out=left_out_words(view, [one for one in agenda.values() if one not in issues], language),
        taken_as_zero=tuple(side.name for side in sides if not side.reservations),
    )


def _consent(view: View, rule: NamedRule, parties: tuple[str, ...]) -> Consent:
    """Return whose consent is enough under a rule; who is not assessed is told by name."""
    consent = consent_under(rule, parties)
    return replace(consent, unknown=tuple(view.name(slug) for slug in consent.unknown))


def _sides(view: View, used: list[Assessment], language: str) -> list[Side]:
    slugs = list(dict.fromkeys(entry.party for entry in used))
    names = distinct(slugs, [view.name(slug, language) for slug in slugs])
    sides = []
    for slug, name in zip(slugs, names, strict=True):
        mine = [entry for entry in used if entry.party == slug]
        by_issue: dict[str, list[Assessment]] = {}
        for entry in mine:
            if entry.issue is not None:
                by_issue.setdefault(entry.issue, []).append(entry)
        reservations = [entry.reservation_value for entry in mine if entry.reservation_value is not None]
        side = Side(
            slug=slug, name=name, by_issue=by_issue, reservations=reservations,
            is_ordinal=any(entry.ranking for entry in mine),
        )  # fmt: skip
        _check_scale(side)
        sides.append(side)
    return sides


def _check_scale(side: Side) -> None:
    if side.is_ordinal and any(not 0 <= one.low <= one.high <= 1 for one in side.reservations):
        raise ScenarioError(
            Phrase(
                "the reservation value of {party}, {points}, is not between 0 and 1. Where only an order of options is "
                "known on any issue, the party's worth runs from 0 (worst) to 1 (best). Give a value between 0 and 1, "
                "or points on every issue",
                party=side.name,
                points=f"{float(side.reservations[0].high):g}",
            )
        )


def distinct(slugs: Sequence[str], names: Sequence[str]) -> list[str]:
    """Return the names, each told apart by its slug where two things bear the same."""
    return [f"{name} [{slug}]" if names.count(name) > 1 else name for slug, name in zip(slugs, names, strict=True)]


def words_in(names: Iterable[Name], language: str) -> str:
    """Return the words in ``language``, or in another where there are none in it."""
    by_language = {name.language: name.text for name in names}
    return by_language.get(language) or next(iter(by_language.values()), "")


def _bargain_issue(issue: AgendaIssue, label: str, language: str) -> BargainIssue:
    slugs = [option.slug for option in issue.options]
    names = [words_in(option.names, language) or option.slug for option in issue.options]
    return BargainIssue(name=label or issue.slug, options=tuple(distinct(slugs, names)))


def _table(issue: AgendaIssue, sides: list[Side], issues: list[AgendaIssue]) -> tuple[tuple[Fraction, ...], ...]:
    columns = []
    for side in sides:
        entries = worth_entries(side, issue)
        column = _centre(entries[0], issue, side.is_ordinal) if entries else [Fraction(0)] * len(issue.options)
        if side.is_ordinal:
            weight = weight_of(side, issues)
            share = Fraction(1, len(issues)) if weight is None else weight[issue.slug]
            column = [value * share for value in column]
        columns.append(column)
    return tuple(zip(*columns, strict=True))


def _centre(entry: Assessment, issue: AgendaIssue, is_ordinal: bool) -> list[Fraction]:
    """Return the likeliest worth of every option; an order counts as evenly spaced steps from 1 to 0."""
    if entry.ranking:
        last = len(entry.ranking) - 1
        place = {option: group for group, options in enumerate(entry.ranking) for option in options}
        steps = {option: 1 - Fraction(at, last) if last else Fraction(1, 2) for option, at in place.items()}
        return [steps.get(option.slug, Fraction(1, 2)) for option in issue.options]
    stated = {slug: middle(estimate) for slug, estimate in entry.worth}
    low, high = _ends(entry)
    column = [stated.get(option.slug, low) for option in issue.options]
    return [_unit(value, low, high) for value in column] if is_ordinal else column


def _ends(entry: Assessment) -> tuple[Fraction, Fraction]:
    return min(one.low for _, one in entry.worth), max(one.high for _, one in entry.worth)


def _unit(value: Fraction, low: Fraction, high: Fraction) -> Fraction:
    return (value - low) / (high - low) if high > low else Fraction(0)


def _least(side: Side) -> Fraction:
    return middle(side.reservations[0]) if side.reservations else Fraction(0)


def _red_lines(side: Side, issues: list[AgendaIssue]) -> frozenset[tuple[int, int]]:
    """Return every option that any assessment says the party never accepts."""
    return frozenset(
        (at, [option.slug for option in issue.options].index(line))
        for at, issue in enumerate(issues)
        for entry in side.by_issue.get(issue.slug, [])
        for line in entry.red_lines
    )


def _beliefs(
    bargain: Bargain, sides: list[Side], issues: list[AgendaIssue], compartments: frozenset[str]
) -> worlds.UncertainBargain:
    from goodoffices.settlement.uncertainty.beliefs import Reservation, UncertainBargain as Beliefs

    n = max((len(worth_entries(side, issue)) for side in sides for issue in issues), default=1)
    n = max(n, *(len(side.reservations) for side in sides), 1)
    analysts = [f"assessment {k + 1}" for k in range(n)] if n > 1 else [""]
    estimates, weights, reservations, lines = [], [], [], []
    for party, side in enumerate(sides):
        weights += _weights(party, side, issues)
        for at, issue in enumerate(issues):
            lines += _doubted_lines(party, at, side, issue)
            estimates += _estimates((party, at), side, issue, analysts)
        given = side.reservations
        if len(given) > 1 or any(one.low < one.high for one in given):
            for k, analyst in enumerate(analysts):
                worth = _range(given[min(k, len(given) - 1)])
                reservations.append(Reservation(party=party, worth=worth, analyst=analyst))
    certain = tuple(
        frozenset(pair for pair in pairs if (party, *pair) not in {line[:3] for line in lines})
        for party, pairs in enumerate(bargain.red_lines)
    )
    from dataclasses import replace

    return Beliefs(
        bargain=replace(bargain, red_lines=certain),
        estimates=tuple(estimates),
        weights=tuple(weights),
        reservations=tuple(reservations),
        red_lines=tuple(lines),
        compartments=compartments,
    )


def _range(estimate: Estimate) -> worlds.Range | float:
    from goodoffices.settlement.uncertainty.beliefs import Range

    if estimate.low == estimate.high:
        return float(estimate.low)
    mode = None if estimate.mode is None else float(estimate.mode)
    return Range(low=float(estimate.low), high=float(estimate.high), mode=mode)


def _estimates(place: tuple[int, int], side: Side, issue: AgendaIssue, analysts: list[str]) -> list[worlds.Estimate]:
    """Return the beliefs on one party and issue, one per analyst; none where a single set of numbers is stated."""
    from goodoffices.settlement.uncertainty.beliefs import Estimate as Belief

    entries = worth_entries(side, issue)
    if not entries:
        return []
    gaps = len({slug for slug, _ in entries[0].worth}) < len(issue.options)
    ranges = any(one.low < one.high for entry in entries for _, one in entry.worth)
    if len(entries) == 1 and not side.is_ordinal and not gaps and not ranges:
        return []
    made = []
    for k, analyst in enumerate(analysts):
        worth = _believed(entries[min(k, len(entries) - 1)], issue, side.is_ordinal)
        made.append(Belief(party=place[0], issue=place[1], worth=worth, analyst=analyst))
    return made


def _believed(
    entry: Assessment, issue: AgendaIssue, is_ordinal: bool
) -> tuple[worlds.Range | float, ...] | worlds.Ranking:
    from goodoffices.settlement.uncertainty.beliefs import Ranking

    slugs = [option.slug for option in issue.options]
    if entry.ranking:
        return Ranking(groups=tuple(tuple(slugs.index(option) for option in group) for group in entry.ranking))
    low, high = _ends(entry)
    stated = dict(entry.worth)
    whole = Estimate(low=low, high=high)
    believed = [stated.get(slug, whole) for slug in slugs]
    return tuple(_range(_scaled(one, low, high) if is_ordinal else one) for one in believed)


def _scaled(estimate: Estimate, low: Fraction, high: Fraction) -> Estimate:
    mode = None if estimate.mode is None else _unit(estimate.mode, low, high)
    return Estimate(low=_unit(estimate.low, low, high), high=_unit(estimate.high, low, high), mode=mode)


def _weights(party: int, side: Side, issues: list[AgendaIssue]) -> list[worlds.Weights]:
    """Return what is known of how much the issues matter to a party whose worth is an order."""
    from goodoffices.settlement.uncertainty.beliefs import Weights

    if not side.is_ordinal:
        return []
    if weight_of(side, issues) is None:
        return [Weights(party=party)]
    stated = [side.saliences(issue.slug)[0] for issue in issues]
    return [Weights(party=party, known=tuple(_range(one) for one in stated))]


def _doubted_lines(party: int, at: int, side: Side, issue: AgendaIssue) -> list[tuple[int, int, int, float]]:
    """Return red lines that only some of several assessments hold, with the share that do."""
    entries = side.by_issue.get(issue.slug, [])
    found = []
    for option, one in enumerate(issue.options):
        held = sum(one.slug in entry.red_lines for entry in entries)
        if 0 < held < len(entries):
            found.append((party, at, option, held / len(entries)))
    return found

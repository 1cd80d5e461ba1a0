"""From one seat's view to a lineup: what `forecast` takes, made of the assessments and positions this seat may see.

Nothing here reads talks. Ranges, orders and assessments that contradict each other are kept as such; nothing is
averaged. What is missing is said in a sentence, and what is computed from assessments stays with the seats of their
compartments.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from goodoffices.data_class import dataclass
from goodoffices.errors import ForecastInputError, ScenarioError, UnknownWordError
from goodoffices.names import nearest_word
from goodoffices.phrases.phrase import Phrase
from goodoffices.position_table import PositionTable
from goodoffices.reports.forecast.lineup_cells import Cells, cells_of
from goodoffices.reports.seat_names import seat_name
from goodoffices.reports.settlement.assessments import parties_assessed, parties_at_the_table
from goodoffices.reports.settlement.bargain_from_view import distinct, words_in
from goodoffices.talks.model.agenda import AgendaIssue
from goodoffices.talks.model.assessments import Scale
from goodoffices.talks.state.view import View

if TYPE_CHECKING:
    from goodoffices.forecast import Lineup


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedIssue:
    """One issue on its scale: options as (lasting name, words, place), lowest place first; none without a scale.

    ``is_scale_assumed`` says that nobody states the scale. ``unplaced`` are the parties at the table of whom no
    assessment says where they stand on it.
    """

    slug: str
    name: str
    options: tuple[tuple[str, str, float], ...] = ()
    is_scale_assumed: bool = False
    unplaced: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """What a seat's assessments say of who stands where.

    Parameters
    ----------
    lineup
        Actors and issues under their names, ranges and orders kept.
    assumptions
        What the assessments left open and how it was taken; printed with every result.
    is_invented
        Whether any of it is teaching material.
    may_see
        Names of the seats in the compartments of what was used; empty for a file without seats.
    left_out
        Issues of the agenda on which no assessment says where anybody stands; nothing is said of them.
    """

    lineup: Lineup
    issues: tuple[PlacedIssue, ...]
    assumptions: tuple[str, ...] = ()
    is_invented: bool = False
    may_see: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()

    def issue(self, slug: str) -> PlacedIssue:
        """Return an issue by its lasting name.

        Raises
        ------
        UnknownWordError
            With the known ones.
        """
        for one in self.issues:
            if one.slug == slug:
                return one
        known = tuple(one.slug for one in self.issues)
        raise UnknownWordError("issue", slug, known, nearest=nearest_word(slug, known))


def has_points(view: View) -> bool:
    """Say whether this seat sees an assessment of where anybody stands."""
    return bool(issues_with_points(view))


def issues_with_points(view: View) -> tuple[str, ...]:
    """Return the issues of the agenda on which this seat sees somebody assessed, in the order of the agenda."""
    known = view.known
    said = {entry.issue for entry in known.estimates if entry.point is not None or entry.stands_at is not None}
    said |= {scale.issue for scale in known.scales if scale.order}
    said |= {entry.issue for entry in known.assessments if entry.quantity == "point"}
    return tuple(issue.slug for basket in known.agenda for issue in basket.issues if issue.slug in said)


def lineup_from(view: View, issue: str | None = None, language: str = "en") -> Lineup:
    """Return the lineup of one issue, or of all on which anybody is assessed, in this seat's view.

    Raises
    ------
    ScenarioError
        If this seat sees no assessment of where anybody stands.
    ForecastInputError
        If a point, salience or capability is missing or cannot be, with actor, issue and what would be right.
    """
    return placed_from(view, None if issue is None else (issue,), language).lineup


def placed_from(view: View, issues: Sequence[str] | None = None, language: str = "en") -> Placed:
    """Return the lineup of the issues named (all on which anybody is assessed, if none), with what goes with it."""
    from goodoffices.forecast import Lineup
    from goodoffices.forecast.inputs.uncertain_values import Uncertain, mode_of, ranked_modes

    chosen = _chosen(view, issues)
    scales = {issue.slug: _scale_of(view, issue.slug) for issue in chosen}
    labels = distinct([one.slug for one in chosen], [words_in(one.question, language) or one.slug for one in chosen])
    told = [cells_of(view, issue, scales[issue.slug], language) for issue in chosen]
    slugs = list(dict.fromkeys(slug for one in told for slug in one.by_actor))
    names = distinct(slugs, [view.name(slug, language) for slug in slugs])
    arrays = {column: np.full((len(slugs), len(chosen)), np.nan) for column in ("position", "salience", "capability")}
    uncertain, origin, rankings = [], [], []
    for at, cells in enumerate(told):
        for slug, columns in cells.by_actor.items():
            row = slugs.index(slug)
            for column, cell in columns.items():
                arrays[column][row, at] = mode_of(cell)
                if not isinstance(cell, float):
                    uncertain.append(Uncertain(actor=row, issue=at, column=column, cell=cell))
        if cells.order:
            rankings.append(cells.ranking(labels[at], dict(zip(slugs, names, strict=True))))
            for name, place in ranked_modes(rankings[-1], _ends(scales[chosen[at].slug])).items():
                arrays["position"][names.index(name), at] = place
        origin += [(names[slugs.index(slug)], labels[at], column, source) for slug, column, source in cells.origin]
    signers = parties_assessed(view)
    lineup = Lineup(
        actors=tuple(names),
        issues=tuple(labels),
        position=arrays["position"],
        salience=arrays["salience"],
        capability=arrays["capability"],
        scale=tuple(_ends(scales[issue.slug]) for issue in chosen),
        reference=tuple(_status_quo(scales[issue.slug]) for issue in chosen),
        must_sign=tuple(name for slug, name in zip(slugs, names, strict=True) if slug in signers),
        uncertain=tuple(uncertain),
        rankings=tuple(rankings),
        origin=tuple(origin),
        compartments=frozenset().union(*(cells.compartments for cells in told)),
    )
    return Placed(
        lineup=lineup,
        issues=tuple(
            PlacedIssue(
                slug=issue.slug,
                name=label,
                options=_options(issue, scales[issue.slug], language),
                is_scale_assumed=scales[issue.slug] is None,
                unplaced=tuple(
                    view.name(party, language)
                    for party in parties_at_the_table(view)
                    if party not in slugs or np.isnan(arrays["position"][slugs.index(party), at])
                ),
            )
            for at, (issue, label) in enumerate(zip(chosen, labels, strict=True))
        ),
        assumptions=tuple(dict.fromkeys(line for cells in told for line in cells.assumptions)),
        is_invented=any(cells.is_invented for cells in told),
        may_see=_may_see(view, told, language),
        left_out=() if issues else _left_out(view, chosen, language),
    )


def placed_of(table: PositionTable, issues: Sequence[str] = ()) -> Placed:
    """Return what a file of positions says of the issues named, of all if none; its issues have no options."""
    from goodoffices.forecast import lineup_of

    known = tuple(issue.name for issue in table.issues)
    for slug in issues:
        if slug not in known:
            raise UnknownWordError("issue", slug, known, nearest=nearest_word(slug, known))
    lineup = lineup_of(table, issues or None)
    assumed = {issue.name for issue in table.issues if issue.is_scale_assumed}
    return Placed(
        lineup=lineup,
        issues=tuple(PlacedIssue(slug=name, name=name, is_scale_assumed=name in assumed) for name in lineup.issues),
        assumptions=tuple(
            f"No scale is stated for {name!r}; 0 to 100 is assumed. Columns scale_low and scale_high would state it."
            for name in lineup.issues
            if name in assumed
        ),
    )


def _chosen(view: View, issues: Sequence[str] | None) -> list[AgendaIssue]:
    agenda = {issue.slug: issue for basket in view.known.agenda for issue in basket.issues}
    known = issues_with_points(view)
    if not known:
        raise ScenarioError(
            Phrase(
                "{seat} sees no estimates of where anybody stands, and a forecast uses only what the seat itself may "
                "see. Name a seat that sees some, or add 'point' or 'stands_at' to the assessments",
                seat=view.name(view.seat),
            )
        )
    for slug in issues or ():
        if slug not in agenda:
            raise UnknownWordError("issue", slug, known, nearest=nearest_word(slug, agenda))
        if slug not in known:
            raise ForecastInputError(
                Phrase(
                    "no assessment says where anybody stands on issue {issue}. Give 'point' for each party, or ask "
                    "about one of these issues: {known}",
                    issue=repr(slug),
                    known=", ".join(known),
                )
            )
    return [agenda[slug] for slug in (issues or known)]


def _left_out(view: View, chosen: Sequence[AgendaIssue], language: str) -> tuple[str, ...]:
    agenda = [issue for basket in view.known.agenda for issue in basket.issues]
    return tuple(words_in(one.question, language) or one.slug for one in agenda if one not in chosen)


def _scale_of(view: View, issue: str) -> Scale | None:
    """Return the scale of an issue; of several the first, so that points of different lines are never mixed."""
    return next((scale for scale in view.known.scales if scale.issue == issue), None)


def _ends(scale: Scale | None) -> tuple[float, float]:
    return (0.0, 100.0) if scale is None else (float(scale.low), float(scale.high))


def _status_quo(scale: Scale | None) -> float | None:
    return None if scale is None or scale.status_quo is None else float(scale.status_quo)


def _options(issue: AgendaIssue, scale: Scale | None, language: str) -> tuple[tuple[str, str, float], ...]:
    if scale is None:
        return ()
    words = {option.slug: words_in(option.names, language) or option.slug for option in issue.options}
    placed = [(slug, words.get(slug, slug), float(place)) for slug, place in scale.places]
    return tuple(sorted(placed, key=lambda option: option[2]))


def _may_see(view: View, told: Sequence[Cells], language: str) -> tuple[str, ...]:
    """Return who may see all of it: the seats in every compartment used, and always this seat."""
    held = view.known.compartments
    used = [set(held[slug].seats) for cells in told for slug in cells.compartments if slug in held]
    alone = any(cells.is_this_seats_alone for cells in told)
    seats = set.intersection(*used) if used and not alone else set()
    return tuple(sorted(seat_name(view, seat, language) for seat in seats | {view.seat}))

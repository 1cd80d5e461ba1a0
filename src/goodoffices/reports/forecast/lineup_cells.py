"""The cells of a lineup on one issue, from what one seat sees: point, salience and capability of each actor."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from goodoffices.data_class import dataclass
from goodoffices.errors import ForecastInputError
from goodoffices.phrases.phrase import Phrase, Several
from goodoffices.talks.claims.estimates import estimate_in
from goodoffices.talks.model.agenda import AgendaIssue
from goodoffices.talks.model.assessments import Estimate, Scale
from goodoffices.talks.state.known_claims import KnownAssessment
from goodoffices.talks.state.view import View

if TYPE_CHECKING:
    from goodoffices.forecast import Ranking, Span
    from goodoffices.forecast.inputs.uncertain_values import Cell


COLUMNS = {"point": "position", "salience": "salience", "capability": "capability"}
OWN_WORD = "own word"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """What is assessed on one issue.

    ``by_actor`` holds position, salience and capability of each actor concerned; ``order`` the actors of whom only
    their order is known. ``is_this_seats_alone``: something in it was entered for this seat, nobody knows for whom
    else.
    """

    by_actor: Mapping[str, Mapping[str, Cell]]
    order: tuple[tuple[str, ...], ...]
    origin: tuple[tuple[str, str, str], ...]
    assumptions: tuple[str, ...]
    compartments: frozenset[str]
    is_invented: bool
    is_this_seats_alone: bool

    def ranking(self, issue: str, names: Mapping[str, str]) -> Ranking:
        """Return the order as the forecasting room holds it."""
        from goodoffices.forecast import Ranking

        return Ranking(issue=issue, order=tuple(tuple(names[slug] for slug in group) for group in self.order))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """One value of one column of one actor, on whose word."""

    actor: str
    column: str
    value: Estimate
    source: str
    compartment: str | None = None
    is_invented: bool = False
    is_general: bool = False


def cells_of(view: View, issue: AgendaIssue, scale: Scale | None, language: str) -> Cells:
    """Return the cells of one issue.

    Raises
    ------
    ForecastInputError
        If a point, salience or capability is missing or cannot be.
    """
    said = [*_from_file(view, issue, scale), *_entered(view, issue)]
    said = [one for one in said if not (one.is_general and _has_special(said, one))]
    placed = {one.actor for one in said if one.column == "position"}
    order = _order(scale, placed)
    ranked = [slug for group in order for slug in group]
    own = list(_own_words(view, issue, scale, {one.actor for one in said} - placed - set(ranked)))
    said += [
        one for one in own if {other.column for other in said if other.actor == one.actor} >= {"salience", "capability"}
    ]
    actors = list(dict.fromkeys([*(one.actor for one in said if one.column == "position"), *ranked]))
    used = [one for one in said if one.actor in actors]
    by_actor = {}
    for actor in actors:
        columns = {name: [one for one in used if (one.actor, one.column) == (actor, name)] for name in COLUMNS.values()}
        _check(view.name(actor, language), issue.slug, scale, columns, is_ranked=actor in ranked)
        by_actor[actor] = {name: _cell(found) for name, found in columns.items() if found}
    return Cells(
        by_actor=by_actor,
        order=order,
        origin=tuple((one.actor, one.column, one.source) for one in used if one.source),
        assumptions=tuple(_assumptions(view, issue, scale, used, language)),
        compartments=frozenset(one.compartment for one in used if one.compartment is not None)
        | (frozenset() if scale is None or scale.compartment is None else {scale.compartment}),
        is_invented=any(one.is_invented for one in used) or (scale is not None and scale.is_invented),
        is_this_seats_alone=any(one.compartment is None for one in used),
    )


def _from_file(view: View, issue: AgendaIssue, scale: Scale | None) -> Iterator[_Said]:
    """Yield what the talks file assesses, on this issue or, of capability, on all."""
    for entry in view.known.estimates:
        if entry.issue not in (issue.slug, None):
            continue
        point = entry.point
        if point is None and entry.stands_at is not None:
            point = _place(entry.stands_at, issue, scale)
        for column, value in (("position", point), ("salience", entry.salience), ("capability", entry.capability)):
            if value is not None:
                yield _Said(
                    actor=entry.party, column=column, value=value, source=", ".join((*entry.sources, *entry.claims)),
                    compartment=entry.compartment, is_invented=entry.is_invented, is_general=entry.issue is None,
                )  # fmt: skip


def _entered(view: View, issue: AgendaIssue) -> list[_Said]:
    """Return what was assessed in the record, the last word of each source on each value."""
    last: dict[tuple[str, str, str], _Said] = {}
    for entry in view.known.assessments:
        if entry.quantity in COLUMNS and (entry.issue == issue.slug or _is_general(entry)):
            column = COLUMNS[entry.quantity]
            last[entry.party, column, entry.source] = _Said(
                actor=entry.party, column=column, value=_read(entry), source=entry.source, is_general=_is_general(entry)
            )
    return list(last.values())


def _is_general(entry: KnownAssessment) -> bool:
    return entry.quantity == "capability" and entry.issue in ("", "all")


def _read(entry: KnownAssessment) -> Estimate:
    found = estimate_in(entry.value)
    if found is None:
        raise ForecastInputError(
            Phrase(
                "the {quantity} of {party} on {issue} is assessed as {value}, which is not a number or a range. Write "
                "35, '20 to 50', or '20 to 35 to 50' with the likeliest value in the middle",
                quantity=Phrase(entry.quantity),
                party=repr(entry.party),
                issue=repr(entry.issue),
                value=repr(entry.value),
            )
        )
    return found


def _has_special(said: list[_Said], general: _Said) -> bool:
    return any((one.actor, one.column, one.is_general) == (general.actor, general.column, False) for one in said)


def _place(option: str, issue: AgendaIssue, scale: Scale | None) -> Estimate:
    place = None if scale is None else dict(scale.places).get(option)
    if place is None:
        raise ForecastInputError(
            Phrase(
                "a party is said to stand at {option} on {issue}, but no scale places that option; add a scale under "
                "'scales', or give a point",
                option=repr(option),
                issue=repr(issue.slug),
            )
        )
    return Estimate(low=place, high=place)


def _order(scale: Scale | None, placed: set[str]) -> tuple[tuple[str, ...], ...]:
    """Return the order without those who have a point of their own."""
    groups = () if scale is None else scale.order
    left = [tuple(slug for slug in group if slug not in placed) for group in groups]
    return tuple(group for group in left if group)


def _own_words(view: View, issue: AgendaIssue, scale: Scale | None, actors: set[str]) -> Iterator[_Said]:
    """Yield where actors without a point say that they stand, by the last option each named."""
    last = {stated.actor: stated.option for stated in view.known.positions if stated.issue == issue.slug}
    places = {} if scale is None else dict(scale.places)
    for actor, option in last.items():
        if actor in actors and option in places:
            here = Estimate(low=places[option], high=places[option])
            yield _Said(actor=actor, column="position", value=here, source=f"{OWN_WORD} of {actor}")


def _check(name: str, issue: str, scale: Scale | None, columns: Mapping[str, list[_Said]], *, is_ranked: bool) -> None:
    missing = [word for word, column in COLUMNS.items() if not columns[column] and not (is_ranked and word == "point")]
    if missing:
        gaps = {"actor": name, "issue": repr(issue), "what": Several(map(Phrase, missing), "both")}
        if len(missing) == 1:
            raise ForecastInputError(
                Phrase(
                    "{what} of {actor} on {issue} is not assessed; {actor} has a point there, so give it too, or take "
                    "the point out",
                    **gaps,
                )
            )
        raise ForecastInputError(
            Phrase(
                "{what} of {actor} on {issue} are not assessed; {actor} has a point there, so give them too, or take "
                "the point out",
                **gaps,
            )
        )
    low, high = (0.0, 100.0) if scale is None else (float(scale.low), float(scale.high))
    limits = {"position": (low, high), "salience": (0.0, 1.0), "capability": (0.0, float("inf"))}
    for word, column in COLUMNS.items():
        low, high = limits[column]
        for one in columns[column]:
            if not low <= one.value.low <= one.value.high <= high:
                wanted = Phrase("at least 0")
                if column != "capability":
                    wanted = Phrase("between {low} and {high}", low=f"{low:g}", high=f"{high:g}")
                raise ForecastInputError(
                    Phrase(
                        "the {quantity} of {actor} on {issue} is assessed at {value}; it must be {wanted}",
                        quantity=Phrase(word),
                        actor=name,
                        issue=repr(issue),
                        value=_shown(one.value),
                        wanted=wanted,
                    )
                )


def _shown(value: Estimate) -> str:
    low, high = f"{float(value.low):g}", f"{float(value.high):g}"
    return low if value.low == value.high else Phrase("{low} to {high}", low=low, high=high)


def _cell(said: list[_Said]) -> Cell:
    """Return one number or range, or, where assessments differ, all of them with their sources."""
    from goodoffices.forecast import Contested

    values = [_number(one.value) for one in said]
    if all(value == values[0] for value in values):
        return values[0]
    sources = [one.source for one in said]
    labels = (
        sources
        if "" not in sources and len(set(sources)) == len(sources)
        else [f"assessment {at + 1}" for at in range(len(said))]
    )
    return Contested(claims=tuple(zip(labels, values, strict=True)))


def _number(value: Estimate) -> float | Span:
    from goodoffices.forecast import Span

    if value.low == value.high:
        return float(value.low)
    middle = value.mode if value.mode is not None else (value.low + value.high) / 2
    return Span(low=float(value.low), mode=float(middle), high=float(value.high))


def _assumptions(
    view: View, issue: AgendaIssue, scale: Scale | None, used: list[_Said], language: str
) -> Iterator[str]:
    on = {"issue": issue.slug}
    drawn = sum(other.issue == issue.slug for other in view.known.scales)
    if scale is None:
        yield Phrase(
            "No scale is drawn for '{issue}': points lie between 0 and 100, and options have no place there.", **on
        )
    if drawn > 1:
        yield Phrase("{n} scales are drawn for '{issue}': the first is used.", n=str(drawn), **on)
    for name in dict.fromkeys(view.name(one.actor, language) for one in used if one.source.startswith(OWN_WORD)):
        yield Phrase(
            "Where {actor} stands on '{issue}' is not assessed: taken from what it said there itself.", actor=name, **on
        )
    open_middle = [one for one in used if one.value.mode is None and one.value.low < one.value.high]
    if open_middle:
        yield Phrase("Where a range has no likeliest value, its middle is taken for it.")
    if scale is not None and scale.order:
        yield Phrase(
            "Of some on '{issue}' only the order is known: they are drawn in that order, anywhere on the scale.", **on
        )

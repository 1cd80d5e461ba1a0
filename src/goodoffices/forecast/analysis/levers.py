"""Find what would change a forecast: rank every single change, and find the smallest that reaches a target."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from goodoffices.canonical_json import result_json
from goodoffices.data_class import dataclass
from goodoffices.errors import ForecastInputError, ForecastUndefinedError
from goodoffices.forecast.analysis.sensitivity import points_of_variants
from goodoffices.forecast.calibration.calibration import Calibration, shipped_calibration
from goodoffices.forecast.inputs.argument_checks import kind_in, number_in
from goodoffices.forecast.inputs.lineup import Lineup, Share
from goodoffices.forecast.inputs.model_input import from_percent, numbers_of, to_percent
from goodoffices.forecast.models.base import Model
from goodoffices.forecast.models.cards import DEFAULT_MODEL, model_named
from goodoffices.forecast.models.run import spread_of
from goodoffices.phrases.phrase import Phrase
from goodoffices.text_tables import csv_text, html_table, table_text

_GRID = 101  # places on the scale where a smallest change is searched for first
_HALVINGS = 50
_CLOSE = 0.05  # hundredths of the scale: the spatial model rounds its positions, so few points are reached exactly
_SHOWN = 20
_JUMP = 1e-6  # a change smaller than this share is a jump of the model, not a shift of the actor
_MOST_BACKING = 20  # with more actors there are too many pairs of backer and backed actor to read


@dataclass(frozen=True, slots=True, kw_only=True)
class Lever:
    """One change of one input, with its effect on the point and on the probability of the target.

    ``contradicts``: the sources that state another value.
    """

    actor: str
    change: str
    point: float
    effect: float
    target_change: float | None
    contradicts: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """Return the lever as a sentence."""
        who = f"{self.actor}: " if self.actor else ""
        against = f"; contradicts {', '.join(self.contradicts)}" if self.contradicts else ""
        return f"{who}{self.change}: point {self.point:.4g} ({self.effect:+.4g}){against}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """The smallest change of one actor's position that brings the point to the target; None if there is none.

    When an actor moves, a model may jump over the target. Then no position reaches it, although two are near it.
    """

    actor: str
    position: float | None
    change: float | None

    @property
    def text(self) -> str:
        """Return the change as text."""
        if self.change is None or self.position is None:
            return "not reachable"
        if 0 < abs(self.change) < _JUMP * max(1.0, abs(self.position)):
            return f"by the least step off {self.position:.4g}: the point jumps there"
        return f"to {self.position:.4g} ({self.change:+.4g})"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Levers:
    """All levers, the strongest first (or with a target the most helpful), and what each actor could do alone."""

    issue: str
    model: str
    point: float
    target: tuple[float, float] | None
    levers: tuple[Lever, ...]
    reach: tuple[Reach, ...]

    @property
    def strongest(self) -> tuple[Lever, ...]:
        """Return the first lever and all levers with an equal effect."""
        if not self.levers:
            return ()
        most = abs(self.levers[0].effect)
        return tuple(lever for lever in self.levers if abs(abs(lever.effect) - most) <= 1e-9 * max(1.0, most))

    def to_rows(self) -> list[dict[str, Any]]:
        """Return one row per lever."""
        return [
            {"actor": one.actor, "change": one.change, "point": one.point, "effect": one.effect,
             "target_change": one.target_change, "contradicts": "; ".join(one.contradicts)}
            for one in self.levers
        ]  # fmt: skip

    def to_csv(self) -> str:
        """Return the levers as comma-separated values."""
        return csv_text(self.to_rows())

    def to_json(self) -> str:
        """Return canonical JSON of levers and reach."""
        reach = [{"actor": one.actor, "position": one.position, "change": one.change} for one in self.reach]
        return result_json({"issue": self.issue, "model": self.model, "point": self.point, "target": self.target,
                               "levers": self.to_rows(), "reach": reach})  # fmt: skip

    def __repr__(self) -> str:
        return f"<Levers {self.issue}: {self.point:.4g} by {self.model}, {len(self.levers)} changes>"

    def _repr_html_(self) -> str:
        return html_table(self.to_rows(), repr(self)[1:-1])

    def __str__(self) -> str:
        shown = self.levers[:_SHOWN]
        has_chance = any(one.target_change is not None for one in shown)
        head = ("lever", "point", "effect", *(("chance of the target",) if has_chance else ()))
        rows = [
            (
                f"{one.actor}: {one.change}" if one.actor else one.change, f"{one.point:.4g}", f"{one.effect:+.4g}",
                *((f"{one.target_change or 0.0:+.3f}",) if has_chance else ()),
            )
            for one in shown
        ]  # fmt: skip
        lines = [f"{self.issue}: {self.point:.4g} by {self.model}", table_text(head, rows)]
        if len(self.levers) > _SHOWN:
            beyond = "with no more effect" if self.target is None else "that help no more toward the target"
            lines.append(f"({len(self.levers) - _SHOWN} more, {beyond}; --format csv or to_csv() lists all)")
        if self.target is not None:
            low, high = self.target
            if low <= self.point <= high:
                lines.append(f"no change is needed to bring the point to {low:.4g}..{high:.4g}: it is there already")
            else:
                lines.append(f"smallest change of one position that brings the point to {low:.4g}..{high:.4g}:")
                lines += [f"  {one.actor}: {one.text}" for one in self.reach]
        return "\n".join(lines)


def levers(
    subject: Lineup,
    *,
    issue: str | None = None,
    model: str | Model = DEFAULT_MODEL,
    toward: float | tuple[float, float] | None = None,
    step: float = 10.0,
    calibration: str | Calibration | None = "deu3",
) -> Levers:
    """Try every single change of an input, and rank the changes by their effect on the forecast.

    Parameters
    ----------
    toward
        A point or an interval on the issue's scale, as the target.
    step
        The size of a change: hundredths of the scale for positions and the reference, hundredths of full salience, per
        cent of capability, hundredths of the cost of no deal and of a backer's weight.
    """
    kind_in(subject, "the subject", Lineup, "give a Lineup, as Lineup.from_arrays or lineup_of makes it")
    step = number_in(step, "step")
    if not step > 0:
        raise ForecastInputError(f"step={step:g} is not a change; use a number above 0, 10 is usual")
    if issue is None and len(subject.issues) != 1:
        raise ForecastInputError(f"there are {len(subject.issues)} issues; name one of {', '.join(subject.issues)}")
    one = subject.only(subject.issues[0] if issue is None else issue)
    chosen = model_named(model)
    base = float(chosen.run(numbers_of(one)).point[0])
    target = _target(toward, one)
    chance = _chance(chosen, calibration, target)
    found = []
    for actor, change, changed, column in _changes(one, chosen, step):
        try:
            point = float(chosen.run(numbers_of(changed)).point[0])
        except (ForecastUndefinedError, ForecastInputError):
            continue  # skip a change after which the model has no answer
        found.append(
            Lever(
                actor=actor, change=change, point=float(from_percent(point, one.scale[0])),
                effect=float(from_percent(point, one.scale[0]) - from_percent(base, one.scale[0])),
                target_change=None if chance is None else chance(changed, point) - chance(one, base),
                contradicts=_sources(one, actor, column),
            )
        )  # fmt: skip
    at_base = float(from_percent(base, one.scale[0]))
    found.sort(key=lambda lever: _rank(lever, target, at_base))
    reach = () if target is None else tuple(_reach(one, chosen, row, target, base) for row in range(len(one.actors)))
    return Levers(
        issue=one.issues[0], model=chosen.name, point=at_base, target=target, levers=tuple(found), reach=reach
    )


def _target(toward: float | tuple[float, float] | None, one: Lineup) -> tuple[float, float] | None:
    if toward is None:
        return None
    given = toward if isinstance(toward, tuple) and len(toward) == 2 else (toward, toward)
    low, high = (number_in(end, "the target") for end in given)
    ends = one.scale[0]
    if low > high:
        raise ForecastInputError(f"the target {low:g}..{high:g} falls; give the smaller end first, {high:g}..{low:g}")
    if not ends[0] <= low <= high <= ends[1]:
        raise ForecastInputError(f"the target {low:g}..{high:g} is not on the scale {ends[0]:g} to {ends[1]:g}")
    return float(low), float(high)


def _rank(lever: Lever, target: tuple[float, float] | None, base: float) -> tuple[float, float]:
    if target is None:
        return -abs(lever.effect), 0.0
    return _away(lever.point, target) - _away(base, target), -(lever.target_change or 0.0)


def _away(point: float, target: tuple[float, float]) -> float:
    return max(target[0] - point, point - target[1], 0.0)


def _chance(
    model: Model, calibration: str | Calibration | None, target: tuple[float, float] | None
) -> Callable[[Lineup, float], float] | None:
    """Return the calibrated probability of the target, given a point; None without a target interval or calibration."""
    bank = shipped_calibration(calibration, model) if isinstance(calibration, str) else calibration
    if bank is None or target is None or target[0] == target[1]:
        return None

    def chance(lineup: Lineup, point: float) -> float:
        low, high = (float(to_percent(end, lineup.scale[0])) for end in target)
        return bank.around(point, spread_of(numbers_of(lineup), bank.floor)).probability(low, high)

    return chance


def _changes(one: Lineup, model: Model, step: float) -> list[tuple[str, str, Lineup, str]]:
    """Return (actor, change as text, lineup after it, column) for every single change."""
    issue, scale = one.issues[0], one.scale[0]
    unit = step / 100.0 * (scale[1] - scale[0])
    found: list[tuple[str, str, Lineup, str]] = []
    for row, actor in enumerate(one.actors):
        x, s, c = float(one.position[row, 0]), float(one.salience[row, 0]), float(one.capability[row, 0])
        options = [
            ("position", min(x + unit, scale[1]), x), ("position", max(x - unit, scale[0]), x),
            ("salience", min(s + step / 100.0, 1.0), s), ("salience", max(s - step / 100.0, 0.0), s),
            ("capability", c * (1 + step / 100.0), c), ("capability", c * (1 - step / 100.0), c),
        ]  # fmt: skip
        found += [
            (actor, f"{column} {before:.4g} to {value:.4g}", one.with_cell(actor, issue, column, value), column)
            for column, value, before in options
            if value != before
        ]
        if s == 0:
            found.append(
                (actor, Phrase("joins with full salience"), one.with_cell(actor, issue, "salience", 1.0), "salience")
            )
        elif len(one.actors) > 1:
            found.append((actor, "leaves", one.without(actor), "position"))
    return found + _backings(one, step) + _settings(one, model, step)


def _backings(one: Lineup, step: float) -> list[tuple[str, str, Lineup, str]]:
    if len(one.actors) > _MOST_BACKING or step > 100:
        return []
    found: list[tuple[str, str, Lineup, str]] = []
    for backer in one.actors:
        lent = sum(share.share for share in one.backing if share.backer == backer)
        for actor in one.actors:
            loop = any({share.backer, share.actor} == {backer, actor} for share in one.backing)
            if backer == actor or loop or lent + step / 100.0 > 1 or not one.salience[one.actor_index(actor), 0] > 0:
                continue
            backed = replace(one, backing=(*one.backing, Share(backer=backer, actor=actor, share=step / 100.0)))
            lends = Phrase("lends {share} of its weight to {actor}", share=f"{step:g} %", actor=actor)
            found.append((backer, lends, backed, "capability"))
    return found


def _settings(one: Lineup, model: Model, step: float) -> list[tuple[str, str, Lineup, str]]:
    if not model.needs_reference or one.reference[0] is None:
        return []
    (low, high), at = one.scale[0], one.reference[0]
    unit = step / 100.0 * (high - low)
    found: list[tuple[str, str, Lineup, str]] = [
        (
            "",
            Phrase("reference {before} to {after}", before=f"{at:.4g}", after=f"{value:.4g}"),
            replace(one, reference=(value,)),
            "reference",
        )
        for value in (min(at + unit, high), max(at - unit, low))
        if value != at
    ]
    cost = one.no_deal_cost
    if cost is None:
        cost = np.full(len(one.actors), float(dict(model.options).get("phi", 0.0)))
    share = f"{step / 100:g}"
    for sign, words in (
        (1, Phrase("no deal costs everyone {share} of the scale more", share=share)),
        (-1, Phrase("no deal costs everyone {share} of the scale less", share=share)),
    ):
        changed = replace(one, no_deal_cost=cost + sign * step / 100.0)
        found.append(("", words, changed, "no-deal cost"))
    return found


def _sources(one: Lineup, actor: str, column: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(source for who, _, what, source in one.origin if who == actor and what == column))


def _reach(one: Lineup, model: Model, row: int, target: tuple[float, float], base: float) -> Reach:
    """Find the nearest position of an actor that brings the point to the target, by closed form or grid and halving."""
    scale = one.scale[0]
    low, high = (float(to_percent(end, scale)) for end in target)
    goal = min(max(base, low), high)
    numbers = numbers_of(one)
    start = float(numbers.position[row, 0])
    if goal == base:
        return Reach(actor=one.actors[row], position=float(from_percent(start, scale)), change=0.0)
    if model.name == "compromise":
        w = numbers.salience[:, 0] * numbers.capability[:, 0]
        found = start + (goal - base) * float(w.sum()) / float(w[row]) if w[row] > 0 else float("inf")
        place = found if 0.0 <= found <= 100.0 else None
    else:
        place = _nearest(_point_at(model, one, row), start, goal, (low, high))
    if place is None:
        return Reach(actor=one.actors[row], position=None, change=None)
    own = float(from_percent(place, scale))
    return Reach(actor=one.actors[row], position=own, change=own - float(from_percent(start, scale)))


def _point_at(model: Model, one: Lineup, row: int) -> Callable[[np.ndarray], np.ndarray]:
    numbers = numbers_of(one)

    def points(places: np.ndarray) -> np.ndarray:
        variants = {
            name: np.repeat(getattr(numbers, name)[:, 0][None], len(places), axis=0)
            for name in ("position", "salience", "capability")
        }
        variants["position"][:, row] = places
        return points_of_variants(model, numbers, variants)

    return points


def _nearest(
    points: Callable[[np.ndarray], np.ndarray], start: float, goal: float, target: tuple[float, float]
) -> float | None:
    """Return the nearest place that puts the point in the target. If the model jumps over it, search further."""
    grid = np.unique(np.append(np.linspace(0.0, 100.0, _GRID), start))
    gap = points(grid) - goal
    crossings = np.flatnonzero((np.sign(gap[:-1]) != np.sign(gap[1:])) & ~np.isnan(gap[:-1] + gap[1:]))
    away = np.where(grid[crossings + 1] <= start, start - grid[crossings + 1], grid[crossings] - start)
    for at in crossings[np.argsort(away, kind="stable")].tolist():
        ends = np.array(_halved(points, goal, (grid[at], grid[at + 1]), float(np.sign(gap[at]))))
        found = points(ends)
        reached = ends[(found >= target[0] - _CLOSE) & (found <= target[1] + _CLOSE)]
        if reached.size:
            return float(reached[np.abs(reached - start).argmin()])
    return None


def _halved(
    points: Callable[[np.ndarray], np.ndarray], goal: float, ends: tuple[float, float], sign: float
) -> tuple[float, float]:
    """Return two neighbouring places, on both sides of where the point crosses the goal."""
    low, high = ends
    for _ in range(_HALVINGS):
        middle = (low + high) / 2.0
        if np.sign(points(np.array([middle]))[0] - goal) == sign:
            low = middle
        else:
            high = middle
    return low, high

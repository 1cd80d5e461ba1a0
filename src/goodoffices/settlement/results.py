"""The results of all questions: frozen values that say what was found, how, and how far it is proven."""

from __future__ import annotations

import math
from dataclasses import field
from enum import StrEnum
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from goodoffices.bargain import Bargain
from goodoffices.data_class import dataclass
from goodoffices.text_tables import counted, table_text


class Status(StrEnum):
    """How far an answer is certain."""

    PROVEN = "proven"
    BOUNDED = "bounded"
    INFEASIBLE = "infeasible"


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """How an answer was reached: method, arithmetic, definition, reference, time and random seed."""

    method: str
    arithmetic: str
    definition: str
    reference: str
    seconds: float
    seed: int | None = None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick:
    """One settlement with its exact worth and gains, and the number of settlements with the same worth."""

    settlement: tuple[int, ...]
    worth: tuple[Fraction, ...]
    gains: tuple[Fraction, ...]
    ties: int = 1


def as_number(value: Fraction | float) -> int | float:
    """Return ``value`` as a number for JSON: an ``int`` if it is whole, else a ``float``."""
    whole = int(value)
    if abs(whole) >= 10**300:
        return whole  # too large for a float; JSON has whole numbers of any size
    return whole if value == whole and abs(whole) < 2**53 else float(value)


def short(value: Fraction | float) -> str:
    """Return ``value`` with six digits, for numbers of any size.

    Examples
    --------
    >>> short(Fraction(12345678, 10)), short(Fraction(10) ** 400)
    ('1.23457e+06', 'about 10^400')
    """
    if isinstance(value, float) or abs(value) < 10**300:
        return f"{float(value):.6g}"
    return f"about 10^{len(str(abs(int(value)))) - 1}"


def pick(bargain: Bargain, settlement: tuple[int, ...], ties: int = 1) -> Pick:
    """Return ``settlement`` with its worth and gains, computed exactly from the bargain."""
    worth = bargain.worth_of(settlement)
    gains = tuple(w - Fraction(r) for w, r in zip(worth, bargain.reservation_value, strict=True))
    return Pick(settlement=settlement, worth=worth, gains=gains, ties=ties)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Frontier:
    """All settlements that no possible settlement dominates. Those with equal worth are listed once, with their number.

    Parameters
    ----------
    choices
        (points, issues): option numbers of one settlement per point, the witness.
    worth
        (points, parties): worth in the parties' own points, as floats for display; :meth:`pick` is exact.
    ties
        (points,): number of settlements with exactly this worth. ``ties_exact`` is false if it is only a lower bound.
    totals
        (points, parties): exact worth in whole numbers, for the solvers; ``None`` if it was not kept.
    """

    bargain: Bargain
    status: Status
    choices: NDArray[np.int64]
    worth: NDArray[np.float64]
    ties: NDArray[np.float64]
    ties_exact: bool
    among: str
    note: Note
    totals: NDArray[np.int64] | None = None

    def __len__(self) -> int:
        return int(self.choices.shape[0])

    def settlement(self, point: int) -> tuple[int, ...]:
        """Return the witness of one point."""
        return tuple(int(option) for option in self.choices[point])

    def pick(self, point: int) -> Pick:
        """Return one point with exact worth and gains."""
        return pick(self.bargain, self.settlement(point), int(self.ties[point]))

    def to_rows(self) -> list[dict[str, Any]]:
        """Return one flat mapping per point, with its issues, worth per party and ties."""
        return [
            self.bargain.named(self.settlement(point))
            | {f"worth of {party}": float(self.worth[point, p]) for p, party in enumerate(self.bargain.parties)}
            | {"ties": int(self.ties[point])}
            for point in range(len(self))
        ]

    def to_json(self) -> dict[str, Any]:
        """Return the mapping that ``--json`` prints under ``frontier``."""
        points = [
            {
                "worth": {p: as_number(float(w)) for p, w in zip(self.bargain.parties, self.worth[at], strict=True)},
                "settlement": self.bargain.named(self.settlement(at)),
                "ties": int(self.ties[at]),
            }
            for at in range(len(self))
        ]
        return {"size": len(self), "points": points}

    def __repr__(self) -> str:
        points = counted(len(self), "point")
        return f"<Frontier: {points} among {self.among} settlements, {self.bargain.certainty(self.status)}>"

    def __str__(self) -> str:
        head = ["settlement", *self.bargain.parties, "ties"]
        rows = [
            [
                " / ".join(self.bargain.named(self.settlement(at)).values()),
                *(f"{worth:.6g}" for worth in self.worth[at]),
                f"{self.ties[at]:.0f}" + ("" if self.ties_exact else " or more"),
            ]
            for at in range(min(len(self), 40))
        ]
        more = f"\n... and {len(self) - 40} more" if len(self) > 40 else ""
        lines = [
            *self.bargain.beginning,
            repr(self),
            table_text(head, rows) + more,
            self.note.definition,
            _how(self.note),
        ]
        return "\n".join(lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Solution:
    """What one bargaining solution picks.

    Parameters
    ----------
    value
        The maximised value; ``None`` if there are no settlements.
    bound
        No possible settlement has a larger value. It equals ``value`` if the solution is proven.
    picks
        The settlements with this value, one for each different worth. ``complete`` says whether these are all.
    weights
        Certificate of the bound: with these weights per party no possible settlement has a larger weighted sum of gains
        than ``weighted_most``. Empty if the proof is a complete search.
    """

    bargain: Bargain
    name: str
    status: Status
    value: Fraction | float | None
    bound: Fraction | float | None
    picks: tuple[Pick, ...]
    complete: bool
    note: Note
    reason: str = ""
    weights: tuple[float, ...] = ()
    searched: dict[str, int] = field(default_factory=dict)

    @property
    def gap(self) -> float:
        """How far the bound is above the value (0 if proven). For large values see ``relative_gap``."""
        if self.value is None or self.bound is None:
            return 0.0
        return float(as_number(Fraction(self.bound) - Fraction(self.value)))

    @property
    def relative_gap(self) -> float:
        """The gap as a share of the value. It is infinite if the value is 0 and the bound is not."""
        if self.value is None or self.bound is None or self.bound == self.value:
            return 0.0
        return (
            float((Fraction(self.bound) - Fraction(self.value)) / abs(Fraction(self.value))) if self.value else math.inf
        )

    @property
    def settlements(self) -> tuple[tuple[int, ...], ...]:
        """The settlements of all picks."""
        return tuple(found.settlement for found in self.picks)

    def to_rows(self) -> list[dict[str, Any]]:
        """Return one flat mapping per settlement, with its issues, and worth and gain per party."""
        parties = self.bargain.parties
        return [
            self.bargain.named(found.settlement)
            | {f"worth of {party}": as_number(worth) for party, worth in zip(parties, found.worth, strict=True)}
            | {f"gain of {party}": as_number(gain) for party, gain in zip(parties, found.gains, strict=True)}
            | {"ties": found.ties, "value": None if self.value is None else as_number(self.value)}
            for found in self.picks
        ]

    def to_json(self) -> dict[str, Any]:
        """Return the mapping that ``--json`` prints under ``solutions``."""
        parties = self.bargain.parties
        return {
            "status": str(self.status),
            "value": None if self.value is None else as_number(self.value),
            "settlements": [self.bargain.named(found.settlement) for found in self.picks],
            "gains": [{p: as_number(g) for p, g in zip(parties, found.gains, strict=True)} for found in self.picks],
            "bound": None if self.bound is None else as_number(self.bound),
            "definition": self.note.definition,
        }

    def __repr__(self) -> str:
        value = "no settlement" if self.value is None else short(self.value)
        return f"<Solution {self.name}: {value}, {self.bargain.certainty(self.status)}, {len(self.picks)} found>"

    def __str__(self) -> str:
        head = f"{self.name}: {self.bargain.certainty(self.status)}" + (f" ({self.reason})" if self.reason else "")
        lines = [*self.bargain.beginning, head]
        for found in self.picks[:1]:
            lines.append(" / ".join(self.bargain.named(found.settlement).values()) + f"  (ties: {found.ties})")
            rows = [
                [party, f"{float(r):.6g}", f"{float(w):.6g}", f"{float(g):+.6g}"]
                for party, r, w, g in zip(
                    self.bargain.parties, self.bargain.reservation_value, found.worth, found.gains, strict=True
                )
            ]
            lines.append(table_text(["party", "no deal", "deal", "gain"], rows))
        if len(self.picks) > 1:
            lines.append(f"... and {len(self.picks) - 1} more of other worth")
        if self.status is Status.BOUNDED:
            known = "none known" if self.value is None else short(self.value)
            lines.append(f"value {known}, " + ("no bound" if self.bound is None else f"at most {short(self.bound)}"))
        return "\n".join([*lines, self.note.definition, _how(self.note)])


def _how(note: Note) -> str:
    seed = "" if note.seed is None else f", seed {note.seed}"
    lines = [f"{note.method}; {note.arithmetic}; {note.seconds:.3g} s{seed}. {note.reference}"]
    return "\n".join([*lines, *(f"Note: {warning}" for warning in note.warnings)])

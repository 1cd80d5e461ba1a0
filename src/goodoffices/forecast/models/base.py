"""Models and their answers: plain values on 0..100, before calibration and before the issue's own scale."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from goodoffices.data_class import dataclass
from goodoffices.errors import ForecastInputError, ForecastUndefinedError
from goodoffices.forecast.inputs.columns import FloatArray
from goodoffices.phrases.phrase import Phrase

if TYPE_CHECKING:
    from goodoffices.forecast.inputs.lineup import Case
    from goodoffices.forecast.inputs.model_input import Numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One actor's shift in one turn: from where to where, because of whom, by which rule, and how strongly.

    Attributes
    ----------
    kind
        The rule: bargain, trade, confrontation, compromise, capitulation.
    strength
        How strong the reason was, in the rule's own measure; ``reason`` says which.
    """

    turn: int
    actor: str
    issue: str
    start: float
    end: float
    toward: str
    kind: str
    strength: float
    reason: str

    @property
    def text(self) -> str:
        """Return the move as a sentence."""
        return (
            f"turn {self.turn}: {self.actor} moves from {self.start:.4g} to {self.end:.4g} on {self.issue}, "
            f"because of {self.toward} ({self.kind}; {self.reason})"
        )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ModelAnswer:
    """The result of one run of a model, on 0..100.

    Attributes
    ----------
    point
        (d,).
    ties
        Every tied point of a one-issue model, ascending; ``point`` is the lowest.
    atoms, weights
        The model's own distribution for one issue; None if it gives only a point.
    positions
        (turns + 1, n, d), or None for a one-shot model.
    stopped
        Why a run with turns ended.
    details
        Further tables of the family, each documented with its model.
    """

    point: FloatArray
    ties: tuple[float, ...] = ()
    atoms: FloatArray | None = None
    weights: FloatArray | None = None
    positions: FloatArray | None = None
    moves: tuple[Move, ...] = ()
    stopped: str = ""
    warnings: tuple[str, ...] = ()
    details: MappingProxyType[str, Any] = field(default_factory=lambda: MappingProxyType({}))


Run = Callable[["Numbers"], ModelAnswer]
Many = Callable[[FloatArray, FloatArray, FloatArray, "Numbers"], FloatArray]


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A configured model: a name ``family:variant``, its options, and the function that runs it.

    Attributes
    ----------
    run
        Runs the model on one set of numbers.
    many
        Runs it on many draws at once: position, salience, capability (D, n) and the numbers they vary; points (D,), NaN
        for a draw at which the model has no answer.
    tune
        Fits what is fitted to outcomes, on training cases only; None if nothing is.
    joint
        Whether the model can take all issues together.
    trades
        Whether the model makes sense only for issues that are decided together.
    turns
        Whether it runs over turns; then `levers` computes influence.
    """

    name: str
    run: Run
    options: tuple[tuple[str, Any], ...] = ()
    many: Many | None = None
    tune: Callable[[Sequence[Case]], Model] | None = None
    joint: bool = False
    trades: bool = False
    turns: bool = False
    needs_reference: bool = False

    @property
    def label(self) -> str:
        """The name with its options, as on the command line."""
        inside = ", ".join(
            f"{name}={value!r}" if isinstance(value, str) else f"{name}={value}" for name, value in self.options
        )
        return f"{self.name}({inside})" if inside else self.name


def check_size(model: str, numbers: Numbers, most: int) -> None:
    """Refuse a group whose actors would have to be compared pair by pair, or turn by turn, for minutes.

    Raises
    ------
    ForecastUndefinedError
        If there are more than ``most`` actors.
    """
    if len(numbers.actors) > most:
        raise ForecastUndefinedError(
            Phrase(
                "{model} takes at most {most} actors and these are {n}; join those who stand together, or use "
                "'compromise'",
                model=model,
                most=str(most),
                n=f"{len(numbers.actors):,}",
            )
        )


def option_value(name: str, value: str, known: Sequence[str]) -> int:
    """Return the number of an option's value, or raise `ForecastInputError` with the known values."""
    given: Any = value  # an array compares with each name
    if not isinstance(given, str) or value not in known:
        raise ForecastInputError(f"{name}={value!r} is not known; use one of {', '.join(known)}")
    return known.index(value)


def at_one_point(numbers: Numbers) -> ModelAnswer | None:
    """Return the answer if there is nothing to bargain about: one actor, or all at one position. Otherwise None."""
    x = numbers.position
    if len(numbers.actors) == 1:
        warning = Phrase("one actor: nothing to bargain")
    elif not np.isnan(x).any() and (x == x[0]).all():
        warning = Phrase("all at one position: nothing to bargain")
    else:
        return None
    return ModelAnswer(
        point=x[0].copy(),
        positions=x[None].copy(),
        atoms=x[0].copy() if x.shape[1] == 1 else None,
        weights=np.ones(1) if x.shape[1] == 1 else None,
        warnings=(warning,),
        stopped="nothing to bargain",
    )

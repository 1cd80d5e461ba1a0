"""What a caller from Python may give: sequences of names, numbers, pairs; anything else is refused in a sentence."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from goodoffices.errors import ForecastInputError, quoted
from goodoffices.names import name_fault


def names_in(given: Any, what: str, example: str) -> tuple[str, ...]:
    """Return ``given`` as names. A single string is refused: its letters would be taken for names."""
    if isinstance(given, str) or not isinstance(given, Iterable):
        raise ForecastInputError(f"{what} is {given!r}; give a list of names, such as {example}")
    names = tuple(given)
    for name in names:
        if not isinstance(name, str) or not name.strip():
            raise ForecastInputError(f"{what} holds {name!r}; each name is text, such as {example}")
        if fault := name_fault(name):
            raise ForecastInputError(f"{what} holds {quoted(name)}, {fault}")
    return names


def number_in(given: Any, what: str) -> float:
    """Return ``given`` as a finite number."""
    try:
        number = float(given)
    except (TypeError, ValueError, OverflowError):
        number = float("nan")
    if isinstance(given, str | bool) or not np.isfinite(number):
        raise ForecastInputError(f"{what} is {given!r}; give a number")
    return number


def listed_in(given: Any, what: str, example: str) -> None:
    """Refuse what is not a list; a single string too, since its letters would be taken for entries."""
    if isinstance(given, str) or not isinstance(given, Iterable):
        raise ForecastInputError(f"{what} are {given!r}; give a list, {example}")


def kind_in(given: Any, what: str, wanted: type | tuple[type, ...], how: str) -> None:
    """Refuse ``given`` unless it is of one of the wanted types; ``how`` says what to write instead."""
    if not isinstance(given, wanted):
        raise ForecastInputError(f"{what} is {given!r}; {how}")


def whole_in(given: Any, what: str, least: int) -> None:
    """Refuse what is not a whole number, or is below the least."""
    if not isinstance(given, int) or isinstance(given, bool) or not least <= given < 2**63:
        raise ForecastInputError(f"{what} is {quoted(repr(given))}; give a whole number of at least {least}")


def word_in(given: Any, what: str, known: tuple[str, ...]) -> None:
    """Refuse a word that is not on a closed list; it would else count as another one."""
    if not isinstance(given, str) or given not in known:
        raise ForecastInputError(f"{what} is {quoted(repr(given))}; give one of {', '.join(map(repr, known))}")


def refuse_absent(actors: tuple[str, ...], places: NDArray[np.float64]) -> None:
    """Refuse actors that stand nowhere: a forecast would leave them out without saying so."""
    absent = [name for name, row in zip(actors, places, strict=True) if np.isnan(row).all()]
    if absent:
        raise ForecastInputError(
            f"no position is given for {', '.join(absent)}; give one on at least one issue, or leave the actor out"
        )

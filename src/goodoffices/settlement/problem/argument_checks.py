"""What a caller from Python may give: a bargain, words of closed lists, whole numbers; else a sentence says what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from goodoffices.bargain import Bargain
from goodoffices.bargain_tables import check_number
from goodoffices.errors import ScenarioError, UnknownWordError, quoted
from goodoffices.names import nearest_word


def check_bargain(given: Any) -> None:
    """Raise `ScenarioError` if something other than a bargain is given."""
    if not isinstance(given, Bargain):
        raise ScenarioError(
            f"{quoted(repr(given))} is not a Bargain; give one, as Bargain.from_names or Bargain.from_arrays makes it"
        )


def check_word(what: str, given: Any, known: Sequence[str]) -> None:
    """Raise `UnknownWordError` for a word that is not on a closed list; it would else count as another one."""
    if not isinstance(given, str):
        raise ScenarioError(f"{what} is {quoted(repr(given))}; give one of {', '.join(map(repr, known))}")
    if given not in known:
        raise UnknownWordError(what, given, tuple(known), nearest=nearest_word(given, known))


def check_count(what: str, given: Any, *, least: int = 1) -> None:
    """Raise `ScenarioError` for what is not a whole number, or is below the least."""
    if not isinstance(given, int) or isinstance(given, bool) or not least <= given < 2**63:
        raise ScenarioError(f"{what} is {quoted(repr(given))}; give a whole number of at least {least}")


def check_numbers(what: str, given: Any, n: int) -> None:
    """Raise `ScenarioError` unless ``n`` finite numbers of at least 0 are given."""
    if isinstance(given, str | bytes | dict) or not isinstance(given, Iterable):
        raise ScenarioError(f"{what} are {quoted(repr(given))}; give a list of {n} numbers")
    numbers = list(given)
    if len(numbers) != n:
        raise ScenarioError(f"{what} are {len(numbers)}; give {n}, one for each party")
    for number in numbers:
        check_number(f"one of the {what}", number)
        if number < 0:
            raise ScenarioError(f"one of the {what} is {number}, which is negative; give 0 or more")

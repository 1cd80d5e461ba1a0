"""Figures that were sent for a bulletin, compared with what the ledgers give to the seat that prepares it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from goodoffices.canonical_json import parse_canonical
from goodoffices.errors import ScenarioError
from goodoffices.phrases.phrase import Phrase
from goodoffices.reports.ceasefire.bulletin_figures import bulletin_figures, figures_of_text
from goodoffices.talks.state.command_context import FiguresAsked
from goodoffices.talks.state.knowledge import Knowledge

_NOTHING = object()


def checked_figures(known: Knowledge, read: Callable[[str], str | None], asked: FiguresAsked) -> str:
    """Return the figures of a bulletin, as canonical JSON, if those that were sent for it are the same.

    Raises
    ------
    ScenarioError
        If they differ, with the first figure that does and what the ledgers give, or if these words are not figures.
        As `bulletin_figures` for the days and the ledgers.
    """
    found = bulletin_figures(known, asked.first, asked.last, asked.ledgers, is_public=asked.is_public, read=read)
    if asked.given is None or asked.given == found:
        return found
    differs = _first_difference(figures_of_text(asked.given), parse_canonical(found.encode()), ())
    if differs is None:  # only written in another way
        return found
    where, given, ours = differs
    raise ScenarioError(
        Phrase(
            "the figures of this bulletin say {given} for {where}; from the ledgers it is {found}. Leave the figures "
            "out, and they are worked out",
            given=_shown(given),
            where=", ".join(where),
            found=_shown(ours),
        )
    )


def _first_difference(given: Any, found: Any, way: tuple[str, ...]) -> tuple[tuple[str, ...], Any, Any] | None:
    """Return where two values differ first, in which order they are written, with what stands in each."""
    if isinstance(given, dict) and isinstance(found, dict):
        pairs = ((str(name), given.get(name, _NOTHING), found.get(name, _NOTHING)) for name in {**found, **given})
    elif isinstance(given, list) and isinstance(found, list):
        longest = range(max(len(given), len(found)))
        pairs = ((_name(found if n < len(found) else given, n), _at(given, n), _at(found, n)) for n in longest)
    else:
        return None if given == found else (way, given, found)
    return next((differs for name, a, b in pairs if (differs := _first_difference(a, b, (*way, name)))), None)


def _at(values: list[Any], n: int) -> Any:
    return values[n] if n < len(values) else _NOTHING


def _name(values: list[Any], n: int) -> str:
    """Return what people call an entry: a ledger by its title or its keeper, a verdict by its area, else its number."""
    one = values[n]
    return str((one.get("title") or one.get("keeper") or one.get("area") or n + 1) if isinstance(one, dict) else n + 1)


def _shown(value: Any) -> str:
    if value is _NOTHING or value is None:
        return Phrase("nothing")
    if isinstance(value, bool):
        return Phrase("yes") if value else Phrase("no")
    return str(value)[:60] if isinstance(value, str | int) else Phrase("other things")

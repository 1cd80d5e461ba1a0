"""Read a file of assumptions: YAML, beside a talks file as ``rehearsal.yaml`` or named on the command line."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from goodoffices.errors import ScenarioError, UnknownWordError, quoted
from goodoffices.formats.input.diagnostics import Entry, Place
from goodoffices.formats.input.files import read_named
from goodoffices.formats.input.located_tree import plain
from goodoffices.formats.input.numbers import to_fraction, western
from goodoffices.formats.input.yaml_reader import parse_yaml
from goodoffices.names import nearest_word
from goodoffices.rehearsal.batches.assumptions import Assumed, AssumedRatifier, AssumedSpoiler, Assumptions
from goodoffices.rehearsal.graph import Filter, Form
from goodoffices.rehearsal.presence import Walkout
from goodoffices.rehearsal.setting import Closing

NAME = "rehearsal.yaml"
_KEYS = (
    "version", "notes", "parties", "intermediaries", "turns", "strategies", "form", "filter", "confuses", "closing",
    "walkout", "spoilers", "ratifiers", "assumptions",
)  # fmt: skip
_SPOILER_KEYS = (
    "name", "turn", "probability", "acceptances", "reservation", "lost_turns", "silenced_turns", "devaluation",
)  # fmt: skip
_NUMBER_KEYS = ("quantity", "party", "value", "low", "mode", "high", "because")


def read_assumptions(path: Path) -> Assumptions:
    """Return the assumptions in a file.

    Raises
    ------
    ScenarioError
        If the file cannot be read; the message names the file and what would be right.
    """
    raw = read_named(path)
    if isinstance(raw, Entry):
        raise ScenarioError(str(raw))
    found = plain(parse_yaml(raw))
    if not isinstance(found, dict):
        raise ScenarioError(f"{path.name} holds no assumptions; write for example 'turns: 40'")
    if "talks" in found and "actors" in found:
        raise ScenarioError(f"{path.name} is a talks file, not a file of assumptions; name one such as rehearsal.yaml")
    try:
        _check_filled(found)
        _check_keys(found, _KEYS)
        return _assumptions(found)
    except UnknownWordError:
        raise
    except ScenarioError as error:
        raise ScenarioError(f"{path.name}: {error}") from error


def _assumptions(found: Mapping[str, Any]) -> Assumptions:
    return Assumptions(
        numbers=tuple(_assumed(one) for one in _list(found, "assumptions")),
        form=_word(found, "form", Form, Form.VERBATIM),
        filter=_word(found, "filter", Filter, Filter.NONE),
        is_nearby=_text(found, "confuses", "any", ("any", "adjacent")) == "adjacent",
        closing=_word(found, "closing", Closing, Closing.EXACT),
        strategies=_strategies(found),
        walkout=_word(found, "walkout", Walkout, Walkout.FORBIDDEN),
        spoilers=tuple(map(_spoiler, _list(found, "spoilers"))),
        ratifiers=tuple(map(_ratifier, _list(found, "ratifiers"))),
        n_turns=_whole(found, "turns", 100),
        parties=tuple(map(str, _list(found, "parties"))),
        intermediaries=tuple(map(str, _list(found, "intermediaries"))),
        notes=tuple(map(str, _list(found, "notes"))),
    )


def _assumed(given: Any) -> Assumed:
    if not isinstance(given, dict):
        raise ScenarioError(f"{quoted(str(given))} is not an assumption; write 'quantity:' and 'value:' or a range")
    _check_keys(given, _NUMBER_KEYS)
    value = given.get("value")
    low = _number(given, "low", float("nan")) if value is None else _number(given, "value", 0.0)
    high = _number(given, "high", float("nan")) if value is None else low
    mode = _number(given, "mode", 0.0) if "mode" in given else None
    return Assumed(
        quantity=str(given.get("quantity", "")), low=low, high=high, mode=mode, party=str(given.get("party") or ""),
        origin=str(given.get("because") or "the file of assumptions"),
    )  # fmt: skip


def _spoiler(given: Any) -> AssumedSpoiler:
    if not isinstance(given, dict):
        raise ScenarioError(f"{quoted(str(given))} is not a spoiler; write 'name:' and when and how it strikes")
    _check_keys(given, _SPOILER_KEYS)
    reservation = given.get("reservation") or {}
    if not isinstance(reservation, dict):
        raise ScenarioError("'reservation' of a spoiler names parties, each with what is added to its worth")
    whole = {key: _whole(given, key, 0) for key in ("turn", "acceptances", "lost_turns", "silenced_turns")}
    return AssumedSpoiler(
        name=str(given.get("name") or "a spoiler"),
        turn=whole["turn"] if "turn" in given else None,
        acceptances=whole["acceptances"] if "acceptances" in given else None,
        probability=_number(given, "probability", 0.0),
        reservation=tuple((str(party), _number(reservation, party, 0.0)) for party in reservation),
        lost_turns=whole["lost_turns"], silenced_turns=whole["silenced_turns"],
        devaluation=_number(given, "devaluation", 0.0),
    )  # fmt: skip


def _ratifier(given: Any) -> AssumedRatifier:
    if isinstance(given, str):
        return AssumedRatifier(name=given)
    if not isinstance(given, dict):
        raise ScenarioError(f"{quoted(str(given))} is not a ratifier; write a party, or a name and a probability")
    _check_keys(given, ("name", "probability"))
    probability = _number(given, "probability", 0.0) if "probability" in given else None
    return AssumedRatifier(name=str(given.get("name") or ""), probability=probability)


def _strategies(found: Mapping[str, Any]) -> dict[str, str]:
    given = found.get("strategies") or {}
    if isinstance(given, str):
        return {"": given}
    if not isinstance(given, dict):
        raise ScenarioError("'strategies' names one for all, or one for each party")
    return {"" if party == "all" else str(party): str(name) for party, name in given.items()}


def _check_filled(found: Any, where: str = "") -> None:
    """Refuse a key or a place of a list without a value: a default would be taken for what the file says."""
    if found is None:
        raise ScenarioError(f"{quoted(where)} has no value; write one, or leave it out")
    if isinstance(found, dict):
        for key, value in found.items():
            _check_filled(value, str(key))
    if isinstance(found, list):
        for value in found:
            _check_filled(value, where)


def _check_keys(found: Mapping[str, Any], known: tuple[str, ...]) -> None:
    for key in found:
        if key not in known:
            raise UnknownWordError("key of the assumptions", str(key), known, nearest=nearest_word(str(key), known))


def _list(found: Mapping[str, Any], key: str) -> list[Any]:
    given = found.get(key) or []
    if not isinstance(given, list):
        raise ScenarioError(f"{key!r} is {quoted(str(given))}; give a list")
    return given


def _number(found: Mapping[str, Any], key: str, default: float) -> float:
    given = found.get(key)
    if given is None:
        return default
    if not isinstance(given, str):
        raise ScenarioError(f"{key!r} is {quoted(str(given))}; give a number")
    return float(to_fraction(western(given), Place(file=""), repr(key)))


def _whole(found: Mapping[str, Any], key: str, default: int) -> int:
    number = _number(found, key, float(default))
    if not number.is_integer():
        raise ScenarioError(f"{key!r} is {number:g}; give a whole number")
    return int(number)


def _text(found: Mapping[str, Any], key: str, default: str, known: tuple[str, ...]) -> str:
    given = str(found.get(key) or default)
    if given not in known:
        raise UnknownWordError(key, given, known, nearest=nearest_word(given, known))
    return given


def _word(found: Mapping[str, Any], key: str, words: Any, default: Any) -> Any:
    return words(_text(found, key, default.value, tuple(one.value for one in words)))

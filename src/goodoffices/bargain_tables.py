"""The tables of a bargain from what people write: names or arrays. Every error names what does not fit."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from numbers import Integral, Real
from typing import Any

from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioError, quoted
from goodoffices.names import comparable, name_fault, nearest_word, visible

Number = int | float | Fraction
_LARGEST, _FINEST = 10**303, 10**330
_SHAPE = '{"North": {"well": {"ours": 40, "shared": 25}}}'
Worth = tuple[tuple[tuple[Number, ...], ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BargainTables:
    """Options by issue, parties, ``worth[issue][option][party]``, reservation values, and red lines by party."""

    issues: dict[str, tuple[str, ...]]
    parties: tuple[str, ...]
    worth: Worth
    reservation_value: tuple[Number, ...] = ()
    red_lines: tuple[frozenset[tuple[int, int]], ...] = ()


PART = " for the part that was read"
"""What follows *proven* in an answer on a bargain of which something was left out."""


def tables_from_names(
    worth: Mapping[str, Mapping[str, Mapping[str, Number]]],
    reservation_value: Mapping[str, Number],
    red_lines: Mapping[str, Mapping[str, Sequence[str]]],
) -> BargainTables:
    """Return the tables of ``worth[party][issue][option]``.

    Raises
    ------
    ScenarioError
        If a party, an issue or an option is missing or not known.
    """
    parties = tuple(_mapping(worth, "worth"))
    first = _mapping(worth[parties[0]], f"party {parties[0]!r}")
    issues = {name: tuple(_mapping(held, f"issue {name!r} of {parties[0]!r}")) for name, held in first.items()}
    for party in parties:
        _same_names(worth[party], issues, f"party {party!r}", "issue")
        for name, options in issues.items():
            _same_names(worth[party][name], options, f"issue {name!r} of {party!r}", "option")
    _known_names(red_lines, parties, "red_lines", "party")
    _known_names(reservation_value, parties, "reservation_value", "party")
    return BargainTables(
        issues=issues,
        parties=parties,
        worth=tuple(
            tuple(tuple(_number(worth[party][name][option]) for party in parties) for option in options)
            for name, options in issues.items()
        ),
        reservation_value=tuple(_number(reservation_value.get(party, 0)) for party in parties),
        red_lines=tuple(_lines(red_lines.get(party, {}), issues, party) for party in parties),
    )


def tables_from_arrays(
    parties: Sequence[str],
    issues: Mapping[str, Sequence[str]],
    worth: Sequence[Sequence[Sequence[Number]]],
    reservation_value: Sequence[Number],
) -> BargainTables:
    """Return the tables of ``worth[party][issue][option]``, given as arrays or nested lists.

    Raises
    ------
    ScenarioError
        If a size does not fit.
    """
    if isinstance(parties, str):
        raise ScenarioError(f"parties is the text {parties!r}; give a list of names")
    named = {name: _options(name, options) for name, options in _mapping(issues, "issues").items()}
    if not _is_list(worth) or not _is_list(reservation_value):
        raise ScenarioError("worth and reservation_value are lists with an entry for each party; give them so")
    if len(worth) != len(parties):
        raise ScenarioError(f"worth has {len(worth)} parts for {len(parties)} parties; give one per party")
    wanted = [len(options) for options in named.values()]
    tables = []
    for party, part in zip(parties, worth, strict=True):
        try:
            table = [[_number(value) for value in row] for row in part]
        except TypeError as error:
            raise ScenarioError(f"worth of {party!r} is not one list of numbers per issue; nest it so") from error
        sizes = [len(row) for row in table]
        if sizes != wanted:
            raise ScenarioError(
                f"worth of {party!r} has {sizes} numbers and the issues have {wanted} options; give each party one "
                "list per issue with one number per option"
            )
        tables.append(table)
    by_issue = (zip(*(table[at] for table in tables), strict=True) for at in range(len(named)))
    return BargainTables(
        issues=named,
        parties=tuple(parties),
        worth=tuple(tuple(rows) for rows in by_issue),
        reservation_value=tuple(_number(value) for value in reservation_value),
    )


def _options(name: str, options: Any) -> tuple[str, ...]:
    if isinstance(options, str):
        raise ScenarioError(f"the options of issue {name!r} are the text {options!r}; give a list of names")
    return tuple(options)


def option_numbers(issues: Mapping[str, Sequence[str]], chosen: Mapping[str, str] | Sequence[int]) -> tuple[int, ...]:
    """Return the option numbers of a settlement that is given by names or by numbers.

    Raises
    ------
    ScenarioError
        If an issue or option is missing or not known.
    """
    if isinstance(chosen, Mapping):
        _same_names(chosen, issues, "the settlement", "issue")
        for name, options in issues.items():
            _known_names([chosen[name]], options, f"issue {name!r}", "option")
        return tuple(options.index(chosen[name]) for name, options in issues.items())
    if not _is_list(chosen):
        raise ScenarioError(f"{chosen!r} is not a settlement; give the option of each issue by name or number")
    numbers = tuple(chosen)
    if len(numbers) != len(issues):
        raise ScenarioError(f"the settlement has {len(numbers)} options for {len(issues)} issues; give one each")
    for (name, options), number in zip(issues.items(), numbers, strict=True):
        if not isinstance(number, Integral) or isinstance(number, bool) or not 0 <= number < len(options):
            raise ScenarioError(
                f"issue {name!r} has no option number {number!r}; give 0 to {len(options) - 1}, or names"
            )
    return tuple(int(number) for number in numbers)


def sum_exactly(numbers: tuple[Number, ...]) -> Fraction:
    """Return the exact sum. Whole numbers are added first, because that is much quicker."""
    whole = sum(number for number in numbers if type(number) is int)
    rest = (Fraction(number) for number in numbers if type(number) is not int)
    return sum(rest, Fraction(whole))


def _is_list(given: Any) -> bool:
    return hasattr(given, "__len__") and hasattr(given, "__getitem__")


def check_number(what: str, number: Number) -> None:
    """Raise `ScenarioError` for what is not a finite number, or is so large or small that sums of such are not."""
    given: Any = number
    if not isinstance(given, Real) or isinstance(given, bool):
        raise ScenarioError(f"{what} is {number!r}, which is not a number; give whole numbers, fractions or floats")
    if isinstance(number, float) and not math.isfinite(number):
        raise ScenarioError(f"{what} is {number}; give a finite number")
    if type(number) is int and -_LARGEST <= number <= _LARGEST:
        return
    exact = Fraction(number)
    if abs(exact) > _LARGEST or exact.denominator > _FINEST:
        raise ScenarioError(f"{what} has more than 300 digits before or after the point; use another unit")


def _check_name(name: Any, what: str) -> None:
    if not isinstance(name, str):
        raise ScenarioError(f"{what} {quoted(repr(name))}, which is not text; a name is text, such as 'North'")
    if fault := name_fault(name):
        raise ScenarioError(f"{what} {quoted(name)}, {fault}")


def check_once(names: Sequence[str], what: str) -> None:
    """Raise `ScenarioError` for names that are not text, or that are the same but for characters that nobody sees."""
    for name in names:
        _check_name(name, what)
    if len({comparable(name) for name in names}) == len(names):
        return
    seen: dict[str, str] = {}
    for name in names:
        first = seen.get(comparable(name))
        seen[comparable(name)] = name
        if first is not None:
            unseen = visible(first).split() == visible(name).split()
            other = "with characters that nobody sees" if unseen else "of other characters that look the same"
            how = "" if first == name else f", the second time {other}"
            raise ScenarioError(f"{what} {quoted(name)} twice{how}; list it once")


def check_types(issues: Sequence[Any], worth: Sequence[Any]) -> None:
    """Raise `ScenarioError` if an issue has no options, or worth is not nested three deep."""
    for number, issue in enumerate(issues, start=1):
        if not hasattr(issue, "options"):
            raise ScenarioError(
                f"issue {number} is {issue!r}, not a BargainIssue; write BargainIssue(name=..., options=(...)), or "
                "build the bargain with Bargain.from_names"
            )
    for table in worth:
        if not isinstance(table, Sequence) or any(
            not isinstance(row, Sequence) or isinstance(row, str) for row in table
        ):
            raise ScenarioError("worth is not nested as worth[issue][option][party]; use Bargain.from_names")


def _number(value: Any) -> Number:
    """Return a number of an array as one of Python's own, so that a whole number stays exact."""
    if hasattr(value, "mask"):
        raise ScenarioError("a cell of the array is masked, so it has no number; fill it in, or leave the party out")
    plain = value.item() if hasattr(value, "item") else value
    if isinstance(plain, bool) or not isinstance(plain, int | float | Fraction):
        raise ScenarioError(f"{plain!r} is not a number; give whole numbers, fractions or floats")
    return plain


def _mapping(value: Any, what: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping) or not value:
        raise ScenarioError(
            f'{what} holds {value!r}; write it like {{"North": {{"well": {{"ours": 40, "shared": 25}}}}}}'
        )
    return value


def _same_names(given: Any, wanted: Iterable[str], what: str, kind: str) -> None:
    names = tuple(wanted)
    _known_names(_mapping(given, what), names, what, kind)
    missing = [name for name in names if name not in given]
    if missing:
        raise ScenarioError(f"{what} lacks the {kind} {missing[0]!r}; state it too")


def _known_names(given: Iterable[str], known: Iterable[str], what: str, kind: str) -> None:
    names = tuple(known)
    for name in given:
        if name not in names:
            near = nearest_word(str(name), names)
            hint = f"; did you mean {near!r}?" if near else f"; there are {', '.join(map(repr, names))}"
            raise ScenarioError(f"{what} names the {kind} {name!r}, which is not known{hint}")


def _lines(
    named: Mapping[str, Sequence[str]], issues: Mapping[str, Sequence[str]], party: str
) -> frozenset[tuple[int, int]]:
    _known_names(named, issues, f"red_lines of {party!r}", "issue")
    found = set()
    for at, (name, options) in enumerate(issues.items()):
        _known_names(named.get(name, ()), options, f"red_lines of {party!r}, issue {name!r}", "option")
        found |= {(at, options.index(option)) for option in named.get(name, ())}
    return frozenset(found)


def check_bargain(bargain: Any) -> None:
    """Raise `ScenarioError` if the tables of a bargain do not fit each other, or a number or a reference cannot be."""
    _check_shapes(bargain)
    _check_numbers(bargain)
    _check_references(bargain)


def _check_shapes(bargain: Any) -> None:
    n = len(bargain.parties)
    if len(bargain.worth) != len(bargain.issues):
        tables, issues = len(bargain.worth), len(bargain.issues)
        raise ScenarioError(f"worth has {tables} tables for {issues} issues; give one per issue")
    for issue, table in zip(bargain.issues, bargain.worth, strict=True):
        if len(table) != len(issue.options) or any(len(row) != n for row in table):
            raise ScenarioError(
                f"the worth table of issue {issue.name!r} is not {len(issue.options)} options by {n} parties; "
                "give one row per option and one number per party"
            )
    for what in ("reservation_value", "cap", "strict", "red_lines"):
        given = len(getattr(bargain, what))
        if given != n:
            raise ScenarioError(f"entries in {what}: {given}, but parties: {n}; give one per party")


def _check_numbers(bargain: Any) -> None:
    rows = [
        (f"worth in issue {i.name!r}", row) for i, t in zip(bargain.issues, bargain.worth, strict=True) for row in t
    ]
    rows.append(("reservation value", bargain.reservation_value))
    rows.append(("cap", tuple(cap for cap in bargain.cap if cap is not None)))
    rows += [("worth of an interaction", link.worth) for link in bargain.interactions]
    for what, row in rows:
        for number in row:
            check_number(what, number)


def _check_references(bargain: Any) -> None:
    sizes = [len(issue.options) for issue in bargain.issues]
    n = len(bargain.parties)
    pairs = {pair for lines in bargain.red_lines for pair in lines}
    boxes = [link.box for link in bargain.interactions] + [limit.forbidden for limit in bargain.constraints]
    pairs |= {(issue, option) for box in boxes for issue, options in box.where for option in options}
    for issue, option in pairs:
        if not (0 <= issue < len(sizes) and 0 <= option < sizes[issue]):
            raise ScenarioError(f"issue number {issue} has no option number {option}; numbers start at 0")
    if any(len(link.worth) != n for link in bargain.interactions):
        raise ScenarioError(f"an interaction does not state its worth for each of the {n} parties")
    for requirement in bargain.decided_by.requirements:
        if len(requirement.weights) != n or any(weight < 0 for weight in requirement.weights):
            raise ScenarioError(
                f"rule {bargain.decided_by.name!r}: {requirement.name!r} must give one weight of at least 0 per party"
            )
    if not bargain.decided_by.holds(frozenset(range(n))):
        raise ScenarioError(f"the rule {bargain.decided_by.name!r} fails even if every party accepts; lower its quota")

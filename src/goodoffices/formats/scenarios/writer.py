"""Write a scenario in another program's format; what is lost is known before anything is written."""

from __future__ import annotations

import itertools
import json
import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from xml.sax.saxutils import quoteattr

from goodoffices.bargain import Bargain, Rule
from goodoffices.errors import ScenarioError, UnknownWordError
from goodoffices.formats.input.diagnostics import Grade, Place
from goodoffices.formats.scenarios.genius_profile import NEGLIGIBLE
from goodoffices.formats.scenarios.log import Log, ScenarioReport
from goodoffices.formats.scenarios.scenario import Scenario

Tables = list[list[list[Fraction]]]
"""Worth per party, issue and option."""

_MOST_FOR_BID = 200_000
_ROUNDING = Fraction(1, 10**14)
"""Sums of numbers on 0..1 that are written with 17 digits differ by less than this from what was meant."""
_ON_UNIT_SCALE = frozenset({"genius-xml", "geniusweb-json", "negolog"})


def write_scenario(
    scenario: Scenario, path: str | Path, dialect: str, *, lossy: bool = False, force: bool = False
) -> ScenarioReport:
    """Write ``scenario`` as a folder of files in ``dialect``.

    Parameters
    ----------
    lossy
        Allow losses that change a worth; the report names each.
    force
        Replace an existing folder.

    Returns
    -------
    ScenarioReport
        Everything lost or rounded; empty if the files say the same.

    Raises
    ------
    ScenarioError
        If the format cannot hold the scenario, a loss is not allowed, or the folder exists.
    UnknownWordError
        If there is no such dialect.
    """
    if dialect not in WRITERS:
        raise UnknownWordError("dialect", dialect, tuple(WRITERS))
    log = Log()
    tables, reservation = losses(scenario, dialect, log)
    files = WRITERS[dialect](scenario, tables, reservation, log)
    put_files(files, Path(path), dialect, log, lossy=lossy, force=force)
    carried = tuple(entry for entry in scenario.report.entries if entry.grade is not Grade.NOTE)
    return replace(log.report(), entries=(*log.entries, *carried))


def put_files(files: dict[str, str], target: Path, dialect: str, log: Log, *, lossy: bool, force: bool) -> None:
    """Write files to a temporary folder and move them; refuse losses and an existing folder unless both are allowed."""
    if target.exists() and not force:
        raise ScenarioError(f"{target} exists already; name a new folder, or replace it (--force)")
    losing = [entry for entry in log.entries if entry.grade is Grade.ASSUMPTION]
    if losing and not lossy:
        raise ScenarioError(
            f"writing {dialect} would change worth: {losing[0].why}. Allow losses (--lossy) to write it all the same"
        )
    with tempfile.TemporaryDirectory(dir=target.parent) as made:
        for name, text in files.items():
            (Path(made) / name).write_text(text, encoding="utf-8")
        if target.exists():
            shutil.rmtree(target)
        target.mkdir()
        for name in files:
            os.replace(Path(made) / name, target / name)


def losses(scenario: Scenario, dialect: str, log: Log) -> tuple[Tables, list[Fraction]]:
    """Return worth per party and reservation values as the dialect can hold them; record what that loses."""
    bargain = scenario.bargain
    if bargain.interactions:
        raise ScenarioError(f"{dialect} files are written without links between issues; this scenario has them")
    if dialect == "negolog" and len(bargain.parties) != 2:
        raise ScenarioError(f"NegoLog holds two parties; here are {len(bargain.parties)}")
    _dropped(scenario, dialect, log)
    tables: Tables = []
    reservation = []
    for party, name in enumerate(bargain.parties):
        table = [[Fraction(row[party]) for row in rows] for rows in bargain.worth]
        least = Fraction(bargain.reservation_value[party])
        if dialect in _ON_UNIT_SCALE:
            table, least = _on_unit_scale(table, least, name, log)
        tables.append(table)
        reservation.append(least)
    return tables, reservation


def _dropped(scenario: Scenario, dialect: str, log: Log) -> None:
    bargain, place = scenario.bargain, Place(file=dialect)
    parts = {
        "red lines": dialect != "talks" and any(bargain.red_lines),
        "constraints": bool(bargain.constraints),
        "the decision rule": bargain.decided_by != Rule.unanimity(len(bargain.parties)),
        "strict reservation values": any(bargain.strict),
        "worth per turn": any(scenario.timing.worth_per_turn),
        "opt-out values": any(value is not None for value in scenario.timing.opt_out_value),
        "discounts": dialect in ("geniusweb-json", "negolog", "talks") and any(scenario.timing.discount),
        "discounts per turn, since Genius counts them once for the whole run": dialect == "genius-xml"
        and any(discount is not None and discount[1] == "turn" for discount in scenario.timing.discount),
        "caps": dialect != "genius-xml" and any(cap is not None for cap in bargain.cap),
    }
    for what, there in parts.items():
        if there:
            log.assume("dropped", place, f"{what} cannot be written in {dialect}", taken="nothing")


def _on_unit_scale(
    table: list[list[Fraction]], least: Fraction, name: str, log: Log
) -> tuple[list[list[Fraction]], Fraction]:
    """Shift negative issues to start at 0, and divide by the best settlement if it is worth more than 1."""
    lows = [min(min(row), Fraction(0)) for row in table]
    if any(lows):
        why = f"{name} has options of negative worth; issues are moved to start at 0"
        _tell("shifted", name, why, log, is_rounding=-sum(lows, Fraction(0)) <= _ROUNDING)
        table = [[value - low for value in row] for row, low in zip(table, lows, strict=True)]
        least -= sum(lows, Fraction(0))
    best = sum((max(row) for row in table), Fraction(0))
    if best > 1:
        why = f"the points of {name} are divided by {float(best):.17g}, its best settlement"
        _tell("scaled", name, why, log, is_rounding=best - 1 <= _ROUNDING)
        table, least = [[value / best for value in row] for row in table], least / best
    return table, least


def _tell(kind: str, name: str, why: str, log: Log, *, is_rounding: bool) -> None:
    """Record a loss; what stays within the last digits of a float is only noted, and needs nobody's consent."""
    if is_rounding:
        log.note("rounded", Place(file=name), f"{why}, which changes the last digits of its numbers")
    else:
        log.assume(kind, Place(file=name), why)


def decimal(value: Fraction, log: Log, name: str) -> str:
    """Return ``value`` in decimals: exactly if it has finitely many, else 17 digits, which is noted."""
    twos, fives, rest = 0, 0, value.denominator
    while rest % 2 == 0:
        twos, rest = twos + 1, rest // 2
    while rest % 5 == 0:
        fives, rest = fives + 1, rest // 5
    places = max(twos, fives)
    if rest != 1 or places > 40:
        log.note("rounded", Place(file=name), "numbers without a finite decimal form are written with 17 digits")
        return repr(float(value))
    digits = str(abs(value.numerator) * 10**places // value.denominator).rjust(places + 1, "0")
    whole, part = (digits[:-places], digits[-places:]) if places else (digits, "0")
    return f"{'-' if value < 0 else ''}{whole}.{part}"


def _genius(scenario: Scenario, tables: Tables, reservation: list[Fraction], log: Log) -> dict[str, str]:
    """Write evaluations as the worth itself, and as weight the largest of them, by which Genius divides again.

    Genius takes an issue as worth nothing if its largest evaluation is below a threshold. Evaluations below it are
    written in a unit of their own, a power of ten smaller, which the division takes out again.
    """
    bargain = scenario.bargain
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    issues = []
    for number, issue in enumerate(bargain.issues, start=1):
        items = "".join(
            f'<item index="{at}" value={quoteattr(option)}/>\n' for at, option in enumerate(issue.options, start=1)
        )
        issues.append(f"{_issue(number, issue.name)}{items}</issue>\n")
    space = f'<utility_space number_of_issues="{len(bargain.issues)}">\n{_ROOT}{"".join(issues)}</objective>\n'
    space += "</utility_space>\n"
    files = {"domain.xml": f"{head}<negotiation_template>\n{space}</negotiation_template>\n"}
    for party, name in enumerate(bargain.parties):
        parts = []
        for number, (issue, row) in enumerate(zip(bargain.issues, tables[party], strict=True), start=1):
            unit = _unit_of(max(row))
            items = "".join(
                f'<item index="{at}" value={quoteattr(option)} evaluation="{decimal(value / unit, log, name)}"/>\n'
                for at, (option, value) in enumerate(zip(issue.options, row, strict=True), start=1)
            )
            weight = f'<weight index="{number}" value="{decimal(max(row), log, name)}"/>\n'
            parts.append(f"{_issue(number, issue.name)}{items}</issue>\n{weight}")
        discount = scenario.timing.discount[party]
        factor = Fraction(1) if discount is None or discount[1] != "run" else discount[0]
        files[f"{file_name(name, files)}.xml"] = (
            f"{head}<utility_space>\n{_ROOT}{''.join(parts)}</objective>\n"
            f'<discount_factor value="{decimal(factor, log, name)}"/>\n'
            f'<reservation value="{decimal(reservation[party], log, name)}"/>\n</utility_space>\n'
        )
    return files


def _unit_of(largest: Fraction) -> Fraction:
    """Return 1, or the power of ten that brings the largest evaluation of an issue above the threshold of Genius."""
    unit = Fraction(1)
    while 0 < largest / unit < NEGLIGIBLE:
        unit /= 10
    return unit


_ROOT = '<objective index="0" name="root" type="objective" etype="objective" description="">\n'


def _issue(number: int, name: str) -> str:
    return f'<issue index="{number}" name={quoteattr(name)} type="discrete" etype="discrete" vtype="discrete">\n'


def file_name(name: str, taken: dict[str, str]) -> str:
    """Return a party's file name; the party is named by it when the file is read again."""
    unsafe = any(character in name for character in '/\\\0:*?"<>|') or name.startswith(".") or not name.strip()
    if unsafe or any(Path(other).stem == name for other in taken):
        raise ScenarioError(f"the party {name!r} cannot be the name of a file of its own; rename it")
    return name


def _weights(row_tops: list[Fraction]) -> list[Fraction]:
    """Return weights of at least the largest worth of each issue that add up to 1; the first takes what is left."""
    return [row_tops[0] + 1 - sum(row_tops, Fraction(0)), *row_tops[1:]]


def _valued(row: list[Fraction], weight: Fraction) -> list[Fraction]:
    return [value / weight if weight else Fraction(0) for value in row]


def _geniusweb(scenario: Scenario, tables: Tables, reservation: list[Fraction], log: Log) -> dict[str, str]:
    bargain = scenario.bargain
    domain = {"name": "domain", "issuesValues": {i.name: {"values": list(i.options)} for i in bargain.issues}}
    files = {"domain.json": _json(domain)}
    for party, name in enumerate(bargain.parties):
        weights = _weights([max(row) for row in tables[party]])
        utilities = {
            issue.name: {
                "DiscreteValueSetUtilities": {
                    "valueUtilities": _numbers(issue.options, _valued(row, weight), log, name)
                }
            }
            for issue, row, weight in zip(bargain.issues, tables[party], weights, strict=True)
        }
        space = {
            "issueUtilities": utilities,
            "issueWeights": _numbers(tuple(i.name for i in bargain.issues), weights, log, name),
            "domain": domain,
            "name": name,
        }
        if reservation[party]:
            bid = _bid(bargain, tables[party], reservation[party], name, log)
            space["reservationBid"] = {"issuevalues": bid}
        files[f"{file_name(name, files)}.json"] = _json({"LinearAdditiveUtilitySpace": space})
    return files


def _bid(bargain: Bargain, table: list[list[Fraction]], least: Fraction, name: str, log: Log) -> dict[str, str]:
    """Return the settlement of least worth that is at least the reservation value, but for rounding."""
    if bargain.settlements > _MOST_FOR_BID:
        raise ScenarioError(
            f"the reservation value of {name} must be written as a settlement, and there are too many to search"
        )
    worth = {
        settlement: sum((row[option] for row, option in zip(table, settlement, strict=True)), Fraction(0))
        for settlement in itertools.product(*(range(len(row)) for row in table))
    }
    above = [settlement for settlement, value in worth.items() if value >= least - _ROUNDING]
    if not above:
        raise ScenarioError(f"no settlement is worth the reservation value of {name}; GeniusWeb cannot hold that")
    chosen = min(above, key=lambda settlement: worth[settlement])
    if worth[chosen] != least:
        why = f"the reservation value of {name} becomes that of a settlement, {float(worth[chosen] - least):.3g} higher"
        _tell("approximate-reservation", name, why, log, is_rounding=abs(worth[chosen] - least) <= _ROUNDING)
    return bargain.named(chosen)


def _numbers(names: tuple[str, ...], values: list[Fraction], log: Log, name: str) -> dict[str, object]:
    return {one: _Written(decimal(value, log, name)) for one, value in zip(names, values, strict=True)}


class _Written(float):
    """A number that JSON writes with the digits given."""

    def __new__(cls, digits: str) -> _Written:
        made = super().__new__(cls, digits)
        made.digits = digits
        return made

    digits: str

    def __repr__(self) -> str:
        return self.digits


def _json(value: object) -> str:
    """Return JSON with numbers as they are written."""
    marks: dict[str, str] = {}

    def marked(part: object) -> object:
        if isinstance(part, _Written):
            mark = f"\u0000{len(marks)}\u0000"
            marks[json.dumps(mark)] = part.digits
            return mark
        if isinstance(part, dict):
            return {key: marked(inner) for key, inner in part.items()}
        return part

    text = json.dumps(marked(value), ensure_ascii=False, indent=2)
    for mark, digits in marks.items():
        text = text.replace(mark, digits, 1)
    return text + "\n"


def _negolog(scenario: Scenario, tables: Tables, reservation: list[Fraction], log: Log) -> dict[str, str]:
    bargain, files = scenario.bargain, {}
    for party, letter in enumerate("AB"):
        weights, name = _weights([max(row) for row in tables[party]]), bargain.parties[party]
        profile = {
            "reservationValue": _Written(decimal(reservation[party], log, name)),
            "issueWeights": _numbers(tuple(i.name for i in bargain.issues), weights, log, name),
            "issues": {
                issue.name: _numbers(issue.options, _valued(row, weight), log, name)
                for issue, row, weight in zip(bargain.issues, tables[party], weights, strict=True)
            },
        }
        files[f"profile{letter}.json"] = _json(profile)
    return files


def _negmas(scenario: Scenario, tables: Tables, reservation: list[Fraction], log: Log) -> dict[str, str]:
    """Write JSON that is YAML too; all texts are quoted, so that none is read as a number or a truth value."""
    bargain = scenario.bargain
    space = {
        "issues": [{"name": i.name, "type": "CategoricalIssue", "values": list(i.options)} for i in bargain.issues],
        "name": "domain",
        "type": "DiscreteCartesianOutcomeSpace",
    }
    files = {"domain.yml": json.dumps(space, ensure_ascii=False, indent=2) + "\n"}
    for party, name in enumerate(bargain.parties):
        functions = "".join(
            f"  - {{type: TableFun, mapping: {_flow(issue.options, row, log, name)}}}\n"
            for issue, row in zip(bargain.issues, tables[party], strict=True)
        )
        weights = ", ".join("1.0" for _ in bargain.issues)
        text = (
            f"type: LinearAdditiveUtilityFunction\nname: {json.dumps(name, ensure_ascii=False)}\nvalues:\n{functions}"
        )
        text += f"weights: [{weights}]\nreserved_value: {decimal(reservation[party], log, name)}\n"
        discount = scenario.timing.discount[party]
        if discount is not None:
            unit = {"run": "relative_time", "turn": "step"}[discount[1]]
            inner = "".join(f"  {line}\n" for line in text.splitlines())
            text = (
                f"type: ExpDiscountedUFun\ndiscount: {decimal(discount[0], log, name)}\nfactor: {unit}\nufun:\n{inner}"
            )
            text += f"reserved_value: {decimal(reservation[party], log, name)}\n"
        files[f"{file_name(name, files)}.yml"] = text
    return files


def _flow(options: tuple[str, ...], row: list[Fraction], log: Log, name: str) -> str:
    pairs = (
        f"{json.dumps(option, ensure_ascii=False)}: {decimal(value, log, name)}"
        for option, value in zip(options, row, strict=True)
    )
    return "{" + ", ".join(pairs) + "}"


Writer = Callable[[Scenario, Tables, list[Fraction], Log], dict[str, str]]

WRITERS: dict[str, Writer] = {
    "genius-xml": _genius,
    "geniusweb-json": _geniusweb,
    "negolog": _negolog,
    "negmas-yaml": _negmas,
}

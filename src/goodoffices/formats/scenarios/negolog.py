"""NegoLog JSON: two profiles; the agenda is that of the first."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from goodoffices.bargain import BargainIssue
from goodoffices.formats.input.diagnostics import Place, failure
from goodoffices.formats.input.files import RawFile
from goodoffices.formats.input.strict_json import fraction, mapping, parse_json
from goodoffices.formats.scenarios.log import Log
from goodoffices.formats.scenarios.scenario import Agenda, Profile, Scenario, check_agenda, join


def is_negolog(value: Any) -> bool:
    """Return whether a JSON value is a NegoLog profile."""
    return isinstance(value, dict) and {"issueWeights", "issues"} <= set(value)


def read_negolog(files: list[RawFile], log: Log) -> Scenario:
    """Return the scenario of a folder with ``profileA.json`` and ``profileB.json``."""
    found = []
    for raw in files:
        value = parse_json(raw) if raw.suffix == ".json" else None
        if isinstance(value, dict) and is_negolog(value):
            found.append((raw, value))
        else:
            log.note("not-a-profile", Place(file=raw.name), "not a profile; left aside")
    if len(found) != 2:
        raise failure("shape", Place(file=files[0].name), f"NegoLog has two profiles per folder; here are {len(found)}")
    agenda = _agenda(found[0][1], Place(file=found[0][0].name))
    check_agenda([issue.options for issue in agenda], found[0][0].name)
    profiles = [_profile(value, raw, agenda, log) for raw, value in found]
    return join("negolog", agenda, profiles, files=files, log=log, named=("", 2))


def _agenda(value: Mapping[str, Any], place: Place) -> Agenda:
    issues = mapping(value["issues"], place, "issues")
    return tuple(
        BargainIssue(name=name, options=tuple(mapping(table, place, f"issue {name!r}")))
        for name, table in issues.items()
    )


_KEYS = ("issueWeights", "issues", "reservationValue")


def _profile(value: Mapping[str, Any], raw: RawFile, agenda: Agenda, log: Log) -> Profile:
    place = Place(file=raw.name)
    mine = _agenda(value, place)
    if {(i.name, frozenset(i.options)) for i in mine} != {(i.name, frozenset(i.options)) for i in agenda}:
        raise failure("mismatch", place, "the issues or options differ from those of the first profile")
    if mine != agenda:
        log.note("ignored", place, "the order of issues or options differs from the first profile, which counts")
    log.unread(value, _KEYS, place, "the profile")
    weights = mapping(value["issueWeights"], place, "issueWeights")
    if set(weights) != {issue.name for issue in agenda}:
        raise failure("mismatch", place, "the weights do not name exactly the issues")
    parts = {name: fraction(weight, place, f"the weight of {name!r}") for name, weight in weights.items()}
    if abs(sum(parts.values(), Fraction(0)) - 1) > Fraction(1, 100):
        log.note("weights-off", place, f"the weights add up to {float(sum(parts.values())):.6g}; taken as written")
    tables = value["issues"]
    worth = tuple(
        tuple(parts[i.name] * fraction(tables[i.name][option], place, f"{i.name}/{option}") for option in i.options)
        for i in agenda
    )
    reservation = Fraction(0)
    if value.get("reservationValue") is None:
        log.assume("missing-reservation", place, f"the reservation value of {raw.stem} is not stated", taken="0")
    else:
        reservation = fraction(value["reservationValue"], place, "reservationValue")
    return Profile(name=raw.stem, file=raw.name, worth=worth, reservation_value=reservation)

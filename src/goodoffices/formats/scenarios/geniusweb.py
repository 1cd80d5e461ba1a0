"""GeniusWeb JSON, in the spelling of 2020 and of 2022/23."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from goodoffices.bargain import BargainIssue
from goodoffices.errors import ScenarioFileError
from goodoffices.formats.input.diagnostics import Place, failure
from goodoffices.formats.input.files import RawFile
from goodoffices.formats.input.numbers import to_fraction
from goodoffices.formats.input.strict_json import fraction, mapping, parse_json, text
from goodoffices.formats.scenarios.lenient_xml import unreadable
from goodoffices.formats.scenarios.log import Log, sentence
from goodoffices.formats.scenarios.scenario import Agenda, Profile, Scenario, check_agenda, join
from goodoffices.text_tables import counted

_TABLES = ("discreteutils", "DiscreteValueSetUtilities")
_NUMBERS = ("numberutils", "NumberValueSetUtilities")
_ROUNDING = Fraction(1, 10**9)


def is_geniusweb(value: Any) -> bool:
    """Return whether a JSON value is a GeniusWeb domain or profile."""
    return isinstance(value, dict) and ("issuesValues" in value or any(key.endswith("UtilitySpace") for key in value))


def read_geniusweb(files: list[RawFile], log: Log) -> Scenario:
    """Return the scenario of a folder with one GeniusWeb domain and its profiles."""
    domains, profiles = [], []
    for raw in files:
        value = parse_json(raw) if raw.suffix == ".json" else None
        if isinstance(value, dict) and "issuesValues" in value:
            domains.append((raw, value))
        elif isinstance(value, dict) and is_geniusweb(value):
            profiles.append((raw, value))
        else:
            log.note("not-a-profile", Place(file=raw.name), "neither domain nor profile of GeniusWeb; left aside")
    if len(domains) != 1:
        raise failure("shape", Place(file=files[0].name), f"a folder has one domain file; here are {len(domains)}")
    raw, domain = domains[0]
    agenda = _agenda(domain, Place(file=raw.name), log)
    check_agenda([issue.options for issue in agenda], raw.name)
    read = []
    for profile_raw, value in profiles:
        try:
            read.append(_profile(value, profile_raw, agenda, log))
        except ScenarioFileError as error:
            unreadable(error, log, profile_raw.name)
    if not read:
        refusals = " ".join(sentence(entry) for entry in log.entries if entry.grade == "refusal")
        raise failure("shape", Place(file=raw.name), f"no profile could be read. {refusals}")
    name = text(domain.get("name", raw.stem), Place(file=raw.name), "the domain's name")
    return join("geniusweb-json", agenda, read, files=files, log=log, named=(name, len(profiles)))


def _agenda(domain: Mapping[str, Any], place: Place, log: Log) -> Agenda:
    log.unread(domain, ("name", "issuesValues"), place, "the domain")
    issues = []
    for name, values in mapping(domain.get("issuesValues"), place, "issuesValues").items():
        holder = mapping(values, place, f"issue {name!r}")
        log.unread(holder, ("values", "range"), place, f"issue {name!r}")
        if "range" in holder:
            options = _range(holder["range"], place, name)
        elif isinstance(holder.get("values"), list):
            options = tuple(text(value, place, f"a value of {name!r}") for value in holder["values"])
        else:
            raise failure("shape", place, f"issue {name!r} has neither a list 'values' nor a 'range'")
        issues.append(BargainIssue(name=name, options=options))
    return tuple(issues)


def _range(value: Any, place: Place, name: str) -> tuple[str, ...]:
    if not isinstance(value, list) or len(value) != 3:
        raise failure("shape", place, f"the range of issue {name!r} should be [low, high, step]")
    low, high, step = (fraction(part, place, f"the range of {name!r}") for part in value)
    if step <= 0 or high < low or (high - low) / step > 100_000:
        raise failure("out-of-range", place, f"the range of issue {name!r} is empty or too long")
    return tuple(_written(low + step * at) for at in range(int((high - low) / step) + 1))


def _written(number: Fraction) -> str:
    return str(number.numerator) if number.denominator == 1 else repr(float(number))


_KEYS_OF_SPACE = ("name", "domain", "issueWeights", "issueUtilities", "reservationBid")


def _profile(value: Mapping[str, Any], raw: RawFile, agenda: Agenda, log: Log) -> Profile:
    place = Place(file=raw.name)
    kind = next(key for key in value if key.endswith("UtilitySpace"))
    if kind != "LinearAdditiveUtilitySpace":
        raise failure("not-supported", place, f"a {kind} is not read; LinearAdditiveUtilitySpace is")
    space = mapping(value[kind], place, kind)
    log.unread(value, (kind,), place, "the profile")
    log.unread(space, _KEYS_OF_SPACE, place, f"a {kind}")
    if "domain" in space and _agenda(mapping(space["domain"], place, "domain"), place, log) != agenda:
        raise failure("mismatch", place, "the domain inside the profile differs from the domain file")
    weights = mapping(space.get("issueWeights"), place, "issueWeights")
    tables = mapping(space.get("issueUtilities"), place, "issueUtilities")
    for named in (weights, tables):
        if set(named) != {issue.name for issue in agenda}:
            raise failure("mismatch", place, "weights or tables do not name exactly the issues of the domain")
    parts = {name: fraction(weight, place, f"the weight of {name!r}") for name, weight in weights.items()}
    if abs(sum(parts.values(), Fraction(0)) - 1) > _ROUNDING:
        _off("weights-off", place, f"the weights add up to {float(sum(parts.values())):.9g}, not 1", log)
    worth = tuple(
        tuple(parts[issue.name] * each for each in _values(tables[issue.name], issue, place, log)) for issue in agenda
    )
    return Profile(
        name=raw.stem, file=raw.name, worth=worth, reservation_value=_reservation(space, agenda, worth, raw, log)
    )


def _off(kind: str, place: Place, why: str, log: Log) -> None:
    """Refuse what GeniusWeb itself refuses, unless the caller allows it."""
    if not log.may(kind):
        raise failure(kind, place, f"{why}. GeniusWeb refuses this; allow {kind!r} to read it as written")
    log.assume(kind, place, why, taken="as written")


def _values(table: Any, issue: BargainIssue, place: Place, log: Log) -> list[Fraction]:
    holder = mapping(table, place, f"the table of {issue.name!r}")
    log.unread(holder, _TABLES + _NUMBERS, place, f"the table of {issue.name!r}")
    if any(key in holder for key in _NUMBERS):
        values = _line(mapping(holder[next(k for k in _NUMBERS if k in holder)], place, "numbers"), issue, place, log)
    elif any(key in holder for key in _TABLES):
        inner = mapping(holder[next(k for k in _TABLES if k in holder)], place, "discrete utilities")
        given = mapping(inner.get("valueUtilities"), place, "valueUtilities")
        log.unread(inner, ("valueUtilities",), place, f"the table of {issue.name!r}")
        strange = [name for name in given if name not in issue.options]
        if strange:
            raise failure("mismatch", place, f"option {strange[0]!r} is not one of issue {issue.name!r}")
        missing = [option for option in issue.options if option not in given]
        if missing:
            log.note(
                "ignored",
                place,
                f"{counted(len(missing), 'option')} of {issue.name!r} not in the table: worth 0 by the format",
            )
        values = [fraction(given[o], place, f"{issue.name}/{o}") if o in given else Fraction(0) for o in issue.options]
    else:
        raise failure("shape", place, f"the table of {issue.name!r} has none of {_TABLES + _NUMBERS}")
    if any(value < 0 or value > 1 for value in values):
        _off("out-of-range", place, f"a value of {issue.name!r} lies outside 0..1", log)
    return values


def _line(holder: Mapping[str, Any], issue: BargainIssue, place: Place, log: Log) -> list[Fraction]:
    parts = ("lowValue", "lowUtility", "highValue", "highUtility")
    log.unread(holder, parts, place, f"the line of {issue.name!r}")
    low, at_low, high, at_high = (fraction(holder.get(key), place, key) for key in parts)
    if high == low:
        raise failure("out-of-range", place, f"the numbers of issue {issue.name!r} are all the same")
    options = [
        to_fraction(option, place, f"an option of {issue.name!r}, whose worth is a line") for option in issue.options
    ]
    return [at_low + (at_high - at_low) * (option - low) / (high - low) for option in options]


def _reservation(
    space: Mapping[str, Any], agenda: Agenda, worth: tuple[tuple[Fraction, ...], ...], raw: RawFile, log: Log
) -> Fraction:
    """Return the worth of the reservation bid, which is a settlement."""
    place = Place(file=raw.name)
    bid = space.get("reservationBid")
    if bid is None:
        log.assume("missing-reservation", place, f"the reservation bid of {raw.stem} is not stated", taken="0")
        return Fraction(0)
    holder = mapping(bid, place, "reservationBid")
    log.unread(holder, ("issuevalues", "issueValues"), place, "the reservation bid")
    chosen = mapping(holder.get("issuevalues", holder.get("issueValues")), place, "the values of reservationBid")
    if set(chosen) != {issue.name for issue in agenda}:
        raise failure(
            "mismatch", place, "the reservation bid does not name an option for every issue; its worth is unknown"
        )
    total = Fraction(0)
    for issue, table in zip(agenda, worth, strict=True):
        option = text(chosen[issue.name], place, f"reservationBid/{issue.name}")
        if option not in issue.options:
            raise failure(
                "mismatch", place, f"the reservation bid names {option!r}, which is not an option of {issue.name!r}"
            )
        total += table[issue.options.index(option)]
    return total

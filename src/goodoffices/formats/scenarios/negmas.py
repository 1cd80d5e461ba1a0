"""NegMAS YAML: an outcome space and utility functions; also anl2025's one centre with several edges."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import PurePosixPath
from typing import Any

from goodoffices.bargain import Bargain
from goodoffices.errors import ScenarioFileError
from goodoffices.formats.input.diagnostics import Place, failure
from goodoffices.formats.input.files import RawFile
from goodoffices.formats.input.yaml_reader import as_written, parse_yaml
from goodoffices.formats.scenarios.lenient_xml import unreadable
from goodoffices.formats.scenarios.log import Log, sentence
from goodoffices.formats.scenarios.negmas_functions import Utility, agenda_of, last_part, read_utility
from goodoffices.formats.scenarios.scenario import Agenda, Profile, Scenario, check_agenda, join, joined_bargain


def is_negmas(value: Any) -> bool:
    """Return whether a YAML value is an outcome space or a utility function of NegMAS."""
    return (
        isinstance(value, dict)
        and isinstance(value.get("type"), str)
        and ("issues" in value or last_part(value["type"]).endswith(("UFun", "UtilityFunction")))
    )


def _parsed(files: list[RawFile], log: Log) -> list[tuple[RawFile, dict[str, Any]]]:
    found = []
    for raw in files:
        if raw.suffix not in (".yml", ".yaml"):
            log.note("not-a-profile", Place(file=raw.name), "not YAML; left aside")
            continue
        if not raw.data.strip():
            log.refuse("not-well-formed", Place(file=raw.name), "the file is empty")
            continue
        value = as_written(parse_yaml(raw))
        if is_negmas(value):
            found.append((raw, value))
        else:
            log.note("not-a-profile", Place(file=raw.name), "neither outcome space nor utility function; left aside")
    return found


def read_negmas(files: list[RawFile], log: Log) -> Scenario:
    """Return the scenario of a folder with one outcome space and its utility functions."""
    found = _parsed(files, log)
    spaces = [(raw, value) for raw, value in found if "issues" in value]
    utilities = [(raw, value) for raw, value in found if "issues" not in value]
    if len(spaces) != 1:
        why = "no file here lists the issues (type: DiscreteCartesianOutcomeSpace)"
        if spaces:
            why = f"{len(spaces)} files here list issues: {', '.join(each.name for each, _ in spaces)[:200]}"
        raise failure("shape", Place(file=files[0].name), f"{why}; a folder has one such file")
    raw, space = spaces[0]
    agenda = agenda_of(space, raw, log)
    check_agenda([issue.options for issue in agenda], raw.name)
    profiles = []
    for each, value in utilities:
        try:
            profiles.append(profile_of(read_utility(value, agenda, each, log), each, value, log))
        except ScenarioFileError as error:
            unreadable(error, log, each.name)
    if not profiles:
        refusals = " ".join(sentence(entry) for entry in log.entries if entry.grade == "refusal")
        raise failure("shape", Place(file=raw.name), f"no utility function could be read. {refusals}")
    name = str(space.get("name") or raw.stem)
    return join("negmas-yaml", agenda, profiles, files=files, log=log, named=(name, len(utilities)))


def profile_of(utility: Utility, raw: RawFile, value: dict[str, Any], log: Log) -> Profile:
    """Return a party from its utility function; the reservation is the outer function's."""
    reservation = Fraction(0)
    if utility.reservation is None:
        log.assume("missing-reservation", Place(file=raw.name), f"no reserved value for {raw.stem}", taken="0")
    else:
        reservation = utility.reservation
    return Profile(
        name=raw.stem,
        file=raw.name,
        worth=utility.worth,
        reservation_value=reservation,
        discount=utility.discount,
        boxes=utility.boxes,
    )


_KEYS_OF_CENTRE = (
    "type", "name", "id", "side_ufuns", "outcome_spaces", "outcome_space", "evaluator", "n_edges", "reserved_value",
    "combiner", "combiner_type", "ufuns",
)  # fmt: skip


def read_centre(files: list[RawFile], log: Log) -> Scenario:
    """Return one bargain per edge of a centre; the centre is a party where its worth per edge is given as numbers.

    A centre whose worth is computed by program code is left out: the tables beside it have no stated meaning.
    """
    centres = [raw for raw in files if PurePosixPath(raw.name).name in ("center.yml", "center.yaml")]
    edges = [raw for raw in files if raw.name.startswith("edges/") and raw.suffix in (".yml", ".yaml")]
    if len(centres) != 1 or not edges:
        raise failure("shape", Place(file=files[0].name), "one center.yml and at least one file in edges/ are needed")
    raw = centres[0]
    centre = as_written(parse_yaml(raw))
    if not isinstance(centre, dict):
        raise failure("shape", Place(file=raw.name), "the centre should be a mapping of names")
    log.unread(centre, _KEYS_OF_CENTRE, Place(file=raw.name), "the centre")
    sides = centre.get("side_ufuns")
    if not isinstance(sides, list):
        log.refuse(
            "centre-by-code", Place(file=raw.name),
            "the centre's worth is given by program code, which is not run; its edges "
            "are read", found=str(centre.get("evaluator", centre.get("type", "")))[:120],
        )  # fmt: skip
    spaces = centre.get("outcome_spaces") or [centre.get("outcome_space")]
    if len(spaces) not in (1, len(edges)):
        raise failure("mismatch", Place(file=raw.name), f"{len(spaces)} outcome spaces for {len(edges)} edges")
    bargains = []
    firsts: list[tuple[Agenda, list[Profile]]] = []
    for number, edge in enumerate(edges):
        agenda, profiles = _edge(edge, spaces, sides, (number, raw), log)
        firsts.append((agenda, profiles))
        bargains.append((edge.stem, joined_bargain(agenda, profiles, log)))
    agenda, profiles = firsts[0]
    first = join("anl2025", agenda, profiles, files=files, log=log, named=("", len(profiles)))
    named = tuple((name, _without_others(name, bargain, bargains)) for name, bargain in bargains)
    return replace(first, bargain=_without_others(named[0][0], first.bargain, bargains), edges=named)


def _without_others(name: str, bargain: Bargain, bargains: list[tuple[str, Bargain]]) -> Bargain:
    """Return the bargain of one edge, which says that the others are not in it."""
    others = [other for other, _ in bargains if other != name]
    line = (f"Only the edge {name} is in this answer, not {', '.join(others)}.",) if others else ()
    return replace(bargain, left_out=(*bargain.left_out, *line))


def _edge(
    edge: RawFile, spaces: list[Any], sides: Any, centre: tuple[int, RawFile], log: Log
) -> tuple[Agenda, list[Profile]]:
    number, centre_raw = centre
    value = as_written(parse_yaml(edge))
    if not isinstance(value, dict):
        raise failure("shape", Place(file=edge.name), "the edge should be a mapping of names")
    own = value.get("outcome_space")
    matching = number if len(spaces) > 1 else 0
    if own is not None:
        agenda = agenda_of(own, edge, log)
        named = [at for at, space in enumerate(spaces) if agenda_of(space, centre_raw, Log()) == agenda]
        if len(named) != 1 and isinstance(sides, list):
            raise failure("mismatch", Place(file=edge.name), f"this edge's agenda fits {len(named)} of the centre's")
        matching = named[0] if named else matching
    else:
        agenda = agenda_of(spaces[matching], centre_raw, log)
    check_agenda([issue.options for issue in agenda], edge.name)
    profiles = [profile_of(read_utility(value, agenda, edge, log), edge, value, log)]
    if isinstance(sides, list):
        if len(sides) != len(spaces):
            raise failure("mismatch", Place(file=centre_raw.name), f"{len(sides)} side functions, {len(spaces)} spaces")
        side = profile_of(read_utility(sides[matching], agenda, centre_raw, log), centre_raw, sides[matching], log)
        profiles.insert(0, side)
    return agenda, profiles

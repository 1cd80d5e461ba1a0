"""Genius XML: agenda and profiles of one folder, with the meaning that Genius 10.4 gives them."""

from __future__ import annotations

from goodoffices.bargain import BargainIssue
from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioFileError
from goodoffices.formats.input.diagnostics import Place, failure
from goodoffices.formats.input.files import RawFile
from goodoffices.formats.scenarios.genius_profile import GeniusIssue, read_issues, read_profile
from goodoffices.formats.scenarios.lenient_xml import Element, decode, is_xml_like, parse_xml, unreadable
from goodoffices.formats.scenarios.log import Log, sentence
from goodoffices.formats.scenarios.scenario import Agenda, Profile, Scenario, check_agenda, join


@dataclass(frozen=True, slots=True, kw_only=True)
class _Folder:
    """The parsed files of a folder: agendas and profiles, each with its file."""

    agendas: list[tuple[RawFile, Element]]
    profiles: list[tuple[RawFile, Element]]


def read_genius(files: list[RawFile], log: Log, *, grid: int | None = None, encoding: str | None = None) -> Scenario:
    """Return the scenario of a folder of Genius XML files (also of the GeniusWebSocket dialect).

    Parameters
    ----------
    grid
        Options into which a continuous issue is cut; without it such an issue is refused.

    Raises
    ------
    ScenarioFileError
        If no agenda or no profile is left.
    """
    folder = _sort(files, log, encoding)
    agendas = _agendas(folder, log, grid)
    websocket = any(_is_websocket(root) for _, root in folder.profiles)
    profiles: list[Profile] = []
    for raw, root in folder.profiles:
        agenda = _fitting(agendas, root, raw, log)
        if agenda is None:
            continue
        try:
            profile = read_profile(root, raw, agenda, log, raw_points=websocket)
        except ScenarioFileError as error:
            unreadable(error, log, raw.name)
            continue
        if profile is not None:
            profiles.append(profile)
    if not profiles:
        refusals = [sentence(entry) for entry in log.entries if entry.grade == "refusal"]
        raise failure(
            "shape",
            Place(file=files[0].name),
            "no profile could be read. " + " ".join(refusals[:3] or ["None is there."]),
        )
    name, issues = agendas[0]
    shown: Agenda = tuple(BargainIssue(name=issue.name, options=issue.options) for issue in issues)
    dialect = "genius-websocket" if websocket else "genius-xml"
    return join(dialect, shown, profiles, files=files, log=log, named=(name, len(folder.profiles)))


def _is_websocket(root: Element) -> bool:
    return any(root.anywhere(tag) for tag in ("weightmultiplyer", "optout", "timeeffect", "stateissue"))


def _sort(files: list[RawFile], log: Log, encoding: str | None) -> _Folder:
    agendas, profiles = [], []
    for raw in files:
        if raw.suffix != ".xml":
            log.note("not-a-profile", Place(file=raw.name), "not an XML file; left aside")
            continue
        text = decode(raw, log, encoding)
        if not is_xml_like(text):
            # Genius writes lists of numbers beside profiles; an empty file was a profile once.
            if text.strip():
                log.note("not-a-profile", Place(file=raw.name), "not XML inside; left aside")
            else:
                log.refuse("not-well-formed", Place(file=raw.name), "the file is empty")
            continue
        try:
            root = parse_xml(text, raw.name, log)
        except ScenarioFileError as error:
            unreadable(error, log, raw.name)
            continue
        if root.tag in ("negotiation_template", "domain"):
            agendas.append((raw, root))
        elif root.tag == "utility_space":
            profiles.append((raw, root))
        else:
            log.note("not-a-profile", Place(file=raw.name), f"holds <{root.tag}>, neither agenda nor profile")
    return _Folder(agendas=agendas, profiles=profiles)


def _agendas(folder: _Folder, log: Log, grid: int | None) -> list[tuple[str, list[GeniusIssue]]]:
    found: list[tuple[str, list[GeniusIssue]]] = []
    for raw, root in folder.agendas:
        issues = read_issues(root, raw, log, grid)
        check_agenda([issue.options for issue in issues], raw.name)
        if any(known == issues for _, known in found):
            log.note("duplicate-domain", Place(file=raw.name), "the same agenda as another file; read once")
        else:
            found.append((raw.stem, issues))
    if found:
        return found
    return [_agenda_from_profiles(folder, log, grid)]


def _agenda_from_profiles(folder: _Folder, log: Log, grid: int | None) -> tuple[str, list[GeniusIssue]]:
    if not folder.profiles:
        refusals = [sentence(entry) for entry in log.entries if entry.grade == "refusal"]
        raise failure("shape", Place(file=""), "no agenda and no profile is here. " + " ".join(refusals[:3]))
    quiet = Log()
    read = [(raw, read_issues(root, raw, quiet, grid)) for raw, root in folder.profiles]
    first = read[0][1]
    odd = [raw.name for raw, issues in read if issues != first]
    if odd:
        raise failure(
            "mismatch", Place(file=odd[0]),
            f"there is no agenda file, and this profile differs from {read[0][0].name}. "
            "Add the agenda file, or keep only profiles of one agenda."
        )  # fmt: skip
    log.assume(
        "agenda-from-profiles", Place(file=read[0][0].name), "there is no agenda file, and all profiles agree",
        taken="the profiles' issues and options",
    )  # fmt: skip
    check_agenda([issue.options for issue in first], read[0][0].name)
    return "", first


def _fitting(
    agendas: list[tuple[str, list[GeniusIssue]]], root: Element, raw: RawFile, log: Log
) -> list[GeniusIssue] | None:
    """Return the agenda that a profile is for; among several different ones only the single one with its issues."""
    if len(agendas) == 1:
        return agendas[0][1]
    mine = {issue.attributes.get("index") for issue in root.anywhere("issue")}
    fitting = [issues for _, issues in agendas if {issue.index for issue in issues} == mine]
    if len(fitting) == 1 and fitting[0] == agendas[0][1]:
        return fitting[0]
    log.refuse(
        "mismatch", Place(file=raw.name), f"the folder holds {len(agendas)} different agendas, and this profile fits "
        f"{len(fitting)} of them; profiles of the first agenda are read", remedy="Keep one agenda per folder.",
    )  # fmt: skip
    return None

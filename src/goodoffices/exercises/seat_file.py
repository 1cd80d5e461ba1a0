"""Read how an exercise is played by automated seats: its timetable, its difficulties, who may make which mistake."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from datetime import datetime, time
from fractions import Fraction
from pathlib import Path
from typing import Any

from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioError, UnknownWordError
from goodoffices.formats.input.diagnostics import Entry
from goodoffices.formats.input.files import read_named
from goodoffices.formats.input.located_tree import plain
from goodoffices.formats.input.yaml_reader import parse_yaml
from goodoffices.names import nearest_word
from goodoffices.rehearsal.seats.orders import Mistake, SessionPlan, TextPlan, Timetable
from goodoffices.rehearsal.seats.players.kinds import KINDS
from goodoffices.talks.base.enums import TextKind
from goodoffices.talks.model.brief import Brief, RedLine
from goodoffices.talks.model.exercise import ShownPlan
from goodoffices.talks.model.talks_file import TalksFile

NAME = "automated.yaml"
_KEYS = ("version", "pace", "night", "difficulties", "mistakes", "sessions", "texts")


@dataclass(frozen=True, slots=True, kw_only=True)
class Difficulty:
    """How hard an exercise is: the value of no agreement of some seats, and how many mistakes a seed gives."""

    reservation: Mapping[str, Fraction] = field(default_factory=dict)
    n_mistakes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AutomatedSetting:
    """How a scenario is played by automated seats: their briefs, the timetable, difficulties, who may make mistakes."""

    talks: TalksFile
    timetable: Timetable
    briefs: Mapping[str, Brief]
    difficulties: Mapping[str, Difficulty]
    makers: Mapping[Mistake, tuple[str, ...]]


def read_setting(path: Path, talks: TalksFile) -> AutomatedSetting:
    """Return the setting in a file beside a talks file.

    Parameters
    ----------
    path
        The file, usually `NAME` in the folder of the scenario.
    talks
        The talks that it belongs to, with their exercise.

    Raises
    ------
    ScenarioError
        If the file cannot be read or names a seat, kind or option that does not exist; it says what would be right.
    """
    raw = read_named(path)
    if isinstance(raw, Entry):
        raise ScenarioError(str(raw))
    found = plain(parse_yaml(raw))
    if not isinstance(found, dict):
        raise ScenarioError(
            f"{path.name} says nothing of the seats; write for example 'seats: {{un: {{kind: carrier}}}}'"
        )
    try:
        return _setting(found, talks)
    except UnknownWordError:
        raise
    except (ScenarioError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ScenarioError(f"{path.name} cannot be used: {error}; compare it with the one of astana-2017") from error


def _setting(found: Mapping[str, Any], talks: TalksFile) -> AutomatedSetting:
    _check_known(found, _KEYS, "key")
    if talks.exercise is None:
        raise ScenarioError(f"talks {talks.slug!r} have no exercise; write one under 'exercise' in the talks file")
    plan = talks.exercise
    kinds = {seat.slug: seat.automated for seat in plan.shown.seats}
    briefs = {brief.seat: brief for brief in plan.briefs}
    actors = {seat.slug: seat.actor for seat in (*talks.seats, *plan.added_seats)}
    return AutomatedSetting(
        talks=talks,
        timetable=_timetable(found, talks, plan.shown),
        briefs={
            slug: _brief(briefs.get(slug, Brief(seat=slug)), kind, actors[slug], talks) for slug, kind in kinds.items()
        },
        difficulties={
            name: Difficulty(
                reservation={seat: Fraction(str(v)) for seat, v in given.get("reservation", {}).items()},
                n_mistakes=int(given.get("mistakes", 0)),
            )
            for name, given in found.get("difficulties", {}).items()
        },
        makers={Mistake(name): tuple(made_by) for name, made_by in found.get("mistakes", {}).items()},
    )


def _check_known(found: Mapping[str, Any], known: tuple[str, ...], what: str) -> None:
    for key in found:
        if key not in known:
            raise UnknownWordError(what, str(key), known, nearest=nearest_word(str(key), known))


def _brief(brief: Brief, kind: str, actor: str, talks: TalksFile) -> Brief:
    """Return a brief with its kind and, if it values nothing itself, the worths that the file assesses for it."""
    if kind not in KINDS:
        raise UnknownWordError("kind of automated seat", kind, tuple(KINDS), nearest=nearest_word(kind, KINDS))
    if brief.worths or not (kind == "guarantor" or kind.endswith("delegation")):
        return replace(brief, kind=kind)
    worths: dict[str, dict[str, Fraction]] = {}
    red = {(line.issue, line.option) for line in brief.red_lines}
    for one in talks.assessments:
        if one.party == actor and one.issue is not None and one.worth:
            worths[one.issue] = {o: e.low if e.mode is None else e.mode for o, e in one.worth}
            red |= {(one.issue, option) for option in one.red_lines}
    mandate = brief.mandate.items()
    allowed = {issue: tuple(o for o in options if (issue, o) not in red) for issue, options in mandate}
    lines = tuple(RedLine(issue=issue, option=option) for issue, option in sorted(red))
    return replace(brief, kind=kind, worths=worths, red_lines=lines, mandate=allowed)


def _instant(text: Any) -> datetime:
    at = text if isinstance(text, datetime) else datetime.fromisoformat(str(text))
    if at.tzinfo is None:
        raise ScenarioError(f"{text} has no time zone; write it like 2017-01-22T18:00+06:00")
    return at


def _timetable(found: Mapping[str, Any], talks: TalksFile, shown: ShownPlan) -> Timetable:
    night = found.get("night", {})
    return Timetable(
        starts_at=shown.starts_at,
        ends_at=shown.ends_at,
        zone=talks.zone,
        pace=int(found.get("pace", shown.pace)),
        sessions=tuple(
            SessionPlan(title=s["title"], opens_at=_instant(s["opens_at"]), closes_at=_instant(s["closes_at"]))
            for s in found.get("sessions", ())
        ),
        texts=tuple(_text(name, given) for name, given in found.get("texts", {}).items()),
        night_from=time.fromisoformat(str(night.get("from", "22:00"))),
        night_until=time.fromisoformat(str(night.get("until", "07:30"))),
    )


def _text(name: str, given: Mapping[str, Any]) -> TextPlan:
    return TextPlan(
        name=name,
        pen=given["pen"],
        kind=TextKind(given["kind"]),
        titles=given["titles"],
        tabled_at=_instant(given["tabled_at"]),
        to=tuple(given["to"]),
        released_at=tuple(_instant(at) for at in given["released_at"]),
        stances_at=_instant(given["stances_at"]),
        issues=tuple(given.get("issues", ())),
        issuers=tuple(given.get("issuers", ())),
        about=tuple(given.get("about", ())),
        first_to=tuple(given.get("first_to", ())),
        first_at=None if "first_at" not in given else _instant(given["first_at"]),
    )

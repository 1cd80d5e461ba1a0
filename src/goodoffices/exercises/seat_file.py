"""Read how the seats of a scenario are played when nobody sits in them, and draw one exercise from a seed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, time
from fractions import Fraction
from pathlib import Path
from typing import Any

from goodoffices.errors import ScenarioError, UnknownWordError
from goodoffices.formats.input.diagnostics import Entry
from goodoffices.formats.input.files import read_named
from goodoffices.formats.input.located_tree import plain
from goodoffices.formats.input.yaml_reader import parse_yaml
from goodoffices.nearest import nearest_word
from goodoffices.rehearsal.seats.orders import Mistake, SessionPlan, TextPlan, Timetable
from goodoffices.rehearsal.seats.players.kinds import KINDS
from goodoffices.talks.base.enums import TextKind
from goodoffices.talks.model.brief import Brief, RedLine, Temper
from goodoffices.talks.model.talks_file import TalksFile

NAME = "automated.yaml"
_KEYS = (
    "version", "starts_at", "ends_at", "pace", "night", "powers", "seats", "difficulties", "mistakes", "sessions",
    "texts",
)  # fmt: skip
_SEAT_KEYS = ("kind", "reservation", "patience", "pride", "beta", "trust", "mandate", "red_lines")


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
        The talks that it belongs to. Seats get the powers that the file gives them for exercises.

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
    seats = {seat.slug: seat for seat in talks.seats}
    for name in (*found["seats"], *found.get("powers", {})):
        if name not in seats:
            raise UnknownWordError("seat", name, tuple(seats), nearest=nearest_word(name, seats))
    powers = found.get("powers", {})
    talks = replace(talks, seats=tuple(replace(s, extra=(*s.extra, *powers.get(s.slug, ()))) for s in talks.seats))
    return AutomatedSetting(
        talks=talks,
        timetable=_timetable(found, talks),
        briefs={slug: _brief(slug, seats[slug].actor, given, talks) for slug, given in found["seats"].items()},
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


def _brief(slug: str, actor: str, given: Mapping[str, Any], talks: TalksFile) -> Brief:
    """Return the brief of a seat: its own numbers, and the worths that the talks file assesses for its actor."""
    _check_known(given, _SEAT_KEYS, "key of a seat")
    if given["kind"] not in KINDS:
        raise UnknownWordError(
            "kind of automated seat", given["kind"], tuple(KINDS), nearest=nearest_word(given["kind"], KINDS)
        )
    worths: dict[str, dict[str, Fraction]] = {}
    red = {(issue, option) for issue, options in given.get("red_lines", {}).items() for option in options}
    for one in talks.assessments:
        if one.party == actor and one.issue is not None and one.worth:
            worths[one.issue] = {o: e.low if e.mode is None else e.mode for o, e in one.worth}
            red |= {(one.issue, option) for option in one.red_lines}
    has_worths = given["kind"] in ("guarantor",) or given["kind"].endswith("delegation")
    return Brief(
        seat=slug,
        worths=worths if has_worths else {},
        reservation_value=Fraction(str(given.get("reservation", 0))),
        red_lines=tuple(RedLine(issue=issue, option=option) for issue, option in sorted(red)),
        mandate={issue: tuple(options) for issue, options in given.get("mandate", {}).items()},
        kind=given["kind"],
        temper=Temper(
            patience=int(given.get("patience", 60)),
            pride=int(given.get("pride", 50)),
            beta=Fraction(str(given.get("beta", 1))),
            trust={seat: int(value) for seat, value in given.get("trust", {}).items()},
        ),
    )


def _instant(text: Any) -> datetime:
    at = text if isinstance(text, datetime) else datetime.fromisoformat(str(text))
    if at.tzinfo is None:
        raise ScenarioError(f"{text} has no time zone; write it like 2017-01-22T18:00+06:00")
    return at


def _timetable(found: Mapping[str, Any], talks: TalksFile) -> Timetable:
    night = found.get("night", {})
    return Timetable(
        starts_at=_instant(found["starts_at"]),
        ends_at=_instant(found["ends_at"]),
        zone=talks.zone,
        pace=int(found.get("pace", 18)),
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

"""The form that begins own talks, on a page and in the terminal: from what somebody typed to talks that can begin."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from zoneinfo import available_timezones

from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioError
from goodoffices.formats.documents.dataset_dates import day_of, is_ambiguous
from goodoffices.formats.talks_sheets.columns import FORMATS, ROLES
from goodoffices.formats.talks_sheets.lasting_names import key_of
from goodoffices.formats.talks_sheets.own_talks import ActorRow, FirstSession, OwnTalks, SeatRow
from goodoffices.formats.talks_sheets.problems import Problem, problem
from goodoffices.names import comparable, nearest_word
from goodoffices.talks.base.enums import ActorKind, Role
from goodoffices.talks.base.local_time import in_zone, instant_in, is_zone

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")
_HOUR = re.compile(r"(\d{1,2}):(\d{2})")
_PARTS = re.compile(r"[\t;؛|:]")
_LONGEST_TITLE, _LONGEST_NAME, MOST_SEATS = 80, 200, 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedSeat:
    """Somebody who takes part, as typed or pasted, with the line it stood on."""

    name: str
    roles: tuple[Role, ...] = (Role.PARTY,)
    kind: ActorKind = ActorKind.ORGANISATION
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class BeginForm:
    """What was typed, as text. ``kind`` is *exercise* or *live*, empty if nobody chose."""

    title: str = ""
    zone: str = ""
    languages: tuple[str, ...] = ()
    kind: str = ""
    place: str = ""
    round_title: str = ""
    first_day: str = ""
    session_title: str = ""
    session_format: str = ""
    session_hour: str = ""


def listed_seats(text: str, roles: Mapping[str, Role] | None = None) -> tuple[list[ListedSeat], list[Problem]]:
    """Return who is in a list: a line for each, the name first, then its roles; without a role it is a party.

    Parameters
    ----------
    text
        Lines such as ``Northland; party`` or cells pasted from a spreadsheet. Roles are divided by commas.
    roles
        Further words for roles, such as those of another language.

    Examples
    --------
    >>> [(seat.name, *seat.roles) for seat in listed_seats("Northland\\nUN; host, mediator")[0]]
    [('Northland', <Role.PARTY: 'party'>), ('UN', <Role.HOST: 'host'>, <Role.MEDIATOR: 'mediator'>)]
    """
    known = {key_of(word): role for word, role in {**ROLES, **(roles or {})}.items()}
    seats, problems = [], list[Problem]()
    for number, line in enumerate(text.splitlines(), start=1):
        name, *rest = [comparable(part) for part in _PARTS.split(line)]
        words = [word for part in rest for word in re.split("[,،]", part) if word.strip()]
        if not name and not words:
            continue
        found = []
        for word in words:
            role = known.get(key_of(word))
            if role is None:
                near = nearest_word(word, ROLES)
                told = {"n": number, "found": comparable(word), "near": near, "known": "; ".join(ROLES)}
                problems.append(problem("list-word" if near is None else "list-near-word", field="people", **told))
            elif role not in found:
                found.append(role)
        seats.append(ListedSeat(name=name, roles=tuple(found) or (Role.PARTY,), line=number))
    return seats, problems


def own_talks_of(
    form: BeginForm, seats: Iterable[ListedSeat] = (), sheet: OwnTalks | None = None
) -> tuple[OwnTalks | None, tuple[Problem, ...]]:
    """Return the talks that a form describes, or everything that is missing or cannot be so.

    Parameters
    ----------
    form
        What was typed.
    seats
        Who takes part, if no spreadsheet says it.
    sheet
        The spreadsheet that says who takes part, and further things.
    """
    problems: list[Problem] = []
    listed = list(seats)
    made = replace(
        sheet or OwnTalks(title="", zone="UTC", languages=("en",), is_live=False),
        title=_title(form, problems),
        zone=_zone(form, problems),
        languages=_languages(form, problems),
        is_live=form.kind == "live",
        place=comparable(form.place),
        round_title=comparable(form.round_title),
    )
    if form.kind not in ("exercise", "live"):
        problems.append(problem("no-kind", field="kind"))
    made = replace(made, first_day=_day(form, problems))
    made = replace(made, session=_session(form, made, problems))
    if sheet is None:
        problems += _wrong_seats(listed)
        made = replace(made, actors=tuple(map(_actor, listed)), seats=tuple(map(_seat, listed)))
    elif made.is_live and (_has_invented(sheet) or sheet.exercise is not None):
        problems.append(problem("invented-in-live", field="kind"))
    return (None if problems else made), tuple(problems)


def _title(form: BeginForm, problems: list[Problem]) -> str:
    title = comparable(form.title)
    if not title:
        problems.append(problem("no-title", field="title"))
    elif len(title) > _LONGEST_TITLE:
        problems.append(problem("long-title", field="title", n=len(title), most=_LONGEST_TITLE))
    return title


def _zone(form: BeginForm, problems: list[Problem]) -> str:
    zone = comparable(form.zone)
    if zone and is_zone(zone):
        return zone
    cities = [
        known for known in available_timezones() if "/" in known and _city(known) == key_of(zone) and is_zone(known)
    ]
    if len(cities) == 1:
        return cities[0]
    near = nearest_word(zone, sorted(available_timezones())) if zone else None
    if near is not None and key_of(near) == key_of(zone):
        return near
    code = "no-zone" if not zone else "zone" if near is None else "near-zone"
    problems.append(problem(code, field="zone", found=zone, near=near))
    return "UTC"


def _city(zone: str) -> str:
    """Return the place that a time zone is named after, as names are compared."""
    return key_of(zone.rpartition("/")[2].replace("_", " "))


def _languages(form: BeginForm, problems: list[Problem]) -> tuple[str, ...]:
    codes = tuple(dict.fromkeys(comparable(code).lower() for code in form.languages if code.strip()))
    if not codes:
        problems.append(problem("no-language", field="languages"))
    for code in codes:
        if not _LANGUAGE.fullmatch(code):
            problems.append(problem("language", field="languages", found=code))
    return codes


def _day(form: BeginForm, problems: list[Problem]) -> date | None:
    text = comparable(form.first_day)
    if not text:
        return None
    day = day_of(text)
    if day is not None and is_ambiguous(text):
        other = date(day.year, day.day, day.month)
        told = {"found": text, "one": day.isoformat(), "other": other.isoformat()}
        problems.append(problem("two-days", field="first_day", **told))
        return None
    if day is None:
        problems.append(problem("day", field="first_day", found=text))
    return day


def _session(form: BeginForm, made: OwnTalks, problems: list[Problem]) -> FirstSession | None:
    title, hour = comparable(form.session_title), comparable(form.session_hour)
    if not title:
        if hour:
            problems.append(problem("no-session-title", field="session_title"))
        return None
    format_ = FORMATS.get(form.session_format or "plenary")
    if format_ is None:
        told = {"found": form.session_format, "known": "; ".join(FORMATS)}
        problems.append(problem("session-format", field="session_format", **told))
        return None
    if not hour:
        return FirstSession(title=title, format=format_)
    match = _HOUR.fullmatch(hour)
    if match is None or made.first_day is None:
        code = "session-hour" if match is None else "no-day"
        problems.append(problem(code, field="session_hour", found=hour))
        return None
    try:
        starts_at = instant_in(f"{made.first_day.isoformat()}T{int(match[1]):02}:{match[2]}", made.zone)
    except ScenarioError:
        problems.append(problem("no-hour", field="session_hour", zone=made.zone))
        return None
    return FirstSession(title=title, format=format_, starts_at=starts_at)


def _wrong_seats(seats: list[ListedSeat]) -> list[Problem]:
    problems = []
    if len(seats) < 2:
        problems.append(problem("two-seats", field="people"))
    if len(seats) > MOST_SEATS:
        problems.append(problem("many-seats", field="people", n=len(seats), most=MOST_SEATS))
    lines: dict[str, int] = {}
    for seat in seats:
        first = lines.setdefault(key_of(seat.name), seat.line)
        if not seat.name:
            problems.append(problem("no-name", field="people", n=seat.line))
        elif len(seat.name) > _LONGEST_NAME:
            problems.append(problem("long-name", field="people", n=seat.line, most=_LONGEST_NAME))
        elif first != seat.line:
            problems.append(problem("listed-again", field="people", n=seat.line, found=seat.name, other=first))
    return problems


def _actor(seat: ListedSeat) -> ActorRow:
    return ActorRow(name=seat.name, kind=seat.kind)


def _seat(seat: ListedSeat) -> SeatRow:
    return SeatRow(name=seat.name, actors=(seat.name,), roles=seat.roles)


def _has_invented(sheet: OwnTalks) -> bool:
    tables = (sheet.actors, sheet.issues, sheet.positions, sheet.sources, sheet.commitments)
    return any(row.is_invented for rows in tables for row in rows)


def form_of(talks: OwnTalks) -> BeginForm:
    """Return what a spreadsheet says of the talks as a whole, so that it can be shown and changed."""
    session = talks.session
    starts_at = None if session is None else session.starts_at
    return BeginForm(
        title=talks.title,
        zone=talks.zone,
        languages=talks.languages,
        kind="live" if talks.is_live else "exercise",
        place=talks.place,
        round_title=talks.round_title,
        first_day="" if talks.first_day is None else talks.first_day.isoformat(),
        session_title="" if session is None else session.title,
        session_format="" if session is None else session.format.value,
        session_hour="" if starts_at is None else f"{in_zone(starts_at, talks.zone):%H:%M}",
    )

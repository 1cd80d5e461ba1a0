"""Time zones: which exist, whether an instant agrees with one, local times as instants, and instants as local times.

Everything that a person reads goes through ``time_text``: so a figure never stands beside the name of another zone.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from goodoffices.errors import ScenarioError, quoted
from goodoffices.names import nearest_word
from goodoffices.phrases.phrase import Phrase, Several

_COPIES = ("posix/", "right/")
"""Folders of some systems with all zones once more, partly with leap seconds; not names of the tz database."""
_NO_ZONES = ("localtime", "posixrules", "Factory")
"""Files beside the zones that name no place."""


def is_zone(zone: str) -> bool:
    """Return whether the tz database has a time zone of this name."""
    try:
        return ZoneInfo(zone).key == zone and not zone.startswith(_COPIES) and zone not in _NO_ZONES
    except (ZoneInfoNotFoundError, ValueError, OSError):  # unknown; not a zone's file; a folder of zones
        return False


def check_zone(zone: str) -> str:
    """Return ``zone``; raise ``ScenarioError`` with the nearest zone if the tz database does not have it."""
    if is_zone(zone):
        return zone
    # An abbreviation such as CEST is near others that mean another time.
    nearest = nearest_word(zone, sorted(available_timezones())) if "/" in zone else None
    why = Phrase("{zone} is not a time zone; write it like Europe/Kyiv.", zone=quoted(zone))
    hint = Phrase("Did you mean {nearest}?", nearest=repr(nearest)) if nearest else ""
    raise ScenarioError(Several((why, hint)))


def check_offset(instant: str, zone: str) -> None:
    """Raise ``ScenarioError`` if an instant has another difference from UTC than ``zone`` had on that day.

    18:00+02:00 beside Europe/Zurich in December means one of two moments, and nobody can tell which. An instant that
    ends in Z is in UTC and agrees with every zone. Whether it is an instant at all is not checked here.

    Examples
    --------
    >>> check_offset("2026-07-01T18:00+02:00", "Europe/Zurich")
    >>> check_offset("2026-12-01T18:00+02:00", "Europe/Zurich")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
        ...
    goodoffices.errors.ScenarioError: 2026-12-01T18:00+02:00 is not 18:00 in Europe/Zurich on that day, ...
    """
    check_zone(zone)
    try:
        at = datetime.fromisoformat(instant)
        stated, there = at.utcoffset(), at.astimezone(ZoneInfo(zone))
    except (TypeError, ValueError, OverflowError):
        return
    if stated is None or instant.strip()[-1:] in ("Z", "z") or stated == there.utcoffset():
        return
    shown = at.replace(tzinfo=ZoneInfo(zone))
    right, local = _offset_of(shown), at.replace(tzinfo=None).isoformat(timespec="minutes")
    later = shown.astimezone(UTC).astimezone(ZoneInfo(zone))
    if later.replace(tzinfo=None) != at.replace(tzinfo=None):
        raise ScenarioError(
            Phrase(
                "{instant} names an hour that there was not: in {zone} the clocks were put forward past "
                "{local} on that day. If the hour after it is meant, write {isoformat}",
                instant=instant,
                zone=zone,
                local=local[11:],
                isoformat=later.isoformat(timespec="minutes"),
            )
        )
    raise ScenarioError(
        Phrase(
            "{instant} is not {local} in {zone} on that day, where it is {right} from UTC; write "
            "{written}, or another time or zone",
            instant=instant,
            local=local[11:],
            zone=zone,
            right=right,
            written=f"{local}{right}",
        )
    )


def _offset_of(at: datetime) -> str:
    text = at.isoformat()
    return text[max(text.rfind("+"), text.rfind("-")) :]


def instant_in(local: str, zone: str) -> datetime:
    """Return the instant, in UTC, of a local time in a time zone.

    Parameters
    ----------
    local
        ISO 8601 without an offset, such as ``"2015-02-15T00:00"``.
    zone
        A name of the tz database, such as ``"Europe/Kyiv"``.

    Raises
    ------
    ScenarioError
        If the zone is not known, or if the local time does not exist there or exists twice because the clocks change.

    Examples
    --------
    >>> instant_in("2015-02-15T00:00", "Europe/Kyiv").isoformat()
    '2015-02-14T22:00:00+00:00'
    """
    where = ZoneInfo(check_zone(zone))
    try:
        bare = datetime.fromisoformat(local)
    except ValueError as error:
        raise ScenarioError(
            Phrase("{local} is not a local time; write it like 2015-02-15T00:00", local=repr(local))
        ) from error
    if bare.tzinfo is not None:
        raise ScenarioError(
            Phrase(
                "{local} has an offset; write the local time without one, and give the time zone separately",
                local=repr(local),
            )
        )
    try:
        early, late = (bare.replace(tzinfo=where, fold=fold).astimezone(UTC) for fold in (0, 1))
    except OverflowError as error:
        raise ScenarioError(
            Phrase("{local} is too early or too late; give a year from 1 to 9999", local=local)
        ) from error
    if early != late:
        raise ScenarioError(
            Phrase(
                "{local} in {zone} does not exist or exists twice, because the clocks change then; choose another time",
                local=local,
                zone=zone,
            )
        )
    return early


def time_text(at: datetime, zone: str) -> str:
    """Return an instant as people are shown it: by the clock of ``zone``, with its name and its distance from UTC.

    Parameters
    ----------
    at
        An aware instant.
    zone
        A name of the tz database.

    Examples
    --------
    >>> time_text(datetime(2017, 1, 23, 7, tzinfo=UTC), "Asia/Almaty")
    'Mon 23 Jan 2017, 13:00 (Asia/Almaty, UTC+6)'
    >>> time_text(datetime(2017, 1, 23, 7, tzinfo=UTC), "UTC")
    'Mon 23 Jan 2017, 07:00 (UTC)'
    """
    local = in_zone(at, zone)
    clock = f"{local:%H:%M:%S}" if local.second else f"{local:%H:%M}"
    return f"{day_text(local.date())}, {clock} ({zone_text(local, zone)})"


def in_zone(at: datetime, zone: str) -> datetime:
    """Return an instant by the clock of ``zone``; the first and last day of the calendar stay in UTC."""
    try:
        return at.astimezone(ZoneInfo(check_zone(zone)))
    except OverflowError:
        return at


def local_day(at: datetime, zone: str) -> date:
    """Return the day that the calendar of ``zone`` shows at an instant."""
    return in_zone(at, zone).date()


def day_text(day: date) -> str:
    """Return a day with its weekday, such as ``Mon 23 Jan 2017``."""
    return f"{day:%a} {day.day} {day:%b} {day.year}"


def zone_text(local: datetime, zone: str) -> str:
    """Return the name of ``zone`` with its distance from UTC at that time, such as ``Asia/Almaty, UTC+6``."""
    minutes = int((local.utcoffset() or timedelta()).total_seconds()) // 60
    if zone == "UTC":
        return zone
    hours, rest = divmod(abs(minutes), 60)
    return f"{zone}, UTC{'-' if minutes < 0 else '+'}{hours}" + (f":{rest:02}" if rest else "")


def end_of_day(day: date, zone: str) -> datetime:
    """Return the instant at which ``day`` ends in ``zone``, in UTC.

    Examples
    --------
    >>> end_of_day(date(2017, 1, 22), "Asia/Almaty").isoformat()
    '2017-01-22T18:00:00+00:00'
    """
    try:
        after = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(check_zone(zone))) + timedelta(days=1)
        return after.astimezone(UTC)
    except OverflowError:
        return datetime.max.replace(tzinfo=UTC)

"""Convert the local times that texts state to instants in UTC."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from goodoffices.errors import ScenarioError


def check_zone(zone: str) -> str:
    """Return ``zone``; raise ``ScenarioError`` if the tz database does not have it."""
    try:
        return ZoneInfo(zone).key
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ScenarioError(f"{zone!r} is not a time zone; write it like Europe/Kyiv") from error


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
        raise ScenarioError(f"{local!r} is not a local time; write it like 2015-02-15T00:00") from error
    if bare.tzinfo is not None:
        raise ScenarioError(
            f"{local!r} has an offset; write the local time without one, and give the time zone separately"
        )
    try:
        early, late = (bare.replace(tzinfo=where, fold=fold).astimezone(UTC) for fold in (0, 1))
    except OverflowError as error:
        raise ScenarioError(f"{local} is too early or too late; give a year from 1 to 9999") from error
    if early != late:
        raise ScenarioError(
            f"{local} in {zone} does not exist or exists twice, because the clocks change then; choose another time"
        )
    return early

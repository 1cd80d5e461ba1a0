"""Instants as texts state them: a local time in a zone, and the moment it means."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from goodoffices.errors import ScenarioError


def check_zone(zone: str) -> str:
    """Return ``zone`` if the tz database has it, else raise ``ScenarioError``."""
    try:
        return ZoneInfo(zone).key
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ScenarioError(f"{zone!r} is not a zone; write it like Europe/Kyiv") from error


def instant_in(local: str, zone: str) -> datetime:
    """Return the instant (UTC) that a local time in a zone means.

    Parameters
    ----------
    local
        ISO 8601 without an offset, such as ``"2015-02-15T00:00"``.
    zone
        A name of the tz database, such as ``"Europe/Kyiv"``.

    Raises
    ------
    ScenarioError
        If the zone is not known, or the local time does not exist there or exists twice because clocks change.

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
        raise ScenarioError(f"{local!r} has an offset of its own; write the local time without, and the zone apart")
    try:
        early, late = (bare.replace(tzinfo=where, fold=fold).astimezone(UTC) for fold in (0, 1))
    except OverflowError as error:
        raise ScenarioError(f"{local} lies before the first or after the last year that can be written") from error
    if early != late:
        raise ScenarioError(f"{local} in {zone} is not one moment: clocks change there then; choose another time")
    return early

"""What single cells of a table of allegations say: two coordinates, and the offices behind a row."""

from __future__ import annotations

import re

from goodoffices.errors import ScenarioError
from goodoffices.talks.model.ceasefire import point_of


def voices(offices: str) -> str:
    """Return whether one office alone stands behind a row, if the file names offices."""
    named = {office.strip() for office in offices.split(";") if office.strip()}
    return "" if not named else "yes" if len(named) == 1 else "no"


def two_numbers(given: str) -> list[str]:
    """Return latitude and longitude as written; all parts where commas may stand inside numbers.

    Of ``36,2,37,1`` nobody can say whether it is 36 north, 2 east.
    """
    if "," not in given:
        return re.split(r"[;\s]+", given)[:2]
    parts = re.split(r"[;\s]*,[;\s]*|[;\s]+", given)
    return parts[:2] if len(parts) == 2 or all("." in part for part in parts[:2]) else parts


def is_swapped(text: str) -> bool:
    """Say whether two numbers would be a latitude and a longitude if they were exchanged."""
    try:
        point_of(",".join(reversed(text.split(","))))
    except ScenarioError:
        return False
    return True

"""How much of a file of unknown origin is read before it is refused."""

from __future__ import annotations

from goodoffices.data_class import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The most that a file or a folder may hold; lengths are in characters.

    ``nodes`` counts the values of a YAML file, ``depth`` the levels of nesting. ``cell_characters``, ``rows`` and
    ``columns`` are limits of tables. ``issues``, ``options`` and ``parties``
    are limits of scenarios of other programs.
    """

    file_bytes: int = 16 * 2**20
    folder_bytes: int = 64 * 2**20
    files: int = 1_000
    depth: int = 32
    nodes: int = 1_000_000
    name_characters: int = 1_000
    number_characters: int = 60
    exponent: int = 300
    cell_characters: int = 100_000
    rows: int = 1_000_000
    columns: int = 2_000
    issues: int = 1_000
    options: int = 100_000
    parties: int = 1_000


LIMITS = Limits()

"""How the two-world test asks for keys of seats and for sealed files."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from goodoffices.talks.seats import sealed_keys, sealed_outcomes
from goodoffices.talks.state.command_context import Command
from properties.worlds.asker import Asker

_KEYS = tuple(sealed_keys.key_line(digit * 64, digit * 64) for digit in "123")

KEY_BUILDERS: Mapping[str, Callable[[Asker], Command | None]] = {
    "NoteOutcomes": lambda a: sealed_outcomes.NoteOutcomes(
        digest=a.pick.one("123") * 64, outcomes=(sealed_outcomes.taken("one", "FileItem", 1),)
    ),
    "RegisterKey": lambda a: sealed_keys.RegisterKey(key=a.pick.one(_KEYS)),
    "RegisterKeyFor": lambda a: sealed_keys.RegisterKeyFor(
        seat=a.seat(), key=a.pick.one(_KEYS), vouched_by="Dana", compared=a.pick.one(tuple(sealed_keys.Compared))
    ),
    "SealFile": lambda a: sealed_keys.SealFile(seat=a.seat()),
}
"""A builder for each command."""

"""Talks that are kept in memory only, for batches of automated runs: the same rules, and no disk."""

from __future__ import annotations

from datetime import datetime

from goodoffices.talks.base.acts import Act
from goodoffices.talks.base.refusals import Refusal
from goodoffices.talks.core import Talks, decide, digest, due, replay, view_for
from goodoffices.talks.initial_exercise_acts import opening_of_exercise
from goodoffices.talks.model.talks_file import TalksFile
from goodoffices.talks.state.command_context import CommandRequest
from goodoffices.talks.state.view import View


class TalksInMemory:
    """Talks without a record. It decides and folds as `OpenRecord` does; nothing outlives the process."""

    def __init__(self, talks: Talks) -> None:
        self._talks = talks

    @classmethod
    def opened(cls, file: TalksFile) -> TalksInMemory:
        """Return an exercise opened from a talks file, before it starts. Raises what `opening_of_exercise` raises."""
        return cls(replay(opening_of_exercise(file)))

    def copy(self) -> TalksInMemory:
        """Return the same talks, to be continued apart. Nothing is copied: talks never change."""
        return TalksInMemory(self._talks)

    def view(self, seat: str) -> View:
        """Return what ``seat`` may know now."""
        return view_for(self._talks, seat)

    def length_of(self, seat: str) -> int:
        """Return how many notices ``seat`` has."""
        return len(self._talks.slice_of(seat).notices)

    def submit(self, request: CommandRequest, *, at: datetime) -> Refusal | None:
        """Decide a command; return why it is refused, or ``None`` when it is done."""
        self.tick(at)
        outcome = decide(self._talks, request, at)
        if isinstance(outcome, Refusal):
            return outcome
        self._talks = replay(outcome, self._talks)
        return None

    def tick(self, at: datetime) -> None:
        """Do what is due by ``at``."""
        acts = due(self._talks, at)
        if acts:
            self._talks = replay(acts, self._talks)

    def acts(self) -> tuple[Act, ...]:
        """Return the acts, for replaying them. They must not be used for a screen, file or report."""
        return tuple(self._talks.acts)

    def digest(self) -> str:
        """Return the digest of the talks, for comparing two runs."""
        return digest(self._talks)

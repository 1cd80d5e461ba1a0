"""The settlements of a subject, made once."""

from __future__ import annotations

from functools import lru_cache

from goodoffices.rehearsal.batches.subject import Subject
from goodoffices.rehearsal.preferences import Space


@lru_cache(maxsize=4)
def space_of(subject: Subject) -> Space:
    """Return the settlements of a subject's bargain. A subject is told apart by its identity, which costs nothing."""
    return Space(
        sizes=tuple(len(issue.options) for issue in subject.bargain.issues),
        forbidden=tuple(limit.forbidden for limit in subject.bargain.constraints),
    )

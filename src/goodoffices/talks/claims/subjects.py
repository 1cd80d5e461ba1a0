"""What claims can be about: actors, areas, rounds, sessions, texts, and copies of the terms of a cease-fire."""

from __future__ import annotations

from goodoffices.talks.state.knowledge import Knowledge


def subjects(known: Knowledge) -> frozenset[str]:
    """Return the names of all that a seat knows and a claim can be about, by slug and, if it has one, by handle."""
    named = {text.slug for text in known.header.texts}
    terms = [held.terms for held in known.terms.values()]
    return frozenset(
        {
            *known.actors,
            *known.areas,
            *known.rounds,
            *(held.round.slug for held in known.rounds.values()),
            *known.sessions,
            *named,
            *known.texts,
            *known.versions,
            *known.terms,
            *(one.slug for one in terms),
            *(one.copy_of for one in terms if one.copy_of),
        }
    )

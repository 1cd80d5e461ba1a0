"""What the seats that the program plays can read: the sentences to write for them, and what they read in a paper."""

from __future__ import annotations

from goodoffices.data_class import dataclass
from goodoffices.rehearsal.seats.lexicon import LANGUAGES, Stand, lexicon_of
from goodoffices.rehearsal.seats.players.kinds import KINDS
from goodoffices.rehearsal.seats.points import read_as
from goodoffices.talks.base.acts import Body
from goodoffices.talks.state.known_exchange import KnownItem
from goodoffices.talks.state.view import View

_OFFERED = (Stand.ASK, Stand.OFFER, Stand.ACCEPT, Stand.REJECT, Stand.SUGGEST)
"""What is offered to be said of an option; a seat that stays away or leaves says so by its own acts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PointSheet:
    """The sentences that played seats read, in one language.

    ``issues`` pairs the name of each issue with its options and the beginning of the sentence that names them.
    ``stands`` are the ends of these sentences: what is said of an option; ``told`` are those by which somebody retells
    what others say of it.
    """

    language: str
    issues: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    stands: tuple[str, ...]
    told: tuple[str, ...]


def has_played_seats(view: View) -> bool:
    """Say whether the program plays a seat here that reads papers, as far as this seat was told."""
    return any(kind in KINDS for _, kind in view.known.exercise.automated)


def point_sheet(view: View, language: str) -> PointSheet | None:
    """Return the sentences to write for played seats, in ``language`` or in English; ``None`` without such seats."""
    if not has_played_seats(view) or not view.known.agenda:
        return None
    language = language if language in LANGUAGES else "en"
    lexicon, words = lexicon_of(view.known.agenda, view.zone), LANGUAGES[language]
    issues = []
    for issue in lexicon.issues:
        name = lexicon.issue(issue.slug, language)
        options = [lexicon.option(issue.slug, option, language) for option in lexicon.options_of(issue.slug)]
        issues.append((name, tuple((option, f"{words.on} {name}: {option}.") for option in options)))
    return PointSheet(
        language=language,
        issues=tuple(issues),
        stands=tuple(f"{words.stands[stand]}." for stand in _OFFERED),
        told=tuple(f"{text}." for text in words.retold),
    )


def read_by_played_seats(view: View, item: KnownItem) -> list[tuple[str, tuple[str, ...]]]:
    """Return by language what played seats read in a paper: its points, and what they will ask. Empty without such."""
    if not has_played_seats(view) or not view.known.agenda:
        return []
    lexicon = lexicon_of(view.known.agenda, view.zone)
    return [(body.lang, read_as(text, lexicon, body.lang)) for body, text in _texts(view, item.words)]


def _texts(view: View, bodies: tuple[Body, ...]) -> list[tuple[Body, str]]:
    texts = [(body, view.text(body)) for body in bodies]
    return [(body, text) for body, text in texts if text]

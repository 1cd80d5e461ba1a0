"""The red lines of all briefs, and which of them the last texts cross, also those of seats that were away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from goodoffices.data_class import dataclass
from goodoffices.rehearsal.seats.lexicon import LANGUAGES, Lexicon, lexicon_of
from goodoffices.rehearsal.seats.outlook import clauses_in
from goodoffices.talks.state.known_texts import KnownVersion
from goodoffices.talks.state.view import View


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossing:
    """A clause of the last version of a text that crosses a red line: the text, its code, the number of the clause."""

    text: str
    code: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefedLine:
    """What the brief of a seat never accepts: an option of an issue, and where the last texts hold it all the same."""

    seat: str
    issue: str
    option: str
    crossings: tuple[Crossing, ...] = ()


def red_lines_of(views: Mapping[str, View]) -> tuple[BriefedLine, ...]:
    """Return the red lines of the briefs of all seats, in the order of the seats; none if no brief has any.

    Parameters
    ----------
    views
        What every seat may know. Each brief is in the view of its own seat, each text in that of its pen.
    """
    written = dict[tuple[str, str], list[Crossing]]()
    for view in views.values():
        for named, crossing in _last_clauses(view):
            written.setdefault(named, []).append(crossing)
    return tuple(
        BriefedLine(
            seat=slug,
            issue=line.issue,
            option=line.option,
            crossings=tuple(written.get((line.issue, line.option), ())),
        )
        for slug, view in views.items()
        if slug in view.known.briefs
        for line in view.known.briefs[slug].brief.red_lines
    )


def _last_clauses(view: View) -> Iterator[tuple[tuple[str, str], Crossing]]:
    """Yield the options that the last version of each text names, as the seat that holds its pen wrote it."""
    known = view.known
    lexicon = lexicon_of(known.agenda, view.zone)
    for text in known.texts.values():
        released = [known.versions[v] for v in text.versions if known.versions[v].released_at is not None]
        if text.pen == view.seat and released:
            version = released[-1]
            for clause, named in _options(view, lexicon, version).items():
                number = version.clauses.index(clause) + 1
                yield (
                    named,
                    Crossing(text=text.frame.family or text.frame.kind.value, code=version.hash[:8], number=number),
                )


def _options(view: View, lexicon: Lexicon, version: KnownVersion) -> dict[str, tuple[str, str]]:
    """Return the options that the clauses of a version name, in the first language in which any does."""
    papers = (paper for paper in version.papers if paper.lang in LANGUAGES)
    found = (dict(clauses_in(view, lexicon, version, paper)) for paper in papers)
    return next((clauses for clauses in found if clauses), {})

"""The journal of an exercise as a paper, for a word processor: the tables of the spreadsheet, without empty ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from goodoffices.exercises.debriefs.debrief import Debrief
from goodoffices.exercises.debriefs.journal import journal_tables
from goodoffices.languages import direction
from goodoffices.reports.messages.catalogues import catalogue_for
from goodoffices.reports.papers.paper import Block, Grid, Heading, Look, Paper, Span
from goodoffices.reports.papers.word_file import docx_of
from goodoffices.reports.seat_names import talks_title
from goodoffices.talks.state.view import View

_LEFT_OUT = frozenset({"Form", "Minutes"})
"""Columns for which a page has no room; the spreadsheet has them."""


def journal_docx(own: View, views: Mapping[str, View], debrief: Debrief, language: str) -> bytes:
    """Return the journal as the bytes of a .docx file. Every page bears the mark of an exercise.

    Parameters
    ----------
    own
        The view of the seat that takes it: names and the zone are as it knows them.
    views
        What every seat may know.
    debrief
        What happened.
    language
        The reader's language.
    """
    return docx_of(journal_paper(own, views, debrief, language))


def journal_paper(own: View, views: Mapping[str, View], debrief: Debrief, language: str) -> Paper:
    """Return the journal as a paper; parameters as of `journal_docx`."""

    def t(message: str) -> str:
        return catalogue_for(language).find(message)[0]

    return Paper(
        language=language,
        title=(Span(text=talks_title(own, language)),),
        band=t("EXERCISE"),
        head=((Span(text=t("Journal")),),),
        blocks=tuple(_blocks(own, views, debrief, language)),
        page=t("Page"),
    )


def _blocks(own: View, views: Mapping[str, View], debrief: Debrief, language: str) -> Iterator[Block]:
    def t(message: str) -> str:
        return catalogue_for(language).find(message)[0]

    for name, headings, rows in journal_tables(own, views, debrief, language):
        kept = [at for at, heading in enumerate(headings) if heading not in _LEFT_OUT and any(row[at] for row in rows)]
        if not kept:
            continue
        yield Heading(text=t(name))
        yield Grid(
            columns=tuple(t(headings[at]) for at in kept),
            rows=tuple(tuple((_span(row[at], headings[at], language),) for at in kept) for row in rows),
        )


def _span(value: str | float, heading: str, language: str) -> Span:
    text = " ".join((f"{value:.2f}" if isinstance(value, float) else str(value)).split())
    is_words = heading in ("Words", "As written", "As told")
    written = "ar" if any("\u0600" <= char <= "\u06ff" for char in text) else "en"
    own = written if is_words and direction(written) != direction(language) else ""
    return Span(text=text, look=Look.WORDS if is_words else Look.NAME, language=own)

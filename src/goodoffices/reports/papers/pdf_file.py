"""A paper as a PDF file: no author, no date, no font or file from outside the package. Same paper, same bytes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from goodoffices.languages import direction
from goodoffices.reports.papers.paper import Block, Grid, Heading, Look, Paper, Sentence, Span, Spans, text_of
from goodoffices.reports.typeset import typeset


def pdf_of(paper: Paper) -> bytes:
    """Return a paper as a PDF file.

    Raises
    ------
    StorageError
        If the fonts that come with matplotlib are not where it puts them.
    """
    return typeset("goodoffices.reports.papers", "paper", data_of(paper))


def data_of(paper: Paper) -> dict[str, Any]:
    """Return a paper as plain data, for the template to draw."""
    seen: set[int] = set()
    return {
        "lang": paper.language,
        "dir": paper.direction,
        "band": paper.band,
        "subject": text_of(paper.title),
        "title": _spans(paper.title),
        "head": [_spans(row) for row in paper.head],
        "blocks": [_block(block, seen) for block in paper.blocks],
        "notes": [_spans(row) for row in paper.notes],
        "foot": [_spans(row) for row in paper.foot],
        "page": paper.page,
    }


def _spans(spans: Spans) -> list[tuple[str, str]]:
    return [_span(span) for span in spans]


def _span(span: Span) -> tuple[str, str]:
    """Return how a span looks and its text; words in a known language run in its direction, however they begin."""
    if span.look is Look.WORDS and span.language:
        begins = "\u2067" if direction(span.language) == "rtl" else "\u2066"
        return Look.PLAIN.value, f"{begins}{span.text}\u2069"
    return span.look.value, span.text


def _block(block: Block, seen: set[int]) -> Mapping[str, Any]:
    if isinstance(block, Heading):
        return {"kind": "heading", "text": block.text}
    if isinstance(block, Grid):
        rows = [[_spans(cell) for cell in row] for row in block.rows]
        return {"kind": "grid", "columns": list(block.columns), "rows": rows}
    return {
        "kind": "paragraph",
        "lead": block.lead,
        "number": block.number,
        "sentences": [_sentence(sentence, seen) for sentence in block.sentences],
        "beside": [_spans(row) for row in block.beside],
    }


def _sentence(sentence: Sentence, seen: set[int]) -> Mapping[str, Any]:
    """Return a sentence; ``first`` are its footnotes that no sentence before it stands on."""
    first = [n for n in sentence.notes if n not in seen]
    seen |= set(sentence.notes)
    return {"spans": _spans(sentence.spans), "notes": list(sentence.notes), "first": first}

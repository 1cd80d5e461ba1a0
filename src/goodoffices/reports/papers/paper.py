"""A paper as a value: what stands on it, in order, before anything is drawn. Equal papers are drawn as equal bytes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field
from enum import StrEnum

from goodoffices.data_class import dataclass
from goodoffices.languages import direction


class Look(StrEnum):
    """How a stretch of text looks."""

    PLAIN = "plain"
    STRONG = "strong"
    QUIET = "quiet"
    NAME = "name"
    """A name or a number from elsewhere: it keeps its own direction of writing."""
    STRONG_NAME = "strong-name"
    WORDS = "words"
    """What a person wrote."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of text of one look; ``language`` is empty for that of the paper."""

    text: str
    look: Look = Look.PLAIN
    language: str = ""


Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence with the numbers of the footnotes that it stands on."""

    spans: Spans
    notes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Sentences in one paragraph.

    ``lead`` are bold words at its beginning, ``number`` that of a line of minutes, and ``beside`` are remarks that
    stand under it, such as corrections.
    """

    sentences: tuple[Sentence, ...]
    lead: str = ""
    number: int | None = None
    beside: tuple[Spans, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading within a paper."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table. Each row has a cell for each column."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Spans, ...], ...]


Block = Paragraph | Heading | Grid


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A paper for one reader.

    ``band`` heads every page, such as EXERCISE. ``head`` are the lines under the title, ``notes`` the footnotes from 1,
    and ``foot`` the small lines at its end. ``page`` is the word for a page.
    """

    language: str
    title: Spans
    band: str = ""
    head: tuple[Spans, ...] = ()
    blocks: tuple[Block, ...] = ()
    notes: tuple[Spans, ...] = ()
    foot: tuple[Spans, ...] = ()
    page: str = "Page"

    @property
    def direction(self) -> str:
        """``rtl`` or ``ltr``."""
        return direction(self.language)


@dataclass(slots=True)
class Footnotes:
    """The footnotes of one paper while it is written: numbered by their first use, each source once."""

    texts: list[Spans] = field(default_factory=list)

    def number(self, text: Spans) -> int:
        """Return the number of a footnote, a new one if no sentence stands on it yet."""
        if text not in self.texts:
            self.texts.append(text)
        return self.texts.index(text) + 1

    def sentence(self, spans: Spans, sources: Iterable[Spans] = ()) -> Sentence:
        """Return a sentence that stands on these sources."""
        return Sentence(spans=spans, notes=tuple(dict.fromkeys(self.number(text) for text in sources)))


def text_of(spans: Iterable[Span]) -> str:
    """Return spans as plain text."""
    return "".join(span.text for span in spans)

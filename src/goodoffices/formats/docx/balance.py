"""Hold what a ``.docx`` file has against what the reader placed: what is missing is named, never silent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set as AbstractSet
from dataclasses import field, replace
from itertools import groupby, pairwise

from goodoffices.data_class import dataclass
from goodoffices.formats.docx.markup.tokens import styles_of
from goodoffices.formats.docx.markup.word_count import Leaf, TrackedMark, WordCount, count_words
from goodoffices.formats.docx.package_parts import Parts
from goodoffices.phrases.phrase import Phrase, Several
from goodoffices.talks.documents.document import normal

LEFT_OUT, NOT_PLACED = Phrase("Left out"), Phrase("Not placed")
_NOWHERE = "before the first clause"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unplaced:
    """Words or tracked marks of a file that are in no clause and no change.

    ``lead`` says what became of them, ``what`` what they are and what they stand in, ``author`` whose change it is
    (empty: nobody's), ``count`` how many of the same. The author's name is for the importing seat only.
    """

    what: str
    place: str = ""
    words: str = ""
    author: str = ""
    count: int = 1
    lead: str = LEFT_OUT

    def sentence(self, *, names: bool) -> str:
        """Return it as a sentence; ``names`` says whether the author may be named."""
        by = Phrase("by {author}", author=self.author) if names and self.author else ""
        times = Phrase("({n} times)", n=str(self.count)) if self.count > 1 else ""
        what = Several((self.what, by, self.place, times))
        if self.words.strip():
            return Phrase("{lead}: {what}: “{words}”.", lead=self.lead, what=what, words=self.words)
        return Phrase("{lead}: {what}.", lead=self.lead, what=what)


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """What the reader did with the pieces of text, by the element each was read from.

    Parameters
    ----------
    read
        The pieces that stand in the text, in a change or in a remark.
    places
        Where each stands, as in *in clause 2*.
    shown
        For each author the pieces in the clauses that are shown as changed by that author.
    reasons
        Why a piece that the reader saw was left out.
    """

    read: AbstractSet[int]
    places: Mapping[int, str]
    shown: Mapping[str, AbstractSet[int]]
    reasons: Mapping[int, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """How many tracked marks a file has, and everything that was not placed."""

    n_marks: int
    unplaced: tuple[Unplaced, ...] = ()


@dataclass(slots=True)
class _Places:
    """Where things stand: by piece of text, by paragraph, and by note or remark."""

    by_source: Mapping[int, str]
    by_paragraph: dict[int, str] = field(default_factory=dict)
    by_reference: dict[str, str] = field(default_factory=dict)

    def learn(self, count: WordCount) -> None:
        """Take down in which clause each paragraph of the text stands."""
        for leaf in count.leaves:
            if leaf.source in self.by_source:
                self.by_paragraph.setdefault(leaf.outer, self.by_source[leaf.source])
        last = _NOWHERE
        for paragraph in count.paragraphs:
            last = self.by_paragraph.setdefault(paragraph, last)
        for reference in count.references:
            self.by_reference[reference.name] = self.by_paragraph.get(reference.outer, last)

    def of(self, thing: Leaf | TrackedMark) -> str:
        """Return the place of a piece or a mark of the main part."""
        if isinstance(thing, Leaf) and thing.source in self.by_source:
            return self.by_source[thing.source]
        return self.by_paragraph.get(thing.outer, _NOWHERE)


def balance_of(parts: Parts, placed: Placed) -> Balance:
    """Return how many tracked marks all parts have together, and what of them and of the words was not placed."""
    places = _Places(by_source=placed.places)
    main = count_words(
        parts.main, {name for name, style in styles_of(parts.roles.get("styles")).items() if style.heading}
    )
    places.learn(main)
    unplaced = list(_missing(main, placed, places))
    n_marks = len(main.marks)
    diagrams = _words_of_diagrams(parts)
    for part in (*parts.roles.values(), *parts.others.values()):
        count = count_words(part)
        if part.tag == _DRAWN_DIAGRAM:
            count.leaves = [leaf for leaf in count.leaves if leaf.words not in diagrams]
        n_marks += len(count.marks)
        beside = _Beside(places.by_reference, {id(e): e.get(_ID, "") for e in part if _ID in e.attrib})
        unplaced += _missing(count, placed, beside)
    return Balance(n_marks=n_marks, unplaced=tuple(_merged(unplaced)))


_DRAWN_DIAGRAM = "{http://schemas.microsoft.com/office/drawing/2008/diagram}drawing"
"""A diagram as it was last drawn: the same words once more as in the part that says what is in it."""


def _words_of_diagrams(parts: Parts) -> frozenset[str]:
    said = (part for part in parts.others.values() if part.tag.endswith("}dataModel"))
    return frozenset(leaf.words for part in said for leaf in count_words(part).leaves)


_ID = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}id"


@dataclass(frozen=True, slots=True)
class _Beside:
    """Where the words of a part beside the text belong: a note to the clause that refers to it, a header to none."""

    by_reference: Mapping[str, str]
    names: Mapping[int, str]

    def of(self, thing: Leaf | TrackedMark) -> str:
        """Return the place of a piece or a mark of such a part."""
        kind = {"a footnote": "footnote", "an endnote": "endnote", "a remark": "comment"}.get(thing.container, "")
        return self.by_reference.get(f"{kind} {self.names.get(thing.group, '')}", Phrase("beside the text"))


def _missing(count: WordCount, placed: Placed, places: _Places | _Beside) -> Iterator[Unplaced]:
    lost = [leaf for leaf in count.leaves if leaf.source not in placed.read and _is_bare(leaf)]
    for (container, _, reason, place), group in groupby(
        lost, lambda leaf: (leaf.container, leaf.group, placed.reasons.get(leaf.source, ""), places.of(leaf))
    ):
        words = _words(group)
        if words:
            yield Unplaced(what=_what(Phrase("words"), reason, container), place=place, words=words)
    shown_beside = _beside_paragraphs(count)
    for mark in count.marks:
        yield from _mark_missing(mark, placed, places, shown_beside)


def _is_bare(leaf: Leaf) -> bool:
    """Say whether no tracked change that names its words lies around a piece."""
    return all(mark.never_shown for mark in leaf.marks)


def _what(kind: str, reason: str, container: str) -> str:
    what = reason or kind
    return Phrase("{what} in {container}", what=what, container=container) if container else what


def _words(leaves: Iterable[Leaf]) -> str:
    """Return the words of pieces, a blank between paragraphs."""
    made, before = "", None
    for leaf in leaves:
        made += " " if before not in (None, leaf.paragraph) else ""
        made, before = made + leaf.words, leaf.paragraph
    return " ".join(normal(made).split())


def _beside_paragraphs(count: WordCount) -> dict[int, set[int]]:
    """Return for each paragraph the pieces of it and of the next one: the end of a paragraph belongs to both."""
    own: dict[int, set[int]] = {paragraph: set() for paragraph in count.paragraphs}
    for leaf in count.leaves:
        own.setdefault(leaf.paragraph, set()).add(leaf.source)
    alone = {paragraph: set(sources) for paragraph, sources in own.items()}
    for one, after in pairwise(count.paragraphs):
        own[one] |= alone[after]
    return own


def _mark_missing(
    mark: TrackedMark, placed: Placed, places: _Places | _Beside, beside: Mapping[int, set[int]]
) -> Iterator[Unplaced]:
    shown = placed.shown.get(mark.author, frozenset())
    if mark.never_shown:
        lost = mark.leaves
    elif mark.ends_paragraph or mark.is_blank:
        if shown & beside.get(mark.paragraph, set()):
            return
        lost = []
    else:
        lost = [leaf for leaf in mark.leaves if leaf.source not in shown]
        if mark.leaves and not lost:
            return
    words = "" if mark.kind.endswith("formatting alone") else _words(lost)
    reason = next((r for leaf in lost if (r := placed.reasons.get(leaf.source))), "")
    what = mark.kind
    if reason and not mark.never_shown:
        what = Phrase("{kind} of {what}", kind=mark.kind, what=reason)
    if mark.container:
        what = Phrase("{what} in {container}", what=what, container=mark.container)
    yield Unplaced(what=what, place=places.of(mark), words=words, author=mark.author, lead=NOT_PLACED)


def _merged(unplaced: Iterable[Unplaced]) -> Iterator[Unplaced]:
    """Say once, with its count, what is the same."""
    counts = Counter(unplaced)
    return (replace(one, count=count) for one, count in counts.items())

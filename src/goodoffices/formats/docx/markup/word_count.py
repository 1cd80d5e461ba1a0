"""Count every word and every tracked mark in the parts of a ``.docx`` file, whatever they stand in.

This walk knows nothing of how the text is read: it goes through every element of every part. What it finds and the
reader did not place is a loss, and is told (``balance``).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Set as AbstractSet
from dataclasses import field, replace
from xml.etree.ElementTree import Element

from goodoffices.data_class import dataclass
from goodoffices.formats.docx.markup.drawn_words import drawn_words, stray_words
from goodoffices.formats.docx.markup.fields import words_in_code
from goodoffices.formats.docx.markup.symbols import shown
from goodoffices.formats.docx.markup.tokens import W, is_heading, value_of
from goodoffices.phrases.phrase import Phrase

_LEAVES = ("t", "delText", "sym")
_HOLDS_TEXT = (*_LEAVES, "instrText", "delInstrText", "fldData")
"""The elements of a text that hold characters; what other elements of it hold is read by no program, and told."""
_TRACKED = {
    "ins": Phrase("an insertion"),
    "del": Phrase("a deletion"),
    "moveFrom": Phrase("a move away"),
    "moveTo": Phrase("a move to here"),
    "cellIns": Phrase("an inserted cell"),
    "cellDel": Phrase("a deleted cell"),
    "cellMerge": Phrase("merged cells"),
    "numberingChange": Phrase("a change of numbering"),
    "conflictIns": Phrase("an insertion that another person's stands against"),
    "conflictDel": Phrase("a deletion that another person's stands against"),
    "customXmlInsRangeStart": Phrase("an inserted content control"),
    "customXmlDelRangeStart": Phrase("a deleted content control"),
    "customXmlMoveFromRangeStart": Phrase("a moved content control"),
    "customXmlMoveToRangeStart": Phrase("a moved content control"),
}
_FORMATTING = Phrase("a change of formatting alone")
_CONTAINERS = {
    "txbxContent": Phrase("a text box"),
    "footnote": Phrase("a footnote"),
    "endnote": Phrase("an endnote"),
    "hdr": Phrase("a header"),
    "ftr": Phrase("a footer"),
    "comment": Phrase("a remark"),
    "glossaryDocument": Phrase("the file's building blocks"),
    "dataModel": Phrase("a diagram"),
    "drawing": Phrase("a diagram"),
    "chartSpace": Phrase("a chart"),
    "embedded": Phrase("an embedded object"),
    "script": Phrase("a script"),
    "rt": Phrase("a reading aid above the line"),
}
_MEANING = {
    "vanish": (Phrase("hides words"), Phrase("no longer hides words")),
    "strike": (Phrase("strikes out words"), Phrase("no longer strikes out words")),
    "dstrike": (Phrase("strikes out words"), Phrase("no longer strikes out words")),
    "caps": (Phrase("puts words into capitals"), Phrase("no longer puts words into capitals")),
}
"""What a change of formatting does to the meaning, and what it undoes."""
"""What can be inserted or deleted as a whole by a mark among its properties."""
_SHOWS_NOTHING = (
    "TC", "XE", "RD", "TA", "SET", "ASK", "PRIVATE", "NEXT", "NEXTIF", "SKIPIF", "PRINT", "ADVANCE", "FORMCHECKBOX",
    "FORMDROPDOWN", "FORMTEXT", "HYPERLINK", "TOC", "TOA", "INDEX", "PAGE", "NUMPAGES", "SECTIONPAGES", "SECTION",
)  # fmt: skip
"""Fields that need no result: marks of an index, orders to the program, numbers of pages."""
_NEAREST_MARKS = 16
"""How many tracked changes around a word are credited with it; a file may nest thousands."""


@dataclass(slots=True, eq=False)
class Leaf:
    """A piece of text: which element, its words, what it stands in, its paragraph, and the outermost one around it."""

    source: int
    words: str
    container: str
    group: int
    paragraph: int
    outer: int
    marks: tuple[TrackedMark, ...] = ()


@dataclass(slots=True, eq=False)
class TrackedMark:
    """A tracked change: of what kind, by whom, in what, and the pieces of text that it covers.

    ``is_blank`` says that it covers tabs and ends of lines alone.
    """

    kind: str
    author: str
    container: str
    group: int
    paragraph: int
    outer: int
    ends_paragraph: bool = False
    never_shown: bool = False
    inserts: bool = False
    is_blank: bool = False
    leaves: list[Leaf] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """Where the text refers to a note or a remark: what it is called there, and in which paragraph."""

    name: str
    outer: int


_NEAREST_ALTERNATIVES = 8
"""How deep alternatives inside alternatives are compared; deeper ones are all counted."""
_Chain = tuple[TrackedMark, "_Chain"] | None


@dataclass(frozen=True, slots=True)
class _At:
    """Where the walk is: parent and grandparent, container, paragraph, and the tracked changes around."""

    parent: str = ""
    grand: str = ""
    container: str = ""
    group: int = 0
    paragraph: int = 0
    outer: int = 0
    chain: _Chain = None
    alternatives: int = 0


@dataclass(slots=True)
class WordCount:
    """All that one part has: pieces of text, tracked marks and references, in order; and its paragraphs in order.

    ``headings`` are the styles of headings: a change that makes a heading of a paragraph is more than its look.
    """

    headings: Collection[str] = ()
    leaves: list[Leaf] = field(default_factory=list)
    marks: list[TrackedMark] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    paragraphs: list[int] = field(default_factory=list)

    def add(self, words: str, source: int, at: _At) -> None:
        """Take down a piece of text, and credit the tracked changes around it with it."""
        marks = tuple(_chain(at.chain))
        leaf = Leaf(source, words, at.container, at.group, at.paragraph, at.outer, marks)
        self.leaves.append(leaf)
        inserted_by: str | None = None
        for mark in marks:
            # What another author inserted inside an insertion is the inner one's.
            if not mark.inserts or inserted_by in (None, mark.author):
                mark.leaves.append(leaf)
            inserted_by = mark.author if mark.inserts and inserted_by is None else inserted_by


@dataclass(slots=True)
class OpenFields:
    """The fields that have begun and not ended: what they ask for, where, and whether anything was shown for it.

    ``code`` are the elements in the code of a field.
    """

    code: AbstractSet[int]
    fields: list[tuple[list[str], int, _At, int]] = field(default_factory=list)
    n_seen: int = 0
    n_shown: int = 0

    def _shown(self, made: WordCount) -> int:
        """Return how many pieces so far are shown; each is looked at once, however many fields are open."""
        self.n_shown += sum(leaf.source not in self.code for leaf in made.leaves[self.n_seen :])
        self.n_seen = len(made.leaves)
        return self.n_shown

    def where(self, element: Element, at: _At) -> _At:
        """Return where an element stands: in the code of a field, or where the walk is."""
        return replace(at, container=Phrase("the code of a field")) if id(element) in self.code else at

    def see(self, made: WordCount, element: Element, at: _At) -> None:
        """Take down what an element begins, asks for or ends."""
        kind = element.get(f"{W}fldCharType") if element.tag == f"{W}fldChar" else ""
        if kind == "begin":
            self.fields.append(([], ~id(element), at, self._shown(made)))
        elif kind == "end" and self.fields:
            asked, source, where, before = self.fields.pop()
            if self._shown(made) == before and ~source not in self.code:
                _unshown(made, "".join(asked), source, where)
        elif element.tag == f"{W}instrText" and self.fields:
            self.fields[-1][0].append(element.text or "")
        elif element.tag == f"{W}fldSimple" and not any(_name(e) in _LEAVES for e in element.iter()):
            _unshown(made, element.get(f"{W}instr", ""), ~id(element), at)


def _unshown(made: WordCount, asked: str, source: int, at: _At) -> None:
    """Take down a field whose result the file does not hold, unless it shows nothing or only counts pages."""
    words = " ".join(asked.split())
    if words and words.split()[0].upper() not in _SHOWS_NOTHING:
        made.add(words, source, replace(at, container=Phrase("a field without a result")))


_BLANK = frozenset({"rPr", "tab", "ptab", "br", "cr", "softHyphen"})
"""What a run may hold and yet have no words."""


def _has_stray_letters(change: Element) -> bool:
    """Say whether letters stand between the elements of a change or of the runs directly inside it."""
    runs = [child for child in change if child.tag == f"{W}r"]
    between = [change.text, *(run.text for run in runs), *(one.tail for one in change)]
    between += [piece.tail for run in runs for piece in run]
    return any(text and text.strip() for text in between)


def count_words(tree: Element, headings: Collection[str] = ()) -> WordCount:
    """Return everything that a part has, by an iterative walk that no nesting can exhaust."""
    made, fields = WordCount(headings=headings), OpenFields(code=words_in_code(tree))
    stack = [(tree, _At())]
    while stack:
        element, at = stack.pop()
        name = _name(element)
        for words in stray_words(element):
            made.add(words, ~id(element), at)
        if name in _LEAVES and (element.tag.startswith(W) or not (name == "sym" or len(element))):
            words = shown(element) if name == "sym" else element.text or ""
            made.add(words, id(element), fields.where(element, at))
            continue
        if element.tag == f"{W}noBreakHyphen":
            made.add("\u2011", id(element), fields.where(element, at))
        if element.tag.startswith(W) and name not in _HOLDS_TEXT and (element.text or "").strip():
            made.add(element.text or "", id(element), at)
        if drawn := drawn_words(element):
            words, container = drawn
            made.add(words, id(element), replace(at, container=container or at.container))
        fields.see(made, element, at)
        here = _entered(made, element, name, at)
        compares = name == "AlternateContent" and at.alternatives < _NEAREST_ALTERNATIVES
        children = _counted_once(element) if compares else list(element)
        stack.extend((child, here) for child in reversed(children))
    return made


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _chain(chain: _Chain) -> Iterator[TrackedMark]:
    for _ in range(_NEAREST_MARKS):
        if chain is None:
            return
        yield chain[0]
        chain = chain[1]


def _entered(made: WordCount, element: Element, name: str, at: _At) -> _At:
    """Return where the children of an element stand, and take down what the element itself says."""
    container, group, paragraph, outer, chain = at.container, at.group, at.paragraph, at.outer, at.chain
    if name in _CONTAINERS and not (name == "drawing" and element.tag.startswith(W)):
        container, group = _CONTAINERS[name], id(element)
    if element.tag == f"{W}p":
        paragraph = id(element)
        outer = outer or paragraph
        made.paragraphs.append(paragraph)
    if name in ("footnoteReference", "endnoteReference", "commentReference"):
        what = name.removesuffix("Reference")
        made.references.append(Reference(name=f"{what} {element.get(f'{W}id', '')}", outer=outer))
    inside = _At(at.parent, at.grand, container, group, paragraph, outer, chain)
    if name in _TRACKED and (at.parent, at.grand) != ("rPr", "r") and at.parent not in ("trPr", "tcPr"):
        mark = _mark(made, element, _TRACKED[name], inside)
        _kind_by_place(mark, name, at)
        # Only runs directly inside: a file may nest thousands of marks.
        pieces = {_name(piece) for child in element for piece in (child if child.tag == f"{W}r" else [child])}
        mark.is_blank = bool(pieces) and pieces <= _BLANK and not _has_stray_letters(element)
        chain = (mark, chain)
    elif _is_unknown_change(element, name):
        mark = _mark(made, element, "a change of an unknown kind", inside)
        mark.never_shown = True
    for framed in _framed(made, element, name, inside):
        chain = (framed, chain)
    alternatives = at.alternatives + (name == "AlternateContent")
    return _At(name, at.parent, container, group, paragraph, outer, chain, alternatives)


def _mark(made: WordCount, element: Element, kind: str, at: _At) -> TrackedMark:
    # A row or a cell stands in no paragraph: it is placed after the last one.
    outer = at.outer or (made.paragraphs[-1] if made.paragraphs else 0)
    mark = TrackedMark(kind, element.get(f"{W}author", ""), at.container, at.group, at.paragraph, outer)
    mark.inserts = _name(element) in ("ins", "moveTo", "cellIns", "conflictIns")
    made.marks.append(mark)
    return mark


def _is_unknown_change(element: Element, name: str) -> bool:
    """Whether an element has an author and is none of those that the format gives one."""
    named = name in _TRACKED or name == "comment" or name.endswith(("Change", "RangeStart", "RangeEnd"))
    return element.get(f"{W}author") is not None and not named


def _kind_by_place(mark: TrackedMark, name: str, at: _At) -> None:
    """Say what a mark among properties is about: the end of a paragraph, a number, a sign of a formula."""
    if at.parent == "rPr" and at.grand == "pPr":
        mark.ends_paragraph = True
        mark.kind = Phrase("{kind} of the end of a paragraph", kind=mark.kind)
    elif at.parent == "numPr" or name == "numberingChange":
        mark.kind, mark.never_shown = Phrase("a change of numbering"), True
    elif "ctrlPr" in (at.parent, at.grand):
        mark.kind, mark.never_shown = Phrase("{kind} in a formula", kind=mark.kind), True
    elif name.startswith("customXml"):
        mark.never_shown = True


def _framed(made: WordCount, element: Element, name: str, at: _At) -> Iterator[TrackedMark]:
    """Yield marks that stand among the properties of a row, a cell or a run and are about all that is in it."""
    if name in ("trPr", "tcPr") or name.endswith("PrChange"):
        return
    if name in ("tr", "tc", "r"):
        frame = element.find(f"{W}{name}Pr")
        for child in [] if frame is None else frame:
            if _name(child) in _TRACKED:
                kind = _TRACKED[_name(child)]
                mark = _mark(made, child, Phrase("{kind} of a row", kind=kind) if name == "tr" else kind, at)
                mark.never_shown = _name(child) == "cellMerge"
                yield mark
    yield from _formatted(made, element, at)


def _formatted(made: WordCount, element: Element, at: _At) -> Iterator[TrackedMark]:
    for frame in element:
        if not _name(frame).endswith(("Pr", "PrEx", "Grid")):
            continue
        for change in frame:
            name = _name(change)
            if name.endswith(("PrChange", "GridChange", "PrExChange")):
                mark = _mark(made, change, _what_changed(frame, change, made.headings), at)
                mark.never_shown = True
                yield mark


def _what_changed(frame: Element, change: Element, headings: Collection[str]) -> str:
    """Say what a change of formatting does to the meaning, if anything."""
    before = change.find(f"{W}{_name(frame)}")
    for tag, (done, undone) in _MEANING.items():
        now, then = (_is_on(props, tag) for props in (frame, before))
        if now is not then:
            return Phrase("a change of formatting that {does}", does=done if now else undone)
    is_now, was = (_makes_heading(props, headings) for props in (frame, before))
    if is_now is not was:
        if is_now:
            return Phrase("a change of formatting that makes a heading of words")
        return Phrase("a change of formatting that makes body text of words")
    numbers = (None if props is None else props.find(f"{W}numPr") for props in (frame, before))
    now_number, then_number = (None if n is None else sorted((e.tag, e.get(f"{W}val")) for e in n) for n in numbers)
    return _FORMATTING if now_number == then_number else Phrase("a change of numbering")


def _makes_heading(frame: Element | None, headings: Collection[str]) -> bool:
    if frame is None:
        return "" in headings
    style = value_of(frame.find(f"{W}pStyle"))
    return is_heading(frame.find(f"{W}outlineLvl"), style in headings)


def _is_on(frame: Element | None, tag: str) -> bool:
    found = None if frame is None else frame.find(f"{W}{tag}")
    return found is not None and found.get(f"{W}val", "true") not in ("false", "0", "off", "none")


def _counted_once(element: Element) -> list[Element]:
    """Return those alternatives of a drawing that say something of their own, the one that is read first."""
    children = list(element)
    texts = ["".join(e.text or "" for e in child.iter() if _name(e) in _LEAVES).split() for child in children]
    first = next((k for k, text in enumerate(texts) if text), 0)
    return [child for k, child in enumerate(children) if k == first or (texts[k] and texts[k] != texts[first])]

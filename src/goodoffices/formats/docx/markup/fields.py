"""Find what belongs to fields: the code that only the program reads, lines of contents, dates that are drawn anew.

A field begins, holds its code, and after a separator what is shown for it. Its code may hold fields of its own, whose
results are part of the order: ``IF`` ``MERGEFIELD side`` ``= "North" "withdraws" "stays"``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from xml.etree.ElementTree import Element

from goodoffices.data_class import dataclass
from goodoffices.formats.docx.markup.tokens import W, value_of

_CONTENTS = ("TOC", "TOA")
"""The fields that show a table of contents, or of authorities: their lines repeat the text."""
_DATES = ("DATE", "TIME", "SAVEDATE", "PRINTDATE")
"""The fields that show another day when the file is opened, saved or printed again."""
_MOST_ASKED = 100
"""How many characters of an order are looked at: its first word says which it is."""
_GALLERY = "Table of Contents"


@dataclass(slots=True)
class _Field:
    """An open field: whether it is still in its code, what stands there, what it asks for, its paragraphs and words."""

    in_code: bool = True
    code: list[int] = field(default_factory=list)
    asked: str = ""
    paragraphs: list[int] = field(default_factory=list)
    words: list[int] = field(default_factory=list)

    @property
    def order(self) -> str:
        """What it asks for, by its first word."""
        return _order(self.asked)


def _order(asked: str) -> str:
    return next(iter(asked.split()), "").upper()


def words_in_code(tree: Element) -> frozenset[int]:
    """Return the elements (their ``id``) that stand in the code of a field which begins and ends in this part.

    What follows a field that never ends is text: it would be lost otherwise.
    """
    return frozenset(name for one in _fields(tree) for name in one.code)


def lines_of_contents(tree: Element) -> frozenset[int]:
    """Return the paragraphs (their ``id``) of tables of contents, whatever their style is called."""
    found = {paragraph for one in _fields(tree) if one.order in _CONTENTS for paragraph in one.paragraphs}
    stack = [tree]
    while stack:
        element = stack.pop()
        if element.tag == f"{W}sdt" and _is_gallery(element):
            found |= {id(paragraph) for paragraph in element.iter(f"{W}p")}
        else:
            stack.extend(element)
    return frozenset(found)


def dates_drawn_anew(tree: Element) -> frozenset[int]:
    """Return the words (their ``id``) of dates that the program writes again each time, as it last wrote them."""
    found = {word for one in _fields(tree) if one.order in _DATES for word in one.words}
    for simple in tree.iter(f"{W}fldSimple"):
        if _order(simple.get(f"{W}instr", "")) in _DATES:
            found |= {id(words) for words in simple.iter(f"{W}t")}
    return frozenset(found)


def _is_gallery(control: Element) -> bool:
    return value_of(control.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")) == _GALLERY


@dataclass(slots=True)
class _Walk:
    """The open fields, those of them in their code, the outermost table of contents, and those just ended.

    Each element is looked at once, however many fields are open: a file may nest thousands.
    """

    fields: list[_Field] = field(default_factory=list)
    in_code: list[_Field] = field(default_factory=list)
    contents: _Field | None = None
    ended: list[_Field] = field(default_factory=list)
    paragraph: int = 0

    def enter(self, paragraph: int) -> None:
        self.paragraph = paragraph
        if self.contents is not None:
            self.contents.paragraphs.append(paragraph)

    def see(self, element: Element) -> None:
        """Take down an element that stands in the code of a field, and what it asks for."""
        if self.in_code:
            self.in_code[-1].code.append(id(element))
            if element.tag == f"{W}instrText" and len(self.in_code[-1].asked) < _MOST_ASKED:
                self.in_code[-1].asked += element.text or ""
        elif self.fields and element.tag == f"{W}t":
            self.fields[-1].words.append(id(element))

    def begin(self) -> None:
        self.fields.append(_Field(paragraphs=[self.paragraph]))
        self.in_code.append(self.fields[-1])

    def separate(self) -> None:
        if self.fields and self.fields[-1].in_code:
            self.fields[-1].in_code = False
            shown = self.in_code.pop()
            if self.contents is None and shown.order in _CONTENTS:
                self.contents = shown

    def end(self) -> None:
        if not self.fields:
            return
        closed = self.fields.pop()
        if closed.in_code:
            self.in_code.pop()
        if closed is self.contents:
            self.contents = None
        self.ended.append(closed)

    def settled(self) -> list[_Field]:
        """Return the fields that ended since, of which all is known now."""
        made, self.ended = self.ended, []
        return made


def _fields(tree: Element) -> Iterator[_Field]:
    """Yield the fields that begin and end in a part."""
    walk = _Walk()
    acts = {"begin": walk.begin, "separate": walk.separate, "end": walk.end}
    for element in tree.iter():
        if element.tag == f"{W}p":
            yield from walk.settled()
            walk.enter(id(element))
        elif element.tag == f"{W}t" and walk.ended and (element.text or "").strip():
            for one in walk.settled():
                # A paragraph with words after the end of a field is one of the text.
                one.paragraphs = [each for each in one.paragraphs if each != walk.paragraph]
                yield one
        walk.see(element)
        if element.tag == f"{W}fldChar" and (act := acts.get(element.get(f"{W}fldCharType", ""))) is not None:
            act()
    yield from walk.settled()

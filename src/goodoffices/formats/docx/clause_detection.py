"""Which paragraphs of a file begin a clause, and with what number: ours by style, others by looks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field, replace

from goodoffices.data_class import dataclass
from goodoffices.formats.docx.bracket_markup import is_gone, is_literal
from goodoffices.formats.docx.clause_labels import (
    CLOSE,
    OPEN,
    Label,
    annex_label,
    drawn_label,
    heading_label,
    is_path,
    lettered_label,
    own_label,
    roman_value,
    told_apart,
    typed_label,
)
from goodoffices.formats.docx.markup.list_numbering import ListCounter, Numbering
from goodoffices.formats.docx.markup.tokens import Paragraph, Token
from goodoffices.phrases.phrase import Phrase
from goodoffices.talks.documents.diff import plain_number

_NAME = re.compile(r"go_(cl\d+)(?:_(agreed_ad_referendum|agreed|closed))?")
TEXT_MARK = "go_text_"
"""How the marks begin by which our files say that a paragraph is text, though it looks like a clause."""
BESIDE = Phrase("a line beside the text")
"""What the lines of our own files under the title are called."""
_BESIDE = ("GoLine", "GoGoneClause")
"""Our own styles for what is written beside the text, not in it."""
_CONTENTS = re.compile(r"(?i)(toc|contents) ?(\d|heading)|tableofcontents")
"""Names of styles of a table of contents: its lines repeat the numbers of the clauses, and are none."""


_FARTHEST = 40
"""Over how many clauses a bracket may run that begins before a number."""


@dataclass(slots=True)
class Section:
    """A clause as the file has it; the first section is the title.

    ``label`` is its number as it is written, ``number`` the same made unique. ``tags`` are its lasting name and its
    state; ``origin`` is the place of the paragraph that it begins with, by which it is recognised in every reading.
    ``half_open`` says that a bracket begins before its number and does not end with it.
    """

    number: str = ""
    label: str = ""
    heading: str = ""
    open_number: bool = False
    half_open: bool = False
    above: bool = False
    tags: str = ""
    origin: int = 0
    head: tuple[Token, ...] = ()
    tokens: list[Token] = field(default_factory=list)


@dataclass(slots=True)
class Reading:
    """The sections of one reading of the text, and what was assumed."""

    sections: list[Section] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    roman: int = 0
    """The last Roman number of a clause; below 0 if the text has no list in Roman numbers."""
    letter: str | None = None
    """The last letter of a part of the text; ``None`` if its parts have none."""


def sections(paragraphs: Sequence[Paragraph], numbering: Numbering, author: str | None) -> Reading:
    """Return title and clauses with the changes of ``author`` taken and all others left, and what was assumed."""
    made = Reading(roman=0 if any(map(_is_second_roman, paragraphs)) else -2)
    made.letter = "" if _is_lettered(paragraphs) else None
    counter = ListCounter(numbering)
    for paragraph in _standing(paragraphs, author):
        if beside_the_text(paragraph) or not (_seen(paragraph.tokens).strip() or paragraph.style == "GoClause"):
            continue
        paragraph = replace(paragraph, number=counter.next(paragraph.listed))
        if made.sections or not _has_a_title(made, paragraph):
            _add(made, paragraph)
        else:
            made.sections.append(Section(tokens=list(paragraph.tokens), origin=paragraph.place))
    if counter.other_figures:
        named = ", ".join(sorted(counter.other_figures))
        made.notes.append(
            Phrase(
                "Numbers that the file draws in other letters ({letters}) are read as 1, 2, 3 and so on.", letters=named
            )
        )
    _number(made)
    for place, section in enumerate(made.sections):
        if section.half_open:
            _close(made, place)
    return made


def beside_the_text(paragraph: Paragraph) -> str:
    """Return what a paragraph beside the text is; empty if it is part of the text."""
    if paragraph.style in _BESIDE:
        return BESIDE
    return Phrase("a line of the table of contents") if _CONTENTS.fullmatch(paragraph.style) else ""


def _is_second_roman(paragraph: Paragraph) -> bool:
    """Say whether a paragraph begins with the second Roman number: then the first is one too, and no initial."""
    return re.match(r"[\s\x01]{0,9}II[.)]", _seen(paragraph.tokens[:8])) is not None


def _is_lettered(paragraphs: Sequence[Paragraph]) -> bool:
    """Say whether the parts of the text have letters: A stands before any number, and B follows.

    After a number a letter is that of a smaller item, and a name may begin with one.
    """
    last = ""
    for paragraph in paragraphs:
        text = _seen(paragraph.tokens[:8])
        if lettered_label(text, last) is not None:
            last = chr(ord(last) + 1) if last else "A"
        elif not last and (paragraph.listed is not None or typed_label(text, roman=0, last="") is not None):
            return False
        if last == "B":
            return True
    return False


def _has_a_title(made: Reading, paragraph: Paragraph) -> bool:
    """Say whether the first paragraph is a title; if it is the first clause, put an empty title before it."""
    section = None if paragraph.style == "GoTitle" else _others(paragraph, made)
    if section is None or not section.label or plain_number(section.label) not in ("1", "I"):
        return True
    made.sections.append(Section())
    made.notes.append(Phrase("The file begins with a clause and has no title."))
    return False


def authors_beneath(paragraph: Paragraph, author: str) -> frozenset[str]:
    """Return the authors in whose inserted words ``author`` changed something in this paragraph.

    Of insertions in each other only the inner one changes the outer one.
    """
    beneath: set[str] = set()
    touched = author in paragraph.end_inserted or author in paragraph.end_deleted
    for token in paragraph.tokens:
        if author in token.deleted:
            touched = True
            beneath.update(token.inserted)
        elif author in token.inserted:
            touched = True
            beneath.update(token.inserted[: token.inserted.index(author)])
    if touched:
        beneath.update(paragraph.end_inserted)
    return frozenset(beneath - {author})


def _standing(paragraphs: Iterable[Paragraph], author: str | None) -> Iterator[Paragraph]:
    """Return paragraphs without deleted text; a paragraph whose end is deleted continues in the next."""
    before: tuple[Token, ...] = ()
    began = 0
    for paragraph in paragraphs:
        taken = frozenset() if author is None else authors_beneath(paragraph, author) | {author}
        kept = tuple(t for t in paragraph.tokens if not t.hidden and _stands(t.inserted, t.deleted, taken))
        if not began and any(t.text.strip() for t in kept):
            began = paragraph.place
        if _stands(paragraph.end_inserted, paragraph.end_deleted, taken):
            yield replace(paragraph, tokens=(*before, *kept), place=began or paragraph.place)
            before, began = (), 0
        else:
            before = (*before, *kept)
    if before:
        yield Paragraph(style="", heading=False, tokens=before, place=began)


def _stands(inserted: Sequence[str], deleted: Sequence[str], taken: frozenset[str]) -> bool:
    return all(author in taken for author in inserted) and not any(author in taken for author in deleted)


def _seen(tokens: Iterable[Token]) -> str:
    """Return the text with characters in the place of its brackets that no text has."""
    return "".join(
        t.text if is_literal(t) else t.text.replace("[", OPEN).replace("]", CLOSE) for t in tokens if not is_gone(t)
    )


def _add(made: Reading, paragraph: Paragraph) -> None:
    section = _own(paragraph) if paragraph.style == "GoClause" else _others(paragraph, made)
    last = made.sections[-1] if len(made.sections) > 1 else None
    if section is not None and last is not None and _is_its_heading(paragraph, section, last):
        last.heading, last.head = section.heading, (*last.head, Token(text="\n"), *section.head)
        return
    if section is not None:
        section.origin = paragraph.place
        made.sections.append(section)
        made.roman = roman_value(section.label) or made.roman
        return
    if len(made.sections) == 1:
        made.sections.append(Section(number="0", label="0", origin=paragraph.place))
        made.notes.append(Phrase("Words before the first clause are taken as clause 0."))
    drawn = [Token(text=f"{paragraph.number} ")] if paragraph.number else []
    parting = [Token(text="\n\n")] if made.sections[-1].tokens else []
    made.sections[-1].tokens += [*parting, *drawn, *paragraph.tokens]


def _is_its_heading(paragraph: Paragraph, section: Section, last: Section) -> bool:
    """Say whether a heading without a number is that of the number above it: *Article 1*, and below it *Scope*."""
    is_bare = bool(last.label) and last.above and last.label != "0" and not last.heading and not last.tokens
    return paragraph.heading and not section.label and is_bare


def _own(paragraph: Paragraph) -> Section:
    names = (_NAME.fullmatch(t.mark.name) for t in paragraph.tokens if t.mark is not None)
    name = next((n for n in names if n is not None), None)
    tags = "" if name is None else " ".join(part.replace("_", "-") for part in name.groups() if part)
    text = _seen(paragraph.tokens)
    label = own_label(text, named=name is not None)
    return _section(label, text[label.length :] if label else text, paragraph.tokens, tags)


def _section(label: Label | None, heading: str, head: Sequence[Token], tags: str = "") -> Section:
    shown = heading.replace(OPEN, "[").replace(CLOSE, "]").replace("\n", " ").strip()
    made = Section(heading=shown, tags=tags, head=tuple(head), above=True)
    if label is not None:
        made.half_open = label.is_open and not label.is_closed
        made.label, made.open_number, made.above = label.number, label.is_open, label.above
    return made


def _others(paragraph: Paragraph, made: Reading) -> Section | None:
    marks = (token.mark for token in paragraph.tokens if token.mark is not None)
    if paragraph.style == "GoBody" and any(mark.name.startswith(TEXT_MARK) for mark in marks):
        return None
    if paragraph.number and paragraph.level > 0 and not (paragraph.heading or is_path(paragraph.number)):
        return None
    text = _seen(paragraph.tokens)
    label = drawn_label(paragraph.number, heading=paragraph.heading) if paragraph.number else None
    if label is None and paragraph.number and not paragraph.heading:
        return None
    label = label or _typed(paragraph, text, made)
    if label is None:
        return _section(None, text, paragraph.tokens) if paragraph.heading else None
    if paragraph.heading:
        heading, bracket, after = text[label.length :].rpartition(CLOSE)
        if label.is_open and not label.is_closed and bracket and not after.strip() and OPEN not in heading:
            return _section(replace(label, is_closed=True), heading, paragraph.tokens)
        return _section(label, text[label.length :], paragraph.tokens)
    section = _section(label, "", ())
    section.tokens = _after(paragraph.tokens, label.length)
    return section


def _typed(paragraph: Paragraph, text: str, made: Reading) -> Label | None:
    """Return the label that was typed before a paragraph: of an annex, of a part with a letter, or another."""
    if (annex := annex_label(text)) is not None:
        return annex
    if made.letter is not None and (part := lettered_label(text, made.letter)) is not None:
        made.letter = part.number
        return part
    if paragraph.heading:
        return heading_label(text)
    return typed_label(text, roman=made.roman, last=made.sections[-1].label if made.sections else "")


def _close(made: Reading, place: int) -> None:
    """Find where the bracket ends that begins before the number of a clause.

    At the end of that clause or of a later one, all clauses in it are not agreed. In the middle of the clause, or
    nowhere, it stands around words.
    """
    first = made.sections[place]
    for last, section in enumerate(made.sections[place : place + _FARTHEST], start=place):
        at = _unopened(section.tokens)
        if at is None:
            continue
        k, n = at
        rest = "".join(token.text for token in (replace(section.tokens[k], text=section.tokens[k].text[n + 1 :]),
                                                *section.tokens[k + 1 :]))  # fmt: skip
        if rest.strip():
            break
        section.tokens[k] = replace(section.tokens[k], text=section.tokens[k].text[:n].rstrip())
        for one in made.sections[place : last + 1]:
            one.open_number = True
        if last > place:
            made.notes.append(
                Phrase(
                    "A bracket runs from clause {first} to the end of clause {last}. Each of these clauses is read as "
                    "not agreed.",
                    first=first.number,
                    last=section.number,
                )
            )
        return
    first.open_number = False
    first.tokens.insert(0, Token(text="["))


def _unopened(tokens: Sequence[Token]) -> tuple[int, int] | None:
    """Return the token, and the place in it, of the first closing bracket that nothing opened; ``None`` if none is."""
    depth = 0
    for k, token in enumerate(tokens):
        for n, char in enumerate("" if is_literal(token) or is_gone(token) else token.text):
            depth += (char == "[") - (char == "]")
            if depth < 0:
                return k, n
    return None


def _after(tokens: Iterable[Token], n: int) -> list[Token]:
    """Return the tokens without their first ``n`` characters."""
    made = []
    for token in tokens:
        if is_gone(token):
            made.append(token)
            continue
        made.append(replace(token, text=token.text[n:]))
        n = max(n - len(token.text), 0)
    return made


def _number(made: Reading) -> None:
    """Give every clause a number that no other has: its own, its place if it has none, or a path."""
    clauses = made.sections[1:]
    taken = {plain_number(section.label) for section in clauses if section.label}
    k = 0
    for section in clauses:
        k += section.label != "0"
        section.number = section.label
        if not section.label:
            while str(k) in taken:
                k += 1
            taken.add(str(k))
            section.number = str(k)
            gaps = {"heading": repr(section.heading[:60]), "n": str(k)}
            made.notes.append(Phrase("The heading {heading} has no number. It is read as clause {n}.", **gaps))
    numbers, said = told_apart([s.number for s in clauses], [s.above for s in clauses])
    made.notes += [said] if said else []
    for section, number in zip(clauses, numbers, strict=True):
        section.number = number
    if not made.sections:
        made.sections.append(Section())

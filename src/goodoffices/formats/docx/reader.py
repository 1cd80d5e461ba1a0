"""Read a ``.docx`` file as a proposal to be confirmed: its text, the changes with their authors, and the remarks.

Names of authors stay in the values returned here. Only the seat that imports the file sees them: no version, release
or file that is made from it has them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from xml.etree.ElementTree import Element

from goodoffices.errors import ScenarioError, ScenarioFileError
from goodoffices.formats.docx.bracket_markup import marked_body
from goodoffices.formats.docx.clause_detection import Section, sections
from goodoffices.formats.docx.list_numbering import numbering_of
from goodoffices.formats.docx.tokens import Paragraph, Token, W, paragraphs_of, style_names
from goodoffices.formats.docx.zip_package import open_package, parsed
from goodoffices.talks.documents.diff import Change
from goodoffices.talks.documents.document import Clause, Paper, normal
from goodoffices.talks.documents.markdown import escaped, read_paper, write_pieces

_MOST_AUTHORS = 50
_MOST_OPEN = 32
"""How many overlapping remarks are read with the text that they are on; more are read without it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileProposal:
    """What one author of tracked changes would make of one clause; ``author`` never leaves the importing seat.

    ``clause`` is its lasting name if the file has one, ``words`` its body as Markdown with everybody else's changes
    left out, ``before`` the body as it was sent. ``heading`` is what the author would call it, ``follows`` the number
    of the clause before it in the author's text.
    """

    change: Change
    number: str
    author: str
    words: str
    before: str
    clause: str | None = None
    heading: str = ""
    follows: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRemark:
    """A remark in the margin: its clause, its text and its author; ``author`` is shown only to the importing seat.

    ``number`` is empty if it stands nowhere: before the first clause, or at words that are no longer there.
    """

    number: str
    words: str
    author: str
    on: str = ""
    clause: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocxReading:
    """What a ``.docx`` file says. ``paper`` is the text without tracked changes; ``notes`` says what was assumed."""

    paper: Paper
    proposals: tuple[FileProposal, ...] = ()
    remarks: tuple[FileRemark, ...] = ()
    notes: tuple[str, ...] = ()


def read_docx(data: bytes, *, name: str, lang: str | None = None) -> DocxReading:
    """Return the text of a ``.docx`` file, the changes that its authors propose, and their remarks.

    Parameters
    ----------
    data
        The file's bytes; nothing is written, fetched or executed.
    name
        What to call the file in a refusal.
    lang
        The language of its text; our own files name it themselves.

    Raises
    ------
    ScenarioFileError
        If it is not a safe ``.docx`` file, or its brackets or clauses cannot be read; the sentence says what to do.
    """
    held = open_package(data, name)
    trees = {part: parsed(held[part], name, part) for part in held if part.endswith(".xml")}
    styles = trees.get("word/styles.xml")
    numbering = numbering_of(trees.get("word/numbering.xml"), styles)
    found, left_out = paragraphs_of(trees["word/document.xml"], style_names(styles), numbering, name)
    language = lang or _language(found)
    if language is None:
        raise ScenarioFileError("it does not say its language. Choose the language.", kind="no-language", file=name)
    whole, notes = sections(found, None)
    paper = _paper(whole, language, name)
    authors = dict.fromkeys(a for p in found for a in _authors(p))
    if len(authors) > _MOST_AUTHORS:
        raise ScenarioFileError(
            f"it has changes by {len(authors)} authors; at most {_MOST_AUTHORS} are read. Accept or reject some first.",
            kind="too-many-authors",
            file=name,
        )
    proposals = [p for author in authors for p in _proposals(found, author, paper, name)]
    remarks = _remarks(whole, trees.get("word/comments.xml"))
    notes = (*notes, *(f"Left out: {what}." for what in left_out))
    return DocxReading(paper=paper, proposals=tuple(proposals), remarks=remarks, notes=notes)


def _language(paragraphs: Sequence[Paragraph]) -> str | None:
    marks = (t.mark.name for p in paragraphs for t in p.tokens if t.mark is not None)
    return next((m[8:].replace("_", "-") for m in marks if m.startswith("go_lang_")), None)


def _authors(paragraph: Paragraph) -> Iterable[str]:
    ends = (paragraph.end_inserted, paragraph.end_deleted)
    inner = (author for t in paragraph.tokens for author in (t.inserted, t.deleted))
    return (author for author in (*ends, *inner) if author is not None)


def _paper(whole: Sequence[Section], language: str, name: str) -> Paper:
    made = [f"# {escaped(normal(_text(whole[0].tokens)).replace(chr(10), ' '))}"]
    for section in whole[1:]:
        number = f"[{section.number}.]" if section.open_number else f"{section.number}."
        heading = f" {escaped(normal(section.heading))}" if section.heading else ""
        tags = f" {{{section.tags}}}" if section.tags else ""
        made += [f"## {number}{heading}{tags}", marked_body(section.tokens, name, section.number)]
    try:
        return read_paper("\n\n".join(made), language)
    except ScenarioError as error:
        why = re.sub(r"^line \d+: ", "", str(error))
        raise ScenarioFileError(f"{why}. Fix it in the word processor.", kind="not-a-text", file=name) from error


def _text(tokens: Iterable[Token]) -> str:
    return "".join(token.text for token in tokens)


def _proposals(paragraphs: Sequence[Paragraph], author: str, base: Paper, name: str) -> Iterable[FileProposal]:
    theirs = _paper(sections(paragraphs, author)[0], base.lang, name)
    before, after = _by_name(base), _by_name(theirs)
    led_by = {number: one for one, number in pairwise(("", *(clause.number for clause in theirs.clauses)))}
    for key in dict.fromkeys((*before, *after)):
        old, new = before.get(key), after.get(key)
        if old != new:
            named = new or old
            yield _proposal(old, new, author, led_by.get(named.number, "") if named is not None else "")


def _by_name(paper: Paper) -> dict[str, Clause]:
    """Return clauses by lasting name, else by number; both are unique in a paper."""
    return {clause.id or clause.number: clause for clause in paper.clauses}


def _proposal(before: Clause | None, after: Clause | None, author: str, follows: str) -> FileProposal:
    change = Change.ADDED if before is None else Change.REMOVED if after is None else Change.CHANGED
    named = before or after
    return FileProposal(
        change=change,
        number="" if named is None else named.number,
        author=author,
        words=_body(after),
        before=_body(before),
        clause=None if named is None else named.id,
        heading="" if named is None else (after or named).heading,
        follows=follows,
    )


def _body(clause: Clause | None) -> str:
    return "" if clause is None else write_pieces(clause.pieces)


def _remarks(whole: Sequence[Section], tree: Element | None) -> tuple[FileRemark, ...]:
    """Return the remarks of the margin in the order of the text, then those that stand nowhere."""
    said = {c.get(f"{W}id", ""): c for c in ([] if tree is None else tree.findall(f"{W}comment"))}
    made: dict[str, FileRemark] = {}
    running: dict[str, list[str]] = {}
    for section in whole:
        for token in (*section.head, *section.tokens):
            mark = token.mark
            if mark is not None and mark.name in said and mark.kind != "named":
                if mark.kind == "from" and len(running) < _MOST_OPEN:
                    running[mark.name] = []
                _place(made, section, said[mark.name], mark.name, "".join(running.get(mark.name, [])))
                if mark.kind == "to":
                    running.pop(mark.name, None)
            for heard in running.values():
                heard.append(token.text)
    nowhere = (_remark(None, comment, "") for name, comment in said.items() if name not in made)
    return (*made.values(), *nowhere)


def _place(made: dict[str, FileRemark], section: Section, comment: Element, name: str, on: str) -> None:
    held = made.get(name)
    if held is not None:
        made[name] = replace(held, on=normal(on) or held.on)
        return
    made[name] = _remark(section, comment, on)


def _remark(section: Section | None, comment: Element, on: str) -> FileRemark:
    # Each word once, however the paragraphs nest: a file may nest thousands.
    words = "".join("\n" if e.tag == f"{W}p" else e.text or "" for e in comment.iter() if e.tag in (f"{W}p", f"{W}t"))
    tags = () if section is None else section.tags.split()
    return FileRemark(
        number="" if section is None else section.number,
        words=normal(words),
        author=comment.get(f"{W}author", ""),
        on=normal(on),
        clause=next((tag for tag in tags if tag.startswith("cl")), None),
    )

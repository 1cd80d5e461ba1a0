"""Remarks in the margin of a ``.docx`` file: where they stand, on which words, and whether they are answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from xml.etree.ElementTree import Element

from goodoffices.data_class import dataclass
from goodoffices.formats.docx.clause_detection import Section
from goodoffices.formats.docx.markup.formulas import M
from goodoffices.formats.docx.markup.symbols import shown
from goodoffices.formats.docx.markup.tokens import W
from goodoffices.talks.documents.document import normal

_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
_MOST_OPEN = 32
"""How many overlapping remarks are read with the text that they are on; more are read without it."""
_WORDS = (f"{W}t", f"{M}t", f"{W}sym")


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRemark:
    """A remark in the margin: its clause, its text and its author; ``author`` is shown only to the importing seat.

    ``number`` is empty if it stands nowhere: before the first clause, or at words that are no longer there. ``at`` is
    the place of its clause among those of the file, from 0. ``answers`` is the place among the remarks of the file of
    the one that it replies to. ``is_resolved`` says that somebody marked it as settled.
    """

    number: str
    words: str
    author: str
    on: str = ""
    clause: str | None = None
    at: int | None = None
    answers: int | None = None
    is_resolved: bool = False


def remarks_of(sent: Sequence[Section], others: Iterable[Sequence[Section]], comments: Element | None,
               extended: Element | None) -> tuple[FileRemark, ...]:  # fmt: skip
    """Return the remarks of the margin in the order of the text, then those that stand nowhere.

    Parameters
    ----------
    sent, others
        The sections of the text as sent, and as each author would have them: a remark may stand on inserted words.
    comments, extended
        The parts with the remarks, and with what is said of them.
    """
    said = {c.get(f"{W}id", ""): c for c in ([] if comments is None else comments.findall(f"{W}comment"))}
    made: dict[str, FileRemark] = {}
    places = {section.origin: at for at, section in enumerate(sent[1:])}
    for sections in (sent, *others):
        found = _placed(sections, said, places)
        for name, remark in found.items():
            held = made.setdefault(name, remark)
            made[name] = held if held.on else replace(held, on=remark.on)
    nowhere = {name: _remark(None, comment, None) for name, comment in said.items() if name not in made}
    # What stands in the text as sent comes in its order, then what stands only in inserted words.
    return _threaded({**made, **nowhere}, said, extended)


def _placed(
    sections: Sequence[Section], said: Mapping[str, Element], places: Mapping[int, int]
) -> dict[str, FileRemark]:
    made: dict[str, FileRemark] = {}
    running: dict[str, list[str]] = {}
    for place, section in enumerate(sections):
        for heard in running.values():
            heard.append(" ")
        for token in (*section.head, *section.tokens):
            mark = token.mark
            if mark is not None and mark.name in said and mark.kind != "named":
                if mark.kind == "from" and len(running) < _MOST_OPEN:
                    running[mark.name] = []
                on = normal("".join(running.get(mark.name, [])))
                held = made.get(mark.name) or _remark(
                    section if place else None, said[mark.name], places.get(section.origin)
                )
                made[mark.name] = replace(held, on=on or held.on)
                if mark.kind == "to":
                    running.pop(mark.name, None)
            for heard in running.values():
                heard.append(token.text)
    return made


def _remark(section: Section | None, comment: Element, at: int | None) -> FileRemark:
    tags = () if section is None else section.tags.split()
    return FileRemark(
        number="" if section is None else section.number,
        words=normal(_words(comment)),
        author=comment.get(f"{W}author", ""),
        clause=next((tag for tag in tags if tag.startswith("cl")), None),
        at=None if section is None else at,
    )


def _words(comment: Element) -> str:
    """Return the words of a remark, each once however the paragraphs nest: a file may nest thousands."""
    words = ""
    for element in comment.iter():
        if element.tag == f"{W}p":
            words += "\n"
        elif element.tag in _WORDS:
            words += shown(element) if element.tag == f"{W}sym" else element.text or ""
    return words


def sources_of_remarks(comments: Element | None) -> frozenset[int]:
    """Return the elements whose words stand in a remark."""
    said = [] if comments is None else comments.findall(f"{W}comment")
    return frozenset(id(element) for comment in said for element in comment.iter() if element.tag in _WORDS)


def _threaded(
    made: Mapping[str, FileRemark], said: Mapping[str, Element], extended: Element | None
) -> tuple[FileRemark, ...]:
    """Say of each remark whether it answers another, and whether it is resolved."""
    by_paragraph = {p.get(f"{_W14}paraId", ""): name for name, c in said.items() for p in c.findall(f"{W}p")}
    order = {name: place for place, name in enumerate(made)}
    answers: dict[str, str] = {}
    resolved: set[str] = set()
    for entry in [] if extended is None else extended.iter(f"{_W15}commentEx"):
        name = by_paragraph.get(entry.get(f"{_W15}paraId", ""))
        parent = by_paragraph.get(entry.get(f"{_W15}paraIdParent", "none"))
        if name is not None and entry.get(f"{_W15}done") in ("1", "true"):
            resolved.add(name)
        if name is not None and parent is not None and parent != name:
            answers[name] = parent
    return tuple(
        replace(
            remark,
            answers=order.get(answers.get(name, "")),
            is_resolved=name in resolved or answers.get(name) in resolved,
        )
        for name, remark in made.items()
    )

"""Which paragraphs of a ``.docx`` file begin a clause, and with what number: ours by style, others by looks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from goodoffices.formats.docx.bracket_markup import is_gone, is_literal
from goodoffices.formats.docx.tokens import Paragraph, Token

_OPEN, _CLOSE = "\x01", "\x02"
_NUMBER = re.compile(r"(?P<open>\x01)?\s*(?P<number>[^\s\x01\x02]+?)[.)]?\s*(?P<close>\x02)?[.)]?(?=\s|$)\s*")
_TYPED = re.compile(
    r"(?P<open>\x01)?\s*(?:(?:§|Article|Clause|Point|Статья|Пункт|Madde|المادة|ماده)\s*)?"
    r"(?P<number>\d+(?:\.\d+)*[a-z]?)(?:[.)](?!\d)\s*\x02?|\s*\x02[.)]?|(?<=§)(?=\s))\s*"
)
_AT_HEADING = re.compile(
    r"(?P<open>\x01)?\s*(?:(?:§|Article|Clause|Point|Статья|Пункт|Madde|المادة|ماده)\s*)?"
    r"(?P<number>\d+(?:\.\d+)*[a-z]?|[IVXL]+(?=[.)])|[A-Z](?=[.)]))[.)]?\s*\x02?[.)]?(?:\s+|$)"
)
_NAME = re.compile(r"go_(cl\d+)(?:_(agreed_ad_referendum|agreed|closed))?")
_FAR = 1_000
"""How many characters of a paragraph are searched for a number."""
_SKIPPED = ("GoLine", "GoGoneClause")


@dataclass(slots=True)
class Section:
    """A clause as the file has it; the first section is the title. ``tags`` are its lasting name and its state."""

    number: str = ""
    heading: str = ""
    open_number: bool = False
    tags: str = ""
    head: tuple[Token, ...] = ()
    tokens: list[Token] = field(default_factory=list)


def sections(paragraphs: Iterable[Paragraph], author: str | None) -> tuple[list[Section], tuple[str, ...]]:
    """Return title and clauses with the changes of ``author`` taken and all others left, and what was assumed."""
    made: list[Section] = []
    notes: list[str] = []
    for paragraph in _standing(paragraphs, author):
        if paragraph.style in _SKIPPED or not (_seen(paragraph.tokens).strip() or paragraph.style == "GoClause"):
            continue
        if not made:
            made.append(Section(tokens=list(paragraph.tokens)))
        else:
            _add(made, paragraph, notes)
    return made or [Section()], tuple(notes)


def _standing(paragraphs: Iterable[Paragraph], author: str | None) -> Iterable[Paragraph]:
    """Return paragraphs without deleted text; a paragraph whose end is deleted continues in the next."""
    before: tuple[Token, ...] = ()
    for paragraph in paragraphs:
        kept = tuple(t for t in paragraph.tokens if _stands(t.inserted, t.deleted, author))
        if _stands(paragraph.end_inserted, paragraph.end_deleted, author):
            yield replace(paragraph, tokens=(*before, *kept))
            before = ()
        else:
            before = (*before, *kept)
    if before:
        yield Paragraph(style="", heading=False, tokens=before)


def _stands(inserted: str | None, deleted: str | None, author: str | None) -> bool:
    return (inserted is None or inserted == author) and (deleted is None or deleted != author)


def _seen(tokens: Iterable[Token]) -> str:
    """Return the text with the characters that have a meaning in Markdown escaped."""
    return "".join(
        t.text if is_literal(t) else t.text.replace("[", _OPEN).replace("]", _CLOSE) for t in tokens if not is_gone(t)
    )


def _add(made: list[Section], paragraph: Paragraph, notes: list[str]) -> None:
    section = _own(paragraph) if paragraph.style == "GoClause" else _others(paragraph, made, notes)
    if section is not None:
        made.append(section)
        return
    if len(made) == 1:
        made.append(Section(number="0"))
        notes.append("Words before the first clause are taken as clause 0.")
    drawn = [Token(text=f"{paragraph.number} ")] if paragraph.number else []
    parting = [Token(text="\n\n")] if made[-1].tokens else []
    made[-1].tokens += [*parting, *drawn, *paragraph.tokens]


def _own(paragraph: Paragraph) -> Section:
    found = _at_start(_NUMBER, _seen(paragraph.tokens))
    names = (_NAME.fullmatch(t.mark.name) for t in paragraph.tokens if t.mark is not None)
    name = next((n for n in names if n is not None), None)
    tags = "" if name is None else " ".join(part.replace("_", "-") for part in name.groups() if part)
    if found is None:
        return Section(number="0", tags=tags)
    heading = _seen(paragraph.tokens)[found.end() :]
    return _section(found, heading, paragraph.tokens, tags)


def _at_start(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """Match after leading spaces, within a limited length, so that untrusted spaces cannot make matching slow."""
    begins = len(text) - len(text.lstrip())
    return pattern.match(text, begins, begins + _FAR)


def _section(found: re.Match[str], heading: str, head: Sequence[Token], tags: str = "") -> Section:
    shown = heading.replace(_OPEN, "[").replace(_CLOSE, "]").replace("\n", " ").strip()
    number = found["number"]
    return Section(number=number, heading=shown, open_number=bool(found["open"]), tags=tags, head=tuple(head))


def _others(paragraph: Paragraph, made: Sequence[Section], notes: list[str]) -> Section | None:
    drawn = f"{paragraph.number} ".replace("[", _OPEN).replace("]", _CLOSE) if paragraph.number else ""
    if paragraph.number and paragraph.level > 0 and not paragraph.heading:
        return None
    text = drawn + _seen(paragraph.tokens)
    found = _at_start(_AT_HEADING if paragraph.heading else _TYPED, text)
    if found is not None:
        return _numbered(paragraph, found, text, len(drawn))
    if not paragraph.heading:
        return None
    number = str(sum(1 for section in made[1:] if section.number != "0") + 1)
    notes.append(f"The heading {text.strip()[:60]!r} has no number. It is read as clause {number}.")
    return Section(number=number, heading=text.replace(_OPEN, "[").replace(_CLOSE, "]").strip(), head=paragraph.tokens)


def _numbered(paragraph: Paragraph, found: re.Match[str], text: str, drawn: int) -> Section:
    if paragraph.heading:
        return _section(found, text[found.end() :], paragraph.tokens)
    section = _section(found, "", ())
    section.tokens = _after(paragraph.tokens, max(found.end() - drawn, 0))
    return section


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

"""Make the paper of a file, clause by clause, from the sections that were found in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioError, ScenarioFileError
from goodoffices.formats.docx.bracket_markup import clause_place, marked_body, plain_body
from goodoffices.formats.docx.clause_detection import Section
from goodoffices.formats.docx.markup.tokens import Token
from goodoffices.phrases.phrase import Phrase, reason_of
from goodoffices.talks.documents.document import Clause, Paper, normal
from goodoffices.talks.documents.markdown import LARGEST, MOST_CLAUSES, escaped, read_paper


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseText:
    """A clause of a file, and what had to be assumed of it."""

    clause: Clause
    notes: tuple[str, ...] = ()


def title_text(section: Section) -> str:
    """Return the title in one line."""
    return normal("".join(token.text for token in section.tokens)).replace("\n", " ")


def clause_text(section: Section, name: str) -> ClauseText:
    """Return the clause that a section is.

    Raises
    ------
    ScenarioFileError
        If its brackets cannot be read; the sentence names the clause.
    """
    body = marked_body(section.tokens, name, section.number)
    return ClauseText(clause=_clause(section, body.words, name), notes=body.notes)


def changed_clause_text(section: Section, name: str) -> ClauseText:
    """Return the clause that an author's changes make; a bracket that they break becomes plain characters."""
    try:
        return replace(clause_text(section, name), notes=())
    except ScenarioFileError:
        note = Phrase(
            "Clause {n}: a tracked change breaks a bracket. The brackets are shown as plain characters.",
            n=section.number,
        )
        return ClauseText(clause=_clause(section, plain_body(section.tokens), name), notes=(note,))


def _clause(section: Section, body: str, name: str) -> Clause:
    number = f"[{section.number}.]" if section.open_number else f"{section.number}."
    heading = f" {escaped(normal(section.heading))}" if section.heading else ""
    tags = f" {{{section.tags}}}" if section.tags else ""
    try:
        [clause] = read_paper(f"# -\n\n## {number}{heading}{tags}\n\n{body}", "en").clauses
    except ScenarioError as error:
        why = _without_line(reason_of(error))
        raise ScenarioFileError(
            Phrase("{number}: {why}. Fix it in the word processor.", number=clause_place(section.number), why=why),
            kind="not-a-text",
            file=name,
        ) from error
    return clause


def _without_line(why: str) -> str:
    """Return what is wrong without the number of a line, which a word processor does not show."""
    return why.values["why"] if isinstance(why, Phrase) and "why" in why.values else re.sub(r"^line \d+: ", "", why)


def paper_of(sections: Sequence[Section], language: str, name: str) -> tuple[Paper, tuple[str, ...]]:
    """Return the paper that all sections make, and what had to be assumed.

    Raises
    ------
    ScenarioFileError
        If a clause cannot be read, or there is too much.
    """
    if len(sections) - 1 > MOST_CLAUSES or sum(map(_length, sections)) > LARGEST:
        raise ScenarioFileError(
            Phrase(
                "it has more than {most_clauses} clauses or {largest} characters. Divide the text.",
                most_clauses=str(MOST_CLAUSES),
                largest=str(LARGEST),
            ),
            kind="not-a-text",
            file=name,
        )
    _one_name_each(sections[1:])
    made = [clause_text(section, name) for section in sections[1:]]
    paper = Paper(lang=language, title=title_text(sections[0]), clauses=tuple(one.clause for one in made))
    return paper, tuple(note for one in made for note in one.notes)


def _length(section: Section) -> int:
    return sum(len(token.text) for token in section.tokens)


def _one_name_each(sections: Iterable[Section]) -> None:
    """Let a lasting name stand for the first clause that has it: a copied heading takes its name along."""
    seen: set[str] = set()
    for section in sections:
        name = section.tags.partition(" ")[0]
        if name in seen:
            section.tags = ""
        seen.add(name or "-")


def sources_of(tokens: Iterable[Token]) -> frozenset[int]:
    """Return the elements that the tokens were read from."""
    return frozenset(token.source for token in tokens if token.source)

"""Read a ``.docx`` file as a proposal to be confirmed: its text, the changes with their authors, and the remarks.

Names of authors stay in the values returned here. Only the seat that imports the file sees them: no version, release
or file that is made from it has them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioFileError
from goodoffices.formats.docx.author_changes import (
    AuthorChanges,
    FileProposal,
    changes_of,
    note_words_beneath,
    shared_notes,
    standing_tokens,
)
from goodoffices.formats.docx.balance import Placed, Unplaced, balance_of
from goodoffices.formats.docx.bracket_markup import is_gone
from goodoffices.formats.docx.clause_detection import BESIDE, Section, beside_the_text, sections
from goodoffices.formats.docx.clause_texts import paper_of, sources_of
from goodoffices.formats.docx.margin_remarks import FileRemark, remarks_of, sources_of_remarks
from goodoffices.formats.docx.markup.list_numbering import numbering_of
from goodoffices.formats.docx.markup.marked_by_hand import look_notes, marked_by_hand
from goodoffices.formats.docx.markup.paragraphs import Body, paragraphs_of
from goodoffices.formats.docx.markup.raised_letters import write_raised
from goodoffices.formats.docx.markup.symbols import write_plain
from goodoffices.formats.docx.markup.tokens import Paragraph, Token
from goodoffices.formats.docx.package_parts import Parts, parts_of
from goodoffices.formats.docx.zip_package import open_package
from goodoffices.phrases.phrase import Phrase
from goodoffices.talks.documents.document import Paper

_MOST_AUTHORS = 50

_NO_LANGUAGE = Phrase(
    "its language is not known. What a word processor notes of languages is not relied on: it is often that "
    "of the computer. Choose the language; on the command line, write for example --language en."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DocxReading:
    """What a ``.docx`` file says.

    Parameters
    ----------
    paper
        The text without tracked changes.
    proposals, remarks
        What its authors would change, and what they say in the margin.
    notes
        What was assumed.
    n_marks
        How many tracked marks the file has, in all its parts.
    unplaced
        The words and tracked marks that are in no clause, change or remark.
    """

    paper: Paper
    proposals: tuple[FileProposal, ...] = ()
    remarks: tuple[FileRemark, ...] = ()
    notes: tuple[str, ...] = ()
    n_marks: int = 0
    unplaced: tuple[Unplaced, ...] = ()

    def said(self, *, names: bool) -> tuple[str, ...]:
        """Return everything that a person has to know of the reading; ``names`` says whether to name authors.

        What our own files have both at the head of the page and under the title is said once, with the line there.
        """
        lines = tuple(one.words for one in self.unplaced if one.what == BESIDE)
        told = (
            one
            for one in self.unplaced
            if one.what != "words in a header"
            or one.author
            or not one.words
            or not any(line.startswith(one.words) for line in lines)
        )
        return (*self.notes, *(one.sentence(names=names) for one in told))


def read_docx(data: bytes, *, name: str, lang: str | None = None) -> DocxReading:
    """Return the text of a ``.docx`` file, the changes that its authors propose, and their remarks.

    Every word and every tracked mark of the file is in what is returned, if only as *left out* or *not placed*.

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
    return read_parts(parts_of(open_package(data, name), name), name=name, lang=lang)


def read_parts(parts: Parts, *, name: str, lang: str | None) -> DocxReading:
    """Return what the parsed parts of a file say; arguments and errors as in :func:`read_docx`."""
    styles, comments = parts.roles.get("styles"), parts.roles.get("comments")
    trees = (parts.main, *parts.roles.values(), *parts.others.values())
    write_plain(trees)
    raised = write_raised(trees, styles)
    numbering = numbering_of(parts.roles.get("numbering"), styles)
    body = paragraphs_of(parts.main, styles, numbering, name)
    language = lang or _language(body.paragraphs)
    if language is None:
        raise ScenarioFileError(_NO_LANGUAGE, kind="no-language", file=name)
    sent = sections(body.paragraphs, numbering, None)
    paper, assumed = paper_of(sent.sections, language, name)
    theirs = {a: sections(body.paragraphs, numbering, a).sections for a in _authors(body.paragraphs, name)}
    changes = [changes_of(author, sent.sections, paper, held, name) for author, held in theirs.items()]
    for one in changes:
        note_words_beneath(one, body.paragraphs, sent.sections, theirs[one.author])
    remarks = remarks_of(sent.sections, theirs.values(), comments, parts.roles.get("commentsExtended"))
    read = sources_of_remarks(comments)
    placed = _placed(body, sent.sections, theirs.values(), changes, read)
    balance = balance_of(parts, placed)
    on_the_line = (
        Phrase(
            "Raised or lowered letters are read on the line {place}: “{words}”.",
            place=placed.places.get(source, Phrase("beside the text")),
            words=words,
        )
        for source, words in raised.items()
    )
    nothing = () if paper.title or paper.clauses or remarks or changes else (Phrase("The file has no text."),)
    looks = look_notes(marked_by_hand((parts.main,), styles), placed.places)
    notes = (
        *nothing,
        *parts.notes,
        *sent.notes,
        *assumed,
        *body.notes,
        *on_the_line,
        *looks,
        *shared_notes(changes),
        *(n for c in changes for n in c.notes),
    )
    said = [one for author in changes for one in _of_author(author)]
    return DocxReading(
        paper=paper,
        proposals=tuple(proposal for one in changes for proposal in one.proposals),
        remarks=remarks,
        notes=tuple(dict.fromkeys(notes)),
        n_marks=balance.n_marks,
        unplaced=(*said, *balance.unplaced),
    )


def _language(paragraphs: Sequence[Paragraph]) -> str | None:
    marks = (t.mark.name for p in paragraphs for t in p.tokens if t.mark is not None)
    return next((m[8:].replace("_", "-") for m in marks if m.startswith("go_lang_")), None)


def _authors(paragraphs: Sequence[Paragraph], name: str) -> tuple[str, ...]:
    authors: dict[str, None] = {}
    for paragraph in paragraphs:
        authors.update(dict.fromkeys((*paragraph.end_inserted, *paragraph.end_deleted)))
        for token in paragraph.tokens:
            authors.update(dict.fromkeys((*token.inserted, *token.deleted)))
    if len(authors) > _MOST_AUTHORS:
        raise ScenarioFileError(
            Phrase(
                "it has changes by {n} authors; at most {most_authors} are read. Accept or reject some first.",
                n=str(len(authors)),
                most_authors=str(_MOST_AUTHORS),
            ),
            kind="too-many-authors",
            file=name,
        )
    return tuple(authors)


def _placed(
    body: Body,
    sent: Sequence[Section],
    theirs: Iterable[Sequence[Section]],
    changes: Sequence[AuthorChanges],
    remarked: frozenset[int],
) -> Placed:
    """Return what became of every piece of text that was read."""
    read: set[int] = set(remarked)
    places: dict[int, str] = {}
    for new, held in ((False, sent), *((True, held) for held in theirs)):
        for k, section in enumerate(held):
            read |= sources_of(standing_tokens(section))
            where = Phrase("in clause {n}", n=section.number) if k else Phrase("in the title")
            if new and k:
                where = Phrase("in clause {n} as it would be", n=section.number)
            for source in sources_of((*section.head, *section.tokens)):
                places.setdefault(source, where)
    reasons: dict[int, str] = {}
    for paragraph in body.paragraphs:
        for token in paragraph.tokens:
            reasons[token.source] = _reason(paragraph, token)
    shown = {one.author: one.shown & read for one in changes}
    return Placed(read=read, places=places, shown=shown, reasons=reasons)


def _reason(paragraph: Paragraph, token: Token) -> str:
    if beside := beside_the_text(paragraph):
        return beside
    if token.hidden:
        return Phrase("hidden words")
    return Phrase("words struck twice") if is_gone(token) else ""


def _of_author(changes: AuthorChanges) -> Iterable[Unplaced]:
    """Yield what has to be said of an author's changes beside the clauses that they change."""
    for place in changes.beneath:
        what = Phrase("words that another author inserted are changed")
        yield Unplaced(lead=Phrase("Shown together"), what=what, place=place, author=changes.author)
    for before, after in changes.renumbered:
        what = Phrase("clause {n} becomes {other}", n=before, other=after)
        yield Unplaced(lead=Phrase("Renumbered"), what=what, author=changes.author)

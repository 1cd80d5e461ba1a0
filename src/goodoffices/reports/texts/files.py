"""Files of a text, as one seat takes them out: for word processors and archives, as JSON, Markdown and pages."""

from __future__ import annotations

from dataclasses import replace

from goodoffices.errors import ScenarioError
from goodoffices.formats.documents.akoma_ntoso import Edition, write_akn
from goodoffices.formats.documents.json_document import FileVersion, write_version
from goodoffices.formats.docx.writer import Look, Note, write_docx
from goodoffices.phrases.phrase import Phrase
from goodoffices.reports.messages.catalogues import LANGUAGES, catalogue_for
from goodoffices.reports.messages.labels import WORDS
from goodoffices.reports.texts.sheets import paper_held, standing_lines, version_of
from goodoffices.talks.base.enums import Kind
from goodoffices.talks.base.local_time import local_day
from goodoffices.talks.documents.document import Bracket, Clause, Piece, check_code
from goodoffices.talks.documents.markdown import write_paper
from goodoffices.talks.state.known_texts import KnownVersion
from goodoffices.talks.state.view import View
from goodoffices.talks.texts.rendered_version import papers_of


def markdown_file(view: View, handle: str, language: str, *, ids: bool = False) -> bytes:
    """Return one language of a version as Markdown; ``ids`` names lasting things, for a pen's working copy."""
    return write_paper(paper_held(view, version_of(view, handle), language), ids=ids).encode()


def docx_file(view: View, handle: str, language: str, *, look: Look = Look.MARKED, base: str | None = None) -> bytes:
    """Return one language of a version as a ``.docx`` file.

    Parameters
    ----------
    view
        The view of the seat that takes it out. Of comments only its own go along, and nobody's name.
    handle, language
        The version and the language.
    look
        Clean, marked, or marked as in the 1996 legend.
    base
        For the legend: the version against which *new* and *gone* are drawn; by default the one before it.

    Raises
    ------
    ScenarioError
        If the version or language is not held, or a clean copy is asked for while a bracket is left.
    """
    version = version_of(view, handle)
    before = base if base is not None else version.parent
    held = view.known.versions.get(before or "")
    papers = papers_of(view, held) if held is not None and look is Look.LEGEND else ()
    return write_docx(
        paper_held(view, version, language),
        look=look,
        base=next((paper for paper in papers if paper.lang == language), None),
        notes=_own_notes(view, version) if look is not Look.CLEAN else (),
        lines=(*standing_lines(view, version, language), _code_line(version, language)),
        band=exercise_band(view, language),
    )


def exercise_band(view: View, language: str) -> str:
    """Return the mark of an exercise in a language; empty for live talks."""
    return _of_pack("exercise", language) if view.known.header.kind is Kind.EXERCISE else ""


def odt_file(view: View, handle: str, language: str, *, look: Look = Look.MARKED, base: str | None = None) -> bytes:
    """Return one language of a version as an ``.odt`` file; arguments and errors as in :func:`docx_file`."""
    # The library takes half a second to load, which no other file needs.
    from goodoffices.formats.odt.writer import odt_from_docx

    return odt_from_docx(docx_file(view, handle, language, look=look, base=base))


def _code_line(version: KnownVersion, language: str) -> str:
    return f"{_of_pack('code', language)} {check_code(version.hash)}"


def _of_pack(word: str, language: str) -> str:
    """Return a word of the print packs, as files in that language say it."""
    return catalogue_for(language if language in LANGUAGES else "en").find(WORDS["pack"][word])[0]


def _own_notes(view: View, version: KnownVersion) -> tuple[Note, ...]:
    """Return what this seat itself said of clauses: what others told it stays in its record."""
    made = []
    for comment in view.known.comments.values():
        if comment.version == version.handle and comment.by == view.seat and comment.clause is not None:
            words = view.text(comment.words)
            sort = WORDS["comment"][comment.sort.value]
            made.append(Note(clause=comment.clause, words=sort if words is None else f"{sort}: {words}"))
    return tuple(made)


def akn_file(view: View, handle: str, language: str) -> bytes:
    """Return one language of a clean version as Akoma Ntoso XML, for archives; refused while a bracket is left."""
    version = version_of(view, handle)
    frame = view.known.texts[version.text].frame
    edition = Edition(
        name=frame.family or frame.kind.value,
        dated=local_day(version.at, view.zone),
        hash=version.hash,
        authentic=language in frame.authentic,
        lines=standing_lines(view, version, language),
    )
    return write_akn(paper_held(view, version, language), edition)


def json_file(view: View, handle: str) -> bytes:
    """Return a version as canonical JSON, from which anybody recomputes hash and check code.

    Raises
    ------
    ScenarioError
        If this seat does not hold all languages: its copy could not give the hash of the whole.
    """
    version = version_of(view, handle)
    papers = papers_of(view, version)
    missing = [lang for lang, _ in version.hashes if lang not in {paper.lang for paper in papers}]
    if missing:
        raise ScenarioError(
            Phrase(
                "version {handle} is not held here in {names}, so its hash cannot be recomputed; "
                "ask for a release in all languages",
                handle=handle,
                names=", ".join(missing),
            )
        )
    frame = view.known.texts[version.text].frame
    bare = tuple(replace(paper, clauses=tuple(map(_nameless, paper.clauses))) for paper in papers)
    file = FileVersion(papers=bare, authentic=frame.authentic, prevails=frame.prevails, annexes=version.annexes)
    return write_version(file)


def _nameless(clause: Clause) -> Clause:
    """Return the clause without handles: they are names of this view only."""
    return replace(clause, id=None, pieces=_bare(clause.pieces))


def _bare(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    made = []
    for piece in pieces:
        if isinstance(piece, Bracket):
            inner = (replace(v, id=None, source=None, pieces=_bare(v.pieces)) for v in piece.variants)
            piece = Bracket(variants=tuple(inner))
        made.append(piece)
    return tuple(made)

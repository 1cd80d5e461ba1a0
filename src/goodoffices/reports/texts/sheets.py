"""Renderings of texts as values, all from a view: clean, marked, against a base, as a seat would have it, side by side.

A sheet is one language of one version with everything that must stand beside its words: check code, copy mark, of whom
it speaks and who of those has not signed, where its languages differ. Pages, packs and files draw it; none adds words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from enum import StrEnum

from babel.core import Locale
from babel.lists import format_list

from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioError, UnknownWordError, quoted
from goodoffices.languages import direction
from goodoffices.names import nearest_word
from goodoffices.phrases.phrase import Phrase
from goodoffices.reports.messages.act_sentences import Argument, Message
from goodoffices.reports.messages.catalogues import LANGUAGES, catalogue_for
from goodoffices.reports.messages.labels import WORDS
from goodoffices.reports.texts.finding_sentences import MESSAGES, title_sentences
from goodoffices.talks.documents.diff import Change, compare, flat, word_changes
from goodoffices.talks.documents.document import Clause, ClauseState, Paper, Piece, check_code, open_numbers
from goodoffices.talks.documents.markdown import label
from goodoffices.talks.state.known_texts import KnownVersion
from goodoffices.talks.state.view import View
from goodoffices.talks.texts.agreement_status import Family, families
from goodoffices.talks.texts.rendered_version import as_proposer_would, copy_mark, paper_of


class Ink(StrEnum):
    """What a stretch of characters is: words of the text, a mark, the label of a variant, or a change."""

    WORDS = "words"
    MARK = "mark"
    LABEL = "label"
    NEW = "new"
    GONE = "gone"
    COMPROMISE = "compromise"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A stretch of characters of one kind."""

    ink: Ink
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnClause:
    """One clause as it is drawn. ``change`` is set in a rendering against a base."""

    clause: str
    number: str
    heading: str
    open_number: bool
    state: ClauseState
    runs: tuple[Run, ...]
    change: Change | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One language of a version. ``lines`` stand under the title.

    ``direction`` is ``rtl`` or ``ltr``; ``mark`` is the mark on this seat's own copy, empty if it was not released
    to it; ``released_to`` counts the recipients only where they are shown.
    """

    version: str
    title: str
    language: str
    direction: str
    lines: tuple[str, ...]
    hash: str
    code: str
    mark: str
    clauses: tuple[DrawnClause, ...]
    released_to: int | None = None


def version_of(view: View, handle: str) -> KnownVersion:
    """Return a version that this view holds.

    Raises
    ------
    ScenarioError
        If it holds none of that name.
    """
    held = view.known.versions.get(handle)
    if held is None:
        known = tuple(view.known.versions)
        if not known:
            raise ScenarioError(
                Phrase("this seat has no version of any text yet, so none is {handle}", handle=quoted(handle))
            )
        raise UnknownWordError("version", handle, known, nearest=nearest_word(handle, known))
    return held


def marked_sheet(view: View, handle: str, language: str) -> Sheet:
    """Return a version in one language with its brackets and the labels of their variants."""
    version = version_of(view, handle)
    return _sheet(view, version, paper_held(view, version, language))


def clean_sheet(view: View, handle: str, language: str) -> Sheet:
    """Return a version without marks; refused while a bracket is left."""
    version = version_of(view, handle)
    paper = paper_held(view, version, language)
    left = open_numbers(paper)
    if left:
        raise ScenarioError(
            Phrase("clauses {names} have brackets; take the marked copy, or settle them first", names=", ".join(left))
        )
    return _sheet(view, version, paper)


def against_base(view: View, handle: str, base: str, language: str) -> Sheet:
    """Return a version with what came and went since ``base``, another version of this view."""
    version = version_of(view, handle)
    before, after = paper_held(view, version_of(view, base), language), paper_held(view, version, language)
    made = []
    for change in compare(before, after).clauses:
        clause = change.after or change.before
        if clause is None:
            continue
        ink = {Change.ADDED: Ink.NEW, Change.REMOVED: Ink.GONE}.get(change.change, Ink.WORDS)
        runs = [Run(ink=ink, text=flat(clause.pieces))] if flat(clause.pieces) else []
        if change.before is not None and change.after is not None:
            runs = _changes(change.before, change.after)
        made.append(replace(_drawn(clause), runs=tuple(runs), change=change.change))
    return replace(_sheet(view, version, after), clauses=tuple(made))


def _changes(before: Clause, after: Clause) -> list[Run]:
    inks = {Change.ADDED: Ink.NEW, Change.REMOVED: Ink.GONE}
    stretches = word_changes(flat(before.pieces), flat(after.pieces))
    return [Run(ink=inks.get(stretch.change, Ink.WORDS), text=stretch.text) for stretch in stretches]


def as_seat_would(view: View, handle: str, language: str, seat: str) -> Sheet:
    """Return a version with every bracket taken at the variant of ``seat``; for that seat itself and the pen only."""
    version = version_of(view, handle)
    if view.seat not in (seat, view.known.texts[version.text].pen):
        raise ScenarioError(
            Phrase(
                "only {seat} itself and the pen may see the text as {seat_again} would have it; take the marked copy",
                seat=repr(seat),
                seat_again=repr(seat),
            )
        )
    paper = as_proposer_would(view, paper_held(view, version, language), seat)
    return _sheet(view, version, paper)


def side_by_side(view: View, handle: str, languages: Sequence[str]) -> tuple[tuple[Sheet, ...], tuple[str, ...]]:
    """Return two to four languages of a version, and the clauses by lasting name in the order of the first."""
    if not 2 <= len(dict.fromkeys(languages)) == len(languages) <= 4:
        raise ScenarioError(Phrase("languages named: {n}; name two to four different ones", n=str(len(languages))))
    sheets = tuple(marked_sheet(view, handle, language) for language in languages)
    return sheets, tuple(dict.fromkeys(clause.clause for sheet in sheets for clause in sheet.clauses))


def for_the_room(view: View, handle: str, language: str, clause: str) -> Sheet:
    """Return one clause for a screen that everybody sees: no names, no copy mark, no one's title line left out."""
    sheet = marked_sheet(view, handle, language)
    one = tuple(drawn for drawn in sheet.clauses if clause in (drawn.clause, drawn.number))
    if not one:
        known = tuple(drawn.number for drawn in sheet.clauses)
        raise UnknownWordError("clause", clause, known, nearest=nearest_word(clause, known))
    return replace(sheet, clauses=one, mark="", released_to=None)


# ------------------------------------------------------------------------------------------------------------ words


def runs_of(pieces: Iterable[Piece]) -> tuple[Run, ...]:
    """Return a clause's body as stretches, with brackets, labels and bars as marks."""
    return tuple(_runs(pieces, Ink.WORDS))


def _runs(pieces: Iterable[Piece], ink: Ink) -> Iterable[Run]:
    for piece in pieces:
        if isinstance(piece, str):
            yield Run(ink=ink, text=piece)
            continue
        yield Run(ink=Ink.MARK, text="[")
        for place, variant in enumerate(piece.variants):
            if place:
                yield Run(ink=Ink.MARK, text=" | ")
            yield Run(ink=Ink.LABEL, text=label(place) + ("~" if variant.compromise else ""))
            if variant.pieces:
                yield Run(ink=Ink.WORDS, text=" ")
            yield from _runs(variant.pieces, Ink.COMPROMISE if variant.compromise else ink)
        yield Run(ink=Ink.MARK, text="]")


def _drawn(clause: Clause) -> DrawnClause:
    return DrawnClause(
        clause=clause.id or "",
        number=clause.number,
        heading=clause.heading,
        open_number=clause.open_number,
        state=clause.state,
        runs=runs_of(clause.pieces),
    )


def paper_held(view: View, version: KnownVersion, language: str) -> Paper:
    """Return a version's words in one language, or say which languages are held."""
    paper = paper_of(view, version, language)
    if paper is None:
        held = ", ".join(version.languages) or "none"
        raise ScenarioError(
            Phrase(
                "version {handle} is not held in {language}; held: {held}. Name one of these",
                handle=version.handle,
                language=repr(language),
                held=held,
            )
        )
    return paper


def _sheet(view: View, version: KnownVersion, paper: Paper) -> Sheet:
    return Sheet(
        version=version.handle,
        title=paper.title,
        language=paper.lang,
        direction=direction(paper.lang),
        lines=standing_lines(view, version, paper.lang),
        hash=version.hash,
        code=check_code(version.hash),
        mark=copy_mark(view, version),
        clauses=tuple(_drawn(clause) for clause in paper.clauses),
        released_to=len(version.released_to) if version.shown else None,
    )


# ---------------------------------------------------------------------------------------------- what must stand there


def standing_lines(view: View, version: KnownVersion, language: str) -> tuple[str, ...]:
    """Return the sentences that stand wherever this version's title stands, in ``language`` where it is translated.

    Of whom it speaks and who of those has not signed; and where its languages differ, or that none is said to prevail.
    """
    family = next(
        (f for f in families(view, words=False) if any(copy.name == version.handle for copy in f.copies)), None
    )
    if family is None:
        return ()
    told = (*title_sentences(view, family), *_of_languages(view, version, family))
    return tuple(said_in(view, sentence, language) for sentence in told)


def _of_languages(view: View, version: KnownVersion, family: Family) -> tuple[Message, ...]:
    copy = next(copy for copy in family.copies if copy.name == version.handle)
    prevails = view.known.texts[version.text].frame.prevails
    if copy.divergences:
        key = {"": "diverges-unstated", "none": "diverges-none"}.get(prevails, "diverges-prevails")
        fillings = {"clauses": Argument(sort="clauses", value=copy.divergences)}
        if key == "diverges-prevails":
            fillings["language"] = Argument(sort="language", value=prevails)
        return (Message(message=MESSAGES[key], fillings=fillings),)
    if len(view.known.texts[version.text].frame.authentic) > 1 and not prevails:
        return (Message(message=WORDS["pack"]["unstated"], fillings={}),)
    return ()


def said_in(view: View, told: Message, language: str) -> str:
    """Return a sentence in ``language`` if it is translated, with names of actors as ``view`` knows them."""
    spoken = language if language in LANGUAGES else "en"
    message, spoken = catalogue_for(spoken).find(told.message)
    return message.format(**{name: _filled(view, filling, spoken) for name, filling in told.fillings.items()})


def _filled(view: View, filling: Argument, language: str) -> str:
    if filling.sort == "actors":
        return str(format_list([view.name(actor, language) for actor in filling.value], locale=language))
    if filling.sort == "clauses":
        return str(format_list([str(number) for number in filling.value], locale=language))
    if filling.sort == "language":
        return str(Locale.parse(language).languages.get(filling.value, filling.value))
    return str(filling.value)

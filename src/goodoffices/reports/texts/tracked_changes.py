"""What a delegation's word-processor file would change in a version, clause by clause, as a proposal to be confirmed.

The file is held against the words that this seat holds, not against what the file says of itself: a change that was
made without marking it as one is shown all the same. Nothing here puts anything on the record, and the names of authors
go no further than the values returned.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from dataclasses import dataclass, replace

from goodoffices.errors import ScenarioFileError
from goodoffices.formats.docx.author_changes import FileProposal
from goodoffices.formats.docx.margin_remarks import FileRemark
from goodoffices.formats.docx.reader import DocxReading
from goodoffices.formats.odt.reader import read_text_file
from goodoffices.phrases.phrase import Phrase, Several
from goodoffices.reports.messages.catalogues import LANGUAGES, catalogue_for
from goodoffices.reports.messages.labels import WORDS
from goodoffices.reports.texts.sheets import paper_held, version_of
from goodoffices.reports.texts.unplaced_changes import not_placed
from goodoffices.talks.base.acts import Words
from goodoffices.talks.base.enums import CommentSort
from goodoffices.talks.documents.diff import (
    Change,
    DocumentComparison,
    Stretch,
    compare,
    flat,
    plain_number,
    word_changes,
)
from goodoffices.talks.documents.document import Clause, Paper, aligned, is_named_by, normal
from goodoffices.talks.documents.markdown import read_paper
from goodoffices.talks.state.known_texts import KnownVersion
from goodoffices.talks.state.view import View
from goodoffices.talks.texts.comments import Comment, ProposeVariant

MOST_CHANGES = 200
"""The most changes and remarks that are taken from one file."""
_LONGEST = 40_000
"""Words before and after together, in characters, beyond which they are shown whole and not compared word by word."""
_FEW = 3
_CODE = re.compile(r"(?<!\d)(?:\d{4}\s){5}\d{4}(?!\d)")
"""A check code as our files print it, in the figures of any language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileChange:
    """One change of one author, or one remark.

    Parameters
    ----------
    clause
        The clause that it is said of, by its handle; for a new clause the one before it, for the title the first.
    change
        What it does to the clause; ``None`` for a remark.
    words
        The clause as it would read, as plain words (with its heading if ``headed``); or the remark.
    author
        As the file names it; empty if the change is not marked as one in the file. It never leaves the importing seat.
    number
        The number that a new clause would have; for a remark the number in the file of its clause, if this version has
        no such clause.
    on
        The words that a remark stands on.
    first
        Whether a new clause would stand before ``clause``, which is the first, and not after it.
    of_title
        Whether it changes the title of the text, and no clause.
    thread
        What a remark is in its thread: ``reply``, ``resolved``, both with a blank, or empty.
    """

    clause: str
    change: Change | None
    words: str
    author: str = ""
    number: str = ""
    headed: bool = False
    on: str = ""
    first: bool = False
    of_title: bool = False
    thread: str = ""

    @property
    def sort(self) -> CommentSort:
        """As what it is said to the pen: a clause that is to go cannot be accepted, other words are proposed.

        A remark asks, and so does what no wording of a clause can say: another title, or another place.
        """
        if self.change is None or self.change is Change.MOVED or self.of_title:
            return CommentSort.ASK
        return CommentSort.REJECT if self.change is Change.REMOVED else CommentSort.PROPOSE


@dataclass(frozen=True, slots=True, kw_only=True)
class FileChanges:
    """What a file would change in one language of a version.

    ``notes`` are what the reading had to assume and what it could not place, in sentences. ``n_marks`` counts the
    tracked marks of the file. ``elsewhere`` says that most clauses differ without being marked: the file was probably
    made from another version. ``made_from`` is the version whose check code the file has, if it has another than this
    one's: its name, or the code itself if this seat holds no such version.
    """

    language: str
    changes: tuple[FileChange, ...]
    notes: tuple[str, ...] = ()
    n_marks: int = 0
    elsewhere: bool = False
    made_from: str = ""


def changes_in(view: View, handle: str, data: bytes, *, name: str, language: str | None = None) -> FileChanges:
    """Return what a ``.docx`` or ``.odt`` file would change in a version that this view holds.

    Parameters
    ----------
    view
        The view of the seat that brings it in.
    handle
        The version, by its handle there.
    data, name
        The file, and what to call it in a refusal.
    language
        The language of its words; by default as the file says, else that of the version if it has but one.

    Raises
    ------
    ScenarioFileError
        If the file is refused, or proposes too much at once.
    ScenarioError
        If the version, or its words in that language, are not held.
    """
    version = version_of(view, handle)
    alone = version.languages[0] if len(version.languages) == 1 else None
    reading = read_text_file(data, name=name, lang=language or alone)
    held = paper_held(view, version, reading.paper.lang)
    found = changes_between(held, reading)
    if len(found.changes) > MOST_CHANGES:
        raise ScenarioFileError(
            f"it has {len(found.changes)} changes and remarks; at most {MOST_CHANGES} are taken at once. "
            "Divide the file.",
            kind="too-many-changes",
            file=name,
        )
    return replace(found, made_from=_made_from(view, version, reading))


def _made_from(view: View, version: KnownVersion, reading: DocxReading) -> str:
    """Return which other version the check codes beside the text of a file name, empty if none does."""
    codes = [code for one in reading.unplaced for code in _CODE.findall(one.words)]
    if not codes or any(is_named_by(version.hash, code) for code in codes):
        return ""
    named = (held.handle for held in view.known.versions.values() if is_named_by(held.hash, codes[0]))
    return next(named, codes[0])


def changes_between(held: Paper, reading: DocxReading) -> FileChanges:
    """Return what a file that was read would change in a paper that a seat holds."""
    paper = aligned(_with_our_names(reading.paper, held), held)
    compared = compare(held, paper)
    by_place = {id(c.after): c for c in compared.clauses if c.after is not None}
    match = _Match(held=held, paper=paper, pairs=tuple(by_place[id(clause)].before for clause in paper.clauses))
    struck = {p.at for p in reading.proposals if p.change is Change.REMOVED and match.held_at(p.at) is None}
    silent = _unmarked(match, compared, struck)
    marked: list[FileChange] = []
    notes = [*reading.said(names=True), *_other_numbers(match)]
    for proposal in reading.proposals:
        change, note = _marked(match, proposal)
        marked += [change] if change is not None else []
        notes += [note] if note else []
    remarks = [_remark(match, remark) for remark in reading.remarks]
    notes += [_remark_elsewhere(match, remark) for remark in reading.remarks if match.held_at(remark.at) is None]
    return FileChanges(
        language=held.lang,
        changes=(*_in_order(held, [*silent, *marked]), *remarks),
        notes=tuple(dict.fromkeys(notes)),
        n_marks=reading.n_marks,
        elsewhere=len(silent) > max(_FEW, len(held.clauses) // 2),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Match:
    """The paper that is held, that of the file, and for each clause of the file the one that it is here."""

    held: Paper
    paper: Paper
    pairs: tuple[Clause | None, ...]

    def held_at(self, at: int | None) -> Clause | None:
        """Return the clause held for the one at a place of the file."""
        return None if at is None else self.pairs[at]

    def before(self, at: int | None) -> Clause | None:
        """Return the last clause held that stands at or before a place of the file, or ``None``."""
        places = range(-1 if at is None else at, -1, -1)
        return next((clause for place in places if (clause := self.pairs[place]) is not None), None)


def _with_our_names(paper: Paper, held: Paper) -> Paper:
    """Return the paper of a file without lasting names of clauses unless all of them are ours.

    Names are those of the seat that took the file out; in another seat's view the same name may be another clause.
    """
    numbers = {clause.id: plain_number(clause.number) for clause in held.clauses}
    if all(c.id is None or numbers.get(c.id) == plain_number(c.number) for c in paper.clauses):
        return paper
    return replace(paper, clauses=tuple(replace(clause, id=None) for clause in paper.clauses))


def _other_numbers(match: _Match) -> list[str]:
    """Say which clauses of the file have another number than the same clauses here."""
    pairs = zip(match.paper.clauses, match.pairs, strict=True)
    made = [
        Phrase("{n} is clause {other}", n=clause.number, other=mine.number)
        for clause, mine in pairs
        if mine is not None and plain_number(mine.number) != plain_number(clause.number)
    ]
    listed = Several(made, "commas")
    said = Phrase("Some clauses have other numbers in the file than in this version: {clauses}.", clauses=listed)
    return [said] if made else []


def _plain(written: str, held: Paper) -> str:
    """Return a body written as Markdown as it is read aloud."""
    [clause] = aligned(read_paper(f"# -\n\n## 1.\n\n{written}", "en"), held).clauses
    return flat(clause.pieces)


def _marked(match: _Match, proposal: FileProposal) -> tuple[FileChange | None, str]:
    """Return a change that the file marks; or nothing, and why it is not shown."""
    if proposal.is_title:
        same = proposal.words == match.held.title
        change = None if same else _titled(match.held, proposal.words, proposal.author)
        return change, not_placed(proposal, Phrase("this version has that title already")) if same else ""
    if proposal.change is Change.ADDED:
        return _new(match, proposal), ""
    clause = match.held_at(proposal.at)
    if clause is not None and clause.id is not None:
        return _marked_at(match, clause, proposal)
    if proposal.change is Change.CHANGED:
        return _new(match, replace(proposal, follows=proposal.at)), ""
    return None, not_placed(proposal, Phrase("this version has no such clause"))


def _marked_at(match: _Match, clause: Clause, proposal: FileProposal) -> tuple[FileChange | None, str]:
    """Return a change of a clause that is held."""
    if proposal.change is Change.REMOVED:
        return FileChange(clause=clause.id or "", change=Change.REMOVED, words="", author=proposal.author), ""
    if proposal.change is Change.MOVED:
        return _moved(match.held, clause, match.before(proposal.follows), proposal.author), ""
    change = _changed(clause, proposal.heading, _plain(proposal.words, match.held), proposal.author)
    if change is not None:
        return change, ""
    if proposal.open_number is clause.open_number:
        return None, not_placed(proposal, Phrase("this version has these words already"))
    if proposal.open_number:
        brackets = Phrase("that only puts its number in brackets, and no wording of the clause can say it")
    else:
        brackets = Phrase("that only takes its number out of brackets, and no wording of the clause can say it")
    return None, not_placed(proposal, brackets)


def _titled(held: Paper, title: str, author: str) -> FileChange | None:
    if not held.clauses:
        return None
    words = f"{_say(held.lang, 'title')}: {title}"
    clause = held.clauses[0].id or ""
    return FileChange(clause=clause, change=Change.CHANGED, words=words, author=author, of_title=True)


def _moved(held: Paper, clause: Clause, before: Clause | None, author: str) -> FileChange:
    words = _say(held.lang, "move-first") if before is None else _say(held.lang, "move").format(clause=before.number)
    return FileChange(clause=clause.id or "", change=Change.MOVED, words=words, author=author)


def _say(language: str, word: str) -> str:
    return catalogue_for(language if language in LANGUAGES else "en").find(WORDS["file-change"][word])[0]


def _changed(clause: Clause, heading: str, words: str, author: str) -> FileChange | None:
    headed = heading != clause.heading
    if not headed and words == flat(clause.pieces):
        return None
    whole = f"{heading}\n\n{words}" if headed else words
    return FileChange(clause=clause.id or "", change=Change.CHANGED, words=whole, author=author, headed=headed)


def _whole(heading: str, words: str) -> str:
    return "\n\n".join(part for part in (heading, words) if part)


def _new(match: _Match, proposal: FileProposal) -> FileChange:
    whole = _whole(proposal.heading, _plain(proposal.words, match.held))
    return _added(match, proposal.number, whole, proposal.author, proposal.follows)


def _added(match: _Match, number: str, words: str, author: str, follows: int | None) -> FileChange:
    before = match.before(follows)
    clause = before or (match.held.clauses[0] if match.held.clauses else None)
    return FileChange(
        clause="" if clause is None else clause.id or "",
        change=Change.ADDED,
        words=words,
        author=author,
        number=number,
        first=before is None,
    )


def _unmarked(match: _Match, compared: DocumentComparison, struck: Set[int | None]) -> list[FileChange]:
    """Return what differs between the version and the file's own words, which nobody marked as a change.

    A clause that the version does not have, and that an author strikes in the file (``struck``), was not added.
    """
    made: list[FileChange | None] = []
    places = {id(clause): place for place, clause in enumerate(match.paper.clauses)}
    if match.paper.title and match.paper.title != match.held.title:
        made.append(_titled(match.held, match.paper.title, ""))
    for change in compared.differing:
        before, after = change.before, change.after
        if after is None:
            made += [] if before is None else [FileChange(clause=before.id or "", change=Change.REMOVED, words="")]
            continue
        follows = places[id(after)] - 1
        if before is None and follows + 1 in struck:
            continue
        if before is None:
            made.append(_added(match, after.number, _whole(after.heading, flat(after.pieces)), "", follows))
        elif change.change is Change.MOVED:
            made.append(_moved(match.held, before, match.before(follows), ""))
        else:
            made.append(_changed(before, after.heading, flat(after.pieces), ""))
    return [change for change in made if change is not None]


def _remark(match: _Match, remark: FileRemark) -> FileChange:
    clause = match.before(remark.at) or (match.held.clauses[-1] if match.held.clauses else None)
    thread = " ".join(
        word for word, holds in (("reply", remark.answers is not None), ("resolved", remark.is_resolved)) if holds
    )
    handle = "" if clause is None else clause.id or ""
    made = FileChange(clause=handle, change=None, words=remark.words, author=remark.author, on=remark.on, thread=thread)
    return made if match.held_at(remark.at) is not None else replace(made, number=remark.number)


def _remark_elsewhere(match: _Match, remark: FileRemark) -> str:
    """Say with which clause a remark is shown that stands on none of this version."""
    beside = match.before(remark.at) or (match.held.clauses[-1] if match.held.clauses else None)
    where = Phrase("A remark stands on no clause.")
    if remark.number:
        where = Phrase("A remark stands on clause {n} of the file, which this version does not have.", n=remark.number)
    shown = "" if beside is None else Phrase("It is shown with clause {n}.", n=beside.number)
    return Several((where, shown))


def _in_order(held: Paper, changes: Iterable[FileChange]) -> list[FileChange]:
    """Return changes in the order of the version's clauses, the title first; those of one clause as the file has."""
    places = {clause.id: place for place, clause in enumerate(held.clauses)}
    return sorted(changes, key=lambda c: -1 if c.of_title else places.get(c.clause, len(places)) - 0.5 * c.first)


def before_and_after(held: Paper, change: FileChange) -> tuple[str, str, tuple[Stretch, ...]]:
    """Return the words of a clause as they stand and as they would, and word for word what changes.

    The stretches are empty where there is nothing to compare, or too much.
    """
    clause = next((clause for clause in held.clauses if clause.id == change.clause), None)
    if change.change in (None, Change.ADDED) or clause is None:
        return "", change.words, ()
    if change.of_title:
        before = f"{_say(held.lang, 'title')}: {held.title}"
        return before, change.words, word_changes(before, change.words)
    before = flat(clause.pieces)
    if change.change is Change.MOVED:
        return _whole(clause.heading, before), change.words, ()
    if change.headed:
        before = f"{clause.heading}\n\n{before}"
    if change.change is Change.REMOVED or len(before) + len(change.words) > _LONGEST:
        return before, change.words, ()
    return before, change.words, word_changes(before, change.words)


def as_command(
    version: str, change: FileChange, *, language: str, show: tuple[str, ...] = (), table: bool = False
) -> Comment | ProposeVariant:
    """Return the command by which a confirmed change becomes this seat's own; ``table`` while the pen is open to it."""
    words = normal(change.words).strip()
    said = Words(text=words, lang=language) if words else None
    if table and change.sort is CommentSort.PROPOSE and said is not None:
        return ProposeVariant(version=version, clause=change.clause, words=said, show=show)
    return Comment(version=version, clause=change.clause, sort=change.sort, words=said, show=show)

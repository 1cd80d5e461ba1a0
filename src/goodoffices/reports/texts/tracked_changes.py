"""What a delegation's word-processor file would change in a version, clause by clause, as a proposal to be confirmed.

The file is held against the words that this seat holds, not against what the file says of itself: a change that was
made without marking it as one is shown all the same. Nothing here puts anything on the record, and the names of authors
go no further than the values returned.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from dataclasses import replace

from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioFileError
from goodoffices.formats.docx.author_changes import FileProposal
from goodoffices.formats.docx.margin_remarks import FileRemark
from goodoffices.formats.docx.reader import DocxReading
from goodoffices.formats.odt.reader import read_text_file
from goodoffices.phrases.phrase import Phrase, Several
from goodoffices.reports.texts.file_changes import (
    FileChange,
    FileChanges,
    before_and_after,
    say,
    unmarked_notes,
    whole,
)
from goodoffices.reports.texts.sheets import paper_held, version_of
from goodoffices.reports.texts.unmarked_words import unmarked_words
from goodoffices.reports.texts.unplaced_changes import not_placed
from goodoffices.talks.documents.diff import (
    Change,
    DocumentComparison,
    compare,
    flat,
    plain_number,
)
from goodoffices.talks.documents.document import Clause, Paper, aligned, is_named_by
from goodoffices.talks.documents.markdown import read_paper
from goodoffices.talks.state.known_texts import KnownVersion
from goodoffices.talks.state.view import View

MOST_CHANGES = 200
"""The most changes and remarks that are taken from one file."""
_FEW = 3
_CODE = re.compile(r"(?<!\d)(?:\d{4}\s){5}\d{4}(?!\d)")
"""A check code as our files print it, in the figures of any language."""


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
            Phrase(
                "it has {n} changes and remarks; at most {most_changes} are taken at once. Divide the file.",
                n=str(len(found.changes)),
                most_changes=str(MOST_CHANGES),
            ),
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
        marked += [_with_unmarked(match, change, proposal)] if change is not None else []
        notes += [note] if note else []
    remarks = [_remark(match, remark) for remark in reading.remarks]
    notes += [_remark_elsewhere(match, remark) for remark in reading.remarks if match.held_at(remark.at) is None]
    return FileChanges(
        language=held.lang,
        changes=(*_in_order(held, [*silent, *marked]), *remarks),
        notes=tuple(dict.fromkeys([*notes, *(note for change in marked for note in unmarked_notes(held, change))])),
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


def _with_unmarked(match: _Match, change: FileChange, proposal: FileProposal) -> FileChange:
    """Return a marked change with what it has otherwise than the version although nobody marked it."""
    before, after, _ = before_and_after(match.held, change)
    if change.of_title:
        sent = f"{say(match.held.lang, 'title')}: {match.paper.title}"
    elif change.change is Change.CHANGED and proposal.at is not None:
        clause = match.paper.clauses[proposal.at]
        sent = whole(clause.heading if change.headed else "", flat(clause.pieces))
    elif change.change is Change.ADDED and proposal.at is not None:
        # The version has no such clause, and the file does not mark it as new.
        clause = match.paper.clauses[proposal.at]
        sent = whole(clause.heading, flat(clause.pieces))
        before = ""
    else:
        return change
    return replace(change, unmarked=unmarked_words(before, sent, after))


def _titled(held: Paper, title: str, author: str) -> FileChange | None:
    if not held.clauses:
        return None
    words = f"{say(held.lang, 'title')}: {title}"
    clause = held.clauses[0].id or ""
    return FileChange(clause=clause, change=Change.CHANGED, words=words, author=author, of_title=True)


def _moved(held: Paper, clause: Clause, before: Clause | None, author: str) -> FileChange:
    words = say(held.lang, "move-first") if before is None else say(held.lang, "move").format(clause=before.number)
    return FileChange(clause=clause.id or "", change=Change.MOVED, words=words, author=author)


def _changed(clause: Clause, heading: str, words: str, author: str) -> FileChange | None:
    headed = heading != clause.heading
    if not headed and words == flat(clause.pieces):
        return None
    shown = f"{heading}\n\n{words}" if headed else words
    return FileChange(clause=clause.id or "", change=Change.CHANGED, words=shown, author=author, headed=headed)


def _new(match: _Match, proposal: FileProposal) -> FileChange:
    words = whole(proposal.heading, _plain(proposal.words, match.held))
    return _added(match, proposal.number, words, proposal.author, proposal.follows)


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
            made.append(_added(match, after.number, whole(after.heading, flat(after.pieces)), "", follows))
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

"""What a delegation's word-processor file would change in a version, clause by clause, as a proposal to be confirmed.

The file is held against the words that this seat holds, not against what the file says of itself: a change that was
made without marking it as one is shown all the same. Nothing here puts anything on the record, and the names of authors
go no further than the values returned.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from goodoffices.errors import ScenarioFileError
from goodoffices.formats.docx.reader import DocxReading, FileProposal, read_docx
from goodoffices.reports.texts.sheets import paper_held, version_of
from goodoffices.talks.base.acts import Words
from goodoffices.talks.base.enums import CommentSort
from goodoffices.talks.documents.diff import Change, Stretch, compare, flat, word_changes
from goodoffices.talks.documents.document import Clause, Paper, normal, ordered
from goodoffices.talks.documents.markdown import read_paper
from goodoffices.talks.state.view import View
from goodoffices.talks.texts.comments import Comment, ProposeVariant

MOST_CHANGES = 200
"""The most changes and remarks that are taken from one file."""
_LONGEST = 40_000
"""Words before and after together, in characters, beyond which they are shown whole and not compared word by word."""
_FEW = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class FileChange:
    """One change of one author, or one remark.

    Parameters
    ----------
    clause
        The clause that it is said of, by its handle; for a new clause the one before it.
    change
        What it does to the clause; ``None`` for a remark.
    words
        The clause as it would read, as plain words (with its heading if ``headed``); or the remark.
    author
        As the file names it; empty if the change is not marked as one in the file. It never leaves the importing seat.
    number
        The number that a new clause would have.
    on
        The words that a remark stands on.
    """

    clause: str
    change: Change | None
    words: str
    author: str = ""
    number: str = ""
    headed: bool = False
    on: str = ""

    @property
    def sort(self) -> CommentSort:
        """As what it is said to the pen: a remark asks, a clause that is to go cannot be accepted, else words."""
        if self.change is None:
            return CommentSort.ASK
        return CommentSort.REJECT if self.change is Change.REMOVED else CommentSort.PROPOSE


@dataclass(frozen=True, slots=True, kw_only=True)
class FileChanges:
    """What a file would change in one language of a version.

    ``notes`` are what the reading had to assume, in English. ``elsewhere`` says that most clauses differ without being
    marked: the file was probably made from another version.
    """

    language: str
    changes: tuple[FileChange, ...]
    notes: tuple[str, ...] = ()
    elsewhere: bool = False


def changes_in(view: View, handle: str, data: bytes, *, name: str, language: str | None = None) -> FileChanges:
    """Return what a ``.docx`` file would change in a version that this view holds.

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
    reading = read_docx(data, name=name, lang=language or alone)
    held = paper_held(view, version, reading.paper.lang)
    reading = _with_our_names(replace(reading, paper=ordered(reading.paper)), held)
    marked = [change for p in reading.proposals if (change := _marked(held, p)) is not None]
    silent = _unmarked(held, reading.paper)
    remarks = [_remark(held, remark.number, remark.words, remark.author, remark.on) for remark in reading.remarks]
    made = (*_in_order(held, [*silent, *marked]), *remarks)
    if len(made) > MOST_CHANGES:
        raise ScenarioFileError(
            f"it has {len(made)} changes and remarks; at most {MOST_CHANGES} are taken at once. Divide the file.",
            kind="too-many-changes",
            file=name,
        )
    return FileChanges(
        language=held.lang,
        changes=made,
        notes=reading.notes,
        elsewhere=len(silent) > max(_FEW, len(held.clauses) // 2),
    )


def _with_our_names(reading: DocxReading, held: Paper) -> DocxReading:
    """Return the reading without lasting names of clauses unless all of them are ours.

    Names are those of the seat that took the file out; in another seat's view the same name may be another clause.
    """
    numbers = {clause.id: clause.number for clause in held.clauses}
    if all(clause.id is None or numbers.get(clause.id) == clause.number for clause in reading.paper.clauses):
        return reading
    bare = tuple(replace(clause, id=None) for clause in reading.paper.clauses)
    return replace(
        reading,
        paper=replace(reading.paper, clauses=bare),
        proposals=tuple(replace(proposal, clause=None) for proposal in reading.proposals),
    )


def _clause(held: Paper, number: str, name: str | None = None) -> Clause | None:
    by_name = next((clause for clause in held.clauses if name is not None and clause.id == name), None)
    return by_name or next((clause for clause in held.clauses if clause.number == number), None)


def _handle(held: Paper, number: str) -> str:
    """Return the clause of a number, else the last one: a remark on a clause that is not there still has a place."""
    clause = _clause(held, number) or (held.clauses[-1] if held.clauses else None)
    return "" if clause is None or clause.id is None else clause.id


def _plain(written: str) -> str:
    """Return a body written as Markdown as it is read aloud."""
    [clause] = ordered(read_paper(f"# -\n\n## 1.\n\n{written}", "en")).clauses
    return flat(clause.pieces)


def _marked(held: Paper, proposal: FileProposal) -> FileChange | None:
    """Return a change that the file marks, or nothing if these words stand in the version already."""
    clause = _clause(held, proposal.number, proposal.clause)
    if proposal.change is Change.ADDED and clause is None:
        whole = _whole(proposal.heading, _plain(proposal.words))
        return _added(held, proposal.number, whole, proposal.author, proposal.follows)
    if clause is None or clause.id is None:
        return None
    if proposal.change is Change.REMOVED:
        return FileChange(clause=clause.id, change=Change.REMOVED, words="", author=proposal.author)
    return _changed(clause, proposal.heading, _plain(proposal.words), proposal.author)


def _changed(clause: Clause, heading: str, words: str, author: str) -> FileChange | None:
    headed = heading != clause.heading
    if not headed and words == flat(clause.pieces):
        return None
    whole = f"{heading}\n\n{words}" if headed else words
    return FileChange(clause=clause.id or "", change=Change.CHANGED, words=whole, author=author, headed=headed)


def _whole(heading: str, words: str) -> str:
    return "\n\n".join(part for part in (heading, words) if part)


def _added(held: Paper, number: str, words: str, author: str, follows: str) -> FileChange:
    return FileChange(clause=_handle(held, follows), change=Change.ADDED, words=words, author=author, number=number)


def _unmarked(held: Paper, base: Paper) -> list[FileChange]:
    """Return what differs between the version and the file's own words, which nobody marked as a change."""
    made: list[FileChange | None] = []
    numbers = [clause.number for clause in base.clauses]
    for change in compare(held, base).differing:
        before, after = change.before, change.after
        if after is None and before is not None:
            made.append(FileChange(clause=before.id or "", change=Change.REMOVED, words=""))
        elif before is None and after is not None:
            place = numbers.index(after.number)
            follows = numbers[place - 1] if place else ""
            made.append(_added(held, after.number, _whole(after.heading, flat(after.pieces)), "", follows))
        elif before is not None and after is not None:
            made.append(_changed(before, after.heading, flat(after.pieces), ""))
    return [change for change in made if change is not None]


def _remark(held: Paper, number: str, words: str, author: str, on: str) -> FileChange:
    return FileChange(clause=_handle(held, number), change=None, words=words, author=author, on=on)


def _in_order(held: Paper, changes: Iterable[FileChange]) -> list[FileChange]:
    """Return changes in the order of the version's clauses; those of one clause as the file has them."""
    places = {clause.id: place for place, clause in enumerate(held.clauses)}
    return sorted(changes, key=lambda change: places.get(change.clause, len(places)))


def before_and_after(held: Paper, change: FileChange) -> tuple[str, str, tuple[Stretch, ...]]:
    """Return the words of a clause as they stand and as they would, and word for word what changes.

    The stretches are empty where there is nothing to compare, or too much.
    """
    clause = next((clause for clause in held.clauses if clause.id == change.clause), None)
    if change.change in (None, Change.ADDED) or clause is None:
        return "", change.words, ()
    before = flat(clause.pieces)
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
    if table and change.change in (Change.CHANGED, Change.ADDED) and said is not None:
        return ProposeVariant(version=version, clause=change.clause, words=said, show=show)
    return Comment(version=version, clause=change.clause, sort=change.sort, words=said, show=show)

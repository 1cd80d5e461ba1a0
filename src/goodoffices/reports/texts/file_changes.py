"""One change that a word-processor file makes to a version: how it is shown, and the command that it becomes."""

from __future__ import annotations

from collections.abc import Iterator

from goodoffices.data_class import dataclass
from goodoffices.names import comparable
from goodoffices.reports.messages.catalogues import LANGUAGES, catalogue_for
from goodoffices.reports.messages.labels import WORDS
from goodoffices.reports.texts.unmarked_words import UnmarkedWords
from goodoffices.talks.base.acts import Words
from goodoffices.talks.base.enums import CommentSort
from goodoffices.talks.documents.diff import Change, Stretch, flat, word_changes
from goodoffices.talks.documents.document import Paper, normal
from goodoffices.talks.state.known_texts import KnownComment, KnownVariant
from goodoffices.talks.state.view import View
from goodoffices.talks.texts.comments import Comment, ProposeVariant

_LONGEST = 40_000
"""Words before and after together, in characters, beyond which they are shown whole and not compared word by word."""


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
    unmarked
        What ``words`` has otherwise than the version although nobody marked it in the file.
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
    unmarked: tuple[UnmarkedWords, ...] = ()

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


def before_and_after(held: Paper, change: FileChange) -> tuple[str, str, tuple[Stretch, ...]]:
    """Return the words of a clause as they stand and as they would, and word for word what changes.

    The stretches are empty where there is nothing to compare, or too much.
    """
    clause = next((clause for clause in held.clauses if clause.id == change.clause), None)
    if change.change in (None, Change.ADDED) or clause is None:
        return "", change.words, ()
    if change.of_title:
        before = f"{say(held.lang, 'title')}: {held.title}"
        return before, change.words, word_changes(before, change.words)
    before = flat(clause.pieces)
    if change.change is Change.MOVED:
        return whole(clause.heading, before), change.words, ()
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


def filed_as(view: View, command: Comment | ProposeVariant, *, whoever_sees_it: bool = False) -> str:
    """Return the handle of what the seat filed already with the same words; empty if nothing.

    It counts only if it is shown to the same seats, or ``whoever_sees_it``.
    """
    on, show = (comparable(command.version), command.clause), frozenset(command.show)
    words = command.words.text if command.words is not None else None
    known = view.known
    comments = (
        one
        for one in known.comments.values()
        if isinstance(command, Comment) and one.by == view.seat and one.sort is command.sort and one.waits
    )
    variants = (
        one
        for one in known.variants.values()
        if isinstance(command, ProposeVariant) and one.proposer == view.seat and not one.dropped
    )
    own: list[KnownComment | KnownVariant] = [*comments, *variants]
    same = (one for one in own if (one.version, one.clause) == on and (whoever_sees_it or frozenset(one.show) == show))
    return next((one.handle for one in same if view.text(one.words) == words), "")


def unmarked_notes(held: Paper, change: FileChange) -> Iterator[str]:
    """Yield a sentence for each place in which a marked change has words that nobody marked."""
    clause = next((clause for clause in held.clauses if clause.id == change.clause), None)
    number = change.number or ("" if clause is None else clause.number)
    place = "the title" if change.of_title else f"clause {number}"
    return (one.sentence(place, change.author) for one in change.unmarked)


def say(language: str, word: str) -> str:
    """Return a word of a change in the language of a text."""
    return catalogue_for(language if language in LANGUAGES else "en").find(WORDS["file-change"][word])[0]


def whole(heading: str, words: str) -> str:
    """Return a heading and a body as they are compared, with a blank line between."""
    return "\n\n".join(part for part in (heading, words) if part)

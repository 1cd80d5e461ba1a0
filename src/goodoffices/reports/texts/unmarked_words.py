"""What a file changes without a mark, inside a clause in which an author's marked change is taken.

A proposal has the whole clause as the author would have it. So it also has what somebody changed there before, without
marking it, and who confirms the proposal must be told.
"""

from __future__ import annotations

from goodoffices.data_class import dataclass
from goodoffices.talks.documents.diff import Change, word_changes

_LONGEST = 40_000
"""Words before and after together, in characters, beyond which they are named whole and not compared word by word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnmarkedWords:
    """Words that the version and a file do not share: ``old`` there, ``new`` in the file. One can be empty."""

    old: str
    new: str

    def sentence(self, place: str, author: str) -> str:
        """Return what a person must know, for a place such as ``clause 3`` and the author of the proposal."""
        if not self.old:
            what = f"“{self.new}” was added"
        elif not self.new:
            what = f"“{self.old}” was left out"
        else:
            what = f"“{self.old}” was changed to “{self.new}”"
        return f"In {place} {what}, and nobody marked it. It is in the proposal by {author or 'nobody named'} too."


def unmarked_words(held: str, sent: str, proposed: str) -> tuple[UnmarkedWords, ...]:
    """Return what differs without a mark and is in a proposal too.

    Parameters
    ----------
    held
        The clause as the version has it.
    sent
        The clause as the file has it without its tracked changes.
    proposed
        The clause with the tracked changes of one author. What the author takes out again is left out.

    Examples
    --------
    >>> unmarked_words("It shall stop.", "It may stop.", "It may stop at once.")
    (UnmarkedWords(old='shall', new='may'),)
    >>> unmarked_words("It shall stop.", "It may stop.", "It stops.")
    ()
    """
    if held == sent:
        return ()
    if len(held) + len(sent) + len(proposed) > _LONGEST:
        return (UnmarkedWords(old=_one_line(held), new=_one_line(sent)),)
    gone = _gone(sent, proposed)
    made, at, old = [], 0, ""
    for stretch in (*word_changes(held, sent), None):
        if stretch is not None and stretch.change is Change.REMOVED:
            old += stretch.text
            continue
        new = stretch.text if stretch is not None and stretch.change is Change.ADDED else ""
        is_undone = bool(new) and all(place in gone for place in range(at, at + len(new)) if not sent[place].isspace())
        if (old.strip() or new.strip()) and not is_undone:
            made.append(UnmarkedWords(old=_one_line(old), new=_one_line(new)))
        old = ""
        at += 0 if stretch is None else len(stretch.text)
    return tuple(made)


def _gone(sent: str, proposed: str) -> set[int]:
    """Return the places of ``sent`` whose words a proposal takes out."""
    found, at = set[int](), 0
    for stretch in word_changes(sent, proposed):
        if stretch.change is Change.REMOVED:
            found |= set(range(at, at + len(stretch.text)))
        at += 0 if stretch.change is Change.ADDED else len(stretch.text)
    return found


def _one_line(words: str) -> str:
    return " ".join(words.split())

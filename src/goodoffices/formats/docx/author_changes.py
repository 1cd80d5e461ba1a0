"""What each author of tracked changes would make of the text, clause by clause.

The text is read once as it was sent, and once for each author with only that author's changes. A clause is recognised
in both readings by the paragraph that it begins with: neither its number nor its words need to be the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import field, replace

from goodoffices.data_class import dataclass
from goodoffices.formats.docx.bracket_markup import is_gone
from goodoffices.formats.docx.clause_detection import Section, authors_beneath
from goodoffices.formats.docx.clause_texts import changed_clause_text, sources_of, title_text
from goodoffices.formats.docx.markup.tokens import Paragraph, Token
from goodoffices.phrases.phrase import Phrase, Several
from goodoffices.talks.documents.diff import ALIKE, Change, likeness, words_in
from goodoffices.talks.documents.document import Clause, Paper
from goodoffices.talks.documents.markdown import write_pieces

_MOST_PAIRS = 2_500
"""How many pairs of clauses that went and came are looked at for words in common; beyond, only equal words count."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileProposal:
    """What one author of tracked changes would make of one clause; ``author`` never leaves the importing seat.

    Parameters
    ----------
    change, number
        What happens to the clause, and its number in the file; empty for the title.
    author
        As the file names it.
    words, before
        The body as Markdown with everybody else's changes left out, and as it was sent; for the title the title.
    clause
        Its lasting name, if the file has one.
    heading, open_number
        What the author would call it, and whether its number would stand in brackets.
    at, follows
        Places among the clauses as sent, from 0: of the clause itself (``None`` if it is new), and of the one that it
        would stand after (``None`` if before the first). Both are ``None`` for the title.
    """

    change: Change
    number: str
    author: str
    words: str
    before: str
    clause: str | None = None
    heading: str = ""
    open_number: bool = False
    at: int | None = None
    follows: int | None = None
    is_title: bool = False


@dataclass(slots=True)
class AuthorChanges:
    """What one author changes, which pieces of text stand in what is shown of it, and where new clauses stand.

    ``renumbered`` are pairs of numbers of clauses that only get another number. ``beneath`` are the places where
    this author changes what another has inserted.
    """

    author: str
    proposals: list[FileProposal] = field(default_factory=list)
    renumbered: list[tuple[str, str]] = field(default_factory=list)
    beneath: list[str] = field(default_factory=list)
    shown: set[int] = field(default_factory=set)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pair:
    """A clause in the text as sent (by its place) and in an author's reading; one of them may be absent."""

    at: int | None
    before: Section | None
    after: Section | None
    follows: int | None = None


def changes_of(
    author: str, sent: Sequence[Section], paper: Paper, theirs: Sequence[Section], name: str
) -> AuthorChanges:
    """Return what ``author`` changes.

    Parameters
    ----------
    author
        As the file names it.
    sent, paper
        The sections and the paper of the text as it was sent.
    theirs
        The sections with this author's changes.
    name
        The file, for a refusal.
    """
    made = AuthorChanges(author=author)
    old, new = title_text(sent[0]), title_text(theirs[0])
    if old != new:
        made.proposals.append(
            FileProposal(change=Change.CHANGED, number="", author=author, words=new, before=old, is_title=True)
        )
        made.shown |= _sources(sent[0]) | _sources(theirs[0])
    gone: list[FileProposal] = []
    new_ones: list[FileProposal] = []
    for pair in _pairs(sent[1:], theirs[1:]):
        _compare(made, pair, paper, name, gone, new_ones)
    _moves(made, gone, new_ones)
    made.proposals += [*gone, *new_ones]
    return made


def _pairs(sent: Sequence[Section], theirs: Sequence[Section]) -> Iterator[_Pair]:
    by_origin = {section.origin: at for at, section in enumerate(sent)}
    zero = next((at for at, section in enumerate(sent) if section.label == "0"), None)
    own_zero = any(section.label == "0" and section.origin in by_origin for section in theirs)
    left = dict.fromkeys(range(len(sent)))
    last: int | None = None
    for section in theirs:
        at = by_origin.get(section.origin)
        if at is None and section.label == "0" and not own_zero:
            at = zero
        if at not in left:
            at = None
        if at is not None:
            del left[at]
        yield _Pair(at=at, before=None if at is None else sent[at], after=section, follows=last)
        last = last if at is None else at
    for at in left:
        yield _Pair(at=at, before=sent[at], after=None)


def _compare(
    made: AuthorChanges, pair: _Pair, paper: Paper, name: str, gone: list[FileProposal], new_ones: list[FileProposal]
) -> None:
    before = None if pair.at is None else paper.clauses[pair.at]
    if pair.after is None:
        if before is not None and pair.before is not None:
            gone.append(_proposal(made.author, pair, before, None))
            made.shown |= _sources(pair.before)
        return
    if pair.before is not None and _signature(pair.before) == _signature(pair.after):
        return
    text = changed_clause_text(pair.after, name)
    made.notes += text.notes
    if before is None or pair.before is None:
        new_ones.append(_proposal(made.author, pair, None, text.clause))
        made.shown |= _sources(pair.after)
        return
    if pair.before.label != pair.after.label:
        made.renumbered.append((before.number, pair.after.number))
        made.shown |= _label_sources(pair.before) | _label_sources(pair.after)
    if _meaning(before) != _meaning(text.clause):
        made.proposals.append(_proposal(made.author, pair, before, text.clause))
        made.shown |= _sources(pair.before) | _sources(pair.after)


def _signature(section: Section) -> object:
    kept = [token for token in (*section.head, *section.tokens) if not is_gone(token) and token.mark is None]
    return section.label, section.open_number, section.heading, kept


def _meaning(clause: Clause) -> object:
    return clause.heading, clause.open_number, write_pieces(clause.pieces)


def _sources(section: Section) -> frozenset[int]:
    return sources_of(standing_tokens(section))


def standing_tokens(section: Section) -> tuple[Token, ...]:
    """Return the pieces of a section that are part of its text."""
    return tuple(token for token in (*section.head, *section.tokens) if not is_gone(token))


def _label_sources(section: Section) -> frozenset[int]:
    """Return the pieces that a number stands in: the heading, or what was taken off before the words."""
    return sources_of(section.head) | sources_of(token for token in section.tokens if not token.text.strip())


def _proposal(author: str, pair: _Pair, before: Clause | None, after: Clause | None) -> FileProposal:
    named = before or after
    shown = after or before
    return FileProposal(
        change=Change.ADDED if before is None else Change.REMOVED if after is None else Change.CHANGED,
        number="" if named is None else named.number,
        author=author,
        words="" if after is None else write_pieces(after.pieces),
        before="" if before is None else write_pieces(before.pieces),
        clause=None if before is None else before.id,
        heading="" if shown is None else shown.heading,
        open_number=shown is not None and shown.open_number,
        at=pair.at,
        follows=pair.follows,
    )


def _moves(made: AuthorChanges, gone: list[FileProposal], new_ones: list[FileProposal]) -> None:
    """Take a clause that goes in one place and comes with the same words in another as moved.

    If its words changed a little on the way, it is moved and changed.
    """
    by_words = {_words(new): new for new in reversed(new_ones)}
    few = len(gone) * len(new_ones) <= _MOST_PAIRS
    for old in list(gone):
        twin = by_words.pop(_words(old), None)
        if twin is None and few:
            twin = max((new for new in new_ones if _likeness(old, new) >= ALIKE), key=_liking(old), default=None)
        if twin is None or twin not in new_ones or not old.heading + old.before:
            continue
        gone.remove(old)
        new_ones.remove(twin)
        made.proposals.append(replace(old, change=Change.MOVED, words=old.before, follows=twin.follows))
        if _words(old) != _words(twin):
            changed = replace(twin, change=Change.CHANGED, number=old.number, before=old.before, at=old.at)
            made.proposals.append(replace(changed, clause=old.clause))


def _words(proposal: FileProposal) -> str:
    return f"{proposal.heading}\n{proposal.words or proposal.before}"


def _likeness(old: FileProposal, new: FileProposal) -> float:
    return likeness(words_in(_words(old)), words_in(_words(new)))


def _liking(old: FileProposal) -> Callable[[FileProposal], float]:
    return lambda new: _likeness(old, new)


def shared_notes(changes: Sequence[AuthorChanges]) -> Iterator[str]:
    """Yield which clauses more than one author changes: no proposal shows how their changes read together."""
    authors: dict[str, set[str]] = {}
    for made in changes:
        for one in made.proposals:
            if one.is_title or one.at is not None:
                place = Phrase("the title") if one.is_title else Phrase("clause {n}", n=one.number)
                authors.setdefault(place, set()).add(made.author)
    shared = [place for place, by in authors.items() if len(by) > 1]
    if shared:
        yield (
            Phrase(
                "More than one person changed {places}. Each proposal has the changes of one of them alone: what the "
                "others struck out still stands in it.",
                places=Several(shared, "commas"),
            )
        )


def note_words_beneath(
    made: AuthorChanges, paragraphs: Sequence[Paragraph], sent: Sequence[Section], theirs: Sequence[Section]
) -> None:
    """Take down where this author changes words that another author has inserted.

    What is deleted there stands neither in the text as sent nor in this author's: it is shown by the other's words
    without it.
    """
    inner: set[int] = set()
    for paragraph in paragraphs:
        if authors_beneath(paragraph, made.author):
            own = sources_of(paragraph.tokens)
            if made.shown & own:
                inner |= own
                beneath = (t for t in paragraph.tokens if t.inserted and made.author in t.deleted)
                made.shown |= sources_of(t for t in beneath if made.author not in t.inserted)
    places = (
        Phrase("in clause {n}", n=section.number) if k else Phrase("in the title")
        for held in (theirs, sent)
        for k, section in enumerate(held)
        if inner & sources_of((*section.head, *section.tokens))
    )
    made.beneath += list(dict.fromkeys(places))

"""The pen's desk: one clause at a time, with the comments received beside it, and what hinders a release."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field

from goodoffices.data_class import dataclass
from goodoffices.talks.base.acts import Body
from goodoffices.talks.base.enums import CommentSort
from goodoffices.talks.documents.clause_edits import words_in
from goodoffices.talks.documents.diff import DocumentComparison, compare
from goodoffices.talks.documents.document import Bracket, Clause, ClauseState, Paper, brackets_of
from goodoffices.talks.documents.markdown import label, write_pieces
from goodoffices.talks.documents.proposed_words import Placement, overlapping, placement
from goodoffices.talks.state.known_texts import KnownComment, KnownText, KnownVersion
from goodoffices.talks.state.view import View
from goodoffices.talks.texts.agreement_status import family_of
from goodoffices.talks.texts.rendered_version import paper_of, papers_of, title_of
from goodoffices.talks.texts.variants import released_before, waiting_for
from goodoffices.text_tables import few_words
from goodoffices.web.pages.page import Data, Page, PageContext
from goodoffices.web.pages.texts.hindrances import hindrances
from goodoffices.web.pages.texts.texts import latest_whole

MOST_WORDS = 400
"""The most words of a clause from which one can choose what stands in brackets; longer ones are typed with brackets."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseRow:
    """One entry of the list of clauses: how many brackets it has, and how many comments wait on it."""

    name: str
    number: str
    heading: str
    brackets: int
    waiting: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A comment with what it would do: where its words go, and with whose words they collide."""

    comment: KnownComment
    placed: Placement | None
    against: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class VariantRow:
    """A variant of a bracket: its letter, its words by language, and whose it is as far as the pen was told."""

    name: str
    letter: str
    words: tuple[tuple[str, str], ...]
    proposer: str | None
    waits: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A clause in one language: its body as it is typed, and its words to choose from.

    ``lacks`` are brackets that another language has in this clause, with the number that the page gives each.
    """

    lang: str
    heading: str
    body: str
    words: tuple[str, ...]
    clause: Clause | None = field(repr=False)
    compared: DocumentComparison | None = field(repr=False, default=None)
    lacks: tuple[tuple[str, int], ...] = ()


class Bases:
    """Papers of versions, each read once."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._read: dict[tuple[str, str], Paper | None] = {}

    def clause(self, version: str, lang: str, name: str) -> Clause | None:
        """Return a clause of a version in one language; ``None`` if this seat does not hold it."""
        key = version, lang
        if key not in self._read:
            held = self._view.known.versions.get(version)
            self._read[key] = None if held is None else paper_of(self._view, held, lang)
        paper = self._read[key]
        return None if paper is None else clause_of(paper, name)


def clause_of(paper: Paper, name: str) -> Clause | None:
    """Return the clause of that name."""
    return next((clause for clause in paper.clauses if clause.id == name), None)


def placed(view: View, current: Clause | None, comment: KnownComment, bases: Bases) -> Placement | None:
    """Return what the words of a comment do to its clause as it stands now; ``None`` if they cannot go there."""
    words = view.text(comment.words)
    if comment.sort is not CommentSort.PROPOSE or words is None or comment.words is None or comment.clause is None:
        return None
    base = bases.clause(comment.version or "", comment.words.lang, comment.clause) or current
    return None if current is None or base is None else placement(current, base, words, comment.handle)


def comments_of(view: View, text: KnownText) -> list[KnownComment]:
    """Return what others said of any version of a text, the oldest first."""
    held = view.known.comments.values()
    return [c for c in held if c.version in text.versions and c.by != view.seat]


def _pen(context: PageContext, path: str) -> Data | None:
    handle, _, name = path.partition("/")
    text = context.known.texts.get(handle)
    if text is None or text.pen != context.seat:
        return None
    version = latest_whole(context, text)
    name = name or next(iter(version.clauses), "")
    if name not in version.clauses:
        return None
    papers = papers_of(context.view, version)
    comments = comments_of(context.view, text)
    waiting = [comment for comment in comments if comment.waits]
    before = version if version.released_to else released_before(context.known, version)
    bases = Bases(context.view)
    place = version.clauses.index(name)
    brackets = _brackets(context, version, papers, name)
    names = [bracket for bracket, _ in brackets]
    return {
        "text": text,
        "version": version,
        "before": before,
        "title": title_of(context.view, version, context.language),
        "family": family_of(context.view, text.frame.family or text.handle, words=False),
        "clause": name,
        "number": version.numbers[place],
        "is_first": place == 0,
        "is_last": len(version.clauses) == 1,
        "rows": _rows(version, papers, waiting),
        "n_waiting": len(waiting),
        "written": [_written(context, version, before, lang, name, names) for lang in version.languages],
        "brackets": brackets,
        "received": _received(context, version, [c for c in waiting if c.clause == name], bases),
        "settled": [c for c in comments if not c.waits and c.clause == name],
        "orphans": [c for c in waiting if c.clause not in version.clauses],
        "state": version.states[place],
        "states": list(ClauseState),
        "sources": _sources(context, version, place),
        **hindrances(context, text, version, waiting),
    }


def _rows(version: KnownVersion, papers: Iterable[Paper], waiting: list[KnownComment]) -> list[ClauseRow]:
    held = {clause.id: clause for paper in reversed([*papers]) for clause in paper.clauses}
    made = []
    for name, number in zip(version.clauses, version.numbers, strict=True):
        clause = held.get(name)
        n = 0 if clause is None else sum(1 for _ in brackets_of(clause.pieces))
        heading = "" if clause is None else clause.heading or _beginning(clause)
        on_it = sum(comment.clause == name for comment in waiting)
        made.append(ClauseRow(name=name, number=number, heading=heading, brackets=n, waiting=on_it))
    return made


def _beginning(clause: Clause) -> str:
    """Return the first words of a clause, by which one without a heading is found."""
    return few_words("".join(piece if isinstance(piece, str) else "…" for piece in clause.pieces), 5)


def _written(
    context: PageContext,
    version: KnownVersion,
    before: KnownVersion | None,
    lang: str,
    name: str,
    brackets: Iterable[str],
) -> Written:
    """Return the clause in one language, compared with the version that others hold."""
    bases = Bases(context.view)
    clause = bases.clause(version.handle, lang, name)
    earlier = None if before is None else bases.clause(before.handle, lang, name)
    compared = None
    if clause is not None and before is not None and before.handle != version.handle:
        old = () if earlier is None else (earlier,)
        compared = compare(Paper(lang=lang, title="", clauses=old), Paper(lang=lang, title="", clauses=(clause,)))
    own = {b.id for b in brackets_of(clause.pieces)} if clause is not None else set()
    words = () if clause is None else tuple(word for *_, word in words_in(clause.pieces))
    return Written(
        lang=lang,
        heading="" if clause is None else clause.heading,
        body="" if clause is None else write_pieces(clause.pieces),
        words=words if len(words) <= MOST_WORDS else (),
        clause=clause,
        compared=compared,
        lacks=tuple((one, k) for k, one in enumerate(brackets, 1) if one not in own),
    )


def _brackets(
    context: PageContext, version: KnownVersion, papers: Iterable[Paper], name: str
) -> list[tuple[str, list[VariantRow]]]:
    """Return the brackets of a clause with their variants, each in all languages that have it."""
    clauses = [(paper.lang, clause) for paper in papers if (clause := clause_of(paper, name)) is not None]
    ids = dict.fromkeys(b.id or "" for _, clause in clauses for b in brackets_of(clause.pieces))
    made = []
    for bracket in ids:
        by_lang = [(lang, b) for lang, c in clauses for b in brackets_of(c.pieces) if b.id == bracket]
        names = dict.fromkeys(v.id or "" for _, b in by_lang for v in b.variants)
        made.append((bracket, [_variant(context, version, k, v, by_lang) for k, v in enumerate(names)]))
    return made


def _variant(
    context: PageContext, version: KnownVersion, place: int, name: str, by_lang: list[tuple[str, Bracket]]
) -> VariantRow:
    held = context.known.variants.get(name)
    words = [(lang, write_pieces(v.pieces)) for lang, b in by_lang for v in b.variants if v.id == name]
    return VariantRow(
        name=name,
        letter=label(place),
        words=tuple(words),
        proposer=None if held is None else held.proposer,
        waits=bool(waiting_for(context.known, version, name)),
    )


def _received(
    context: PageContext, version: KnownVersion, comments: list[KnownComment], bases: Bases
) -> list[Received]:
    """Return comments with where their words go; those that change the same words name each other's seats."""
    found = [(comment, placed(context.view, _now(version, comment, bases), comment, bases)) for comment in comments]
    made = []
    for comment, here in found:
        against = [
            other.by
            for other, there in found
            if other is not comment and here is not None and there is not None and overlapping(here, there)
        ]
        made.append(Received(comment=comment, placed=here, against=tuple(dict.fromkeys(against))))
    return made


def _now(version: KnownVersion, comment: KnownComment, bases: Bases) -> Clause | None:
    """Return the clause of a comment as it stands in ``version``, in the language of the comment's words."""
    lang = "" if comment.words is None else comment.words.lang
    return bases.clause(version.handle, lang, comment.clause or "")


def _sources(context: PageContext, version: KnownVersion, place: int) -> list[tuple[str, Body | None, bool]]:
    """Return the papers on which a clause may draw: handle, first words, whether it draws on it already."""
    drawn = {item for item, at in zip(version.derived_from, version.derived_at, strict=True) if at == place}
    return [
        (item.handle, item.title or next(iter(item.words), None), item.handle in drawn)
        for item in context.known.items.values()
        if not item.ended or item.handle in drawn
    ]


_PARTS = ("head", "clauses", "write", "received", "preview", "release")


def _title(data: Data) -> str:
    return str(data["title"])


PEN = Page(
    path="texts/{}/pen", template="pen.html", title="Pen", parts=_PARTS, data=_pen, under="texts", heading=_title
)
PEN_CLAUSE = Page(
    path="texts/{}/pen/{}", template="pen.html", title="Pen", parts=_PARTS, data=_pen, under="texts", heading=_title
)

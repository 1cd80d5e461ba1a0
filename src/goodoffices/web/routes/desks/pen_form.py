"""What the pen's form asks for: words typed in a clause, and what its button does to them.

Nothing is decided here. From the latest version and the form comes a new version to be written, and what became of a
comment. What a colleague of the same seat wrote meanwhile is kept: both change other words, or both are shown.
"""

from __future__ import annotations

from dataclasses import replace

from markupsafe import Markup

from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioError
from goodoffices.talks.base.acts import Words
from goodoffices.talks.documents.clause_edits import (
    bracketed,
    moved_up,
    next_number,
    only_variant,
    rewritten,
    with_clause,
    with_new_clause,
    with_variant,
    without_clause,
    without_variant,
)
from goodoffices.talks.documents.document import Clause, ClauseState, Paper, brackets_of
from goodoffices.talks.documents.markdown import write_paper, write_pieces
from goodoffices.talks.state.known_texts import KnownText, KnownVersion
from goodoffices.talks.state.view import View
from goodoffices.talks.texts.commands import WriteVersion
from goodoffices.talks.texts.rendered_version import papers_of
from goodoffices.talks.texts.settled_comments import SettleComment
from goodoffices.web.pages.texts.pen import Bases, clause_of, comments_of, placed
from goodoffices.web.render.localize import Localizer
from goodoffices.web.render.phrases import error_said
from goodoffices.web.routes.forms import PostedForm

_OUTCOMES = {"take": "taken-up", "beside": "variant", "note": "noted", "leave": "left-out", "again": "waiting"}
"""What became of a comment, by the button."""


class PenError(ValueError):
    """What the pen's form asks for cannot be done; ``sentence`` says why. ``is_late``: a colleague wrote meanwhile."""

    def __init__(self, sentence: Markup, *, is_late: bool = False) -> None:
        super().__init__(sentence)
        self.sentence, self.is_late = sentence, is_late


@dataclass(frozen=True, slots=True, kw_only=True)
class PenChange:
    """What is asked of the talks: a version to write, and what became of a comment; each may be missing."""

    version: WriteVersion | None
    settled: SettleComment | None
    clause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Desk:
    """The text as it stands, and the version on which the form was made."""

    localizer: Localizer
    view: View
    text: KnownText
    latest: KnownVersion
    seen: str
    clause: str
    posted: PostedForm

    def typed(self, name: str) -> str:
        return self.posted.one(name)


def pen_change(t: Localizer, view: View, text: KnownText, latest: KnownVersion, posted: PostedForm) -> PenChange:
    """Return what a sent form asks for.

    Raises
    ------
    PenError
        If it cannot be done; the sentence is in the reader's language.
    """
    seen = posted.one("after") if posted.one("after") in text.versions else latest.handle
    desk = _Desk(
        localizer=t, view=view, text=text, latest=latest, seen=seen, clause=posted.one("clause"), posted=posted
    )
    what, _, name = posted.one("do").partition(":")
    held = papers_of(view, latest)
    try:
        papers = tuple(_with_typed(desk, paper) for paper in held)
        papers = _with_button(desk, papers, what, name)
    except ScenarioError as error:
        raise PenError(t("The words cannot be read: {why}", why=error_said(t, error))) from error
    settled = _settled(desk, what, name)
    sources = tuple(dict.fromkeys(posted.fields.get("sources", ())))
    return PenChange(version=_version(desk, held, papers, sources), settled=settled, clause=_next(desk, what))


def _settled(desk: _Desk, what: str, name: str) -> SettleComment | None:
    if what not in _OUTCOMES or name not in {c.handle for c in comments_of(desk.view, desk.text)}:
        return None
    return SettleComment(comment=name, outcome=_OUTCOMES[what])


def _version(
    desk: _Desk, held: tuple[Paper, ...], papers: tuple[Paper, ...], sources: tuple[str, ...]
) -> WriteVersion | None:
    """Return the version to write; ``None`` if nothing in it would be new."""
    latest = desk.latest
    number = dict(zip(latest.clauses, latest.numbers, strict=True)).get(desk.clause, "")
    drawn = set(zip(latest.derived_from, (latest.clauses[k] for k in latest.derived_at), strict=True))
    new = tuple(item for item in sources if (item, desk.clause) not in drawn)
    if papers == held and not new:
        return None
    kept = {clause.number for paper in papers for clause in paper.clauses}
    bodies = [
        (latest.numbers[place], Words(text=text, lang=body.lang))
        for place, body in zip(latest.notes_at, latest.notes, strict=True)
        if (text := desk.view.text(body)) is not None and latest.numbers[place] in kept
    ]
    return WriteVersion(
        text=desk.text.handle,
        papers=tuple(Words(text=write_paper(paper, ids=True), lang=paper.lang) for paper in papers),
        after=latest.handle,
        responsibility=bool(desk.typed("responsibility")),
        annexes=latest.annexes,
        derived_from=new,
        derived_at=(number,) * len(new),
        notes=tuple(words for _, words in bodies),
        notes_at=tuple(at for at, _ in bodies),
    )


# ------------------------------------------------------------------------------------------------------- typed words


def _with_typed(desk: _Desk, paper: Paper) -> Paper:
    """Return one language of the latest version with what was typed in the clause.

    Raises
    ------
    PenError
        If a colleague changed the same clause after the page was made: neither wording replaces the other unseen.
    """
    t = desk.localizer
    body, heading = desk.posted.fields.get(f"body.{paper.lang}"), desk.posted.fields.get(f"heading.{paper.lang}")
    if body is None:
        return paper
    current = clause_of(paper, desk.clause)
    base = Bases(desk.view).clause(desk.seen, paper.lang, desk.clause)
    title = (heading or ("",))[0].strip()
    state = _state(desk, base)
    if _is_same(base, body[0], title) and (base is None or state is base.state):
        return paper
    if base is None and current is None:
        return _with_missing(desk, paper, body[0], title)
    if current is None or base is None:
        raise PenError(t("A colleague removed this clause meanwhile. Your words are still here."), is_late=True)
    if _read(current) != _read(base) and not _is_same(current, body[0], title):
        raise PenError(
            t(
                "A colleague changed this clause meanwhile, in {version}. Both wordings are here: that one stands "
                "under “As readers will see it”, and yours in the fields. Keep yours, or copy from one to the other.",
                version=t.handle(desk.latest.handle),
            ),
            is_late=True,
        )
    return with_clause(paper, replace(rewritten(current, body[0], title), state=state or current.state))


def _state(desk: _Desk, base: Clause | None) -> ClauseState | None:
    given = desk.typed("state")
    if given in [state.value for state in ClauseState]:
        return ClauseState(given)
    return None if base is None else base.state


def _with_missing(desk: _Desk, paper: Paper, body: str, heading: str) -> Paper:
    """Return a language that lacks the clause with it, in the place that it has in the others."""
    place = desk.latest.clauses.index(desk.clause) if desk.clause in desk.latest.clauses else len(paper.clauses)
    number = desk.latest.numbers[place] if place < len(desk.latest.numbers) else next_number([paper])
    before = set(desk.latest.clauses[:place])
    at = sum(clause.id in before for clause in paper.clauses)
    new = rewritten(Clause(number=number, id=desk.clause), body, heading)
    return replace(paper, clauses=(*paper.clauses[:at], new, *paper.clauses[at:]))


def _read(clause: Clause) -> tuple[str, str]:
    return clause.heading, write_pieces(clause.pieces)


def _is_same(clause: Clause | None, body: str, heading: str) -> bool:
    if clause is None:
        return not body.strip() and not heading
    return heading == clause.heading and body.strip() == write_pieces(clause.pieces).strip()


# ----------------------------------------------------------------------------------------------------------- buttons


def _with_button(desk: _Desk, papers: tuple[Paper, ...], what: str, name: str) -> tuple[Paper, ...]:
    t = desk.localizer
    if what in ("take", "beside"):
        return tuple(_with_comment(desk, paper, name, beside=what == "beside") for paper in papers)
    if what == "up":
        return tuple(moved_up(paper, desk.clause) for paper in papers)
    if what == "remove":
        if len(desk.latest.clauses) < 2:
            raise PenError(t("This is the only clause. Write another one before you remove it."))
        return tuple(without_clause(paper, desk.clause) for paper in papers)
    if what == "add":
        return _with_added(desk, papers)
    return tuple(_in_clause(desk, paper, what, name) for paper in papers)


def _with_added(desk: _Desk, papers: tuple[Paper, ...]) -> tuple[Paper, ...]:
    t = desk.localizer
    number = next_number(papers)
    if not any(desk.typed(f"new-words.{paper.lang}").strip() for paper in papers):
        raise PenError(t("Nothing was written for the new clause. Write its words first."))
    return tuple(
        with_new_clause(
            paper, desk.clause, number, desk.typed(f"new-heading.{paper.lang}"), desk.typed(f"new-words.{paper.lang}")
        )
        for paper in papers
    )


def _in_clause(desk: _Desk, paper: Paper, what: str, name: str) -> Paper:
    """Return the paper with what a button does within its clause."""
    clause = clause_of(paper, desk.clause)
    bracket, _, variant = name.partition(":")
    if clause is None:
        return paper
    if what == "bracket" and name == paper.lang:
        return with_clause(paper, _in_brackets(desk, clause, paper.lang))
    if what == "variant":
        words = desk.typed(f"more.{bracket}.{paper.lang}")
        return with_clause(paper, with_variant(clause, bracket, words)) if words.strip() else paper
    if what == "keep":
        return with_clause(paper, only_variant(clause, bracket, variant))
    if what == "drop":
        return with_clause(paper, without_variant(clause, bracket, variant))
    return paper


def _in_brackets(desk: _Desk, clause: Clause, lang: str) -> Clause:
    t = desk.localizer
    first, last = desk.typed(f"from.{lang}"), desk.typed(f"to.{lang}")
    base = Bases(desk.view).clause(desk.seen, lang, desk.clause)
    if base is None or _read(base) != _read(clause):
        raise PenError(
            t("The words of this clause have changed. Keep them first, then choose what stands in brackets."),
            is_late=True,
        )
    if not (first.isascii() and first.isdigit() and last.isascii() and last.isdigit() and len(first + last) < 12):
        raise PenError(t("Choose the first and the last word that stand in brackets."))
    # Only a bracket that this language lacks can be meant as the same one.
    same = desk.typed(f"same.{lang}")
    is_lacking = same in desk.latest.brackets and same not in {b.id for b in brackets_of(clause.pieces)}
    return bracketed(clause, int(first), int(last), desk.typed(f"other.{lang}"), name=same if is_lacking else None)


def _with_comment(desk: _Desk, paper: Paper, handle: str, *, beside: bool) -> Paper:
    t = desk.localizer
    comment = next((c for c in comments_of(desk.view, desk.text) if c.handle == handle), None)
    if comment is None or comment.words is None or comment.clause is None:
        raise PenError(t("This comment has no words that can be taken up."))
    if comment.words.lang != paper.lang:
        if comment.words.lang not in desk.latest.languages:
            raise PenError(t("This text is not written in the language of the comment. Write its words by hand."))
        return paper
    current = clause_of(paper, comment.clause)
    # What was typed in the same form counts as written since: the words go beside it, or collide with it.
    found = None if current is None else placed(desk.view, current, comment, Bases(desk.view))
    if found is None:
        raise PenError(t("The clause of this comment is gone. Put its words into another one by hand."))
    if beside:
        return with_clause(paper, found.as_variant)
    if found.taken is None:
        raise PenError(
            t("These words collide with what was written since. Make them a variant, or write them by hand.")
            if found.collides
            else t("It is not certain where these words go. Make them a variant, or write them by hand.")
        )
    return with_clause(paper, found.taken)


def _next(desk: _Desk, what: str) -> str:
    """Return the clause that is shown next: the same, or the one before a clause that goes."""
    if what != "remove" or desk.clause not in desk.latest.clauses:
        return desk.clause
    place = desk.latest.clauses.index(desk.clause)
    return desk.latest.clauses[max(0, place - 1) if place else min(1, len(desk.latest.clauses) - 1)]

"""The reply sheet of a seat kept on paper: what waits for its answer, with boxes to tick and the numbers of notices.

The same page is printed for the delegation and entered by its keeper: a row has the same number on both.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from goodoffices.data_class import dataclass
from goodoffices.talks.base.acts import Body, Words
from goodoffices.talks.base.states import (
    InvitationState,
    MinutesState,
    ProcedureState,
    QuestionState,
    WordingState,
)
from goodoffices.talks.decisions.commands import AnswerQuestion
from goodoffices.talks.exchange.relays import ApproveWording
from goodoffices.talks.notes.minutes import AnswerMinutes, CorrectMinutes
from goodoffices.talks.rounds.rounds import AnswerInvitation
from goodoffices.talks.sealed.commands import AnswerBlind
from goodoffices.talks.state.command_context import Command
from goodoffices.talks.state.slices import Notice
from goodoffices.talks.state.view import View
from goodoffices.talks.voting.rules import Says
from goodoffices.web.pages.hall.packs import printed_notice
from goodoffices.web.pages.page import Data, Page, PageContext


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyRow:
    """One thing to answer: the notice that told of it, its words, and each box with the command that it stands for.

    ``until`` is when the answer comes too late. Minutes have ``copy``, their name, and ``rule``, which says what
    silence means: they can be corrected or objected to as well, in words, see `written_answer`.
    """

    notice: Notice
    words: tuple[Body, ...]
    boxes: tuple[tuple[str, Command], ...]
    until: datetime | None = None
    copy: str = ""
    rule: str = ""


WRITTEN = ("corrects", "objects")
"""The boxes of minutes that come with words."""
_ANSWERS = frozenset({
    "BlindAnswered", "InvitationAnswered", "MinutesAnswered", "MinutesCorrected", "QuestionAnswered", "WordingApproved",
})  # fmt: skip


def written_answer(row: ReplyRow, box: str, line: int, words: Words) -> Command | None:
    """Return what a ticked box of minutes stands for, with the words beside it; ``None`` for another box."""
    if not row.copy or box not in WRITTEN:
        return None
    if box == "corrects":
        return CorrectMinutes(copy=row.copy, line=line, words=words)
    return AnswerMinutes(copy=row.copy, agrees=False, words=words)


def reply_rows(view: View) -> list[ReplyRow]:
    """Return what waits for this seat's answer, in the order of the notices that told of it."""
    found = [*_invitations(view), *_questions(view), *_wordings(view), *_minutes(view)]
    return sorted(found, key=lambda row: row.notice.n)


def _told(view: View, kind: str, field: str, handle: str) -> Notice | None:
    return next((n for n in view.notices if n.kind == kind and n.data.get(field) == handle), None)


def _invitations(view: View) -> Iterator[ReplyRow]:
    for held in view.known.invitations.values():
        notice = _told(view, "InvitationMade", "invitation", held.handle)
        if held.state == InvitationState.OPEN and held.invitation.to == view.seat and notice is not None:
            boxes = tuple(
                (answer, AnswerInvitation(invitation=held.handle, answer=answer)) for answer in ("accepted", "declined")
            )
            yield ReplyRow(notice=notice, words=(), boxes=boxes, until=held.invitation.reply_by)


def _questions(view: View) -> Iterator[ReplyRow]:
    for held in view.known.questions.values():
        notice = _told(view, "QuestionPut", "put", held.handle)
        answered = any(answer.seat == view.seat for answer in held.answers)
        if held.state == QuestionState.OPEN and view.seat in held.eligible and not answered and notice is not None:
            boxes = tuple(
                (says.value, AnswerQuestion(question=held.handle, says=says))
                for says in (Says.ACCEPTS, Says.OBJECTS, Says.ABSTAINS)
            )
            said = () if held.question is None else (held.question,)
            yield ReplyRow(notice=notice, words=said, boxes=boxes, until=held.ends_at)
    for blind in view.known.blinds.values():
        notice = _told(view, "BlindAsked", "blind", blind.handle)
        asked = view.seat in blind.asked and view.seat not in dict(blind.answers)
        if blind.state == ProcedureState.OPEN and asked and notice is not None:
            blinds: tuple[tuple[str, Command], ...] = (
                ("yes", AnswerBlind(question=blind.handle, accept=True)),
                ("no", AnswerBlind(question=blind.handle, accept=False)),
            )
            yield ReplyRow(notice=notice, words=(blind.question,), boxes=blinds, until=blind.closes_at)


def _wordings(view: View) -> Iterator[ReplyRow]:
    for held in view.known.wordings.values():
        notice = _told(view, "WordingShown", "wording", held.handle)
        if held.holder != view.seat and held.state == WordingState.SHOWN and notice is not None:
            yield ReplyRow(
                notice=notice, words=(held.words,), boxes=(("approved", ApproveWording(wording=held.handle)),)
            )


def _minutes(view: View) -> Iterator[ReplyRow]:
    for copy in view.known.copies.values():
        notice = _told(view, "MinutesCirculated", "copy", copy.handle)
        is_open = copy.reader == view.seat and copy.state is MinutesState.CIRCULATED and copy.may_correct
        if is_open and not copy.answers and notice is not None:
            boxes = (("no-objection", AnswerMinutes(copy=copy.handle, agrees=True)),)
            yield ReplyRow(
                notice=notice, words=(), boxes=boxes, until=copy.until, copy=copy.handle, rule=copy.rule.value
            )


def _reply(context: PageContext, _: str) -> Data | None:
    me = context.view.me
    if me is None or me.kept_by is None:
        return None
    packs = [pack for pack in context.known.packs.values() if pack.seat == context.seat]
    rows, last = reply_rows(context.view), max((pack.up_to for pack in packs), default=0)
    # A row that came after the last pack goes with the one that is printed now.
    is_new = any(row.notice.n > last for row in rows)
    answered = [n for n in context.view.later_notices if n.by == context.seat and n.kind in _ANSWERS]
    return {
        "rows": [(row, printed_notice(context, row.notice).said) for row in rows],
        "keeper": me.kept_by,
        "pack": len(packs) + 1 if is_new and packs else len(packs),
        "written": WRITTEN,
        "answered": [printed_notice(context, notice) for notice in answered],
        "known": context.view.notices[-1].at,
    }


REPLY = Page(
    path="reply",
    template="reply.html",
    title="Reply sheet",
    parts=("sheet",),
    data=_reply,
    under="papers",
)

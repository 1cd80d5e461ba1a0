"""The pacer of an exercise for one person: it keeps two to five things open, and sees that something happens.

At five open things automated seats hold what can wait. After eighteen minutes of the talks without news, one of them
acts a little early. It reads the record and nothing else. With two persons it is off: its timing would tell one of them
what the other does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from goodoffices.rehearsal.seats.intentions import Intention
from goodoffices.talks.base.states import ItemCame, ProcedureState, WordingState
from goodoffices.talks.ceasefire.commands import FileAllegation, OpenLedger
from goodoffices.talks.exchange.items import FileItem, HandItem
from goodoffices.talks.exchange.relays import (
    AnswerReadBack,
    ApproveWording,
    CorrectWording,
    ReadBack,
    RelayItem,
    ShowWording,
)
from goodoffices.talks.rounds.sessions import Intervene
from goodoffices.talks.sealed.commands import AskBlind
from goodoffices.talks.state.command_context import Command
from goodoffices.talks.state.knowledge import Knowledge
from goodoffices.talks.state.view import View
from goodoffices.talks.texts.comments import Comment
from goodoffices.talks.texts.releases import ReleaseVersion

MOST_OPEN = 5
QUIET = timedelta(minutes=18)
AHEAD = timedelta(hours=5)
"""Nothing is brought forward by more than this."""


def open_things(view: View) -> int:
    """Return how many things wait for a seat: words to judge, papers to carry, questions to answer, texts to read."""
    known = view.known
    words = sum(w.state is WordingState.SHOWN and w.holder != view.seat for w in known.wordings.values())
    papers = sum(i.came == ItemCame.HANDED and bool(i.clearances) and not i.tellings for i in known.items.values())
    backs = sum(b.confirmed is None for t in known.tellings.values() if t.by == view.seat for b in t.read_backs)
    blinds = sum(
        b.state is ProcedureState.OPEN and view.seat in b.asked and view.seat not in dict(b.answers)
        for b in known.blinds.values()
    )
    return words + papers + backs + blinds


def last_news(view: View, start: datetime) -> datetime:
    """Return when a seat was last told something that another seat did, or the start."""
    for n in range(len(view.notices) - 1, -1, -1):
        notice = view.notices[n]
        if notice.when < start:
            break
        if notice.by != view.seat:
            return notice.when
    return start


def reaches(command: Command, known: Knowledge, player: str) -> bool:
    """Return whether a command of another seat would be news for the player, as far as that seat knows."""
    test = _NEWS.get(type(command))
    return test is not None and test(command, known, player)


def to_bring_forward(
    meant: Mapping[str, tuple[Intention, ...]], knowledge: Mapping[str, Knowledge], player: str, at: datetime
) -> tuple[str, Intention] | None:
    """Return the seat and the intention to act on early: the next that is news for the player, or a new paper."""
    found = [
        (not reaches(one.command, knowledge[seat], player), one.due_at, seat, one)
        for seat, intentions in meant.items()
        for one in intentions
        if one.command is not None
        and at < one.due_at <= at + AHEAD
        and one.reason.name not in _AT_ITS_HOUR
        and (
            reaches(one.command, knowledge[seat], player)
            or isinstance(one.command, FileItem | FileAllegation | OpenLedger)
        )
    ]
    best = min(found, key=lambda one: (one[0], one[1], one[2], one[3].key), default=None)
    return None if best is None else (best[2], best[3])


_LEADS_TO_NEWS = (FileItem, FileAllegation, OpenLedger)
_AT_ITS_HOUR = frozenset({"release", "release-first", "open", "close", "ask-blind"})
"""What the timetable fixes is never brought forward."""


def _originator(known: Knowledge, item: str) -> str | None:
    held = known.items.get(item)
    return None if held is None else held.originator or held.teller


def _pen(known: Knowledge, version: str) -> str | None:
    held = known.versions.get(version)
    return None if held is None else known.texts[held.text].pen


def _told_by_me(known: Knowledge, read_back: str) -> str | None:
    return next((t.to for t in known.tellings.values() for b in t.read_backs if b.handle == read_back), None)


_NEWS: Mapping[type[Command], Callable[..., bool]] = {
    RelayItem: lambda c, known, player: player in (c.to, _originator(known, c.item)),
    HandItem: lambda c, known, player: c.to == player,
    ShowWording: lambda c, known, player: _originator(known, c.item) == player,
    ReadBack: lambda c, known, player: _originator(known, c.told) == player,
    AnswerReadBack: lambda c, known, player: _told_by_me(known, c.read_back) == player,
    ApproveWording: lambda c, known, player: known.wordings[c.wording].holder == player,
    CorrectWording: lambda c, known, player: known.wordings[c.wording].holder == player,
    Comment: lambda c, known, player: _pen(known, c.version) == player,
    ReleaseVersion: lambda c, known, player: player in c.to,
    AskBlind: lambda c, known, player: player in c.to,
    Intervene: lambda c, known, player: player in known.sessions[c.session].participants,
}

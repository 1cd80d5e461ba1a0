"""Each mistake of a seat leaves two traces in what others are told, and each has a cure that finds it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

import pytest

from goodoffices.exercises.automated_runs import AutomatedRun
from goodoffices.rehearsal.seats.orders import Mistake
from goodoffices.rehearsal.seats.outlook import Outlook
from goodoffices.rehearsal.seats.players.seeds import draws_of
from goodoffices.rehearsal.seats.temper import Mood, mood_of
from goodoffices.talks.state.view import View
from seat_runs import astana, begun, orders_of

SEED = 3
MAKERS = {
    Mistake.TWO_COPIES: "turkey",
    Mistake.PARTIAL_RELEASE: "russia",
    Mistake.SOFTENED_RELAY: "turkey",
    Mistake.LATE_RELAY: "un-envoy",
    Mistake.LANGUAGES_APART: "russia",
    Mistake.LEDGERS_ADDED: "kazakhstan",
    Mistake.WRONG_TITLE: "kazakhstan",
}


Made = frozenset[Mistake]
NONE: Made = frozenset()
ALL: Made = frozenset(Mistake)


@lru_cache(maxsize=16)
def _run(mistakes: Made) -> AutomatedRun:
    run = begun(SEED)
    orders = {
        seat: replace(given, mistakes=tuple(m for m in Mistake if m in mistakes and MAKERS[m] == seat))
        for seat, given in orders_of(SEED).items()
    }
    made = AutomatedRun(run.talks, orders, SEED, run.at)
    made.play_until(astana().timetable.ends_at)
    return made


def _view(made: Made, seat: str) -> View:
    return _run(made).talks.view(seat)


def _statements(view: View) -> list[str]:
    known = view.known
    return [v for t in known.texts.values() if t.frame.family == "joint-statement" for v in t.versions]


def two_copies(made: Made) -> list[bool]:
    """The opposition holds two texts of one title: the pens differ, and the codes do."""
    known = _view(made, "opposition").known
    pens = {t.pen for t in known.texts.values() if t.frame.family == "joint-statement"}
    firsts = {known.versions[t.versions[0]].hash for t in known.texts.values() if t.frame.family == "joint-statement"}
    return [len(pens) > 1, len(firsts) > 1]


def partial_release(made: Made) -> list[bool]:
    """Turkey has the text before the opposition; and comments on it come before the opposition has it."""
    turkey, opposition = _view(made, "turkey").known, _view(made, "opposition").known
    first = min(v.released_at for v in turkey.versions.values() if v.released_at is not None)
    later = min(
        v.released_at
        for handle, v in opposition.versions.items()
        if v.released_at is not None and handle in _statements(_view(made, "opposition"))
    )
    pen = _view(made, "russia").known
    return [first < later, any(c.at < later for c in pen.comments.values())]


def softened(made: Made) -> list[bool]:
    """Something is corrected, a read-back or words that were shown; and two carriers tell the same differently."""
    run = _run(made)
    names = [deed.intention.reason.name for deed in run.deeds if deed.seat in ("turkey", "opposition")]
    events = [event.name for seat in ("government", "russia", "un-envoy") for event in _mood(made, seat).events]
    return ["correct" in names or "correct-wording" in names, "carriers-differ" in events]


def _mood(made: Made, seat: str) -> Mood:
    run = _run(made)
    view = _view(made, seat)
    return mood_of(Outlook(view=view, orders=run.orders[seat], moment=run.at, draws=draws_of(SEED, seat)))


def late(made: Made) -> list[bool]:
    """The author has no report for more than an hour and a half, the night apart; and a second carrier was sooner."""
    slow: list[float] = []
    quick: list[float] = []
    known = _view(made, "opposition").known
    for item in known.items.values():
        cleared = [known.clearances[h].at for h in item.clearances]
        for telling in (known.tellings[h] for h in item.tellings):
            if cleared and cleared[0] is not None and telling.at.date() == cleared[0].date():
                (slow if telling.by == "un-envoy" else quick).append((telling.at - cleared[0]).total_seconds() / 60)
    return [any(minutes > 90 for minutes in slow), bool(quick) and min(quick) < 60]


def languages_apart(made: Made) -> list[bool]:
    """The Arabic names another option than the English; and a holder marks it."""
    view = _view(made, "opposition")
    run = _run(made)
    outlook = Outlook(view=view, orders=run.orders["opposition"], moment=run.at, draws=draws_of(SEED, "opposition"))
    apart = [
        handle
        for handle, papers in outlook.clauses_by_language.items()
        if len(papers) == 2 and dict(papers["en"]) != dict(papers["ar"])
    ]
    return [bool(apart), bool(view.known.divergences)]


def _notes(made: Made) -> str:
    view = _view(made, "un-envoy")
    handed = [i for i in view.known.items.values() if i.originator == "kazakhstan"]
    return " ".join(view.text(body) or "" for item in handed for body in item.words)


def ledgers_added(made: Made) -> list[bool]:
    """The note has one number; the ledgers in the envoy's own view have two."""
    notes = _notes(made)
    keepers = {ledger.ledger.keeper for ledger in _view(made, "un-envoy").known.ledgers.values()}
    return ["violations are reported for the last day" in notes, {"russia", "turkey"} <= keepers]


def wrong_title(made: Made) -> list[bool]:
    """The reading draft says *the two sides*; the text itself names its issuers."""
    frames = [t.frame for t in _view(made, "un-envoy").known.texts.values() if t.frame.family == "joint-statement"]
    return ["the two sides have agreed" in _notes(made), bool(frames and frames[0].issuers)]


TRACES: dict[Mistake, Callable[[Made], list[bool]]] = {
    Mistake.TWO_COPIES: two_copies,
    Mistake.PARTIAL_RELEASE: partial_release,
    Mistake.SOFTENED_RELAY: softened,
    Mistake.LATE_RELAY: late,
    Mistake.LANGUAGES_APART: languages_apart,
    Mistake.LEDGERS_ADDED: ledgers_added,
    Mistake.WRONG_TITLE: wrong_title,
}


@pytest.mark.slow
@pytest.mark.parametrize("mistake", list(Mistake))
def test_a_mistake_leaves_two_traces_and_without_any_one_of_them_is_missing(mistake: Mistake) -> None:
    assert all(TRACES[mistake](ALL)), f"{mistake} leaves no two traces: {TRACES[mistake](ALL)}"
    assert not all(TRACES[mistake](NONE)), f"the traces of {mistake} are there without it"


@pytest.mark.nightly
@pytest.mark.parametrize("mistake", list(Mistake))
def test_a_mistake_leaves_its_traces_without_the_others(mistake: Mistake) -> None:
    assert all(TRACES[mistake](frozenset({mistake})))

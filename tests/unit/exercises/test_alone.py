"""One person plays alone: the desk is never long without news, nothing is said twice, and it ends with the debrief."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from goodoffices.exercises.empty_control import put_forward_to
from goodoffices.exercises.seats_at_desk import SeatsAtDesk
from goodoffices.rehearsal.seats.lexicon import LANGUAGES, Stand, lexicon_of
from goodoffices.rehearsal.seats.outlook import read_clause
from goodoffices.rehearsal.seats.points import Point, asks_for_a_point, clause_sentence, write_points
from goodoffices.service.command_batches import Done
from goodoffices.service.open_record import OpenRecord, begin_record
from goodoffices.talks.base.acts import Words
from goodoffices.talks.base.enums import CommentSort, Form, Kind, TextKind
from goodoffices.talks.base.refusals import Refusal
from goodoffices.talks.base.states import ItemCame
from goodoffices.talks.exchange.items import ClearItem, FileItem, HandItem
from goodoffices.talks.exercise.actions import TakeAction
from goodoffices.talks.exercise.clock import PauseClock, RunClock
from goodoffices.talks.exercise.rule_questions import AskRules
from goodoffices.talks.exercise.runs import StartExercise
from goodoffices.talks.initial_exercise_acts import opening_of_exercise
from goodoffices.talks.model.known_exercise import HowFar
from goodoffices.talks.state.command_context import Command, CommandRequest
from goodoffices.talks.texts.commands import TableText
from goodoffices.talks.texts.releases import ReleaseVersion
from seat_runs import astana

NOON = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)
STEP = timedelta(seconds=10)


class Alone:
    """An exercise of one person. ``news`` are the real times at which that person's desk showed something new."""

    def __init__(self, where: Path, player: str, seed: int) -> None:
        self.player, self.real = player, NOON
        self.record: OpenRecord = begin_record(
            where, opening_of_exercise(astana().talks), kind=Kind.EXERCISE, at=self.real
        )
        self.seats = SeatsAtDesk(self.record, astana())
        plan = astana().talks.exercise
        assert plan is not None
        others = tuple(seat.slug for seat in plan.shown.seats if seat.slug != player)
        self.do("control", StartExercise(persons=(player,), automated=others, pace=18, seed=seed))
        self.do("control", RunClock(pace=18))
        self.news = [self.real]

    def do(self, seat: str, command: Command) -> None:
        answer = self.record.submit(CommandRequest(seat=seat, command=command, person="Amal"), at=self.real)
        assert isinstance(answer, Done), answer

    def step(self) -> None:
        """Let ten seconds pass, as the server does."""
        self.real += STEP
        before = len(self.record.view(self.player).notices)
        self.record.tick(self.real)
        while (found := self.seats.turn_at(self.real)) is not None:
            if isinstance(self.record.submit(found[1], at=self.real), Refusal):
                self.seats.was_refused(found[0])
        if (request := self.seats.control_at(self.real)) is not None:
            assert isinstance(self.record.submit(request, at=self.real), Done)
        if len(self.record.view(self.player).notices) > before:
            self.news.append(self.real)

    @property
    def is_revealed(self) -> bool:
        return self.record.view(self.player).known.exercise.how_far is HowFar.ALL

    def write(self, text: str) -> None:
        """Write a paper, hand it to the intermediaries that can be met, and let the other side be told."""
        self.do(self.player, FileItem(words=(Words(text=text),)))
        *_, paper = (i for i in self.record.view(self.player).known.items.values() if i.came == ItemCame.FILED)
        for carrier in ("turkey", "un-envoy"):
            self.do(self.player, HandItem(item=paper.handle, to=carrier))
        self.do(self.player, ClearItem(item=paper.handle, to=("government",), form=Form.PARAPHRASE))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("player", "seed"),
    [
        ("un-envoy", 3),
        ("opposition", 4),
        *(
            pytest.param(*one, marks=pytest.mark.nightly)
            for one in (("opposition", 3), ("russia", 5), ("government", 1))
        ),
    ],
)
def test_who_only_looks_on_has_news_every_two_minutes_and_comes_to_the_debrief(
    tmp_path: Path, player: str, seed: int
) -> None:
    alone = Alone(tmp_path / "exercise.record", player, seed)
    for _ in range(70 * 6):
        if alone.is_revealed:
            break
        alone.step()
    assert alone.is_revealed, "seventy minutes are not enough for two days of talks"
    longest = max(later - earlier for earlier, later in pairwise(alone.news))
    assert longest <= timedelta(minutes=2), longest
    alone.record.close()


@pytest.mark.slow
def test_the_clock_stands_while_the_desk_of_one_person_is_closed(tmp_path: Path) -> None:
    alone = Alone(tmp_path / "exercise.record", "un-envoy", 3)
    pause = alone.seats.pause()
    assert pause is not None
    assert isinstance(pause.command, PauseClock)
    alone.do(pause.seat, pause.command)
    stood = alone.record.time_at(alone.real)
    assert alone.record.time_at(alone.real + timedelta(hours=5)) == stood
    assert alone.seats.pause() is None
    assert alone.seats.control_at(alone.real + timedelta(hours=5)) is None
    alone.record.close()


def _comments_on(alone: Alone, *clauses: str) -> list[tuple[CommentSort, str]]:
    """Let the two sides read a text of the player's; return what they comment on it within three real minutes."""
    body = "\n\n".join(f"## {n}.\n\n{words}" for n, words in enumerate(clauses, 1))
    paper = Words(text=f"# Understanding on access\n\n{body}\n")
    alone.do(alone.player, TableText(papers=(paper,), kind=TextKind.NEGOTIATING))
    for _ in range(6):
        alone.step()  # the sides first say that they take papers on the screen
    alone.do(alone.player, ReleaseVersion(version="v1", to=("government", "opposition")))
    for _ in range(3 * 6):
        alone.step()
    view = alone.record.view(alone.player)
    return [(c.sort, view.text(c.words) or "" if c.words else "") for c in view.known.comments.values()]


@pytest.mark.slow
def test_both_sides_ask_what_a_text_in_prose_means(tmp_path: Path) -> None:
    alone = Alone(tmp_path / "exercise.record", "un-envoy", 3)
    said = _comments_on(alone, "Aid reaches all who need it.", "The guarantors watch over it.")
    assert [sort for sort, _ in said] == [CommentSort.ASK, CommentSort.ASK]
    lexicon = lexicon_of(alone.record.view("un-envoy").known.agenda)
    assert all(asks_for_a_point(words, lexicon) for _, words in said)
    assert len({words for _, words in said}) == 2
    alone.record.close()


@pytest.mark.slow
def test_words_that_a_seat_proposes_can_stand_in_the_text_as_they_are(tmp_path: Path) -> None:
    alone = Alone(tmp_path / "exercise.record", "un-envoy", 3)
    said = _comments_on(
        alone, "On scope: In areas on an agreed list.", "On access: First to named places, the rest later."
    )
    proposed = [words for sort, words in said if sort is CommentSort.PROPOSE]
    assert proposed, said
    lexicon = lexicon_of(alone.record.view("un-envoy").known.agenda)
    for words in proposed:
        found = read_clause(words, lexicon, "en")
        assert found is not None
        assert words == clause_sentence(*found, lexicon)
    alone.record.close()


@pytest.mark.slow
def test_what_is_written_in_arabic_is_carried_and_answered_in_arabic(tmp_path: Path) -> None:
    alone = Alone(tmp_path / "exercise.record", "opposition", 3)
    lexicon = lexicon_of(alone.record.view("opposition").known.agenda)
    issue = lexicon.issues[0]
    text = write_points((Point(issue=issue.slug, options=(issue.options[0].slug,), stand=Stand.ASK),), lexicon, "ar")
    alone.do("opposition", FileItem(words=(Words(text=text, lang="ar"),)))
    *_, paper = (i for i in alone.record.view("opposition").known.items.values() if i.came == ItemCame.FILED)
    for carrier in ("turkey", "un-envoy"):
        alone.do("opposition", HandItem(item=paper.handle, to=carrier))
    clearance = ClearItem(item=paper.handle, to=("government",), form=Form.PARAPHRASE, approve=True)
    alone.do("opposition", clearance)
    for _ in range(6 * 8):
        alone.step()
    shown = [w.words.lang for w in alone.record.view("opposition").known.wordings.values() if w.item == paper.handle]
    assert shown
    assert set(shown) == {"ar"}
    # Who has read the paper itself knows the language of its author, and tells the papers of others in it.
    alone.do("opposition", ClearItem(item=paper.handle, to=("russia",), form=Form.VERBATIM))
    for _ in range(6 * 30):
        alone.step()
    view = alone.record.view("opposition")
    heard = next(t for t in view.known.tellings.values() if t.item == paper.handle and t.to == "russia")
    told = [i for i in view.known.items.values() if i.came == ItemCame.TOLD and i.at > heard.at]
    later = [i for i in told if i.teller in ("russia", "turkey", "un-envoy") and i.form is Form.PARAPHRASE]
    assert later
    assert {body.lang for item in later for body in item.words} == {"ar"}
    alone.record.close()


@pytest.mark.slow
@pytest.mark.parametrize(("lang", "words"), [("en", "What may I do?"), ("ar", "ماذا يجوز لي أن أفعل؟")])
def test_what_only_control_can_answer_is_answered_in_the_language_of_the_question(
    tmp_path: Path, lang: str, words: str
) -> None:
    alone = Alone(tmp_path / "exercise.record", "opposition", 3)
    plan = alone.record.view("control").known.actions
    mine = [action for action in plan.values() if "opposition" in action.by]
    assert {action.needs_control for action in mine} == {True, False}
    for action in mine:
        alone.do("opposition", TakeAction(action=action.slug, words=Words(text=words, lang=lang)))
    alone.do("opposition", AskRules(words=Words(text=words, lang=lang)))
    for _ in range(4 * 6):
        alone.step()
    known = alone.record.view("opposition").known
    assert [one.happens for one in known.actions_asked.values()].count(None) == 0
    assert all(one.answer is not None for one in known.rule_questions.values())
    said = [
        *(one.outcome for one in known.actions_asked.values()),
        *(one.answer for one in known.rule_questions.values()),
    ]
    assert {one.lang for one in said if one is not None} == {lang}
    alone.record.close()


def test_a_jump_ends_before_what_comes_next_and_in_the_night_at_its_end() -> None:
    table = astana().timetable
    evening = table.starts_at + timedelta(hours=2)
    coming = (evening + timedelta(hours=1), evening - timedelta(hours=1))
    to = put_forward_to(table, evening, coming)
    assert to is not None
    assert evening < to < coming[0]
    night = table.starts_at + timedelta(hours=5)
    assert put_forward_to(table, night, ()) == table.awake(night)
    assert put_forward_to(table, evening, (evening + timedelta(minutes=5),)) is None


def _said_at(alone: Alone) -> dict[str, list[datetime]]:
    """Return when each sentence of an automated seat was said, by the talks' clock. What points say is left out."""
    begins = tuple(f"{language.on} " for language in LANGUAGES.values())
    said: dict[str, list[datetime]] = defaultdict(list)
    for seat in sorted(set(alone.record.seats()) - {alone.player}):
        view = alone.record.view(seat)
        own = [(i.at, body) for i in view.known.items.values() if i.came == ItemCame.FILED for body in i.words]
        own += [(c.at, c.words) for c in view.known.comments.values() if c.by == seat and c.words is not None]
        own += [(one.at, one.words) for one in view.known.interventions if one.by == seat]
        for at, body in own:
            for line in (view.text(body) or "").split("\n"):
                if not line.startswith(begins):
                    said[line].append(at)
    return said


@pytest.mark.slow
@pytest.mark.parametrize("seed", [3, *(pytest.param(seed, marks=pytest.mark.nightly) for seed in (4, 7))])
def test_no_seat_says_what_was_said_within_ten_minutes_also_to_who_writes_prose(tmp_path: Path, seed: int) -> None:
    alone = Alone(tmp_path / "exercise.record", "opposition", seed)
    papers = (
        "You are all the same, and we are tired of it.",
        "On scope: In the whole country, with the disputed places named. It is our wish.",
        "On scop: somewhere.",
        "On access: by balloon. We ask.",
    )
    real_of: dict[datetime, datetime] = {}
    for k in range(25 * 6):
        if k % 18 == 5:
            alone.write(papers[k // 18 % len(papers)])
        alone.step()
        real_of[alone.record.time_at(alone.real)] = alone.real
    times = sorted(real_of)
    for line, said in _said_at(alone).items():
        reals = sorted(real_of[next((t for t in times if t >= at), times[-1])] for at in said)
        for earlier, later in pairwise(reals):
            assert later - earlier > timedelta(minutes=10), f"{line!r} again after {later - earlier}"
    alone.record.close()

"""Bulletins: figures are frozen, two persons clear them, and nobody learns from them what it may not."""

from __future__ import annotations

import itertools
import json
from collections.abc import Hashable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from goodoffices.errors import ScenarioError
from goodoffices.reports.ceasefire.bulletin_checks import checked_figures
from goodoffices.reports.ceasefire.bulletin_figures import HIDDEN, bulletin_figures, figures_of_text, hidden_small
from goodoffices.reports.ceasefire.bulletin_paper import (
    MOST_WORDS,
    Standing,
    bulletin_csv,
    bulletin_paper,
    standing_of,
)
from goodoffices.reports.papers.files import paper_file
from goodoffices.reports.papers.page_file import terminal_text
from goodoffices.reports.papers.paper import Paper
from goodoffices.talks.base.acts import PUBLIC
from goodoffices.talks.base.refusals import Refusal
from goodoffices.talks.ceasefire.bulletins import ClearBulletin, PrepareBulletin, figures_hash
from goodoffices.talks.ceasefire.commands import FileAllegation, OpenLedger, ReadTerms, ReportDay
from goodoffices.talks.core import decide
from goodoffices.talks.model.ceasefire import CeasefireTerms, DayReport, InForce
from goodoffices.talks.state.command_context import CommandRequest
from goodoffices.talks.state.view import View
from stories import Story, words

FIRST, LAST = date(2017, 1, 15), date(2017, 1, 21)


def reported() -> Story:
    """Six bulletins of Russia and one of Turkey, in one week."""
    story = Story()
    for n in range(6):
        counts = (("hama", 4), ("", 1)) if n else (("hama", 5),)
        report = DayReport(day=FIRST + timedelta(days=n), counts=counts, total=5, confirmed=1)
        story.do("rus", ReportDay(ledger="j1", report=report))
    story.do("tur", ReportDay(ledger="j2", report=DayReport(day=FIRST, counts=(("hama", 2),), total=2)))
    return story


def figures(view: View, *, is_public: bool = False, ledgers: tuple[str, ...] = ("j1", "j2")) -> str:
    return bulletin_figures(view.known, FIRST, LAST, ledgers, is_public=is_public)


def prepared(story: Story, **more: object) -> None:
    text = figures(story.view("sec"), is_public=not more.get("to"))
    given = {"day_from": FIRST, "day_to": LAST, "ledgers": ("j1", "j2"), "figures": words(text)}
    story.do("sec", PrepareBulletin(**{**given, **more}))  # type: ignore[arg-type]


def flat(paper: Paper) -> str:
    return " ".join(terminal_text(paper, 80).split())


def test_c21_nobody_reads_a_bulletin_before_a_second_person_has_cleared_it() -> None:
    story = reported()
    prepared(story, to=("gov",))
    assert not story.view("gov").known.bulletins
    clear = ClearBulletin(bulletin="bu1")
    assert story.refused("sec", clear, second="Amal") == "two_persons"
    assert story.refused("un", clear) == "unknown"
    story.do("sec", clear)
    assert story.refused("sec", clear) == "done"
    [held] = story.view("gov").known.bulletins.values()
    assert story.view("gov").text(held.figures) == story.view("sec").text(
        story.view("sec").known.bulletins["bu1"].figures
    )
    assert not story.view("opp").known.bulletins


def test_c21_figures_stay_as_they_were_frozen_whatever_comes_after() -> None:
    story = reported()
    prepared(story)
    before = story.view("sec").text(story.view("sec").known.bulletins["bu1"].figures)
    story.do(
        "tur", ReportDay(ledger="j2", report=DayReport(day=FIRST + timedelta(days=1), counts=(("hama", 9),), total=9))
    )
    story.do("sec", ClearBulletin(bulletin="bu1"))
    for seat in ("opp", PUBLIC):
        [held] = story.view(seat).known.bulletins.values()
        assert story.view(seat).text(held.figures) == before
    view = story.view("gov")
    files = [
        paper_file(bulletin_paper(view, str(before), standing_of(view, view.known.bulletins["bu1"])), "docx")
        for _ in "ab"
    ]
    assert files[0] == files[1]


def test_a_correction_is_a_new_bulletin_that_says_what_was_wrong() -> None:
    story = reported()
    prepared(story)
    story.do("sec", ClearBulletin(bulletin="bu1"))
    text = figures(story.view("sec"), is_public=True)
    again = PrepareBulletin(day_from=FIRST, day_to=LAST, ledgers=("j1",), figures=words(text), corrects="bu1")
    assert story.refused("sec", again) == "needs_reason"
    prepared(story, corrects="bu1", reason=words("one day was counted twice"))
    story.do("sec", ClearBulletin(bulletin="bu2"))
    view = story.view("opp")
    assert (view.known.bulletins["bu1"].corrected_by, view.known.bulletins["bu2"].corrects) == ("bu2", "bu1")
    said = flat(bulletin_paper(view, text, standing_of(view, view.known.bulletins["bu2"])))
    assert "one day was counted twice" in said


def test_a_ledger_that_others_may_not_read_stands_in_no_bulletin() -> None:
    story = reported()
    story.do("rus", OpenLedger(slug="closed", title="Ours", seen_by=("sec",)))
    [closed] = [h for h, held in story.view("sec").known.ledgers.items() if held.ledger.slug == "closed"]
    one = PrepareBulletin(day_from=FIRST, day_to=LAST, ledgers=(closed,), figures=words("{}"))
    assert story.refused("sec", one) == "protected"
    assert story.refused("gov", one) == "not_your_power"


def test_readers_are_asked_to_keep_it_only_until_a_time_to_come_and_only_named_seats() -> None:
    story = reported()
    prepared(story)
    soon = story.in_minutes(90)
    assert story.refused("sec", ClearBulletin(bulletin="bu1", embargo_until=soon)) == "embargoed"
    prepared(story, to=("gov",))
    story.do("sec", ClearBulletin(bulletin="bu2", embargo_until=soon))
    assert next(iter(story.view("gov").known.bulletins.values())).embargo_until == soon
    assert (
        story.refused("sec", PrepareBulletin(day_from=LAST, day_to=FIRST, ledgers=("j1",), figures=words("{}")))
        == "bad_interval"
    )


def test_c23_two_records_that_differ_in_what_is_hidden_give_the_same_bytes() -> None:
    texts = set()
    for secret in ("one thing", "another thing"):
        story = reported()
        story.do("rus", OpenLedger(slug="closed", title="Ours", seen_by=("sec",)))
        [closed] = [h for h, held in story.view("sec").known.ledgers.items() if held.ledger.slug == "closed"]
        if secret == "another thing":
            filed = FileAllegation(
                ledger=closed, kind="shelling", occurred_from=story.at, area="hama", words=words(secret)
            )
            story.do("rus", filed)
        texts.add(figures(story.view("sec"), is_public=True))
    assert len(texts) == 1


def test_c22_public_figures_and_those_of_seats_agree_wherever_both_show_a_number() -> None:
    view = reported().view("sec")
    for_seats, for_all = (figures_of_text(figures(view, is_public=public))["ledgers"] for public in (False, True))
    for one, other in zip(for_seats, for_all, strict=True):
        for part in ("areas", "days"):
            shown = {name: cell for name, cell in other[part].items() if cell != HIDDEN}
            assert shown.items() <= one[part].items()


def test_c22_figures_for_seats_name_the_code_of_the_same_figures_for_the_public() -> None:
    view = reported().view("sec")
    code = figures_hash(figures(view, is_public=True))
    assert figures_of_text(figures(view))["public_code"] == code
    assert "public_code" not in figures_of_text(figures(view, is_public=True))
    for_seats, for_all = (
        flat(bulletin_paper(view, figures(view, is_public=public), Standing())) for public in (False, True)
    )
    assert f"The same figures for everybody: {code}." in for_seats
    assert f"Figures {code}:" in for_all


@pytest.mark.parametrize("cells", list(itertools.combinations_with_replacement((0, 1, 2, 3, 7), 4)))
def test_c20_no_hidden_number_follows_from_the_others_and_their_sum(cells: tuple[int, ...]) -> None:
    named = {f"c{n}": cell for n, cell in enumerate(cells)}
    shown, is_lost = hidden_small(named)
    hidden = [name for name, cell in shown.items() if cell == HIDDEN]
    assert not [name for name, cell in named.items() if 0 < cell < 3 and name not in hidden]
    if hidden and not is_lost:
        assert len(hidden) >= 2, "one hidden cell is the total less the others"
        assert any(named[name] >= 3 for name in hidden), "small cells alone are told by a small sum"


def test_c11_a_day_without_a_report_is_a_word_and_never_a_zero() -> None:
    one, other = figures_of_text(figures(reported().view("sec")))["ledgers"]
    assert list(one["days"].values()) == [5, 5, 5, 5, 5, 5, "no report"]
    assert set(other["days"].values()) == {2, "no report"}
    assert not [row for row in bulletin_csv(figures(reported().view("sec"))).splitlines() if row.endswith(",0")]


def test_c1_each_ledger_has_its_own_column_and_no_sum_over_both() -> None:
    view = reported().view("sec")
    said = flat(bulletin_paper(view, figures(view), Standing()))
    assert "32" not in said.replace("2017", "")
    assert "Ledger of The rus: reports: 30, days with one: 6 of 7." in said
    assert "Ledger of The tur: days here: 1 of 7. No table of days is made below 4." in said
    assert "violation" not in said
    assert "not comparable" in said


def test_the_page_for_an_envoy_has_at_most_250_words_in_both_languages() -> None:
    view = reported().view("sec")
    for language in ("en", "ar"):
        paper = bulletin_paper(view, figures(view), Standing(), language, is_brief=True)
        assert len(terminal_text(paper, 80).split()) <= MOST_WORDS


def test_figures_of_no_day_or_no_ledger_are_refused() -> None:
    known = reported().view("sec").known
    for first, last, ledgers in ((LAST, FIRST, ("j1",)), (date(2016, 1, 1), LAST, ("j1",)), (FIRST, LAST, ())):
        with pytest.raises(ScenarioError):
            bulletin_figures(known, first, last, ledgers, is_public=False)
    assert json.loads(figures(reported().view("sec"))) == figures_of_text(figures(reported().view("sec")))


def test_terms_that_only_a_compartment_knows_stand_in_no_bulletin() -> None:
    story = reported()
    since = datetime(2016, 12, 30, tzinfo=UTC)
    terms = CeasefireTerms(slug="t", title="T", in_force=(InForce(instant=since, zone="UTC"),))
    story.do("un", ReadTerms(terms=terms, compartment="team"))
    hidden = figures_of_text(figures(story.view("un")))
    assert (hidden["force"], [one["verdicts"] for one in hidden["ledgers"]]) == (None, [[], []])
    story.do("un", ReadTerms(terms=replace(terms, slug="u")))
    assert figures_of_text(figures(story.view("un")))["force"] == "2016-12-30"


WRONG: tuple[object, ...] = ("", "no day", None, -1, 7, True, [], {}, {"a": 1}, "2017-02-30")


def places(value: object, way: tuple[object, ...] = ()) -> Iterator[tuple[object, ...]]:
    """Give the way to each value inside a value."""
    yield way
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, part in inside:
        yield from places(part, (*way, name))


def changed(value: Any, way: tuple[Any, ...], new: object) -> Any:
    """Return a value with another in one place."""
    if not way:
        return new
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[way[0]] = changed(value[way[0]], way[1:], new)
    return copy


def test_words_in_place_of_figures_are_drawn_or_refused_and_break_nothing() -> None:
    story = reported()
    view = story.view("sec")
    true = json.loads(figures(view))
    outcomes = set()
    for way in places(true):
        for new in WRONG:
            text = json.dumps(changed(true, way, new))
            try:
                figures_of_text(text)
            except ScenarioError:
                outcomes.add("refused")
                continue
            flat(bulletin_paper(view, text, Standing()))
            bulletin_csv(text)
            outcomes.add("drawn")
    assert outcomes == {"drawn", "refused"}
    for text in ("", "shelling at dawn", "[]", "null", '{"ledgers":[]}'):
        with pytest.raises(ScenarioError):
            figures_of_text(text)


def refusal(story: Story, **more: object) -> str:
    """Return the sentence by which a bulletin is refused."""
    asked = PrepareBulletin(day_from=FIRST, day_to=LAST, ledgers=("j1", "j2"), **more)  # type: ignore[arg-type]
    outcome = story.submit("sec", asked)
    assert isinstance(outcome, Refusal)
    return story.view("sec").sentence(outcome)


def test_no_figure_that_the_ledgers_do_not_give_is_frozen() -> None:
    story = reported()
    story.figures = checked_figures
    true = json.loads(figures(story.view("sec"), is_public=True))
    n_refused = 0
    for way in places(true):
        for new in WRONG:
            given = changed(true, way, new)
            if json.dumps(given, sort_keys=True) != json.dumps(true, sort_keys=True):
                assert refusal(story, figures=words(json.dumps(given)))
                n_refused += 1
    assert n_refused > 100
    assert not story.view("sec").known.bulletins
    wrong = changed(true, ("ledgers", 0, "areas", "hama"), 26)
    said = refusal(story, figures=words(json.dumps(wrong)))
    assert "say 26 for ledgers, rus, areas, hama; from the ledgers it is 25." in said
    assert "not the figures of a bulletin" in refusal(story, figures=words("shelling at dawn"))


def test_figures_are_worked_out_as_the_preparing_seat_sees_the_ledgers() -> None:
    story = reported()
    story.figures = checked_figures
    story.do("sec", PrepareBulletin(day_from=FIRST, day_to=LAST, ledgers=("j1", "j2")))
    given = json.dumps(json.loads(figures(story.view("sec"), is_public=True)), indent=1)
    story.do("sec", PrepareBulletin(day_from=FIRST, day_to=LAST, ledgers=("j1", "j2"), figures=words(given)))
    story.do("sec", PrepareBulletin(day_from=FIRST, day_to=LAST, ledgers=("j1",), to=("gov",)))
    view = story.view("sec")
    frozen = [view.text(held.figures) for held in view.known.bulletins.values()]
    assert frozen == [*[figures(view, is_public=True)] * 2, figures(view, ledgers=("j1",))]


def test_talks_without_statistics_prepare_no_bulletin_without_figures() -> None:
    assert "has no figures" in refusal(reported())


def test_a_report_that_came_meanwhile_is_in_the_figures() -> None:
    story = reported()
    story.figures = checked_figures
    made: dict[Hashable, Any] = {}
    asked = CommandRequest(seat="sec", command=PrepareBulletin(day_from=FIRST, day_to=LAST, ledgers=("j2",)))
    decide(story.talks, asked, story.at, beforehand=made, figures=checked_figures)
    assert made
    report = DayReport(day=FIRST + timedelta(days=1), counts=(("hama", 8),), total=8)
    story.do("tur", ReportDay(ledger="j2", report=report))
    acts = decide(story.talks, asked, story.at, beforehand=made, figures=checked_figures)
    assert not isinstance(acts, Refusal)
    [text] = acts[0].bodies
    assert text == figures(story.view("sec"), is_public=True, ledgers=("j2",))

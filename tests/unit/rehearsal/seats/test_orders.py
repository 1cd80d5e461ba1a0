"""What a seed draws, what texts are worth, and when nights end."""

from __future__ import annotations

from datetime import datetime, timedelta
from fractions import Fraction

from goodoffices.rehearsal.seats.outlook import Outlook
from goodoffices.rehearsal.seats.players.seeds import draws_of, orders_for
from goodoffices.rehearsal.seats.worths import Worths
from seat_runs import astana, begun, orders_of


def _worths(seat: str, seed: int = 1) -> Worths:
    run = begun(seed)
    view = run.talks.view(seat)
    return Outlook(view=view, orders=run.orders[seat], moment=run.at, draws=draws_of(seed, seat)).worths


def test_what_is_drawn_for_a_seat_does_not_depend_on_the_other_seats() -> None:
    setting = astana()
    alone = {"russia": setting.briefs["russia"]}
    some = orders_for(alone, setting.timetable, seed=5, reservation={})["russia"]
    every = orders_for(setting.briefs, setting.timetable, seed=5, reservation={})["russia"]
    assert some.brief == every.brief


def test_seeds_draw_different_briefs_around_the_same() -> None:
    drawn = {orders_of(seed)["opposition"].brief.reservation_value for seed in range(20)}
    assert drawn == {Fraction(n) for n in range(52, 57)}
    assert sum(len(o.mistakes) for o in orders_of(1, "calm").values()) == 2
    assert sum(len(o.mistakes) for o in orders_of(1, "hard-night").values()) == 6


def test_an_issue_that_a_text_leaves_open_counts_as_the_mean_of_its_options() -> None:
    worths = _worths("opposition")
    whole = {issue: options[0] for issue, options in worths.order.items()}
    assert worths.of_text(whole) == worths.best
    issue = worths.issues[0]
    without = {i: o for i, o in whole.items() if i != issue}
    assert worths.of_text(without) == worths.best - worths.of(issue, whole[issue]) + worths.expected(issue)


def test_what_a_seat_aims_at_falls_from_its_best_to_its_reservation_value() -> None:
    worths = _worths("government")
    aims = [worths.aspiration(share / 10) for share in range(11)]
    assert aims == sorted(aims, reverse=True)
    assert aims[0] == float(worths.best)
    assert aims[-1] == float(worths.brief.reservation_value)


def test_nobody_writes_in_the_night() -> None:
    table = astana().timetable
    late = table.starts_at + timedelta(hours=5)
    assert table.awake(late) == datetime.fromisoformat("2017-01-23T07:30+06:00")
    assert table.awake(table.starts_at) == table.starts_at

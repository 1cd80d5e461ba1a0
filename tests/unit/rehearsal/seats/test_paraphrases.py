"""Retellings by rule: what is lost can be found by rule."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from goodoffices.rehearsal.seats.lexicon import Lexicon, Stand
from goodoffices.rehearsal.seats.paraphrases import Loss, as_ideas, blurred, losses, softened
from goodoffices.rehearsal.seats.points import Point, read_points, write_points
from goodoffices.talks.model.agenda import AgendaIssue, Option


def _option(slug: str) -> Option:
    return Option(slug=slug)


LEXICON = Lexicon(
    issues=tuple(
        AgendaIssue(slug=slug, question=(), options=tuple(map(_option, ("first", "second", "third"))))
        for slug in ("access", "separation")
    )
)
REFUSED = Point(issue="access", options=("first",), stand=Stand.REJECT)
LINKED = Point(
    issue="access",
    options=("second",),
    stand=Stand.ACCEPT,
    only_if=(("separation", "third"),),
    until=datetime(2017, 1, 23, 19, 30, tzinfo=UTC),
)


def test_a_faithful_retelling_loses_nothing() -> None:
    told = read_points(write_points([REFUSED, LINKED], LEXICON), LEXICON).points
    assert losses([REFUSED, LINKED], told) == ()


@pytest.mark.parametrize(
    ("told", "loss"),
    [
        (softened([LINKED]), Loss.CONDITION),
        (softened([REFUSED]), Loss.STAND),
        (blurred([LINKED], LEXICON), Loss.OPTION),
        ((), Loss.POINT),
    ],
)
def test_each_way_of_losing_something_is_found(told: tuple[Point, ...], loss: Loss) -> None:
    written = [REFUSED] if loss is Loss.STAND else [LINKED]
    assert [kind for kind, _ in losses(written, told)] == [loss]


def test_what_was_never_written_is_found_too() -> None:
    added = Point(issue="separation", options=("first",), stand=Stand.OFFER)
    assert losses([REFUSED], [REFUSED, added]) == ((Loss.ADDED, added),)


def test_an_idea_names_no_condition_and_leaves_refusals_out() -> None:
    assert as_ideas([REFUSED, LINKED]) == (Point(issue="access", options=("second",), stand=Stand.SUGGEST),)

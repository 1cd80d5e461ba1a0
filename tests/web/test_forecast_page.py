"""The forecast page: off until the seat wants it, its record first, figures with their origin, and for nobody else."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator

import pytest

from goodoffices.forecast import DEFAULT_MODEL, MODELS
from goodoffices.web.pages.analysis.forecast import DEFAULT_ERROR
from talks_once import read
from web.test_hall_pages import bare, sent
from web.test_texts import Table, opened_table

RECORD = "On average it missed the outcome by 23 points, on a line of 100. Nobody has tested it on peace talks."
pytestmark = pytest.mark.slow  # the first answer of a machine compiles


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Table]:
    yield from opened_table(tmp_path_factory.mktemp("desk"), read("astana-2017"), ready=())


def worked_out(table: Table, issue: str, language: str = "en") -> str:
    assert sent(table, "analyst", "forecast", do="on").status == 303
    assert sent(table, "analyst", "forecast", do="start", issue=issue).status == 303
    held = table.world.server.calculations.of("analyst")["forecast"]
    for _ in range(6000):
        if held.is_over:
            break
        time.sleep(0.05)
    return re.sub("[\u2066-\u2069]", "", bare(table.page("analyst", "forecast", language)))


def test_the_record_that_the_page_states_is_that_of_the_model_card() -> None:
    error = MODELS[DEFAULT_MODEL].mean_error
    assert error is not None and round(error) == DEFAULT_ERROR


def test_nothing_is_shown_before_somebody_of_the_seat_wants_it(table: Table) -> None:
    page = table.page("analyst", "forecast")
    assert RECORD in bare(page) and "Show forecasts to everybody of this seat" in bare(page)
    assert "<select" not in page and "Work it out" not in bare(page)
    sent(table, "analyst", "forecast", do="on")
    assert "Work it out" in bare(table.page("analyst", "forecast"))
    sent(table, "analyst", "forecast", do="off")
    assert "<select" not in table.page("analyst", "forecast")


def test_the_answer_states_the_record_then_sentences_then_figures_with_their_origin(table: Table) -> None:
    page = worked_out(table, "scope")
    lead = "Most likely nearest to: In the whole country, with the disputed places named (66 %)."
    assert page.index(RECORD) < page.index(lead) < page.index("Who stands where") < page.index("What would change it")
    assert "On the line from 0 to 100, the point is 42." in page and "four times in five between 15 and 68." in page
    assert "90, 100, 100" in page and "invented" in page
    assert "stands at 40 instead of 30" in page and "takes no part" in page and "the point at 42" in page
    assert "[" not in page.partition("Other models beside it")[0]
    arabic = bare(table.page("analyst", "forecast", "ar"))
    assert "42" in arabic and "Who stands where" not in arabic
    assert "no assessment says where anybody stands" in worked_out(table, "nobody")


def test_only_who_sees_where_others_stand_has_the_page(table: Table) -> None:
    for seat in ("government", "opposition", "russia", "un-envoy"):
        assert table.status(seat, "forecast") == 404
        assert sent(table, seat, "forecast", do="on").status == 404
        assert sent(table, seat, "forecast", do="start", issue="scope").status == 404
        assert "/forecast" not in table.page(seat, "positions")
        assert table.world.server.calculations.of(seat) == {}
        assert table.world.server.calculations.switched_on(seat) == frozenset()

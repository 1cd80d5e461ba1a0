"""The settlement page: worked out on request from the own view, with progress and Stop, and for nobody else."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from talks_once import read
from web.test_hall_pages import bare, sent
from web.test_texts import Table, opened_table


@pytest.fixture
def table(tmp_path: Path) -> Iterator[Table]:
    yield from opened_table(tmp_path, read("astana-2017"), ready=())


def worked_out(table: Table, lift: str = "", language: str = "en") -> str:
    assert sent(table, "analyst", "settlement", do="start", lift=lift).status == 303
    calculation = table.world.server.calculations.of("analyst").get("settlement")
    assert calculation is not None
    for _ in range(600):
        if calculation.is_over:
            break
        time.sleep(0.05)
    return table.page("analyst", "settlement", language)


@pytest.mark.slow
def test_the_answer_comes_in_sentences_first(table: Table) -> None:
    assert "Nothing is worked out yet." in table.page("analyst", "settlement")
    page = bare(worked_out(table))
    assert "Yes, there is something that all 5 could sign." in page
    assert "Of 104,976 combinations, 48,208 are no worse for anybody" in page
    assert page.index("Yes, there is") < page.index("The settlement that gives most")
    assert "The guarantors together" in page and "Ruled out by" in page
    behind = page.partition("What each figure rests on")[2]
    assert all(words in behind for words in ("Government of Syria", "Red line:", "No agreement:", "invented"))
    assert table.status("analyst", "settlement.csv") == 200
    tried = bare(worked_out(table, lift=f"{page.count('zzz')}.3.2", language="ar"))
    assert "104,976" in tried


def test_only_who_sees_assessments_has_the_page_and_a_calculation_can_be_stopped(table: Table) -> None:
    for seat in ("government", "opposition", "russia"):
        assert table.status(seat, "settlement") == 404
        assert sent(table, seat, "settlement", do="start").status == 404
        assert table.status(seat, "settlement.csv") == 404
        assert "settlement" not in table.page(seat, "positions")
    sent(table, "analyst", "settlement", do="start")
    sent(table, "analyst", "settlement", do="stop")
    calculation = table.world.server.calculations.of("analyst").get("settlement")
    assert calculation is not None and calculation.is_stopped
    assert table.world.server.calculations.of("un-envoy") == {}

"""Calendar, lists and brought messages over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from unit.reports.lists.test_lists import MAIL
from web.test_texts import Table, opened_table


@pytest.fixture
def table(tmp_path: Path) -> Iterator[Table]:
    yield from opened_table(tmp_path)


def test_a_seat_saves_its_calendar_and_its_lists(table: Table) -> None:
    assert table.status("gov", "calendar.ics") == 200
    for name in ("all", "actors", "journal"):
        assert table.status("gov", f"lists/{name}.xlsx") == 200
    assert table.status("gov", "lists/secrets.xlsx") == 404


def test_a_mail_becomes_a_paper_of_the_seat_alone(table: Table) -> None:
    browser = table.browser("gov")
    fields = {"_key": "key-of-a-mail", "_form": "bring"}
    answer = browser.send(f"{browser.base}/papers/bring", fields, file=("file", "letter.eml", MAIL))
    assert answer.status == 303
    assert "as the mail says" in table.page("gov", "papers/m1")
    assert "as the mail says" not in table.page("un", "papers")
    refused = browser.send(
        f"{browser.base}/papers/bring", fields | {"_key": "key-of-another"}, file=("file", "a.eml", b"x")
    )
    assert refused.status == 422

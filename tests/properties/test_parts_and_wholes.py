"""No more reports of a day are confirmed or explained than there are, however the numbers come in."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, strategies as st
from pydantic import ValidationError

from goodoffices.errors import DatasetError
from goodoffices.formats.event_tables.reader import ledger_days
from goodoffices.formats.talks_file.commitments import DayReportModel
from goodoffices.talks.base.refusals import Refusal
from goodoffices.talks.ceasefire.commands import ConfirmAllegations, ReportDay
from goodoffices.talks.core import decide
from goodoffices.talks.model.ceasefire import DayReport
from goodoffices.talks.state.command_context import CommandRequest
from stories import Story

DAY = date(2017, 1, 15)
counts = st.lists(st.integers(0, 4), max_size=2)
some = st.none() | st.integers(0, 9)


def is_refused(counts: list[int], total: int | None, confirmed: int | None, explained: int | None) -> bool:
    """Return what the rule says: the wholes are the parts, or the total if that is more and stated."""
    checked = (confirmed or 0) + (explained or 0)
    return (bool(counts) or total is not None) and checked > max(sum(counts), total or 0)


@given(counts=counts, total=some, confirmed=some, explained=some)
def test_a_command_a_talks_file_and_a_table_refuse_the_same(
    counts: list[int], total: int | None, confirmed: int | None, explained: int | None
) -> None:
    if total is not None and counts:
        total = sum(counts)
    wrong = is_refused(counts, total, confirmed, explained)
    areas = ("hama", "homs")
    pairs = tuple(zip(areas, counts, strict=False))
    report = DayReport(day=DAY, counts=pairs, total=total, confirmed=confirmed, explained=explained)
    story = Story()
    outcome = decide(story.talks, CommandRequest(seat="rus", command=ReportDay(ledger="j1", report=report)), story.at)
    assert isinstance(outcome, Refusal) == wrong, outcome
    if isinstance(outcome, Refusal):
        assert outcome.code == "bad_figures"
        assert f"confirmed or explained: {(confirmed or 0) + (explained or 0)}, of" in outcome.sentence
    stated = {"total": total, "confirmed": confirmed, "explained": explained}
    in_file = {"day": str(DAY), "counts": {area: str(n) for area, n in pairs}}
    in_file |= {key: str(n) for key, n in stated.items() if n is not None}
    assert _fails(lambda: DayReportModel.model_validate(in_file)) == wrong
    rows = counts or [0]
    whole = sum(rows) if total is None else total
    assert _fails(lambda: _table(rows, whole, confirmed, explained)) == is_refused(rows, whole, confirmed, explained)


def _fails(read: object) -> bool:
    try:
        read()  # type: ignore[operator]
    except (DatasetError, ValidationError):
        return True
    return False


def _table(counts: list[int], total: int, confirmed: int | None, explained: int | None) -> None:
    cells = ",".join("" if one is None else str(one) for one in (confirmed, explained, total))
    rows = [f"{DAY},A,area {n},{count},{cells}" for n, count in enumerate(counts)]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "days.csv"
        head = "day,ledger,governorate,count,confirmed_by_other,explained_by_other,total_as_stated"
        path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
        ledger_days(path)


@given(total=st.integers(0, 5), count=st.integers(0, 9))
def test_no_more_of_a_day_is_confirmed_than_was_reported(total: int, count: int) -> None:
    story = Story()
    story.do("rus", ReportDay(ledger="j1", report=DayReport(day=DAY, total=total)))
    asked = ConfirmAllegations(ledger="j1", result="confirmed", day=DAY, count=count)
    outcome = decide(story.talks, CommandRequest(seat="tur", command=asked), story.at)
    assert isinstance(outcome, Refusal) == (count > total)

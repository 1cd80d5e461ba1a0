"""Times: every figure stands by the clock of the zone that is named beside it, in every table, page and file."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, strategies as st

from goodoffices.formats.talks_file.reader import read_talks
from goodoffices.reports.brief.build import brief_of
from goodoffices.reports.brief.render import RENDERINGS
from goodoffices.talks.base.enums import Kind
from goodoffices.talks.base.local_time import day_text, end_of_day, local_day, time_text
from goodoffices.talks.core import replay, view_for
from goodoffices.talks.initial_acts import opening
from terminal import good

pytestmark = pytest.mark.slow

SOURCE = Path(__file__).resolve().parents[3] / "src" / "goodoffices"
SHOWN = re.compile(
    r"\w{3} (\d{1,2}) (\w{3}) (\d{4}), (\d\d):(\d\d)(?::\d\d)?\s+\((?:([\w/+-]+), )?UTC([+-]\d+(?::\d\d)?)?\)"
)
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
ZONES = sorted(available_timezones())
BARE = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d")
MIXED = """
actors:
  one: {kind: state, names: {en: One}}
  two: {kind: state, names: {en: Two}}
  desk: {kind: body, names: {en: Desk}}
talks: {title: Two clocks, zone: Asia/Almaty}
seats:
  one: {actor: one, roles: [party]}
  two: {actor: two, roles: [party]}
  desk: {actor: desk, roles: [secretariat]}
sources: {paper: {publisher: The Paper, dated: 2015-02-12}}
claims:
  c1:
    {about: line, aspect: in force since, value: {instant: "2015-02-15T00:00+02:00"}, chain: [The Paper],
     source: paper, strength: document, in_seed: no}
  c2:
    {about: line, aspect: in force since, value: {instant: "2015-02-15T00:00+03:00"}, chain: [The Paper],
     source: paper, strength: document, in_seed: no}
texts: {line: {title: The line, dated: 2015-02-12}}
rounds: {first: {title: First, planned: [{start: 2015-02-11}]}}
sessions:
  opening:
    {title: Opening, round: first, format: plenary, participants: [one, two], starts_at: "2015-02-11T22:30+02:00"}
ceasefire:
  terms:
    title: The terms
    copy_of: line
    in_force: [{instant: 2015-02-15T00:00, zone: Europe/Kyiv, words: 00:00 Kiev time, claim: c1}]
commitments: {stop: {obligors: [one], what: Stop., due: [{due: "2015-02-14T22:00Z"}]}}
"""


def check(text: str) -> int:
    """Check every time in a text against the zone beside it; return how many there are."""
    flat = " ".join(text.split())
    n = 0
    for day, month, year, hour, minute, zone, offset in SHOWN.findall(flat):
        n += 1
        number = MONTHS.index(month) + 1
        local = datetime(int(year), number, int(day), int(hour), int(minute), tzinfo=ZoneInfo(zone or "UTC"))
        hours, _, rest = (offset or "+0").partition(":")
        stated = timedelta(hours=int(hours), minutes=int(rest or 0) * (-1 if hours.startswith("-") else 1))
        assert local.utcoffset() == stated, (day, month, year, hour, zone, offset)
    assert not BARE.findall(flat), BARE.findall(flat)
    assert not re.findall(r"\d\d:\d\d UTC", flat)
    return n


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("clocks") / "talks.yaml"
    path.write_text(MIXED, encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ["astana-2017", "good-friday-1998", "mixed"])
@pytest.mark.parametrize("form", [form for form in RENDERINGS if form != "json"])
def test_no_figure_stands_beside_the_name_of_another_zone(name: str, form: str, mixed: Path) -> None:
    file = read_talks(mixed if name == "mixed" else name)
    held = replay(opening(file, kind=Kind.EXERCISE, at=datetime(2026, 6, 1, tzinfo=UTC)))
    n = sum(check(RENDERINGS[form](brief_of(view_for(held, seat.slug)))) for seat in file.seats)
    assert n or name == "good-friday-1998"


def test_programs_get_times_in_words_of_the_same_clock(mixed: Path) -> None:
    held = replay(opening(read_talks(mixed), kind=Kind.EXERCISE, at=datetime(2026, 6, 1, tzinfo=UTC)))
    made = json.loads(RENDERINGS["json"](brief_of(view_for(held, "one"))))
    assert check(json.dumps(made, ensure_ascii=False)) > 3


def test_the_words_of_the_text_stand_beside_its_instant(mixed: Path) -> None:
    told = " ".join(good("brief", mixed, "--section", "cease-fire", "--width", "400").split())
    assert (
        "“00:00 Kiev time”: Sun 15 Feb 2015, 00:00 (Europe/Kyiv, UTC+2), "
        "which is Sun 15 Feb 2015, 04:00 (Asia/Almaty, UTC+6)"
    ) in told


def test_the_commands_that_print_times_name_the_zone(mixed: Path) -> None:
    for words in (["brief", mixed, "--section", "all"], ["claims", mixed], ["commitments", mixed]):
        assert check(good(*words)) > 0, words
    assert "Thu 12 Feb 2015, 02:30 (Asia/Almaty, UTC+6)" in good(
        "brief", mixed, "--seat", "two", "--section", "sessions", "--width", "300"
    )


@given(st.integers(-10_000_000, 47_000_000), st.sampled_from(ZONES))
def test_a_time_in_a_zone_reads_back_as_the_same_minute(minute: int, zone: str) -> None:
    at = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(minutes=minute)
    shown = time_text(at, zone)
    assert shown.startswith(day_text(local_day(at, zone)))
    local = at.astimezone(ZoneInfo(zone))
    if (local.utcoffset() or timedelta()).total_seconds() % 60 == 0 and not local.second:
        assert f"{local:%H:%M} (" in shown
        assert ("UTC" if zone == "UTC" else zone) in shown
        check(shown)


@given(st.dates(date(1950, 1, 1), date(2060, 1, 1)), st.sampled_from(ZONES))
def test_a_day_has_ended_when_the_next_one_begins_there(day: date, zone: str) -> None:
    end = end_of_day(day, zone)
    assert local_day(end, zone) > day
    assert local_day(end - timedelta(minutes=1), zone) <= day


def test_one_place_alone_writes_hours_for_people() -> None:
    """Hours are written by ``local_time`` and ``localize``, and as labels under a heading that names the zone."""
    allowed = {
        "talks/base/local_time.py",
        "reports/brief/due_dates.py",
        "reports/brief/page_blocks.py",
        "web/render/localize.py",
        "formats/talks_sheets/begin_form.py",  # fills a field for an hour by the clock of the talks
        "exercises/demonstration.py",
        "exercises/debriefs/journal.py",
        "rehearsal/seats/points.py",
        "talks/base/serialization.py",
    }
    found = {
        str(path.relative_to(SOURCE))
        for path in SOURCE.rglob("*.py")
        if re.search(r"%H|strftime|short_instant\(", path.read_text(encoding="utf-8"))
    }
    # Refusals carry an instant for programs; ``View.sentence`` and the pages show it by the clock of the talks.
    assert found - allowed <= {"talks/state/command_context.py", "talks/exchange/clearances.py"}

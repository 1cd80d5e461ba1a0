"""A calendar has the end that a talks file states, and every word of what is owed, with its condition."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import icalendar

from goodoffices.reports.brief.build import brief_of
from goodoffices.reports.brief.render import as_text
from goodoffices.reports.lists.calendar import calendar_file
from goodoffices.reports.talks_file import talks_file_of_view
from goodoffices.talks.core import view_for
from goodoffices.talks.state.view import View
from talks_once import folded

_LONG = "Open the bridge, the two sluices, the north road, the south road and the ferry to all who live there."
_TALKS = f"""\
talks: {{title: Lake, slug: lake, zone: UTC}}
actors: {{east: {{kind: party, names: {{en: East}}}}, envoy: {{kind: person, names: {{en: Envoy}}}}}}
seats: {{east: {{actor: east, roles: [party]}}, envoy: {{actor: envoy, roles: [mediator]}}}}
rounds: {{first: {{title: First}}}}
sessions:
  one: {{title: Opening, round: first, format: plenary, participants: [east, envoy], room: Great hall,
    starts_at: "2026-12-03T09:00Z", ends_at: "2026-12-03T10:30Z"}}
  two: {{title: Closing, round: first, format: plenary, participants: [east, envoy], starts_at: "2026-12-04T09:00Z"}}
commitments:
  owed: {{obligors: [east], what: "{_LONG}", due: [{{due: 2026-12-05}}], condition: if the guard does not leave}}
"""


def _view(folder: Path) -> View:
    (folder / "lake.yaml").write_text(_TALKS, encoding="utf-8")
    return view_for(folded(folder / "lake.yaml", datetime(2026, 11, 30, 12, tzinfo=UTC)), "envoy")


def test_a_session_ends_in_the_calendar_when_its_file_says_so(tmp_path: Path) -> None:
    events = icalendar.Calendar.from_ical(calendar_file(_view(tmp_path))).walk("VEVENT")
    opening, closing = (next(one for one in events if name in str(one["SUMMARY"])) for name in ("Opening", "Closing"))
    assert opening.decoded("dtend") == datetime(2026, 12, 3, 10, 30, tzinfo=UTC)
    assert "is not stated" not in opening.get("description", "")
    assert "DTEND" not in closing and "When it ends is not stated." in str(closing["DESCRIPTION"])


def test_the_end_and_the_room_of_a_session_stand_in_the_brief_and_go_out_again(tmp_path: Path) -> None:
    view = _view(tmp_path)
    shown = " ".join(as_text(brief_of(view), 400).split())
    assert "Opening, Great hall" in shown
    assert "to end Thu 3 Dec 2026, 10:30 (UTC)" in shown
    ends = [one.ends_at for one in talks_file_of_view(view).talks.sessions]
    assert ends == [datetime(2026, 12, 3, 10, 30, tzinfo=UTC), None]


def test_what_is_owed_is_whole_with_its_condition_however_long(tmp_path: Path) -> None:
    events = icalendar.Calendar.from_ical(calendar_file(_view(tmp_path))).walk("VEVENT")
    owed = next(one for one in events if "Due" in str(one["SUMMARY"]))
    assert str(owed["SUMMARY"]).endswith(" …")
    assert _LONG.rstrip(".") in str(owed["DESCRIPTION"]) and "the guard does not leave" in str(owed["DESCRIPTION"])

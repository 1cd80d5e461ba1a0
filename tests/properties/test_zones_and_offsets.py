"""A time and the zone written beside it agree on that day, on every way in; and a zone exists."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st

from goodoffices.errors import ScenarioError
from goodoffices.formats.talks_file.reader import check
from goodoffices.talks.base.local_time import check_offset, check_zone
from goodoffices.talks.command_parsing import parse_command
from goodoffices.web.http.compound_fields import composed
from terminal import bad, good

ZONES = ("Europe/Zurich", "Asia/Almaty", "Asia/Damascus", "America/Bogota", "Asia/Kathmandu", "Africa/Khartoum", "UTC")
QUARTER = timedelta(minutes=15)
moments = st.integers(0, 40 * 365 * 96).map(lambda quarters: datetime(1990, 1, 1, tzinfo=UTC) + quarters * QUARTER)


@given(st.sampled_from(ZONES), moments, st.integers(-56, 56))
def test_an_offset_agrees_exactly_if_the_zone_had_it_at_that_moment(zone: str, at: datetime, quarters: int) -> None:
    written = at.replace(tzinfo=timezone(timedelta(minutes=15 * quarters)))
    agrees = written.astimezone(ZoneInfo(zone)).utcoffset() == written.utcoffset()
    try:
        check_offset(written.isoformat(), zone)
        assert agrees
    except ScenarioError as error:
        assert not agrees
        assert zone in str(error)
    check_offset(at.replace(tzinfo=UTC).strftime("%Y-%m-%dT%H:%MZ"), zone)


WRONG = [
    ("2026-12-01T18:00+02:00", "Europe/Zurich", "is not 18:00 in Europe/Zurich on that day, where it is +01:00"),
    ("2026-07-01T18:00+06:00", "Asia/Almaty", "is not 18:00 in Asia/Almaty on that day, where it is +05:00"),
    ("2026-12-01T18:00+00:00", "Europe/Zurich", "is not 18:00 in Europe/Zurich on that day, where it is +01:00"),
    ("2026-12-01T18:00+02:00", "Europe/Zurch", "Did you mean 'Europe/Zurich'?"),
    ("2026-12-01T18:00+02:00", "Mars/Olympus", "is not a time zone"),
    ("2026-12-01T18:00+02:00", "right/Europe/Zurich", "is not a time zone"),
    ("2026-12-01T18:00+02:00", "localtime", "is not a time zone"),
]


@pytest.mark.parametrize(("until", "zone", "why"), WRONG)
def test_every_way_in_refuses_it(tmp_path: Path, until: str, zone: str, why: str) -> None:
    rule = {"rule": "silence", "until": until, "zone": zone}
    path = tmp_path / "rule.json"
    path.write_text(json.dumps({"rule": rule, "eligible": ["a"], "at": "2027-01-01T00:00Z"}), encoding="utf-8")
    assert why in bad("decide", "explain", path)
    with pytest.raises(ScenarioError, match=re.escape(why)):
        parse_command("PutQuestion", {"rule": json.dumps(rule), "eligible": "a", "version": "v1"})
    with pytest.raises(ScenarioError, match=re.escape(why)):
        given_twice = {"rule": '{"rule": "unanimity"}', "eligible": "a", "version": "v1"}
        parse_command("PutQuestion", given_twice | {"closes_at": until, "zone": zone})
    form = composed("PutQuestion", {"rule.kind": ["silence"], "closes_at": [until], "zone": [zone]})
    with pytest.raises(ScenarioError, match=re.escape(why)):
        parse_command("PutQuestion", {"eligible": "a", "version": "v1"} | dict(form))


@pytest.mark.parametrize(("instant", "zone", "why"), [one for one in WRONG if "+" in one[0]])
def test_a_talks_file_refuses_it_at_its_place(tmp_path: Path, instant: str, zone: str, why: str) -> None:
    (tmp_path / "talks.yaml").write_text(
        "actors:\n  north: {kind: party, names: {en: North}}\n"
        "ceasefire:\n  copy:\n    title: Copy\n    in_force:\n"
        f"      - {{instant: '{instant}', zone: {zone}}}\n",
        encoding="utf-8",
    )
    report = str(check(tmp_path))
    assert "talks.yaml:7:" in report
    assert (why if "that day" in why else "unknown time zone") in report


def test_the_zone_of_the_talks_exists(tmp_path: Path) -> None:
    (tmp_path / "talks.yaml").write_text(
        "talks: {zone: Europe/Zurch}\nactors:\n  north: {kind: party, names: {en: North}}\n", encoding="utf-8"
    )
    assert "Did you mean 'Europe/Zurich'?" in str(check(tmp_path))


def test_an_objection_half_an_hour_before_the_end_is_in_time_wherever_it_was_sent_from(tmp_path: Path) -> None:
    path = tmp_path / "rule.yaml"
    path.write_text(
        "rule: {rule: silence, until: 2026-12-01T18:00+01:00, zone: Europe/Zurich}\neligible: [a, b]\n"
        "objects: {a: 2026-12-01T22:30+06:00}\nat: 2026-12-02T00:00Z\n",
        encoding="utf-8",
    )
    assert "It fails." in good("decide", "explain", path)
    assert check_zone("Europe/Zurich") == "Europe/Zurich"

"""A talks file made of a view reads back to the same view: of bundled talks, of changed ones, of runs at the desk."""

from __future__ import annotations

import copy
import re
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings, strategies as st

from goodoffices.formats.talks_file.reader import read_reported, read_talks, scenario_names
from goodoffices.formats.talks_file.schema import TalksFileModel
from goodoffices.formats.talks_writer import facts
from goodoffices.formats.talks_writer.consistency import consistent
from goodoffices.formats.talks_writer.writer import as_yaml, plain_file, talks_file_text
from goodoffices.reports.talks_file import talks_file_of_view
from goodoffices.talks.base.enums import Kind
from goodoffices.talks.core import view_after, view_for
from goodoffices.talks.initial_acts import opening
from goodoffices.talks.model.talks_file import TalksFile
from goodoffices.talks.state.view import View
from properties.worlds.cast import SEATS
from properties.worlds.runs import Run, runs

FOUND = settings(
    max_examples=20,
    suppress_health_check=[HealthCheck.too_slow],
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)
"""A run at the desk is large and shrinks for minutes; the first that fails is good enough."""
AT = datetime(2026, 12, 1, tzinfo=UTC)
NAMES = scenario_names()
_BODY = re.compile(r"Body\(id='[0-9.]+'")


def known(view: View) -> str:
    """What a seat knows, without the inner ids of texts, which no view shows."""
    return _BODY.sub("Body(id=''", repr(view.known))


def seen(talks: TalksFile, seat: str) -> View:
    return view_after(opening(talks, kind=Kind.EXERCISE, at=AT), seat)


@cache
def bundled(name: str) -> TalksFile:
    return read_talks(name)


@pytest.mark.parametrize("name", NAMES)
def test_bundled_talks_are_written_and_read_back(name: str, tmp_path: Path) -> None:
    (tmp_path / "talks.yaml").write_text(talks_file_text(bundled(name)), encoding="utf-8")
    assert read_talks(tmp_path / "talks.yaml") == bundled(name)


@pytest.mark.parametrize(("name", "seat"), [(name, seat.slug) for name in NAMES for seat in bundled(name).seats])
def test_every_seat_of_the_bundled_talks_gets_a_file_that_reads_back_to_its_view(name: str, seat: str) -> None:
    view = seen(bundled(name), seat)
    made = talks_file_of_view(view)
    assert made.left_out == ()
    assert known(seen(made.talks, seat)) == known(view)


TEXTS = st.sampled_from(
    ["no", "null", "~", "010", "2017-01-23", "12:30", "a: b", "'", '"', "&", "<", " x ", "الشمال", "Север", "🕊", "#x",
     "{a}", "!t", "- x", "\u200fx", "a\u0301", "%", "@", "`", "a\nb\n", "\tx", "x \n", "\u2028", "\x85", "null", "Yes"]
)  # fmt: skip


def _leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the way to every entry of a file as mappings and lists."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield (*path, key)
        yield from _leaves(inner, (*path, key))


_WORDS = ("words", "what", "title", "en", "ar", "note", "speaker", "publisher", "subject", "basket", "why")


@st.composite
def talks_plain(draw: st.DrawFn) -> dict[str, Any]:
    """Bundled talks with some entries taken out and some people's words exchanged."""
    plain = copy.deepcopy(plain_file(bundled(draw(st.sampled_from(NAMES)))))
    ways = list(_leaves(plain))
    for _ in range(draw(st.integers(0, 6))):
        *way, last = ways[draw(st.integers(0, len(ways) - 1))]
        held: Any = plain
        try:
            for step in way:
                held = held[step]
            if last in _WORDS and isinstance(held[last], str):
                held[last] = draw(TEXTS)
            elif way and way[0] not in ("talks", "languages"):
                del held[last]
        except (KeyError, IndexError, TypeError):
            continue
    return plain


@FOUND
@given(talks_plain(), st.data())
def test_changed_talks_read_back_to_the_same_view(plain: dict[str, Any], data: st.DataObject) -> None:
    if not plain.get("actors") or not plain.get("seats"):
        return
    talks, text, _ = consistent(plain)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "talks.yaml"
        path.write_text(text, encoding="utf-8")
        assert read_reported(path).talks == talks
    if talks.seats:
        seat = data.draw(st.sampled_from([seat.slug for seat in talks.seats]))
        view = seen(talks, seat)
        made = talks_file_of_view(view)
        assert known(seen(made.talks, seat)) == known(view) or made.left_out


@FOUND
@given(runs, st.sampled_from(SEATS))
def test_a_record_in_use_gives_a_file_that_gives_itself(run: Run, seat: str) -> None:
    made = talks_file_of_view(view_for(run.talks, seat))
    again = talks_file_of_view(seen(made.talks, seat))
    # Opening talks does not keep by when an invitation was to be answered: that time is over.
    offers = tuple(replace(one, reply_by=None) for one in made.talks.invitations)
    assert again.talks == replace(made.talks, invitations=offers)
    assert again.left_out == ()


@FOUND
@given(runs, st.sampled_from(SEATS))
def test_a_file_holds_nothing_that_its_seat_was_not_told(run: Run, seat: str) -> None:
    text = talks_file_of_view(view_for(run.talks, seat)).text
    own = [act for act in run.acts() if seat in dict(act.audience)]
    assert talks_file_of_view(view_after(own, seat)).text == text


def test_every_key_of_a_talks_file_is_written() -> None:
    defined = TalksFileModel.model_json_schema()
    # A rule is written as plain values of its own class, so its keys are not named one by one.
    rules = {"RuleModel", "ThresholdModel", "QuorumModel", "RangeModel"}
    shapes = [defined, *(shape for name, shape in defined["$defs"].items() if name not in rules)]
    shapes += [part for shape in shapes for part in shape.get("anyOf", ()) if isinstance(part, dict)]
    keys = {key for shape in shapes for key in shape.get("properties", {})}
    folder = Path(facts.__file__).parent
    written = " ".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py"))
    # Further files and tables are written into the file itself; worth is a mapping or a list.
    elsewhere = {"include", "days_from", "by_option", "ranking"}
    assert {key for key in keys - elsewhere if not re.search(rf"\b{key}\b", written)} == set()


def test_what_points_nowhere_is_taken_out_and_named() -> None:
    plain = {
        "actors": {"north": {"kind": "state", "names": {"en": "North"}}},
        "roles": [{"actor": "north", "role": "host", "claim": "gone"}, {"actor": "nobody", "role": "host"}],
    }
    talks, text, left_out = consistent(plain)
    assert [role.actor for role in talks.roles] == ["north"]
    assert talks.roles[0].claim is None
    assert len(left_out) >= 2
    assert "gone" in left_out[0]
    assert "gone" not in text
    assert as_yaml({"actors": {}}).startswith("#")

"""How pages show times and names: by the clock that is named, and with a capital at the beginning of a sentence."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from goodoffices.formats.talks_file.reader import read_talks
from goodoffices.reports.messages.catalogues import catalogue_for
from goodoffices.talks.base.enums import Kind
from goodoffices.talks.core import replay, view_for
from goodoffices.talks.initial_acts import opening
from goodoffices.web.render.localize import Localizer

OPENING = datetime(2017, 1, 23, 7, tzinfo=UTC)


@pytest.fixture(scope="module")
def t() -> Localizer:
    talks = replay(opening(read_talks("astana-2017"), kind=Kind.EXERCISE, at=datetime(2026, 6, 1, tzinfo=UTC)))
    return Localizer(catalogue_for("en"), view_for(talks, "un-envoy"))


def test_a_time_is_by_the_clock_of_the_talks_and_names_it(t: Localizer) -> None:
    made = t.when(OPENING)
    assert "Mon 23 Jan 2017, 13:00" in made.striptags()
    assert "(UTC+6)" in made
    assert 'title="Asia/Almaty"' in made


def test_a_time_by_another_clock_has_the_figures_of_that_clock(t: Localizer) -> None:
    made = t.when(datetime(2016, 12, 29, 22, tzinfo=UTC), zone="Asia/Damascus")
    assert "Fri 30 Dec 2016, 00:00" in made.striptags()
    assert "(UTC+2)" in made
    assert 'title="Asia/Damascus"' in made


def test_a_name_has_a_capital_at_the_beginning_of_a_sentence_and_a_handle_has_none(t: Localizer) -> None:
    delegation = t.actor("opposition-delegation")
    assert t("{actors}: no stance is known.", actors=delegation).striptags().startswith("Delegation of the armed")
    assert t("Told to {actors}.", actors=delegation).striptags().startswith("Told to delegation of")
    assert t("{item} ended on its date.", item=t.handle("m1")).striptags().startswith("m1 ended")
    assert t.title("former-nusra-front").striptags() == "Former Nusra Front"


def test_a_name_that_is_not_latin_is_left_as_it_is() -> None:
    talks = replay(opening(read_talks("astana-2017"), kind=Kind.EXERCISE, at=datetime(2026, 6, 1, tzinfo=UTC)))
    arabic = Localizer(catalogue_for("ar"), view_for(talks, "un-envoy"))
    assert arabic.title("russia").striptags() == arabic.actor("russia").striptags()

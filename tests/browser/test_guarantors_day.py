"""A guarantor's day at the desk: what it is asked, an answer that disputes with evidence, a time that was missed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from browser.conftest import Venue, connected, draw, fits, go
from browser.test_monitors_day import DESK, PHONE, TALKS, done
from goodoffices.formats.talks_file.reader import read_talks
from goodoffices.reports.ceasefire.bulletin_checks import checked_figures
from goodoffices.service.data_folder import FILE, make_folder
from goodoffices.service.open_record import create_record
from goodoffices.talks.base.acts import Words
from goodoffices.talks.base.enums import Kind
from goodoffices.talks.ceasefire.answers import NotifyParty
from goodoffices.talks.ceasefire.bulletins import ClearBulletin, PrepareBulletin
from goodoffices.talks.ceasefire.commands import FileAllegation, OpenLedger
from serving import served

pytestmark = [pytest.mark.slow, pytest.mark.nightly]

REPORTER, POINT, PLACE, SECRET = (
    "Amal of the mill",
    "35.1318,36.7578",
    "the mill behind the old bridge",
    "crater at the mill",
)
EVIDENCE = "Our unit left on the 3rd: see the order of that day, page 2."


def asked_yesterday(folder: Path) -> None:
    """Keep a record of yesterday: a closed ledger, one asked for by tomorrow, one whose time is over, a bulletin."""
    path, talks = make_folder(make_folder(folder / "data") / "watch") / FILE, folder / "talks.yaml"
    talks.write_text(TALKS, encoding="utf-8")
    at = datetime.now(UTC).replace(microsecond=0) - timedelta(days=1)
    room = create_record(path, read_talks(talks), kind=Kind.EXERCISE, at=at)
    room.figures = checked_figures
    done(room, "watchers", OpenLedger(slug="inner", title="Inner ledger", seen_by=("watchers", "office")), at)
    [inner] = [h for h, one in room.view("watchers").known.ledgers.items() if one.ledger.slug == "inner"]
    said = {"kind": "shelling", "area": "hama", "alleged_violator": "north", "killed": "1-1-2"}
    closely = {"point": POINT, "place": Words(text=PLACE, lang="en"), "words": Words(text=SECRET, lang="en")}
    for ledger, more in ((inner, closely), (inner, closely), ("j1", {})):
        filed = FileAllegation(
            ledger=ledger, occurred_from=at - timedelta(days=3), reporter=Words(text=REPORTER, lang="en"),
            mask_place="governorate", **said, **more,  # type: ignore[arg-type]
        )  # fmt: skip
        done(room, "watchers", filed, at)
    for allegation, to, hours in (("a1", "guarantor", 72), ("a2", "south", 2)):
        asked = NotifyParty(
            allegation=allegation, to=to, answer_by=at + timedelta(hours=hours), shown="what-and-where"
        )  # fmt: skip
        done(room, "watchers", asked, at)
    first, last = (at - timedelta(days=12)).date(), (at - timedelta(days=1)).date()
    done(room, "office", PrepareBulletin(day_from=first, day_to=last, ledgers=("j1",)), at)
    done(room, "office", ClearBulletin(bulletin="bu1"), at)
    room.close()


def nothing_protected(page: Page) -> None:
    """Look that nobody else reads who reported, a place finer than the mask, or what the ledger says in words."""
    for protected in (REPORTER, POINT, *POINT.split(","), PLACE, SECRET):
        assert protected not in page.content(), (page.url, protected)


def test_a_guarantor_answers_and_a_time_is_missed(chromium: Browser, tmp_path: Path) -> None:
    asked_yesterday(tmp_path)
    with served(tmp_path / "data", talks="watch") as desk:
        venue = Venue(chromium, desk)
        guarantor = venue.seat("guarantor")
        guarantor.set_viewport_size(DESK)
        connected(guarantor)
        draw(guarantor, "guarantor-home-en-1280")
        guarantor.locator("main a[href*='/ceasefire/a']").first.click()
        expect(guarantor.locator("main")).to_contain_text("asked to answer by")
        nothing_protected(guarantor)
        draw(guarantor, "guarantor-asked-en-1280")
        guarantor.check("input[name=says][value=disputes]")
        guarantor.select_option("select[name=on_behalf_of]", "north")
        guarantor.fill("form[action$='/do/AnswerAllegation'] textarea[name=words]", EVIDENCE)
        guarantor.click("form[action$='/do/AnswerAllegation'] button.button")
        expect(guarantor.locator("main")).to_contain_text("All who know this allegation will read")
        draw(guarantor, "guarantor-second-look-en-1280")
        guarantor.locator("main form button.button").first.click()

        keeper = venue.seat("watchers")
        keeper.set_viewport_size(DESK)
        go(keeper, "ceasefire/a1")
        expect(keeper.locator("main")).to_contain_text("disputes", timeout=20_000)
        for said in (EVIDENCE, "The north", REPORTER):
            expect(keeper.locator("main")).to_contain_text(said)
        draw(keeper, "guarantor-answer-at-the-keeper-en-1280")
        go(keeper, "ceasefire/a2")
        expect(keeper.locator("main")).to_contain_text("no answer by")
        expect(keeper.locator("main")).to_contain_text("That admits nothing.")

        for seat in ("south", "north", "guarantor", "envoy"):
            for language in ("en", "ar"):
                page = venue.seat(seat, language=language)
                page.set_viewport_size(PHONE if language == "ar" else DESK)
                for path in ("", "ceasefire", "bulletins", "bulletins/bu1"):
                    go(page, path)
                    assert fits(page)
                    nothing_protected(page)
                    if path == "bulletins/bu1":
                        hidden = "Small numbers are hidden." if language == "en" else "الأعداد الصغيرة محجوبة"
                        expect(page.locator("main")).to_contain_text(hidden)
                draw(page, f"guarantor-{seat}-bulletin-{language}")
                page.close()
        venue.close()

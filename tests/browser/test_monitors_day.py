"""A monitor's and a guarantor's day at the desk: forty allegations from a phone, a file, and what becomes of them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from browser.conftest import Venue, connected, draw, fits, go
from goodoffices.formats.talks_file.reader import read_talks
from goodoffices.reports.ceasefire.bulletin_checks import checked_figures
from goodoffices.service.data_folder import FILE, make_folder
from goodoffices.service.open_record import OpenRecord, create_record
from goodoffices.talks.base.acts import Words
from goodoffices.talks.base.enums import Kind
from goodoffices.talks.base.refusals import Refusal
from goodoffices.talks.ceasefire.answers import AnswerAllegation, NotifyParty
from goodoffices.talks.ceasefire.bulletins import ClearBulletin, PrepareBulletin
from goodoffices.talks.ceasefire.commands import FileAllegation
from goodoffices.talks.ceasefire.findings import AdoptFinding, RecordVerification, ScreenAllegation
from goodoffices.talks.ceasefire.incidents import OpenIncident
from goodoffices.talks.state.command_context import Command, CommandRequest
from serving import served
from spreadsheet_files import xlsx

pytestmark = [pytest.mark.slow, pytest.mark.nightly]

ZONE = ZoneInfo("Asia/Damascus")
PHONE: ViewportSize = {"width": 360, "height": 740}
DESK: ViewportSize = {"width": 1280, "height": 800}
TALKS = """
version: 1
talks: {slug: watch, title: A watch over a cease-fire, zone: Asia/Damascus, undo_seconds: 5}
actors:
  watchers: {kind: organisation, names: {en: The watchers, ar: المراقبون}}
  guarantor: {kind: state, names: {en: The guarantor, ar: الضامن}}
  north: {kind: party, names: {en: The north, ar: الشمال}}
  south: {kind: party, names: {en: The south, ar: الجنوب}}
  envoy: {kind: body, names: {en: The envoy, ar: المبعوث}}
  office: {kind: body, names: {en: The office, ar: المكتب}}
seats:
  watchers: {actor: watchers, roles: [monitor]}
  guarantor: {actor: guarantor, roles: [guarantor]}
  north: {actor: north, roles: [party]}
  south: {actor: south, roles: [party]}
  envoy: {actor: envoy, roles: [mediator]}
  office: {actor: office, roles: [secretariat]}
guarantees: [{guarantor: guarantor, beneficiary: north, subject: conduct}]
areas:
  hama: {names: {en: Hama, ar: حماة}, code: SY-HM}
  idlib: {names: {en: Idlib, ar: إدلب}, code: SY-ID}
  homs: {names: {en: Homs, ar: حمص}, code: SY-HI}
ceasefire:
  terms:
    title: Cessation of hostilities
    covered: [north, south]
    in_force: [{instant: "2016-12-30T00:00", zone: Asia/Damascus}]
    rules: [{clause: "1", kinds: [shelling, air-strike]}]
ledgers:
  field: {keeper: watchers, title: Field ledger, reports: every-day}
"""
SAID = ("قصف قرب الجسر القديم", "Shelling near the old bridge", "إطلاق نار على القرية", "Shots at the village")
N_FILED = 40


@pytest.fixture
def venue(chromium: Browser, tmp_path: Path) -> Iterator[Venue]:
    talks = tmp_path / "talks.yaml"
    talks.write_text(TALKS, encoding="utf-8")
    with served(tmp_path / "data", talks=str(talks)) as desk:
        made = Venue(chromium, desk)
        yield made
        # A browser tells of each request that a cut line kept from the desk, and of the file that had nothing new.
        known = ("ERR_INTERNET_DISCONNECTED", "status of 422")
        made.wrong = [told for told in made.wrong if not any(one in told for one in known)]
        made.close()


def hours_ago(n: int) -> str:
    return (datetime.now(ZONE) - timedelta(hours=n)).strftime("%Y-%m-%dT%H:%M")


def fill(page: Page, n: int) -> None:
    """Fill the form of one allegation; every second one is in Arabic."""
    form = "#f-in-j1-"
    page.select_option(f"{form}kind", "shelling" if n % 4 < 2 else "small-arms")
    page.fill(f"{form}occurred_from", hours_ago(30 + n))
    page.select_option(f"{form}area", ("hama", "idlib", "homs")[n % 3])
    page.select_option(f"{form}alleged_violator", ("north", "south", "not-said")[n % 3])
    page.fill("form[action$='/do/FileAllegation'] textarea[name=words]", f"{SAID[n % 4]} {n}")


def send(page: Page) -> None:
    page.click("form[action$='/do/FileAllegation'] button.button >> nth=-1")


def kept_offline(page: Page, numbers: tuple[int, ...]) -> None:
    """File some while the line is down: they are kept here, and go by themselves when it is back."""
    page.context.set_offline(True)
    for at, n in enumerate(numbers):
        fill(page, n)
        send(page)
        expect(page.locator("#outbox li")).to_have_count(at + 1)
    draw(page, "day-offline-ar-360")
    page.context.set_offline(False)
    expect(page.locator("#outbox li button:visible")).to_have_count(0)


def test_forty_allegations_a_file_and_what_becomes_of_them(venue: Venue, tmp_path: Path) -> None:
    monitor = venue.seat("watchers", language="ar")
    monitor.set_viewport_size(PHONE)
    go(monitor, "intake")
    connected(monitor)
    draw(monitor, "day-intake-ar-360")
    for n in range(N_FILED - 3):
        fill(monitor, n)
        if n == 5:  # the finger comes down twice
            monitor.locator("form[action$='/do/FileAllegation'] button.button").last.dblclick()
        else:
            send(monitor)
        monitor.wait_for_load_state()
        expect(monitor.locator("#outbox li button:visible")).to_have_count(0)
        go(monitor, "intake")
    connected(monitor)
    kept_offline(monitor, (37, 38, 39))
    page = venue.seat("office")
    page.set_viewport_size(DESK)
    go(page, "screening")
    draw(page, "day-screening-en-1280")
    begun = time.monotonic()
    for left in range(N_FILED, 0, -1):
        expect(page.locator("main p.quiet").first).to_contain_text(f"{left} allegation")
        page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("Nothing waits for a first look.")
    assert time.monotonic() - begun < 40 * 36, "100 an hour"

    # A field office sends a spreadsheet; the same again files nothing.
    day = (datetime.now(ZONE) - timedelta(days=2)).strftime("%Y-%m-%d")
    rows = [["id", "date", "area", "kind", "killed", "words"]]
    rows += [[f"{n}", day, "Hama", "shelling", "at least 2", "قصف"] for n in range(5)]
    table = tmp_path / "office.xlsx"
    table.write_bytes(xlsx({"rows": rows}))
    for said in ("a45", "لا جديد في هذا الملف"):
        go(monitor, "intake")
        monitor.set_input_files("input[name=file]", table)
        monitor.click("form[action$='/bring'] button.button")
        if said == "a45":
            draw(monitor, "day-file-shown-ar-360")
            fits(monitor)
            monitor.click("form[action$='/take'] button.button")
        expect(monitor.locator("main")).to_contain_text(said)
    draw(monitor, "day-file-again-ar-360")
    fits(monitor)


def done(room: OpenRecord, seat: str, command: Command, at: datetime) -> None:
    asked = CommandRequest(seat=seat, command=command, person="Amal", second="Boris")
    answer = room.submit(asked, at=at)
    assert not isinstance(answer, Refusal), answer


def after_two_weeks(folder: Path) -> None:
    """Keep a record in which some were verified late, found, answered, disputed and not answered; one bulletin."""
    path, talks = make_folder(make_folder(folder / "data") / "watch") / FILE, folder / "talks.yaml"
    talks.write_text(TALKS, encoding="utf-8")
    at = datetime.now(UTC).replace(microsecond=0) - timedelta(days=1)
    room = create_record(path, read_talks(talks), kind=Kind.EXERCISE, at=at)
    for n in range(8):
        filed = FileAllegation(
            ledger="j1", kind="shelling", occurred_from=at - timedelta(days=12 - n), area="hama" if n < 5 else "homs",
            alleged_violator="south" if n % 2 else "north", words=Words(text=f"{SAID[n % 4]} {n}", lang="ar"),
            reporter=Words(text="Amal of the mill", lang="en"),
        )  # fmt: skip
        done(room, "watchers", filed, at)
        done(room, "office", ScreenAllegation(allegation=f"a{n + 1}", result="in"), at)
    done(room, "office", OpenIncident(allegations=("a1", "a2")), at)
    seen = RecordVerification(allegation="a1", result="verified", method="a visit", day=at.date())
    done(room, "watchers", seen, at)
    none = AdoptFinding(
        allegation="a2", result="violation", terms="n1", clause="1", grounds=Words(text="The crater.", lang="en"),
        no_attribution="nobody saw who fired",
    )  # fmt: skip
    done(room, "envoy", none, at)
    for allegation, seat in (("a3", "north"), ("a4", "south")):
        asked = NotifyParty(allegation=allegation, to=seat, answer_by=at + timedelta(hours=2), shown="what-and-where")
        done(room, "watchers", asked, at)
    disputed = AnswerAllegation(
        allegation="a3", says="disputes", words=Words(text="No gun of ours was there.", lang="en")
    )
    done(room, "north", disputed, at + timedelta(hours=1))
    first, last = (at - timedelta(days=12)).date(), (at - timedelta(days=1)).date()
    ledger = next(iter(room.view("office").known.ledgers))
    room.figures = checked_figures
    frozen = PrepareBulletin(day_from=first, day_to=last, ledgers=(ledger,))
    done(room, "office", frozen, at + timedelta(hours=3))
    done(room, "office", ClearBulletin(bulletin="bu1"), at + timedelta(hours=4))
    room.close()


def test_each_side_reads_what_became_of_them(chromium: Browser, tmp_path: Path) -> None:
    after_two_weeks(tmp_path)
    with served(tmp_path / "data", talks="watch") as desk:
        venue = Venue(chromium, desk)
        said = {}
        for seat, path, name in (
            ("envoy", "ceasefire", "ceasefire"),
            ("envoy", "ceasefire/a2", "finding"),
            ("north", "ceasefire/a3", "asked"),
            ("south", "bulletins/bu1", "bulletin"),
            ("guarantor", "", "home"),
        ):
            for language in ("en", "ar"):
                page = venue.seat(seat, language=language)
                for width in (DESK, PHONE) if language == "ar" else (DESK,):
                    page.set_viewport_size(width)
                    go(page, path)
                    connected(page)
                    fits(page)
                    draw(page, f"day-{name}-{language}-{width['width']}")
                said[name, language] = page.locator("main").inner_text()
                assert "Amal of the mill" not in page.content(), "who reported stays with the keeper"
                page.close()
        venue.close()
    for name, english, arabic in (
        ("ceasefire", "The south: no answer by", "لا رد حتى"),
        ("ceasefire", "of these, verified later than the week of the event", "منها ما تُحقّق منه بعد أسبوع الحدث"),
        ("finding", "Attribution: none (nobody saw who fired)", "انتهاك"),
        ("asked", "No gun of ours was there.", "ينازع فيه"),
        ("bulletin", "Small numbers are hidden.", "الأعداد الصغيرة محجوبة"),
    ):
        assert english in said[name, "en"], name
        assert arabic in said[name, "ar"], name
        assert "violation" not in said[name, "ar"], name

"""The page of the cease-fire: the answer first, by each ledger, with the numbers of the table."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta

import httpx
import pytest

from exercise_desk import words_of
from goodoffices.service.open_record import OpenRecord, create_record
from goodoffices.talks.base.acts import Words
from goodoffices.talks.base.enums import Kind
from goodoffices.talks.base.refusals import Refusal
from goodoffices.talks.ceasefire.bulletins import PrepareBulletin
from goodoffices.talks.ceasefire.commands import FileAllegation, OpenLedger, ReportDay
from goodoffices.talks.ceasefire.incidents import OpenIncident
from goodoffices.talks.model.ceasefire import CeasefireTerms, DayReport, InForce
from goodoffices.talks.registry import COMMANDS
from goodoffices.talks.state.command_context import Command, CommandRequest
from goodoffices.web.app import create_app
from goodoffices.web.live.settings import Settings
from goodoffices.web.routes.context import ServerContext
from properties.worlds.cast import START, the_talks
from properties.worlds.randomness import entropy
from stories import words

ORIGIN = "http://desk.test"
FORCE = START - timedelta(days=40)


@dataclass
class Desk:
    room: OpenRecord
    server: ServerContext
    now: list[datetime]

    def do(self, seat: str, command: Command) -> None:
        self.now[0] += timedelta(minutes=1)
        done = self.room.submit(CommandRequest(seat=seat, command=command, person="A", second="B"), at=self.now[0])
        assert not isinstance(done, Refusal), done

    def get(self, seat: str, path: str, language: str = "en") -> httpx.Response:
        signed_in = self.server.open_seat(seat, language)

        async def go() -> httpx.Response:
            transport = httpx.ASGITransport(app=create_app(self.server))
            cookies = {f"go-{signed_in.path_id}": signed_in.session.secret}
            async with httpx.AsyncClient(transport=transport, base_url=ORIGIN, cookies=cookies) as client:
                return await client.get(f"{signed_in.base}/{path}")

        return asyncio.run(go())


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A data set with five reports a day before and two after, and the bulletins of two guarantors on three days."""
    now = [START]
    room = create_record(tmp_path_factory.mktemp("page") / "r", the_talks(), kind=Kind.EXERCISE, at=START)
    settings = Settings(origins=(ORIGIN,), now=lambda: now[0], entropy=entropy(), tick_seconds=0.0, undo_seconds=0)
    made = Desk(room=room, server=ServerContext(room, settings), now=now)
    terms = CeasefireTerms(slug="t", title="Terms", in_force=(InForce(instant=FORCE, zone="UTC"),))
    room.submit(CommandRequest(seat="un", command=_read(terms)), at=now[0])
    made.do("sec", OpenLedger(slug="data", title="A data set", reports="every day", seen_by=("un", "sec", "gov")))
    [data] = [h for h, held in room.view("sec").known.ledgers.items() if held.ledger.slug == "data"]
    for n in range(-60, 40):
        day = (FORCE + timedelta(days=n)).date()
        count = 2 if n >= 0 else 5
        made.do("sec", ReportDay(ledger=data, report=DayReport(day=day, counts=(("hama", count),), total=count)))
    for seat, ledger, count in (("rus", "j1", 3), ("tur", "j2", 4)):
        report = DayReport(day=date(2017, 1, 20), counts=(("hama", count),), total=count)
        made.do(seat, ReportDay(ledger=ledger, report=report))
        filed = FileAllegation(ledger=ledger, kind="shelling", occurred_from=START, area="hama", words=words("secret"))
        made.do(seat, filed)
    made.do("sec", OpenIncident(allegations=("a1", "a2")))
    yield made
    room.close()


def _read(terms: CeasefireTerms) -> Command:
    from goodoffices.talks.ceasefire.commands import ReadTerms

    return ReadTerms(terms=terms)


def test_the_answer_comes_first_by_each_ledger_with_its_rule(desk: Desk) -> None:
    said = words_of(desk.get("un", "ceasefire").text)
    assert "A data set , in the week to" in said
    assert "holding Hama" in said
    assert "cannot be told from this: Ledger of The rus . It has reports for 1 of" in said
    assert said.index("in the week to") < said.index("Week by week") < said.index("Day by day")
    assert "below half the level before" in said


def test_c3_the_word_violation_is_not_said_where_nothing_was_found(desk: Desk) -> None:
    for seat, path in (("un", "ceasefire"), ("gov", "ceasefire/a1"), ("sec", "screening")):
        assert "violation" not in words_of(desk.get(seat, path).text).lower(), path


def test_c7_a_keeper_is_never_said_to_have_done_what_its_ledger_reports(desk: Desk) -> None:
    said = words_of(desk.get("un", "ceasefire").text)
    for verb in ("committed", "violated", "broke ", "fired"):
        assert verb not in said


def test_c1_no_figure_of_the_page_is_the_sum_of_two_ledgers(desk: Desk) -> None:
    said = words_of(desk.get("un", "ceasefire").text)
    assert "Ledger of The rus" in said
    assert " 7 " not in said.split("side by side")[1].split("bulletins")[0]


def test_the_table_for_programs_has_the_same_verdicts(desk: Desk) -> None:
    answer = desk.get("un", "ceasefire.csv")
    assert answer.status_code == 200
    rows = [line.split(",") for line in answer.text.splitlines()]
    assert rows[0][:5] == ["ledger", "area", "week", "week_ends", "verdict"]
    assert {row[4] for row in rows[1:] if row[0].startswith("data")} <= {"holding", "strained", "broken", "cannot tell"}
    assert desk.get("un", "ceasefire.csv?until=not-a-day").status_code == 404


def test_a_seat_that_does_not_read_a_ledger_sees_nothing_of_it(desk: Desk) -> None:
    for path in ("ceasefire", "ceasefire.csv"):
        assert "data set" not in desk.get("opp", path).text.lower()
        assert "data (" not in desk.get("opp", path).text


def test_an_allegation_shows_its_incident_and_its_status_under_each_copy(desk: Desk) -> None:
    said = words_of(desk.get("gov", "ceasefire/a1").text)
    assert "Incident x1" in said
    assert "Is it prohibited?" in said
    assert "unclear" in said
    arabic = words_of(desk.get("gov", "ceasefire/a1", "ar").text)
    assert "هل هو محظور؟" in arabic


def test_an_earlier_day_can_be_asked_for(desk: Desk) -> None:
    until = (FORCE + timedelta(days=20)).date()
    said = words_of(desk.get("un", f"ceasefire?until={until}").text)
    assert f"You look at {until.day} {until:%B} {until.year}" in said
    assert "A week later" in said


def post(
    desk: Desk,
    seat: str,
    path: str,
    data: Mapping[str, str | list[str]] | None = None,
    file: tuple[str, bytes] | None = None,
) -> httpx.Response:
    signed_in = desk.server.open_seat(seat, "en")
    desk.now[0] += timedelta(minutes=1)
    fields = {
        "_csrf": signed_in.tokens.csrf,
        "_key": f"key-{len(desk.room.acts()):08}",
        "_back": "intake",
        "_form": "f",
        **(data or {}),
    }

    async def go() -> httpx.Response:
        transport = httpx.ASGITransport(app=create_app(desk.server))
        cookies = {f"go-{signed_in.path_id}": signed_in.session.secret}
        async with httpx.AsyncClient(transport=transport, base_url=ORIGIN, cookies=cookies) as client:
            files = None if file is None else {"file": file}
            return await client.post(f"{signed_in.base}/{path}", headers={"origin": ORIGIN}, data=fields, files=files)

    return asyncio.run(go())


def test_a_monitor_files_from_a_phone_without_script_in_a_small_page(desk: Desk) -> None:
    assert len(desk.get("rus", "intake").content) < 60_000
    n = len(desk.room.view("rus").known.allegations)
    typed = {"ledger": "j1", "kind": "drone", "occurred_from": "2017-01-21T10:00", "area": "hama", "killed": "1-2-4",
             "point": "35.1,36.7", "reporter": "Amal", "reporter.lang": "ar"}  # fmt: skip
    answer = post(desk, "rus", "do/FileAllegation", typed)
    assert answer.status_code == 303, words_of(answer.text)
    assert len(desk.room.view("rus").known.allegations) == n + 1
    held = list(desk.room.view("rus").known.allegations.values())[-1]
    assert (held.killed, held.point, held.area) == ("1-2-4", "35.1,36.7", "hama")
    assert "Amal" not in desk.get("gov", f"ceasefire/{list(desk.room.view('gov').known.allegations)[-1]}").text
    assert "Amal" in desk.get("rus", f"ceasefire/{held.handle}").text


def test_a_bulletin_is_prepared_on_the_page_and_read_by_nobody_else(desk: Desk) -> None:
    typed = {"day_from": "2017-01-15", "day_to": "2017-01-21", "ledgers": "j1"}
    assert post(desk, "sec", "bulletins", typed).status_code == 303
    handle = list(desk.room.view("sec").known.bulletins)[-1]
    said = words_of(desk.get("sec", f"bulletins/{handle}").text)
    assert "A draft: it is released to nobody yet." in said
    for ending in ("csv", "html", "docx", "pdf", "brief.pdf"):
        assert desk.get("sec", f"bulletins/{handle}/file/{ending}").status_code == 200
        assert desk.get("gov", f"bulletins/{handle}/file/{ending}").status_code == 404
    assert post(desk, "gov", "bulletins", typed).status_code == 404
    assert "no ledger is chosen" in words_of(post(desk, "sec", "bulletins", {**typed, "ledgers": ""}).text)


def test_figures_by_hand_are_refused_where_the_ledgers_give_others(desk: Desk) -> None:
    n = len(desk.room.view("sec").known.bulletins)
    asked = PrepareBulletin(
        day_from=date(2017, 1, 15), day_to=date(2017, 1, 21), ledgers=("j1",), figures=Words(text="{}", lang="zxx")
    )
    answer = desk.room.submit(CommandRequest(seat="sec", command=asked), at=desk.now[0])
    assert isinstance(answer, Refusal)
    assert "not the figures of a bulletin" in desk.room.view("sec").sentence(answer)
    assert len(desk.room.view("sec").known.bulletins) == n


def test_days_are_shared_on_the_page_and_each_reader_gets_its_face(desk: Desk) -> None:
    filed = {"ledger": "j1", "kind": "drone", "occurred_from": "2017-01-20T10:20", "place": "a canary farm",
             "reporter": "Abu Canary", "mask_place": "withheld", "mask_time": "week"}  # fmt: skip
    assert post(desk, "rus", "do/FileAllegation", filed).status_code == 303
    masked = list(desk.room.view("rus").known.allegations)[-1]
    assert "at most: no place, the week" in words_of(desk.get("rus", f"ceasefire/{masked}").text)
    shared = {"ledger": "j1", "day_from": "2017-01-15", "day_to": "2017-01-22", "to": "kaz", "_sure": "yes"}
    assert "is masked" in words_of(post(desk, "rus", "do/ShareLedger", {**shared, "face": "full"}).text)
    for face in ("masked", "figures"):
        assert post(desk, "rus", "do/ShareLedger", {**shared, "face": face}).status_code == 303
    assert "canary" not in desk.get("kaz", "shared").text.lower()
    for handle, said in (("ls1", "Coordinates"), ("ls2", "Week from")):
        answer = desk.get("kaz", f"shared/{handle}")
        assert answer.status_code == 200
        assert said in words_of(answer.text)
        assert "canary" not in answer.text.lower()
        assert desk.get("kaz", f"shared/{handle}", "ar").status_code == 200
    assert desk.get("opp", "shared/ls1").status_code == 404


def test_a_seat_is_asked_from_the_page_and_finds_it_with_its_deadline(desk: Desk) -> None:
    handle = next(iter(desk.room.view("rus").known.allegations))
    typed = {
        "allegation": handle,
        "to": "opp",
        "answer_by": "2017-01-30T12:00",
        "shown": "all",
        "_sure": "yes",
    }
    answer = post(desk, "rus", "do/NotifyParty", typed)
    assert answer.status_code == 303, words_of(answer.text)
    [asked] = [one for one in desk.room.view("opp").known.allegations.values() if one.asked]
    said = words_of(desk.get("opp", f"ceasefire/{asked.handle}").text)
    assert "Your answer" in said
    assert "30 Jan 2017" in said


FORM = re.compile(r'<form[^>]*action="[^"]*/do/(\w+)"[^>]*>(.*?)</form>', re.S)
HIDDEN = re.compile(r'<input type="hidden" name="([a-z][a-z_]*)"')


@pytest.mark.parametrize("seat", ["rus", "sec", "un"])
def test_every_form_sends_only_fields_that_its_command_has(desk: Desk, seat: str) -> None:
    pages = ["ceasefire", "ceasefire/a1", "ceasefire/a2", "screening", "intake", "bulletins", "bulletins/bu1", "shared"]
    answers = [desk.get(seat, path) for path in pages]
    for page, answer in zip(pages, answers, strict=True):
        ids = re.findall(r'\bid="(f-[^"]+)"', answer.text)
        assert [one for one in set(ids) if ids.count(one) > 1] == [], f"{page}: a label leads to the first of two"
    forms = [found for answer in answers if answer.status_code == 200 for found in FORM.findall(answer.text)]
    assert forms
    for command, inside in forms:
        known = {one.name for one in fields(COMMANDS[command])}  # type: ignore[arg-type]
        assert set(HIDDEN.findall(inside)) <= known, command


def test_zones_mechanisms_inquiries_and_measures_are_entered_on_the_pages(desk: Desk) -> None:
    zone: dict[str, str | list[str]] = {
        "slug": "north",
        "title": "A northern zone",
        "areas": "hama",
        "places": "Ain al-Fijah\nBasimah",
        "words": "north of the road",
        "parties": ["gov", "opp"],
        "to": "",
    }
    named: dict[str, str | list[str]] = {
        "slug": "joint",
        "title": "Joint watch",
        "first_look": "sec",
        "committee": ["un", "rus"],
        "rule": "majority",
    }
    given: Mapping[str, Mapping[str, str | list[str]]] = {"ProposeZone": zone, "NameMechanism": named}
    for command, fields_given in given.items():
        answer = post(desk, "un", f"do/{command}", fields_given)
        assert answer.status_code == 303, words_of(answer.text)
    said = words_of(desk.get("gov", "ceasefire").text)
    assert "approved by 0 of 2 parties" in said
    assert "Ain al-Fijah Basimah north of the road Named by places or words: it is on no map" in said
    assert "Joint watch" in said
    answer = post(desk, "gov", "do/ApproveZone", {"zone_version": "zo1"})
    assert answer.status_code == 303, words_of(answer.text)
    handle = next(iter(desk.room.view("un").known.allegations))
    deeds: tuple[tuple[str, str, dict[str, str | list[str]]], ...] = (
        ("un", "ProposeFinding", {"result": "unresolved", "grounds": "nobody was there"}),
        ("un", "AgreeToStep", {"what": "open-inquiry", "agrees": "yes"}),
        ("rus", "AgreeToStep", {"what": "open-inquiry", "agrees": "yes", "words": "gladly"}),
        ("un", "OpenInquiry", {"task": "who fired?", "members": ["un"], "until": "2027-01-30"}),
        ("rus", "TakeMeasure", {"what": "a warning", "against": "gov", "due": "2027-01-30", "to": ["un", "gov"]}),
    )
    for seat, command, typed in deeds:
        answer = post(desk, seat, f"do/{command}", {"allegation": handle, **typed})
        assert answer.status_code == 303, (command, words_of(answer.text))
    said = words_of(desk.get("un", f"ceasefire/{handle}").text)
    for told in ("under inquiry", "Nothing is found by it.", "gladly", "who fired?", "takes a measure against"):
        assert told in said, told
    for language in ("ar", "ru", "tr", "fa", "kk"):
        for path in ("ceasefire", f"ceasefire/{handle}", ""):
            assert desk.get("un", path, language).status_code == 200
        assert desk.get("rus", "shared", language).status_code == 200
    assert "a warning" not in desk.get("tur", f"ceasefire/{handle}").text

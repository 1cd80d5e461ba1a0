"""The desk over HTTP, in process: headers, one not-found page, forms, refusals, repeats, streams, languages."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from goodoffices.reports.messages.catalogues import catalogue_for
from goodoffices.talks.base.enums import Kind
from goodoffices.talks.core import Talks, replay, view_for
from goodoffices.talks.initial_acts import opening
from goodoffices.web.render.localize import Localizer
from goodoffices.web.routes.middleware import HEADERS
from properties.worlds.cast import START, the_talks
from properties.worlds.http import ORIGIN, Answer, Browser, Clock, HttpWorld, SlowLoop, http_world, settle

FORM = {"_back": "papers", "_form": "write", "_seen": "3"}


@pytest.fixture
def loop() -> Iterator[SlowLoop]:
    made = SlowLoop()
    yield made
    made.run_until_complete(settle())
    made.close()


@pytest.fixture
def world(tmp_path: Path) -> Iterator[HttpWorld]:
    acts = opening(the_talks(), kind=Kind.EXERCISE, at=START)
    made = http_world(tmp_path, Clock(), acts, replay(acts))
    yield made
    made.room.close()
    made.server.access.close()


@pytest.fixture
def opp(world: HttpWorld, loop: SlowLoop) -> Iterator[Browser]:
    made = Browser(world, world.server.open_seat("opp", "en"), loop)
    yield made
    made.close()


def header(answer: Answer, name: str) -> str:
    return dict(answer.headers).get(name.encode(), b"").decode()


def file(browser: Browser, words: str = "a corridor", key: str = "key-number-1", **more: str) -> Answer:
    return browser.post(
        f"{browser.base}/do/FileItem", {**FORM, "_key": key, "words": words, "words.lang": "en", **more}
    )


def test_every_answer_carries_the_same_protective_headers(opp: Browser) -> None:
    for path in (f"{opp.base}/", f"{opp.base}/none", "/", "/health", "/start", "/static/0/app.css"):
        given = opp.get(path).headers
        assert set(HEADERS) <= set(given), path
        names = {name for name, _ in given}
        assert not names & {b"etag", b"last-modified", b"server", b"set-cookie"}, path
        assert header(opp.get(path), "cache-control") == "no-store", path


def test_not_found_is_one_answer(opp: Browser, world: HttpWorld) -> None:
    other = world.server.seat_paths.path_id("gov")
    wrong = [
        opp.get(f"{opp.base}/papers/m1"),
        opp.get(f"{opp.base}/none/at/all"),
        opp.get(f"/d/{other}/"),
        opp.get("/d/aaaaaaaa/papers"),
        opp.get(f"{opp.base}/", method="DELETE"),
        opp.get(f"{opp.base}/do/FileItem"),
        opp.get(f"{opp.base}/relays"),
        opp.get("/nothing"),
    ]
    assert {answer.status for answer in wrong} == {404}
    assert len({(answer.headers, answer.chunks) for answer in wrong}) == 1


def test_a_form_becomes_an_act_and_leads_to_its_paper(opp: Browser) -> None:
    answer = file(opp)
    assert answer.status == 303
    where = header(answer, "location")
    assert where.startswith(f"{opp.base}/papers/m1?done=")
    assert "At that moment only you could see it." in opp.get(where).text


def test_the_same_form_twice_is_one_act_and_one_answer(opp: Browser, world: HttpWorld) -> None:
    first, n = file(opp), len(world.room.view("opp").notices)
    assert file(opp) == first
    assert len(world.room.view("opp").notices) == n


def test_a_request_key_with_other_words_is_a_conflict(opp: Browser) -> None:
    file(opp)
    answer = file(opp, "other words")
    assert answer.status == 409
    assert "sent before with other content" in answer.text


def test_a_refusal_keeps_what_was_typed_and_says_why(opp: Browser) -> None:
    answer = file(opp, "keep &amp; these < words", mode="non-paper")
    assert answer.status == 422
    assert "A non-paper ends at a date, and none is given. Say when it ends." in answer.text
    again = file(opp, "keep these words", key="key-number-2", mode="non-paper", _back="papers/new")
    assert ">\nkeep these words</textarea>" in again.text


def test_a_program_gets_json(opp: Browser) -> None:
    fields = {**FORM, "_key": "key-number-3", "words": "so"}
    asked = opp.post(f"{opp.base}/do/FileItem", fields, headers=[(b"accept", b"application/json")])
    said = json.loads(asked.text)
    assert set(said) == {"n", "head", "say", "go"}
    refused = opp.post(
        f"{opp.base}/do/HandItem",
        {**FORM, "_key": "key-number-4", "item": "m9", "to": "un"},
        headers=[(b"accept", b"application/json")],
    )
    assert (refused.status, json.loads(refused.text)["code"]) == (422, "unknown")


def test_what_was_not_sent_from_our_pages_is_not_taken(opp: Browser) -> None:
    assert file(opp, _csrf="wrong").status == 400
    assert file(opp, key="").status == 400
    plain = [(b"content-type", b"text/plain")]
    assert (
        opp._loop.run_until_complete(
            opp._call("POST", f"{opp.base}/do/FileItem", [(b"origin", ORIGIN.encode()), *plain], b"x")
        ).status
        == 415
    )
    for origin in (b"null", b"http://evil.test"):
        kind = (b"content-type", b"application/x-www-form-urlencoded")
        asked = opp._call("POST", f"{opp.base}/do/FileItem", [(b"origin", origin), kind], b"x=1")
        assert opp._loop.run_until_complete(asked).status == 400
    assert file(opp, "x" * (2**20 + 1), key="key-number-5").status == 413


def test_a_wrong_host_finds_nothing(opp: Browser, loop: SlowLoop) -> None:
    scope = opp._scope("GET", f"{opp.base}/", [])
    scope["headers"] = [(name, b"evil.test" if name == b"host" else value) for name, value in scope["headers"]]
    sent: list[object] = []

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: object) -> None:
        sent.append(message)

    loop.run_until_complete(opp.world.app(scope, receive, send))
    assert sent[0]["status"] == 404  # type: ignore[index]


def test_peoples_words_are_never_markup(opp: Browser) -> None:
    evil = '<script>alert(1)</script> "quoted" & more'
    where = header(file(opp, evil), "location")
    page = opp.get(where).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_the_language_is_the_persons_and_the_words_keep_their_own(opp: Browser) -> None:
    file(opp, "كلمات")
    opp.post(f"{opp.base}/me", {"language": "ar"})
    page = opp.get(f"{opp.base}/papers").text
    assert '<html lang="ar" dir="rtl"' in page
    assert "أوراقي" in page


def test_a_stream_gives_each_notice_once_and_resumes(opp: Browser, world: HttpWorld, loop: SlowLoop) -> None:
    n = len(world.room.view("opp").notices)
    chunks = opp.listen("papers", n)
    loop.run_until_complete(settle())
    file(opp)
    loop.run_until_complete(settle())
    frames = b"".join(chunks[1:]).decode()
    assert re.findall(r"^id: (\d+)$", frames, re.M) == [str(n + 1)]
    [data] = [json.loads(line[6:]) for line in frames.splitlines() if line.startswith("data: ") and '"notice"' in line]
    assert data["notice"] == json.loads(world.room.view("opp").notices[-1].bytes())
    assert "a corridor" in data["parts"]["own"]
    assert data["head"] == world.room.view("opp").head
    assert all(len(chunk) % 512 == 0 for chunk in chunks[1:] if chunk)
    again = b"".join(opp.once("papers", n)[1:]).decode()
    assert f"id: {n + 1}\n" in again
    assert "event: ready" in again
    assert "event: rewound" in b"".join(opp.once("papers", n + 9)[1:]).decode()


def test_a_part_sent_over_the_stream_holds_no_token(opp: Browser, world: HttpWorld) -> None:
    file(opp)
    chunks = b"".join(opp.once("papers/m1", 1)[1:]).decode()
    assert opp.signed_in is not None
    assert opp.signed_in.tokens.csrf not in chunks
    assert '_csrf\\" value=\\"\\"' in chunks


def test_signing_out_ends_the_streams(opp: Browser, world: HttpWorld, loop: SlowLoop) -> None:
    chunks = opp.listen("papers", len(world.room.view("opp").notices))
    loop.run_until_complete(settle())
    opp.post(f"{opp.base}/sign-out", {})
    loop.run_until_complete(settle())
    assert b"event: closed" in b"".join(chunks)
    assert opp.get(f"{opp.base}/").status == 404


def test_a_comment_comes_every_fifteen_seconds_from_the_beginning(opp: Browser, loop: SlowLoop) -> None:
    chunks = opp.listen("papers", len(opp.world.room.view("opp").notices))
    loop.run_until_complete(settle())
    before = len(chunks)
    for _ in range(9):
        loop.moment += 5.0
        loop.run_until_complete(settle())
        loop.run_until_complete(settle())
    assert chunks[before:] == [b": \n\n"] * 3


def test_a_session_ends_after_idle_hours(opp: Browser, world: HttpWorld) -> None:
    clock = world.server.settings.now
    assert isinstance(clock, Clock)
    clock.at += timedelta(hours=13)
    assert opp.get(f"{opp.base}/").status == 404


def test_a_clerk_enters_for_a_seat_kept_on_paper(world: HttpWorld, loop: SlowLoop) -> None:
    clerk = Browser(world, world.server.open_seat("sec", "en"), loop)
    opened = clerk.post(f"{clerk.base}/keep", {"seat": "pap"})
    assert opened.status == 303
    assert clerk.post(f"{clerk.base}/keep", {"seat": "gov"}).status == 404
    kept = Browser(world, world.server.open_seat("pap", "en", keeper="sec"), loop)
    assert "You are entering for" in kept.get(f"{kept.base}/papers/new").text
    assert file(kept).status == 422
    entered = file(kept, _happened_at="2017-01-22T07:00+00:00", _on_paper="sheet 4", key="key-number-9")
    assert entered.status == 303
    assert world.room.view("pap").notices[-1].entered_by == "sec"


def test_a_receipt_is_signed_and_names_the_slices_own_head(opp: Browser, world: HttpWorld) -> None:
    n, head = len(world.room.view("opp").notices), world.room.view("opp").head
    opp.post(f"{opp.base}/do/IssueReceipt", {**FORM, "_key": "key-number-7"})
    said = json.loads(opp.get(f"{opp.base}/receipts/{n}").text)
    assert (said["n"], said["head"]) == (n, head)
    assert said["public_key"] == world.room.public_key.hex()
    assert opp.get(f"{opp.base}/receipts/{n + 1}").status == 404


def test_the_start_pages_sign_works_once(world: HttpWorld, loop: SlowLoop) -> None:
    visitor = Browser(world, None, loop)
    sign = world.server.start_sign
    assert visitor.post("/start", {"token": sign}).status == 303
    used, wrong = (visitor.post("/start", {"token": tried}) for tried in (sign, "wrong"))
    assert used == wrong
    assert used.status == 404
    assert "This code was used before, or is not the right one. Start the desk again for a new one." in used.text
    assert 'id="token"' in used.text


def test_a_stream_that_begins_when_the_server_stops_is_told_so_at_once(world: HttpWorld, opp: Browser) -> None:
    world.server.hub.stop()
    n = len(world.room.view("opp").notices)
    assert b"event: bye" in b"".join(opp.once("papers", n))


def test_signs_that_would_be_obeyed_are_shown_on_pages_and_given_back_as_typed(opp: Browser) -> None:
    words = "signed \u202edengis\u2066 not\x85 pay\U000e0041ment \u200fmarked"
    assert file(opp, words).status == 303
    shown = opp.get(f"{opp.base}/papers").text + opp.get(f"{opp.base}/papers/m1").text
    assert "signed ⟨U+202E⟩dengis⟨U+2066⟩ not⟨U+0085⟩ pay⟨U+E0041⟩ment \u200fmarked" in shown
    assert not set(shown) & {"\u202e", "\u2066", "\x85", "\U000e0041"}
    # A refused form gives back what was typed, sign for sign, and the page still obeys none of them.
    again = file(opp, words, key="key-number-2", lapses_at="\u202enoon", _back="papers/new")
    assert again.status == 422
    text = again.text
    assert "signed &#x202E;dengis&#x2066; not&#x85; pay&#xE0041;ment \u200fmarked" in text
    assert not set(text) & {"\u202e", "\u2066", "\x85", "\U000e0041"}
    # What no document can carry is not taken at all.
    carried = file(opp, "not\x07 this", key="key-number-3", _back="papers/new")
    assert carried.status == 422
    assert "no document can carry, " in carried.text


def test_who_is_far_behind_is_told_to_read_the_page_anew(opp: Browser) -> None:
    for n in range(60):
        file(opp, words=f"paper {n}", key=f"far-behind-{n:03d}")
    chunks = b"".join(opp.once("papers", 3))
    assert chunks.count(b"event: resync") == 1
    assert b"event: notice" not in chunks
    assert b"event: ready" in chunks


def test_one_session_has_sixteen_streams_and_no_more(world: HttpWorld, opp: Browser, loop: SlowLoop) -> None:
    n = len(world.room.view("opp").notices)
    held = [opp.listen("papers", n) for _ in range(16)]
    loop.run_until_complete(settle())
    assert all(b"event: ready" in b"".join(chunks) for chunks in held)
    assert opp.get(f"{opp.base}/stream?after={n}").status == 503
    colleague = Browser(world, world.server.open_seat("opp", "en"), loop)
    assert b"event: ready" in b"".join(colleague.once("papers", n))
    colleague.close()


@pytest.mark.parametrize(
    ("language", "calendar", "shown"),
    [
        ("en", "persian", "(4 Bahman 1395)"),
        ("ar", "islamic", "(٢٥ ربيع الآخر ١٤٣٨)"),
        ("ar", "persian", "(٤ بهمن ١٣٩٥)"),
    ],
)
def test_days_stand_a_second_time_in_the_calendar_that_a_person_asked_for(
    opp: Browser, language: str, calendar: str, shown: str
) -> None:
    opp.post(f"{opp.base}/me", {"language": language})
    before = opp.get(f"{opp.base}/people").text
    assert opp.post(f"{opp.base}/me", {"calendar": "mayan"}).status == 400
    opp.post(f"{opp.base}/me", {"calendar": calendar})
    me = opp.get(f"{opp.base}/me").text
    assert re.search(rf'value="{calendar}" aria-pressed="true"', me)
    days = localized(language, calendar)
    assert f'<bdi class="calendar">{shown}</bdi></time>' in days.day(date(2017, 1, 23))
    assert f'<bdi class="calendar">{shown}</bdi></time>' in days.when("2017-01-23T02:00:00Z", zone="Asia/Almaty")
    assert 'class="calendar"' not in days.when("2017-01-23T02:00:00Z", day=False)
    assert 'class="calendar"' not in localized("en", "islamic").day(date(1900, 1, 1))
    opp.post(f"{opp.base}/me", {"calendar": ""})
    assert opp.get(f"{opp.base}/people").text == before


def localized(language: str, calendar: str) -> Localizer:
    return Localizer(catalogue_for(language), view_for(Talks(), ""), calendar=calendar)


def test_who_asked_for_a_calendar_sees_it_on_every_page_and_in_what_comes_live(
    opp: Browser, world: HttpWorld, loop: SlowLoop
) -> None:
    opp.post(f"{opp.base}/me", {"calendar": "persian"})
    assert 'class="calendar"' in opp.get(f"{opp.base}/").text
    chunks = opp.listen("record", len(world.room.view("opp").notices))
    loop.run_until_complete(settle())
    file(opp)
    loop.run_until_complete(settle())
    assert 'class=\\"calendar\\"' in b"".join(chunks[1:]).decode()

"""A grave act is read once more, waits in its own seat, can be undone, and comes back with its words if it fails."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from goodoffices.errors import StorageError
from goodoffices.talks.base.enums import Kind
from goodoffices.talks.core import replay
from goodoffices.talks.initial_acts import opening
from goodoffices.talks.seats.persons import SeatPerson
from goodoffices.talks.state.command_context import CommandRequest
from goodoffices.web.app import create_app
from goodoffices.web.live.waiting_commands import WaitingCommand, WaitingCommands, WaitingState
from goodoffices.web.routes.context import ServerContext
from properties.worlds.cast import START, the_talks
from properties.worlds.http import Answer, Browser, Clock, HttpWorld, SlowLoop, http_world, settle

UNDO = 10


@dataclass
class Desk:
    """A desk whose clocks stand until they are moved: the wall's and the one that counts the seconds to undo."""

    world: HttpWorld
    loop: SlowLoop
    clock: Clock
    elapsed: float = 0.0

    def browser(self, seat: str) -> Browser:
        return Browser(self.world, self.world.server.open_seat(seat, "en"), self.loop)

    def pass_time(self, seconds: float) -> None:
        self.elapsed += seconds
        self.clock.at += timedelta(seconds=seconds)
        self.loop.run_until_complete(self.world.server.do_waiting())

    def restart(self, where: Path) -> None:
        """Stop as a killed process stops, and start again over the same record and files."""
        settings = replace(self.world.server.settings, access=where / "access.db", elapsed=lambda: self.elapsed)
        self.world.server = ServerContext(self.world.room, settings)
        self.world.app = create_app(self.world.server)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    loop, clock = SlowLoop(), Clock()
    acts = opening(the_talks(), kind=Kind.EXERCISE, at=START)
    made = Desk(http_world(tmp_path, clock, acts, replay(acts)), loop, clock)
    made.world.server.settings = replace(made.world.server.settings, undo_seconds=UNDO)
    made.restart(tmp_path)
    yield made
    made.world.server.close()
    made.world.room.close()
    made.loop.run_until_complete(settle())
    made.loop.close()


def post(browser: Browser, command: str, **fields: str) -> Answer:
    given = {
        "_key": f"key-{command}-{fields.get('item', '')}",
        "_back": "papers",
        "_form": "f",
        "_sure": "",
    }
    return browser.post(f"{browser.base}/do/{command}", given | fields)


def cleared(desk: Desk) -> tuple[Browser, dict[str, str]]:
    """Let a paper be handed to the envoy and cleared for the government; return the envoy and the fields of a relay."""
    opp = desk.browser("opp")
    post(opp, "FileItem", words="we propose a corridor", **{"words.lang": "en"})
    post(opp, "HandItem", item="m1", to="un")
    assert post(opp, "ClearItem", item="m1", to="gov", form="paraphrase", via="un").status == 303
    return desk.browser("un"), {
        "item": "m1",
        "to": "gov",
        "form": "paraphrase",
        "words": "a way out",
        "words.lang": "en",
    }


def without_clock(browser: Browser) -> str:
    """Return a page as it is, without the line of its clock."""
    lines = browser.get(f"{browser.base}/papers").text.splitlines()
    return "\n".join(line for line in lines if "data-clock" not in line)


def told(desk: Desk) -> int:
    return len(desk.world.room.view("gov").known.items)


def test_what_waits_to_be_undone_shows_at_once_on_other_pages_of_its_seat_and_on_no_other(desk: Desk) -> None:
    envoy, fields = cleared(desk)
    colleague, other = desk.browser("un"), desk.browser("gov")
    shown = colleague.listen("papers", len(desk.world.room.view("un").notices))
    hidden = other.listen("papers", len(desk.world.room.view("gov").notices))
    desk.loop.run_until_complete(settle())
    before = len(hidden)
    assert post(envoy, "RelayItem", **fields | {"_sure": "yes"}).status == 303
    desk.loop.run_until_complete(settle())
    assert b"event: parts" in shown[-1] and b"data-left" in shown[-1]
    envoy.post(f"{envoy.base}/pending/g1/undo", {"_key": "key-undo-it"})
    desk.loop.run_until_complete(settle())
    assert b"event: parts" in shown[-1] and b"data-left" not in shown[-1]
    assert len(hidden) == before and told(desk) == 0


def test_the_first_click_only_shows_what_would_be_told_and_to_whom(desk: Desk) -> None:
    envoy, fields = cleared(desk)
    before = len(desk.world.room.acts())
    look = post(envoy, "RelayItem", **fields)
    assert look.status == 200
    text = html.unescape(re.sub(r"<[^>]*>", " ", look.text))
    assert "Tell  The gov ?" in text
    assert "will be told, in your own words, what  The opp  says." in text
    assert "a way out" in text
    assert "What has been told cannot be taken back." in text
    assert "Then 10 seconds to undo it." in text
    desk.pass_time(60)
    assert len(desk.world.room.acts()) == before


def test_a_sure_act_waits_and_nobody_sees_it_before_its_time(desk: Desk) -> None:
    envoy, fields = cleared(desk)
    gov = desk.browser("gov")
    before = (told(desk), without_clock(gov), len(desk.world.room.acts()))
    assert post(envoy, "RelayItem", **fields, _sure="yes").status == 303
    assert "Nobody has seen anything yet." in envoy.get(f"{envoy.base}/papers").text
    desk.pass_time(UNDO - 1)
    assert (told(desk), without_clock(gov), len(desk.world.room.acts())) == before
    assert "Nobody has seen" not in gov.get(f"{gov.base}/papers").text
    desk.pass_time(1)
    assert told(desk) == before[0] + 1
    assert envoy.get(f"{envoy.base}/pending/g1").status == 303
    assert "Nobody has seen" not in envoy.get(f"{envoy.base}/papers").text


def test_while_an_act_waits_its_list_is_shown_and_not_its_form_empty_again(desk: Desk) -> None:
    envoy, fields = cleared(desk)
    answer = post(envoy, "RelayItem", **fields, _sure="yes", _back="decisions/new", _form="relay-gov")
    assert answer.status == 303
    assert dict(answer.headers)[b"location"].decode().endswith("/decisions")
    waiting = envoy.get(f"{envoy.base}/pending/g1")
    assert (waiting.status, dict(waiting.headers)[b"location"].decode()) == (303, f"{envoy.base}/decisions")


def test_undo_takes_it_back_and_keeps_the_words(desk: Desk) -> None:
    envoy, fields = cleared(desk)
    post(envoy, "RelayItem", **fields, _sure="yes", _back="relays/m1", _form="relay-gov")
    assert envoy.post(f"{envoy.base}/pending/g1/undo", {}).status == 303
    desk.pass_time(UNDO + 5)
    assert told(desk) == 0
    page = envoy.get(f"{envoy.base}/pending/g1").text
    assert "Nobody has seen anything. Your words are still here." in page
    assert ">\na way out</textarea>" in page
    assert 'name="_again" value="g1"' in page
    post(envoy, "RelayItem", **fields, _sure="yes", _key="another-key", _again="g1")
    desk.pass_time(UNDO)
    assert told(desk) == 1
    assert envoy.get(f"{envoy.base}/pending/g1").status == 404


def test_the_same_form_sent_twice_is_one_act(desk: Desk) -> None:
    envoy, fields = cleared(desk)
    for _ in range(3):
        post(envoy, "RelayItem", **fields, _sure="yes")
    desk.pass_time(UNDO)
    assert told(desk) == 1
    post(envoy, "RelayItem", **fields, _sure="yes")
    desk.pass_time(UNDO)
    assert told(desk) == 1


def test_what_is_refused_at_the_end_comes_back_and_waits_for_its_seat(desk: Desk) -> None:
    envoy, fields = cleared(desk)
    post(envoy, "RelayItem", **fields, _sure="yes", _back="relays/m1", _form="relay-gov")
    opp = desk.browser("opp")
    post(opp, "WithdrawItem", item="m1", _sure="yes")
    desk.elapsed += UNDO - 1
    desk.pass_time(1)
    # The withdrawal was asked later, so it comes after the relay; a second relay is then refused.
    assert told(desk) == 1
    post(envoy, "RelayItem", **(fields | {"words": "again"}), _sure="yes", _key="key-number-two")
    desk.pass_time(UNDO)
    assert told(desk) == 1
    home = envoy.get(f"{envoy.base}/").text
    assert "Something that you sent was not done." in home or "was withdrawn" in home


def test_a_refusal_stands_with_its_words_in_what_needs_me(desk: Desk) -> None:
    envoy, fields = cleared(desk)
    post(envoy, "RelayItem", **fields, _sure="yes", _back="relays/m1", _form="relay-gov")
    opp = desk.browser("opp")
    post(opp, "NarrowClearance", clearance="c1")
    desk.pass_time(UNDO)
    assert told(desk) == 0
    assert "Something that you sent was not done." in envoy.get(f"{envoy.base}/").text
    page = envoy.get(f"{envoy.base}/pending/g1").text
    assert "Not done." in page
    assert "Your words are still here." in page
    assert envoy.post(f"{envoy.base}/pending/g1/drop", {}).status == 303
    assert "Something that you sent" not in envoy.get(f"{envoy.base}/").text


def test_a_stop_before_the_time_is_over_does_nothing_and_brings_the_words_back(desk: Desk, tmp_path: Path) -> None:
    envoy, fields = cleared(desk)
    post(envoy, "RelayItem", **fields, _sure="yes", _back="relays/m1", _form="relay-gov")
    kept = (tmp_path / "waiting.box").read_bytes()
    assert b"a way out" not in kept
    assert b"RelayItem" not in kept
    assert (tmp_path / "waiting.box").stat().st_mode & 0o777 == 0o600
    desk.restart(tmp_path)
    desk.pass_time(UNDO * 3)
    assert told(desk) == 0
    again = desk.browser("un")
    assert "Something that you sent was not done." in again.get(f"{again.base}/").text
    page = again.get(f"{again.base}/pending/g1").text
    assert "The desk stopped before the time to undo was over." in page
    assert "a way out" in page


def test_a_stop_just_after_it_was_done_brings_nothing_back(desk: Desk, tmp_path: Path) -> None:
    envoy, fields = cleared(desk)
    post(envoy, "RelayItem", **fields, _sure="yes")
    kept = (tmp_path / "waiting.box").read_bytes()
    desk.pass_time(UNDO)
    (tmp_path / "waiting.box").write_bytes(kept)  # as if the note of its end had not reached the disk
    desk.restart(tmp_path)
    again = desk.browser("un")
    assert "Something that you sent" not in again.get(f"{again.base}/").text
    assert told(desk) == 1


def test_near_a_deadline_it_can_be_done_at_once_and_the_page_says_why(desk: Desk) -> None:
    opp = desk.browser("opp")
    envoy, fields = cleared(desk)
    until = (desk.clock.at + timedelta(seconds=5)).isoformat()
    post(opp, "NarrowClearance", clearance="c1")
    post(opp, "ClearItem", item="m1", to="gov", form="paraphrase", via="un", until=until, _key="key-clear-again")
    look = post(envoy, "RelayItem", **fields)
    assert "now, without Undo" in look.text
    assert "There is no time to undo this" in look.text
    assert post(envoy, "RelayItem", **fields, _sure="yes", _now="yes").status == 303
    assert told(desk) == 1


def test_nobody_can_skip_the_wait_when_there_is_time(desk: Desk) -> None:
    envoy, fields = cleared(desk)
    post(envoy, "RelayItem", **fields, _sure="yes", _now="yes")
    assert told(desk) == 0
    assert "Nobody has seen anything yet." in envoy.get(f"{envoy.base}/").text


def test_the_handles_of_what_waits_are_those_of_its_own_seat(desk: Desk) -> None:
    envoy, fields = cleared(desk)
    post(envoy, "RelayItem", **fields, _sure="yes")
    opp = desk.browser("opp")
    post(opp, "WithdrawItem", item="m1", _sure="yes")
    assert desk.world.server.waiting.find("opp", "g1") is not None
    stranger = desk.browser("gov")
    for path in ("pending/g1", "pending/g2"):
        assert stranger.get(f"{stranger.base}/{path}").status == 404
        assert stranger.post(f"{stranger.base}/{path}/undo", {}).status == 404


def test_a_program_is_told_to_look_again_and_then_to_wait(desk: Desk) -> None:
    envoy, fields = cleared(desk)
    json = [(b"accept", b"application/json")]
    usual = {"_key": "key-program", "_back": "", "_form": "f"} | fields
    first = envoy.post(f"{envoy.base}/do/RelayItem", usual | {"_sure": ""}, headers=json)
    assert (first.status, '"look_again"' in first.text) == (422, True)
    second = envoy.post(f"{envoy.base}/do/RelayItem", usual | {"_sure": "yes"}, headers=json)
    assert (second.status, '"pending":"g1"' in second.text) == (202, True)


def test_a_file_that_cannot_be_opened_is_named_with_its_remedy(tmp_path: Path) -> None:
    where, changed = tmp_path / "waiting.box", list[str]()
    kept = WaitingCommands(where, bytes(32), changed.append)
    kept.add(WaitingCommand(handle="", seat="un", command="Publish", form="f", back="", fields={"item": ("m1",)}))
    again = WaitingCommands(where, bytes(32), changed.append)
    assert [one.state for one in again.of("un")] == [WaitingState.CUT_SHORT]
    assert changed == ["un"]
    with pytest.raises(StorageError, match="Put it aside under another name"):
        WaitingCommands(where, bytes(31) + b"1", changed.append)


def test_the_wait_is_as_long_as_the_talks_say(desk: Desk) -> None:
    desk.world.server.settings = replace(desk.world.server.settings, undo_seconds=None)
    assert desk.world.server.undo_seconds("un") == the_talks().undo_seconds == 10
    known = desk.world.room.view("un").known
    assert known.header.undo_seconds == 10


def test_who_was_removed_meanwhile_does_not_do_it_any_more(desk: Desk) -> None:
    _, fields = cleared(desk)
    server = desk.world.server
    seat_it = CommandRequest(seat="un", command=SeatPerson(person="Amal"))
    desk.loop.run_until_complete(server.queue.submit(seat_it, "seat-amal-1"))
    amal = Browser(desk.world, server.open_seat("un", "en", person="Amal"), desk.loop)
    assert post(amal, "RelayItem", **fields, _sure="yes").status == 303
    envoy = desk.browser("un")
    post(envoy, "UnseatPerson", person="Amal")
    desk.pass_time(UNDO)
    assert told(desk) == 0
    assert "Nobody called Amal is in your seat." in html.unescape(
        re.sub(r"<[^>]*>", "", envoy.get(f"{envoy.base}/pending/g1").text)
    )

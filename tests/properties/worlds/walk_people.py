"""What an observer can ask about people: cards, coming in and back, passphrases, own sessions, limits.

Somebody of the observer's seat comes in under a name, so that every page is also read by a person with a name.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping

from goodoffices.service.passphrases import Holder
from goodoffices.talks.seats.commands import CloseSeat
from goodoffices.talks.state.command_context import CommandRequest
from goodoffices.web.live.waiting_commands import WaitingCommand, WaitingState
from goodoffices.web.routes.context import SignedInSeat
from properties.worlds.http import Answer, Browser, HttpWorld

WORDS, OTHER_WORDS = "three green kettles", "four blue lanterns"
_CODE = re.compile(r'class="code-line"><bdi[^>]*>([^<]+)<')
_SECRET = re.compile(rb"=([0-9a-f]{64})")


def busy_people(world: HttpWorld, observer: str) -> None:
    """Let people of other seats have passphrases and fail with them, in one world only: nobody else may notice."""
    passphrases, record = world.server.entrance.passphrases, world.room.record_id
    # Their secrets are not drawn from the numbers that the observer's sessions get later, as with a kept seat.
    moment = world.server.settings.now().isoformat()
    apart = lambda seat, n: hashlib.sha256(f"{seat} {moment}".encode()).digest()[:n]  # noqa: E731 - one line of a test
    drawn, world.server.access._entropy = world.server.access._entropy, apart
    for seat in world.room.seats():
        if seat != observer:
            stretched = passphrases.stretch("Amal", OTHER_WORDS)
            passphrases.keep(Holder(record=record, seat=seat, person="Amal"), stretched)
            world.server.access.open(seat, language="ar", at=world.server.settings.now(), person="Amal")
            world.server.rooms.open(seat)
            ask_a_colleague(world, seat)
            world.server.rooms.enter(world.server.rooms.code(seat) or "", "Ida of another seat")
            use_up(world, seat)
    world.server.access._entropy = drawn
    for n in range(30):
        world.server.entrance.joins.wait("192.0.2.9", n)
        world.server.entrance._failures.failed(("192.0.2.9", "amal"), n)


def use_up(world: HttpWorld, seat: str) -> None:
    """Let people of a seat ask for all that they may: nobody else has less for it."""
    limits, now = world.server.limits, world.server.settings.elapsed()
    assert limits is not None
    for allowance in (limits.commands, limits.searches, limits.uploads, limits.exports):
        while not allowance.wait((seat, "Amal"), now):
            pass


def ask_a_colleague(world: HttpWorld, seat: str) -> None:
    """Let an act of a seat wait for a second person: nobody else may notice."""
    request = CommandRequest(seat=seat, command=CloseSeat(slug="tur"), person="Amal")
    world.server.waiting.add(
        WaitingCommand(handle="", seat=seat, command="CloseSeat", form="f", back="seats", fields={"slug": ("tur",)},
                       key=f"asks-{seat}", request=request, state=WaitingState.ASKED)
    )  # fmt: skip


def named(browser: Browser) -> tuple[list[Answer], Browser | None]:
    """Come in with a card of the observer's own seat; return the answers and the browser of the person."""
    if browser.signed_in is None:
        return [], None
    seat = browser.signed_in.seat
    card = browser.post(f"{browser.base}/cards", {"seat": seat, "person": "Zoe", "_key": "card-for-zoe-1"})
    code = _CODE.search(card.text)
    stranger = Browser(browser.world, None, browser._loop)
    came = stranger.post("/join", {"token": code[1] if code else ""})
    return [card, came], _in(browser, came)


def _in(browser: Browser, came: Answer) -> Browser | None:
    secret = _SECRET.search(dict(came.headers).get(b"set-cookie", b""))
    if secret is None or browser.signed_in is None:
        return None
    server, seat = browser.world.server, browser.signed_in.seat
    session = server.access.find(secret[1].decode(), seat, at=server.settings.now())
    if session is None:
        return None
    signed_in = SignedInSeat(seat=seat, path_id=server.seat_paths.path_id(seat), session=session)
    return Browser(browser.world, signed_in, browser._loop)


def _passphrase(browser: Browser) -> list[Answer]:
    """Choose a passphrase, come back with it, end the other session, and try what is not one's own."""
    answers, zoe = named(browser)
    if zoe is None:
        return [*answers, browser.post(f"{browser.base}/me/passphrase", {"passphrase": WORDS, "again": WORDS})]
    stranger = Browser(browser.world, None, browser._loop)
    for words, again in (("short", "short"), (WORDS, "other"), (WORDS, WORDS)):
        answers.append(zoe.post(f"{zoe.base}/me/passphrase", {"passphrase": words, "again": again}))
    answers.append(stranger.post("/sign-in", {"person": "zoe", "passphrase": WORDS}))
    answers += [zoe.get(f"{zoe.base}/{page}") for page in ("", "me", "seats", "record")]
    others = re.findall(r'name="session" value="([0-9a-f]+)"', answers[-3].text)
    answers += [zoe.post(f"{zoe.base}/me/end", {"session": one}) for one in (*others, "0" * 16)]
    return [*answers, zoe.get(f"{zoe.base}/me")]


def _room(browser: Browser) -> list[Answer]:
    """Open a waiting room, wait in it, and be seated from it; refused for every seat but the secretariat's."""
    answers = [browser.post(f"{browser.base}/join-code", {"open": "yes"}), browser.get(f"{browser.base}/seats")]
    code = _CODE.search(answers[-1].text)
    stranger = Browser(browser.world, None, browser._loop)
    answers.append(stranger.post("/waiting-room", {"token": code[1] if code else "0", "person": "Ida"}))
    return [*answers, browser.get(f"{browser.base}/"), browser.get(f"{browser.base}/seats")]


def _second(browser: Browser) -> list[Answer]:
    """Ask for acts that need two people: with no name, with a name, with a colleague of another seat, and confirm."""
    answers, zoe = named(browser)
    given = {"_back": "seats", "_form": "f", "slug": "tur"}
    for one in (browser, *([] if zoe is None else [zoe])):
        for n, more in enumerate(({}, {"_ask": "yes"}, {"_second": "Amal", "_passphrase": OTHER_WORDS})):
            sure = "yes" if n else ""
            answers.append(
                one.post(f"{one.base}/do/CloseSeat", given | {"_key": f"close-{n}-seat", "_sure": sure} | more)
            )
        answers += [one.get(f"{one.base}/{page}") for page in ("", "pending/g1")]
    answers += [browser.post(f"{browser.base}/pending/{handle}/confirm", {}) for handle in ("g1", "g2", "g9")]
    return answers


def _cards(browser: Browser) -> list[Answer]:
    """Ask for cards of several seats; one of them as a PDF, which takes long to draw, by one observer only."""
    seats = ("gov", "opp", "sec", "nobody", "")
    answers = [
        browser.post(f"{browser.base}/cards", {"seat": seat, "person": "Amal", "_key": f"card-for-{seat}-1"})
        for seat in seats
    ]
    if browser.signed_in is not None and browser.signed_in.seat == "gov":
        drawn = {"seat": "gov", "person": "Amal", "as": "pdf", "_key": "card-as-pdf-1"}
        answers.append(browser.post(f"{browser.base}/cards", drawn))
    return answers


def _sign_in(browser: Browser) -> list[Answer]:
    tries = (("Amal", WORDS), ("Amal", WORDS), ("Nobody", OTHER_WORDS), ("", ""))
    return [browser.post("/sign-in", {"person": person, "passphrase": words}) for person, words in tries]


PEOPLE_WALK: Mapping[str, Callable[[Browser], object]] = {
    "/join": lambda b: b.get("/join"),
    "/join POST": lambda b: [b.post("/join", {"token": code}) for code in ("0" * 26, "", "go")],
    "/sign-in": lambda b: [b.get("/sign-in"), b.get("/sign-in?lang=ar")],
    "/sign-in POST": _sign_in,
    "/d/{path_id}/cards POST": _cards,
    "/waiting-room": lambda b: b.get("/waiting-room"),
    "/waiting-room POST": lambda b: b.post("/waiting-room", {"token": "00000000", "person": "Zoe"}),
    "/waiting-room/in POST": lambda b: b.post("/waiting-room/in", {}),
    "/d/{path_id}/join-code POST": _room,
    "/d/{path_id}/waiting/{handle} POST": lambda b: [
        b.post(f"{b.base}/waiting/{handle}", {"seat": seat, "_key": f"guest-{handle}-to-{seat}"})
        for handle, seat in (("w1", ""), ("w1", "gov"), ("w9", "gov"))
    ],
    "/d/{path_id}/pending/{handle}/confirm POST": _second,
    "/d/{path_id}/me/passphrase POST": _passphrase,
    "/d/{path_id}/me/end POST": lambda b: [b.post(f"{b.base}/me/end", {"session": one}) for one in ("", "0" * 16)],
}
"""What is asked of every route about people."""

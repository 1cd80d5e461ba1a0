"""A hall: three browsers on three addresses of a network that the test makes, over a certificate made for it."""

from __future__ import annotations

import base64
import hashlib
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from playwright.sync_api import Page, Playwright, expect

from browser.conftest import ARGUMENTS, connected, go, installed_chromium, violations
from goodoffices.web.hall import FOLDER
from hall_network import SERVER, HallNetwork, hall_network
from serving import VALLEY, Served, served

pytestmark = pytest.mark.slow
OURS, THEIRS = "We keep the well by the bridge.", "A well by the bridge is spoken of."


@dataclass(frozen=True, slots=True)
class HallOfThree:
    """A desk on a network of its own, and a browser on each of three devices."""

    network: HallNetwork
    desk: Served
    data: Path
    pages: tuple[Page, Page, Page]

    @property
    def root(self) -> Path:
        return self.data / FOLDER / "venue-root.pem"


def pin_of(data: Path) -> str:
    """Return the key of the desk's certificate as a browser that has no store of its own can be told to expect it."""
    server = x509.load_pem_x509_certificate((data / FOLDER / "venue-server.pem").read_bytes())
    key = server.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return base64.b64encode(hashlib.sha256(key).digest()).decode()


def device(network: HallNetwork, n: int, program: str, folder: Path) -> Path:
    """Return a program that is the browser of a device."""
    made = folder / f"browser{n}"
    made.write_text(f'#!/bin/sh\nexec {" ".join(network.within(n))} {program} "$@"\n', encoding="utf-8")
    made.chmod(0o700)
    return made


@pytest.fixture(scope="module")
def hall(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[HallOfThree]:
    program = installed_chromium()
    folder = tmp_path_factory.mktemp("hall")
    with ExitStack() as stack:
        network = stack.enter_context(hall_network(3))
        data = folder / "data"
        options = ("--host", SERVER, "--hall")
        desk = stack.enter_context(served(data, talks=VALLEY, options=options, within=network.within_server()))
        pages = []
        for n in range(3):
            browser = playwright.chromium.launch(
                executable_path=device(network, n, program, folder),
                args=[*ARGUMENTS, f"--ignore-certificate-errors-spki-list={pin_of(data)}"],
            )
            stack.callback(browser.close)
            pages.append(browser.new_context(locale="en-GB").new_page())
        yield HallOfThree(network, desk, data, (pages[0], pages[1], pages[2]))


def fetched(hall: HallOfThree, n: int, *trusted: str) -> subprocess.CompletedProcess[str]:
    """Ask the desk for its health from a device that trusts these certificates."""
    ask = (
        "import ssl, sys, urllib.request as u;"
        "c = ssl.create_default_context(cafile=sys.argv[2] if sys.argv[2:] else None);"
        "print(u.build_opener(u.ProxyHandler({}), u.HTTPSHandler(context=c)).open(sys.argv[1] + '/health').read())"
    )
    command = [*hall.network.within(n), sys.executable, "-c", ask, hall.desk.origin, *trusted]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=180)


def open_seat(hall: HallOfThree, slug: str) -> Page:
    """Open a seat in a tab of the first browser, which holds the start page."""
    start = hall.pages[0]
    with start.context.expect_page() as opened:
        start.locator(f"form:has(input[name=seat][value={slug}]) button").click()
    opened.value.wait_for_url("**/d/*/")
    return opened.value


def card_for(desk: Page, seat: str, person: str) -> str:
    go(desk, "seats")
    desk.fill("#card-person", person)
    desk.select_option("#card-seat", seat)
    desk.click("form[action$='/cards']:has(#card-person) .button")
    expect(desk.locator("h1")).to_have_text(person)
    return desk.locator(".code-line").inner_text().replace("-", "")


def come_in(hall: HallOfThree, n: int, code: str) -> Page:
    page = hall.pages[n]
    page.goto(f"{hall.desk.origin}/join#{code}")
    page.wait_for_url("**/d/*/")
    connected(page)
    return page


def test_a_morning_in_a_hall(hall: HallOfThree) -> None:
    """Certificate, join, relay, remove a person with an open tab, pull a cable and lose nothing."""
    for n in range(3):
        assert "ok" in fetched(hall, n, str(hall.root)).stdout
        assert "CERTIFICATE_VERIFY_FAILED" in fetched(hall, n).stderr

    hall.pages[0].goto(hall.desk.start)
    hall.pages[0].wait_for_selector("h1")
    secretariat, chair = open_seat(hall, "desk"), open_seat(hall, "chair")
    amal = come_in(hall, 1, card_for(secretariat, "north", "Amal"))
    boris = come_in(hall, 2, card_for(secretariat, "south", "Boris"))
    assert violations(boris) == []

    go(boris, "papers")
    connected(boris)
    go(amal, "papers/new")
    amal.fill("textarea[name=words]", OURS)
    amal.click("form[action$='do/FileItem'] button")
    amal.click("form[action$='do/HandItem']:has(input[name=to][value=chair]) button")
    amal.click("#s-clear > summary")
    amal.check("#s-clear input[name=to][value=south]")
    amal.check("#s-clear input[name=form][value=paraphrase]")
    amal.check("#s-clear input[name=via][value=_all]")
    amal.click("#s-clear button")
    expect(amal.locator("[data-part=let]")).to_contain_text("as paraphrase")
    go(chair, "relays/m1")
    chair.fill("#f-relay-south-words", THEIRS)
    chair.click("#s-relay-south button[value=paraphrase]")
    chair.wait_for_selector(".tells")
    chair.click("main form[action*='/do/'] .button")
    boris.wait_for_selector(f"text={THEIRS}")

    south = open_seat(hall, "south")
    go(south, "seats")
    began = time.monotonic()
    south.click("form[action$='do/UnseatPerson'] .button")
    expect(boris.locator("#link")).to_have_text(re.compile("signed out"))
    print(f"removed with an open tab: gone after {time.monotonic() - began:.2f} s")

    pull_and_lose_nothing(hall, secretariat, amal, seconds=0)


@pytest.mark.nightly
def test_a_cable_out_for_five_minutes_loses_nothing(hall: HallOfThree) -> None:
    hall.pages[0].goto(hall.desk.start)
    secretariat = open_seat(hall, "desk")
    amal = come_in(hall, 1, card_for(secretariat, "north", "Amal"))
    pull_and_lose_nothing(hall, secretariat, amal, seconds=300)


def pull_and_lose_nothing(hall: HallOfThree, secretariat: Page, amal: Page, *, seconds: float) -> None:
    """Pull a cable for a moment, or until the browser notices and ``seconds`` longer; meanwhile let things happen.

    Plugged in again, the page shows all of them, and what was written meanwhile is sent.
    """
    go(amal, "papers/new")
    connected(amal)
    before = int(amal.evaluate("document.documentElement.dataset.n"))
    hall.network.pull_cable(1)
    amal.fill("textarea[name=words]", "Written while the cable was out.")
    for n in range(3):
        card_for(secretariat, "north", f"Colleague {n} in {seconds:.0f}")
    if seconds:
        expect(amal.locator("#link")).to_have_class(re.compile("off"), timeout=60_000)
        amal.wait_for_timeout(seconds * 1000)
    hall.network.plug_cable(1)
    expect(amal.locator("#link")).to_have_class(re.compile("on"), timeout=60_000)
    expect(amal.locator("html")).to_have_attribute("data-n", str(before + 3))
    expect(amal.locator("textarea[name=words]")).to_have_value("Written while the cable was out.")
    amal.click("form[action$='do/FileItem'] button")
    expect(amal.locator("[role=status].done")).to_be_visible()
    go(amal, "papers")
    expect(amal.locator("main")).to_contain_text("Written while the cable was out.")

"""Three ways to serve a hall: over an own domain, with a certificate made here, and plainly in an exercise."""

from __future__ import annotations

import ssl
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from goodoffices.errors import StorageError
from goodoffices.service.venue_certificate import make_venue_certificate
from goodoffices.web.hall import FOLDER, HallPlan, hall_of
from goodoffices.web.trust_page import ROOT
from serving import COMMAND, VALLEY, Served, served

AT = datetime.now(UTC)
SEVERAL_LOOPBACK = ("127.0.0.2", "127.0.0.3", "127.0.0.4")


def test_only_this_computer_is_served_without_a_word(tmp_path: Path) -> None:
    hall = hall_of(HallPlan(host="127.0.0.1"), tmp_path, at=AT)
    assert hall.origins(8765) == ("http://127.0.0.1:8765", "http://localhost:8765")
    assert hall.takes_live
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("plan", "says"),
    [
        (HallPlan(host="192.0.2.7"), "other people on the network could read along"),
        (HallPlan(host="desk.local"), "other people on the network could read along"),
        (HallPlan(host="192.0.2.7", venue=True, plain=True), "choose one of them"),
        (HallPlan(host="192.0.2.7", certificate=Path("c.pem")), "go together"),
        (HallPlan(host="192.0.2.7", key=Path("k.pem")), "go together"),
        (HallPlan(host="192.0.2.7", certificate=Path("c.pem"), key=Path("k.pem")), "cannot be read"),
        (HallPlan(host="0.0.0.0", plain=True), "not an address that people can type"),
    ],
)
def test_options_that_do_not_go_together_are_refused(tmp_path: Path, plan: HallPlan, says: str) -> None:
    with pytest.raises(StorageError, match=says):
        hall_of(plan, tmp_path, at=AT)
    assert not list(tmp_path.iterdir())


def test_plain_is_for_exercises_and_encrypted_ways_for_all(tmp_path: Path) -> None:
    assert not hall_of(HallPlan(host="192.0.2.7", plain=True), tmp_path, at=AT).takes_live
    hall = hall_of(HallPlan(host="192.0.2.7", name="desk.local", venue=True), tmp_path, at=AT)
    assert hall.takes_live
    assert hall.origins(443) == ("https://desk.local", "https://192.0.2.7")
    assert hall.origins(8443) == ("https://desk.local:8443", "https://192.0.2.7:8443")


def test_a_venue_certificate_is_made_again_only_when_it_no_longer_fits(tmp_path: Path) -> None:
    def fingerprint(name: str, days: int) -> str:
        hall = hall_of(HallPlan(host=name, venue=True), tmp_path, at=AT + timedelta(days=days))
        assert hall.certificate is not None
        return hall.certificate.fingerprint

    first = fingerprint("192.0.2.7", 0)
    assert fingerprint("192.0.2.7", 27) == first
    second = fingerprint("192.0.2.7", 29)
    assert second != first
    assert fingerprint("192.0.2.8", 29) != second


def test_an_own_certificate_must_be_for_the_name_and_still_good(tmp_path: Path) -> None:
    made = make_venue_certificate(tmp_path, ("desk.example.org",), at=AT)

    def plan(name: str | None) -> HallPlan:
        return HallPlan(host="0.0.0.0", name=name, certificate=made.chain, key=made.key)

    assert hall_of(plan(None), tmp_path, at=AT).origins(443) == ("https://desk.example.org",)
    with pytest.raises(StorageError, match=r"is for desk\.example\.org and not for other\.example\.org"):
        hall_of(plan("other.example.org"), tmp_path, at=AT)
    with pytest.raises(StorageError, match="browsers refuse it; get a new one"):
        hall_of(plan(None), tmp_path, at=AT + timedelta(days=31))


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, Path]]:
    """Serve a hall on one of several addresses of this computer, with a certificate made for it."""
    data = tmp_path_factory.mktemp("hall") / "data"
    with served(data, talks=VALLEY, options=("--host", SEVERAL_LOOPBACK[0], "--hall")) as desk:
        yield desk, data


def client_of(desk: Served, root: Path, address: str) -> httpx.Client:
    """Return a client at an address of its own that trusts only the venue's root."""
    way = httpx.HTTPTransport(verify=ssl.create_default_context(cafile=root), local_address=address)
    return httpx.Client(base_url=desk.origin, transport=way, headers={"origin": desk.origin})


@pytest.mark.slow
def test_a_device_fetches_the_root_compares_it_and_comes_in(hall: tuple[Served, Path], tmp_path: Path) -> None:
    desk, data = hall
    shown = next(line for line in desk.lines if "Devices fetch the certificate" in line)
    trust = next(word for word in shown.split() if word.startswith("http://"))
    page = httpx.get(trust)
    fingerprint = desk.lines[desk.lines.index(shown) + 1]
    assert fingerprint in page.text
    assert httpx.get(f"{trust}ar").text.startswith('<!doctype html>\n<html lang="ar" dir="rtl">')
    assert httpx.get(f"{trust}../access.db").status_code == 404
    assert "server" not in page.headers or page.headers["server"] == "-"
    root = tmp_path / "root.pem"
    root.write_bytes(httpx.get(f"{trust.rstrip('/')}{ROOT}").content)
    assert root.read_bytes() == (data / FOLDER / "venue-root.pem").read_bytes()
    assert desk.origin.startswith(f"https://{SEVERAL_LOOPBACK[0]}:")
    with client_of(desk, root, SEVERAL_LOOPBACK[1]) as client:
        entered = client.post("/start", data={"token": desk.sign})
        assert entered.status_code == 303
        [cookie] = [
            value for name, value in entered.headers.multi_items() if name == "set-cookie" and "desk" not in value
        ]
        assert cookie.startswith("__Host-go-")
        assert "Secure" in cookie
        assert "can read along" not in client.get("/start").text
        assert client.get("/health", headers={"host": "127.0.0.1"}).status_code == 404
    with pytest.raises(httpx.ConnectError, match="CERTIFICATE_VERIFY_FAILED"):
        httpx.get(f"{desk.origin}/health")


@pytest.mark.slow
def test_a_plain_hall_says_so_and_refuses_what_is_not_asked_for(tmp_path: Path) -> None:
    command = [*COMMAND, "--host", "0.0.0.0", "--name", "192.0.2.7", "--port", "0", "--data", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=180)
    assert done.returncode == 2
    assert "other people on the network could read along" in done.stderr
    options = ("--host", "0.0.0.0", "--name", "127.0.0.1", "--plain")
    with served(tmp_path / "data", talks=VALLEY, options=options) as desk:
        assert any("anyone on it can read along" in line for line in desk.lines)
        assert "anyone on it can read along" in httpx.get(f"{desk.origin}/join").text

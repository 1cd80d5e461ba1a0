"""A certificate made for a venue: devices that trust its root reach this desk by its names, and no other."""

from __future__ import annotations

import socket
import ssl
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509

from goodoffices.errors import ScenarioError, StorageError
from goodoffices.service.venue_certificate import (
    CHAIN,
    KEY,
    LASTS,
    ROOT,
    Certificate,
    make_venue_certificate,
    own_certificate,
    venue_certificate,
)

AT = datetime.now(UTC).replace(microsecond=0)
NAMES = ("desk.local", "127.0.0.1")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return make_venue_certificate(tmp_path_factory.mktemp("venue"), NAMES, at=AT)


def shake_hands(made: Certificate, root: Path | None, name: str) -> str:
    """Return what a client says that trusts ``root`` and asks for ``name``: nothing if it accepts the server."""
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(made.chain, made.key)
    client = ssl.create_default_context(cafile=root)
    ours, theirs = socket.socketpair()

    def answer() -> None:
        try:
            server.wrap_socket(theirs, server_side=True).close()
        except OSError:
            theirs.close()

    thread = threading.Thread(target=answer)
    thread.start()
    try:
        client.wrap_socket(ours, server_hostname=name).close()
    except ssl.SSLCertVerificationError as error:
        return str(error.verify_message)
    finally:
        ours.close()
        thread.join()
    return ""


@pytest.mark.parametrize("name", NAMES)
def test_a_device_that_trusts_the_root_accepts_the_desk_under_each_name(made: Certificate, name: str) -> None:
    assert shake_hands(made, made.root, name) == ""


@pytest.mark.parametrize("name", ["other.local", "192.0.2.7", "sub.desk.local"])
def test_a_device_refuses_it_under_every_other_name(made: Certificate, name: str) -> None:
    assert "mismatch" in shake_hands(made, made.root, name)


def test_a_device_that_does_not_trust_the_root_refuses(made: Certificate) -> None:
    assert "unable to get local issuer" in shake_hands(made, None, "desk.local")


def test_it_lasts_thirty_days_and_its_authority_signs_nothing_else(made: Certificate) -> None:
    root = x509.load_pem_x509_certificate((made.chain.parent / ROOT).read_bytes())
    server = x509.load_pem_x509_certificate(made.chain.read_bytes())
    assert made.until == AT + LASTS == AT + timedelta(days=30)
    assert root.not_valid_after_utc == made.until
    limits = root.extensions.get_extension_for_class(x509.NameConstraints)
    assert limits.critical
    allowed = {str(one.value) for one in limits.value.permitted_subtrees or ()}
    assert allowed == {"desk.local", "127.0.0.1/32"}
    assert root.extensions.get_extension_for_class(x509.BasicConstraints).value.path_length == 0
    assert not server.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    assert len(made.fingerprint.replace(" ", "")) == 64


@pytest.mark.parametrize("names", [("192.0.2.7",), ("desk.local",), ("fd00::1",)])
def test_each_sort_of_name_is_limited(tmp_path: Path, names: tuple[str, ...]) -> None:
    made = make_venue_certificate(tmp_path, names, at=AT)
    assert made.root is not None
    root = x509.load_pem_x509_certificate(made.root.read_bytes())
    limits = root.extensions.get_extension_for_class(x509.NameConstraints).value.permitted_subtrees or []
    assert {type(one) for one in limits} == {x509.DNSName, x509.IPAddress}


def test_only_its_own_key_is_kept_and_only_for_its_owner(tmp_path: Path) -> None:
    made = make_venue_certificate(tmp_path, NAMES, at=AT)
    assert {path.name for path in tmp_path.iterdir()} == {ROOT, CHAIN, KEY}
    assert made.key.stat().st_mode & 0o777 == 0o600
    again = venue_certificate(tmp_path)
    assert again == made
    assert make_venue_certificate(tmp_path, NAMES, at=AT).fingerprint != made.fingerprint
    (tmp_path / ROOT).unlink()
    assert venue_certificate(tmp_path) is None


@pytest.mark.parametrize("name", ["", "a b", "*.example.org", "-x", "1.2.3.4.5", "300.1.1.1", "x" * 64, "a/b", "é.org"])
def test_what_is_not_a_name_is_refused_in_a_sentence(tmp_path: Path, name: str) -> None:
    with pytest.raises(ScenarioError, match="is not the name or address of a computer"):
        make_venue_certificate(tmp_path, (name,), at=AT)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("damage", ["missing", "empty", "no-pem", "other-key"])
def test_files_that_do_not_fit_are_refused_in_a_sentence(tmp_path: Path, damage: str) -> None:
    made = make_venue_certificate(tmp_path, NAMES, at=AT)
    if damage == "missing":
        made.key.unlink()
    elif damage == "empty":
        made.chain.write_bytes(b"")
    elif damage == "no-pem":
        made.key.write_text("-----BEGIN PRIVATE KEY-----\nxx\n-----END PRIVATE KEY-----\n")
    else:
        (tmp_path / "other").mkdir()
        made.key.write_bytes(make_venue_certificate(tmp_path / "other", NAMES, at=AT).key.read_bytes())
    with pytest.raises(StorageError, match=r"cannot be read|is not the key of"):
        own_certificate(made.chain, made.key)

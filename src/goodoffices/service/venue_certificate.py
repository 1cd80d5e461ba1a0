"""A certificate for a hall without a domain: its own authority, made here for one event, and trusted by hand.

The key of the authority signs one server certificate and is thrown away. So nobody can later make a certificate that
the devices of the hall would trust; and the authority is limited to the names and addresses of this desk.
"""

from __future__ import annotations

import ipaddress
import os
import re
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioError, StorageError, quoted

LASTS = timedelta(days=30)
ROOT, CHAIN, KEY = "venue-root.pem", "venue-server.pem", "venue-server.key"
_NAME = re.compile(r"(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*")
_EARLIER = timedelta(hours=12)
"""Devices without internet have clocks that are wrong by hours; a certificate is valid from a little earlier."""


_NOBODYS_ADDRESS = x509.IPAddress(ipaddress.ip_network("192.0.2.0/32"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """A server certificate: its file and that of its key, for which names, and until when.

    ``root`` is the file of the authority that devices have to trust, with its ``fingerprint``; ``None`` if devices
    trust it already.
    """

    chain: Path
    key: Path
    names: tuple[str, ...]
    until: datetime
    root: Path | None = None
    fingerprint: str = ""


def make_venue_certificate(folder: Path, names: tuple[str, ...], *, at: datetime) -> Certificate:
    """Make an authority and a server certificate for ``names`` and addresses in ``folder``; earlier ones are replaced.

    Raises
    ------
    ScenarioError
        If there is no name, or one is not the name or address of a computer.
    StorageError
        If the files cannot be written.
    """
    if not names:
        raise ScenarioError("no name is given; name the address under which people reach the desk")
    general = [_general(name) for name in names]
    root_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    called = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"Good Offices, made {at:%d %B %Y} for {names[0]}")])
    root = _root(called, root_key, general, at)
    server = _server(called, root_key, key, general, at)
    pem = serialization.Encoding.PEM
    secret = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    try:
        _write(folder / ROOT, root.public_bytes(pem), mode=0o644)
        _write(folder / CHAIN, server.public_bytes(pem), mode=0o644)
        _write(folder / KEY, secret, mode=0o600)
    except OSError as error:
        raise StorageError(f"the certificate cannot be written to {folder}: {error.strerror}") from error
    found = venue_certificate(folder)
    assert found is not None
    return found


def _general(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        if not _NAME.fullmatch(name) or name.replace(".", "").isdigit():
            raise ScenarioError(
                f"{quoted(name)} is not the name or address of a computer; give, for example, 192.168.1.20 or "
                "desk.local"
            ) from None
        return x509.DNSName(name)


def _root(
    called: x509.Name, key: ec.EllipticCurvePrivateKey, names: list[x509.GeneralName], at: datetime
) -> x509.Certificate:
    only = [x509.IPAddress(ipaddress.ip_network(n.value)) if isinstance(n, x509.IPAddress) else n for n in names]
    # Names of a sort that is not listed at all would be allowed; so each sort is limited, at least to what never is.
    only += [] if any(isinstance(n, x509.DNSName) for n in names) else [x509.DNSName("desk.invalid")]
    only += [] if any(isinstance(n, x509.IPAddress) for n in names) else [_NOBODYS_ADDRESS]
    return (
        _begun(called, called, key.public_key(), at)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs=True), critical=True)
        .add_extension(x509.NameConstraints(permitted_subtrees=only, excluded_subtrees=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )


def _server(
    issuer: x509.Name,
    root_key: ec.EllipticCurvePrivateKey,
    key: ec.EllipticCurvePrivateKey,
    names: list[x509.GeneralName],
    at: datetime,
) -> x509.Certificate:
    issued_by = x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key())
    return (
        _begun(x509.Name([]), issuer, key.public_key(), at)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName(names), critical=True)
        .add_extension(issued_by, critical=False)
        .sign(root_key, hashes.SHA256())
    )


def _begun(
    called: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, at: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(called)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - _EARLIER)
        .not_valid_after(at + LASTS)
    )


def _usage(*, signs: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs,
        crl_sign=signs,
        encipher_only=False,
        decipher_only=False,
    )


def _write(path: Path, data: bytes, *, mode: int) -> None:
    path.unlink(missing_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(handle, "wb") as file:
        file.write(data)


def venue_certificate(folder: Path) -> Certificate | None:
    """Return the certificate that was made in ``folder``; ``None`` if there is none.

    Raises
    ------
    StorageError
        If its files cannot be read.
    """
    if not all((folder / name).is_file() for name in (ROOT, CHAIN, KEY)):
        return None
    root, server = _read(folder / ROOT), own_certificate(folder / CHAIN, folder / KEY)
    return Certificate(
        chain=server.chain,
        key=server.key,
        names=server.names,
        until=server.until,
        root=folder / ROOT,
        fingerprint=_grouped(root.fingerprint(hashes.SHA256()).hex()),
    )


def own_certificate(chain: Path, key: Path) -> Certificate:
    """Return what a certificate file says; its first certificate is the server's.

    Raises
    ------
    StorageError
        If one of the two files cannot be read, or they do not belong together.
    """
    server = _read(chain)
    try:
        private = serialization.load_pem_private_key(key.read_bytes(), password=None)
    except (OSError, ValueError, TypeError) as error:
        raise StorageError(
            f"the private key {key} cannot be read ({_why(error)}); give an unencrypted key in PEM form"
        ) from error
    if private.public_key() != server.public_key():
        raise StorageError(f"the private key {key} is not the key of the certificate {chain}; give the two together")
    return Certificate(chain=chain, key=key, names=_names(server), until=server.not_valid_after_utc)


def _read(path: Path) -> x509.Certificate:
    try:
        return x509.load_pem_x509_certificate(path.read_bytes())
    except (OSError, ValueError) as error:
        raise StorageError(f"the certificate {path} cannot be read ({_why(error)}); give a file in PEM form") from error


def _why(error: Exception) -> str:
    return (error.strerror or "not found") if isinstance(error, OSError) else "its contents have another form"


def _names(server: x509.Certificate) -> tuple[str, ...]:
    try:
        held = server.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return ()
    return (*held.get_values_for_type(x509.DNSName), *(str(one) for one in held.get_values_for_type(x509.IPAddress)))


def is_for(certificate: Certificate, name: str) -> bool:
    """Say whether browsers accept a certificate under a name or address; a star stands for one first label.

    Examples
    --------
    >>> from datetime import UTC
    >>> wild = Certificate(chain=Path("c"), key=Path("k"), names=("*.example.org",), until=datetime.now(UTC))
    >>> is_for(wild, "desk.example.org"), is_for(wild, "example.org"), is_for(wild, "a.b.example.org")
    (True, False, False)
    """
    held = {one.casefold() for one in certificate.names}
    _, dot, rest = name.casefold().partition(".")
    return name.casefold() in held or (bool(dot) and f"*.{rest}" in held)


def _grouped(digest: str) -> str:
    """Return a fingerprint in groups that can be compared by eye."""
    return " ".join(digest[n : n + 4] for n in range(0, len(digest), 4))

"""How a hall is served: over an own domain, with a certificate made for the venue, or plainly in an exercise."""

from __future__ import annotations

import ipaddress
from datetime import datetime, timedelta
from pathlib import Path

from goodoffices.data_class import dataclass
from goodoffices.errors import StorageError
from goodoffices.service.data_folder import make_folder
from goodoffices.service.venue_certificate import (
    Certificate,
    is_for,
    make_venue_certificate,
    own_certificate,
    venue_certificate,
)

FOLDER = "venue-certificate"
"""The folder of the venue's certificate, in the data folder."""
_SHORTEST = timedelta(days=2)
_DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True, kw_only=True)
class HallPlan:
    """How people reach the desk.

    ``host`` is the address to listen at and ``name`` what people type, if that is another. ``certificate`` and ``key``
    are files for an own domain; ``venue`` asks for a certificate made here; ``plain`` for none at all.
    """

    host: str
    name: str | None = None
    certificate: Path | None = None
    key: Path | None = None
    venue: bool = False
    plain: bool = False

    @property
    def is_local(self) -> bool:
        """Whether only this computer reaches the desk."""
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Hall:
    """How the desk is reached: by which names, over what certificate (``None``: plain http), and who reads along."""

    names: tuple[str, ...]
    is_local: bool
    certificate: Certificate | None = None

    @property
    def takes_live(self) -> bool:
        """Whether a live record may be opened: not where others on the network can read along."""
        return self.is_local or self.certificate is not None

    @property
    def shown(self) -> str:
        """The first name, as an address says it."""
        return f"[{self.names[0]}]" if ":" in self.names[0] else self.names[0]

    def origins(self, port: int) -> tuple[str, ...]:
        """Return the addresses as browsers say them: without the port where it is the usual one."""
        scheme = "http" if self.certificate is None else "https"
        end = "" if port == _DEFAULT_PORTS[scheme] else f":{port}"
        return tuple(f"{scheme}://{f'[{name}]' if ':' in name else name}{end}" for name in self.names)


def hall_of(plan: HallPlan, data: Path, *, at: datetime) -> Hall:
    """Return how the desk is served; a venue certificate is made if there is none that still fits.

    Raises
    ------
    StorageError
        If the options do not go together, or a certificate cannot be used. The sentence says what to do.
    """
    if bool(plan.certificate) != bool(plan.key):
        raise StorageError("a certificate and its private key go together; give --certificate and --private-key")
    if sum((plan.certificate is not None, plan.venue, plan.plain)) > 1:
        raise StorageError("--certificate, --hall and --plain are three ways to serve a hall; choose one of them")
    if plan.certificate is not None and plan.key is not None:
        return _own(plan, own_certificate(plan.certificate, plan.key), at)
    names = _names(plan)
    if plan.venue:
        return Hall(names=names, is_local=plan.is_local, certificate=_venue(names, data / FOLDER, at))
    if not plan.is_local and not plan.plain:
        raise StorageError(
            f"under {plan.host} other people on the network could read along; choose --hall (a certificate made here), "
            "--certificate with --private-key (an own domain), or --plain for an exercise in one room"
        )
    return Hall(names=names, is_local=plan.is_local)


def _names(plan: HallPlan) -> tuple[str, ...]:
    if plan.name is None and plan.host in ("0.0.0.0", "::"):  # noqa: S104 - what an operator may ask for
        raise StorageError(
            f"{plan.host} is not an address that people can type. Also give the one that they will type, "
            "such as --name 192.168.1.20"
        )
    also = ["localhost"] if plan.host in ("127.0.0.1", "::1") else []
    shown = [] if plan.host in ("0.0.0.0", "::") else [plan.host]  # noqa: S104
    return tuple(dict.fromkeys([*([] if plan.name is None else [plan.name]), *shown, *also]))


def _own(plan: HallPlan, certificate: Certificate, at: datetime) -> Hall:
    plain = [name for name in certificate.names if "*" not in name]
    name = plan.name or (plan.host if is_for(certificate, plan.host) else next(iter(plain), plan.host))
    if not is_for(certificate, name):
        held = ", ".join(certificate.names) or "no name"
        raise StorageError(
            f"the certificate is for {held} and not for {name}; give with --name the one that people type"
        )
    if certificate.until <= at:
        raise StorageError(
            f"the certificate ended on {certificate.until:%d %B %Y}, so browsers refuse it; get a new one"
        )
    return Hall(names=(name,), is_local=plan.is_local, certificate=certificate)


def _venue(names: tuple[str, ...], folder: Path, at: datetime) -> Certificate:
    make_folder(folder)
    kept = venue_certificate(folder)
    fits = kept is not None and kept.until - at >= _SHORTEST and all(is_for(kept, name) for name in names)
    return kept if fits and kept is not None else make_venue_certificate(folder, names, at=at)

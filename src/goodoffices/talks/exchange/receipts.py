"""Receipts, exported views and imported sealed files."""

from __future__ import annotations

from dataclasses import dataclass

from goodoffices.talks.base.acts import Content
from goodoffices.talks.base.states import Face
from goodoffices.talks.state.command_context import Command, CommandContext


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueReceipt(Command):
    """Take a signed receipt of your record as it stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportView(Command):
    """Note that you took a copy of your record out, with the copy's digest."""

    what: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportSealed(Command):
    """Note that a sealed file came in for a seat, with its digest and the request keys in it."""

    seat: str
    digest: str
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptIssued(Content):
    """A seat took a receipt of its slice up to a notice: its number and the slice's own head."""

    FACES = {Face.SELF: ("up_to", "head")}

    up_to: int
    head: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewExported(Content):
    """A seat took a copy of its record out."""

    FACES = {Face.SELF: ("what", "digest")}

    what: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedImported(Content):
    """A sealed file came in for a seat."""

    FACES = {Face.SELF: ("seat", "digest", "keys"), Face.SENDER: ("digest", "keys")}

    seat: str
    digest: str
    keys: tuple[str, ...] = ()


def issue_receipt(context: CommandContext, command: IssueReceipt) -> None:
    """Decide ``IssueReceipt``: it covers the slice as it stood before it."""
    del command
    context.tell(ReceiptIssued(up_to=len(context.slice), head=context.slice.head.hex()), ())


def export_view(context: CommandContext, command: ExportView) -> None:
    """Decide ``ExportView``."""
    context.tell(ViewExported(what=command.what, digest=command.digest), ())


def import_sealed(context: CommandContext, command: ImportSealed) -> None:
    """Decide ``ImportSealed``."""
    [seat] = context.known_seats([command.seat])
    context.tell(SealedImported(seat=seat, digest=command.digest, keys=command.keys), [seat], face=Face.SENDER)

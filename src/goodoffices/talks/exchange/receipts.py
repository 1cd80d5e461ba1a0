"""Commands that note receipts, exported copies and imported sealed files."""

from __future__ import annotations

from goodoffices.data_class import dataclass
from goodoffices.talks.base.acts import Content
from goodoffices.talks.base.states import Face
from goodoffices.talks.state.command_context import Command, CommandContext


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueReceipt(Command):
    """Issue a signed receipt of your record as it is now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportView(Command):
    """Note that you exported a copy of your record, with the digest of the copy."""

    what: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportSealed(Command):
    """Note that a sealed file was imported for a seat, with its digest and the request keys in it."""

    seat: str
    digest: str
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptIssued(Content):
    """A receipt was issued for a seat's slice: the number of its last notice, and the head of the slice."""

    FACES = {Face.SELF: ("up_to", "head")}

    up_to: int
    head: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewExported(Content):
    """A seat exported a copy of its record."""

    FACES = {Face.SELF: ("what", "digest")}

    what: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedImported(Content):
    """A sealed file was imported for a seat."""

    FACES = {Face.SELF: ("seat", "digest", "keys"), Face.SENDER: ("digest", "keys")}

    seat: str
    digest: str
    keys: tuple[str, ...] = ()


def issue_receipt(context: CommandContext, command: IssueReceipt) -> None:
    """Issue a receipt of the asking seat's slice, up to the notice before the receipt."""
    del command
    context.tell(ReceiptIssued(up_to=len(context.slice), head=context.slice.head.hex()), ())


def export_view(context: CommandContext, command: ExportView) -> None:
    """Note an exported copy, for the asking seat alone."""
    context.tell(ViewExported(what=command.what, digest=command.digest), ())


def import_sealed(context: CommandContext, command: ImportSealed) -> None:
    """Note an imported sealed file."""
    [seat] = context.known_seats([command.seat])
    context.tell(SealedImported(seat=seat, digest=command.digest, keys=command.keys), [seat], face=Face.SENDER)

"""Receipts: a seat's slice up to a notice, signed by the record. One proves one's own side without another's."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict

from goodoffices.canonical_json import canonical
from goodoffices.data_class import dataclass
from goodoffices.record.encryption import has_signed
from goodoffices.talks.base.enums import Kind
from goodoffices.talks.state.slices import Slice
from goodoffices.talks.state.view import View


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What a receipt says: record, kind, seat, number of notices and the slice's own head, all of it signed."""

    record: str
    kind: str
    seat: str
    n: int
    head: str
    public_key: str
    signature: str

    def to_json(self) -> str:
        """Return the receipt as JSON."""
        return json.dumps(asdict(self), indent=2)


def slice_lines(view: View) -> tuple[bytes, ...]:
    """Return the notices of a view as the bytes that its chain covers, one a line."""
    return tuple(notice.bytes() for notice in view.notices)


def receipt_of(
    view: View,
    record_id: str,
    kind: Kind,
    public_key: bytes,
    sign: Callable[[bytes], bytes],
    *,
    up_to: int | None = None,
) -> Receipt:
    """Return a receipt of ``view`` up to a notice (default: the last), signed with ``sign``."""
    n = len(view.notices) if up_to is None else up_to
    head = view.head if n == len(view.notices) else view.heads[n - 1].hex()
    said = {"record": record_id, "kind": kind.value, "seat": view.seat, "n": n, "head": head}
    return Receipt(
        record=record_id,
        kind=kind.value,
        seat=view.seat,
        n=n,
        head=head,
        public_key=public_key.hex(),
        signature=sign(_message(said)).hex(),
    )


def _message(said: Mapping[str, object]) -> bytes:
    return b"goodoffices/receipt/1\n" + canonical(
        {name: said[name] for name in ("record", "kind", "seat", "n", "head")}
    )


def verify_receipt(receipt: Mapping[str, object], lines: Sequence[bytes], public_key: bytes) -> bool:
    """Say whether ``receipt`` was signed by the record of ``public_key`` and covers exactly the notices ``lines``."""
    try:
        head = Slice.empty(str(receipt["seat"])).head
        for line in lines:
            head = hashlib.sha256(head + line).digest()
        covers = receipt["n"] == len(lines) and receipt["head"] == head.hex()
        return covers and has_signed(public_key, _message(receipt), bytes.fromhex(str(receipt["signature"])))
    except (KeyError, ValueError):
        return False

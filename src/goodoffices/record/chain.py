"""The chain: each act's envelope names the hash of the one before, and the hashes of everything stored with it.

An envelope is canonical JSON and carries no time, kind, seat or name. It is checked against one strict pattern instead
of being parsed and written again: that is faster, and no second spelling of the same envelope can pass.
"""

from __future__ import annotations

import re
from binascii import a2b_hex
from hashlib import sha256
from typing import Final

from goodoffices.canonical_json import canonical
from goodoffices.data_class import dataclass
from goodoffices.errors import DamagedRecordError, NewerFormatError
from goodoffices.record.backends.database import FORMAT
from goodoffices.talks.base.enums import Kind

ACT_PREFIX: Final = {Kind.LIVE: b"goodoffices/act/1", Kind.EXERCISE: b"goodoffices/exercise/act/1"}
RECORD_PREFIX: Final = {Kind.LIVE: b"goodoffices/record/1", Kind.EXERCISE: b"goodoffices/exercise/record/1"}

_HASH = rb"[0-9a-f]{64}"
_HASHES = rb'\[((?:"%s"(?:,"%s")*)?)\]' % (_HASH, _HASH)
_NUMBER = rb"([1-9][0-9]*)"
_ENVELOPE = re.compile(
    rb'\{"bodies":%s,"group":\[%s,%s\],"head":"(%s)","prev":"(%s)","request":(null|"%s"),"seq":%s,"shredded":%s,"v":([12])\}'
    % (_HASHES, _NUMBER, _NUMBER, _HASH, _HASH, _HASH, _NUMBER, _HASHES)
)
_BODIES = re.compile(rb'\{"bodies":%s,' % _HASHES)
_NEWER = re.compile(rb'\{"bodies".*"v":([1-9][0-9]{0,8})\}', re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """What is in clear of one act. Hashes are lower-case hexadecimal."""

    seq: int
    prev: str
    first: int
    n: int
    head: str
    bodies: tuple[str, ...] = ()
    request: str | None = None
    shredded: tuple[str, ...] = ()
    version: int = FORMAT


def write_envelope(envelope: Envelope) -> bytes:
    """Return the canonical bytes of ``envelope``."""
    return canonical(
        {
            "v": envelope.version,
            "seq": envelope.seq,
            "prev": envelope.prev,
            "group": [envelope.first, envelope.n],
            "head": envelope.head,
            "bodies": list(envelope.bodies),
            "request": envelope.request,
            "shredded": list(envelope.shredded),
        }
    )


def read_envelope(data: bytes, seq: int) -> Envelope:
    """Return the envelope stored for act ``seq``.

    Raises
    ------
    NewerFormatError
        If it has another format number.
    DamagedRecordError
        If it is not an envelope as :func:`write_envelope` writes them, or another act's.
    """
    bodies, first, n, head, prev, request, _, shredded, version = envelope_fields(data, seq)
    return Envelope(
        seq=seq,
        prev=prev.decode(),
        first=int(first),
        n=int(n),
        head=head.decode(),
        bodies=tuple(digest.hex() for digest in named(bodies)),
        request=None if request == b"null" else request[1:-1].decode(),
        shredded=tuple(key_id.hex() for key_id in named(shredded)),
        version=int(version),
    )


def read_link(data: bytes, seq: int) -> tuple[bytes, int, int]:
    """Return what unsealing needs of an envelope: the hash before it (hexadecimal), and its group's first act and size.

    Checks and errors are those of :func:`read_envelope`; it takes a third of the time.
    """
    _, first, n, _, prev, *_ = envelope_fields(data, seq)
    return prev, int(first), int(n)


def bodies_named(data: bytes) -> list[bytes]:
    """Return the digests of the bodies that an envelope names; nothing if it cannot be read."""
    found = _BODIES.match(data)
    return named(found[1]) if found is not None else []


def envelope_fields(data: bytes, seq: int) -> tuple[bytes, ...]:
    """Return bodies, first, n, head, prev, request, seq, shredded and the version as they are spelt.

    Errors as :func:`read_envelope`.
    """
    found = _ENVELOPE.fullmatch(data)
    if found is None:
        newer = _NEWER.fullmatch(data)
        if newer is not None and int(newer[1]) > FORMAT:
            raise NewerFormatError(f"act {seq} was written by a newer Good Offices; open the record with that one")
        raise DamagedRecordError(f"act {seq} is damaged: its envelope cannot be read; restore a backup", seq=seq)
    fields = found.groups()
    if int(fields[6]) != seq:
        raise DamagedRecordError(f"act {seq} is damaged: its envelope belongs to act {int(fields[6])}", seq=seq)
    return fields


def named(listed: bytes) -> list[bytes]:
    """Return the hashes that a field of an envelope lists, as bytes."""
    return [a2b_hex(spelt) for spelt in listed[1:-1].split(b'","')] if listed else []


def chain_hash(kind: Kind, envelope: bytes) -> bytes:
    """Return the head of the chain after the act with this stored envelope. Live and exercise chains never meet."""
    return sha256(ACT_PREFIX[kind] + envelope).digest()


def genesis_hash(kind: Kind, *, record_id: bytes, public_key: bytes, box_key: bytes, version: int = FORMAT) -> bytes:
    """Return the hash that the first act follows: that of what never changes in the record's own row."""
    row = {
        "box_key": box_key.hex(),
        "format": version,
        "id": record_id.hex(),
        "kind": kind.value,
        "public_key": public_key.hex(),
    }
    return sha256(RECORD_PREFIX[kind] + canonical(row)).digest()


def body_digest(key_id: bytes, sealed: bytes) -> bytes:
    """Return what an envelope says of one body: the hash of its key's name and of its sealed words."""
    return sha256(key_id + sealed).digest()


def request_hash(tag: bytes, first: int, last: int, digest: bytes) -> bytes:
    """Return what an envelope says of the request that its group answers."""
    return sha256(tag + first.to_bytes(8) + last.to_bytes(8) + digest).digest()


def next_anchors_hash(previous: bytes, *, seq: int, head: bytes, signature: bytes) -> bytes:
    """Return the running hash over the anchors, which the record signs: a missing anchor is found."""
    return sha256(previous + seq.to_bytes(8) + head + signature).digest()

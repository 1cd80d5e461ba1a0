"""Make rows of acts: encrypt a group and chain it to the last act. Pure, apart from the entropy it is given."""

from __future__ import annotations

from hashlib import sha256

from goodoffices.record.backends.database import FIRST_FORMAT
from goodoffices.record.chain import Envelope, chain_hash, request_hash, write_envelope
from goodoffices.record.encryption import Keys, SealedBody, request_digest, request_tag, seal_body, seal_head
from goodoffices.record.rows import Head, NewRows, RecordRow
from goodoffices.record.values import Entropy, Group, RecordEntry


def chain_group(
    keys: Keys, row: RecordRow, head: Head, group: Group, shredded: tuple[bytes, ...], entropy: Entropy
) -> tuple[NewRows, Head]:
    """Return the rows that keep ``group`` after ``head``, and the new head.

    Parameters
    ----------
    row
        The record's own row, which says its kind and in which format acts are added.
    shredded
        The names of the keys that the group destroys; its first envelope lists them.
    """
    new, first, n = NewRows(), head.seq + 1, len(group.entries)
    sealed = [_seal(keys, seq, entry, entropy) for seq, entry in enumerate(group.entries, start=first)]
    request = _request_row(keys, row, group, first, [body for bodies, _ in sealed for body in bodies])
    if request is not None:
        new.requests.append(request)
    for seq, (bodies, act) in enumerate(sealed, start=first):
        envelope = write_envelope(
            Envelope(
                seq=seq,
                prev=head.hash.hex(),
                first=first,
                n=n,
                head=sha256(act).hexdigest(),
                bodies=tuple(body.digest.hex() for body in bodies),
                request=request_hash(*request).hex() if request is not None and seq == first else None,
                shredded=tuple(key_id.hex() for key_id in shredded) if seq == first else (),
                version=row.written,
            )
        )
        new.acts.append((seq, envelope, act))
        new.bodies.extend(bodies)
        head = Head(seq=seq, hash=chain_hash(row.kind, envelope))
    return new, head


def _seal(keys: Keys, seq: int, entry: RecordEntry, entropy: Entropy) -> tuple[list[SealedBody], bytes]:
    own = entry.keys or (None,) * len(entry.bodies)
    pairs = zip(entry.bodies, own, strict=True)
    bodies = [seal_body(keys, seq, index, words, entropy, key) for index, (words, key) in enumerate(pairs)]
    return bodies, seal_head(keys, seq, entry.head, entropy)


def _request_row(
    keys: Keys, row: RecordRow, group: Group, first: int, bodies: list[SealedBody]
) -> tuple[bytes, int, int, bytes] | None:
    """Return the row by which a repeated request finds its answer; the first envelope has its hash."""
    if group.request is None:
        return None
    last = first + len(group.entries) - 1
    body_keys = [] if row.written == FIRST_FORMAT else [body.key for body in bodies]
    return request_tag(keys, group.request), first, last, request_digest(keys, group.request, body_keys)

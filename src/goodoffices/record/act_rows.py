"""Make rows of acts: encrypt a group and chain it to the last act. Pure, apart from the entropy it is given."""

from __future__ import annotations

from hashlib import sha256

from goodoffices.record.chain import Envelope, chain_hash, request_hash, write_envelope
from goodoffices.record.encryption import Keys, SealedBody, request_digest, request_tag, seal_body, seal_head
from goodoffices.record.rows import Head, NewRows
from goodoffices.record.values import Entropy, Group, RecordEntry
from goodoffices.talks.base.enums import Kind


def chain_group(
    keys: Keys, kind: Kind, head: Head, group: Group, shredded: tuple[bytes, ...], entropy: Entropy
) -> tuple[NewRows, Head]:
    """Return the rows that keep ``group`` after ``head``, and the new head.

    Parameters
    ----------
    shredded
        The names of the keys that the group destroys; its first envelope lists them.
    """
    new, first, n = NewRows(), head.seq + 1, len(group.entries)
    request = _request_row(keys, group, first)
    if request is not None:
        new.requests.append(request)
    for seq, entry in enumerate(group.entries, start=first):
        bodies, sealed = _seal(keys, seq, entry, entropy)
        envelope = write_envelope(
            Envelope(
                seq=seq,
                prev=head.hash.hex(),
                first=first,
                n=n,
                head=sha256(sealed).hexdigest(),
                bodies=tuple(body.digest.hex() for body in bodies),
                request=request_hash(*request).hex() if request is not None and seq == first else None,
                shredded=tuple(key_id.hex() for key_id in shredded) if seq == first else (),
            )
        )
        new.acts.append((seq, envelope, sealed))
        new.bodies.extend(bodies)
        head = Head(seq=seq, hash=chain_hash(kind, envelope))
    return new, head


def _seal(keys: Keys, seq: int, entry: RecordEntry, entropy: Entropy) -> tuple[list[SealedBody], bytes]:
    bodies = [seal_body(keys, seq, index, words, entropy) for index, words in enumerate(entry.bodies)]
    return bodies, seal_head(keys, seq, entry.head, entropy)


def _request_row(keys: Keys, group: Group, first: int) -> tuple[bytes, int, int, bytes] | None:
    """Return the row by which a repeated request finds its answer; the first envelope has its hash."""
    if group.request is None:
        return None
    last = first + len(group.entries) - 1
    return request_tag(keys, group.request), first, last, request_digest(keys, group.request)

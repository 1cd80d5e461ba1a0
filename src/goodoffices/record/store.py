"""An open record: acts go in sealed and chained, and come out as they were. It does not know what they mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import TracebackType

from goodoffices.errors import (
    BadSealError,
    ConcurrentUpdateError,
    DamagedRecordError,
    KeyReusedError,
    ScenarioError,
)
from goodoffices.record.act_rows import chain_group
from goodoffices.record.backends.database import FIRST_FORMAT, FORMAT, Database, Row, insert
from goodoffices.record.chain import bodies_named, chain_hash, next_anchors_hash, read_envelope, read_link
from goodoffices.record.contents import Contents, verified_contents
from goodoffices.record.encryption import (
    Keys,
    SealedBody,
    is_anchor_of,
    open_body,
    open_head,
    open_key,
    request_digest,
    request_tag,
    row_message,
)
from goodoffices.record.keys import Unlock, format_of_row, lock_key, with_format
from goodoffices.record.rows import (
    Head,
    RecordRow,
    act_row,
    acts_from,
    add,
    body_rows,
    last_head,
    record_row,
    set_changeable,
)
from goodoffices.record.values import (
    Anchor,
    AppendedActs,
    Entropy,
    Group,
    RecordEntry,
    Request,
    StoredAct,
    StoredHead,
    ThingPlace,
)
from goodoffices.record.verification import Verification, verify_database
from goodoffices.talks.base.enums import Kind


class Store:
    """A record that is open for reading and appending, on either database. For one thread at a time.

    Make one with :func:`goodoffices.record.create` or :func:`goodoffices.record.open_`; leave it with ``close`` or
    ``with``. The record key is in its memory, and nowhere else.
    """

    def __init__(self, database: Database, row: RecordRow, keys: Keys, entropy: Entropy) -> None:
        self._database, self._row, self._keys, self._entropy = database, row, keys, entropy

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def name(self) -> str:
        """The file, or the address without its password."""
        return self._database.name

    @property
    def kind(self) -> Kind:
        """Live or exercise."""
        return self._row.kind

    @property
    def record_id(self) -> bytes:
        """Sixteen random bytes that name the record."""
        return self._row.id

    @property
    def public_key(self) -> bytes:
        """The Ed25519 key that checks what :meth:`sign` signs, 32 bytes."""
        return self._row.public_key

    @property
    def box_key(self) -> bytes:
        """The X25519 key to which seats seal what they send back, 32 bytes."""
        return self._row.box_key

    @property
    def box_secret(self) -> bytes:
        """The secret half of :attr:`box_key`; for opening sealed files only."""
        return bytes(self._keys.box)

    @property
    def length(self) -> int:
        """How many acts the record has now."""
        return self._last().seq

    def head(self) -> bytes:
        """Return the hash of the chain's end; that of the record's own row while there is no act."""
        return self._last().hash

    def _last(self) -> Head:
        return last_head(self._database, self._row)

    def append(
        self,
        entries: Sequence[RecordEntry],
        *,
        after: int,
        request: Request | None = None,
        shred: Sequence[ThingPlace] = (),
        wait: bool = True,
    ) -> AppendedActs:
        """Keep the acts of one command; when this returns they are on the disk, all of them.

        Parameters
        ----------
        after
            The number of the last act that the caller knew when it decided.
        shred
            Bodies of earlier acts whose keys go in the same moment; one already gone is passed over. When this returns,
            no file of the record has them.
        wait
            Whether to wait for a reader that keeps destroyed keys in a log, and to refuse beside one that stays. Else
            the log is emptied as soon as the reader has gone; see :meth:`finish_forgetting`.

        Raises
        ------
        StorageError
            If another process reads the record while keys are destroyed; the message says what was done.
        ConcurrentUpdateError
            If the record has moved past ``after``: read on and decide again.
        KeyReusedError
            If the request's key came before with other content. An equal repetition returns the first answer.
        ScenarioError
            If ``shred`` names a body that no act up to ``after`` has.
        """
        group = Group(entries=tuple(entries), request=request, shred=tuple(shred))
        return self.append_many([group], after=after, wait=wait)[0]

    def append_many(self, groups: Sequence[Group], *, after: int, wait: bool = True) -> tuple[AppendedActs, ...]:
        """Store the groups of several commands with one commit: all of them or, on any error, none.

        Raises
        ------
        ConcurrentUpdateError, KeyReusedError, ScenarioError
            As :meth:`append`.
        """
        answers: list[AppendedActs] = []
        shredded: list[bytes] = []
        if wait and any(group.shred for group in groups):
            self._database.prepare_to_forget()
        with self._database.writing():
            start = head = self._last()
            for group in groups:
                earlier = self.find_request(group.request) if group.request is not None else None
                if earlier is not None:
                    answers.append(earlier)
                    continue
                if start.seq != after:
                    raise ConcurrentUpdateError(
                        f"the record is at act {start.seq}, not at {after} as expected; read on and decide again"
                    )
                gone = self._keys_of(group.shred)
                first = head.seq + 1
                new, head = chain_group(self._keys, self._row, head, group, gone, self._entropy)
                add(self._database, new, gone)
                answers.append(AppendedActs(first=first, last=head.seq))
                shredded.extend(gone)
        if shredded:
            self._database.forget(wait=wait)
        return tuple(answers)

    def finish_forgetting(self, *, wait: bool = True) -> None:
        """Overwrite what destroyed keys have left in a log that a reader held; nothing is done if there is none.

        Raises
        ------
        StorageError
            With ``wait``: if a reader still holds it.
        """
        if self._database.has_traces:
            self._database.forget(wait=wait)

    def _keys_of(self, places: Sequence[ThingPlace]) -> tuple[bytes, ...]:
        """Return the names of the keys, still there, of the bodies at ``places``."""
        found: dict[bytes, None] = {}
        for place in places:
            digests = self._digests(place.seq)
            if not 0 <= place.index < len(digests):
                raise ScenarioError(
                    f"act {place.seq} has {len(digests)} texts; there is no text {place.index} to destroy"
                )
            body = body_rows(self._database, digests)[digests[place.index]]
            if body.wrapped:
                found[body.key_id] = None
        return tuple(found)

    def _digests(self, seq: int) -> list[bytes]:
        """Return the digests of the bodies of act ``seq``."""
        row = act_row(self._database, seq)
        if row is None:
            raise ScenarioError(f"there is no act {seq}; the record has {self.length}")
        return [bytes.fromhex(digest) for digest in read_envelope(row[1], seq).bodies]

    def find_request(self, request: Request) -> AppendedActs | None:
        """Return where the acts of an earlier, equal request stand, or ``None`` if it is new.

        Raises
        ------
        KeyReusedError
            If the seat used the key before, for something else.
        """
        found = self._database.rows(
            "SELECT first_seq, last_seq, digest FROM request WHERE tag = ?", (request_tag(self._keys, request),)
        )
        if not found:
            return None
        [(first, last, digest)] = found
        keys = self._keys_with(first, last)
        # Of a request whose texts were destroyed nobody can say any more what it was; its key says that it came.
        if keys is not None and digest != request_digest(self._keys, request, keys):
            raise KeyReusedError("this request key was used before for another request; use a new key")
        return AppendedActs(first=first, last=last, is_repeat=True)

    def _keys_with(self, first: int, last: int) -> list[bytes] | None:
        """Return the keys with which the digest of a request was made; ``None`` if one of them was destroyed."""
        keys = []
        for seq in range(first, last + 1):
            row = act_row(self._database, seq)
            envelope = None if row is None else read_envelope(row[1], seq)
            if envelope is None or envelope.version == FIRST_FORMAT:
                return []
            digests = [bytes.fromhex(digest) for digest in envelope.bodies]
            found = body_rows(self._database, digests)
            for index, digest in enumerate(digests):
                if not found[digest].wrapped:
                    return None
                keys.append(open_key(self._keys, seq, index, found[digest].wrapped))
        return keys

    def is_writable(self) -> bool:
        """Tell whether acts could be kept now, as far as that can be told without writing."""
        return self._database.is_writable()

    def heads(self, from_seq: int = 1) -> Iterator[StoredHead]:
        """Yield the acts from number ``from_seq`` on, without their bodies, which no fold needs.

        Raises
        ------
        DamagedRecordError
            At the first act that is not what was written; what stood before it has been yielded.
        """
        for batch in acts_from(self._database, from_seq):
            for head, _ in self._opened(batch):
                yield head

    def read(self, from_seq: int = 1) -> Iterator[StoredAct]:
        """Yield the acts from number ``from_seq`` on with their bodies; errors as :meth:`heads`."""
        for batch in acts_from(self._database, from_seq):
            # All bodies of a batch at once: one query for each act would take longer than unsealing it.
            found = body_rows(self._database, [digest for _, data, _ in batch for digest in bodies_named(data)])
            for act, data in self._opened(batch):
                bodies = self._words(act.seq, bodies_named(data), found)
                yield StoredAct(seq=act.seq, first=act.first, n=act.n, head=act.head, bodies=bodies)

    def bodies(self, seq: int) -> tuple[bytes | None, ...]:
        """Return the bodies of act ``seq``; ``None`` stands for a shredded one.

        Raises
        ------
        ScenarioError
            If there is no such act.
        DamagedRecordError
            If a body is not what was written.
        """
        digests = self._digests(seq)
        return self._words(seq, digests, body_rows(self._database, digests))

    def _opened(self, batch: Sequence[Row]) -> Iterator[tuple[StoredHead, bytes]]:
        """Unseal the heads of acts that stand one after the other, checking number, chain and seal; give envelopes too.

        The first must follow what stands before it in the database.
        """
        keys, kind = self._keys, self.kind
        before = act_row(self._database, batch[0][0] - 1)
        prev = (chain_hash(kind, before[1]) if before is not None else self._row.genesis).hex().encode()
        for expected, (seq, data, sealed) in enumerate(batch, start=batch[0][0]):
            named, first, n = read_link(data, seq)
            if seq != expected or named != prev:
                raise DamagedRecordError(
                    f"act {expected} is damaged: it does not follow the one before; restore a backup", seq=expected
                )
            try:
                head = open_head(keys, seq, sealed)
            except BadSealError as error:
                raise DamagedRecordError(
                    f"act {seq} is damaged: it was changed after it was sealed; restore a backup", seq=seq
                ) from error
            yield StoredHead(seq=seq, first=first, n=n, head=head), data
            prev = chain_hash(kind, data).hex().encode()

    def _words(self, seq: int, digests: Sequence[bytes], found: Mapping[bytes, SealedBody]) -> tuple[bytes | None, ...]:
        words: list[bytes | None] = []
        for index, digest in enumerate(digests):
            if digest not in found:
                raise DamagedRecordError(f"act {seq} is damaged: a text is missing; restore a backup", seq=seq)
            try:
                body = found[digest]
                words.append(open_body(self._keys, seq, index, body.sealed, body.wrapped) if body.wrapped else None)
            except BadSealError as error:
                raise DamagedRecordError(
                    f"act {seq} is damaged: a text was changed after it was sealed; restore a backup", seq=seq
                ) from error
        return tuple(words)

    def sign(self, message: bytes) -> bytes:
        """Return the record's Ed25519 signature of ``message``, 64 bytes. The caller begins it with what it is."""
        return self._keys.signing.sign(message).signature

    def anchor(self, anchor: Anchor) -> None:
        """Keep a signed head in the record, so that `verify` misses acts removed below it.

        Raises
        ------
        BadSealError
            If this record did not sign it.
        """
        if not is_anchor_of(self.public_key, self._row.genesis, anchor):
            raise BadSealError(
                f"the anchor at act {anchor.seq} was not signed by this record; it belongs to another one"
            )
        with self._database.writing():
            if self._database.rows("SELECT 1 FROM anchor WHERE seq = ?", (anchor.seq,)):
                return
            last = self._database.rows("SELECT seq FROM anchor ORDER BY seq DESC LIMIT 1")
            if last and last[0][0] > anchor.seq:
                raise ScenarioError(f"there is already an anchor at act {last[0][0]}; anchors are stored in order")
            self._database.change(insert("anchor"), [(anchor.seq, anchor.head, anchor.signature)])
            row = record_row(self._database)
            running = next_anchors_hash(row.anchors, seq=anchor.seq, head=anchor.head, signature=anchor.signature)
            self._set_row(unlock=row.unlock, anchors=running)

    @property
    def format(self) -> int:
        """The number of the format in which acts are added now."""
        return self._row.written

    def upgrade(self) -> None:
        """Add acts in the newest format from now on. What was added before stays as it is, byte for byte."""
        with self._database.writing():
            row = record_row(self._database)
            self._set_row(unlock=with_format(row.unlock, FORMAT), anchors=row.anchors)

    def _set_row(self, *, unlock: bytes, anchors: bytes) -> None:
        signature = self.sign(row_message(self._row.genesis, anchors, unlock))
        set_changeable(self._database, unlock=unlock, anchors=anchors, signature=signature)
        self._row = replace(self._row, unlock=unlock, anchors=anchors, signature=signature)

    def rekey(self, unlock: Unlock) -> None:
        """Change what opens the record to ``unlock``.

        Acts are not encrypted again: with a copy of the old row and the old passphrase, that copy can still be read.
        """
        with self._database.writing():
            row = record_row(self._database)
            wrapped = lock_key(self._keys.record_key, self._row.id, unlock, self._entropy)
            self._set_row(unlock=with_format(wrapped, format_of_row(row.unlock)), anchors=row.anchors)
        self._database.forget()

    def verify(self, anchors: Sequence[Anchor] = (), heads: Sequence[bytes] = ()) -> Verification:
        """Check every stored row, without opening any; see :func:`goodoffices.record.verify`."""
        return verify_database(self._database, anchors=anchors, heads=heads)

    def verified(self) -> Contents:
        """Check every stored row and unseal all there is, each row once; errors as `verified_contents`."""
        return verified_contents(self._database, self._keys)

    def close(self) -> None:
        """Let go of the record."""
        self._database.close()

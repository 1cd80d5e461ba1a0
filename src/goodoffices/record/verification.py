"""Finding every changed, missing, added or moved row without any key, and, with the keys, every unreadable act."""

from __future__ import annotations

from binascii import a2b_hex
from collections.abc import Sequence
from dataclasses import field
from hashlib import sha256
from typing import Protocol

from goodoffices.data_class import dataclass
from goodoffices.errors import DamagedRecordError
from goodoffices.record.backends.database import FIRST_FORMAT, FORMAT, Database, select
from goodoffices.record.chain import (
    body_digest,
    chain_hash,
    envelope_fields,
    genesis_hash,
    named,
    next_anchors_hash,
    request_hash,
)
from goodoffices.record.encryption import has_signed, is_anchor_of, key_name, row_message
from goodoffices.record.rows import RecordRow, record_row
from goodoffices.record.values import Anchor

MOST_PROBLEMS = 100
_KEYS_ARE_MISSING = "the keys of its texts are missing"
_NO_KEYS = (
    _KEYS_ARE_MISSING + ": {n} texts cannot be read, though no act destroyed them. The record was restored without the"
    " backup of its keys; restore it again with `goodoffices record restore … --keys`"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is not as it was written; ``seq`` is the act it shows at, if it shows at one."""

    what: str
    seq: int | None = None

    def __str__(self) -> str:
        return self.what if self.seq is None else f"act {self.seq}: {self.what}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """The result of a check: the last act, and up to a hundred problems; no problem means that nothing was changed."""

    length: int
    head: bytes
    problems: tuple[Problem, ...]

    @property
    def is_sound(self) -> bool:
        """Whether there is no problem."""
        return not self.problems

    def __str__(self) -> str:
        if self.is_sound:
            return f"{self.length} acts, head {self.head.hex()}. Nothing was changed since it was written."
        if len(self.problems) == 1 and self.problems[0].what.startswith(_KEYS_ARE_MISSING):
            return f"{self.length} acts, head {self.head.hex()}. No act was changed, but {self.problems[0]}"
        listed = "\n".join(f"  {problem}" for problem in self.problems)
        return f"{self.length} acts. The record was changed after it was written:\n{listed}"


class Reader(Protocol):
    """Takes the sealed parts of a record as a check passes them, so that each row is read once.

    What it took is worth nothing unless the check finds no problem.
    """

    def take_head(self, seq: int, sealed: bytes, n_bodies: int) -> None:
        """Take the head of act ``seq``, which has so many bodies."""

    def take_body(self, seq: int, index: int, sealed: bytes, wrapped: bytes) -> None:
        """Take body ``index`` of act ``seq`` with its key. ``wrapped`` is empty if that was destroyed."""


@dataclass(slots=True, kw_only=True)
class _Check:
    """The state of a check: the chain as far as it was read, and what the other tables must therefore hold."""

    row: RecordRow
    seq: int
    hash: bytes
    reader: Reader | None = None
    problems: list[Problem] = field(default_factory=list)
    bodies: dict[bytes, tuple[int, int]] = field(default_factory=dict)
    requests: dict[bytes, int] = field(default_factory=dict)
    keyless: list[int] = field(default_factory=list)
    shredded: dict[bytes, int] = field(default_factory=dict)
    watched: dict[int, bytes] = field(default_factory=dict)
    wanted: set[bytes] = field(default_factory=set)
    group: tuple[int, int] = (1, 0)
    version: int = FIRST_FORMAT
    newest: int = FORMAT

    def report(self, what: str, seq: int | None = None) -> None:
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(Problem(what=what, seq=seq))


def verify_database(
    database: Database,
    *,
    anchors: Sequence[Anchor] = (),
    heads: Sequence[bytes] = (),
    expect_keys: bool = True,
    reader: Reader | None = None,
) -> Verification:
    """Check every row of a record, in one read transaction and without any key.

    Parameters
    ----------
    anchors, heads
        Signed heads and plain hashes that somebody noted earlier. Each must be in the chain, or acts have been removed.
    expect_keys
        Whether a body whose key is missing without an act that destroyed it is a problem. A backup without keys has
        none.
    reader
        Is given every sealed head and body that is read.

    Raises
    ------
    NewerFormatError
        If a newer Good Offices wrote the record; it cannot be judged then.
    """
    with database.reading():
        row = record_row(database)
        check = _Check(
            row=row, seq=0, hash=row.genesis, reader=reader, wanted=set(heads), version=row.format, newest=row.written
        )
        _check_row(check)
        _watch(check, anchors, database)
        _check_acts(check, database)
        _check_bodies(check, database, expect_keys=expect_keys)
        _check_requests(check, database)
    for strange in database.strange_parts():
        check.report(strange)
    for lost in sorted(check.wanted):
        check.report(f"the head {lost.hex()} is not in the chain: acts were removed, or it is another record's")
    return Verification(length=check.seq, head=check.hash, problems=tuple(check.problems))


def _check_row(check: _Check) -> None:
    row = check.row
    genesis = genesis_hash(
        row.kind, record_id=row.id, public_key=row.public_key, box_key=row.box_key, version=row.format
    )
    if not FIRST_FORMAT <= row.format <= FORMAT or genesis != row.genesis:
        check.report("the record's own row was changed")
    if not has_signed(row.public_key, row_message(row.genesis, row.anchors, row.unlock), row.signature):
        check.report("the record's own row was changed: its signature is wrong")


def _watch(check: _Check, given: Sequence[Anchor], database: Database) -> None:
    """Check the signatures of all anchors, and note where the chain must pass."""
    running = b""
    kept = [Anchor(seq=s, head=h, signature=g) for s, h, g in database.rows(select("anchor", "ORDER BY seq"))]
    for anchor in kept:
        running = next_anchors_hash(running, seq=anchor.seq, head=anchor.head, signature=anchor.signature)
    if running != check.row.anchors:
        check.report("an anchor was changed, added or removed")
    for anchor in (*kept, *given):
        if not is_anchor_of(check.row.public_key, check.row.genesis, anchor):
            check.report(f"the anchor at act {anchor.seq} was not signed by this record")
        elif check.watched.setdefault(anchor.seq, anchor.head) != anchor.head:
            check.report(f"two anchors at act {anchor.seq} contradict each other")


def _check_acts(check: _Check, database: Database) -> None:
    kind, watched, wanted = check.row.kind, check.watched, check.wanted
    _pass_anchor(check)
    for seq, data, sealed in database.stream(select("act", "ORDER BY seq")):
        try:
            _check_act(check, seq, data, sealed)
        except DamagedRecordError as error:
            check.report(str(error), seq)
        check.seq, check.hash = seq, chain_hash(kind, data)
        if seq in watched or check.hash in wanted:
            _pass_anchor(check)
    first, n = check.group
    if check.seq != first + n - 1:
        check.report(f"the last group is incomplete: acts after {check.seq} were removed", check.seq)
    for seq in sorted(watched):
        check.report(f"acts were removed: there is an anchor at act {seq}, but the record does not reach it")


def _check_act(check: _Check, seq: int, data: bytes, sealed: bytes) -> None:
    bodies, first, n, head, prev, request, _, shredded, version = envelope_fields(data, seq)
    if not check.version <= int(version) <= check.newest:
        check.report("it is not in the format in which this record is written", seq)
    check.version = int(version)
    if seq != check.seq + 1 or prev != check.hash.hex().encode():
        check.report("it does not follow the act before", seq)
    if head != sha256(sealed).hexdigest().encode():
        check.report("its sealed head was changed", seq)
    _note_group(check, seq, (int(first), int(n)))
    digests = named(bodies)
    _note_bodies(check, seq, digests)
    if request != b"null":
        check.requests[a2b_hex(request[1:-1])] = seq
    for key_id in named(shredded):
        check.shredded[key_id] = seq
    if check.reader is not None:
        check.reader.take_head(seq, sealed, len(digests))


def _note_bodies(check: _Check, seq: int, digests: Sequence[bytes]) -> None:
    for index, digest in enumerate(digests):
        if check.bodies.setdefault(digest, (seq, index)) != (seq, index):
            check.report("it names a text of another act, or one text twice", seq)


def _pass_anchor(check: _Check) -> None:
    check.wanted.discard(check.hash)
    expected = check.watched.pop(check.seq, check.hash)
    if expected != check.hash:
        check.report("the chain is not the one that was anchored here", check.seq)


def _note_group(check: _Check, seq: int, group: tuple[int, int]) -> None:
    """Check that groups follow each other whole."""
    first, n = check.group
    if seq == first + n:
        check.group = (seq, group[1])
    if group != check.group:
        check.report("its group does not fit the acts around it", seq)
        check.group = group


def _check_bodies(check: _Check, database: Database, *, expect_keys: bool) -> None:
    """Compare the bodies with those the envelopes name, and the keys with those of bodies that no act destroyed."""
    keys = _check_keys(check, database)
    expected, shredded, has_keys = check.bodies, check.shredded, bool(keys)
    for digest, key_id, sealed in database.stream(select("body")):
        seq, index = expected.pop(digest, (None, 0))
        if seq is None or body_digest(key_id, sealed) != digest:
            check.report("there is a text that no act names, or the text was changed", seq)
            continue
        wrapped = keys.pop(key_id, b"")
        if not wrapped or key_id in shredded:
            _check_key(check, key_id, has_key=bool(wrapped), seq=seq, expect_keys=expect_keys)
        if check.reader is not None:
            check.reader.take_body(seq, index, sealed, wrapped)
    _report_keyless(check, has_keys=has_keys)
    if keys:
        check.report(f"{len(keys)} key(s) belong to no text")
    for seq, _ in expected.values():
        check.report("a text of it is missing", seq)
    for seq in shredded.values():
        check.report("it destroyed the key of a text that is missing", seq)


def _report_keyless(check: _Check, *, has_keys: bool) -> None:
    """Report missing keys of bodies: in one sentence if all are missing, as after a restore without them."""
    if check.keyless and not has_keys:
        check.report(_NO_KEYS.format(n=len(check.keyless)))
        return
    for seq in check.keyless:
        check.report("the key of a text is missing, and no act destroyed it", seq)


def _check_keys(check: _Check, database: Database) -> dict[bytes, bytes]:
    """Return the sealed keys of texts by their names."""
    keys = {}
    for key_id, wrapped in database.stream(select("key")):
        keys[key_id] = wrapped
        if key_name(wrapped) != key_id:
            check.report("the key of a text was changed")
    return keys


def _check_key(check: _Check, key_id: bytes, *, has_key: bool, seq: int, expect_keys: bool) -> None:
    is_shredded = check.shredded.pop(key_id, None) is not None
    if has_key and is_shredded:
        check.report("the key of a destroyed text is back", seq)
    if expect_keys and not has_key and not is_shredded:
        check.keyless.append(seq)


def _check_requests(check: _Check, database: Database) -> None:
    for tag, first, last, digest in database.stream(select("request")):
        if check.requests.pop(request_hash(tag, first, last, digest), None) != first:
            check.report("there is a request that no act answers, or the request was changed", first)
    for seq in check.requests.values():
        check.report("the request that it answers is missing", seq)

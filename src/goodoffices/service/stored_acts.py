"""Acts as the store takes them and gives them back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from goodoffices.canonical_json import canonical
from goodoffices.record.store import Store
from goodoffices.record.values import ThingPlace
from goodoffices.talks.base.act_log import ActLog
from goodoffices.talks.base.acts import Act, decode_act, read_texts
from goodoffices.talks.base.serialization import to_plain
from goodoffices.talks.state.command_context import CommandRequest


def content_of(request: CommandRequest) -> bytes:
    """Return the content of a request, without the parts that change when it is repeated.

    Records have digests of these bytes, so the keys keep their names from the first format: *what* is the command.
    """
    plain: dict[str, Any] = dict(to_plain(replace(request, seen=None)))
    plain["what"] = plain.pop("command")
    return canonical({"what": type(request.command).__name__, "ask": plain})


def destroyed_by(act: Act) -> list[ThingPlace]:
    """Return the places of the texts that an act destroys."""
    places = []
    for body in act.data["bodies"] if act.kind == "BodyShredded" else ():
        seq, _, index = body.partition(".")
        places.append(ThingPlace(seq=int(seq), index=int(index)))
    return places


def acts_from(store: Store, from_seq: int) -> list[Act]:
    """Return the acts of a record from number ``from_seq`` on."""
    return [decode_act(stored.seq, stored.head, stored.bodies) for stored in store.read(from_seq)]


def verified_acts(store: Store) -> ActLog:
    """Return all acts of a record, each read once; raise what :meth:`Store.verified` raises."""
    contents = store.verified()
    # Each text is taken out as it is decoded: two copies of all texts would be the most that opening ever holds.
    texts = {seq: read_texts(seq, contents.bodies.pop(seq)) for seq in list(contents.bodies)}
    return ActLog.of_heads(contents.heads, texts)

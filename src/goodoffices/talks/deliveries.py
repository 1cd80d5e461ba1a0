"""Who is told of what by an act."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from goodoffices.errors import NewerFormatError
from goodoffices.talks.base.act_log import Outline
from goodoffices.talks.base.acts import Act, Content
from goodoffices.talks.registry import CONTENTS


class Told(NamedTuple):
    """That one seat is told of the act at a place of the log, from 1, as ``face`` shows it."""

    place: int
    face: str


def content_of(act: Act | Outline) -> type[Content]:
    """Return the content of an act.

    Raises
    ------
    NewerFormatError
        If this version of Good Offices does not know the kind or version of the act.
    """
    content = CONTENTS.get(act.kind)
    if content is None or act.version > content.VERSION:
        raise NewerFormatError(
            f"act {act.seq} is {act.kind!r}, written by a newer Good Offices; open the record with that one"
        )
    return content


def deliveries(act: Act | Outline, place: int, earlier: Sequence[Act]) -> Iterator[tuple[str, Told]]:
    """Yield who is told of what by the act at ``place``: of itself, and of earlier acts that it grants to a seat.

    A seat is not told again of an act that it was told of at the time.
    """
    for seat, face in act.audience:
        yield seat, Told(place, face)
    if act.kind == "HistoryGranted":
        to = act.data["to"]
        for seq, face in act.data["acts"]:
            if to not in dict(earlier[seq - 1].audience):
                yield to, Told(seq, face)

"""Commands that publish items and destroy their text."""

from __future__ import annotations

from collections.abc import Mapping

from goodoffices.data_class import dataclass
from goodoffices.talks.base.acts import PUBLIC, Body, Content, Ref, faces
from goodoffices.talks.base.enums import Form, Mode
from goodoffices.talks.base.states import Face, ItemCame, ItemEnd
from goodoffices.talks.exchange.clearances import own_item, sources_refusal
from goodoffices.talks.state.command_context import Command, CommandContext
from goodoffices.talks.state.knowledge import Knowledge
from goodoffices.talks.state.known_exchange import KnownItem, KnownTelling


@dataclass(frozen=True, slots=True, kw_only=True)
class ShredBody(Command):
    """Destroy the text of an item of yours in this record. A second person must confirm.

    What others wrote in their own words about it stays.
    """

    item: str
    ground: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Publish(Command):
    """Make an item of yours public. A second person must confirm."""

    item: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemLapsed(Content):
    """The end time of an item passed: it can no longer be told."""

    FACES = {Face.ALL: ("item",), Face.CLOCK: ("item",)}
    REFS = ("item",)

    item: Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyShredded(Content):
    """The text of an item was destroyed. ``things`` are the item and the tellings with exactly the same text."""

    FACES = {Face.SELF: ("things", "ground"), Face.ALL: ("things",), Face.CLOCK: ("things",)}
    REFS = ("things",)

    things: tuple[Ref, ...]
    bodies: tuple[str, ...]
    ground: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Published(Content):
    """An item was made public."""

    FACES = faces("title", "words")

    words: tuple[Body, ...]
    title: Body | None = None


def shredded(known: Knowledge, ids: Mapping[str, str], item: KnownItem, ground: str) -> BodyShredded:
    """Return the act that destroys the text of ``item``. It names every telling that had the same text.

    ``ids`` are the internal ids by handle of the seat that has this knowledge.
    """
    told = [handle for handle in item.tellings if has_same_text(known.tellings[handle], item)]
    return BodyShredded(
        things=tuple(Ref(ids[handle]) for handle in (item.handle, *told)),
        bodies=tuple(sorted(_texts(item))),
        ground=ground,
    )


def has_same_text(telling: KnownTelling, item: KnownItem) -> bool:
    """Return whether the text of a telling is that of the item, so that it goes when the item's text is destroyed."""
    return telling.form is Form.VERBATIM or (telling.words is not None and telling.words.id in _texts(item))


def _texts(item: KnownItem) -> set[str]:
    return {body.id for body in (*item.words, *(() if item.title is None else (item.title,)))}


def shred_body(context: CommandContext, command: ShredBody) -> None:
    """Destroy the text of an item, and tell the seats that had it. Refused unless a second person confirms."""
    context.two_persons()
    _, item = context.find(command.item, context.known.items)
    if item.came != ItemCame.FILED:
        raise context.refuse("not_yours", case="item", item=item.handle)
    if item.ended == ItemEnd.DESTROYED:
        raise context.refuse("done", case="destroyed", item=item.handle)
    act = shredded(context.known, context.slice.ids, item, command.ground)
    context.tell(act, context.saw(act.bodies))


def publish(context: CommandContext, command: Publish) -> None:
    """Publish an item. Refused for notes, for items with protected sources, and unless a second person confirms."""
    context.two_persons()
    _, item = own_item(context, command.item)
    if item.mode is not Mode.ON_RECORD:
        raise context.refuse("protected", case="mode", item=item.handle)
    hindered = sources_refusal(context.known, item, PUBLIC, context.at)
    if hindered is not None:
        raise context.refuse("protected", case="source", item=item.handle)
    context.tell(Published(words=item.words, title=item.title), (*context.everyone(), PUBLIC))

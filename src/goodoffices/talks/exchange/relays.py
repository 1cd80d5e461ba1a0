"""Commands on relays: show and approve wordings, relay items, read back, and confirm or correct a read-back."""

from __future__ import annotations

from datetime import datetime

from goodoffices.data_class import dataclass
from goodoffices.talks.base.acts import CLOCK, Body, Content, Ref, Words
from goodoffices.talks.base.enums import Form, Mode
from goodoffices.talks.base.states import Face, ItemCame, WordingState
from goodoffices.talks.exchange.clearances import relay_refusal, usable_clearances
from goodoffices.talks.state.command_context import Command, CommandContext
from goodoffices.talks.state.known_exchange import KnownItem, KnownWording


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowWording(Command):
    """Show the originator of an item the words in which you want to tell it to a seat."""

    item: str
    to: str
    form: Form
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproveWording(Command):
    """Approve the exact words in which a holder wants to tell your item."""

    wording: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectWording(Command):
    """Answer a wording that you were shown with the words that you would approve instead."""

    wording: str
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class RelayItem(Command):
    """Tell a cleared item to a recipient, in a form that the clearance allows.

    For *verbatim*, leave ``words`` out. For *paraphrase* and *own idea*, write your own words.
    """

    item: str
    to: str
    form: Form
    words: Words | None = None
    ask_read_back: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadBack(Command):
    """Say again what you were told, so that the teller can confirm or correct it."""

    told: str
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerReadBack(Command):
    """Confirm a read-back, or correct it in your own words."""

    read_back: str
    confirmed: bool
    words: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WordingShown(Content):
    """A holder showed the originator the words that it wants to use."""

    FACES = {
        Face.SELF: ("wording", "item", "to", "form", "words"),
        Face.ORIGINATOR: ("wording", "item", "to", "form", "words"),
    }
    NEW = {"wording": "w"}
    REFS = ("item",)

    wording: Ref
    item: Ref
    to: str
    form: Form
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class WordingApproved(Content):
    """An originator approved the exact words that a holder showed it."""

    FACES = {Face.SELF: ("wording",), Face.HOLDER: ("wording",)}
    REFS = ("wording",)

    wording: Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class WordingCorrected(Content):
    """An originator said which words it would approve instead."""

    FACES = {Face.SELF: ("wording", "words"), Face.HOLDER: ("wording", "words")}
    REFS = ("wording",)

    wording: Ref
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRelayed(Content):
    """A cleared item was told to a recipient.

    The recipient's face has the words. It names the originator only for an item on record that is told verbatim or as
    a paraphrase. It never shows other recipients, the clearance, when the item was handed over, or which item it was.
    The originator's face has the recipient, the form and the time. It has the words only if the originator approved
    them.
    """

    FACES = {
        Face.SELF: ("told", "item", "to", "form", "words", "ask_read_back"),
        Face.TOLD: ("told", "words", "kind", "shown_form", "shown_origin", "shown_lapse", "ask_read_back"),
        Face.REPORT: ("told", "item", "to", "form", "approved_words"),
        Face.CLOCK: ("told", "item", "to", "shown_form"),
    }
    NEW = {"told": "t"}
    NEW_BY_FACE = {("told", Face.TOLD): "m"}
    REFS = ("item",)

    told: Ref
    item: Ref
    to: str
    form: Form
    kind: str
    words: tuple[Words | Body, ...]
    shown_form: Form
    shown_origin: str | None = None
    shown_lapse: datetime | None = None
    approved_words: tuple[Body, ...] = ()
    ask_read_back: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadBackGiven(Content):
    """A recipient said again what it was told."""

    FACES = {Face.SELF: ("read_back", "told", "words"), Face.TELLER: ("read_back", "told", "words")}
    NEW = {"read_back": "b"}
    REFS = ("told",)

    read_back: Ref
    told: Ref
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadBackAnswered(Content):
    """A teller confirmed or corrected a read-back."""

    FACES = {Face.SELF: ("read_back", "confirmed", "words"), Face.READER: ("read_back", "confirmed", "words")}
    REFS = ("read_back",)

    read_back: Ref
    confirmed: bool
    words: Words | None = None


def show_wording(context: CommandContext, command: ShowWording) -> None:
    """Show a wording to the originator of an item. Refused unless the asking seat was handed the item."""
    thing, item = context.find(command.item, context.known.items)
    [to] = context.known_seats([command.to])
    if item.came != ItemCame.HANDED or item.originator is None:
        raise context.refuse("unknown", case="not_handed", item=item.handle)
    if not command.words.text.strip():
        raise context.refuse("unknown", case="no_words")
    shown = WordingShown(wording=context.new(), item=thing, to=to, form=command.form, words=command.words)
    context.tell(shown, [item.originator], face=Face.ORIGINATOR)


def _own_wording(context: CommandContext, handle: str) -> tuple[Ref, KnownWording]:
    thing, wording = context.find(handle, context.known.wordings)
    if wording.holder == context.seat:
        raise context.refuse("not_yours", case="wording", handle=handle)
    if wording.state != WordingState.SHOWN:
        raise context.refuse("done", case="wording", handle=handle)
    return thing, wording


def approve_wording(context: CommandContext, command: ApproveWording) -> None:
    """Approve a wording and tell the holder that showed it."""
    thing, wording = _own_wording(context, command.wording)
    context.tell(WordingApproved(wording=thing), [wording.holder], face=Face.HOLDER)


def correct_wording(context: CommandContext, command: CorrectWording) -> None:
    """Answer a wording with other words, and tell the holder that showed it."""
    thing, wording = _own_wording(context, command.wording)
    context.tell(WordingCorrected(wording=thing, words=command.words), [wording.holder], face=Face.HOLDER)


def relay_item(context: CommandContext, command: RelayItem) -> None:
    """Relay an item, and tell the recipient and the originator.

    Refused unless every condition of ``clearances.relay_refusal`` holds, and the words fit the form and any approval.
    """
    thing, item = context.find(command.item, context.known.items)
    [to] = context.known_seats([command.to])
    _check_recipient(context, item, to)
    refusal = relay_refusal(context.known, item, to, command.form, context.at)
    if refusal is not None:
        raise context.refuse(refusal.code, **dict(refusal.values))
    words, approved = _words_of(context, command, item)
    own = item.came == ItemCame.FILED
    # An own idea must look the same whether it is the intermediary's or comes from somebody's item.
    shown_form = Form.OWN_IDEA if own else command.form
    named = shown_form is not Form.OWN_IDEA
    relayed = ItemRelayed(
        told=context.new(),
        item=thing,
        to=to,
        form=command.form,
        kind=item.kind if named else "message",
        words=words,
        shown_form=shown_form,
        shown_origin=item.originator if named and item.mode is Mode.ON_RECORD else None,
        shown_lapse=item.lapses_at if named else None,
        approved_words=approved,
        ask_read_back=command.ask_read_back,
    )
    seen = [(context.seat, Face.SELF), (to, Face.TOLD)]
    if not own and item.originator is not None:
        seen.append((item.originator, Face.REPORT))
    context.write(relayed, [*seen, *([(CLOCK, Face.CLOCK)] if item.lapses_at is not None else [])])


def _check_recipient(context: CommandContext, item: KnownItem, to: str) -> None:
    """Refuse a recipient to which ``item`` can never be told."""
    reasons = {
        "closed_seat": context.known.seats[to].closed,
        "own_seat": to == context.seat,
        "originator": to == item.originator,
        "note": item.mode is Mode.NOTE,
    }
    for case, applies in reasons.items():
        if applies:
            raise context.refuse("unknown", case=case, item=item.handle, to=to)


def _words_of(
    context: CommandContext, command: RelayItem, item: KnownItem
) -> tuple[tuple[Words | Body, ...], tuple[Body, ...]]:
    """Return the words to tell, and the approved words if the originator approved them."""
    if command.form is Form.VERBATIM:
        return item.words, ()
    if command.words is None or not command.words.text.strip():
        if item.came == ItemCame.FILED:
            return item.words, ()
        raise context.refuse("words_needed", form=command.form.value)
    approved = _approved_body(context, item, command)
    if item.came == ItemCame.HANDED and approved is None:
        clearances = usable_clearances(context.known, item, command.to, command.form, context.at)
        if all(clearance.approve for clearance in clearances):
            raise context.refuse("wording_not_approved", who=item.originator or "")
    return (command.words,) if approved is None else (approved,), () if approved is None else (approved,)


def _approved_body(context: CommandContext, item: KnownItem, command: RelayItem) -> Body | None:
    """Return the words of the command if they were approved for this recipient and form, else ``None``."""
    assert command.words is not None
    known = context.known
    for wording in (known.wordings[handle] for handle in item.wordings):
        fits = (wording.to, wording.form, wording.state) == (command.to, command.form, "approved")
        if fits and wording.holder == known.seat and same_words(context, wording.words, command.words):
            return wording.words
    return None


def same_words(context: CommandContext, body: Body, words: Words) -> bool:
    """Return whether ``words`` have the same language and text as ``body``; not so if that text was destroyed."""
    return body.lang == words.lang and context.words(body.id) == words.text


def read_back(context: CommandContext, command: ReadBack) -> None:
    """Read back what the asking seat was told, and tell the teller."""
    thing, item = context.find(command.told, context.known.items)
    if item.came != ItemCame.TOLD or item.teller is None:
        raise context.refuse("unknown", case="not_told", item=item.handle)
    context.tell(
        ReadBackGiven(read_back=context.new(), told=thing, words=command.words), [item.teller], face=Face.TELLER
    )


def answer_read_back(context: CommandContext, command: AnswerReadBack) -> None:
    """Confirm or correct a read-back, and tell the seat that gave it. Refused unless the asking seat told the item."""
    thing = context.id_of(command.read_back)
    telling = next(
        (t for t in context.known.tellings.values() for r in t.read_backs if r.handle == command.read_back), None
    )
    if telling is None or telling.by != context.seat:
        raise context.refuse("unknown", case="read_back", handle=command.read_back)
    if any(r.handle == command.read_back and r.confirmed is not None for r in telling.read_backs):
        raise context.refuse("done", case="read_back", handle=command.read_back)
    answered = ReadBackAnswered(read_back=thing, confirmed=command.confirmed, words=command.words)
    context.tell(answered, [telling.to], face=Face.READER)

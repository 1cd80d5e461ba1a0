"""Relays: wordings shown and approved, an item told as cleared, read back, confirmed or corrected."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from goodoffices.talks.base.acts import CLOCK, Body, Content, Ref, Words
from goodoffices.talks.base.enums import Form, Mode
from goodoffices.talks.exchange.clearances import relay_refusal, usable_clearances
from goodoffices.talks.state.command_context import Command, CommandContext
from goodoffices.talks.state.knowledge import Knowledge
from goodoffices.talks.state.known_exchange import KnownItem, KnownWording


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowWording(Command):
    """Show the originator the words in which you mean to tell its item to somebody."""

    item: str
    to: str
    form: Form
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproveWording(Command):
    """Approve exactly these words for telling your item."""

    wording: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectWording(Command):
    """Say which words you would approve instead."""

    wording: str
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class RelayItem(Command):
    """Tell a cleared item to a recipient. Verbatim needs no words; paraphrase and own idea need yours."""

    item: str
    to: str
    form: Form
    words: Words | None = None
    ask_read_back: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadBack(Command):
    """Restate what you were told, so that the teller can confirm or correct it."""

    told: str
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerReadBack(Command):
    """Confirm a read-back, or correct it with words."""

    read_back: str
    confirmed: bool
    words: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WordingShown(Content):
    """A holder showed the originator the words it means to use."""

    FACES = {
        "self": ("wording", "item", "to", "form", "words"),
        "originator": ("wording", "item", "to", "form", "words"),
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
    """An originator approved exact words."""

    FACES = {"self": ("wording",), "holder": ("wording",)}
    REFS = ("wording",)

    wording: Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class WordingCorrected(Content):
    """An originator said which words it would approve instead."""

    FACES = {"self": ("wording", "words"), "holder": ("wording", "words")}
    REFS = ("wording",)

    wording: Ref
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRelayed(Content):
    """An item was told to a recipient, as cleared.

    The recipient's face holds the words and, only for verbatim or paraphrase of an item on record, its origin. Not
    there: other recipients, the clearance, when it was handed, the original's identity. The originator's face holds
    to whom, in which form and when; the words only if it approved them.
    """

    FACES = {
        "self": ("told", "item", "to", "form", "words", "ask_read_back"),
        "told": ("told", "words", "kind", "shown_form", "shown_origin", "shown_lapse", "ask_read_back"),
        "report": ("told", "item", "to", "form", "approved_words"),
        "clock": ("told", "item", "to", "shown_form"),
    }
    NEW = {"told": "t"}
    NEW_BY_FACE = {("told", "told"): "m"}
    REFS = ("item",)

    told: Ref
    item: Ref
    to: str
    form: Form
    kind: str
    words: tuple[Words | Body, ...]
    shown_form: Form
    shown_origin: str | None = None
    shown_lapse: str | None = None
    approved_words: tuple[Body, ...] = ()
    ask_read_back: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadBackGiven(Content):
    """A recipient restated what it was told."""

    FACES = {"self": ("read_back", "told", "words"), "teller": ("read_back", "told", "words")}
    NEW = {"read_back": "b"}
    REFS = ("told",)

    read_back: Ref
    told: Ref
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadBackAnswered(Content):
    """A teller confirmed or corrected a read-back."""

    FACES = {"self": ("read_back", "confirmed", "words"), "reader": ("read_back", "confirmed", "words")}
    REFS = ("read_back",)

    read_back: Ref
    confirmed: bool
    words: Words | None = None


def show_wording(desk: CommandContext, ask: ShowWording) -> None:
    """Decide ``ShowWording``."""
    thing, item = desk.find(ask.item, desk.known.items)
    [to] = desk.known_seats([ask.to])
    if item.came != "handed" or item.originator is None or not ask.words.text.strip():
        raise desk.refuse("unknown")
    shown = WordingShown(wording=desk.new(), item=thing, to=to, form=ask.form, words=ask.words)
    desk.tell(shown, [item.originator], face="originator")


def _own_wording(desk: CommandContext, handle: str) -> tuple[Ref, KnownWording]:
    thing, wording = desk.find(handle, desk.known.wordings)
    if wording.holder == desk.seat:
        raise desk.refuse("not_yours")
    if wording.state != "shown":
        raise desk.refuse("done")
    return thing, wording


def approve_wording(desk: CommandContext, ask: ApproveWording) -> None:
    """Decide ``ApproveWording``."""
    thing, wording = _own_wording(desk, ask.wording)
    desk.tell(WordingApproved(wording=thing), [wording.holder], face="holder")


def correct_wording(desk: CommandContext, ask: CorrectWording) -> None:
    """Decide ``CorrectWording``."""
    thing, wording = _own_wording(desk, ask.wording)
    desk.tell(WordingCorrected(wording=thing, words=ask.words), [wording.holder], face="holder")


def relay_item(desk: CommandContext, ask: RelayItem) -> None:
    """Decide ``RelayItem``: accepted only if every condition of ``clearing.relay_refusal`` holds, and the words fit."""
    thing, item = desk.find(ask.item, desk.known.items)
    [to] = desk.known_seats([ask.to])
    if desk.known.seats[to].closed or to in (desk.seat, item.originator) or item.mode is Mode.NOTE:
        raise desk.refuse("unknown")
    refusal = relay_refusal(desk.known, item, to, ask.form, desk.now)
    if refusal is not None:
        raise desk.refuse(refusal.code, **dict(refusal.values))
    words, approved = _words_of(desk, ask, item)
    own = item.came == "filed"
    # An own idea looks the same whether it is the intermediary's or rests on somebody's item.
    shown_form = Form.OWN_IDEA if own else ask.form
    named = shown_form is not Form.OWN_IDEA
    relayed = ItemRelayed(
        told=desk.new(),
        item=thing,
        to=to,
        form=ask.form,
        kind=item.kind if named else "message",
        words=words,
        shown_form=shown_form,
        shown_origin=item.originator if named and item.mode is Mode.ON_RECORD else None,
        shown_lapse=item.lapses_at if named else None,
        approved_words=approved,
        ask_read_back=ask.ask_read_back,
    )
    seen = [(desk.seat, "self"), (to, "told")]
    if not own and item.originator is not None:
        seen.append((item.originator, "report"))
    desk.write(relayed, [*seen, *([(CLOCK, "clock")] if item.lapses_at is not None else [])])


def _words_of(
    desk: CommandContext, ask: RelayItem, item: KnownItem
) -> tuple[tuple[Words | Body, ...], tuple[Body, ...]]:
    """Return the words to tell, and those among them that the originator approved."""
    if ask.form is Form.VERBATIM:
        return item.words, ()
    if ask.words is None or not ask.words.text.strip():
        if item.came == "filed":
            return item.words, ()
        raise desk.refuse("words_needed", form=ask.form.value)
    approved = _approved_body(desk.known, item, ask)
    if item.came == "handed" and approved is None:
        clearances = usable_clearances(desk.known, item, ask.to, ask.form, desk.now)
        if all(clearance.approve for clearance in clearances):
            raise desk.refuse("wording_not_approved", who=item.originator or "")
    return (ask.words,) if approved is None else (approved,), () if approved is None else (approved,)


def _approved_body(known: Knowledge, item: KnownItem, ask: RelayItem) -> Body | None:
    """Return the approved words, if exactly those asked for were approved for this recipient and form."""
    assert ask.words is not None
    for wording in (known.wordings[handle] for handle in item.wordings):
        fits = (wording.to, wording.form, wording.state) == (ask.to, ask.form, "approved")
        if fits and wording.holder == known.seat and same_words(wording.words, ask.words):
            return wording.words
    return None


def same_words(body: Body, words: Words) -> bool:
    """Say whether ``words`` are exactly those of ``body``: language and digest."""
    return body.lang == words.lang and body.digest == hashlib.sha256(words.text.encode()).hexdigest()


def read_back(desk: CommandContext, ask: ReadBack) -> None:
    """Decide ``ReadBack``."""
    thing, item = desk.find(ask.told, desk.known.items)
    if item.came != "told" or item.teller is None:
        raise desk.refuse("unknown")
    desk.tell(ReadBackGiven(read_back=desk.new(), told=thing, words=ask.words), [item.teller], face="teller")


def answer_read_back(desk: CommandContext, ask: AnswerReadBack) -> None:
    """Decide ``AnswerReadBack``."""
    thing = desk.id_of(ask.read_back)
    telling = next((t for t in desk.known.tellings.values() for r in t.read_backs if r.handle == ask.read_back), None)
    if telling is None or telling.by != desk.seat:
        raise desk.refuse("unknown")
    if any(r.handle == ask.read_back and r.confirmed is not None for r in telling.read_backs):
        raise desk.refuse("done")
    answered = ReadBackAnswered(read_back=thing, confirmed=ask.confirmed, words=ask.words)
    desk.tell(answered, [telling.to], face="reader")

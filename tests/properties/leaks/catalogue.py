"""Planted leaks: each is one believable mistake in the code. The two-world test must find every one of them.

A leak is a function that changes the code under test through ``monkeypatch``; see ``test_planted_leaks``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from goodoffices.errors import RefusedError
from goodoffices.talks import core, registry as kinds
from goodoffices.talks.base.acts import CLOCK, Content
from goodoffices.talks.base.refusals import Refusal, refused
from goodoffices.talks.base.states import Face
from goodoffices.talks.exchange import items, receipts, relays
from goodoffices.talks.sealed.commands import rule_is_met
from goodoffices.talks.seats import commands as seats
from goodoffices.talks.state import command_context as desk, slices, view
from properties.leaks.decided import DECISION_LEAKS
from properties.leaks.of_files import FILE_LEAKS
from properties.leaks.of_texts import TEXT_LEAKS
from properties.leaks.planting import Patch, deliver_with, patch_decide, told_to
from properties.leaks.timed import (
    blind_result_before_closing,
    deposits_known_to_be_in,
    lapse_at_the_minute_somebody_looked,
    lists_known_to_be_in,
    reveal_on_the_last_deposit,
)
from properties.worlds import outputs

Leak = Callable[[Patch], None]


def notices_numbered_by_the_record(patch: Patch) -> None:
    deliver_with(patch, lambda held, act, face, notice: replace(notice, n=act.seq))


def handles_numbered_by_the_record(patch: Patch) -> None:
    def with_things(self: slices._Names, things: Iterable[tuple[str, str]]) -> slices._Names:
        for thing, prefix in things:
            if thing not in self.handles:
                handle = f"{prefix}{thing}"
                self = self._replace(handles=self.handles.insert(thing, handle), ids=self.ids.insert(handle, thing))
        return self

    patch.setattr(slices._Names, "with_things", with_things)


def exact_microseconds_of_the_recorder(patch: Patch) -> None:
    """A notice carries how many acts the record held, dressed up as a fraction of a second."""
    deliver_with(patch, lambda held, act, face, notice: replace(notice, at=f"{notice.at[:-1]}:{act.seq % 60:02d}Z"))


def internal_ids_of_words_in_notices(patch: Patch) -> None:
    patch.setattr(slices, "_bare", lambda value, *_: value)


def references_to_unknown_things_kept(patch: Patch) -> None:
    original = slices.in_handles

    def in_handles(raw: dict[str, Any], content: type[Content], handles: Mapping[str, str]) -> dict[str, Any]:
        def kept(value: Any) -> Any:
            return [handles.get(i, i) for i in value] if isinstance(value, list) else handles.get(value, value)

        named = {name: kept(value) for name, value in raw.items() if name in (*content.REFS, *content.NEW)}
        return {**original(raw, content, handles), **named}

    patch.setattr(slices, "in_handles", in_handles)


def recipient_is_told_the_item(patch: Patch) -> None:
    faces = {**relays.ItemRelayed.FACES, Face.TOLD: (*relays.ItemRelayed.FACES[Face.TOLD], "told", "item")}
    patch.setattr(relays.ItemRelayed, "FACES", faces)
    references_to_unknown_things_kept(patch)


def relay_refused_because_another_holder_relayed(patch: Patch) -> None:
    original = core.decide

    def decide(talks: core.Talks, request: desk.CommandRequest, at: datetime) -> Any:
        if isinstance(request.command, relays.RelayItem):
            thing = talks.slice_of(request.seat).ids.get(request.command.item)
            if any(a.kind == "ItemRelayed" and a.data["item"] == thing and a.seat != request.seat for a in talks.acts):
                return Refusal(code="done")
        return original(talks, request, at)

    patch_decide(patch, decide)


def forbidden_differs_from_absent(patch: Patch) -> None:
    original = core.decide

    def decide(talks: core.Talks, request: desk.CommandRequest, at: datetime) -> Any:
        outcome = original(talks, request, at)
        handle = getattr(request.command, "item", None)
        if isinstance(outcome, Refusal) and outcome.code == "unknown" and isinstance(handle, str):
            elsewhere = any(handle in held.ids for seat, held in talks.slices.items() if seat != request.seat)
            return Refusal(code="not_yours") if elsewhere else outcome
        return outcome

    patch_decide(patch, decide)


def refusal_counts_the_acts(patch: Patch) -> None:
    original = core.decide

    def decide(talks: core.Talks, request: desk.CommandRequest, at: datetime) -> Any:
        outcome = original(talks, request, at)
        if isinstance(outcome, Refusal):
            return Refusal(code=outcome.code, values=(*outcome.values, ("n", str(len(talks.acts)))))
        return outcome

    patch_decide(patch, decide)


def stale_because_of_a_hidden_act(patch: Patch) -> None:
    original = core.decide

    def decide(talks: core.Talks, request: desk.CommandRequest, at: datetime) -> Any:
        if isinstance(request.command, items.ClearItem) and len(talks.acts):
            thing = talks.slice_of(request.seat).ids.get(request.command.item)
            later = [a for a in talks.acts[-3:] if a.seat not in (request.seat, CLOCK) and a.data.get("item") != thing]
            if later:
                return Refusal(code="stale", values=(("what", request.command.item), ("n", "1")))
        return original(talks, request, at)

    patch_decide(patch, decide)


def withdrawal_told_to_those_who_took_it_for_an_own_idea(patch: Patch) -> None:
    original = items.withdraw_item

    def withdraw(context: desk.CommandContext, command: items.WithdrawItem) -> None:
        original(context, command)
        for telling in context.known.tellings.values():
            if telling.item == command.item:
                context.tell(items.TellingWithdrawn(told=context.id_of(telling.handle)), [telling.to], face="told")

    patch.setitem(kinds.DECIDERS, items.WithdrawItem, withdraw)


def every_seat_hears_of_a_hand_over(patch: Patch) -> None:
    original = desk.CommandContext.write

    def write(self: desk.CommandContext, content: Content, audience: Any) -> None:
        told = list(audience)
        if isinstance(content, items.ItemHanded):
            told += [(seat, "nothing") for seat in self.everyone()]
        original(self, content, told)

    patch.setattr(desk.CommandContext, "write", write)


def filed_papers_seen_by_the_secretariat(patch: Patch) -> None:
    told_to(patch, items.ItemFiled, "self", lambda context: ["sec"])


def clearance_shows_through_whom_else(patch: Patch) -> None:
    deliver_with(
        patch,
        lambda held, act, face, notice: (
            replace(notice, data={**notice.data, "holders": len(act.audience)}) if act.kind == "ItemCleared" else notice
        ),
    )


def audience_size_in_every_notice(patch: Patch) -> None:
    deliver_with(
        patch, lambda held, act, face, notice: replace(notice, data={**notice.data, "told": len(act.audience)})
    )


def sorted_by_the_order_of_the_record(patch: Patch) -> None:
    """A list of items is sorted by internal number, so hidden items of others shift nothing but the gaps show."""
    original = outputs.outputs

    def made(seen: view.View) -> dict[str, bytes]:
        found = original(seen)
        ids = [body.id for item in seen.known.items.values() for body in item.words]
        return {**found, "order": repr(ids).encode()}

    patch.setattr(outputs, "outputs", made)


def the_records_head_in_a_receipt(patch: Patch) -> None:
    original = receipts.issue_receipt

    def receipt(context: desk.CommandContext, command: receipts.IssueReceipt) -> None:
        del command
        context.tell(receipts.ReceiptIssued(up_to=context.next_seq, head="of the record"), ())

    del original
    patch.setitem(kinds.DECIDERS, receipts.IssueReceipt, receipt)


def choice_list_of_all_seats(patch: Patch) -> None:
    """The table *may I say this to whom?* lists seats that the asking one was never told of."""
    original = desk.CommandContext.everyone

    def everyone(self: desk.CommandContext) -> tuple[str, ...]:
        seen = {seat for seat in self.seen_by("1")} | set(original(self))
        return tuple(sorted(seen | {"back"}))

    patch.setattr(seats, "give_seat", seats.give_seat)
    patch.setattr(desk.CommandContext, "everyone", everyone)
    told_to(patch, seats.SeatGiven, "all", lambda context: list(context.known.seats))


def own_idea_shows_its_origin(patch: Patch) -> None:
    deliver_with(
        patch,
        lambda held, act, face, notice: (
            replace(notice, data={**notice.data, "from": act.data["item"]})
            if act.kind == "ItemRelayed" and face == "told"
            else notice
        ),
    )


def a_persons_name_in_others_notices(patch: Patch) -> None:
    deliver_with(patch, lambda held, act, face, notice: replace(notice, person=f"{act.person} {act.seq}"))


def granted_history_shows_relays(patch: Patch) -> None:
    patch.setattr(seats, "GRANTABLE", seats.GRANTABLE | {"ItemRelayed", "ItemHanded", "ItemCleared"})
    handles_numbered_by_the_record(patch)


def mandates_seen_by_the_mediator(patch: Patch) -> None:
    from goodoffices.talks.rounds import delegations

    told_to(patch, delegations.MandateSet, "self", lambda context: ["un"])


def search_over_all_words(patch: Patch) -> None:
    original = outputs.outputs

    def made(seen: view.View) -> dict[str, bytes]:
        hits = [n for n in range(1, 400) for k in range(2) if "corridor" in (seen.words(f"{n}.{k}") or "")]
        return {**original(seen), "search": repr(len(hits)).encode()}

    patch.setattr(outputs, "outputs", made)


def a_total_over_all_items(patch: Patch) -> None:
    original = outputs.outputs

    def made(seen: view.View) -> dict[str, bytes]:
        total = sum(seen.words(f"{n}.0") is not None for n in range(1, 400))
        return {**original(seen), "total": str(total).encode()}

    patch.setattr(outputs, "outputs", made)


def clearances_of_others_count(patch: Patch) -> None:
    """A relay counts as cleared if anybody's clearance of anything reaches the recipient."""
    original = core.decide

    def decide(talks: core.Talks, request: desk.CommandRequest, at: datetime) -> Any:
        outcome = original(talks, request, at)
        to = request.command.to if isinstance(request.command, relays.RelayItem) else None
        anybody = any(a.kind == "ItemCleared" and to in a.data["to"] for a in talks.acts)
        if anybody and isinstance(outcome, Refusal) and outcome.code == "not_cleared":
            return Refusal(code="form_too_full", values=(*outcome.values, ("form", "own-idea")))
        return outcome

    patch_decide(patch, decide)


def rules_met_told_to_a_neutral_that_does_not_read(patch: Patch) -> None:
    from goodoffices.talks.sealed import commands as sealed

    def reveal(context: desk.CommandContext, command: sealed.RevealDeposits) -> None:
        thing, held = context.find(command.deposit, context.known.deposits)
        all_in = len(context.seen_by(thing)) and context.next_seq % 2 == 0
        raise context.refuse("rule_not_met" if all_in or rule_is_met(held) else "not_reader")

    patch.setitem(kinds.DECIDERS, sealed.RevealDeposits, reveal)


def errors_name_hidden_items(patch: Patch) -> None:
    original = desk.CommandContext.find

    def find(self: desk.CommandContext, handle: str | None, table: Any) -> Any:
        try:
            return original(self, handle, table)
        except RefusedError:
            raise refused("bad_value", why=f"known here: {self.next_seq - 1} acts") from None

    patch.setattr(desk.CommandContext, "find", find)


LEAKS: Mapping[str, Leak] = {
    leak.__name__.replace("_", " "): leak
    for leak in (
        notices_numbered_by_the_record,
        handles_numbered_by_the_record,
        exact_microseconds_of_the_recorder,
        internal_ids_of_words_in_notices,
        recipient_is_told_the_item,
        relay_refused_because_another_holder_relayed,
        forbidden_differs_from_absent,
        refusal_counts_the_acts,
        stale_because_of_a_hidden_act,
        withdrawal_told_to_those_who_took_it_for_an_own_idea,
        every_seat_hears_of_a_hand_over,
        filed_papers_seen_by_the_secretariat,
        clearance_shows_through_whom_else,
        audience_size_in_every_notice,
        reveal_on_the_last_deposit,
        blind_result_before_closing,
        deposits_known_to_be_in,
        lists_known_to_be_in,
        lapse_at_the_minute_somebody_looked,
        sorted_by_the_order_of_the_record,
        the_records_head_in_a_receipt,
        own_idea_shows_its_origin,
        a_persons_name_in_others_notices,
        granted_history_shows_relays,
        mandates_seen_by_the_mediator,
        search_over_all_words,
        a_total_over_all_items,
        clearances_of_others_count,
        rules_met_told_to_a_neutral_that_does_not_read,
        errors_name_hidden_items,
        *DECISION_LEAKS,
        *FILE_LEAKS,
        *TEXT_LEAKS,
    )
}
"""Every planted leak, by what is wrong."""

"""Items handed, cleared and relayed; publication, print packs and receipts."""

from __future__ import annotations

from collections.abc import Mapping

from goodoffices.talks.base.acts import Content
from goodoffices.talks.exchange import folds, items, print_packs, publication, receipts, relays
from goodoffices.talks.state.command_context import Command, Decider
from goodoffices.talks.state.slices import Fold

__all__ = ["DECIDERS", "FOLDS"]

DECIDERS: Mapping[type[Command], Decider] = {
    items.ClearItem: items.clear_item,
    items.FileItem: items.file_item,
    items.HandItem: items.hand_item,
    items.NarrowClearance: items.narrow_clearance,
    items.WithdrawItem: items.withdraw_item,
    relays.AnswerReadBack: relays.answer_read_back,
    relays.ApproveWording: relays.approve_wording,
    relays.CorrectWording: relays.correct_wording,
    relays.ReadBack: relays.read_back,
    relays.RelayItem: relays.relay_item,
    relays.ShowWording: relays.show_wording,
    receipts.ExportView: receipts.export_view,
    receipts.ImportSealed: receipts.import_sealed,
    receipts.IssueReceipt: receipts.issue_receipt,
    print_packs.MarkPackHanded: print_packs.mark_pack_handed,
    print_packs.MarkPackReady: print_packs.mark_pack_ready,
    publication.Publish: publication.publish,
    publication.ShredBody: publication.shred_body,
}
"""The decider of each command."""

FOLDS: Mapping[type[Content], Fold | None] = {
    items.ClearanceNarrowed: folds.clearance_narrowed,
    items.ClearanceShown: folds.clearance_shown,
    items.ItemCleared: folds.item_cleared,
    items.ItemFiled: folds.item_filed,
    items.ItemHanded: folds.item_handed,
    items.ItemWithdrawn: folds.item_withdrawn,
    items.TellingWithdrawn: folds.telling_withdrawn,
    relays.ItemRelayed: folds.item_relayed,
    relays.ReadBackAnswered: folds.read_back_answered,
    relays.ReadBackGiven: folds.read_back_given,
    relays.WordingApproved: folds.wording_approved,
    relays.WordingCorrected: folds.wording_corrected,
    relays.WordingShown: folds.wording_shown,
    publication.BodyShredded: folds.body_shredded,
    publication.ItemLapsed: folds.item_lapsed,
    print_packs.PackHanded: folds.pack_handed,
    print_packs.PackReady: folds.pack_ready,
    publication.Published: folds.published,
    receipts.ReceiptIssued: folds.receipt_issued,
    receipts.SealedImported: None,
    receipts.ViewExported: None,
}
"""The fold of each act's content; ``None`` if a notice of it is only listed and changes nothing else."""

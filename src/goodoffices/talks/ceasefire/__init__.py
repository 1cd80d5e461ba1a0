"""Cease-fire terms, ledgers of allegations, and confirmations."""

from __future__ import annotations

from collections.abc import Mapping

from goodoffices.talks.base.acts import Content
from goodoffices.talks.ceasefire import (
    answers,
    bulletins,
    commands,
    exposure,
    findings,
    folds,
    imports,
    incidents,
    masks,
    shares,
    target_claims,
)
from goodoffices.talks.state.command_context import Command, Decider
from goodoffices.talks.state.slices import Fold

__all__ = ["DECIDERS", "FOLDS"]

DECIDERS: Mapping[type[Command], Decider] = {
    answers.AnswerAllegation: answers.answer_allegation,
    answers.NotifyParty: answers.notify_party,
    bulletins.ClearBulletin: bulletins.clear_bulletin,
    bulletins.PrepareBulletin: bulletins.prepare_bulletin,
    commands.ConfirmAllegations: commands.confirm_allegations,
    commands.FileAllegation: commands.file_allegation,
    commands.OpenLedger: commands.open_ledger,
    commands.ReadTerms: commands.read_terms,
    commands.ReportDay: commands.report_day,
    commands.WithdrawAllegation: commands.withdraw_allegation,
    exposure.RecordAccess: exposure.record_access,
    exposure.RecordExposure: exposure.record_exposure,
    findings.AdoptFinding: findings.adopt_finding,
    findings.RecordVerification: findings.record_verification,
    findings.ScreenAllegation: findings.screen_allegation,
    imports.ImportAllegations: imports.import_allegations,
    incidents.LinkAllegation: incidents.link_allegation,
    incidents.OpenIncident: incidents.open_incident,
    incidents.UnlinkAllegation: incidents.unlink_allegation,
    masks.MaskAllegation: masks.mask_allegation,
    shares.ShareLedger: shares.share_ledger,
    target_claims.ClaimTarget: target_claims.claim_target,
}
"""The decider of each command."""

FOLDS: Mapping[type[Content], Fold | None] = {
    answers.AllegationAnswered: folds.allegation_answered,
    answers.AnswerMissing: folds.answer_missing,
    answers.PartyNotified: folds.party_notified,
    bulletins.BulletinCleared: folds.bulletin_cleared,
    bulletins.BulletinPrepared: folds.bulletin_prepared,
    commands.AllegationFiled: folds.allegation_filed,
    commands.AllegationWithdrawn: folds.allegation_withdrawn,
    commands.AllegationsConfirmed: folds.allegations_confirmed,
    commands.AreaNamed: folds.area_named,
    commands.DayReported: folds.day_reported,
    commands.LedgerOpened: folds.ledger_opened,
    commands.TermsRead: folds.terms_read,
    exposure.AccessRecorded: folds.access_recorded,
    exposure.ExposureRecorded: folds.exposure_recorded,
    findings.AllegationScreened: folds.allegation_screened,
    findings.FindingAdopted: folds.finding_adopted,
    findings.VerificationRecorded: folds.verification_recorded,
    imports.AllegationsImported: folds.allegations_imported,
    incidents.AllegationLinked: folds.allegation_linked,
    incidents.AllegationUnlinked: folds.allegation_unlinked,
    incidents.IncidentOpened: folds.incident_opened,
    masks.AllegationMasked: folds.allegation_masked,
    shares.LedgerShared: folds.ledger_shared,
    target_claims.TargetClaimed: folds.target_claimed,
}
"""The fold of each act's content; ``None`` if a notice of it is only listed and changes nothing else."""

"""How a cease-fire is watched together: zones, and what a mechanism does after an allegation was filed."""

from __future__ import annotations

from collections.abc import Mapping

from goodoffices.talks.base.acts import Content
from goodoffices.talks.mechanisms import folds, inquiries, steps, zones
from goodoffices.talks.state.command_context import Command, Decider
from goodoffices.talks.state.slices import Fold

__all__ = ["DECIDERS", "FOLDS"]

DECIDERS: Mapping[type[Command], Decider] = {
    inquiries.CloseInquiry: inquiries.close_inquiry,
    inquiries.OpenInquiry: inquiries.open_inquiry,
    inquiries.ReopenIncident: inquiries.reopen_incident,
    inquiries.ReportMeasure: inquiries.report_measure,
    inquiries.TakeMeasure: inquiries.take_measure,
    steps.AgreeToStep: steps.agree_to_step,
    steps.NameMechanism: steps.name_mechanism,
    steps.ProposeFinding: steps.propose_finding,
    zones.ApproveZone: zones.approve_zone,
    zones.ProposeZone: zones.propose_zone,
}
"""The decider of each command."""

FOLDS: Mapping[type[Content], Fold | None] = {
    inquiries.IncidentReopened: folds.incident_reopened,
    inquiries.InquiryClosed: folds.inquiry_closed,
    inquiries.InquiryOpened: folds.inquiry_opened,
    inquiries.MeasureReported: folds.measure_reported,
    inquiries.MeasureTaken: folds.measure_taken,
    steps.FindingProposed: folds.finding_proposed,
    steps.MechanismNamed: folds.mechanism_named,
    steps.StepAgreed: folds.step_agreed,
    zones.ZoneApproved: folds.zone_approved,
    zones.ZoneProposed: folds.zone_proposed,
}
"""The fold of each act's content; ``None`` if a notice of it is only listed and changes nothing else."""

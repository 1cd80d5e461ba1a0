"""Folds of notices on claims, recognitions, positions and names."""

from __future__ import annotations

from dataclasses import replace

from goodoffices.talks.base.persistent import Log
from goodoffices.talks.base.serialization import from_plain
from goodoffices.talks.model.actors import Actor
from goodoffices.talks.model.agenda import AgendaIssue, Basket
from goodoffices.talks.model.assessments import Assessment, Scale
from goodoffices.talks.model.claims import RoleClaim, Source
from goodoffices.talks.model.external_texts import NamedText
from goodoffices.talks.model.rounds import PairFormat
from goodoffices.talks.state.knowledge import Knowledge
from goodoffices.talks.state.known_claims import (
    KnownAssessment,
    KnownClaim,
    KnownMark,
    KnownPosition,
    KnownRecognition,
    KnownSame,
)
from goodoffices.talks.state.slices import Notice, learn
from goodoffices.talks.voting.named_rules import NamedRule


def source_entered(known: Knowledge, notice: Notice) -> Knowledge:
    source = from_plain(Source, notice.data["source"])
    return known.put("sources", source.slug, source)


def claim_entered(known: Knowledge, notice: Notice) -> Knowledge:
    made = learn(KnownClaim, notice)
    return known.put("claims", made.handle, made)


def claim_replaced(known: Knowledge, notice: Notice) -> Knowledge:
    changed = claim_entered(known, notice)
    return changed.change("claims", notice.data.get("old", ""), replaced_by=notice.data["handle"])


def claims_marked(known: Knowledge, notice: Notice) -> Knowledge:
    return known.add("marks", learn(KnownMark, notice))


def actor_named(known: Knowledge, notice: Notice) -> Knowledge:
    actor = from_plain(Actor, notice.data["actor"])
    return known.put("actors", actor.slug, actor)


def sameness_declared(known: Knowledge, notice: Notice) -> Knowledge:
    return known.add("sames", learn(KnownSame, notice))


def role_claimed(known: Knowledge, notice: Notice) -> Knowledge:
    return known.add("roles", from_plain(RoleClaim, notice.data["role"]))


def recognition_stated(known: Knowledge, notice: Notice) -> Knowledge:
    return known.add("recognitions", learn(KnownRecognition, notice, by_seat=notice.by))


def position_stated(known: Knowledge, notice: Notice) -> Knowledge:
    return known.add("positions", learn(KnownPosition, notice))


def assessment_made(known: Knowledge, notice: Notice) -> Knowledge:
    return known.add("assessments", learn(KnownAssessment, notice))


def assessment_withdrawn(known: Knowledge, notice: Notice) -> Knowledge:
    data = notice.data
    asked = (notice.by, data["party"], data["issue"], data["quantity"])
    kept = [
        one
        for one in known.assessments
        if (one.by, one.party, one.issue, one.quantity) != asked or data.get("value", one.value) != one.value
    ]
    return known.set("assessments", Log(kept))


def assessment_entered(known: Knowledge, notice: Notice) -> Knowledge:
    return known.add("estimates", from_plain(Assessment, notice.data["assessment"]))


def scale_entered(known: Knowledge, notice: Notice) -> Knowledge:
    return known.add("scales", from_plain(Scale, notice.data["scale"]))


def agenda_set(known: Knowledge, notice: Notice) -> Knowledge:
    return known.set("agenda", from_plain(tuple[Basket, ...], notice.data["baskets"]))


def issue_entered(known: Knowledge, notice: Notice) -> Knowledge:
    issue, title = from_plain(AgendaIssue, notice.data["issue"]), notice.data["basket"]
    held = [basket.title for basket in known.agenda]
    baskets = known.agenda if title in held else (*known.agenda, Basket(title=title, issues=()))
    grown = tuple(replace(one, issues=(*one.issues, issue)) if one.title == title else one for one in baskets)
    return known.set("agenda", grown)


def question_named(known: Knowledge, notice: Notice) -> Knowledge:
    data, header = notice.data, known.header
    question = (data["slug"], data["question"], data.get("can_be_said", ""))
    headings = ((data["slug"], data["brief"]),) if data.get("brief") else ()
    grown = replace(header, questions=(*header.questions, question), headings=(*header.headings, *headings))
    return known.set("header", grown)


def rule_named(known: Knowledge, notice: Notice) -> Knowledge:
    rule = from_plain(NamedRule, notice.data["rule"])
    return known.set("header", replace(known.header, rules=(*known.header.rules, rule)))


def text_named(known: Knowledge, notice: Notice) -> Knowledge:
    text = from_plain(NamedText, notice.data["text"])
    return known.set("header", replace(known.header, texts=(*known.header.texts, text)))


def pair_formats_set(known: Knowledge, notice: Notice) -> Knowledge:
    return known.set("pair_formats", from_plain(tuple[PairFormat, ...], notice.data["pairs"]))

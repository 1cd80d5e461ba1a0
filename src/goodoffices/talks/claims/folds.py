"""Folds of notices on claims, recognitions, positions and names."""

from __future__ import annotations

from goodoffices.talks.base.serialization import from_plain
from goodoffices.talks.model.actors import Actor
from goodoffices.talks.model.agenda import Basket
from goodoffices.talks.model.assessments import Assessment, Scale
from goodoffices.talks.model.claims import RoleClaim, Source
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


def assessment_entered(known: Knowledge, notice: Notice) -> Knowledge:
    return known.add("estimates", from_plain(Assessment, notice.data["assessment"]))


def scale_entered(known: Knowledge, notice: Notice) -> Knowledge:
    return known.add("scales", from_plain(Scale, notice.data["scale"]))


def agenda_set(known: Knowledge, notice: Notice) -> Knowledge:
    return known.set("agenda", from_plain(tuple[Basket, ...], notice.data["baskets"]))


def pair_formats_set(known: Knowledge, notice: Notice) -> Knowledge:
    return known.set("pair_formats", from_plain(tuple[PairFormat, ...], notice.data["pairs"]))

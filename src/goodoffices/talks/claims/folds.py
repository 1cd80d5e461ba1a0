"""How notices of claims, recognition, positions and names change what a seat knows."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from goodoffices.talks.base.acts import body
from goodoffices.talks.base.serialization import from_plain
from goodoffices.talks.model.actors import Actor
from goodoffices.talks.model.agenda import Basket
from goodoffices.talks.model.assessments import Assessment, Scale
from goodoffices.talks.model.claims import Claim, Recognition, RoleClaim, Source
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
from goodoffices.talks.state.slices import Notice


def _source(known: Knowledge, notice: Notice) -> Knowledge:
    source = from_plain(Source, notice.data["source"])
    return known.put("sources", source.slug, source)


def _claim(known: Knowledge, notice: Notice) -> Knowledge:
    claim = from_plain(Claim, notice.data["claim"])
    made = KnownClaim(handle=notice.data["handle"], claim=claim, by=notice.by, at=notice.at)
    return known.put("claims", made.handle, made)


def _replaced(known: Knowledge, notice: Notice) -> Knowledge:
    changed = _claim(known, notice)
    return changed.change("claims", notice.data.get("old", ""), replaced_by=notice.data["handle"])


def _marked(known: Knowledge, notice: Notice) -> Knowledge:
    data = notice.data
    mark = KnownMark(claims=tuple(data.get("claims", ())), compatible=data["compatible"], why=data["why"], by=notice.by)
    return known.add("marks", mark)


def _actor(known: Knowledge, notice: Notice) -> Knowledge:
    actor = from_plain(Actor, notice.data["actor"])
    return known.put("actors", actor.slug, actor)


def _same(known: Knowledge, notice: Notice) -> Knowledge:
    data = notice.data
    made = KnownSame(actors=tuple(data["actors"]), same=data["same"], ground=data["ground"], by=notice.by)
    return known.add("sames", made)


def _role(known: Knowledge, notice: Notice) -> Knowledge:
    return known.add("roles", from_plain(RoleClaim, notice.data["role"]))


def _recognition(known: Knowledge, notice: Notice) -> Knowledge:
    recognition = from_plain(Recognition, notice.data["recognition"])
    return known.add("recognitions", KnownRecognition(recognition=recognition, by_seat=notice.by, at=notice.at))


def _position(known: Knowledge, notice: Notice) -> Knowledge:
    data = notice.data
    stated = KnownPosition(
        actor=data["actor"], issue=data["issue"], option=data.get("option"), words=body(data.get("words")), at=notice.at
    )
    return known.add("positions", stated)


def _assessment(known: Knowledge, notice: Notice) -> Knowledge:
    data = notice.data
    made = KnownAssessment(
        party=data["party"],
        issue=data["issue"],
        quantity=data["quantity"],
        value=data["value"],
        source=data["source"],
        strength=data["strength"],
        by=notice.by,
        at=notice.at,
    )
    return known.add("assessments", made)


def _estimate(known: Knowledge, notice: Notice) -> Knowledge:
    return known.add("estimates", from_plain(Assessment, notice.data["assessment"]))


def _scale(known: Knowledge, notice: Notice) -> Knowledge:
    return known.add("scales", from_plain(Scale, notice.data["scale"]))


def _agenda(known: Knowledge, notice: Notice) -> Knowledge:
    return known.set("agenda", from_plain(tuple[Basket, ...], notice.data["baskets"]))


def _pairs(known: Knowledge, notice: Notice) -> Knowledge:
    return known.set("pair_formats", from_plain(tuple[PairFormat, ...], notice.data["pairs"]))


CLAIM_FOLDS: Mapping[str, Callable[[Knowledge, Notice], Knowledge]] = {
    "SourceEntered": _source,
    "ClaimEntered": _claim,
    "ClaimReplaced": _replaced,
    "ClaimsMarked": _marked,
    "ActorNamed": _actor,
    "SamenessDeclared": _same,
    "RoleClaimed": _role,
    "RecognitionStated": _recognition,
    "PositionStated": _position,
    "AssessmentMade": _assessment,
    "AssessmentEntered": _estimate,
    "ScaleEntered": _scale,
    "AgendaSet": _agenda,
    "PairFormatsSet": _pairs,
}

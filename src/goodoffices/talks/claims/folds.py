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
from goodoffices.talks.state.knowledge import Known
from goodoffices.talks.state.known_claims import (
    KnownAssessment,
    KnownClaim,
    KnownMark,
    KnownPosition,
    KnownRecognition,
    KnownSame,
)
from goodoffices.talks.state.slices import Notice


def _source(known: Known, notice: Notice) -> Known:
    source = from_plain(Source, notice.data["source"])
    return known.put("sources", source.slug, source)


def _claim(known: Known, notice: Notice) -> Known:
    claim = from_plain(Claim, notice.data["claim"])
    made = KnownClaim(handle=notice.data["handle"], claim=claim, by=notice.by, at=notice.at)
    return known.put("claims", made.handle, made)


def _replaced(known: Known, notice: Notice) -> Known:
    changed = _claim(known, notice)
    return changed.change("claims", notice.data.get("old", ""), replaced_by=notice.data["handle"])


def _marked(known: Known, notice: Notice) -> Known:
    data = notice.data
    mark = KnownMark(claims=tuple(data.get("claims", ())), compatible=data["compatible"], why=data["why"], by=notice.by)
    return known.add("marks", mark)


def _actor(known: Known, notice: Notice) -> Known:
    actor = from_plain(Actor, notice.data["actor"])
    return known.put("actors", actor.slug, actor)


def _same(known: Known, notice: Notice) -> Known:
    data = notice.data
    made = KnownSame(actors=tuple(data["actors"]), same=data["same"], ground=data["ground"], by=notice.by)
    return known.add("sames", made)


def _role(known: Known, notice: Notice) -> Known:
    return known.add("roles", from_plain(RoleClaim, notice.data["role"]))


def _recognition(known: Known, notice: Notice) -> Known:
    recognition = from_plain(Recognition, notice.data["recognition"])
    return known.add("recognitions", KnownRecognition(recognition=recognition, by_seat=notice.by, at=notice.at))


def _position(known: Known, notice: Notice) -> Known:
    data = notice.data
    stated = KnownPosition(
        actor=data["actor"], issue=data["issue"], option=data.get("option"), words=body(data.get("words")), at=notice.at
    )
    return known.add("positions", stated)


def _assessment(known: Known, notice: Notice) -> Known:
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


def _estimate(known: Known, notice: Notice) -> Known:
    return known.add("estimates", from_plain(Assessment, notice.data["assessment"]))


def _scale(known: Known, notice: Notice) -> Known:
    return known.add("scales", from_plain(Scale, notice.data["scale"]))


def _agenda(known: Known, notice: Notice) -> Known:
    return known.set("agenda", from_plain(tuple[Basket, ...], notice.data["baskets"]))


def _pairs(known: Known, notice: Notice) -> Known:
    return known.set("pair_formats", from_plain(tuple[PairFormat, ...], notice.data["pairs"]))


CLAIM_FOLDS: Mapping[str, Callable[[Known, Notice], Known]] = {
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

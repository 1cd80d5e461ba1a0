"""Folds of notices on texts, comments and stances."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from goodoffices.talks.base.acts import bodies
from goodoffices.talks.base.serialization import from_plain, parse_instant
from goodoffices.talks.base.states import Face, ForceState, VersionState
from goodoffices.talks.decisions.folds import resting
from goodoffices.talks.documents.alignment import PaperOrder
from goodoffices.talks.state.knowledge import Knowledge
from goodoffices.talks.state.known_decisions import KnownForce, KnownRatification
from goodoffices.talks.state.known_texts import (
    KnownComment,
    KnownDivergence,
    KnownReading,
    KnownStance,
    KnownText,
    KnownVariant,
    KnownVersion,
    PenOpening,
    TextFrame,
)
from goodoffices.talks.state.slices import Notice, learn

_LISTS = (
    "clauses",
    "brackets",
    "variants",
    "numbers",
    "states",
    "open",
    "bracket_at",
    "differs",
    "derived_at",
    "notes_at",
)


def text_tabled(known: Knowledge, notice: Notice) -> Knowledge:
    frame = from_plain(TextFrame, notice.data["frame"])
    text = KnownText(handle=notice.data["text"], frame=frame, pen=notice.by, at=notice.when)
    return known.put("texts", text.handle, text)


def _version(notice: Notice, **more: Any) -> KnownVersion:
    data = notice.data
    lists: dict[str, Any] = {name: tuple(data.get(name, ())) for name in _LISTS}
    return KnownVersion(
        handle=data["version"],
        text=data["text"],
        parent=data.get("parent"),
        hash=data["hash"],
        by=notice.by,
        at=notice.when,
        hashes=tuple((lang, digest) for lang, digest in data["hashes"]),
        papers=bodies(data["papers"]),
        variants_in=tuple(tuple(places) for places in data.get("variants_in", ())),
        order=from_plain(tuple[PaperOrder, ...], data.get("order", ())),
        annexes=tuple((label, digest) for label, digest in data.get("annexes", ())),
        responsibility=data.get("responsibility", False),
        partial=data.get("partial", False),
        **lists | more,
    )


def _kept(known: Knowledge, version: KnownVersion) -> Knowledge:
    """Return the knowledge with a version added to its text, and the version that it follows superseded."""
    known = known.put("versions", version.handle, resting(known, version))
    text = known.texts[version.text]
    if version.handle not in text.versions:
        known = known.change("texts", text.handle, versions=(*text.versions, version.handle))
    # A partial version does not supersede the version that it was taken from.
    return known if version.partial else known.change("versions", version.parent or "", state=VersionState.SUPERSEDED)


def version_written(known: Knowledge, notice: Notice) -> Knowledge:
    data = notice.data
    if "text" not in data:
        return known
    version = _version(
        notice,
        left_out=tuple(data.get("left_out", ())),
        derived_from=tuple(data.get("derived_from", ())),
        notes=bodies(data.get("notes", [])),
    )
    known = _kept(known, version)
    for handle, place in zip(data.get("taken", ()), data.get("taken_at", ()), strict=True):
        said, variant = known.comments[handle], version.variants[place]
        made = KnownVariant(handle=variant, clause=said.clause, proposer=said.by, show=said.show, comment=handle)
        known = known.put("variants", variant, made)
    return known


def version_released(known: Knowledge, notice: Notice) -> Knowledge:
    data = notice.data
    if notice.face == Face.SELF:
        held = known.versions[data["version"]]
        return known.put("versions", held.handle, _gone_out(held, notice))
    frame = from_plain(TextFrame, data["frame"])
    if data["text"] not in known.texts:
        text = KnownText(handle=data["text"], frame=frame, pen=data["pen"], at=notice.when)
        known = known.put("texts", text.handle, text)
    before = known.versions.get(data["version"])
    if before is None:
        return _kept(known, _gone_out(_version(notice), notice))
    return known.put("versions", before.handle, _gone_out(_and_more(before, _version(notice)), notice))


def _and_more(held: KnownVersion, copy: KnownVersion) -> KnownVersion:
    """Return a version that is shown to its holder again, with its old languages and the new ones."""
    papers = {paper.lang: paper for paper in (*held.papers, *copy.papers)}
    order = {one.lang: one for one in (*held.order, *copy.order)}
    return replace(
        held,
        papers=tuple(papers[lang] for lang, _ in held.hashes if lang in papers),
        order=tuple(order[lang] for lang, _ in held.hashes if lang in order),
    )


def _gone_out(version: KnownVersion, notice: Notice) -> KnownVersion:
    data = notice.data
    told = None if "embargo_until" not in data else parse_instant(data["embargo_until"])
    embargoes = (until for until in (version.embargo_until, told) if until is not None)
    return replace(
        version,
        state=VersionState.RELEASED if version.state == VersionState.WORKING else version.state,
        released_to=(*version.released_to, *data.get("to", ())),
        released_at=version.released_at or notice.when,
        last_released_at=notice.when,
        # A copy that was printed keeps its mark.
        release_notice=version.release_notice or notice.n,
        equal=data.get("equal", True),
        comment=data.get("comment", False),
        shown=data.get("shown", "to" in data),
        embargo_until=max(embargoes, default=None),
    )


def comment_made(known: Knowledge, notice: Notice) -> Knowledge:
    made = learn(KnownComment, notice, handle=notice.data["comment"])
    return known.put("comments", made.handle, made)


def comment_settled(known: Knowledge, notice: Notice) -> Knowledge:
    return known.change("comments", notice.data.get("comment", ""), outcome=notice.data["outcome"])


def variant_proposed(known: Knowledge, notice: Notice) -> Knowledge:
    made = learn(KnownVariant, notice, handle=notice.data["variant"], proposer=notice.by or None)
    return known.put("variants", made.handle, made)


def _noted(known: Knowledge, handle: str | None, **changes: Any) -> Knowledge:
    """Return the knowledge with changed fields of a variant, which may be new."""
    if handle is None:
        return known
    held = known.variants.get(handle) or KnownVariant(handle=handle)
    return known.put("variants", handle, replace(held, **changes))


def variant_taken(known: Knowledge, notice: Notice) -> Knowledge:
    if notice.face == Face.SELF:
        return known
    said = known.comments.get(notice.data.get("comment", ""))
    show = () if said is None else said.show
    return _noted(known, notice.data.get("variant"), proposer=known.seat, comment=notice.data.get("comment"), show=show)


def proposer_shown(known: Knowledge, notice: Notice) -> Knowledge:
    return _noted(known, notice.data.get("variant"), proposer=notice.data["proposer"])


def variant_dropped(known: Knowledge, notice: Notice) -> Knowledge:
    return _noted(known, notice.data.get("variant"), dropped=True)


def variant_left_out(known: Knowledge, notice: Notice) -> Knowledge:
    return _noted(known, notice.data.get("variant"), left_out_of=notice.data.get("version"))


def divergence_marked(known: Knowledge, notice: Notice) -> Knowledge:
    return known.add("divergences", learn(KnownDivergence, notice))


def text_read_out(known: Knowledge, notice: Notice) -> Knowledge:
    return known.add("readings", learn(KnownReading, notice))


def stance_taken(known: Knowledge, notice: Notice) -> Knowledge:
    data = notice.data
    made = learn(
        KnownStance,
        notice,
        handle=data["stance"],
        transcribed=notice.entered_by not in (None, notice.by),
        at=notice.when if notice.happened_at is None else parse_instant(notice.happened_at),
    )
    return known.put("stances", made.handle, made)


def stance_ended(known: Knowledge, notice: Notice) -> Knowledge:
    return known.change("stances", notice.data.get("stance", ""), ended_at=notice.when)


def pen_asked(known: Knowledge, notice: Notice) -> Knowledge:
    return known.change("texts", notice.data.get("text", ""), offered_to=notice.by)


def pen_passed(known: Knowledge, notice: Notice) -> Knowledge:
    return known.change("texts", notice.data.get("text", ""), pen=notice.data["to"], offered_to=None, opening=None)


def pen_opened(known: Knowledge, notice: Notice) -> Knowledge:
    opening = learn(PenOpening, notice)
    return known.change("texts", notice.data.get("text", ""), opening=opening)


def ratification_recorded(known: Knowledge, notice: Notice) -> Knowledge:
    """Add a ratification. If it refused, planned entries into force of the version are stopped, as for the clock."""
    data = notice.data
    stopped = set(data.get("stops", ()))
    if "refused" in data:
        stopped |= {f.handle for f in known.forces.values() if f.version == data["refused"]}
    if "ratifier" in data and "version" in data:
        made = learn(KnownRatification, notice)
        known = known.add("ratifications", made)
        if not made.ratified:
            stopped |= {f.handle for f in known.forces.values() if f.version == made.version}
    for handle in sorted(stopped):
        if known.forces[handle].state == ForceState.PLANNED:
            known = known.change("forces", handle, state=ForceState.STOPPED)
    return known


def force_planned(known: Knowledge, notice: Notice) -> Knowledge:
    data = notice.data
    made = learn(KnownForce, notice, handle=data["force"], version=data.get("version") or data.get("whole"))
    return known.put("forces", made.handle, made)


def entered_into_force(known: Knowledge, notice: Notice) -> Knowledge:
    return known.change("forces", notice.data["force"], state=ForceState.IN_FORCE)


def text_summarised(known: Knowledge, notice: Notice) -> Knowledge:
    return known.put("summaries", notice.data["text"], bodies(notice.data["papers"]))

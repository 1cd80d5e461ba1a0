"""Planted leaks of texts, comments and stances."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from goodoffices.talks import core
from goodoffices.talks.base.refusals import Refusal
from goodoffices.talks.seats import service
from goodoffices.talks.state import command_context as desk, view
from goodoffices.talks.state.known_texts import KnownVersion
from goodoffices.talks.texts import commands as texts, comments, pens, releases, settled_comments, stances
from properties.leaks.planting import Patch, deliver_with, patch_decide, told_to
from properties.worlds import outputs


def working_versions_seen_by_the_secretariat(patch: Patch) -> None:
    told_to(patch, texts.TextTabled, "self", lambda context: ["sec"])


def holders_counted_at_release(patch: Patch) -> None:
    """A recipient is told how many seats the record has told of anything."""
    deliver_with(
        patch,
        lambda held, act, face, notice: (
            replace(notice, data={**notice.data, "holders": act.seq})
            if act.kind == "VersionReleased" and face != "self"
            else notice
        ),
    )


def comments_seen_by_every_holder(patch: Patch) -> None:
    told_to(patch, comments.CommentMade, "named", lambda context: ["gov", "opp", "rus"])


def copy_marks_from_the_order_of_the_record(patch: Patch) -> None:
    def mark(seen: view.View, version: KnownVersion) -> str:
        del seen
        return version.papers[0].id

    patch.setattr(outputs, "copy_mark", mark)


def stances_told_to_everybody(patch: Patch) -> None:
    told_to(patch, stances.StanceTaken, "all", lambda context: context.everyone())


def readings_in_a_session_heard_outside(patch: Patch) -> None:
    told_to(patch, releases.TextReadOut, "all", lambda context: ["usa", "ana"])


def a_stance_refused_because_of_a_newer_hidden_version(patch: Patch) -> None:
    original = core.decide

    def decide(talks: core.Talks, request: desk.CommandRequest, at: datetime) -> Any:
        if isinstance(request.command, stances.TakeStance):
            thing = talks.slice_of(request.seat).ids.get(request.command.version)
            if any(act.kind == "VersionWritten" and act.data.get("parent") == thing for act in talks.acts if thing):
                return Refusal(code="done")
        return original(talks, request, at)

    patch_decide(patch, decide)


def who_asks_for_the_pen_is_told_to_all(patch: Patch) -> None:
    told_to(patch, pens.PenAsked, "pen", lambda context: ["gov", "opp", "kaz"])


def versions_counted_over_the_whole_record(patch: Patch) -> None:
    original = outputs.outputs

    def made(seen: view.View) -> dict[str, bytes]:
        papers = sum((seen.words(f"{n}.0") or "").startswith("# ") for n in range(1, 400))
        return {**original(seen), "papers": str(papers).encode()}

    patch.setattr(outputs, "outputs", made)


def hashes_that_cover_the_place_in_the_record(patch: Patch) -> None:
    deliver_with(
        patch,
        lambda held, act, face, notice: (
            replace(notice, data={**notice.data, "hash": f"{notice.data['hash'][:-3]}{act.seq:03d}"})
            if "hash" in notice.data and act.kind in ("VersionReleased", "StanceTaken")
            else notice
        ),
    )


def proposers_shown_to_every_holder(patch: Patch) -> None:
    told_to(patch, releases.VariantTaken, "proposer", lambda context: ["gov", "opp", "rus", "kaz"])


def who_is_asked_to_accept_papers_told_to_all(patch: Patch) -> None:
    told_to(patch, service.ServiceAsked, "all", lambda context: context.everyone())


def what_became_of_comments_told_to_others(patch: Patch) -> None:
    told_to(patch, settled_comments.CommentSettled, "self", lambda context: ["gov", "opp", "rus", "un", "kaz"])


TEXT_LEAKS = (
    working_versions_seen_by_the_secretariat,
    holders_counted_at_release,
    comments_seen_by_every_holder,
    copy_marks_from_the_order_of_the_record,
    stances_told_to_everybody,
    readings_in_a_session_heard_outside,
    a_stance_refused_because_of_a_newer_hidden_version,
    who_asks_for_the_pen_is_told_to_all,
    versions_counted_over_the_whole_record,
    hashes_that_cover_the_place_in_the_record,
    proposers_shown_to_every_holder,
    who_is_asked_to_accept_papers_told_to_all,
    what_became_of_comments_told_to_others,
)
"""Every planted leak of this kind; ``catalogue`` names them."""

"""What seats might ask about allegations: one builder for each command, choosing from what the asking seat knows."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

from goodoffices.errors import ScenarioError
from goodoffices.reports.ceasefire.bulletin_figures import bulletin_figures
from goodoffices.talks.base.acts import Words
from goodoffices.talks.ceasefire import (
    answers,
    bulletins,
    commands,
    exposure,
    findings,
    imports,
    incidents,
    masks,
    shares,
    target_claims,
)
from goodoffices.talks.mechanisms import inquiries, steps, zones
from goodoffices.talks.model.masks import HIDEABLE, PLACE_LEVELS, TIME_LEVELS
from goodoffices.talks.state.command_context import Command
from properties.worlds.asker import Asker
from properties.worlds.cast import SEATS


def _of(make: Callable[[Asker, str], Command]) -> Callable[[Asker], Command | None]:
    def build(a: Asker) -> Command | None:
        handle = a.thing("allegations")
        return None if handle is None else make(a, handle)

    return build


def _of_ledger(make: Callable[[Asker, str], Command]) -> Callable[[Asker], Command | None]:
    def build(a: Asker) -> Command | None:
        handle = a.thing("ledgers")
        return None if handle is None else make(a, handle)

    return build


def _unlink(a: Asker) -> Command | None:
    handle = a.thing("incidents")
    if handle is None:
        return None
    linked = a.known.incidents[handle].allegations or ("a1",)
    return incidents.UnlinkAllegation(incident=handle, allegation=a.pick.one(linked), why=a.words())


def _bulletin(a: Asker, ledger: str) -> Command:
    """Freeze the figures of some days. They are worked out; now and then they are given, as a program may, or wrong."""
    first, last = a.at.date() - timedelta(days=a.pick.number(9)), a.at.date()
    asked = bulletins.PrepareBulletin(
        day_from=first, day_to=last, ledgers=(ledger,), to=(a.seat(),) if a.pick.yes() else ()
    )
    how = a.pick.number(6)
    if how == 0:
        return replace(asked, figures=a.words())
    if how == 1:
        with suppress(ScenarioError):
            found = bulletin_figures(a.known, first, last, (ledger,), is_public=not asked.to)
            return replace(asked, figures=Words(text=found, lang="zxx"))
    return asked


def _clear(a: Asker) -> Command | None:
    handle = a.thing("bulletins")
    return None if handle is None else bulletins.ClearBulletin(bulletin=handle)


def _import(a: Asker) -> Command | None:
    """File two rows in a ledger; those of an earlier act again, if it has some."""
    handle = a.thing("ledgers")
    if handle is None:
        return None
    held = a.known.ledgers[handle]
    tags = [f"t{a.pick.number(4)}", f"t{4 + a.pick.number(4)}"]
    day = f"{a.at:%Y-%m-%dT%H:%M}Z"
    return imports.ImportAllegations(
        ledger=handle,
        columns=("kind", "occurred_from", "area"),
        rows=(("shelling", day, "hama"), ("drone", day, "")),
        origins=tuple((tag, "c", "line 2") for tag in tags),
        texts=Words(text=json.dumps([{"words": a.words().text}, {"place": "a farm"}])),
        reporters=Words(text=json.dumps([a.words().text, ""])),
        key=Words(text="00" * 32) if held.key is None else None,
        mask_place=a.pick.one(PLACE_LEVELS),
        stays=a.pick.number(4) == 0,
    )


def file_allegation(a: Asker, ledger: str) -> Command:
    return commands.FileAllegation(
        ledger=ledger,
        kind="shelling",
        occurred_from=a.at,
        area="hama",
        words=a.words(),
        reporter=a.words(),
        mask_time=a.pick.one(TIME_LEVELS),
        stays=a.pick.number(5) == 0,
    )


def _of_table(table: str, make: Callable[[Asker, str], Command]) -> Callable[[Asker], Command | None]:
    def build(a: Asker) -> Command | None:
        handle = a.thing(table)
        return None if handle is None else make(a, handle)

    return build


def _zone(a: Asker) -> Command | None:
    handle = a.thing("zones")
    return None if handle is None else zones.ApproveZone(zone_version=handle)


def _share(a: Asker, ledger: str) -> Command:
    first = a.at.date() - timedelta(days=a.pick.number(3))
    return shares.ShareLedger(
        ledger=ledger, day_from=first, day_to=a.at.date(), to=(a.seat(), a.seat()), face=a.pick.one(shares.SHARED_FACES)
    )


ALLEGATION_BUILDERS: Mapping[str, Callable[[Asker], Command | None]] = {
    "ClearBulletin": _clear,
    "ImportAllegations": _import,
    "PrepareBulletin": _of_ledger(_bulletin),
    "ProposeZone": lambda a: zones.ProposeZone(
        slug="zone",
        title="A zone",
        areas=("hama",) if a.pick.yes() else (),
        places=a.words() if a.pick.yes() else None,
        words=a.words(),
        parties=(a.seat(), a.seat()),
        to=a.pick.some(SEATS),
    ),
    "ApproveZone": _zone,
    "NameMechanism": lambda a: steps.NameMechanism(
        slug="joint",
        title="Joint",
        first_look=a.pick.some(SEATS),
        committee=a.pick.some(SEATS),
        rule=a.pick.one(("all", "majority")),
    ),
    "ProposeFinding": _of(lambda a, x: steps.ProposeFinding(allegation=x, result="unresolved", grounds=a.words())),
    "AgreeToStep": _of(
        lambda a, x: steps.AgreeToStep(allegation=x, what=a.pick.one(steps.DECISIONS), agrees=a.pick.yes())
    ),
    "OpenInquiry": _of(
        lambda a, x: inquiries.OpenInquiry(
            allegation=x, task=a.words(), members=a.pick.some(SEATS), until=a.soon().date()
        )
    ),
    "CloseInquiry": _of_table("inquiries", lambda a, x: inquiries.CloseInquiry(inquiry=x, outcome=a.words())),
    "TakeMeasure": lambda a: inquiries.TakeMeasure(
        what=a.words(),
        against=a.seat(),
        due=a.soon().date(),
        to=a.pick.some(SEATS),
        allegation=a.thing("allegations"),
    ),
    "ReportMeasure": _of_table("measures", lambda a, x: inquiries.ReportMeasure(measure=x, state="done")),
    "ReopenIncident": _of_table("incidents", lambda a, x: inquiries.ReopenIncident(incident=x, reason=a.words())),
    "MaskAllegation": _of(
        lambda a, x: masks.MaskAllegation(
            allegation=x,
            place=a.pick.one(PLACE_LEVELS),
            time=a.pick.one(TIME_LEVELS),
            hides=(a.pick.one(HIDEABLE),),
        )
    ),
    "ShareLedger": _of_ledger(_share),
    "ClaimTarget": _of(lambda a, x: target_claims.ClaimTarget(allegation=x, target=a.seat(), words=a.words())),
    "OpenIncident": _of(
        lambda a, x: incidents.OpenIncident(allegations=(x, a.thing("allegations") or x), why=a.words())
    ),
    "LinkAllegation": _of(
        lambda a, x: incidents.LinkAllegation(incident=a.thing("incidents") or "x1", allegation=x, why=a.words())
    ),
    "UnlinkAllegation": _unlink,
    "RecordExposure": _of_ledger(
        lambda a, j: exposure.RecordExposure(
            ledger=j, day_from=a.at.date(), day_to=a.at.date(), percent=a.pick.number(100), means="patrol", area="hama"
        ),
    ),
    "RecordAccess": _of_ledger(
        lambda a, j: exposure.RecordAccess(
            ledger=j, day_from=a.at.date(), day_to=a.at.date(), stopped_by=a.seat(), ground=a.words()
        ),
    ),
    "ScreenAllegation": _of(
        lambda a, x: findings.ScreenAllegation(
            allegation=x, result=a.pick.one(findings.SCREENED), reason=a.pick.one(findings.ASIDE)
        ),
    ),
    "NotifyParty": _of(
        lambda a, x: answers.NotifyParty(
            allegation=x, to=a.seat(), answer_by=a.soon(), shown=a.pick.one(answers.SHOWN)
        ),
    ),
    "AnswerAllegation": _of(
        lambda a, x: answers.AnswerAllegation(allegation=x, says=a.pick.one(answers.ANSWERS), words=a.words()),
    ),
    "RecordVerification": _of(
        lambda a, x: findings.RecordVerification(
            allegation=x, result=a.pick.one(findings.VERIFIED), method="a visit", day=a.at.date(), reason="too-late"
        ),
    ),
    "AdoptFinding": _of(
        lambda a, x: findings.AdoptFinding(
            allegation=x, result=a.pick.one(findings.FOUND), grounds=a.words(), no_attribution="no evidence"
        ),
    ),
}

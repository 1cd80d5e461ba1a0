"""Commitments, texts, rules and the cease-fire, as a talks file writes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC
from typing import Any
from zoneinfo import ZoneInfo

from goodoffices.formats.talks_writer.people import Plain, moment, named, stated
from goodoffices.talks.base.serialization import to_plain
from goodoffices.talks.model.ceasefire import CeasefireTerms, DayReport, InForce, Ledger
from goodoffices.talks.model.external_texts import NamedText
from goodoffices.talks.model.obligations import Commitment
from goodoffices.talks.model.talks_file import TalksFile
from goodoffices.talks.voting.named_rules import NamedRule


def _changes(talks: TalksFile) -> Plain:
    return {
        one.slug: stated(kind=one.kind, sources=one.sources, targets=one.targets, when=one.when, claims=one.claims)
        for one in talks.changes
    }


def _commitments(talks: TalksFile) -> Plain:
    return {one.slug: _commitment(one) for one in talks.commitments}


def _commitment(one: Commitment) -> Plain:
    due = tuple(stated(due=d.due, by=d.by, announced_on=d.announced_on, claim=d.claim) for d in one.due)
    happened = tuple(stated(day=d.day, claim=d.claim) for d in one.happened)
    return stated(
        obligors=one.obligors, what=one.what, text=one.text, undertaken_by=one.undertaken_by, due=due,
        happened=happened, condition=one.condition, round=one.round, claims=one.claims,
    )  # fmt: skip


def _guarantees(talks: TalksFile) -> list[Any]:
    return [
        stated(
            guarantor=one.guarantor, beneficiary=one.beneficiary, subject=one.subject, text=one.text,
            since=one.since, claim=one.claim,
        )
        for one in talks.guarantees
    ]  # fmt: skip


def _texts(talks: TalksFile) -> Plain:
    return {one.slug: _text(one) for one in talks.texts}


def _text(one: NamedText) -> Plain:
    stances = tuple(
        stated(actor=s.actor, kind=s.kind, claim=s.claim, by=s.by, dated=s.dated, words=s.words) for s in one.stances
    )
    divergences = tuple(
        stated(clause=d.clause, languages=d.languages, words=d.words, claims=d.claims) for d in one.divergences
    )
    return stated(
        title=one.title, kind=one.kind, dated=one.dated, issued_by=one.issued_by, read_out_by=one.read_out_by,
        languages=one.languages, authentic=one.authentic, prevails=one.prevails, copy_of=one.copy_of,
        about=one.about, required=one.required, stances=stances, divergences=divergences,
        papers=dict(one.papers) or None, claims=one.claims, known_from=one.known_from,
    )  # fmt: skip


def _rules(talks: TalksFile) -> Plain:
    return {one.slug: _rule(one) for one in talks.rules}


def _rule(one: NamedRule) -> Plain:
    plain = dict(to_plain(one.rule))
    if "weights" in plain:
        plain["weights"] = {actor: str(weight) for actor, weight in plain["weights"]}
    if "blocs" in plain:
        plain["blocs"] = {bloc["slug"]: list(bloc["members"]) for bloc in plain["blocs"]}
    rest = {name: _texts_in(value) for name, value in plain.items() if name != "rule"}
    own = stated(weights_are=one.weights_are, claims=one.claims, words=one.words)
    return {"title": one.title, "rule": str(plain["rule"]), **rest, **own}


def _texts_in(value: Any) -> Any:
    """Return plain values of JSON as texts."""
    if isinstance(value, dict):
        return {name: _texts_in(part) for name, part in value.items()}
    return [_texts_in(part) for part in value] if isinstance(value, list) else str(value)


def _areas(talks: TalksFile) -> Plain:
    return {
        one.slug: {"names": named(one.names), **stated(code=one.code, part_of=one.part_of, level=one.level)}
        for one in talks.areas
    }


def _ceasefire(talks: TalksFile) -> Plain:
    return {one.slug: _terms(one) for one in talks.ceasefire}


def _terms(one: CeasefireTerms) -> Plain:
    return stated(
        title=one.title, copy_of=one.copy_of, covered=one.covered, excluded=one.excluded, areas=one.areas,
        in_force=tuple(map(_in_force, one.in_force)), summary=one.summary, claims=one.claims,
        rules=tuple(stated(clause=rule.clause, kinds=rule.kinds, effect=rule.effect) for rule in one.rules),
        zones=one.zones,
    )  # fmt: skip


def _in_force(one: InForce) -> Plain:
    local = one.instant.astimezone(ZoneInfo(one.zone))
    until = None if one.until is None else moment(one.until.astimezone(UTC))
    # With its difference from UTC, so that an hour which the clock shows twice means the same one.
    return stated(instant=moment(local), zone=one.zone, words=one.words, areas=one.areas, until=until, claim=one.claim)


def _ledgers(talks: TalksFile) -> Plain:
    return {one.slug: _ledger(one) for one in talks.ledgers}


def _ledger(one: Ledger) -> Plain:
    days = tuple(map(_day, one.days))
    # Both numbers are kept where the parts of a day do not add up to its total.
    apart = (day.day for day in one.days if day.total is not None and day.counts and day.total != _sum(day))
    reports = None if one.reports == "unknown" else one.reports
    return stated(
        keeper=one.keeper, title=one.title, kind=one.kind, reports=reports, credit=one.credit, days=days,
        kept_as_stated=tuple(dict.fromkeys(apart)),
    )  # fmt: skip


def _mechanisms(talks: TalksFile) -> Plain:
    return {
        one.slug: stated(
            title=one.title, ledgers=one.ledgers, rule=None if one.rule == "all" else one.rule,
            first_look=one.seats("first-look"), verification=one.seats("verification"),
            legal_check=one.seats("legal-check"), committee=one.seats("committee"), asking=one.seats("asking"),
            known_from=one.known_from,
        )
        for one in talks.mechanisms
    }  # fmt: skip


def _sum(day: DayReport) -> int:
    return sum(count for _, count in day.counts)


def _day(day: DayReport) -> Plain:
    numbers = {
        "n_days": None if day.n_days == 1 else day.n_days,
        "unplaced": dict(day.counts).get(""),
        "total": day.total,
        "confirmed": day.confirmed,
        "explained": day.explained,
    }
    return {
        "day": day.day.isoformat(),
        **stated(counts={area: str(count) for area, count in day.counts if area} or None),
        **{name: str(number) for name, number in numbers.items() if number is not None},
        **stated(source=day.source, note=day.note, known_from=day.known_from),
    }


FACTS: Mapping[str, Callable[[TalksFile], Any]] = {
    "changes": _changes,
    "commitments": _commitments,
    "guarantees": _guarantees,
    "texts": _texts,
    "rules": _rules,
    "areas": _areas,
    "ceasefire": _ceasefire,
    "ledgers": _ledgers,
    "mechanisms": _mechanisms,
}
"""The sections on what is owed, agreed and watched, each with what writes it."""

"""Actors, seats, and what is said about them, as a talks file writes it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from goodoffices.talks.base.enums import Format, Stand, ValueKind
from goodoffices.talks.model.actors import Name
from goodoffices.talks.model.claims import Claim, Link, Value
from goodoffices.talks.model.talks_file import TalksFile

Plain = dict[str, Any]
YES = "yes"
_UNDO_SECONDS = 10
"""What a talks file says if it does not say it."""


def stated(**values: Any) -> Plain:
    """Return the keys that have a value; yes stands for what is true, and what is not is left out."""
    made = {}
    for name, value in values.items():
        if value is not None and value is not False and value != () and value != "":
            made[name] = plain(value)
    return made


def plain(value: Any) -> Any:
    """Return a value as texts and lists of texts."""
    if value is True:
        return YES
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    return value if isinstance(value, dict | list) else str(value)


def moment(at: datetime) -> str:
    """Return an instant with its difference from UTC, as a talks file writes it; to the minute where it can be."""
    text = at.replace(microsecond=0).isoformat(timespec="seconds" if at.second else "minutes")
    return text.removesuffix("+00:00") + "Z" if at.tzinfo is UTC else text


def named(names: Iterable[Name]) -> Plain:
    """Return names by language; several spellings of one language stand in a list."""
    made: dict[str, list[Any]] = {}
    for name in names:
        is_bare = name.script is None and name.sort is None
        spelled = name.text if is_bare else stated(text=name.text, script=name.script, sort=name.sort)
        made.setdefault(name.language, []).append(spelled)
    return {language: spelled[0] if len(spelled) == 1 else spelled for language, spelled in made.items()}


def head(talks: TalksFile) -> Plain:
    """Return the sections that say what the talks are called, and in which languages they are held."""
    times = dict(talks.summary_from)
    summary = [
        {"words": text, "known_from": moment(times[n])} if n in times else text for n, text in enumerate(talks.summary)
    ]
    default = None if talks.default_format is Format.PROXIMITY else talks.default_format
    seconds = None if talks.undo_seconds == _UNDO_SECONDS else talks.undo_seconds
    own = stated(
        slug=talks.slug, title=talks.title, summary=tuple(summary), opens_at=talks.opens_at,
        zone=talks.zone, seconds=talks.seconds, default_format=default, auditor=talks.auditor, invented=talks.invented,
        undo_seconds=seconds,
    )  # fmt: skip
    return {"talks": own, "languages": list(talks.languages)}


def _actors(talks: TalksFile) -> Plain:
    return {
        actor.slug: {"kind": actor.kind.value, "names": named(actor.names), **stated(part_of=actor.part_of)}
        for actor in talks.actors
    }


def _seats(talks: TalksFile) -> Plain:
    return {
        seat.slug: {
            "actor": seat.actor,
            **stated(roles=seat.roles, extra=seat.extra, barred=seat.barred, kept_by=seat.kept_by),
            **stated(sees_all=seat.sees_all),
            **({} if seat.known_to is None else {"known_to": list(seat.known_to)}),
        }
        for seat in talks.seats
    }


def _compartments(talks: TalksFile) -> Plain:
    return {one.slug: stated(seats=one.seats, owner=one.owner) for one in talks.compartments}


def _contact_barred(talks: TalksFile) -> list[Any]:
    return [list(pair) for pair in talks.contact_barred]


def _roles(talks: TalksFile) -> list[Any]:
    return [
        stated(actor=one.actor, role=one.role, of=one.of, since=one.since, until=one.until, claim=one.claim)
        | ({} if one.scope == "talks" else {"scope": one.scope})
        for one in talks.roles
    ]


def _recognition(talks: TalksFile) -> list[Any]:
    return [
        stated(by=one.by, of=one.of, role=one.role, represents=one.represents, since=one.since, claim=one.claim)
        | ({} if one.stand is Stand.NO_POSITION else {"stand": one.stand.value})
        for one in talks.recognition
    ]


def _sources(talks: TalksFile) -> Plain:
    return {
        one.slug: stated(
            publisher=one.publisher, title=one.title, dated=one.dated, language=one.language, side=one.side,
            address=one.address,
        )
        for one in talks.sources
    }  # fmt: skip


def _claims(talks: TalksFile) -> Plain:
    return {claim.slug: _claim(claim) for claim in talks.claims}


def _claim(claim: Claim) -> Plain:
    is_one_day = claim.when_from is not None and claim.when_from == claim.when_to
    when = {"when": claim.when_from} if is_one_day else {"when_from": claim.when_from, "when_to": claim.when_to}
    return {
        **stated(about=claim.about, aspect=claim.aspect),
        "value": _value(claim.value),
        "chain": [_link(link) for link in claim.chain],
        **stated(strength=claim.strength, source=claim.source),
        "in_seed": YES if claim.in_seed else "no",
        **stated(
            words=claim.words, asserted_on=claim.asserted_on, **when, question=claim.question,
            compartment=claim.compartment, known_from=claim.known_from, section=claim.section,
            invented=claim.is_invented,
        ),
    }  # fmt: skip


def _link(link: Link) -> Any:
    made = stated(speaker=link.speaker, actor=link.actor, side=link.side, language=link.language, beside=link.beside)
    return link.speaker if list(made) == ["speaker"] else made


_VALUES: Mapping[ValueKind, Callable[[Value], Plain]] = {
    ValueKind.NUMBER: lambda value: {"number": str(value.low)},
    ValueKind.AT_LEAST: lambda value: {"at_least": str(value.low)},
    ValueKind.RANGE: lambda value: {"low": str(value.low), "high": str(value.high)},
    ValueKind.ACTORS: lambda value: {"actors": list(value.actors)},
    ValueKind.YES_NO: lambda value: {"yes": YES if value.yes else "no"},
    ValueKind.WORDS: lambda value: {"words": value.words or ""},
    ValueKind.INSTANT: lambda value: stated(date=value.day, instant=value.instant),
}


def _value(value: Value) -> Plain:
    has_two_ends = value.low is not None and value.high not in (None, value.low)
    return _VALUES[ValueKind.RANGE if has_two_ends else value.kind](value)


def _questions(talks: TalksFile) -> Plain:
    short = dict(talks.headings)
    return {
        slug: stated(question=question, can_be_said=said, brief=short.get(slug))
        for slug, question, said in talks.questions
    }


def _homonyms(talks: TalksFile) -> list[Any]:
    return [{"first": first, "second": second, "why": why} for first, second, why in talks.homonyms]


PEOPLE: Mapping[str, Callable[[TalksFile], Any]] = {
    "actors": _actors,
    "seats": _seats,
    "compartments": _compartments,
    "contact_barred": _contact_barred,
    "roles": _roles,
    "recognition": _recognition,
    "sources": _sources,
    "claims": _claims,
    "questions": _questions,
    "homonyms": _homonyms,
}
"""The sections on people, each with what writes it."""

"""What a notice says, on a paper: the sentence of the desk in the reader's language, as plain text.

On a screen a short name such as m1 leads to a thing. On paper its title or first words stand in its place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from goodoffices.reports.lists.thing_names import thing_named
from goodoffices.reports.messages.act_sentences import Argument, told
from goodoffices.reports.messages.catalogues import LANGUAGES
from goodoffices.reports.papers.localization import Wording
from goodoffices.reports.papers.paper import Span, text_of
from goodoffices.reports.provenance import subject_name
from goodoffices.reports.tables import capital
from goodoffices.talks.base.serialization import parse_instant
from goodoffices.talks.state.slices import Notice

SENTENCES: Mapping[str, str] = {
    "ClaimEntered": "{handle}",
    "CommitmentRecorded": "Commitment: {commitment}",
    "DayReported": "Ledger {ledger}: bulletin of {day}.",
    "LedgerOpened": "Ledger kept by {keeper}.",
    "RoundPlanned": "Round planned: {round}.",
    "SessionPlanned": "Session planned: {session}.",
}
"""What a paper says where the desk gives the short name of a new thing beside its title."""


def notice_said(w: Wording, notice: Notice) -> str:
    """Return what a notice says, without the full stop."""
    message = told(notice, w.view.seat)
    said = SENTENCES.get(notice.kind, message.message) if message.fillings else message.message
    fillings = {name: filled(w, filling) for name, filling in message.fillings.items()}
    return capital(w.plain(said, **fillings).rstrip("."))


def from_paper(w: Wording, notice: Notice) -> str:
    """Return who copied an act from which paper, and when the paper is dated; nothing of one its own seat entered."""
    if not notice.entered_by or notice.entered_by == notice.by:
        return ""
    said = w.plain("entered by {seat} from paper", seat=w.view.name(notice.entered_by, w.language))
    said = f"{said} “{notice.on_paper}”" if notice.on_paper else said
    if notice.happened_at is None:
        return said
    dated = w.plain("the paper is dated {at}", at=text_of(w.when(parse_instant(notice.happened_at))))
    return f"{said}{w.comma}{dated}"


def filled(w: Wording, filling: Argument) -> str:
    """Return what fills a placeholder, in the reader's language."""
    sort, _, category = filling.sort.partition(":")
    if sort == "word":
        return w.word(category, filling.value)
    if sort == "handle":
        return thing_named(w, str(filling.value))
    made = _BY_SORT.get(sort)
    return str(filling.value) if made is None else made(w, filling.value)


def _listed(w: Wording, names: Iterable[str]) -> str:
    return text_of(w.listed((Span(text=name),) for name in names)) or "–"


def _thing(w: Wording, slug: str) -> str:
    is_actor = slug in w.view.known.actors
    return w.view.name(slug, w.language) if is_actor else subject_name(w.view, slug)


def _copy(w: Wording, name: str) -> str:
    return next((named.title for named in w.view.known.header.texts if named.slug == name), name)


def _day(w: Wording, day: str | date | None) -> str:
    return text_of(w.day(date.fromisoformat(day) if isinstance(day, str) else day)) if day else ""


_BY_SORT: Mapping[str, Callable[[Wording, Any], str]] = {
    "seat": lambda w, slug: w.view.name(slug, w.language),
    "actor": lambda w, slug: w.view.name(slug, w.language),
    "seats": lambda w, slugs: _listed(w, (w.view.name(slug, w.language) for slug in slugs)),
    "actors": lambda w, slugs: _listed(w, (w.view.name(slug, w.language) for slug in slugs)),
    "clauses": lambda w, names: _listed(w, (thing_named(w, str(name)) for name in names)),
    "copies": lambda w, names: _listed(w, (_copy(w, name) for name in names)),
    "language": lambda w, language: LANGUAGES.get(language, language),
    "thing": _thing,
    "day": _day,
    "long-day": _day,
}

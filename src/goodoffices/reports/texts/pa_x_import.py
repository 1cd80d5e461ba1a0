"""Rows of PA-X brought in: each becomes a text known on the dataset's word, beside what this record shows.

A row joins the text that it is a row of, as one more copy of which only the dataset speaks. It adds claims and changes
no finding: what a dataset says of an actor is what others say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import yaml

from goodoffices.data_class import dataclass
from goodoffices.errors import UnknownWordError
from goodoffices.formats.documents.dataset_dates import day_of, has_months_first, is_ambiguous
from goodoffices.formats.documents.pa_x import PaxClaim, PaxRecord, PaxSaid, read_pax
from goodoffices.names import comparable
from goodoffices.reports.texts.dataset_sentences import ASPECT
from goodoffices.talks.state.knowledge import Knowledge
from goodoffices.talks.state.view import View
from goodoffices.talks.texts.agreement_status import families
from goodoffices.text_tables import counted

DATASET = "PA-X"
_ID = re.compile(r"[A-Za-z0-9]{1,12}")
_LONGEST = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasetRow:
    """One row of the dataset.

    ``of`` is the text of these talks that it is a row of, by the slug of its family (empty: none of them); ``named``
    pairs each actor of its cells with what the row says of it, and with the actor's slug here if a name of it is known.
    ``unread`` says what of it was not understood, or was understood in one of two ways.
    """

    id: str
    title: str
    dated: date | None
    status: str
    of: str
    named: tuple[tuple[PaxClaim, str | None], ...]
    unread: tuple[str, ...] = ()

    @property
    def slug(self) -> str:
        """The name of the row as a text in a talks file."""
        return f"pax-{self.id.lower()}"


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasetTable:
    """The rows of a table that were read, and in sentences what was not: whole rows, and parts of those that were."""

    rows: tuple[DatasetRow, ...]
    unread: tuple[str, ...]


def rows_of(view: View, data: bytes, *, name: str, same: Mapping[str, str] | None = None) -> DatasetTable:
    """Return the rows of a table of PA-X, each with the text of these talks that it is a row of.

    Parameters
    ----------
    view
        The view whose texts and names of actors are known.
    data, name
        The table, and what to call it in a refusal.
    same
        For rows by their id the text that they are of, by its slug. Else a row is of the text that claims from that
        row are about (a source ``pax-2092`` and a claim about the text), or of the one of its date and title.

    Raises
    ------
    ScenarioFileError
        If it is not such a table.
    UnknownWordError
        If ``same`` names a row or text that there is not.
    """
    table = read_pax(data, name=name)
    slugs = tuple(family.slug for family in families(view, words=False))
    given = dict(same or {})
    ids = {record.id for record in table.records}
    for id_, text in given.items():
        if id_ not in ids:
            raise UnknownWordError("row", id_, tuple(sorted(ids)))
        if text not in slugs:
            raise UnknownWordError("text", text, slugs)
    reader = _Reader(
        view=view,
        given=given,
        actors=_by_name(view.known),
        months_first=has_months_first(record.dated for record in table.records),
    )
    rows: dict[str, DatasetRow] = {}
    unread: list[str] = []
    for record in table.records:
        label = f"{record.where}, AgtId {record.id[:40]!r}"
        if not _ID.fullmatch(record.id):
            unread.append(f"{label}: the whole row, since such a number has 1 to 12 letters and digits")
            continue
        row = reader.row(record)
        unread += [f"{label}: {line}" for line in row.unread]
        if record.id in rows:
            unread.append(f"{label}: joined to the earlier row of this number, whose title, date and status stand")
            row = replace(rows[record.id], named=(*rows[record.id].named, *row.named))
        rows[record.id] = row
    if table.unused:
        unread.append(f"{counted(len(table.unused), 'unused column')}: {', '.join(table.unused)}")
    return DatasetTable(rows=tuple(rows[id_] for id_ in sorted(rows)), unread=tuple(unread))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reader:
    view: View
    given: Mapping[str, str]
    actors: Mapping[str, str]
    months_first: bool

    def row(self, record: PaxRecord) -> DatasetRow:
        day = day_of(record.dated, months_first=self.months_first)
        known = self.view.known
        named = tuple((claim, self.actors.get(name_key(claim.actor))) for claim in record.claims)
        cited = _cited(known, f"pax-{record.id.lower()}")
        of = self.given.get(record.id) or cited or self._alike(record, day)
        return DatasetRow(
            id=record.id,
            title=record.title[:_LONGEST],
            dated=day,
            status=record.status[:_LONGEST],
            of=of,
            named=named,
            unread=(*self._on_date(record, day), *self._on_text(of, day), *_cut(record), *record.unread),
        )

    def _on_date(self, record: PaxRecord, day: date | None) -> list[str]:
        if day is not None:
            certain = not is_ambiguous(record.dated)
            return [] if certain else [f"the date {record.dated!r} was read as day/month/year: {day.isoformat()}"]
        if not record.dated:
            return ["it has no date"]
        return [f"the date {record.dated[:40]!r} was not read; a date is day/month/year or year-month-day"]

    def _on_text(self, of: str, day: date | None) -> list[str]:
        """Say that a row has another day than the text that it is taken for: its number may be wrong."""
        texts = [one for one in self.view.known.header.texts if (one.copy_of or one.slug) == of]
        days = {one.dated: one.title for one in texts if one.dated is not None}
        if day is None or not days or day in days:
            return []
        said, title = next(iter(days.items()))
        return [f"it is taken for {title!r} of {said.isoformat()}, but its date is {day.isoformat()}; check its number"]

    def _alike(self, record: PaxRecord, day: date | None) -> str:
        title = name_key(record.title)
        world = self.view.known.header.texts
        named = (n for n in world if day is not None and n.dated == day and name_key(n.title) == title)
        return next((one.copy_of or one.slug for one in named), "")


def _cut(record: PaxRecord) -> list[str]:
    long = [name for name, cell in (("title", record.title), ("status", record.status)) if len(cell) > _LONGEST]
    return [f"the {name} has more than {_LONGEST} characters; the rest was not read" for name in long]


_DASHES = re.compile("[-\u2010-\u2015\u2212\u2043\ufe58\ufe63\uff0d_]")
_QUOTES = str.maketrans("", "", "'\u2018\u2019\u02bc\"\u201c\u201d")


def name_key(name: str) -> str:
    """Return a name as names of data sets are compared: without *the*, dashes, quotation marks and marks at its ends.

    Examples
    --------
    >>> name_key("The Ahrar al\u2013Sham,") == name_key("Ahrar al-Sham")
    True
    """
    words = _DASHES.sub(" ", comparable(name).casefold().translate(_QUOTES)).strip(" ,.;:").split()
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)


def _by_name(known: Knowledge) -> dict[str, str]:
    """Return actors by every name of theirs that no other bears."""
    made: dict[str, set[str]] = {}
    for slug, actor in known.actors.items():
        for name in (slug, *(name.text for name in actor.names)):
            made.setdefault(name_key(name), set()).add(slug)
    return {name: next(iter(slugs)) for name, slugs in made.items() if len(slugs) == 1}


def _cited(known: Knowledge, source: str) -> str:
    """Return the text that the claims from this row are about."""
    texts = {named.slug: named.copy_of or named.slug for named in known.header.texts}
    about = (held.claim.about for held in known.claims.values() if held.claim.source == source)
    return next((texts[slug] for slug in about if slug in texts), "")


class _Plain(yaml.SafeDumper):
    """Writes every value out where it stands: a talks file has no anchors."""

    def ignore_aliases(self, data: Any) -> bool:
        """Say that nothing is written once and pointed at."""
        del data
        return True


def fragment(view: View, rows: Iterable[DatasetRow]) -> str:
    """Return what a talks file includes to know these rows as texts, on the dataset's word."""
    sources: dict[str, Any] = {}
    claims: dict[str, Any] = {}
    texts: dict[str, Any] = {}
    for row in rows:
        if row.slug not in view.known.sources:
            sources[row.slug] = {"publisher": DATASET, "title": f"Peace agreement {row.id}"}
        texts[row.slug] = _text(row, claims)
    made = {"sources": sources, "claims": claims, "texts": texts}
    whole = {name: each for name, each in made.items() if each}
    return str(yaml.dump(whole, Dumper=_Plain, allow_unicode=True, sort_keys=False))


def _text(row: DatasetRow, claims: dict[str, Any]) -> dict[str, Any]:
    """Return a row as a text known from sources; its claims are added to those made so far."""
    shared = {"chain": [DATASET], "source": row.slug, "strength": "document", "in_seed": False}
    if row.dated is not None:
        shared["when"] = row.dated
    about = row.of or row.slug
    claims[f"{row.slug}-status"] = {"about": about, "aspect": ASPECT, "value": {"words": row.status}, **shared}
    stances = []
    for n, (claim, actor) in enumerate(row.named, start=1):
        slug = f"{row.slug}-{n}"
        said = {"words": f"{claim.said.value}: {claim.words[:_LONGEST]}"}
        claims[slug] = {"about": about, "aspect": f"what the row says of {claim.actor[:80]}", "value": said, **shared}
        if claim.said is PaxSaid.SIGNED and actor is not None:
            stances.append({"actor": actor, "kind": "signed", "claim": slug})
    text: dict[str, Any] = {"title": f"{row.title} ({DATASET}, row {row.id})"}
    if row.dated is not None:
        text["dated"] = row.dated
    if row.of:
        text["copy_of"] = row.of
    if stances:
        text["stances"] = stances
    names = [f"{row.slug}-status", *(f"{row.slug}-{n}" for n in range(1, len(row.named) + 1))]
    return text | {"claims": names}

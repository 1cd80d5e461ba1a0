"""Rows of PA-X brought in: each becomes a text known on the dataset's word, beside what this record shows.

A row joins the text that it is a row of, as one more copy of which only the dataset speaks. It adds claims and changes
no finding: what a dataset says of an actor is what others say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

import yaml

from goodoffices.errors import UnknownWordError
from goodoffices.formats.documents.pa_x import PaxClaim, PaxSaid, read_pax
from goodoffices.reports.texts.dataset_sentences import ASPECT
from goodoffices.talks.state.knowledge import Knowledge
from goodoffices.talks.state.view import View
from goodoffices.talks.texts.agreement_status import families

DATASET = "PA-X"
_ID = re.compile(r"[A-Za-z0-9]{1,12}")
_LONGEST = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasetRow:
    """One row of the dataset.

    ``of`` is the text of these talks that it is a row of, by the slug of its family (empty: none of them); ``named``
    pairs each actor of its cells with what the row says of it, and with the actor's slug here if a name of it is known.
    """

    id: str
    title: str
    dated: date | None
    status: str
    of: str
    named: tuple[tuple[PaxClaim, str | None], ...]

    @property
    def slug(self) -> str:
        """The name of the row as a text in a talks file."""
        return f"pax-{self.id.lower()}"


def rows_of(view: View, data: bytes, *, name: str, same: Mapping[str, str] | None = None) -> tuple[DatasetRow, ...]:
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
    claims = read_pax(data, name=name)
    slugs = tuple(family.slug for family in families(view, words=False))
    given = dict(same or {})
    ids = {claim.text for claim in claims}
    for row, text in given.items():
        if row not in ids:
            raise UnknownWordError("row", row, tuple(sorted(ids))[:20])
        if text not in slugs:
            raise UnknownWordError("text", text, slugs)
    actors = _by_name(view.known)
    by_row = groupby(sorted(claims, key=lambda claim: claim.text), key=lambda claim: claim.text)
    made = (_row(view, id_, list(group), given, actors) for id_, group in by_row if _ID.fullmatch(id_))
    return tuple(made)


def _row(
    view: View, id_: str, claims: Sequence[PaxClaim], given: Mapping[str, str], actors: Mapping[str, str]
) -> DatasetRow:
    first = claims[0]
    return DatasetRow(
        id=id_,
        title=first.title[:_LONGEST],
        dated=_day(first.dated),
        status=first.status[:_LONGEST],
        of=given.get(id_) or _cited(view.known, f"pax-{id_.lower()}") or _alike(view, first),
        named=tuple((claim, actors.get(claim.actor.casefold())) for claim in claims),
    )


def _by_name(known: Knowledge) -> dict[str, str]:
    """Return actors by every name of theirs that no other bears."""
    made: dict[str, set[str]] = {}
    for slug, actor in known.actors.items():
        for name in (slug, *(name.text for name in actor.names)):
            made.setdefault(name.casefold(), set()).add(slug)
    return {name: next(iter(slugs)) for name, slugs in made.items() if len(slugs) == 1}


def _cited(known: Knowledge, source: str) -> str:
    """Return the text that the claims from this row are about."""
    texts = {named.slug: named.copy_of or named.slug for named in known.header.texts}
    about = (held.claim.about for held in known.claims.values() if held.claim.source == source)
    return next((texts[slug] for slug in about if slug in texts), "")


def _alike(view: View, claim: PaxClaim) -> str:
    day, title = _day(claim.dated), claim.title.casefold().strip()
    named = (n for n in view.known.header.texts if n.dated == day and n.title.casefold().strip() == title)
    return next((one.copy_of or one.slug for one in named), "")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


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

"""What statistics say of a cease-fire, in the reader's language: the sentences of the terminal, part by part."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from markupsafe import Markup

from goodoffices.ceasefire.ledgers import Reconciliation
from goodoffices.ceasefire.messages import Speech
from goodoffices.ceasefire.sentences import side_sentences
from goodoffices.ceasefire.streams import UNKNOWN_AREA
from goodoffices.data_class import dataclass
from goodoffices.reports.ceasefire.status import Status
from goodoffices.reports.ceasefire.status_parts import Said, status_parts
from goodoffices.web.http.markup import fill
from goodoffices.web.render.localize import Localizer, name_of

_LETTER = re.compile(r"[^\W\d_]")
_MOST_FIRST = 6
Named = Callable[[str], Markup]


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerPart:
    """What one ledger's figures say in a part: the first sentences, and the rest, which is folded away."""

    ledger: Markup
    first: tuple[Said, ...]
    more: tuple[Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FigurePart:
    """One part of the page with what each ledger says in it."""

    key: str
    title: str
    ledgers: tuple[LedgerPart, ...]


def page_speech(t: Localizer, area_name: Named, ledger_name: Named) -> Speech:
    """Return how the sentences are said on a page: every number reads from left to right, every name is isolated."""

    def filled(message: str, **gaps: object) -> Markup:
        return t(message, **{name: _isolated(value) for name, value in gaps.items()})

    def listed(names: Iterable[str]) -> Markup:
        return t.listed([_isolated(name) for name in names] or [Markup("–")])

    return Speech(
        fill=filled,
        day=t.long_day,
        area=lambda slug: t("not placed") if slug == UNKNOWN_AREA else area_name(slug),
        ledger=ledger_name,
        listed=listed,
    )


def _isolated(value: object) -> Markup:
    if isinstance(value, Markup):
        return value
    if _LETTER.search(str(value)):
        return name_of(value)
    return fill('<bdi dir="ltr">{}</bdi>', value)


def figure_parts(speech: Speech, statuses: Sequence[Status]) -> tuple[FigurePart, ...]:
    """Return the parts of all ledgers, one after the other; figures of two ledgers are never joined."""
    told = [(status, status_parts(status, speech)) for status in statuses]
    titles = {part.key: part.title for _, parts in told for part in parts}
    return tuple(
        FigurePart(
            key=key, title=title,
            ledgers=tuple(
                _part(speech.ledger(status.ledger), part.said)
                for status, parts in told for part in parts if part.key == key
            ),
        ) for key, title in titles.items()
    )  # fmt: skip


def _part(ledger: str, said: Sequence[Said]) -> LedgerPart:
    # One sentence more than the most is shown rather than folded away alone.
    most = len(said) if len(said) <= _MOST_FIRST + 1 else _MOST_FIRST
    return LedgerPart(ledger=Markup(ledger), first=tuple(said[:most]), more=tuple(said[most:]))  # noqa: S704 - escaped


def pair_sides(speech: Speech, found: Reconciliation) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what each of two ledgers reports, in sentences."""
    return tuple(side_sentences(found.first, speech)), tuple(side_sentences(found.second, speech))

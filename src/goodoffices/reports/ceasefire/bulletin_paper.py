"""A bulletin as a paper: drawn from its frozen figures, in any language, and from nothing else.

Each ledger has a column of its own. Nothing is added up over ledgers, no day without a report is a zero, and a report
is not called a violation.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from goodoffices.data_class import dataclass
from goodoffices.reports.ceasefire.bulletin_figures import FEWEST_DAYS, HIDDEN, figures_of_text
from goodoffices.reports.ceasefire.bulletin_sentences import SENTENCES
from goodoffices.reports.ceasefire.view_tables import area_in_words
from goodoffices.reports.minutes.sentences import SENTENCES as MINUTES
from goodoffices.reports.papers.localization import Wording
from goodoffices.reports.papers.paper import Block, Grid, Look, Paper, Paragraph, Sentence, Span, Spans, text_of
from goodoffices.talks.base.enums import Kind
from goodoffices.talks.ceasefire.bulletins import figures_hash
from goodoffices.talks.state.known_ceasefire import KnownBulletin
from goodoffices.talks.state.view import View
from goodoffices.text_tables import csv_text

MOST_WORDS = 250
_VERDICTS = ("broken", "strained", "holding", "cannot tell")
_DASH = "–"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What is said of a bulletin beside its figures: when it was cleared, and what an earlier one had wrong."""

    cleared_at: datetime | None = None
    embargo_until: datetime | None = None
    reason: str = ""


def standing_of(view: View, held: KnownBulletin) -> Standing:
    """Return what a view says of a bulletin beside its figures."""
    return Standing(cleared_at=held.cleared_at, embargo_until=held.embargo_until, reason=view.text(held.reason) or "")


def bulletin_paper(
    view: View, figures: str, standing: Standing, language: str = "en", *, is_brief: bool = False
) -> Paper:
    """Return a bulletin as a paper.

    Parameters
    ----------
    view
        The reader's view, for the names of actors and areas; no figure is taken from it.
    figures
        The frozen figures, as canonical JSON.
    is_brief
        Leave the tables out: at most 250 words, for an envoy.
    """
    return _Bulletin(view, figures, standing, language).paper(is_brief=is_brief)


class _Bulletin:
    """A bulletin while it is written."""

    def __init__(self, view: View, figures: str, standing: Standing, language: str) -> None:
        self.view, self.text, self.standing = view, figures, standing
        self.figures = figures_of_text(figures)
        self.w = Wording(view, language)
        self.area = area_in_words(view.known, self.w.language)
        self.ledgers: list[dict[str, Any]] = self.figures["ledgers"]

    def say(self, key: str, **values: Spans | str | int) -> Spans:
        return self.w.say(SENTENCES[key], **values)

    def plain(self, key: str, **values: object) -> str:
        return self.w.plain(SENTENCES[key], **values)

    def day(self, key: str) -> Spans:
        return self.w.day(date.fromisoformat(self.figures[key]))

    def name(self, ledger: dict[str, Any]) -> str:
        """Return what a ledger is called; the secretariat keeps data sets, which have a name of their own."""
        known = self.view.known
        kept = (known.seats[seat].roles for seat in known.seats_of(ledger["keeper"]))
        if ledger["title"] and any(role.value == "secretariat" for roles in kept for role in roles):
            return str(ledger["title"])
        actor = known.actors.get(ledger["keeper"])
        return self.plain("ledger-of", actor=ledger["keeper"] if actor is None else actor.name(self.w.language))

    def paper(self, *, is_brief: bool) -> Paper:
        header = self.view.known.header
        blocks: list[Block] = [block for block in self.paragraphs() if block is not None]
        if not is_brief:
            blocks += self.grids()
        credits = dict.fromkeys(ledger["credit"] for ledger in self.ledgers if ledger["credit"])
        return Paper(
            language=self.w.language,
            title=self.say("title", first=self.day("first"), last=self.day("last")),
            band=self.w.plain(MINUTES["exercise"]) if header.kind is Kind.EXERCISE else "",
            head=tuple(self.head()),
            blocks=tuple(blocks),
            foot=(
                self.say("legend"), self.say("hash", code=figures_hash(self.text)), *self.public_code(),
                *((Span(text=credit, look=Look.WORDS, language="en"),) for credit in credits),
            ),
            page=self.w.plain(MINUTES["page"]),
        )  # fmt: skip

    def public_code(self) -> Iterator[Spans]:
        """Yield which public figures these are; bulletins made before it was kept do not say it."""
        if "public_code" in self.figures:
            yield self.say("public-code", code=self.figures["public_code"])

    def head(self) -> Iterator[Spans]:
        yield self.say("public" if self.figures["is_public"] else "seats")
        at = self.standing.cleared_at
        yield self.say("draft") if at is None else self.say("cleared", at=self.w.when(at))
        if self.standing.embargo_until is not None:
            yield self.say("embargo", at=self.w.when(self.standing.embargo_until))
        if self.standing.reason:
            yield (*self.say("corrects"), Span(text=f" {self.standing.reason}", look=Look.WORDS))

    def paragraphs(self) -> Iterator[Paragraph | None]:
        yield self.part("ledgers", self.told())
        if self.figures["week_ends"] is not None:
            yield self.part("holds", self.verdicts(), day=self.day("week_ends"))
        yield self.part("before", self.before())
        yield self.part("became", self.became())
        yield self.part("unknown", self.unknown())

    def part(self, key: str, said: Iterator[Spans], **values: Spans) -> Paragraph | None:
        sentences = tuple(Sentence(spans=spans) for spans in said)
        return Paragraph(sentences=sentences, lead=text_of(self.say(key, **values))) if sentences else None

    def told(self) -> Iterator[Spans]:
        if self.figures["force"] is not None:
            yield self.say("force", day=self.day("force"))
        for one in self.ledgers:
            key = "silent" if not one["observed"] else "told-hidden" if one["total"] == HIDDEN else "told"
            yield self.say(key, ledger=self.name(one), n=one["total"], m=one["observed"], days=one["n_days"])
            if one["confirmed"] is not None:
                yield self.say("confirmed", n=one["confirmed"]["confirmed"], m=one["confirmed"]["of"])
        yield self.say("no-finding")

    def verdicts(self) -> Iterator[Spans]:
        for one in self.ledgers:
            for verdict in _VERDICTS:
                areas = [
                    (Span(text=self.area(row["area"]), look=Look.NAME),)
                    for row in one["verdicts"]
                    if row["verdict"] == verdict
                ]
                if areas:
                    word = self.w.word("holds", verdict)
                    yield self.say("verdict", ledger=self.name(one), areas=self.w.listed(areas), verdict=word)

    def before(self) -> Iterator[Spans]:
        for one in self.ledgers:
            before = one["before"]
            if before["is_comparable"] and HIDDEN not in (one["total"], before["total"]):
                yield self.say("more", ledger=self.name(one), n=one["total"], m=before["total"])
            else:
                yield self.say("not-comparable", ledger=self.name(one), n=one["observed"], m=before["observed"])

    def became(self) -> Iterator[Spans]:
        any_said = False
        for one in self.ledgers:
            became = one["became"]
            for key, first, second in (("verified", "verified", "verified_late"), ("undetermined", "undetermined", ""),
                                       ("found", "found", ""), ("asked", "asked", "answered")):  # fmt: skip
                if became[first]:
                    any_said = True
                    numbers = {"n": self.cell(became[first]), "m": self.cell(became[second]) if second else ""}
                    yield self.say(key, ledger=self.name(one), **numbers)
        if not any_said:
            yield self.say("none-found")

    def unknown(self) -> Iterator[Spans]:
        yield self.say("no-report")
        for one in self.ledgers:
            unplaced = one["areas"].get("", 0)
            if unplaced:
                yield self.say("unplaced", ledger=self.name(one), n=self.cell(unplaced))
            if one["is_bulletins"] and one["observed"] < FEWEST_DAYS:
                yield self.say("few", ledger=self.name(one), n=one["observed"], days=one["n_days"], least=FEWEST_DAYS)

    def cell(self, value: int | str) -> str:
        """Return a cell in words: a number, or the word that stands in its place."""
        if isinstance(value, int):
            return str(value)
        return self.plain("hidden") if value == HIDDEN else self.w.word("cell", value)

    def grids(self) -> Iterator[Grid]:
        names = tuple(self.name(one) for one in self.ledgers)
        shown = [one for one in self.ledgers if not one["is_bulletins"] or one["observed"] >= FEWEST_DAYS]
        days = list(self.ledgers[0]["days"])
        if shown and len(days) <= 31:
            rows = [
                (text_of(self.w.day(date.fromisoformat(day))), *(self.cell(one["days"][day]) for one in shown))
                for day in days
            ]
            rows.append((self.plain("sum"), *(self.cell(one["total"]) for one in shown)))
            yield _grid((self.plain("day"), *(self.name(one) for one in shown)), rows)
        areas = sorted({area for one in self.ledgers for area in one["areas"]}, key=lambda slug: (not slug, slug))
        if areas:
            places = [
                (self.area(area) if area else self.plain("not-placed"),
                 *(self.cell(one["areas"][area]) if area in one["areas"] else _DASH for one in self.ledgers))
                for area in areas
            ]  # fmt: skip
            yield _grid((self.plain("place"), *names), places)


def _grid(columns: tuple[str, ...], rows: list[tuple[str, ...]]) -> Grid:
    return Grid(
        columns=columns,
        rows=tuple(
            tuple((Span(text=cell, look=Look.PLAIN if n else Look.STRONG),) for n, cell in enumerate(row))
            for row in rows
        ),
    )


def bulletin_csv(figures: str) -> str:
    """Return the figures of a bulletin as a table: a row for each ledger with a day or an area."""
    rows: list[dict[str, object]] = []
    for one in figures_of_text(figures)["ledgers"]:
        ledger = one["title"] or one["keeper"]
        rows += [{"ledger": ledger, "day": day, "area": "", "reports": cell} for day, cell in one["days"].items()]
        rows += [
            {"ledger": ledger, "day": "", "area": area or "not stated", "reports": n}
            for area, n in one["areas"].items()
        ]
    return csv_text(rows, ("ledger", "day", "area", "reports"))

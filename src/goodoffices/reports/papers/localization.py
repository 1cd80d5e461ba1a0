"""How a paper speaks: messages in the reader's language, with names and times as spans of their own."""

from __future__ import annotations

import re
import string
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import cache

from babel import Locale
from babel.dates import format_date, format_datetime, format_interval, format_time
from babel.lists import format_list

from goodoffices.languages import comma, direction, semicolon
from goodoffices.reports.messages.catalogues import LANGUAGES, UNREVIEWED, catalogue_for, prose_in
from goodoffices.reports.messages.labels import WORDS
from goodoffices.reports.messages.reader_calendars import MONTHS, day_in, in_digits_of
from goodoffices.reports.papers.paper import Look, Span, Spans
from goodoffices.reports.tables import capital
from goodoffices.talks.base.acts import Body
from goodoffices.talks.base.local_time import in_zone, local_day
from goodoffices.talks.state.view import View

Filling = Spans | str | int
_MARK = "\ue000"


class Wording:
    """One reader's language over one view.

    ``calendar`` is the one in which days are given a second time, for a reader who asked for it. With ``zone_once`` no
    time has its distance from UTC beside it; ``offsets`` has the distances that were left out, for the head of a paper.
    """

    def __init__(self, view: View, language: str, *, calendar: str = "", zone_once: bool = False) -> None:
        self.view, self.calendar, self.zone_once = view, calendar, zone_once
        self.language = language if language in LANGUAGES else "en"
        self.offsets: dict[str, None] = {}
        self._catalogue = catalogue_for(self.language)
        self._locale = _locale(self.language)

    @property
    def comma(self) -> str:
        """The comma between parts of a line, with its blank."""
        return comma(self.language)

    @property
    def semicolon(self) -> str:
        """The semicolon between parts of a line, with its blank."""
        return semicolon(self.language)

    def plain(self, message: str, **values: object) -> str:
        """Return a message as plain text."""
        return self._catalogue.find(message)[0].format(**values)

    def say(self, message: str, **values: Filling) -> Spans:
        """Return a message as spans: what fills its placeholders keeps its own direction."""
        return self._filled(self._catalogue.find(message)[0], values)

    def count(self, n: int, one: str, many: str, **values: Filling) -> Spans:
        """Return the message for a number, in the form that the language has for it."""
        return self._filled(self._catalogue.find(one, n, many)[0], {"n": n, **values})

    def _filled(self, text: str, values: dict[str, Filling]) -> Spans:
        made: list[Span] = []
        for literal, name, _, _ in string.Formatter().parse(text):
            if literal:
                made.append(Span(text=literal))
            if name is not None:
                value = values[name]
                if isinstance(value, tuple):
                    made += value
                else:
                    made.append(Span(text=str(value), look=Look.NAME))
        if made and text.startswith("{"):
            made[0] = Span(text=capital(made[0].text), look=made[0].look, language=made[0].language)
        return tuple(made)

    def word(self, category: str, value: object) -> str:
        """Return the word for a value of a closed list; the value itself if the list does not have it."""
        text = str(getattr(value, "value", value))
        known = WORDS[category].get(text)
        return text if known is None else self._catalogue.find(known)[0]

    def seat(self, slug: str, look: Look = Look.NAME) -> Spans:
        """Return the name of the actor in a seat."""
        return (Span(text=self.view.name(slug, self.language), look=look),)

    def actor(self, slug: str, look: Look = Look.NAME) -> Spans:
        """Return the name of an actor."""
        held = self.view.known.actors.get(slug)
        return (Span(text=slug if held is None else held.name(self.language), look=look),)

    def listed(self, parts: Iterable[Spans]) -> Spans:
        """Return several names as a list in words."""
        made = list(parts)
        if len(made) < 2:
            return made[0] if made else ()
        # English as it is written in diplomacy: no comma before the last name.
        locale = "en_GB" if self.language == "en" else self._locale
        pieces = str(format_list([f"{_MARK}{n}{_MARK}" for n in range(len(made))], locale=locale)).split(_MARK)
        spans: list[Span] = []
        for n, piece in enumerate(pieces):
            if n % 2:
                spans += made[int(piece)]
            elif piece:
                spans.append(Span(text=piece))
        return tuple(spans)

    def when(self, at: datetime, *, day: bool = True) -> Spans:
        """Return an instant by the clock of the talks, with the distance from UTC unless it is said once."""
        local = in_zone(at, self.view.zone)
        text = format_time(local, "HH:mm", locale=self._locale)
        if day:
            text = format_datetime(local, f"EEE d MMM y'{self.comma}'HH:mm", locale=self._locale)
        said = (Span(text=text, look=Look.NAME), *(self._beside(local.date()) if day else ()))
        offset = offset_text(local)
        self.offsets[offset] = None
        return said if self.zone_once else (*said, Span(text=" "), Span(text=f"({offset})", look=Look.NAME))

    def without_zone(self, text: str) -> str:
        """Return words of ours with times in them: without the zone after each, where it is said once."""
        if not self.zone_once:
            return text
        named = re.compile(rf" \({re.escape(self.view.zone)}, (UTC[+−-][0-9:]+)\)")
        self.offsets |= dict.fromkeys(found.replace("-", "−") for found in named.findall(text))
        return named.sub("", text)

    def _beside(self, day: date) -> Spans:
        """Return a day in the reader's own calendar, in brackets; nothing if none was asked for or has this day."""
        found = day_in(self.calendar, day) if self.calendar else None
        if found is None:
            return ()
        year, month, number = found
        named = self.plain(MONTHS[self.calendar][month - 1])
        said = f"({in_digits_of(self.language, number)} {named} {in_digits_of(self.language, year)})"
        return Span(text=" "), Span(text=said, look=Look.NAME)

    def clock(self, at: datetime) -> str:
        """Return the hour of an instant by the clock of the talks."""
        return str(format_time(in_zone(at, self.view.zone), "HH:mm", locale=self._locale))

    def day(self, day: date | datetime, *, year: bool = True) -> Spans:
        """Return a date with its weekday."""
        value = local_day(day, self.view.zone) if isinstance(day, datetime) else day
        text = format_date(value, "EEE d MMM y" if year else "EEE d MMM", locale=self._locale)
        return (Span(text=text, look=Look.NAME), *self._beside(value))

    def short_day(self, day: date) -> str:
        """Return a date without weekday and year."""
        return str(format_date(day, "d MMM", locale=self._locale))

    def short_days(self, first: date, last: date) -> str:
        """Return a span of days without weekday and year, with a month once where both have it."""
        if first == last:
            return self.short_day(first)
        # English days stand before the month on every paper.
        locale = Locale.parse("en_GB") if self.language == "en" else self._locale
        return str(format_interval(first, last, "MMMd", locale=locale))

    def source(self, text: str) -> Spans:
        """Return who says something, with what is known of an outlet, in the direction of the paper.

        A Latin name with an Arabic remark behind it would else run from left to right as a whole.
        """
        is_mixed = direction(self.language) == "rtl" and any("\u0590" <= letter <= "\u08ff" for letter in text)
        if is_mixed:
            return (Span(text=text, look=Look.WORDS, language=self.language),)
        return (Span(text=text, look=Look.NAME),)

    def prose(self, text: str) -> Spans:
        """Return words of the talks' file: translated, with a mark that says so, where bundled talks have them."""
        known = prose_in(self.language)
        found = known.get(text) or known.get(f"{text}.", "").removesuffix(".")
        if not found:
            return (Span(text=text, look=Look.WORDS, language="en"),)
        mark = Span(text=f" ({self.plain(UNREVIEWED)})", look=Look.QUIET)
        return Span(text=found, look=Look.WORDS, language=self.language), mark

    def words(self, body: Body | None, gone: str) -> Spans:
        """Return people's words, or the message ``gone`` if they were destroyed."""
        text = self.view.text(body)
        if body is None or text is None:
            return (Span(text=self.plain(gone), look=Look.QUIET),)
        return (Span(text=" ".join(text.split()), look=Look.WORDS, language=body.lang),)


@cache
def _locale(language: str) -> Locale:
    return Locale.parse(language)


def offset_text(instant: datetime) -> str:
    """Return how far a local time is from UTC, such as ``UTC+6``."""
    minutes = int((instant.utcoffset() or timedelta()).total_seconds()) // 60
    hours, rest = divmod(abs(minutes), 60)
    sign = "+" if minutes >= 0 else "−"
    return f"UTC{sign}{hours}" + (f":{rest:02}" if rest else "")

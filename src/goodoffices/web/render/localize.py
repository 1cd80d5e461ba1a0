"""How a page speaks: messages in the reader's language, with names, handles and times put in safely.

Everything returned is escaped markup. Names and handles stand in ``<bdi>``, people's words in elements of their own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import field, replace
from datetime import date, datetime
from functools import cache
from typing import Any

from babel import Locale
from babel.dates import format_date, format_datetime, format_time
from babel.lists import format_list
from markupsafe import Markup, escape

from goodoffices.data_class import dataclass
from goodoffices.languages import comma
from goodoffices.phrases.phrase import Phrase, Several
from goodoffices.reports.messages.act_sentences import Argument, Message, told
from goodoffices.reports.messages.catalogues import LANGUAGES, UNREVIEWED, Catalogue, catalogue_for, prose_in
from goodoffices.reports.messages.labels import WORDS
from goodoffices.reports.messages.reader_calendars import MONTHS, day_in, in_digits_of
from goodoffices.reports.papers.localization import offset_text
from goodoffices.reports.papers.one_zone import constant_offset
from goodoffices.reports.provenance import subject_name
from goodoffices.reports.tables import capital
from goodoffices.talks.base.acts import Body
from goodoffices.talks.base.local_time import in_zone
from goodoffices.talks.base.refusals import Refusal
from goodoffices.talks.base.serialization import parse_instant
from goodoffices.talks.ceasefire.row_texts import allegation_text
from goodoffices.talks.state.knowledge import Knowledge
from goodoffices.talks.state.known_ceasefire import KnownAllegation
from goodoffices.talks.state.slices import Notice
from goodoffices.talks.state.view import SEAT_VALUES, View
from goodoffices.web.http.markup import fill, foreign, said
from goodoffices.web.live.seat_memory import SeatMemory

_CODES_IN_REFUSALS = frozenset({"handle", "item", "n", "name", "notice", "slug", "what"})
_MARK = "\ue000"
_NAME_FIRST = re.compile(r"(?<=^<bdi>)[a-z]")
"""The first letter of a name at the beginning of a sentence; handles stand in an element with a class."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """What of the person at the screen decides how a page looks: language, theme, calendar; never what is on it.

    ``left_s`` are the seconds until the person is signed out, however much the page is used.
    """

    language: str
    theme: str = "system"
    calendar: str = ""
    keeper: str | None = None
    name: str | None = None
    left_s: int = field(default=0, compare=False)


class Localizer:
    """One reader's language over one view; ``memory`` is that of the view's seat.

    ``calendar`` is the one in which days are given a second time, for a reader who asked for it.
    """

    def __init__(
        self, catalogue: Catalogue, view: View, memory: SeatMemory | None = None, *, calendar: str = ""
    ) -> None:
        self.catalogue, self._view, self._memory, self._calendar = catalogue, view, memory, calendar
        self.locale = _locale(catalogue.language)
        self.zone = view.zone

    @classmethod
    def to(cls, person: Person, view: View, memory: SeatMemory | None = None) -> Localizer:
        """Return how pages speak to a person over a view."""
        return cls(catalogue_for(person.language), view, memory, calendar=person.calendar)

    @property
    def language(self) -> str:
        """The reader's language."""
        return self.catalogue.language

    @property
    def comma(self) -> str:
        """The comma between parts of a line, with its blank."""
        return comma(self.language)

    def __call__(self, message: str, **values: object) -> Markup:
        """Return ``message`` in the reader's language; one that fell back carries its own language and direction."""
        return self._marked(*self.catalogue.find(message), values)

    def count(self, n: int, one: str, many: str) -> Markup:
        """Return the message for a number, in the form that the language has for it."""
        return self._marked(*self.catalogue.find(one, n, many), {"n": n})

    def plain(self, message: str, **values: object) -> str:
        """Return ``message`` as plain text, for titles and labels of icons."""
        return self.catalogue.find(message)[0].format(**{key: _bare(value) for key, value in values.items()})

    def _marked(self, sentence: str, language: str, values: dict[str, object]) -> Markup:
        made = escape(sentence)
        if "{" in sentence or "}" in sentence:
            # Every value is escaped before: the plain method does the rest, and is ten times as fast as Markup's own.
            filled = str.format(made, **{key: escape(value) for key, value in values.items()})
            made = Markup(filled)  # noqa: S704 - the sentence and every value are escaped
        if sentence.startswith("{"):
            made = Markup(_NAME_FIRST.sub(lambda found: found[0].upper(), made, count=1))  # noqa: S704 - it is escaped
        return made if language == self.language else foreign(made, language)

    def word(self, category: str, value: object) -> Markup:
        """Return the word for a value of a closed list; the value itself if the list does not have it."""
        text = str(getattr(value, "value", value))
        known = WORDS[category].get(text)
        return fill("<bdi>{}</bdi>", text) if known is None else self(known)

    def seat(self, slug: str) -> Markup:
        """Return the name of the actor in a seat."""
        return name_of(self._view.name(slug, self.language))

    def seat_title(self, slug: str) -> Markup:
        """Return the name of the actor in a seat as a title, with a capital letter."""
        return name_of(capital(self._view.name(slug, self.language)))

    def seats(self, slugs: str | Iterable[str]) -> Markup:
        """Return the names of several seats as a list in words."""
        named = (slugs,) if isinstance(slugs, str) else tuple(slugs)
        return self._once(("seats", named), lambda t: t._listed(t.seat(slug) for slug in named))

    def _once(self, key: tuple[object, ...], make: Callable[[Localizer], Markup]) -> Markup:
        """Return what ``make`` makes with this reader's words, or what it made earlier from the same knowledge."""
        if self._memory is None:
            return make(self)

        def made(known: Knowledge) -> Markup:
            return make(Localizer(self.catalogue, replace(self._view, known=known), calendar=self._calendar))

        return self._memory.of((self.language, self._calendar, *key), self._view.known, made)

    def actor(self, slug: str) -> Markup:
        """Return the name of an actor."""
        held = self._view.known.actors.get(slug)
        return name_of(slug if held is None else held.name(self.language))

    def title(self, slug: str) -> Markup:
        """Return the name of an actor as a title, with a capital letter."""
        held = self._view.known.actors.get(slug)
        return name_of(capital(slug if held is None else held.name(self.language)))

    def actors(self, slugs: Iterable[str]) -> Markup:
        """Return the names of several actors as a list in words."""
        return self._listed(self.actor(slug) for slug in slugs)

    def thing(self, slug: str) -> Markup:
        """Return what a claim is about, by its name or title."""
        if slug in self._view.known.actors:
            return self.actor(slug)
        return name_of(subject_name(self._view, slug))

    def words_of(self, category: str, values: Iterable[object]) -> Markup:
        """Return several words as a list in words."""
        return self._listed(self.word(category, value) for value in values)

    def listed_things(self, slugs: Iterable[str]) -> Markup:
        """Return names that stand as they are, as a list in words."""
        return self._listed(self.thing(slug) for slug in slugs)

    def listed(self, parts: Iterable[Markup]) -> Markup:
        """Return things as a list in words."""
        return self._listed(parts)

    def _listed(self, parts: Iterable[Markup]) -> Markup:
        made = list(parts)
        if len(made) < 2:
            return Markup("").join(made)
        # English as it is written in diplomacy: no comma before the last name.
        locale = "en_GB" if self.language == "en" else self.locale
        template = format_list([f"{_MARK}{n}{_MARK}" for n in range(len(made))], locale=locale)
        pieces = str(template).split(_MARK)
        return Markup("").join(_after(p, pieces, n, made) if n % 2 == 0 else made[int(p)] for n, p in enumerate(pieces))

    def handle(self, handle: object) -> Markup:
        """Return a handle; it reads from left to right in every language."""
        return fill('<bdi class="handle" dir="ltr">{}</bdi>', handle)

    def when(self, at: str | datetime | None, *, day: bool = True, zone: str | None = None) -> Markup:
        """Return an instant by the clock of the talks, or of ``zone``, with the zone's distance from UTC.

        The name of the zone is in the title of the element, and on every page in the clock at its top.
        """
        return self._once(("when", at, day, zone), lambda t: t._when(at, day, zone)) if at else Markup("")

    def _when(self, at: str | datetime, day: bool, zone: str | None) -> Markup:
        named = self.zone if zone is None else zone
        instant = in_zone(parse_instant(at) if isinstance(at, str) else at, named)
        text = format_time(instant, "HH:mm", locale=self.locale)
        if day:
            text = format_datetime(instant, f"EEE d MMM y'{self.comma}'HH:mm", locale=self.locale)
        machine = instant.isoformat(timespec="minutes")
        return fill(
            '<time datetime="{}" title="{}"><bdi>{}</bdi><bdi class="zone" dir="ltr"> ({})</bdi>{}</time>',
            machine,
            named,
            text,
            offset_text(instant),
            self._beside(instant.date()) if day else "",
        )

    def one_offset(self) -> str:
        """Return the distance from UTC that holds in every month of the talks; empty where summer time changes it."""
        return constant_offset(self._view)

    def day(self, day: date | str | None) -> Markup:
        """Return a date with its weekday."""
        if not day:
            return Markup("")
        value = date.fromisoformat(day) if isinstance(day, str) else day
        if isinstance(value, datetime):
            return self.when(value)
        text = format_date(value, "EEE d MMM y", locale=self.locale)
        return self._dated(value, text)

    def _dated(self, value: date, text: str) -> Markup:
        return fill('<time datetime="{}"><bdi>{}</bdi>{}</time>', value.isoformat(), text, self._beside(value))

    def _beside(self, day: date) -> Markup:
        """Return a day in the reader's own calendar, in brackets; nothing if none was asked for or has this day."""
        found = day_in(self._calendar, day) if self._calendar else None
        if found is None:
            return Markup("")
        year, month, number = found
        shown = in_digits_of(self.language, number), self(MONTHS[self._calendar][month - 1])
        return fill(' <bdi class="calendar">({} {} {})</bdi>', *shown, in_digits_of(self.language, year))

    def month(self, day: date) -> str:
        """Return the name of a day's month, short, without markup."""
        return format_date(day, "LLL", locale=self.locale)

    def long_day(self, day: date) -> Markup:
        """Return a date as a sentence has it, with the month in full."""
        text = format_date(day, "d MMMM y", locale=self.locale)
        return self._dated(day, text)

    def words(self, body: Body | None, *, inline: bool = False) -> Markup:
        """Return people's words in an element of their own; say so if they were destroyed."""
        if body is None:
            return Markup("")
        text = self._view.text(body)
        if text is None:
            return fill('<em class="gone">{}</em>', self("The words were destroyed."))
        return said(text, body.lang, inline=inline)

    def prose(self, text: str) -> Markup:
        """Return words of the talks' file: translated, with a mark that says so, where bundled talks have them."""
        found = prose_in(self.language).get(text)
        if found is None:
            return said(text, "en", inline=True)
        mark = fill('<span class="quiet">({})</span>', self(UNREVIEWED))
        return fill("{} {}", said(found, self.language, inline=True), mark)

    def alleged(self, held: KnownAllegation, name: str) -> Markup:
        """Return what people said in an allegation: its ``place``, ``words``, ``stated`` numbers or ``reporter``."""
        found = allegation_text(self._view, held, name)
        if found.is_gone:
            return fill('<em class="gone">{}</em>', self("The words were destroyed."))
        return said(found.text, found.lang) if found.text else Markup("")

    def refusal(self, refusal: Refusal) -> Markup:
        """Return the sentence of a refusal with the actors' names in the reader's language."""
        values = {key: self._refusal_value(key, value) for key, value in refusal.values}
        if "why" in values:
            return self.reason(dict(refusal.values)["why"])
        return self(refusal.template, **values)

    def reason(self, why: str) -> Markup:
        """Return why something is refused: a sentence of ours, or what was said of a value."""
        from goodoffices.web.render.phrases import phrase  # it speaks through this class

        if isinstance(why, Phrase | Several):
            return phrase(self, why)
        return self(why.replace("{", "{{").replace("}", "}}"))

    def _refusal_value(self, key: str, value: str) -> Markup:
        if key in SEAT_VALUES:
            return self.seats(value.split(", "))
        if key in ("form", "format"):
            return self.word(key, value)
        if key == "kind":
            return self.word("stance", value)
        if key in ("roles", "able"):
            return self.words_of("role", value.split(", "))
        if key == "at":
            return self.when(value)
        if key == "day":
            return self.day(value)
        return self.handle(value) if key in _CODES_IN_REFUSALS else name_of(value)

    def notice(self, notice: Notice) -> Markup:
        """Return the sentence for a notice, of this seat or of another one: each seat counts its own."""
        own = self._view.notices
        if not (0 < notice.n <= len(own) and own[notice.n - 1] is notice):
            return self.told(told(notice))
        return self._once(("notice", notice.n), lambda t: t.told(told(notice, t._view.seat)))

    def sentence(self, notice: Notice) -> Markup:
        """Return the sentence for a notice with its full stop: of some acts only the name can be said."""
        made = self.notice(notice)
        return made if made.striptags().endswith((".", "؟", "?", "!")) else made + "."

    def told(self, made: Message) -> Markup:
        """Return a sentence with what fills it."""
        return self(made.message, **{name: self._filled(filling) for name, filling in made.fillings.items()})

    def numbers(self, numbers: Iterable[object]) -> Markup:
        """Return numbers of clauses, or other short codes, as a list in words; each reads from left to right."""
        return self._listed(fill('<bdi dir="ltr">{}</bdi>', number) for number in numbers)

    def code(self, code: str) -> Markup:
        """Return a check code; it reads from left to right in every language."""
        return fill('<bdi class="code" dir="ltr">{}</bdi>', code)

    def short_code(self, code: str) -> Markup:
        """Return the beginning of a check code that stands in full elsewhere on the page."""
        return self.code(f"{code[:9]} …")

    def copy_of_address(self, address: str) -> Markup:
        """Return an address without what follows its ``#``; it reads from left to right in every language."""
        return fill('<bdi class="code" dir="ltr">{}</bdi>', address.partition("#")[0])

    def named(self, name: str) -> Markup:
        """Return the name of a person, isolated from the line's direction."""
        return name_of(name)

    def copy(self, name: str) -> Markup:
        """Return what a copy of a text is called: its title if it is known from sources, else its handle."""
        title = next((named.title for named in self._view.known.header.texts if named.slug == name), None)
        return self.handle(name) if title is None else said(title, "en", inline=True)

    def tongue_of(self, language: str) -> Markup:
        """Return the name of a language by itself."""
        return fill('<bdi lang="{}">{}</bdi>', language, LANGUAGES.get(language, language))

    def language_name(self, language: str) -> Markup:
        """Return the name of a language in the reader's language."""
        named = self.locale.languages.get(language, LANGUAGES.get(language, language))
        return fill("<bdi>{}</bdi>", named)

    def tongues(self, languages: Iterable[str]) -> Markup:
        """Return the names of several languages as a list in words."""
        return self._listed(self.tongue_of(language) for language in languages)

    def _filled(self, filling: Argument) -> Markup:
        sort, _, category = filling.sort.partition(":")
        if sort == "word":
            return self.word(category, filling.value)
        by_sort: dict[str, Callable[[Any], Markup]] = {
            "seat": self.seat,
            "seats": self.seats,
            "actor": self.actor,
            "actors": self.actors,
            "clauses": self.numbers,
            "copies": lambda names: self._listed(self.copy(name) for name in names),
            "language": self.tongue_of,
            "thing": self.thing,
            "day": self.day,
            "long-day": self.long_day,
            "text": name_of,
            "number": escape,
        }
        return by_sort.get(sort, self.handle)(filling.value)


@cache
def _locale(language: str) -> Locale:
    return Locale.parse(language)


def name_of(text: object) -> Markup:
    """Return a name or other foreign phrase, isolated from the line's direction."""
    return fill("<bdi>{}</bdi>", text)


def _after(between: str, pieces: list[str], n: int, made: list[Markup]) -> Markup:
    """Return what stands between two names; the Arabic *and* is written onto an Arabic name, apart from any other."""
    follows = made[int(pieces[n + 1])].striptags() if n + 1 < len(pieces) else ""
    apart = between.endswith("و") and follows and unicodedata.bidirectional(follows[0]) != "AL"
    return escape(f"{between}\u00a0" if apart else between)


def _bare(value: object) -> object:
    return value.striptags() if isinstance(value, Markup) else value

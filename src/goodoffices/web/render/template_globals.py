"""What forms offer to choose from: only what the view holds, never a list of all there is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import cache, partial
from typing import Any

from babel import Locale
from markupsafe import Markup

from goodoffices.reports.provenance import link_text
from goodoffices.reports.seat_names import talks_title
from goodoffices.talks.base.acts import Body
from goodoffices.talks.base.enums import Role
from goodoffices.talks.exchange.clearances import RelayAnswer
from goodoffices.talks.state.known_ceasefire import KnownLedger
from goodoffices.talks.state.known_exchange import KnownItem
from goodoffices.talks.state.known_meetings import KnownRound
from goodoffices.talks.state.view import View
from goodoffices.text_tables import beginning, few_words
from goodoffices.web.http.markup import fill
from goodoffices.web.live.desk_stops import may_confirm_clock
from goodoffices.web.pages.page import PageContext
from goodoffices.web.pages.papers import heads, title_of
from goodoffices.web.render.day_strips import day_strips
from goodoffices.web.render.figure_parts import figure_parts, page_speech, pair_sides
from goodoffices.web.render.grave_acts import grave_act
from goodoffices.web.render.localize import Localizer, name_of
from goodoffices.web.render.place_map import place_map
from goodoffices.web.render.text_template_globals import text_choices

_MOST_FIRST = 140
_HANDLE = re.compile(r'<bdi class="handle" dir="ltr">([a-z][0-9]+)</bdi>')
_CLAIM_MARK = re.compile(r"\[[A-Z][0-9]+ [DWNUI]\]")
_MOST_ON_CARD = 6
"""A card in a pocket says no more words of a paper."""


def choices(context: PageContext, t: Localizer) -> dict[str, Callable[..., Any]]:
    """Return the helpers by which templates list what can be chosen."""
    known = context.known

    def area_name(slug: str) -> Markup:
        area = known.areas.get(slug)
        if area is None:
            return name_of(slug)
        return name_of(next((n.text for n in area.names if n.language == t.language), area.names[0].text))

    def ledger_name(handle: str) -> Markup:
        held = known.ledgers.get(handle)
        if held is None:
            return t.handle(handle)
        # The secretariat keeps data sets of others: they have a name of their own.
        kept = (known.seats[seat].roles for seat in known.seats_of(held.ledger.keeper))
        if held.ledger.title and any(Role.SECRETARIAT in roles for roles in kept):
            return name_of(held.ledger.title)
        return t("Ledger of {actor}", actor=t.actor(held.ledger.keeper))

    def answerable(items: list[KnownItem]) -> list[tuple[str, str]]:
        return [(i.handle, f"{i.handle} {title_of(context.view, i, t.language)}") for i in items]

    return {
        "looking_at": partial(_looking_at, t),
        "clock_names": partial(_clock_names, t.language),
        "keys_of": _keys,
        "talks_title": lambda: talks_title(context.view, t.language),
        "named": lambda slugs: [(slug, t.seat(slug)) for slug in slugs],
        "others": lambda: [s.slug for s in context.others()],
        "seat_slugs": lambda: [s.slug for s in known.seats.values() if not s.closed],
        "titled": _titled,
        "answerable": answerable,
        "open_seats": _open_seats,
        "area_name": area_name,
        "ledger_name": ledger_name,
        "areas_said": lambda areas: t.listed(area_name(one.area) for one in areas),
        "figure_parts": lambda statuses: figure_parts(page_speech(t, area_name, ledger_name), statuses),
        "pair_sides": lambda pair: pair_sides(page_speech(t, area_name, ledger_name), pair),
        "place_map": lambda ledgers, last: place_map(t, area_name, ledgers, last),
        "day_strips": lambda ledger, days, force: day_strips(t, area_name, ledger, days, force),
        "area_choices": lambda: [(slug, area_name(slug)) for slug in known.areas],
        "worded": lambda category, values: [(value, t.word(category, value)) for value in values],
        "handles": _handles,
        "link_text": lambda claim, link: link_text(context.view, claim, link, t.language),
        "title_of": lambda item: title_of(context.view, item, t.language),
        "tongue_of_title": lambda item: next((body.lang for body in heads(item, t.language)), "en"),
        "handles_of": lambda slugs: [(slug, slug) for slug in slugs],
        "named_texts": lambda texts: [(text.slug, text.title) for text in texts],
        "claim_choices": lambda claims: [(c.handle, f"{c.handle} {c.claim.words or c.claim.aspect}") for c in claims],
        "actor_choices": lambda actors: [(actor, t.actor(actor)) for actor in dict.fromkeys(actors)],
        "may_confirm_clock": may_confirm_clock,
        "few_words": lambda item: few_words(title_of(context.view, item, t.language), _MOST_ON_CARD),
        "rooms_of": lambda sessions: [(s.handle, f"{s.room} · {s.title}" if s.room else s.title) for s in sessions],
        "clock_said": _clock,
        "first_words": lambda body: first_words(context.view, body),
        "deed_of": lambda one: grave_act(t, context.view, one.request.command).label,
        "left_said": lambda left: fill('<b class="left">{}</b>', left),
        **text_choices(context, t),
    }


def _titled(rounds: Iterable[KnownRound]) -> list[tuple[str, str]]:
    return [(r.handle, r.round.title) for r in rounds]


def _open_seats(answers: Iterable[RelayAnswer]) -> list[str]:
    return [answer.to for answer in answers]


def _handles(ledgers: Iterable[KnownLedger]) -> set[str]:
    return {held.handle for held in ledgers}


def _looking_at(t: Localizer, day: date, is_asked: object) -> Markup:
    """Return the sentence that says at which day a page looks, in the same words on every page that looks at one."""
    if is_asked:
        return t("You look at {day}, as you asked. Nothing later is counted.", day=t.long_day(day))
    if isinstance(day, datetime):
        now = t.when(day)
        return t("You look at {day}, the moment that your record has reached. Nothing later is counted.", day=now)
    return t("You look at {day}, the last day with anything new on this page.", day=t.long_day(day))


def _keys(body: str) -> tuple[str, str]:
    """Return one short name and one mark of a claim that stand on a page, each empty if it has none."""
    name, mark = _HANDLE.search(body), _CLAIM_MARK.search(body)
    return name[1] if name else "", mark[0] if mark else ""


@cache
def _clock_names(language: str) -> str:
    """Return the short names of days, Sunday first, and of months, as the clock on each page writes them."""
    locale = Locale.parse(language)
    days, months = (named["format"]["abbreviated"] for named in (locale.days, locale.months))
    return "|".join([*(days[(n - 1) % 7] for n in range(7)), *(months[n] for n in range(1, 13))])


def _clock(seconds: int) -> str:
    """Return seconds as minutes and seconds; what is over the time begins with a plus."""
    minutes, rest = divmod(abs(seconds), 60)
    return f"{'+' if seconds < 0 else ''}{minutes}:{rest:02}"


def first_words(view: View, body: Body | None) -> str:
    """Return the beginning of somebody's words, at most two lines of a page; nothing if this seat may not read them."""
    text = " ".join((view.text(body) or "").split()) if body is not None else ""
    return beginning(text, _MOST_FIRST)

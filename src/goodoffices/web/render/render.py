"""Rendering: which page an address means, and its parts as fragments of HTML.

A part is a section of a page that can be replaced by itself. A page is its parts in order within a frame; a stream
sends the parts that changed. So a page and what follows it over the stream cannot disagree.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import replace
from functools import cache, partial
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from jinja2.runtime import Context
from markupsafe import Markup

from goodoffices.data_class import dataclass
from goodoffices.languages import direction, semicolon
from goodoffices.reports.messages.catalogues import LANGUAGES
from goodoffices.reports.settlement.assessments import has_assessments
from goodoffices.talks.base.refusals import Refusal
from goodoffices.talks.exchange.clearances import clearances_of, ended_refusal, has_passed
from goodoffices.talks.state.view import View
from goodoffices.web.http.control_characters import signs_kept, signs_shown
from goodoffices.web.http.markup import fill
from goodoffices.web.http.refused_form import brought_to
from goodoffices.web.http.seat_cards import command_for_others, is_here_only
from goodoffices.web.http.static_files import Static
from goodoffices.web.live.waiting_commands import WaitingCommand
from goodoffices.web.pages.analysis.settlement import SETTLEMENT
from goodoffices.web.pages.needs import needs
from goodoffices.web.pages.page import Data, Page, PageContext
from goodoffices.web.pages.people import value_words
from goodoffices.web.pages.record import fingerprint
from goodoffices.web.render import rehearsal_words
from goodoffices.web.render.compiled_templates import CompiledTemplates
from goodoffices.web.render.form_widgets import FilledForm, Tokens, Widgets
from goodoffices.web.render.grave_acts import GraveAct
from goodoffices.web.render.localize import Localizer, Person
from goodoffices.web.render.page_list import NAVIGATION, PAGES, SECOND_LOOK
from goodoffices.web.render.phrases import phrase
from goodoffices.web.render.template_globals import choices

_KEPT = ".acts, form, a[href*='/as/'] { display: none }"
"""What a page that is taken along does without: everything that needs the desk."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What stands around the parts of a page: the answer to the form that led here, and who looks.

    ``done`` is the number of the notice that a form gave; ``refused`` the sentence of a refusal; ``came_back`` the
    grave act whose words the page shows again. ``looks_as`` is the address of the desk from which somebody looks at the
    page of another seat, who can do nothing there.
    """

    base: str
    person: Person
    tokens: Tokens | None = None
    given: FilledForm | None = None
    refused: Markup | None = None
    done: int | None = None
    came_back: WaitingCommand | None = None
    looks_as: str = ""


@cache
def environment() -> Environment:
    """Return the templates, with everything escaped and no name silently undefined."""
    loaded = Environment(
        loader=PackageLoader("goodoffices.web", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,  # else every part of a page asks the disk whether its template has changed
        finalize=signs_shown,
        bytecode_cache=CompiledTemplates(),
        cache_size=-1,  # all of them: there are not many, and to make one again takes longer than a page
    )
    loaded.globals.update(languages=LANGUAGES, static=Static.address, fingerprint=fingerprint, value_words=value_words)
    loaded.globals.update(signs_kept=signs_kept, is_here_only=is_here_only, rehearsed=rehearsal_words, phrase=phrase)
    loaded.globals.update(command_for_others=partial(command_for_others, sys.argv[0]))
    loaded.globals.update(why_ended=ended_refusal, has_passed=has_passed, clearances_of=clearances_of)
    loaded.globals.update(direction=direction, semicolon=semicolon)
    return loaded


def find_page(path: str, view: View) -> tuple[Page, str] | None:
    """Return the page at ``path`` and the handle or slug in it; ``None`` if this seat has no such page."""
    given = path.split("/")
    own = _pages_by_path().get(path)
    for page, pattern in ((own, given),) if own is not None else _pages_of(len(given)):
        if all(p == g or (p == "{}" and g) for p, g in zip(pattern, given, strict=True)):
            if (page.powers and not view.powers & set(page.powers)) or (page.when is not None and not page.when(view)):
                return None
            return page, "/".join(g for p, g in zip(pattern, given, strict=True) if p == "{}")
    return None


@cache
def _pages_by_path() -> dict[str, Page]:
    """Return the pages whose whole address is known."""
    return {page.path: page for page in PAGES if "{}" not in page.path}


@cache
def _pages_of(length: int) -> tuple[tuple[Page, tuple[str, ...]], ...]:
    """Return the pages whose address has so many parts, with those parts."""
    divided = ((page, tuple(page.path.split("/"))) for page in PAGES)
    return tuple((page, parts) for page, parts in divided if len(parts) == length)


def _context(context: PageContext, path: str, frame: Frame, data: Mapping[str, Any]) -> dict[str, Any]:
    localizer = Localizer.to(frame.person, context.view, context.memory)
    widgets = Widgets(
        base=frame.base,
        back=path,
        n=len(context.view.notices),
        localizer=localizer,
        tokens=frame.tokens,
        given=frame.given,
        keeps=context.view.me is not None and frame.person.keeper == (context.view.me.kept_by or ""),
        language=frame.person.language,
    )
    return {
        "t": localizer,
        "w": widgets,
        "v": context.view,
        "k": context.known,
        "d": data,
        "context": context,
        "base": frame.base,
        "frame": frame,
        **choices(context, localizer),
    }


def render_parts(context: PageContext, path: str, frame: Frame) -> dict[str, str] | None:
    """Return the parts of the page at ``path`` by name, in order; ``None`` if this view has no such page."""
    made = _page_and_parts(context, path, frame)
    return None if made is None else made[2]


def _page_and_parts(
    context: PageContext, path: str, frame: Frame
) -> tuple[Page, dict[str, Any], dict[str, str]] | None:
    """Return the page at ``path``, what it shows, and its parts; ``None`` if this view has no such page."""
    found = find_page(path, context.view)
    if found is None:
        return None
    page, handle = found
    data = page.data(context, handle)
    if data is None:
        return None
    template = environment().get_template(page.template)
    template_values = _context(context, path, frame, data)
    within = template.new_context(template_values)
    made = {name: _part(template, name, within) for name in page.parts}
    made |= {"needs-me": _badge(context, template_values), "undo": _undo_bar(context, within), "band": _band(within)}
    return page, data, made


def _part(template: Template, name: str, within: Context) -> str:
    inner = "".join(template.blocks[name](within)).strip()
    if not inner:
        return f'<section data-part="{name}" hidden></section>'
    return f'<section data-part="{name}" class="part" tabindex="-1">{inner}</section>'


def _badge(context: PageContext, template_values: dict[str, Any]) -> str:
    """Return the mark at Home that says how many things need this seat: a count of its own slice."""
    data = template_values["d"]
    n = len(data["needs"] if "needs" in data else needs(context))
    label = template_values["t"].count(n, "{n} thing needs you", "{n} things need you").striptags()
    shown = fill('<b title="{}">{}</b>', label, n) if n else ""
    return f'<span data-part="needs-me" class="badge">{shown}</span>'


def _undo_bar(context: PageContext, within: Context) -> str:
    """Return the bar at the foot of a page with the grave acts of this seat that can still be undone."""
    if not context.undoable():
        return '<section data-part="undo" class="undo-bars" hidden></section>'
    return _whole("undo_bar.html", within)


def _band(within: Context) -> str:
    """Return the line at the head of every page of an exercise: its mark, and how its clock runs."""
    return _whole("band.html", within)


def _whole(name: str, within: Context) -> str:
    """Return a small template with the values of a page; to gather them again would take longer than it does."""
    return "".join(environment().get_template(name).root_render_func(within))


def render_second_look(  # noqa: PLR0913 - what stands on the page, each by its name
    context: PageContext,
    frame: Frame,
    *,
    look: GraveAct,
    command: str,
    typed: Mapping[str, tuple[str, ...]],
    too_late: Refusal | None,
    seconds: float,
    colleagues: tuple[tuple[str, bool], ...] | None = None,
) -> str:
    """Return the page that is read before a grave act: ``typed`` is sent again with it, as it was typed.

    ``too_late`` says why the act would be refused after the wait of ``seconds``; then it can be done at once.
    ``colleagues`` are who can confirm an act that needs a second person, and whether each has a passphrase.
    """
    data = {"look": look, "command": command, "typed": typed, "too_late": too_late, "seconds": round(seconds)}
    back = typed.get("_back", ("",))[0]
    return _looked_at(context, frame, back, data | {"colleagues": colleagues, "one": None})


def render_asked(context: PageContext, frame: Frame, *, look: GraveAct, one: WaitingCommand) -> str:
    """Return the page of a grave act that waits for a second person to confirm it."""
    return _looked_at(context, frame, one.back, {"look": look, "one": one, "typed": {}})


def _looked_at(context: PageContext, frame: Frame, back: str, data: Data) -> str:
    template_values = _context(context, back, frame, data)
    template = environment().get_template(SECOND_LOOK.template)
    within = template.new_context(template_values)
    parts = {"look": _part(template, "look", within), "needs-me": _badge(context, template_values)}
    parts |= {"undo": _undo_bar(context, within), "band": _band(within)}
    found = find_page(back, context.view)
    page = SECOND_LOOK if found is None else replace(SECOND_LOOK, under=found[0].under)
    t: Localizer = template_values["t"]
    return _framed(context, back, frame, page, parts, heading=t("{deed}?", deed=data["look"].label))


def render_frame(context: PageContext, path: str, frame: Frame) -> str | None:
    """Return the whole page at ``path``, or ``None`` if this view has no such page."""
    made = _page_and_parts(context, path, frame)
    if made is None:
        return None
    page, data, parts = made
    title = page.heading(data) if page.heading is not None else ""
    heading = fill('<bdi class="said" dir="auto">{}</bdi>', signs_shown(title)) if title else None
    framed = _framed(context, path, frame, page, parts, heading=heading)
    return framed if frame.given is None else brought_to(framed, frame.given.form, frame.given.missing)


def render_alone(context: PageContext, page: Page, frame: Frame, *, style: bytes) -> str | None:
    """Return a page as one file that needs nothing else, with its style in it; ``None`` if this view has none."""
    made = _page_and_parts(context, page.path, frame)
    if made is None:
        return None
    parts = {name: part for name, part in made[2].items() if name in page.parts or name == "band"}
    band = parts.pop("band")
    template_values = _context(context, page.path, frame, {}) | {
        "page": page,
        "band": Markup(band),  # noqa: S704 - rendered by a template that escapes
        "body": Markup("\n".join(parts.values())),  # noqa: S704 - rendered by templates that escape
        "style": Markup(f"<style>{style.decode()}{_KEPT}</style>"),  # noqa: S704 - our own style sheet
    }
    return environment().get_template("kept_page.html").render(template_values)


def _framed(
    context: PageContext,
    path: str,
    frame: Frame,
    page: Page,
    parts: dict[str, str],
    *,
    heading: Markup | None = None,
) -> str:
    badge, bar, band = parts.pop("needs-me"), parts.pop("undo"), parts.pop("band")
    navigation = [row for row in NAVIGATION if _has(row[1], context.view)]
    body = "\n".join(parts.values())
    template_values = _context(context, path, frame, {}) | {
        "page": page,
        "words_left": [] if frame.given is None else frame.given.words_left(body),
        "heading": heading,
        "bar": Markup(bar),  # noqa: S704 - rendered by a template that escapes
        "path": path,
        "band": Markup(band),  # noqa: S704 - rendered by a template that escapes
        "badge": Markup(badge),  # noqa: S704 - made by _badge from escaped pieces
        "body": Markup(body),  # noqa: S704 - rendered by templates that escape
        "navigation": navigation,
        "first_entries": _first_entries({row[0] for row in navigation}),
        "notice": _notice(context, frame),
    }
    return environment().get_template("frame.html").render(template_values)


def _first_entries(keys: set[str]) -> tuple[str, ...]:
    """Return the four entries of the navigation that a phone shows at once; the others stand under *More*."""
    wanted = ("home", "relays" if "relays" in keys else "papers", "texts", "ceasefire")
    return tuple(key for key in wanted if key in keys)


def _has(path: str, view: View) -> bool:
    return find_page(path, view) is not None and (path != SETTLEMENT.path or has_assessments(view))


def _notice(context: PageContext, frame: Frame) -> Any:
    notices = context.view.notices
    return notices[frame.done - 1] if frame.done is not None and 1 <= frame.done <= len(notices) else None

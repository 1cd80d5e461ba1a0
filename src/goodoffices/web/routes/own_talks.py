"""Begin own talks on a page: title, clock, languages, exercise or live, who takes part, first round and session.

Who takes part is typed, pasted as a list, or brought as a spreadsheet. Nothing is kept before *Begin these talks*, and
nothing that was typed is lost when something is refused.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from dataclasses import field
from functools import cache, partial
from typing import Any
from zoneinfo import available_timezones

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from goodoffices.data_class import dataclass
from goodoffices.errors import GoodOfficesError, ScenarioError
from goodoffices.formats.input.files import RawFile
from goodoffices.formats.talks_sheets.begin_form import BeginForm, ListedSeat, form_of, listed_seats, own_talks_of
from goodoffices.formats.talks_sheets.columns import ACTOR_KINDS, FORMATS, ROLES
from goodoffices.formats.talks_sheets.entities import talks_file_of
from goodoffices.formats.talks_sheets.own_talks import OwnTalks
from goodoffices.formats.talks_sheets.problems import LOOK_ALIKE, MOST_TOLD, Problem
from goodoffices.formats.talks_sheets.reader import SheetReading, read_sheets
from goodoffices.formats.talks_sheets.template import template
from goodoffices.reports.messages.catalogues import LANGUAGES
from goodoffices.reports.messages.labels import WORDS
from goodoffices.service.data_folder import NameTakenError
from goodoffices.talks.base.enums import Kind, Role
from goodoffices.web.http.markup import fill
from goodoffices.web.render.form_widgets import Tokens
from goodoffices.web.render.localize import Localizer, name_of
from goodoffices.web.render.phrases import error_said
from goodoffices.web.render.render import environment
from goodoffices.web.routes.forms import PostedForm
from goodoffices.web.routes.record_host import SHORTEST_PASSPHRASE, RecordHost
from goodoffices.web.routes.record_list import owned, refusal, speech, way_in
from goodoffices.web.routes.sheet_import import sheet_sentence
from goodoffices.web.routes.uploads import Upload, numbered, read_upload

_ROWS, _MOST_ROWS, _MORE = 8, 64, 8
_EMPTY = {"name": "", "role": "", "what": ""}
_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(slots=True)
class _Page:
    """What the page shows: what was typed, what was read, and what is refused."""

    form: BeginForm = field(default_factory=BeginForm)
    seats: list[dict[str, str]] = field(default_factory=list)
    people: str = ""
    token: str = ""
    sheet: OwnTalks | None = None
    file: str = ""
    reading: SheetReading | None = None
    problems: list[Markup] = field(default_factory=list)
    fields: set[str] = field(default_factory=set)
    key: str = ""


async def spreadsheet(request: Request) -> Response:
    """GET /begin/talks.xlsx: the empty spreadsheet."""
    owned(request)
    made = await asyncio.get_running_loop().run_in_executor(None, template)
    name = {"content-disposition": 'attachment; filename="talks.xlsx"'}
    return Response(made, media_type=_SPREADSHEET, headers=name)


async def exercise_spreadsheet(request: Request) -> Response:
    """GET /begin/exercise.xlsx: the spreadsheet of an exercise, empty, or filled in as an example."""
    owned(request)
    is_filled = request.query_params.get("filled") == "1"
    make = partial(template, is_exercise=True, is_filled=is_filled)
    made = await asyncio.get_running_loop().run_in_executor(None, make)
    name = {"content-disposition": 'attachment; filename="exercise.xlsx"'}
    return Response(made, media_type=_SPREADSHEET, headers=name)


async def begin_form(request: Request) -> Response:
    """GET /begin: the empty form."""
    host, session = owned(request)
    page = _Page(seats=[dict(_EMPTY) for _ in range(_ROWS)], key=host.settings.entropy("host", 16).hex())
    page.form = BeginForm(languages=(session.language,))
    return _shown(speech(host, session), page, Tokens(secret=session.secret).csrf)


async def begin(request: Request) -> Response:
    """POST /begin: show more rows, read the spreadsheet, or begin the talks."""
    host, session = owned(request)
    csrf = Tokens(secret=session.secret).csrf
    upload = await read_upload(request, host, csrf, most_parts=3 * _MOST_ROWS + 40)
    t = speech(host, session)
    page = _typed(upload.posted, host)
    if upload.data:
        page.reading = await _read(upload)
        page.file = upload.name
        _take_sheet(page, host, t)
        return _shown(t, page, csrf)
    asked = upload.posted.one("do")
    if asked == "more":
        page.seats += [dict(_EMPTY) for _ in range(min(_MORE, _MOST_ROWS - len(page.seats)))]
        return _shown(t, page, csrf, status=200)
    if asked == "leave":
        page.token, page.sheet = "", None
        return _shown(t, page, csrf, status=200)
    if asked == "read":
        page.problems.append(t("No file was chosen. Choose a spreadsheet first."))
        return _shown(t, page, csrf)
    return await _begun(host, page, upload.posted, t, session.language) or _shown(t, page, csrf)


async def _read(upload: Upload) -> SheetReading:
    raw = RawFile(name=upload.name, data=upload.data)
    return await asyncio.get_running_loop().run_in_executor(None, read_sheets, raw)


def _typed(posted: PostedForm, host: RecordHost) -> _Page:
    """Return the page with everything as it was typed."""
    names, roles, kinds = (numbered(posted.fields, name) for name in ("name", "role", "what"))
    n_rows = max([_ROWS, *(n + 1 for n in names)])
    languages = [posted.one("working"), *posted.fields.get("also", ()), *posted.one("other").split(",")]
    token = posted.one("_sheet")
    form = BeginForm(
        title=posted.one("title"),
        zone=posted.one("zone"),
        languages=tuple(dict.fromkeys(code.strip() for code in languages if code.strip())),
        kind=posted.one("kind"),
        place=posted.one("place"),
        round_title=posted.one("round_title"),
        first_day=posted.one("first_day"),
        session_title=posted.one("session_title"),
        session_format=posted.one("session_format"),
        session_hour=posted.one("session_hour"),
    )
    return _Page(
        form=form,
        seats=[
            {"name": names.get(n, ""), "role": roles.get(n, ""), "what": kinds.get(n, "")}
            for n in range(min(n_rows, _MOST_ROWS))
        ],
        people=posted.one("people"),
        token=token,
        sheet=host.draft(token) if token else None,
        file=posted.one("_file")[:80],
        key=posted.one("_key")[:64],
    )


def _take_sheet(page: _Page, host: RecordHost, t: Localizer) -> None:
    """Keep what was read, and fill in what nobody typed; or show everything that is to be corrected."""
    reading = page.reading
    if reading is None or reading.talks is None:
        told = () if reading is None else reading.problems
        page.problems += [sheet_sentence(t, one) for one in told[:MOST_TOLD]]
        if len(told) > MOST_TOLD:
            page.problems.append(t("… and {n} more.", n=len(told) - MOST_TOLD))
        page.token, page.sheet = "", None
        return
    page.sheet = reading.talks
    page.token = host.keep_draft(reading.talks)
    said, typed = form_of(reading.talks), page.form
    page.form = BeginForm(
        title=typed.title or said.title,
        zone=typed.zone or said.zone,
        languages=said.languages,
        kind=typed.kind or said.kind,
        place=typed.place or said.place,
        round_title=typed.round_title,
        first_day=typed.first_day or said.first_day,
        session_title=typed.session_title or said.session_title,
        session_format=said.session_format if said.session_title and not typed.session_title else typed.session_format,
        session_hour=typed.session_hour or said.session_hour,
    )


async def _begun(host: RecordHost, page: _Page, posted: PostedForm, t: Localizer, language: str) -> Response | None:
    """Begin the talks and return the way into them; ``None`` if something is refused, which then stands on the page."""
    listed, problems = _listed(page, t)
    made, more = own_talks_of(page.form, listed, page.sheet)
    told = [*problems, *more]
    if page.token and page.sheet is None:
        page.problems.append(t("The spreadsheet is no longer kept here. Choose it again."))
        page.token = ""
    page.problems += [sheet_sentence(t, one) for one in told]
    page.fields = {dict(one.values)["field"] for one in told}
    words = posted.one("passphrase")
    if page.form.kind == "live":
        _check_passphrase(page, words, posted.one("again"), t)
    if page.problems or made is None:
        return None
    try:
        kind = Kind.LIVE if made.is_live else Kind.EXERCISE
        is_played = made.exercise is not None and kind is Kind.EXERCISE
        held = await host.begin(talks_file_of(made), kind, words, page.key, is_played=is_played)
    except NameTakenError:
        page.problems.append(t("Talks of this title are kept here already. Choose another title, or open those."))
        page.fields.add("title")
    except ScenarioError as error:
        page.problems.append(t("These talks cannot begin: {why}.", why=error_said(t, error)))
    except GoodOfficesError as error:
        page.problems.append(refusal(t, error))
    else:
        host.drop_draft(page.token)
        return way_in(held, language)
    return None


def _check_passphrase(page: _Page, words: str, again: str, t: Localizer) -> None:
    if len(words.strip()) < SHORTEST_PASSPHRASE:
        page.problems.append(
            t("The passphrase has fewer than {n} characters. Use several words.", n=SHORTEST_PASSPHRASE)
        )
        page.fields.add("passphrase")
    elif words != again:
        page.problems.append(t("The passphrase was typed in two ways. Type it twice alike."))
        page.fields.add("again")


def _listed(page: _Page, t: Localizer) -> tuple[list[ListedSeat], list[Problem]]:
    """Return who takes part, from the rows and from the list; with a spreadsheet, neither is asked."""
    if page.sheet is not None:
        return [], []
    typed = [
        ListedSeat(
            name=" ".join(row["name"].split()),
            roles=(Role(row["role"]) if row.get("role") in ROLES else Role.PARTY,),
            kind=ACTOR_KINDS.get(row.get("what", ""), ACTOR_KINDS["organisation"]),
            line=n,
        )
        for n, row in enumerate(page.seats, start=1)
        if row.get("name", "").strip()
    ]
    words = {str(t.plain(word)): Role(role) for role, word in WORDS["role"].items() if role in ROLES}
    pasted, problems = listed_seats(page.people, words)
    return [*typed, *pasted], problems


@cache
def _zones() -> tuple[str, ...]:
    return tuple(sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/")))


def _shown(t: Localizer, page: _Page, csrf: str, *, status: int | None = None) -> Response:
    context: dict[str, Any] = {
        "page": page,
        "csrf": csrf,
        "zones": ("UTC", *_zones()),
        "languages": LANGUAGES,
        "others": ", ".join(code for code in page.form.languages[1:] if code not in LANGUAGES),
        "roles": list(ROLES),
        "kinds": list(ACTOR_KINDS),
        "kind_of": {name: kind.value for name, kind in ACTOR_KINDS.items()},
        "formats": list(FORMATS),
        "look_alikes": list(_look_alikes(t, page.reading)),
        "n_seats": 0 if page.sheet is None else len(page.sheet.seats),
        "bare": name_of,
        "counts": {} if page.sheet is None else page.sheet.counts(),
    }
    made = environment().get_template("begin.html").render(t=t, **context)
    return HTMLResponse(made, status or (422 if page.problems else 200))


def _look_alikes(t: Localizer, reading: SheetReading | None) -> Iterator[Markup]:
    for note in () if reading is None else reading.look_alikes:
        fillings: Mapping[str, str] = {"found": note.found, "near": note.near, "cell": note.near_cell}
        yield fill('<bdi class="code" dir="ltr">{}</bdi> {}', note.cell, t(LOOK_ALIKE, **fillings))

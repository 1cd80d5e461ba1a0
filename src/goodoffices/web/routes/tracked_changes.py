"""The routes by which a delegation brings a file with tracked changes, and confirms what of it becomes its own.

The file is read in memory, one at a time in a thread of its own, and forgotten with the answer: what the page shows
comes back with the form, and nothing is filed that is not ticked there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from goodoffices.errors import ScenarioError
from goodoffices.phrases.phrase import Phrase
from goodoffices.reports.messages.catalogues import LANGUAGES
from goodoffices.reports.texts.file_changes import FileChange, FileChanges, as_command, filed_as
from goodoffices.reports.texts.tracked_changes import changes_in
from goodoffices.reports.texts.unmarked_words import UnmarkedWords
from goodoffices.talks.base.refusals import Refusal
from goodoffices.talks.documents.diff import Change
from goodoffices.talks.state.command_context import CommandRequest
from goodoffices.talks.state.view import View
from goodoffices.talks.texts.comments import Comment, ProposeVariant
from goodoffices.web.http.whole_numbers import whole_number
from goodoffices.web.render.form_widgets import given_of
from goodoffices.web.render.localize import Localizer
from goodoffices.web.render.phrases import error_said
from goodoffices.web.render.render import render_frame
from goodoffices.web.routes.context import ServerContext, SignedInSeat
from goodoffices.web.routes.forms import MOST_OF_TEXTS, PostedForm, asked_by, read_form
from goodoffices.web.routes.grave_acts import check_limit
from goodoffices.web.routes.uploads import numbered, read_upload

FORM = "confirm"
_COLUMNS = ("clause", "change", "words", "author", "number", "on", "headed", "first", "title", "thread", "unmarked")
"""The fields of a change as the form gives it back."""


def _sitter(request: Request) -> tuple[ServerContext, SignedInSeat, str]:
    """Return the server context, who is signed in at this seat path, and the version; 404 for everybody else.

    Raises
    ------
    HTTPException
        404, the same for an unknown seat path, a stranger, and a version that the seat does not hold.
    """
    server: ServerContext = request.app.state.server
    signed_in = server.signed_in(request)
    version = request.path_params["version"]
    if signed_in is None or version not in server.view(signed_in).known.versions:
        raise HTTPException(404)
    return server, signed_in, version


async def bring(request: Request) -> Response:
    """POST D/changes/{version}: what a file would change, to be confirmed; nothing is kept of it."""
    server, signed_in, version = _sitter(request)
    upload = await read_upload(request, server, signed_in.tokens.csrf)
    check_limit(server, signed_in, lambda limits: limits.uploads)
    language = upload.posted.one("language")
    if language not in ("", *LANGUAGES):
        raise HTTPException(400)
    view = server.view(signed_in)
    try:
        if not upload.data:
            raise ScenarioError(Phrase("no file was chosen; choose a .docx or .odt file first"))
        found = await server.read_file(
            signed_in.seat, lambda: changes_in(view, version, upload.data, name=upload.name, language=language or None)
        )
    except ScenarioError as error:
        return _shown(server, signed_in, version, refused=error_said(Localizer.to(signed_in.person, view), error))
    return _shown(server, signed_in, version, brought=found)


async def confirm(request: Request) -> Response:
    """POST D/changes/{version}/confirm: file what was ticked, each change as this seat's own; nothing else."""
    server, signed_in, version = _sitter(request)
    posted = await read_form(request, server, signed_in.tokens.csrf, most=MOST_OF_TEXTS)
    brought = _brought(posted)
    places = {whole_number(place) for place in posted.fields.get("take", ())}
    view = server.view(signed_in)
    localizer = Localizer.to(signed_in.person, view)
    if not places & brought.keys():
        sentence = localizer("Nothing is ticked, so nothing was filed. Tick the changes that you confirm.")
        return _again(server, signed_in, version, posted, brought, sentence)
    try:
        zone = view.known.header.zone
        asked = {k: _ask(posted, signed_in, version, change, zone) for k, change in brought.items() if k in places}
    except ScenarioError as error:
        sentence = error_said(localizer, error)
        return _again(server, signed_in, version, posted, brought, sentence)
    asked = {k: one for k, one in asked.items() if not _is_filed(server, posted, view, k, one)}
    if not asked:
        sentence = localizer("What is ticked is on the record already, so nothing was filed.")
        return _again(server, signed_in, version, posted, brought, sentence)
    now = server.settings.now()
    for k, command_request in asked.items():
        refusal = server.room.would_refuse(command_request, at=now)
        if refusal is not None:
            return _again(
                server, signed_in, version, posted, brought, _sentence(localizer, view, version, brought[k], refusal)
            )
    n = 0
    for k, command_request in asked.items():
        answer = await server.queue.submit(command_request, f"{posted.key[:56]}-{k}", arrived=posted.arrived)
        if isinstance(answer, Refusal):
            # What was refused only now changed under our hands; what came before it is filed and not offered again.
            return _again(
                server, signed_in, version, posted, brought, _sentence(localizer, view, version, brought[k], answer)
            )
        n = answer.n
        del brought[k]
    text = server.view(signed_in).known.versions[version].text
    return RedirectResponse(f"{signed_in.base}/texts/{text}/{version}?done={n}", 303)


def _ask(posted: PostedForm, signed_in: SignedInSeat, version: str, change: FileChange, zone: str) -> CommandRequest:
    show = tuple(posted.fields.get("show", ()))
    table = posted.one("as") == "table"
    what = as_command(version, change, language=_language(posted), show=show, table=table)
    return asked_by(what, posted, signed_in, zone)


def _is_filed(server: ServerContext, posted: PostedForm, view: View, k: int, asked: CommandRequest) -> bool:
    """Say whether another form than this one filed the same already; this one, sent again, is answered as before."""
    what = asked.command
    is_held = isinstance(what, Comment | ProposeVariant) and bool(filed_as(view, what))
    return is_held and not server.room.was_done(asked.seat, f"{posted.key[:56]}-{k}")


def _language(posted: PostedForm) -> str:
    language = posted.one("language")
    if language not in LANGUAGES:
        raise HTTPException(400)
    return language


def _brought(posted: PostedForm) -> dict[int, FileChange]:
    """Return the changes as the form gives them back, by place."""
    columns = {name: numbered(posted.fields, name) for name in _COLUMNS}
    return {
        place: FileChange(
            clause=clause,
            change=_change(columns["change"].get(place, "")),
            words=columns["words"].get(place, ""),
            author=columns["author"].get(place, ""),
            number=columns["number"].get(place, ""),
            headed=columns["headed"].get(place) == "yes",
            on=columns["on"].get(place, ""),
            first=columns["first"].get(place) == "yes",
            of_title=columns["title"].get(place) == "yes",
            thread=columns["thread"].get(place, ""),
            unmarked=tuple(map(_unmarked, columns["unmarked"].get(place, "").splitlines())),
        )
        for place, clause in sorted(columns["clause"].items())
    }


def _unmarked(line: str) -> UnmarkedWords:
    old, _, new = line.partition("\t")
    return UnmarkedWords(old=old, new=new)


def _change(name: str) -> Change | None:
    if name not in ("", *Change):
        raise HTTPException(400)
    return Change(name) if name else None


def _sentence(localizer: Localizer, view: View, version: str, change: FileChange, refusal: Refusal) -> Markup:
    held = view.known.versions[version]
    number = dict(zip(held.clauses, held.numbers, strict=True)).get(change.clause, "?")
    deed = localizer("Clause {clauses}", clauses=localizer.numbers([number]))
    return localizer("{deed}: {why}", deed=deed, why=localizer.refusal(refusal))


def _again(
    server: ServerContext,
    signed_in: SignedInSeat,
    version: str,
    posted: PostedForm,
    brought: Mapping[int, FileChange],
    sentence: Markup,
) -> Response:
    """Return the page with the sentence, and with what was ticked and typed."""
    found = FileChanges(language=_language(posted), changes=tuple(brought.values()))
    # Where some were filed the places have moved: then no tick is kept, and the words come back with the changes.
    kept = posted if list(brought) == list(range(len(brought))) else None
    return _shown(server, signed_in, version, brought=found, refused=sentence, posted=kept)


def _shown(
    server: ServerContext,
    signed_in: SignedInSeat,
    version: str,
    *,
    brought: FileChanges | None = None,
    refused: Markup | None = None,
    posted: PostedForm | None = None,
) -> Response:
    given = None if posted is None else given_of(FORM, posted.typed)
    context = replace(server.context(signed_in), brought=brought)
    made = render_frame(context, f"changes/{version}", signed_in.frame(refused=refused, given=given))
    return HTMLResponse(made or "", 200 if refused is None else 422)

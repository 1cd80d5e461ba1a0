"""The route by which a seat takes a version out as a file: a function of its view, made anew for each request."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from goodoffices.errors import ScenarioError
from goodoffices.reports.texts.downloads import FORMS, DownloadRequest, take_out
from goodoffices.talks.base.enums import Kind
from goodoffices.web.http.page_queries import asked_of
from goodoffices.web.render.localize import Localizer
from goodoffices.web.render.phrases import error_said
from goodoffices.web.render.render import render_frame
from goodoffices.web.routes.context import ServerContext
from goodoffices.web.routes.grave_acts import check_limit


async def file(request: Request) -> Response:
    """GET D/files/{version}/{form}: a version as a file, served for keeping and never shown in place."""
    server: ServerContext = request.app.state.server
    signed_in = server.signed_in(request)
    version, form = request.path_params["version"], request.path_params["form"]
    if request.method != "GET" or signed_in is None or form not in FORMS:
        raise HTTPException(404)
    view = server.view(signed_in)
    if version not in view.known.versions:
        raise HTTPException(404)
    check_limit(server, signed_in, lambda limits: limits.exports)
    asked = asked_of(request.query_params.multi_items())
    own = asked.get("for", ("",))[0]
    what = DownloadRequest(
        version=version,
        languages=asked.get("in", ()),
        seat=own,
        clause=asked.get("clause", ("",))[0],
        base=asked.get("since", (None,))[0],
    )
    try:
        data = take_out(view, form, what)
    except ScenarioError as error:
        text = view.known.versions[version].text
        frame = signed_in.frame(refused=error_said(Localizer.to(signed_in.person, view), error))
        return HTMLResponse(render_frame(server.context(signed_in), f"texts/{text}/{version}", frame) or "", 422)
    # Files for programs cannot say it inside: their hash must be that of the words.
    mark = "exercise-" if view.known.header.kind is Kind.EXERCISE else ""
    name = f"{mark}{version}-{form}.{FORMS[form].ending}"
    return Response(
        data, media_type=FORMS[form].media, headers={"content-disposition": f'attachment; filename="{name}"'}
    )

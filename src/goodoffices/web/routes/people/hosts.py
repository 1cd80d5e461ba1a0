"""What the pages before a seat have in common: the records that are open here, and how a page outside a seat looks."""

from __future__ import annotations

from typing import Protocol

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from goodoffices.reports.messages.catalogues import catalogue_for
from goodoffices.web.http.entrance import Entrance
from goodoffices.web.http.markup import fill
from goodoffices.web.http.page_queries import language_of
from goodoffices.web.render.localize import Localizer
from goodoffices.web.render.render import environment
from goodoffices.web.routes.context import ServerContext
from goodoffices.web.routes.server_protocol import Served


class Host(Served, Protocol):
    """What may hold several records, or only one: a server."""

    @property
    def entrance(self) -> Entrance:
        """Passphrases, and how often one may try."""

    def contexts(self) -> tuple[ServerContext, ...]:
        """Return the records that are open here."""


def speech(request: Request) -> Localizer:
    """Return how a page speaks to somebody who has no seat yet: as its address and the browser ask."""
    host: Host = request.app.state.server
    return Localizer(catalogue_for(language_of(request)), host.nobody())


def way_in_page(
    request: Request, t: Localizer, template: str, title: Markup, status: int = 200, **values: object
) -> Response:
    """Return a page before a seat, from a template for its body."""
    host: Host = request.app.state.server
    body = Markup(environment().get_template(template).render(t=t, **values))  # noqa: S704 - a template escapes
    made = (
        environment().get_template("plain.html").render(t=t, title=title, body=body, readable=host.settings.is_readable)
    )
    return HTMLResponse(made, status)


def too_many(request: Request, seconds: int) -> Response:
    """Return the answer to a try that came too early; it depends only on what this address tried before."""
    t = speech(request)
    body = fill(
        '<p class="refused" role="alert">{}</p><p><a href="{}">{}</a></p>',
        t("Too many tries from this device. Wait {n} s, then try again. Nothing was changed.", n=seconds),
        request.url.path,
        t("Back"),
    )
    made = environment().get_template("plain.html").render(t=t, title=t("Wait a moment"), body=body)
    return HTMLResponse(made, 429, headers={"retry-after": str(seconds)})


def busy(request: Request) -> Response:
    """Return the answer when as many passphrases are being checked as can be: the same for everybody."""
    t = speech(request)
    body = fill(
        '<p class="refused" role="alert">{}</p><p><a href="{}">{}</a></p>',
        t("Many people are signing in just now. Try again in a few seconds. Nothing was changed."),
        request.url.path,
        t("Back"),
    )
    made = environment().get_template("plain.html").render(t=t, title=t("Wait a moment"), body=body)
    return HTMLResponse(made, 503, headers={"retry-after": "2"})

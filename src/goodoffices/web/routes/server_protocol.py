"""What every part that answers requests has, whether it serves one record or a list of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from starlette.requests import Request

from goodoffices.talks.state.view import View
from goodoffices.web.live.departures import Departures

if TYPE_CHECKING:
    from goodoffices.web.live.settings import Settings
    from goodoffices.web.routes.context import ServerContext


class Served(Protocol):
    """What every part that answers requests has: the settings, and how to answer somebody who is not signed in."""

    @property
    def settings(self) -> Settings:
        """How the server runs."""

    @property
    def departures(self) -> Departures:
        """When its answers leave."""

    def language(self, request: Request) -> str:
        """Return the language of an answer outside a seat's pages."""

    def nobody(self) -> View:
        """Return the view of somebody without a seat."""

    def contexts(self) -> Sequence[ServerContext]:
        """Return the records that are open here."""

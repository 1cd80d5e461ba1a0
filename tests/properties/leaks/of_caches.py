"""Leaks planted where parts of pages could be kept for the next reader. The two-world test must find each of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest

from goodoffices.talks.state.knowledge import Knowledge
from goodoffices.web.live.event_stream import StreamSource
from goodoffices.web.live.seat_memory import SeatMemory
from goodoffices.web.pages.page import PageContext
from goodoffices.web.render import render as parts
from goodoffices.web.routes import seat_pages as desk
from goodoffices.web.routes.context import ServerContext
from properties.leaks.http_catalogue import Leak, _server


def parts_kept_without_door(patch: pytest.MonkeyPatch) -> None:
    _kept_by(patch, lambda sight, path, frame: (id(_server(sight.would)), path, frame.person.language))


def parts_kept_without_language(patch: pytest.MonkeyPatch) -> None:
    def key(sight: PageContext, path: str, frame: parts.Frame) -> tuple[object, ...]:
        return id(_server(sight.would)), frame.base, path, len(sight.view.notices), sight.at

    _kept_by(patch, key)


def _kept_by(patch: pytest.MonkeyPatch, key: Callable[[PageContext, str, parts.Frame], tuple[object, ...]]) -> None:
    whole_page, kept = parts._page_and_parts, {}

    def render(sight: PageContext, path: str, frame: parts.Frame) -> dict[str, str] | None:
        made = whole_page(sight, path, frame)
        return None if made is None else made[2]

    def leaky(sight: PageContext, path: str, frame: parts.Frame) -> dict[str, str] | None:
        bare = replace(frame, tokens=None)
        place = key(sight, path, frame)
        if place not in kept:
            kept[place] = render(sight, path, bare)
        found = kept[place]
        return None if found is None else dict(found)

    def leaky_page(sight: PageContext, path: str, frame: parts.Frame) -> Any:
        made, found = whole_page(sight, path, frame), leaky(sight, path, frame)
        return None if made is None or found is None else (made[0], made[1], found)

    patch.setattr(parts, "_page_and_parts", leaky_page)
    patch.setattr(desk, "render_parts", leaky)


def memory_shared_between_seats(patch: pytest.MonkeyPatch) -> None:
    def leaky(self: ServerContext, _: str) -> SeatMemory:
        return self.memories.setdefault("all", SeatMemory())

    patch.setattr(ServerContext, "memory", leaky)
    patch.setattr(Knowledge, "still_has", lambda self, read: True)


def news_made_once_for_all_seats(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(desk, "StreamSource", lambda **given: StreamSource(**{**given, "key": given["key"][1:4]}))


def news_made_once_in_one_language(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(desk, "StreamSource", lambda **given: StreamSource(**{**given, "key": given["key"][:3]}))


CACHE_LEAKS: Mapping[str, Leak] = {
    leak.__name__: leak
    for leak in (
        parts_kept_without_door,
        parts_kept_without_language,
        memory_shared_between_seats,
        news_made_once_for_all_seats,
        news_made_once_in_one_language,
    )
}
"""Every planted leak by name."""

"""What the address of a page says after its question mark, within bounds."""

from __future__ import annotations

from collections.abc import Iterable

from starlette.requests import Request

from goodoffices.reports.messages.catalogues import LANGUAGES
from goodoffices.web.http.whole_numbers import whole_number

_MOST_PAGES = 10_000
_ASKED = frozenset({"as", "in", "since", "code", "for", "reading", "put", "package", "clause", "then",
                   "until", "days", "from", "bare", "estimates", "try", "exact", "known"})  # fmt: skip
_MOST_ASKED = 8
_LONGEST = 100


def number_of(text: str | None) -> int:
    """Return the number of a page of a long list as asked for; 1 if it is none."""
    return min(whole_number(text) or 1, _MOST_PAGES)


def asked_of(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """Return how a page is to be shown: what its address says after the question mark, within bounds."""
    asked: dict[str, tuple[str, ...]] = {}
    for name, text in pairs:
        if name in _ASKED and len(text) <= _LONGEST and len(asked.get(name, ())) < _MOST_ASKED:
            asked[name] = (*asked.get(name, ()), text)
    return asked


def language_of(request: Request) -> str:
    """Return the language in which somebody without a session is answered: as asked, as the browser says, English."""
    wanted = [request.query_params.get("lang", "")]
    wanted += [part.split(";")[0].strip()[:2].lower() for part in request.headers.get("accept-language", "").split(",")]
    return next((code for code in wanted if code in LANGUAGES), "en")

"""Every form in which a seat takes a version out as a file, by name; pages and the terminal offer the same ones."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioError, UnknownWordError
from goodoffices.formats.docx.writer import Look
from goodoffices.phrases.phrase import Phrase
from goodoffices.reports.texts.files import akn_file, docx_file, exercise_band, json_file, markdown_file, odt_file
from goodoffices.reports.texts.html_pages import page_of
from goodoffices.reports.texts.sheets import (
    against_base,
    as_seat_would,
    clean_sheet,
    for_the_room,
    marked_sheet,
    side_by_side,
    version_of,
)
from goodoffices.talks.state.view import View

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_ODT = "application/vnd.oasis.opendocument.text"
_HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True, kw_only=True)
class DownloadRequest:
    """What is taken out of a view: a version in some languages, or one clause of it.

    ``seat`` is whose variants are taken in *page-own* (empty: the viewer's own); ``clause`` the one for the room, by
    number or handle; ``base`` the version to compare with (``None``: the one before).
    """

    version: str
    languages: tuple[str, ...] = ()
    seat: str = ""
    clause: str = ""
    base: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DownloadFormat:
    """One form: how it is made, the ending of its file, and its media type."""

    make: Callable[[View, DownloadRequest], bytes]
    ending: str
    media: str


def _language(view: View, what: DownloadRequest) -> str:
    held = version_of(view, what.version).languages
    if what.languages:
        return what.languages[0]
    if not held:
        raise ScenarioError(
            Phrase("this seat holds {version} in no language; ask for a release of its words", version=what.version)
        )
    return held[0]


def _base(view: View, what: DownloadRequest) -> str:
    base = what.base or version_of(view, what.version).parent
    if base is None or base not in view.known.versions:
        raise ScenarioError(
            Phrase(
                "this seat holds no version before {version} to compare it with; name one it holds",
                version=what.version,
            )
        )
    return base


def _band(view: View, what: DownloadRequest) -> str:
    return exercise_band(view, _language(view, what))


def _docx(look: Look) -> Callable[[View, DownloadRequest], bytes]:
    return lambda view, what: docx_file(view, what.version, _language(view, what), look=look, base=what.base)


def _odt(look: Look) -> Callable[[View, DownloadRequest], bytes]:
    return lambda view, what: odt_file(view, what.version, _language(view, what), look=look, base=what.base)


def _page(view: View, what: DownloadRequest) -> bytes:
    return page_of([marked_sheet(view, what.version, _language(view, what))], band=_band(view, what)).encode()


def _clean(view: View, what: DownloadRequest) -> bytes:
    return page_of([clean_sheet(view, what.version, _language(view, what))], band=_band(view, what)).encode()


def _since(view: View, what: DownloadRequest) -> bytes:
    return page_of(
        [against_base(view, what.version, _base(view, what), _language(view, what))], band=_band(view, what)
    ).encode()


def _own(view: View, what: DownloadRequest) -> bytes:
    return page_of(
        [as_seat_would(view, what.version, _language(view, what), what.seat or view.seat)], band=_band(view, what)
    ).encode()


def _beside(view: View, what: DownloadRequest) -> bytes:
    languages = what.languages
    if len(languages) < 2:
        # One language beside nothing: the others that are held lie beside it, as many as fit.
        held = version_of(view, what.version).languages
        languages = tuple(dict.fromkeys((*languages, *held)))[:4]
    sheets, _ = side_by_side(view, what.version, languages)
    return page_of(sheets, band=exercise_band(view, languages[0])).encode()


def _room(view: View, what: DownloadRequest) -> bytes:
    version = version_of(view, what.version)
    clause = what.clause or (version.numbers[0] if version.numbers else "")
    return page_of(
        [for_the_room(view, what.version, _language(view, what), clause)], room=True, band=_band(view, what)
    ).encode()


FORMS: Mapping[str, DownloadFormat] = {
    "docx": DownloadFormat(make=_docx(Look.MARKED), ending="docx", media=_DOCX),
    "docx-clean": DownloadFormat(make=_docx(Look.CLEAN), ending="docx", media=_DOCX),
    "docx-legend": DownloadFormat(make=_docx(Look.LEGEND), ending="docx", media=_DOCX),
    "odt": DownloadFormat(make=_odt(Look.MARKED), ending="odt", media=_ODT),
    "odt-clean": DownloadFormat(make=_odt(Look.CLEAN), ending="odt", media=_ODT),
    "odt-legend": DownloadFormat(make=_odt(Look.LEGEND), ending="odt", media=_ODT),
    "page": DownloadFormat(make=_page, ending="html", media=_HTML),
    "page-clean": DownloadFormat(make=_clean, ending="html", media=_HTML),
    "page-since": DownloadFormat(make=_since, ending="html", media=_HTML),
    "page-own": DownloadFormat(make=_own, ending="html", media=_HTML),
    "page-beside": DownloadFormat(make=_beside, ending="html", media=_HTML),
    "page-room": DownloadFormat(make=_room, ending="html", media=_HTML),
    "markdown": DownloadFormat(
        make=lambda view, what: markdown_file(view, what.version, _language(view, what)),
        ending="md",
        media="text/markdown; charset=utf-8",
    ),
    "working": DownloadFormat(
        make=lambda view, what: markdown_file(view, what.version, _language(view, what), ids=True),
        ending="md",
        media="text/markdown; charset=utf-8",
    ),
    "json": DownloadFormat(
        make=lambda view, what: json_file(view, what.version), ending="json", media="application/json"
    ),
    "akoma-ntoso": DownloadFormat(
        make=lambda view, what: akn_file(view, what.version, _language(view, what)),
        ending="xml",
        media="application/xml",
    ),
}
"""Every form by its name."""


def take_out(view: View, form: str, what: DownloadRequest) -> bytes:
    """Return a version as a file; the same view gives the same bytes.

    Raises
    ------
    UnknownWordError
        If there is no such form.
    ScenarioError
        If the seat does not hold what is asked for, or the form cannot carry it (a bracket in a clean copy).
    """
    if form not in FORMS:
        raise UnknownWordError("form", form, tuple(FORMS))
    return FORMS[form].make(view, what)

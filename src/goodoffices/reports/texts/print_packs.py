"""Packs for the printer: what one seat holds of texts, roster and agenda, as one PDF file. Same view, same bytes.

A pack is first a value made from a view; drawing adds nothing. Every page carries its number, the check code and copy
mark of the text on it, and the fingerprint of the whole pack.
"""

from __future__ import annotations

import hashlib
import io
import json
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

import segno
from fontTools.ttLib import TTFont

from goodoffices.canonical_json import spaced_json
from goodoffices.data_class import dataclass
from goodoffices.reports.messages.catalogues import LANGUAGES, catalogue_for
from goodoffices.reports.messages.labels import WORDS
from goodoffices.reports.minutes.minutes_paper import copy_paper, newest_copies
from goodoffices.reports.papers.localization import Wording
from goodoffices.reports.papers.paper import Grid, Heading, Paper, text_of
from goodoffices.reports.tables import capital
from goodoffices.reports.texts.sheets import DrawnClause, Run, Sheet, marked_sheet
from goodoffices.reports.typeset import font_folder, typeset
from goodoffices.talks.base.states import VersionState
from goodoffices.talks.claims.as_of import exercise_moment
from goodoffices.talks.documents.document import ClauseState, check_code, square_text
from goodoffices.talks.state.view import View
from goodoffices.talks.texts.rendered_version import title_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """What a pack holds, as plain data to be drawn; ``fingerprint`` is the digest of that data."""

    seat: str
    fingerprint: str
    data: Mapping[str, Any]

    @property
    def sheets(self) -> int:
        """How many texts, each in one language, are in it."""
        return sum(part["kind"] == "text" for part in self.data["parts"])


def pack_of(view: View, *, language: str = "en", calendar: str = "", versions: Sequence[str] | None = None) -> Pack:
    """Return the pack of a seat: cover, roster and agenda, then each version in every language the seat holds.

    Parameters
    ----------
    view
        The seat's view; nothing else is read, so that nothing else can show.
    language
        The language of cover, roster and agenda: one of the six.
    calendar
        The calendar in which days are given a second time: ``persian``, ``islamic`` or none.
    versions
        Handles; by default every version that is not superseded: a pack is what lies on the table, and in old words
        somebody would sign the wrong ones. Those that are asked for come last, and say what superseded them.
    """
    known = view.known
    held = [known.versions[v] for v in versions] if versions is not None else [*known.versions.values()]
    chosen = [version for version in held if versions is not None or version.state != VersionState.SUPERSEDED]
    chosen.sort(key=lambda version: version.state == VersionState.SUPERSEDED)
    sheets = [
        marked_sheet(view, v.handle, body.lang) for v in chosen for body in v.papers if view.text(body) is not None
    ]
    data: dict[str, Any] = {
        "title": known.header.title,
        "seat": capital(view.name(view.seat, language)),
        "band": pack_words(language)("exercise") if known.header.kind.value == "exercise" else "",
        "parts": [
            _cover(view, sheets, language),
            *(text_part(view, sheet) for sheet in sheets),
            *(minutes_parts(view, language, calendar) if versions is None else ()),
        ],
    }
    absent = _absent(json.dumps(data, ensure_ascii=False))
    if absent:
        data["parts"][0]["lines"].append(f"{pack_words(language)('absent')} {absent}")
    seed = spaced_json([view.seat, data])
    fingerprint = hashlib.sha256(b"goodoffices/pack/1\n" + seed).hexdigest()
    for part in data["parts"]:
        part["print"] = [pack_words(part["lang"])("fingerprint"), spaced_digits(fingerprint[:24], 4)]
    return Pack(seat=view.seat, fingerprint=fingerprint, data=data)


def packs_of(
    views: Iterable[View], *, language: str = "en", progress: Callable[[str, int], None] | None = None
) -> dict[str, bytes]:
    """Return the packs of several seats, drawn; ``progress`` hears of each seat as it is done, and how many are."""
    made: dict[str, bytes] = {}
    for view in views:
        made[view.seat] = draw_pack(pack_of(view, language=language))
        if progress is not None:
            progress(view.seat, len(made))
    return made


def draw_pack(pack: Pack) -> bytes:
    """Return a pack as a PDF file: no author, no date, and no font or file from outside the package.

    Raises
    ------
    StorageError
        If the fonts that come with matplotlib are not where it puts them.
    """
    return typeset("goodoffices.reports.texts", "pack", pack.data)


def draw_seat_card(card: Mapping[str, str]) -> bytes:
    """Return a seat card as a PDF file of one small page.

    ``card`` has the texts *kind*, *person*, *seat*, *address*, *code*, *until* and *trust*, the language *lang* with
    its direction *dir*, and the picture *qr* as SVG. Nothing else is read.

    Raises
    ------
    StorageError
        As for :func:`draw_pack`.
    """
    return typeset("goodoffices.reports.texts", "card", card)


def _absent(text: str) -> str:
    """Return the characters that the font cannot draw, as numbers; a text that silently lacks one would be another."""
    seen = {ord(character) for character in text if unicodedata.category(character) not in ("Cc", "Cf", "Mn")}
    return ", ".join(f"U+{number:04X}" for number in sorted(seen - _drawable()))


@cache
def _drawable() -> frozenset[int]:
    """Return the characters that the font can draw, as numbers."""
    with TTFont(font_folder() / "DejaVuSans.ttf") as font:
        return frozenset(font.getBestCmap())


def pack_words(language: str) -> Callable[[str], str]:
    """Return what says a word of packs in ``language``, or in English where there is no catalogue for it."""
    spoken = catalogue_for(language if language in LANGUAGES else "en")
    return lambda word: spoken.find(WORDS["pack"][word])[0]


def states_of(sheet: Sheet) -> Mapping[ClauseState, str]:
    """Return the words for how far clauses have come, in the sheet's language; *proposed* goes without saying."""
    spoken = catalogue_for(sheet.language if sheet.language in LANGUAGES else "en")
    words = {state: spoken.find(WORDS["clause"][state.value])[0] for state in ClauseState}
    return {**words, ClauseState.PROPOSED: ""}


def _version(view: View, handle: str, language: str) -> str:
    """Return a version's number as the seat holds it and how far it has come, with what it is a part of."""
    say, spoken = pack_words(language), catalogue_for(language if language in LANGUAGES else "en")
    version = view.known.versions[handle]
    state = spoken.find(WORDS["version"][version.state])[0]
    later = (v.handle for v in view.known.versions.values() if v.parent == handle and not v.partial)
    after = next(later, "") if version.state == VersionState.SUPERSEDED else ""
    if after:
        state = say("superseded").format(version=after)
    part = say("part").format(version=version.parent) if version.partial and version.parent else ""
    return " · ".join(filter(None, (handle, state, part)))


def text_part(view: View, sheet: Sheet) -> dict[str, Any]:
    """Return one text in one language as a part of a pack."""
    say, states = pack_words(sheet.language), states_of(sheet)
    version = _version(view, sheet.version, sheet.language)
    facts = [[say("version"), version, False], [say("code"), sheet.code, True]]
    foot = [[say("version"), sheet.version], [say("code"), sheet.code]]
    if sheet.mark:
        facts.append([say("mark"), sheet.mark, True])
        foot.append([say("mark"), sheet.mark])
    if sheet.released_to is not None:
        facts.append([say("released"), str(sheet.released_to), False])
    return {
        "kind": "text",
        "lang": sheet.language,
        "dir": sheet.direction,
        "title": sheet.title,
        "lines": [*sheet.lines],
        "facts": facts,
        "qr": _square(square_text(sheet.hash)),
        "clauses": [_clause(clause, states) for clause in sheet.clauses],
        "foot": foot,
        "page": say("page"),
    }


def minutes_parts(view: View, language: str, calendar: str = "") -> Iterator[dict[str, Any]]:
    """Yield the minutes that this seat was sent, the first session first: who is asked about them has to have them."""
    for copy in reversed(newest_copies(view)):
        yield paper_part(copy_paper(view, copy.handle, language, calendar), pack_words(language)("page"))


def paper_part(paper: Paper, page: str) -> dict[str, Any]:
    """Return a paper as a part of a pack: its lines with their numbers, its tables."""
    paragraphs: list[list[Any]] = []
    tables = []
    for block in paper.blocks:
        if isinstance(block, Heading):
            paragraphs.append([block.text, "", []])
        elif isinstance(block, Grid):
            # The heading of a table stands with it: tables come after all lines.
            title = paragraphs.pop()[0] if paragraphs and not paragraphs[-1][1] else ""
            rows = [[text_of(cell) for cell in row] for row in block.rows]
            tables.append({"title": title, "columns": list(block.columns), "rows": rows, "empty": ""})
        else:
            said = " ".join(text_of(sentence.spans) for sentence in block.sentences)
            number = "" if block.number is None else f"{block.number}."
            paragraphs.append([number, said, [text_of(row) for row in block.beside]])
    return {
        "kind": "cover",
        "lang": paper.language,
        "dir": paper.direction,
        "title": text_of(paper.title),
        "lines": [text_of(row) for row in paper.head],
        "ending": [text_of(row) for row in paper.foot],
        "facts": [],
        "tables": tables,
        "paragraphs": paragraphs,
        "foot": [],
        "page": page,
    }


def spaced_digits(digits: str, size: int) -> str:
    """Return digits in groups."""
    return " ".join(digits[k : k + size] for k in range(0, len(digits), size))


def _square(text: str) -> str:
    """Return a QR code as a drawing."""
    drawn = io.BytesIO()
    segno.make(text, micro=False, error="m").save(drawn, kind="svg", border=0, xmldecl=False, nl=False)
    return drawn.getvalue().decode()


def _clause(clause: DrawnClause, states: Mapping[ClauseState, str]) -> dict[str, Any]:
    return {
        "number": clause.number,
        "heading": clause.heading,
        "open": clause.open_number,
        "state": states[clause.state],
        "runs": _paragraphs(clause.runs),
    }


def _paragraphs(runs: Iterable[Run]) -> list[list[tuple[str, str]]]:
    """Return the stretches by lines: a line of the text is a paragraph of the page."""
    made: list[list[tuple[str, str]]] = [[]]
    for run in runs:
        first, *more = run.text.split("\n")
        made[-1].append((run.ink.value, first))
        made += [[(run.ink.value, line)] for line in more]
    return [line for line in made if any(text for _, text in line)]


def _cover(view: View, sheets: Sequence[Sheet], language: str) -> dict[str, Any]:
    say = pack_words(language)
    tables = [_contents(view, sheets, language), roster_table(view, language), agenda_table(view, language)]
    return {
        "kind": "cover",
        "lang": language,
        "dir": catalogue_for(language).direction,
        "title": view.known.header.title,
        "lines": [capital(view.name(view.seat, language)), *_known_by(view, language)],
        "facts": [
            [say("notices"), str(len(view.notices)), True],
            [say("head"), spaced_digits(view.head, 8), True],
        ],
        "paragraphs": [["", say(key), []] for key in ("read-print", "read-head", "read-notice")],
        "tables": tables,
        "foot": [],
        "page": say("page"),
    }


def _known_by(view: View, language: str) -> Iterator[str]:
    """Yield up to which moment the pack goes: of a pack in a drawer nothing else says it."""
    if len(view.notices):
        w = Wording(view, language)
        until = exercise_moment(view) or view.notices[-1].when
        yield w.plain(WORDS["pack"]["known-by"], at=text_of(w.when(until)))


def _contents(view: View, sheets: Sequence[Sheet], language: str) -> dict[str, Any]:
    say = pack_words(language)
    rows = [
        [sheet.title, _version(view, sheet.version, language), sheet.language, sheet.code, " ".join(sheet.lines)]
        for sheet in sheets
    ]
    rows += [
        [
            title_of(view, version),
            _version(view, version.handle, language),
            "",
            check_code(version.hash),
            say("not-held"),
        ]
        for version in view.known.versions.values()
        if not version.papers
    ]
    return {
        "title": say("texts"),
        "columns": [say("title"), say("version"), say("language"), say("code"), say("stands")],
        "rows": rows,
        "empty": say("no-texts"),
    }


def roster_table(view: View, language: str) -> dict[str, Any]:
    """Return who sits at the talks, with roles and delegations."""
    say, spoken = pack_words(language), catalogue_for(language)
    people: dict[str, list[str]] = {}
    for held in view.known.delegations.values():
        named = held.delegation
        people[named.seat] = [view.name(person, language) for person in (named.head, *named.members) if person]
    rows = [
        [
            capital(view.name(slug, language)),
            ", ".join(spoken.find(WORDS["role"][role.value])[0] for role in seat.roles),
            ", ".join(people.get(slug, [])),
        ]
        for slug, seat in view.known.seats.items()
        if not seat.closed
    ]
    return {
        "title": say("roster"),
        "columns": [say("seat"), say("roles"), say("delegation")],
        "rows": rows,
        "empty": say("no-roster"),
    }


def agenda_table(view: View, language: str) -> dict[str, Any]:
    """Return the issues of the agenda with their options."""
    say = pack_words(language)
    rows = []
    for basket in view.known.agenda:
        for issue in basket.issues:
            question = next((n.text for n in issue.question if n.language == language), issue.question[0].text)
            options = (next((n.text for n in o.names if n.language == language), o.slug) for o in issue.options)
            rows.append([basket.title, question, "; ".join(options)])
    return {
        "title": say("agenda"),
        "columns": [say("basket"), say("issue"), say("options")],
        "rows": rows,
        "empty": say("no-agenda"),
    }

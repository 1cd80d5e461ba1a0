"""Home: what needs me, what is new since I was last here, where are we."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from goodoffices.data_class import dataclass
from goodoffices.talks.base.acts import Body
from goodoffices.talks.base.enums import Format
from goodoffices.talks.base.serialization import from_plain
from goodoffices.talks.base.states import RoundState, SessionState
from goodoffices.talks.state.contact_rules import format_basis
from goodoffices.talks.state.knowledge import Knowledge
from goodoffices.talks.state.slices import Notice
from goodoffices.talks.texts.rendered_version import title_of
from goodoffices.web.pages.needs import needs
from goodoffices.web.pages.page import Data, Page, PageContext

_MOST = 12
_SAID = ("words", "question", "title", "conditions", "correction")
_PLACES = (
    ("item", "papers/{}"),
    ("put", "decisions/{}"),
    ("package", "packages/{}"),
    ("text", "texts/{}"),
    ("session", "sessions/{}"),
    ("commitment", "commitments"),
    ("allegation", "ceasefire/{}"),
    ("ledger", "ceasefire"),
    ("invitation", "people"),
    ("round", "sessions"),
)
"""A field of a notice, and the page of the thing that it names."""
_OF_THE_BRIEF = frozenset({"ActionRuled", "BriefGiven", "InjectGiven", "RuleAnswered"})
"""The kinds of acts of an exercise that a seat finds on the page of its brief."""


_PUBLIC = frozenset({
    "AreaNamed", "ClaimEntered", "CommitmentRecorded", "DayReported", "DelegationNamed", "GuaranteeGiven",
    "RecognitionStated", "RoleClaimed", "RoundPlanned", "SamenessDeclared", "SourceEntered", "TextSummarised",
})  # fmt: skip
"""Kinds of acts that tell what became public. They come by the dozen at one moment, and none of them waits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """A row of news: a notice, the page that it leads to, and how many like it came right after it.

    ``words`` are the first that came with it; where none did, ``named`` is the title of the text that it is about.
    """

    notice: Notice
    page: str
    words: Body | None
    named: str = ""
    more: int = 0


def _home(context: PageContext, _: str) -> Data:
    notices = context.view.notices
    new = [notice for notice in notices[context.since :] if not _is_own(context, notice)]
    heads = list(_heads(new))
    return {
        "needs": needs(context),
        "new": [_row(*head, context) for head in heads[-_MOST:][::-1]],
        "n_new": len(heads),
        "since": context.since,
        **_where(context),
    }


def _heads(notices: Iterable[Notice]) -> Iterator[tuple[Notice, int]]:
    """Yield the notices that have a row in the news, oldest first, each with how many more came by the dozen."""
    for came_by_the_dozen, found in groupby(notices, key=_dozen):
        told = list(found)
        if came_by_the_dozen:
            yield told[0], len(told) - 1
        else:
            yield from ((notice, 0) for notice in told)


def _row(notice: Notice, more: int, context: PageContext) -> News:
    page, words = place_and_words(notice, context.language)
    version = context.known.versions.get(str(notice.data.get("version", ""))) if words is None else None
    named = "" if version is None else title_of(context.view, version, context.language)
    return News(notice=notice, page=page, words=words, named=named, more=more)


def _dozen(notice: Notice) -> str:
    """Return by what a notice goes together with its neighbours; empty if it stands alone."""
    if notice.kind == "AttendanceMarked":
        return f"attendance {notice.data.get('session')}"
    return f"public {notice.by} {notice.at[:10]}" if notice.kind in _PUBLIC else ""


def _is_own(context: PageContext, notice: Notice) -> bool:
    """Say whether who looks did this: it is in the record, and no news. What a colleague in the seat did is news."""
    return notice.by == context.seat and notice.person == context.person


def place_and_words(notice: Notice, language: str) -> tuple[str, Body | None]:
    """Return the page that a notice leads to, and the first words that came with it, in ``language`` if they are so."""
    bodies = sorted(_bodies(notice), key=lambda body: body.lang != language)
    return _place(notice), next(iter(bodies), None)


def _bodies(notice: Notice) -> Iterator[Body]:
    for name in _SAID if notice.kind != "BriefGiven" else ():
        given = notice.data.get(name)
        for one in given if isinstance(given, list | tuple) else [given]:
            if isinstance(one, Mapping) and "digest" in one:
                yield from_plain(Body, one)


def _place(notice: Notice) -> str:
    """Return the page of what a notice is about, as this seat names it; empty for none."""
    data = notice.data
    if notice.kind in _OF_THE_BRIEF:
        return "brief"
    if notice.kind == "ItemRelayed" and "item" not in data:
        return f"papers/{data['told']}"
    for name, page in _PLACES:
        handle = data.get(name)
        if isinstance(handle, str) and handle:
            return page.format(handle)
    return ""


def _where(context: PageContext) -> Data:
    known = context.known
    sitting = [s for s in known.sessions.values() if s.state == SessionState.OPEN]
    rounds = [r for r in known.rounds.values() if r.state == RoundState.OPEN]
    return {"sitting": sitting, "formats": context.once("formats", _formats), "rounds": rounds}


def _formats(known: Knowledge) -> list[tuple[tuple[Format, bool], list[str]]]:
    """Return the other open seats by the format that applies with them, and whether that is the default."""
    by_format: dict[tuple[Format, bool], list[str]] = {}
    for other in known.seats.values():
        if other.slug != known.seat and not other.closed:
            basis = format_basis(known, known.seat, other.slug)
            by_format.setdefault((basis.format, basis.is_default), []).append(other.slug)
    return list(by_format.items())


HOME = Page(
    path="", template="home.html", title="Home", parts=("needs", "new", "sealed", "where"), data=_home, under="home"
)

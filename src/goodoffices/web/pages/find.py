"""Finding things in what a seat knows: papers, texts, people, sessions, questions, claims, by words or handle."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from goodoffices.data_class import dataclass
from goodoffices.reports.provenance import subject_name
from goodoffices.talks.base.acts import Body
from goodoffices.talks.texts.rendered_version import title_of as title_of_version
from goodoffices.web.pages.page import Data, Page, PageContext
from goodoffices.web.pages.papers import title_of

MOST_HITS = 50
_LONGEST = 200
_AROUND = 60
_SAME = str.maketrans({"ي": "ی", "ى": "ی", "ك": "ک", "أ": "ا", "إ": "ا", "آ": "ا", "ة": "ه", "ı": "i", "ـ": None})
"""Letters that are written in several ways and sought as one: yeh, kaf, alef, teh marbuta, the dotless i, tatweel."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One thing found: its sort, the page that it has, what it is called, and the words around the place."""

    sort: str
    page: str
    named: str
    handle: str = ""
    around: str = ""


def folded(text: str) -> str:
    """Return text as it is compared: without case, marks above and below letters, and variants of one letter."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in plain if not unicodedata.combining(c)).translate(_SAME)


def hits(context: PageContext, sought: str) -> list[Hit]:
    """Return what this seat's own slice holds of ``sought``: what has it as its handle first, at most 50."""
    wanted = " ".join(folded(sought[:_LONGEST]).split())
    if not wanted:
        return []
    every = [hit for hit in _everything(context, wanted) if hit is not None]
    every.sort(key=lambda hit: folded(hit.handle) != wanted)
    return every[:MOST_HITS]


def _everything(context: PageContext, wanted: str) -> Iterator[Hit | None]:
    yield from _papers(context, wanted)
    yield from _texts(context, wanted)
    yield from _meetings(context, wanted)
    yield from _people(context, wanted)


def _papers(context: PageContext, wanted: str) -> Iterator[Hit | None]:
    view, relays = context.view, context.has("RelayItem")
    for item in context.known.items.values():
        page = "relays" if relays and item.came == "handed" else "papers"
        yield _hit(
            "paper",
            f"{page}/{item.handle}",
            title_of(view, item, context.language),
            item.handle,
            _read(context, item.words),
            wanted,
        )


def _texts(context: PageContext, wanted: str) -> Iterator[Hit | None]:
    view, known = context.view, context.known
    for version in known.versions.values():
        named = title_of_version(view, version, context.language)
        page = f"texts/{version.text}/{version.handle}"
        yield _hit("text", page, named, version.handle, _read(context, version.papers), wanted)
    for comment in known.comments.values():
        if comment.version is not None and comment.clause is not None and comment.words is not None:
            page = f"clauses/{comment.version}/{comment.clause}"
            said = view.text(comment.words) or ""
            yield _hit("comment", page, view.name(comment.by, context.language), comment.handle, said, wanted)


def _meetings(context: PageContext, wanted: str) -> Iterator[Hit | None]:
    known = context.known
    for session in known.sessions.values():
        yield _hit("session", f"sessions/{session.handle}", session.title, session.handle, session.item, wanted)
    for held in known.rounds.values():
        yield _hit("round", "sessions", held.round.title, held.handle, held.round.place, wanted)
    for question in known.questions.values():
        words = context.view.text(question.question) or ""
        yield _hit("question", f"decisions/{question.handle}", words or question.handle, question.handle, words, wanted)
    for one in known.commitments.values():
        yield _hit("commitment", "commitments", one.commitment.what, one.handle, "", wanted)


def _people(context: PageContext, wanted: str) -> Iterator[Hit | None]:
    view, known = context.view, context.known
    for actor in known.actors.values():
        names = " · ".join(name.text for name in actor.names)
        yield _hit("actor", f"people/{actor.slug}", actor.name(context.language), actor.slug, names, wanted)
    for claim in known.claims.values():
        about = claim.claim.about
        page = f"people/{about}" if about in known.actors else "contested"
        said = f"{claim.claim.aspect}: {claim.claim.words}" if claim.claim.words else claim.claim.aspect
        yield _hit("claim", page, subject_name(view, about), claim.handle, said, wanted)


def _read(context: PageContext, bodies: Iterable[Body]) -> str:
    return "\n".join(text for body in bodies if (text := context.view.text(body)))


def _hit(sort: str, page: str, named: str, handle: str, words: str, wanted: str) -> Hit | None:
    """Return a hit if the handle is what is sought, or the name or the words have it."""
    if folded(handle) != wanted and wanted not in folded(f"{named} {words}"):
        return None
    return Hit(sort=sort, page=page, named=named, handle=handle, around=_around(words, wanted))


def _around(words: str, wanted: str) -> str:
    """Return the part of the words around the place; letters that fold to several keep it near enough."""
    plain = " ".join(words.split())
    at = folded(plain).find(wanted)
    if at < 0:
        return ""
    start, end = max(0, at - _AROUND), at + len(wanted) + _AROUND
    return f"{'…' if start else ''}{plain[start:end].strip()}{'…' if end < len(plain) else ''}"


def _find(context: PageContext, _: str) -> Data:
    return {"sought": context.sought, "hits": hits(context, context.sought), "most": MOST_HITS}


FIND = Page(path="find", template="find.html", title="Find", parts=("find",), data=_find, under="find")

"""What stands on the page of a text for its pen alone: who is ready, who has not seen it, who proposed what."""

from __future__ import annotations

from goodoffices.talks.base.enums import Role
from goodoffices.talks.base.refusals import Refusal
from goodoffices.talks.base.states import SessionState
from goodoffices.talks.state.known_texts import KnownText, KnownVersion
from goodoffices.talks.texts.releases import ReadOut, ReleaseVersion
from goodoffices.talks.texts.variants import released_before, waiting_for
from goodoffices.web.pages.page import Data, PageContext
from goodoffices.web.pages.texts.hindrances import hindrances
from goodoffices.web.pages.texts.pen import comments_of
from goodoffices.web.pages.texts.text_parts import notes_of, variant_marks


def of_pen(context: PageContext, text: KnownText, version: KnownVersion) -> Data:
    """Return what only the pen sees: who is ready, who has not seen it, who proposed what."""
    sessions = [s for s in context.known.sessions.values() if s.state == SessionState.OPEN]
    reads = version.released_at is not None and (
        text.pen == context.seat or Role.HOST in (context.view.me.roles if context.view.me else ())
    )
    reading = (
        context.would(ReadOut(version=version.handle, language=version.languages[0], public=True)) if reads else None
    )
    shared = {"reads": reads, "reading_refused": reading, "open_sessions": sessions}
    if text.pen != context.seat:
        return {**shared, "to": [], "parties": [], "unseen": [], "release": None, "proposers": [], "notes": []}
    others = [seat for seat in context.others() if seat.slug not in version.released_to]
    parties = [seat.slug for seat in context.others() if Role.PARTY in seat.roles]
    waiting = [slug for slug in parties if slug not in version.released_to]
    whole = tuple(waiting)
    before = released_before(context.known, version)
    unanswered = [comment for comment in comments_of(context.view, text) if comment.waits]
    return {
        **shared,
        **hindrances(context, text, version, unanswered),
        "before": None if before is None else before.handle,
        "to": [(seat.slug, _unready(context, version, seat.slug)) for seat in others],
        "parties": waiting,
        "unseen": [slug for slug in parties if slug not in version.released_to] if version.released_to else [],
        "notes": notes_of(context, version),
        "release": context.would(ReleaseVersion(version=version.handle, to=whole)) if whole else None,
        "proposers": [
            (
                *variant_marks(version)[handle],
                context.known.variants[handle],
                waiting_for(context.known, version, handle),
            )
            for handle in version.variants
            if handle in context.known.variants
        ],
    }


def _unready(context: PageContext, version: KnownVersion, seat: str) -> Refusal | None:
    """Return why a seat cannot receive now; that others must receive too is not counted as a reason."""
    refusal = context.would(ReleaseVersion(version=version.handle, to=(seat,)))
    return None if refusal is None or refusal.code == "narrower" else refusal

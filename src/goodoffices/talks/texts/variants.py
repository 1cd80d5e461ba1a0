"""Check whether brackets and variants may be removed.

A bracket or variant can be removed only if every proposer of a removed variant has accepted the clause or dropped the
variant. The chair may leave a variant out on its own responsibility; its proposer is then told.
"""

from __future__ import annotations

from collections.abc import Iterable

from goodoffices.talks.base.enums import CommentSort
from goodoffices.talks.documents.alignment import Layout
from goodoffices.talks.documents.markdown import label
from goodoffices.talks.state.command_context import CommandContext
from goodoffices.talks.state.knowledge import Knowledge
from goodoffices.talks.state.known_texts import KnownVersion


def check_removed(
    context: CommandContext, parent: KnownVersion, layout: Layout, *, responsibility: bool
) -> tuple[str, ...]:
    """Return the variants that this version removes. Refused if a proposer of one has not accepted or dropped it.

    Parameters
    ----------
    context
        The context of the pen's command.
    parent
        The version that the new one follows.
    layout
        The new version.
    responsibility
        Whether the chair leaves variants out on its own responsibility.
    """
    gone = _gone(parent, layout)
    for handle in gone:
        open_to = waiting_for(context.known, parent, handle)
        if open_to and not responsibility:
            number, mark = _shown(parent, handle)
            raise context.refuse("proposer_open", variant=mark, clause=number, who=", ".join(open_to))
    return gone


def _gone(parent: KnownVersion, layout: Layout) -> tuple[str, ...]:
    """Return the removed variants: all variants of removed brackets, and variants removed from brackets that stay."""
    kept_brackets, kept = set(layout.brackets), set(layout.variants)
    gone: list[str] = []
    for bracket, places in zip(parent.brackets, parent.variants_in, strict=True):
        held = [parent.variants[place] for place in places]
        gone += held if bracket not in kept_brackets else [variant for variant in held if variant not in kept]
    return tuple(gone)


def waiting_for(known: Knowledge, version: KnownVersion, variant: str) -> tuple[str, ...]:
    """Return the proposers of a variant, as the pen knows them, that have not accepted or dropped it."""
    held = known.variants.get(variant)
    if held is None or held.proposer in (None, known.seat) or held.dropped:
        return ()
    clause = _clause_of(version, variant)
    return () if settled(known, version, clause, held.proposer or "") else (held.proposer or "",)


def released_before(known: Knowledge, version: KnownVersion) -> KnownVersion | None:
    """Return the last version before this one that was released to anybody: what others compare it with.

    Between the two lie the versions that the pen kept for itself.
    """
    before = known.versions.get(version.parent or "")
    while before is not None and not before.released_to:
        before = known.versions.get(before.parent or "")
    return before


def settled(known: Knowledge, version: KnownVersion, clause: str, proposer: str) -> bool:
    """Return whether ``proposer`` said of this clause, in the last version that it could see, that it can accept it."""
    shown = version if version.released_to else released_before(known, version) or version
    said = (c for c in known.comments.values() if (c.version, c.clause, c.by) == (shown.handle, clause, proposer))
    return any(comment.sort is CommentSort.ACCEPT for comment in said)


def left_out(
    known: Knowledge, parent: KnownVersion | None, gone: Iterable[str], kept: Iterable[str] = ()
) -> tuple[str, ...]:
    """Return the variants that are removed without the consent of their proposer: ``gone`` now, or since the release.

    What an earlier version left out that nobody else saw is left out still, unless it stands again among ``kept``.
    """
    if parent is None:
        return ()
    earlier = () if parent.released_to else parent.left_out
    now = (variant for variant in gone if waiting_for(known, parent, variant))
    back = set(kept)
    return tuple(dict.fromkeys(v for v in (*earlier, *now) if v not in back))


def _bracket_of(version: KnownVersion, variant: str) -> tuple[int, int]:
    """Return the place of the bracket that holds a variant, and of the variant in it."""
    place = version.variants.index(variant)
    bracket = next(k for k, held in enumerate(version.variants_in) if place in held)
    return bracket, version.variants_in[bracket].index(place)


def _clause_of(version: KnownVersion, variant: str) -> str:
    return version.clauses[version.bracket_at[_bracket_of(version, variant)[0]]]


def _shown(version: KnownVersion, variant: str) -> tuple[str, str]:
    """Return a variant's clause number and its label."""
    bracket, place = _bracket_of(version, variant)
    return version.numbers[version.bracket_at[bracket]], label(place)

"""What seats might ask about texts: one builder for each command, choosing from what the asking seat knows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

from goodoffices.talks.base.acts import Words
from goodoffices.talks.base.enums import CommentSort, StanceKind, TextKind
from goodoffices.talks.state.command_context import Command
from goodoffices.talks.state.known_texts import KnownVersion
from goodoffices.talks.texts import commands as texts, comments, pens, releases, stances
from properties.worlds.asker import Asker
from properties.worlds.cast import SEATS

DATES = ("30 December", "1 January", "the third of March, at noon")
_HOLDERS = ("gov", "opp", "rus", "un", "kaz")


def _paper(a: Asker, clauses: tuple[str, ...] = (), *, proposed: tuple[str, ...] = ()) -> Words:
    """Return a paper of one to three clauses, bracketed or clean, with or without names."""
    parts = ["# A cease-fire"]
    for k in range(1 + a.pick.number(3)):
        name = f" {{{clauses[k]}}}" if k < len(clauses) and a.pick.number(4) else ""
        parts.append(f"## {k + 1}. Clause{name}")
        mark = f"{{{a.pick.one(proposed)}}}" if proposed else ""
        open_ = a.pick.number(3) == 0 or (bool(proposed) and k == 0)
        parts.append(f"On [[A{mark}: {DATES[0]} | B: {DATES[1]}]]." if open_ else f"On {a.pick.one(DATES)}.")
        proposed = ()
    return Words(text="\n\n".join(parts))


def _table(a: Asker) -> Command:
    first = _paper(a)
    return texts.TableText(
        papers=(first, Words(text=first.text.replace("On", "في"), lang="ar")) if a.pick.number(3) == 0 else (first,),
        kind=a.pick.one((TextKind.DRAFT, TextKind.JOINT, TextKind.CHAIR)),
        about=("gov", "opp"),
    )


def _write(a: Asker) -> Command | None:
    held = [handle for handle, text in a.known.texts.items() if text.versions]
    if not held:
        return None
    text = a.known.texts[a.pick.one(held)]
    latest = a.known.versions[text.versions[-1]]
    said = tuple(c.handle for c in a.known.comments.values() if c.sort is CommentSort.PROPOSE)
    drawn = (a.pick.one(list(a.known.items)),) if a.known.items and a.pick.number(4) == 0 else ()
    paper = _paper(a, latest.clauses, proposed=said)
    return texts.WriteVersion(
        text=text.handle,
        papers=tuple(Words(text=paper.text, lang=lang) for lang, _ in latest.hashes),
        responsibility=a.pick.yes(),
        derived_from=drawn,
        derived_at=("1",) * len(drawn),
        notes=(a.words(),) if a.pick.number(3) == 0 else (),
        notes_at=(),
    )


def _of_version(make: Callable[[Asker, KnownVersion], Command | None]) -> Callable[[Asker], Command | None]:
    def build(a: Asker) -> Command | None:
        held = list(a.known.versions)
        return make(a, a.known.versions[a.pick.one(held)]) if held else None

    return build


def _release(a: Asker, version: KnownVersion) -> Command:
    return releases.ReleaseVersion(
        version=version.handle,
        to=tuple(dict.fromkeys((*a.pick.some(_HOLDERS), *a.pick.some(_HOLDERS)))),
        comment=a.pick.number(4) > 0,
        equal=a.pick.number(4) == 0,
        embargo_until=a.soon() if a.pick.number(4) == 0 else None,
        show_recipients=a.pick.number(3) == 0,
    )


def _show(a: Asker) -> tuple[str, ...]:
    return a.pick.one(((), ("*",), ("gov",), ("opp", "rus")))


def _comment(a: Asker, version: KnownVersion) -> Command:
    return comments.Comment(
        version=version.handle,
        clause=a.pick.one(version.clauses),
        sort=a.pick.one((*CommentSort, CommentSort.PROPOSE)),
        words=a.words(),
        to=() if a.pick.yes() else a.pick.some(_HOLDERS),
        show=_show(a),
    )


def _stance(a: Asker, version: KnownVersion) -> Command:
    return stances.TakeStance(
        version=version.handle,
        kind=a.pick.one(tuple(StanceKind)),
        parts=(a.pick.one(version.clauses),) if a.pick.number(3) == 0 else (),
        words=a.words() if a.pick.yes() else None,
        to=() if a.pick.yes() else a.pick.some(_HOLDERS),
    )


def _of(table: str, make: Callable[[Asker, str], Command]) -> Callable[[Asker], Command | None]:
    def build(a: Asker) -> Command | None:
        handles = list(getattr(a.known, table))
        return make(a, a.pick.one(handles)) if handles else None

    return build


TEXT_BUILDERS: Mapping[str, Callable[[Asker], Command | None]] = {
    "TableText": _table,
    "WriteVersion": _write,
    "ReleaseVersion": _of_version(_release),
    "ReleaseVersion again": _of_version(_release),
    "ReadOut": _of_version(
        lambda a, v: releases.ReadOut(
            version=v.handle, language=v.languages[0], session=next(iter(a.known.sessions), None), public=a.pick.yes()
        )
    ),
    "Comment": _of_version(_comment),
    "Comment again": _of_version(_comment),
    "ProposeVariant": _of_version(
        lambda a, v: comments.ProposeVariant(
            version=v.handle, clause=a.pick.one(v.clauses), words=a.words(), show=_show(a)
        )
    ),
    "DropVariant": _of("variants", lambda a, v: comments.DropVariant(variant=v)),
    "MarkDivergence": _of_version(
        lambda a, v: comments.MarkDivergence(
            version=v.handle, clause=v.clauses[0], languages=("en", "ar"), words=a.words(), to=a.pick.some(_HOLDERS)
        )
    ),
    "AskPen": _of("texts", lambda a, x: pens.AskPen(text=x)),
    "PassPen": _of("texts", lambda a, x: pens.PassPen(text=x, to=a.known.texts[x].offered_to or a.seat())),
    "OpenPen": _of(
        "texts", lambda a, x: pens.OpenPen(text=x, seats=a.pick.some(SEATS), until=a.at + timedelta(minutes=120))
    ),
    "TakeStance": _of_version(_stance),
    "EndStance": _of("stances", lambda a, s: stances.EndStance(stance=s)),
}
"""How each command about texts is drawn."""

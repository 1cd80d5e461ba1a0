"""`goodoffices item …`: the papers that a seat filed, holds or was told, and their words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from goodoffices.cli.terminal.commands import terminal_group
from goodoffices.cli.terminal.output import show_text
from goodoffices.cli.terminal.record_access import LANGUAGE, SEAT
from goodoffices.cli.terminal.send import look_up, print_json, send
from goodoffices.cli.terminal.values import FILE_THERE
from goodoffices.cli.terminal.view_access import AS_OF, JSON, TALKS, view_of, view_then
from goodoffices.talks.base.acts import Body
from goodoffices.talks.base.states import ItemCame
from goodoffices.talks.state.known_exchange import KnownItem
from goodoffices.talks.state.view import View


@terminal_group()
def item() -> None:
    """Show the papers of a seat, with their words.

    TALKS is a talks file, its folder, a bundled scenario, or a record. A paper has the name that this seat has for it
    (m1).
    """


@item.command("list")
@TALKS
@SEAT
@AS_OF
@JSON
def list_(talks: str, seat: str, as_of: str | None, as_json: bool) -> None:
    """List the papers that the seat filed, holds, or was told."""
    with view_then(talks, seat, as_of) as view:
        items = list(view.known.items.values())
        if as_json:
            print_json([_values(view, one) for one in items])
            return
        lines = [f"{one.handle:>4}  {view.time(one.at)}  {_heading(view, one)}{_ended(one)}" for one in items]
        show_text("\n".join(lines) or "This seat has no papers.")


def _ended(one: KnownItem) -> str:
    """Return what became of a paper, where that is not how it came: withdrawn, lapsed, destroyed."""
    return "" if one.ended is None else f", {one.ended.value}"


@item.command()
@TALKS
@click.argument("handle", metavar="ITEM")
@SEAT
@JSON
def show(talks: str, handle: str, seat: str, as_json: bool) -> None:
    """Print the words of ITEM, for example m1, as this seat has them."""
    with view_of(talks, seat) as view:
        one = look_up("item", handle, dict(view.known.items.items()))
        if as_json:
            print_json(_values(view, one))
            return
        show_text(f"{one.handle}: {_heading(view, one)}")
        if one.ended is not None:
            show_text(f"It was {one.ended.value}{'' if one.ended_at is None else ' ' + view.time(one.ended_at)}.")
        for label, body in _bodies(one):
            text = view.text(body)
            show_text(f"\n{label}:\n{'(The words were destroyed.)' if text is None else text}")
        if not _bodies(one):
            show_text("\nThis seat was told that the paper exists, and none of its words.")


@item.command()
@click.argument("file", metavar="RECORD")
@click.argument("message", metavar="FILE", type=FILE_THERE)
@SEAT
@LANGUAGE
def bring(file: str, message: Path, seat: str, language: str) -> None:
    """File a mail (.eml) or the export of a chat (.txt, .json) as a paper of the seat. Nobody else sees it.

    Who wrote it, when and to whom is what the file says. The paper says so, and nothing of it is checked.
    """
    from goodoffices.cli.terminal.input import bytes_in
    from goodoffices.reports.lists.brought_messages import filed_message

    show_text(send(file, seat, filed_message(bytes_in(message), message.name, language)).sentence())


def _heading(view: View, one: KnownItem) -> str:
    """Return in a few words what the paper is and how the seat came by it."""
    from_whom = "an unnamed seat" if one.originator is None else view.name(one.originator)
    if one.came == ItemCame.FILED:
        how = "filed by this seat"
    elif one.came == ItemCame.HANDED:
        how = f"handed to this seat by {from_whom}"
    else:
        form = "" if one.form is None else f", {one.form.value}"
        how = f"told by {view.name(one.teller or '')}{form}"
    title = view.text(one.title)
    return f"{one.kind}{'' if title is None else f' “{title}”'}, {how}"


def _bodies(one: KnownItem) -> list[tuple[str, Body]]:
    found = [(f"Words in {body.lang}", body) for body in one.words]
    return found if one.own_idea is None else [*found, ("The intermediary's own idea", one.own_idea)]


def _values(view: View, one: KnownItem) -> dict[str, Any]:
    return {
        "item": one.handle,
        "kind": one.kind,
        "came": one.came.value,
        "at": one.at,
        "title": view.text(one.title),
        "originator": one.originator,
        "teller": one.teller,
        "form": None if one.form is None else one.form.value,
        "ended": None if one.ended is None else one.ended.value,
        "words": [{"language": body.lang, "text": view.text(body)} for _, body in _bodies(one)],
    }

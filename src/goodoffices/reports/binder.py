"""What a delegation was sent in sealed files, as a view: checked from the first notice, without any server."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from goodoffices.errors import BadSealError
from goodoffices.reports.receipts import slice_lines
from goodoffices.talks.base.persistent import Log
from goodoffices.talks.registry import FOLDS
from goodoffices.talks.state.knowledge import Knowledge
from goodoffices.talks.state.slices import Notice, Slice
from goodoffices.talks.state.view import View


def texts_of(view: View, *, after: int = 0, up_to: int | None = None) -> dict[str, str]:
    """Return the texts that notices name, by their digests, for a sealed file to carry.

    It takes the notices after one number and up to another.
    """
    made: dict[str, str] = {}
    for notice in view.notices[after:up_to]:
        for body in _bodies(notice.data):
            text = view.words(body["id"]) if "id" in body else None
            if text is not None:
                made[body["digest"]] = text
    return made


def slice_content(view: View, *, after: int = 0, up_to: int | None = None) -> dict[str, Any]:
    """Return what a sealed file holds of a seat's view: the notices after one number and up to another, with words."""
    last = len(view.notices) if up_to is None else up_to
    return {
        "seat": view.seat,
        "after": after,
        "head": view.heads[last - 1].hex() if last and last < len(view.notices) else view.head,
        "notices": [line.decode() for line in slice_lines(view)[after:last]],
        "texts": texts_of(view, after=after, up_to=last),
        "words": {item.handle: [view.text(body) for body in item.words] for item in view.known.items.values()},
    }


def content_of_file(view: View, n_back: int = 0) -> dict[str, Any]:
    """Return what the file holds that was sealed for this seat ``n_back`` files before its last one.

    It is what reached the seat after the file before it, with the notice that tells of the file itself.

    Raises
    ------
    IndexError
        If so many files were not made.
    """
    me = view.me
    made = (0, *(() if me is None else me.sealed))
    if not 0 <= n_back < len(made) - 1:
        raise IndexError(n_back)
    return slice_content(view, after=made[-2 - n_back], up_to=made[-1 - n_back])


def sealed_view(contents: Sequence[Mapping[str, Any]]) -> View:
    """Return the view that the contents of sealed files give together, in the order in which they were sent.

    Raises
    ------
    BadSealError
        If a file is missing between two, a notice was changed, or the files are of two seats.
    """
    ordered = sorted(contents, key=lambda content: int(content["after"]))
    seat = str(ordered[0]["seat"])
    head, known = Slice.empty(seat).head, Knowledge(seat)
    texts: dict[str, str] = {}
    notices: list[Notice] = []
    heads: list[bytes] = []
    for number, content in enumerate(ordered, start=1):
        if content["seat"] != seat:
            raise BadSealError(f"file {number} is for another seat than the first; open the files of one seat together")
        after = int(content["after"])
        if after > len(notices):
            raise BadSealError(
                f"a file is missing: you have the notices up to {len(notices)}, and file {number} begins after "
                f"{after}. Ask for the one between"
            )
        texts |= dict(content.get("texts", {}))
        for line in content["notices"][len(notices) - after :]:
            head = hashlib.sha256(head + line.encode()).digest()
            notice = _notice(json.loads(line))
            fold = FOLDS.get(notice.kind)
            known = known if fold is None else fold(known, notice)
            notices.append(notice)
            heads.append(head)
        if head.hex() != content["head"] and len(notices) == after + len(content["notices"]):
            raise BadSealError(
                f"the notices of file {number} do not give the fingerprint that it states; ask for it again"
            )
    return View(
        seat=seat,
        known=known,
        notices=Log(notices),
        head=head.hex(),
        words=texts.get,
        heads=Log(heads),
        n_opening=_n_opening(notices),
    )


def _n_opening(notices: list[Notice]) -> int:
    """Return how many notices opened the talks, as far as sealed files tell: those of the first minute and its seat."""
    if not notices or notices[0].kind != "TalksOpened":
        return 0
    first = notices[0]
    return next((n for n, one in enumerate(notices) if (one.at, one.by) != (first.at, first.by)), len(notices))


def _notice(plain: Mapping[str, Any]) -> Notice:
    """Return a notice as a record has it; a body is found by its digest, as nothing else is told of it."""
    more = {key: plain[key] for key in ("role", "person", "entered_by", "happened_at", "on_paper") if key in plain}
    face = "self" if plain.get("role") else "all"
    return Notice(
        n=plain["n"], kind=plain["kind"], at=plain["at"], by=plain["by"], face=face, data=_named(plain["data"]), **more
    )


def _named(value: Any) -> Any:
    if isinstance(value, dict):
        named = {key: _named(item) for key, item in value.items()}
        return named | {"id": value["digest"]} if "digest" in value and "lang" in value else named
    return [_named(item) for item in value] if isinstance(value, list) else value


def _bodies(value: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, dict):
        if "digest" in value:
            yield value
        for item in value.values():
            yield from _bodies(item)
    elif isinstance(value, list):
        for item in value:
            yield from _bodies(item)

"""A form that comes back refused: every fold around it and in it is open, and the focus is on the field to fill in."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

_FOLD = re.compile(r"<details\b(?P<rest>[^>]*)>|</details>")
_FIELD = re.compile(r'<(?:input|textarea|select)\b[^>]*\bname="(?P<name>[^"]*)"[^>]*')
_HIDDEN = re.compile(r'type="hidden"')

FIELDS_OF: Mapping[str, tuple[str, ...]] = {
    "needs_reason": ("words", "reason", "ground"),
    "unknown": ("words",),
    "past": ("until", "closes_at", "lapses_at", "at"),
    "in_future": ("taken_at", "occurred_from", "at"),
}
"""The fields that a refusal asks to fill in, by its code; a form has at most one of each row."""


def brought_to(page: str, form: str, missing: Collection[str] = ()) -> str:
    """Return a page with the folds of one of its forms open and the focus on the first field that is ``missing``.

    Without a missing field that stands in the form, the focus is on its first field. A page without the form is
    returned as it is.
    """
    begun = page.find(f'id="f-{form}"')
    if begun < 0:
        return page
    start, end = page.rindex("<form", 0, begun), page.index("</form>", begun)
    before, inside, after = page[:start], page[start:end], page[end:]
    return _around(before) + _focused(_unfolded(inside), missing) + after


def _around(before: str) -> str:
    """Open the folds that are not closed where the form begins."""
    still_open: list[re.Match[str]] = []
    for found in _FOLD.finditer(before):
        if found[0].startswith("</"):
            still_open.pop()
        else:
            still_open.append(found)
    return _opened(before, still_open)


def _unfolded(inside: str) -> str:
    """Open the folds within a form in which there is something to fill in."""
    begun: list[re.Match[str]] = []
    folds: list[re.Match[str]] = []
    for found in _FOLD.finditer(inside):
        if not found[0].startswith("</"):
            begun.append(found)
            continue
        first = begun.pop()
        if any(_HIDDEN.search(one[0]) is None for one in _FIELD.finditer(inside[first.end() : found.start()])):
            folds.append(first)
    return _opened(inside, folds)


def _opened(text: str, folds: Collection[re.Match[str]]) -> str:
    for fold in sorted(folds, key=re.Match.start, reverse=True):
        if not re.search(r"\sopen(?=[\s=]|$)", fold["rest"]):
            text = f"{text[: fold.end() - 1]} open{text[fold.end() - 1 :]}"
    return text


def _focused(inside: str, missing: Collection[str]) -> str:
    seen = [one for one in _FIELD.finditer(inside) if _HIDDEN.search(one[0]) is None]
    wanted = [one for one in seen if one["name"] in missing]
    wanted = wanted or [one for one in seen if one["name"].partition(".")[0] in missing]
    for field in (wanted or seen)[:1]:
        mark = ' autofocus aria-describedby="refused"' + (' aria-invalid="true"' if wanted else "")
        return f"{inside[: field.end()]}{mark}{inside[field.end() :]}"
    return inside

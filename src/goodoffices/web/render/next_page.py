"""Which page follows a command: that of the thing it made, else the one that its form stood on."""

from __future__ import annotations

from goodoffices.talks.state.view import View
from goodoffices.web.render.render import find_page


def next_page(back: str, view: View, n: int) -> str:
    """Return the address of the page after a command that gave notice ``n`` (0: none) from a form on page ``back``."""
    made = view.notices[n - 1] if n else None
    if made is not None and made.kind == "ItemFiled":
        return f"papers/{made.data['item']}"
    if made is not None and made.kind == "SessionPlanned":
        return f"sessions/{made.data['session']}"
    if made is not None and made.kind == "VersionWritten":
        return f"texts/{made.data['text']}/{made.data['version']}"
    if made is not None and made.kind == "QuestionPut" and made.by == view.seat:
        return f"decisions/{made.data['put']}"
    return back if find_page(back, view) is not None else ""

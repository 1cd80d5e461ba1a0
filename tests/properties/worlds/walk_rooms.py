"""What a walk does in the rooms: attendance, who moves where, and the lists of speakers."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from properties.worlds.http import Browser


def _attend(browser: Browser) -> object:
    """Mark attendance: of own sessions, of sessions of others, wrongly, twice with one key; open and close."""
    marks = {"_key": "attend-all-1", "_form": "attend", "mark.gov": "present", "mark.opp": "absent"}
    asked = [("s1", {**marks, "do": "save"}), ("s1", {**marks, "do": "save"}), ("s7", {**marks, "do": "save"})]
    asked += [
        ("s1", {"_key": f"attend-{do}-{handle}", "do": do, "mark.un": mark})
        for do, mark, handle in (
            ("all", "left", "s1"),
            ("open", "", "s1"),
            ("close", "", "s1"),
            ("save", "asleep", "s1"),
        )
    ]
    asked += [("s2", {"_key": "attend-open-s2", "do": "open", "mark.gov": "present"})]
    sent = [browser.post(f"{browser.base}/attendance/{handle}", fields) for handle, fields in asked]
    moves = [
        browser.post(f"{browser.base}/hall/move", {"_key": f"move-{who}-{to}", "who": who, "session": to})
        for who, to in (("gov", "s1"), ("opp", "s2"), ("gov", ""), ("nobody", "s1"), ("", ""))
    ]
    return [*sent, *moves, browser.get(f"{browser.base}/hall")]


def _speak(browser: Browser) -> object:
    given = [
        {"do": "add", "who": "gov"},
        {"do": "add", "who": "nobody"},
        {"do": "next"},
        {"do": "limit", "limit": "60"},
    ]
    sent = [browser.post(f"{browser.base}/speakers/{s}", fields) for s in ("s1", "s7") for fields in given]
    return [*sent, browser.get(f"{browser.base}/speakers/s1")]


ROOMS_WALK: Mapping[str, Callable[[Browser], object]] = {
    "/d/{path_id}/attendance/{session} POST": _attend,
    "/d/{path_id}/hall/move POST": lambda b: b.post(f"{b.base}/hall/move", {"who": "opp", "session": "s9"}),
    "/d/{path_id}/speakers/{session} POST": _speak,
}
"""What is asked of every route of sessions, attendance and speakers."""

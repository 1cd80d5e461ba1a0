"""Me: language, theme, calendar, and leaving."""

from __future__ import annotations

from goodoffices.reports.messages.reader_calendars import CALENDARS
from goodoffices.web.pages.page import Data, Page, PageContext

THEMES = ("system", "light", "dark")


def _me(context: PageContext, _: str) -> Data:
    del context
    return {"themes": THEMES, "calendars": CALENDARS}


ME = Page(
    path="me",
    template="me.html",
    title="You and this browser",
    parts=("me", "passphrase", "sessions"),
    data=_me,
    under="me",
)

"""Me: language, theme, and leaving."""

from __future__ import annotations

from goodoffices.web.pages.page import Data, Page, PageContext

THEMES = ("system", "light", "dark")


def _me(context: PageContext, _: str) -> Data:
    del context
    return {"themes": THEMES}


ME = Page(path="me", template="me.html", title="Language and appearance", parts=("me",), data=_me, under="me")

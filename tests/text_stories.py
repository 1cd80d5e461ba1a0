"""Stories about texts: the UN envoy holds the pen, two parties have accepted service."""

from __future__ import annotations

from goodoffices.talks.base.enums import CommentSort
from goodoffices.talks.seats.service import AcceptService
from goodoffices.talks.texts.commands import TableText, WriteVersion
from goodoffices.talks.texts.comments import Comment
from goodoffices.talks.texts.releases import ReleaseVersion
from stories import Story, words

FIRST = "# Cease-fire\n\n## 1. Start\n\nIt begins on 30 December.\n\n## 2. Watch\n\nThree states watch it.\n"
BRACKETED = (
    "# Cease-fire\n\n## 1. Start {cl1}\n\nIt begins on [[A: 30 December | B{co1}: 1 January]].\n\n"
    "## 2. Watch {cl2}\n\nThree states watch it.\n"
)
CLEAN = FIRST.replace("30 December", "1 January").replace("Start", "Start {cl1}").replace("Watch", "Watch {cl2}")


class Talks(Story):
    """A story in which the UN envoy (``un``) holds the pen and ``gov`` and ``opp`` have accepted service."""

    def __init__(self) -> None:
        super().__init__()
        for seat in ("gov", "opp"):
            self.do(seat, AcceptService())

    def table(self, *papers: str, by: str = "un", **more: object) -> str:
        given = tuple(words(text, lang) for text, lang in zip(papers or (FIRST,), ("en", "ar", "ru"), strict=False))
        self.do(by, TableText(papers=given, **more))  # type: ignore[arg-type]
        return list(self.view(by).known.versions)[-1]

    def release(self, version: str, *to: str, by: str = "un", **more: object) -> str:
        self.do(by, ReleaseVersion(version=version, to=to or ("gov", "opp"), **more))  # type: ignore[arg-type]
        return version

    def write(self, text: str, **more: object) -> str:
        self.do("un", WriteVersion(text="tx1", papers=(words(text),), **more))  # type: ignore[arg-type]
        return list(self.view("un").known.versions)[-1]

    def bracketed(self) -> str:
        """Release a first version, let ``opp`` propose words, and write and release the version with both."""
        self.release(self.table())
        self.do("opp", Comment(version="v1", clause="cl1", sort=CommentSort.PROPOSE, words=words("1 January")))
        return self.release(self.write(BRACKETED))

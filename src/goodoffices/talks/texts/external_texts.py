"""Summaries of texts of the world: words of ours by which two copies can be compared, entered from the talks file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from goodoffices.talks.base.acts import Content, Words, bodies
from goodoffices.talks.state.knowledge import Knowledge
from goodoffices.talks.state.slices import Notice


@dataclass(frozen=True, slots=True, kw_only=True)
class TextSummarised(Content):
    """The words of a text of the world, as summarised by whoever wrote the talks file."""

    FACES = {"self": ("text", "papers"), "all": ("text", "papers")}

    text: str
    papers: tuple[Words, ...]


def _summarised(known: Knowledge, notice: Notice) -> Knowledge:
    return known.put("summaries", notice.data["text"], bodies(notice.data["papers"]))


SUMMARY_FOLDS: Mapping[str, Callable[[Knowledge, Notice], Knowledge]] = {"TextSummarised": _summarised}

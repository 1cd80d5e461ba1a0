"""Summaries of texts of the world: words of ours by which two copies can be compared, entered from the talks file."""

from __future__ import annotations

from dataclasses import dataclass

from goodoffices.talks.base.acts import Content, Words, faces


@dataclass(frozen=True, slots=True, kw_only=True)
class TextSummarised(Content):
    """The words of a text of the world, as summarised by whoever wrote the talks file."""

    FACES = faces("text", "papers")

    text: str
    papers: tuple[Words, ...]

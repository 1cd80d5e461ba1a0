"""Summaries of texts of the world, from the talks file. Copies of such texts are compared by them."""

from __future__ import annotations

from goodoffices.data_class import dataclass
from goodoffices.talks.base.acts import Content, Words, faces


@dataclass(frozen=True, slots=True, kw_only=True)
class TextSummarised(Content):
    """A text of the world was summarised by the author of the talks file."""

    FACES = faces("text", "papers")

    text: str
    papers: tuple[Words, ...]

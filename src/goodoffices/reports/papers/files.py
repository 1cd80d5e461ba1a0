"""A paper as a file of any of the kinds that are offered."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from goodoffices.data_class import dataclass
from goodoffices.errors import UnknownWordError
from goodoffices.reports.papers.page_file import html_of, terminal_text
from goodoffices.reports.papers.paper import Paper
from goodoffices.reports.papers.pdf_file import pdf_of
from goodoffices.reports.papers.word_file import docx_of


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperFormat:
    """A kind of file that a paper is written as, by the ending of its name."""

    media: str
    write: Callable[[Paper], bytes]


FORMATS: Mapping[str, PaperFormat] = {
    "docx": PaperFormat(media="application/vnd.openxmlformats-officedocument.wordprocessingml.document", write=docx_of),
    "pdf": PaperFormat(media="application/pdf", write=pdf_of),
    "html": PaperFormat(media="text/html; charset=utf-8", write=lambda paper: html_of(paper).encode()),
    "txt": PaperFormat(media="text/plain; charset=utf-8", write=lambda paper: terminal_text(paper).encode()),
}
"""The kinds of files, by ending."""


def paper_file(paper: Paper, ending: str, *, template: bytes | None = None) -> bytes:
    """Return a paper as a file.

    Raises
    ------
    UnknownWordError
        If no file of that ending can be written.
    ScenarioFileError
        If the template is not a ``.docx`` file.
    """
    if ending not in FORMATS:
        raise UnknownWordError("kind of file", ending, tuple(FORMATS))
    if ending == "docx":
        return docx_of(paper, template=template)
    return FORMATS[ending].write(paper)

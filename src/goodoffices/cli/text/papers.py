"""The texts that a person names on the command line: versions, copies known from outside, and files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from goodoffices.cli.terminal.input import bytes_in, text_in
from goodoffices.cli.terminal.send import look_up
from goodoffices.cli.terminal.values import raise_not_there
from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioError, quoted
from goodoffices.reports.texts.plain_english import copies_named
from goodoffices.talks.base.acts import check_language
from goodoffices.talks.base.languages import language_among
from goodoffices.talks.documents.document import Paper
from goodoffices.talks.documents.markdown import read_paper, single_brackets
from goodoffices.talks.state.view import View
from goodoffices.talks.texts.rendered_version import paper_of

_WORD_PROCESSOR = (".docx", ".odt", ".doc", ".docm", ".rtf")


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedText:
    """A text in each of its languages, and what a person should know of how a file was read."""

    papers: tuple[Paper, ...]
    notes: tuple[str, ...] = ()


def named_text(view: View, name: str, language: str | None = None, beside: Sequence[str] = ()) -> NamedText:
    """Return the text that ``name`` means in a view: a version, a file, or a copy known from outside.

    Parameters
    ----------
    language
        The language of a file that does not say it. Left out, it is told from its letters.
    beside
        The languages of what it is compared with, if known; else those of the talks are thought of first.

    Raises
    ------
    ScenarioError
        If there is no such text, or a file cannot be read.
    """
    version = view.known.versions.get(name)
    if version is not None:
        papers = (paper_of(view, version, lang) for lang in version.languages)
        return NamedText(papers=tuple(paper for paper in papers if paper is not None))
    if Path(name).is_file():
        return _file(Path(name), language, beside or view.known.header.languages)
    if Path(name).suffix.lower() in (*_WORD_PROCESSOR, ".md", ".markdown", ".txt"):
        raise_not_there(name)
    copies = copies_named(view)
    named = next((one for one in view.known.header.texts if one.slug == name), None)
    if named is not None and name not in copies:
        raise ScenarioError(
            f"the words of {quoted(name)} (“{named.title}”) are not in this record; `goodoffices text standing` says "
            "who stands where on it"
        )
    return NamedText(
        papers=tuple(look_up("version or copy", name, {**dict.fromkeys(view.known.versions, ()), **copies}))
    )


def both_texts(view: View, names: tuple[str, str], language: str | None) -> list[NamedText]:
    """Return two texts; a file that does not say its language is in that of the one beside it, if its letters fit."""
    is_file = [name not in view.known.versions and Path(name).is_file() for name in names]
    beside: tuple[str, ...] = ()
    if is_file[0] != is_file[1]:
        held = named_text(view, names[is_file.index(False)])
        beside = tuple(paper.lang for paper in held.papers)
    return [named_text(view, name, language, beside) for name in names]


def _file(path: Path, language: str | None, beside: Sequence[str]) -> NamedText:
    if language is not None:
        check_language(language)
    if path.suffix.lower() in _WORD_PROCESSOR:
        from goodoffices.formats.odt.reader import read_text_file

        read = read_text_file(bytes_in(path), name=path.name, lang=language)
        marks = [f"{read.n_marks} tracked marks are left aside: its text as it stands is compared."] * bool(
            read.n_marks
        )
        said = (*marks, *read.said(names=False))
        return NamedText(papers=(read.paper,), notes=tuple(f"{path.name}: {note}" for note in said))
    text = text_in(path)
    papers = (read_paper(text, language or language_among(text, beside)),)
    return NamedText(papers=papers, notes=tuple(f"{path.name}: {note}" for note in single_brackets(text)))

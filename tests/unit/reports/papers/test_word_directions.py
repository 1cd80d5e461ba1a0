"""In a Word file a stretch that runs the other way never joins the one behind it, and keeps its own full stop."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from goodoffices.reports.minutes.minutes_paper import copy_paper
from goodoffices.reports.papers.paper import Look, Paper, Paragraph, Sentence, Span
from goodoffices.reports.papers.word_file import docx_of
from unit.reports.papers.test_round_file import told

LRM, RLM = "\u200e", "\u200f"
RUN = re.compile(r"<w:r>(?:<w:rPr>(.*?)</w:rPr>)?<w:t xml:space=\"preserve\">(.*?)</w:t></w:r>", re.S)


def runs(paper: Paper) -> list[tuple[bool, str]]:
    """Return the runs of a paper's Word file: whether each is from the right, and its text."""
    with zipfile.ZipFile(io.BytesIO(docx_of(paper))) as packed:
        body = packed.read("word/document.xml").decode()
    return [("<w:rtl/>" in frame, text) for frame, text in RUN.findall(body)]


@pytest.mark.parametrize("language", ["ar", "fa"])
def test_what_runs_from_the_left_is_kept_apart_in_a_paper_from_the_right(language: str) -> None:
    view = told().view("gov")
    [handle] = [copy.handle for copy in view.known.copies.values() if copy.reader == "gov"]
    found = runs(copy_paper(view, handle, language))
    latin = [n for n, (is_rtl, text) in enumerate(found) if not is_rtl and re.search("[A-Za-z]", text)]
    assert latin
    for n in latin:
        assert found[n][1].startswith(LRM) and found[n][1].endswith(LRM), found[n]
        assert found[n + 1] == (True, RLM)


def test_names_of_two_scripts_keep_their_brackets_and_end_from_the_right() -> None:
    spans = (Span(text="Attajdid (به عربی) ← Aridi [M11 W]", look=Look.WORDS, language="fa"), Span(text=": "))
    made = runs(_paper("fa", *spans))
    assert (True, f"Attajdid (به عربی) ← Aridi [M11 W]{LRM}{RLM}") in made


def test_a_paper_from_the_left_gets_marks_only_around_what_runs_the_other_way() -> None:
    words = Span(text="ورقة.", look=Look.WORDS, language="ar")
    made = runs(_paper("ru", Span(text="Записка: "), words, Span(text="Jaafari", look=Look.NAME)))
    assert made[-3:] == [(True, f"{RLM}ورقة.{RLM}"), (False, LRM), (False, "Jaafari")]


def _paper(language: str, *spans: Span) -> Paper:
    return Paper(language=language, title=(), blocks=(Paragraph(sentences=(Sentence(spans=spans),)),), page="1")

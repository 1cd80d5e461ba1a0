"""Files of texts as a seat takes them out."""

from __future__ import annotations

import io
import zipfile

import pytest

from goodoffices.errors import ScenarioError
from goodoffices.formats.documents.json_document import verify_version
from goodoffices.formats.docx.reader import read_docx
from goodoffices.formats.docx.writer import Look
from goodoffices.reports.texts.files import akn_file, docx_file, json_file, markdown_file
from goodoffices.reports.texts.tracked_changes import changes_in
from goodoffices.talks.base.enums import CommentSort
from goodoffices.talks.documents.markdown import read_paper
from goodoffices.talks.texts.comments import Comment
from goodoffices.talks.texts.rendered_version import paper_of
from stories import words
from text_stories import CLEAN, FIRST, Talks
from unit.reports.texts.test_text_sheets import ARABIC


def test_t20_markdown_gives_back_the_paper_with_and_without_names() -> None:
    story = Talks()
    version = story.bracketed()
    view = story.view("un")
    paper = paper_of(view, view.known.versions[version], "en")
    assert read_paper(markdown_file(view, version, "en", ids=True).decode(), "en") == paper
    assert "{cl" not in markdown_file(view, version, "en").decode()


def test_t20_the_docx_of_a_version_gives_back_the_paper() -> None:
    story = Talks()
    version = story.bracketed()
    view = story.view("gov")
    for look in (Look.MARKED, Look.LEGEND):
        data = docx_file(view, version, "en", look=look)
        assert read_docx(data, name="a.docx").paper == paper_of(view, view.known.versions[version], "en")
        assert docx_file(view, version, "en", look=look) == data
    with pytest.raises(ScenarioError, match="clauses 1 have brackets"):
        docx_file(view, version, "en", look=Look.CLEAN)


def test_only_own_remarks_go_along_and_nobodys_name() -> None:
    story = Talks()
    version = story.release(story.table())
    clause = story.view("gov").known.versions[version].clauses[0]
    for seat, text in (("gov", "ours"), ("opp", "theirs")):
        story.do(seat, Comment(version=version, clause=clause, sort=CommentSort.REJECT, words=words(text)))
    for seat, own, other in (("gov", b"ours", b"theirs"), ("opp", b"theirs", b"ours")):
        with zipfile.ZipFile(io.BytesIO(docx_file(story.view(seat), version, "en"))) as packed:
            every = b"".join(packed.read(name) for name in packed.namelist())
        assert own in every
        assert other not in every
        assert b"Amal" not in every


def test_the_json_of_a_version_proves_the_check_code_that_all_holders_have() -> None:
    story = Talks()
    version = story.release(story.table(FIRST, ARABIC))
    files = [json_file(story.view(seat), version) for seat in ("gov", "opp", "un")]
    assert len(set(files)) == 1
    found = verify_version(files[0], name="v.json")
    assert found.holds
    assert found.hash == story.view("gov").known.versions[version].hash


def test_a_seat_that_holds_not_all_languages_cannot_prove_the_hash() -> None:
    story = Talks()
    version = story.release(story.table(FIRST, ARABIC), languages=("ar",))
    with pytest.raises(ScenarioError, match="not held here in en"):
        json_file(story.view("gov"), version)


def test_t4_t10_the_archives_copy_is_of_clean_texts_and_says_who_has_not_signed() -> None:
    story = Talks()
    clean = story.release(story.table(about=("gov", "opp")))
    assert b"Neither has signed it." in akn_file(story.view("gov"), clean, "en")
    other = Talks()
    marked = other.bracketed()
    with pytest.raises(ScenarioError, match="clauses 1 have brackets"):
        akn_file(other.view("gov"), marked, "en")


def test_a_file_with_the_check_code_of_another_version_says_of_which() -> None:
    story = Talks()
    first = story.bracketed()
    second = story.release(story.write(CLEAN, responsibility=True))
    view = story.view("gov")
    file = docx_file(view, first, "en")
    assert changes_in(view, second, file, name="a.docx").made_from == first
    assert changes_in(view, first, file, name="a.docx").made_from == ""
    third = story.table(FIRST.replace("30 December", "2 January"))
    unknown = docx_file(story.view("un"), third, "en")
    assert len(changes_in(view, second, unknown, name="a.docx").made_from.split()) == 6


def test_what_our_own_file_says_beside_its_text_is_said_once() -> None:
    story = Talks()
    version = story.release(story.table())
    [told] = read_docx(docx_file(story.view("gov"), version, "en"), name="a.docx").said(names=True)
    assert told.startswith("Left out: a line beside the text in the title: “EXERCISE ")

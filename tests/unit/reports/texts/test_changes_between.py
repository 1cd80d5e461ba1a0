"""What a file changes in a version: clauses are matched by name, words, then number; nothing is dropped in silence."""

from __future__ import annotations

import pytest

from docx_files import deleted, docx, ended, inserted, listed, moved, numbering, paragraph, run
from goodoffices.formats.docx.reader import read_docx
from goodoffices.formats.docx.writer import write_docx
from goodoffices.reports.texts.file_changes import FileChange, FileChanges, as_command
from goodoffices.reports.texts.tracked_changes import changes_between
from goodoffices.talks.base.enums import CommentSort
from goodoffices.talks.documents.diff import Change
from goodoffices.talks.documents.markdown import read_paper
from goodoffices.talks.texts.comments import Comment

HELD = read_paper(
    "# Agreement on wells\n\n## 1. {cl1}\n\nIt shall not enter into force before 1 May.\n\n"
    "## 2. {cl2}\n\nArea A.\n\n## 3. {cl3}\n\nArea B.\n",
    "en",
)
TITLE = paragraph(run("Agreement on wells"))
FIRST, SECOND, THIRD = "1. It shall not enter into force before 1 May.", "2. Area A.", "3. Area B."


def found(*paragraphs: str, title: str = TITLE, **parts: str) -> FileChanges:
    data = docx(title, *(p if p.startswith("<") else paragraph(run(p)) for p in paragraphs), **parts)
    return changes_between(HELD, read_docx(data, name="a.docx", lang="en"))


def rows(changes: FileChanges) -> list[tuple[str, str, str, str]]:
    return [(c.clause, c.change.value if c.change else "remark", c.words, c.author) for c in changes.changes]


def test_an_added_clause_with_the_number_of_another_is_added_and_changes_no_other() -> None:
    new = paragraph(inserted("2. New clause.", "N"), frame=ended("ins", "N"))
    second = paragraph(deleted("2.", "N"), inserted("3.", "N"), run(" Area A."))
    third = paragraph(deleted("3.", "N"), inserted("4.", "N"), run(" Area B."))
    changes = found(FIRST, new, second, third)
    assert rows(changes) == [("cl1", "added", "New clause.", "N")]
    assert (changes.changes[0].number, changes.changes[0].first) == ("2", False)
    assert {"Renumbered: clause 2 becomes 3 by N.", "Renumbered: clause 3 becomes 4 by N."} <= set(changes.notes)


def test_the_same_holds_for_a_clause_that_was_added_without_marking_it() -> None:
    changes = found(FIRST, "2. New clause.", "3. Area A.", "4. Area B.")
    assert rows(changes) == [("cl1", "added", "New clause.", "")]


def test_the_same_holds_in_a_list_that_counts_by_itself_and_in_our_own_file() -> None:
    frame = listed(1)
    changes = found(
        paragraph(run(FIRST[3:]), frame=frame),
        paragraph(inserted("New clause.", "N"), frame=frame + ended("ins", "N")),
        paragraph(run("Area A."), frame=frame),
        paragraph(run("Area B."), frame=frame),
        numbering=numbering(("%1.",)),
    )
    assert rows(changes) == [("cl1", "added", "New clause.", "N")]


def test_a_clause_added_before_the_first_says_so() -> None:
    changes = found(
        paragraph(inserted("1. New.", "N"), frame=ended("ins", "N")), "2. It shall not enter into force before 1 May."
    )
    [change] = [c for c in changes.changes if c.author]
    assert (change.clause, change.first, change.words) == ("cl1", True, "New.")


def test_a_change_in_a_clause_with_another_number_is_found_by_its_words() -> None:
    changes = found(
        paragraph(run("10. It shall not enter into force before 1 May"), inserted(" unless both sign", "N"), run(".")),
        "11. Area A.",
        "12. Area B.",
    )
    assert rows(changes) == [("cl1", "changed", "It shall not enter into force before 1 May unless both sign.", "N")]
    assert any("10 is clause 1, 11 is clause 2, 12 is clause 3" in note for note in changes.notes)


@pytest.mark.parametrize("figures", ["۱۲۳", "١٢٣"])
def test_numbers_in_other_figures_are_the_same_numbers(figures: str) -> None:
    changes = found(*(f"{figure}. {text[3:]}" for figure, text in zip(figures, (FIRST, SECOND, THIRD), strict=True)))
    assert (changes.changes, changes.notes) == ((), ())


def test_a_move_is_a_move_whether_marked_or_not() -> None:
    gone = paragraph(moved("2. Area A.", "N", away=True), frame=ended("moveFrom", "N"))
    come = paragraph(moved("2. Area A.", "N", away=False), frame=ended("moveTo", "N"))
    marked = found(FIRST, gone, THIRD, come, paragraph(run("4. Last.")))
    assert ("cl2", "moved", "Move this clause after clause 3.", "N") in rows(marked)
    assert not [c for c in marked.changes if c.author and c.change is not Change.MOVED]
    silent = found(FIRST, "2. Area B.", "3. Area A.")
    assert [(c.clause, c.change) for c in silent.changes if c.change is Change.MOVED] or silent.notes


def test_a_move_and_a_title_are_asked_and_never_filed_as_the_words_of_a_clause() -> None:
    move = FileChange(clause="cl2", change=Change.MOVED, words="Move this clause after clause 3.")
    title = FileChange(clause="cl1", change=Change.CHANGED, words="Title: Accord", of_title=True)
    for change in (move, title):
        command = as_command("v1", change, language="en", table=True)
        assert isinstance(command, Comment)
        assert command.sort is CommentSort.ASK


def test_titles_are_compared_too() -> None:
    tracked = paragraph(run("Agreement on "), deleted("wells", "N"), inserted("water", "N"))
    assert rows(found(FIRST, SECOND, THIRD, title=tracked)) == [("cl1", "changed", "Title: Agreement on water", "N")]
    silent = found(FIRST, SECOND, THIRD, title=paragraph(run("Accord")))
    assert rows(silent) == [("cl1", "changed", "Title: Accord", "")]


def test_a_change_whose_words_stand_in_the_version_already_is_said_and_not_dropped() -> None:
    changes = found(
        paragraph(run("1. It shall "), inserted("not ", "N"), run("enter into force before 1 May.")), SECOND, THIRD
    )
    assert [c.author for c in changes.changes] == [""]
    assert any("this version has these words already" in note for note in changes.notes)


def test_a_change_of_a_clause_that_the_version_does_not_have_is_not_dropped() -> None:
    changes = found(
        FIRST, SECOND, THIRD, paragraph(run("4. Quite other words here"), inserted(" indeed", "N"), run("."))
    )
    assert ("cl3", "added", "Quite other words here indeed.", "N") in rows(changes)
    struck = paragraph(deleted("4. Quite other words here.", "N"), frame=ended("del", "N"))
    assert any("this version has no such clause" in note for note in found(FIRST, SECOND, THIRD, struck).notes)


def test_a_number_that_is_put_in_brackets_is_said() -> None:
    opened = paragraph(inserted("[", "N"), run("2."), inserted("]", "N"), run(" Area A."))
    changes = found(FIRST, opened, THIRD)
    assert any("puts its number in brackets" in note for note in changes.notes)


def test_the_count_of_marks_goes_along() -> None:
    assert found(FIRST, SECOND, THIRD).n_marks == 0
    assert found(paragraph(run(FIRST), inserted(" Now.", "N")), SECOND, THIRD).n_marks == 1


def test_what_is_typed_after_a_line_of_ours_is_named() -> None:
    data = write_docx(HELD, lines=["Check code 1234"])
    reading = read_docx(data, name="a", lang="en")
    assert any("“Check code 1234”" in note for note in changes_between(HELD, reading).notes)
    assert changes_between(HELD, reading).changes == ()


def test_a_clause_that_is_moved_and_changed_is_shown_as_both() -> None:
    gone = paragraph(
        moved("1. It shall not enter into force before 1 May.", "N", away=True), frame=ended("moveFrom", "N")
    )
    words = (moved("3. It shall not enter into force before 1 May", "N", away=False), inserted(" 2027.", "N"))
    changes = found(gone, SECOND, paragraph(*words, frame=ended("moveTo", "N")), THIRD)
    assert rows(changes) == [
        ("cl1", "moved", "Move this clause after clause 2.", "N"),
        ("cl1", "changed", "It shall not enter into force before 1 May 2027.", "N"),
    ]


def test_numbers_that_are_exchanged_are_told_once() -> None:
    second = paragraph(deleted("2.", "N"), inserted("3.", "N"), run(" Area A."))
    third = paragraph(deleted("3.", "N"), inserted("2.", "N"), run(" Area B."))
    changes = found(FIRST, second, third)
    assert changes.notes == ("Renumbered: clause 2 becomes 3 by N.", "Renumbered: clause 3 becomes 2 by N.")


def test_a_clause_that_this_version_lacks_is_no_addition_if_its_author_strikes_it() -> None:
    gone = paragraph(deleted("4. Tolls are taken.", "N"), frame=ended("del", "N"))
    changes = found(FIRST, SECOND, THIRD, gone)
    assert rows(changes) == []
    assert any("clause 4 (removed) by N: this version has no such clause" in note for note in changes.notes)


def test_a_remark_on_a_clause_that_this_version_lacks_says_on_which() -> None:
    on = '<w:commentRangeStart w:id="1"/>' + run("4. Tolls.") + '<w:commentRangeEnd w:id="1"/>'
    said = f'<w:comments><w:comment w:id="1" w:author="N">{paragraph(run("Why?"))}</w:comment></w:comments>'
    changes = found(FIRST, SECOND, THIRD, paragraph(on), comments=said)
    [remark] = [change for change in changes.changes if change.change is None]
    assert (remark.clause, remark.number) == ("cl3", "4")
    told = "A remark stands on clause 4 of the file, which this version does not have. It is shown with clause 3."
    assert told in changes.notes


def test_a_deleted_end_of_a_line_is_placed_in_the_clause_that_it_changes() -> None:
    gap = '<w:del w:id="7" w:author="N"><w:r><w:tab/><w:br/></w:r></w:del>'
    changes = found(FIRST, SECOND, paragraph(run("3. Area"), gap, run(" B.")))
    assert not [note for note in changes.notes if note.startswith("Not placed: a deletion")]

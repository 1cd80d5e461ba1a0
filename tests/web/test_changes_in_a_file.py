"""A delegation's file with tracked changes: shown clause by clause, and nothing filed that is not confirmed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from docx_files import deleted, docx, ended, inserted, paragraph, run, zipped
from goodoffices.formats.odt.writer import odt_from_docx
from goodoffices.talks.state.known_texts import KnownComment
from properties.worlds.http import ORIGIN, Answer
from web.test_texts import Table, opened_table, released

AUTHOR = "Colonel Amal Haddad"


@pytest.fixture
def table(tmp_path: Path) -> Iterator[Table]:
    yield from opened_table(tmp_path)


def upload(
    table: Table, seat: str, data: bytes, *, version: str = "v1", name: str = "ours.docx", **more: str
) -> Answer:
    browser = table.browser(seat)
    assert browser.signed_in is not None
    fields = {"_csrf": browser.signed_in.tokens.csrf, "_form": "bring", "language": "en", **more}
    return browser.send(f"{browser.base}/changes/{version}", fields, file=("file", name, data))


def tracked(*, unmarked: str = "") -> bytes:
    """Return the released text with one tracked change a clause, by two hands."""
    return docx(
        paragraph(run("Watching"), style="GoTitle"),
        paragraph(run("1. Start"), frame='<w:outlineLvl w:val="0"/>'),
        paragraph(run("It begins on [A: 30 December | B: 1 January]"), inserted(" at noon", AUTHOR), run(".")),
        paragraph(run("2. Watch"), frame='<w:outlineLvl w:val="0"/>'),
        paragraph(deleted("Three", "Clerk"), inserted("Four", "Clerk"), run(f" watch{unmarked}.")),
    )


def rows(page: str) -> list[str]:
    found = re.search(r'<ol class="rows plain">(.*?)</ol>', page, re.S)
    return [] if found is None else re.findall(r'<li class="row">(.*?)</li>\n', found[1], re.S)


def plain(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def confirmed(table: Table, seat: str, page: str, *take: str, **more: str) -> Answer:
    """Send the form of the page back with some changes ticked, as a browser would."""
    form = page[page.index('/confirm"') :]
    fields: dict[str, str | tuple[str, ...]] = dict(re.findall(r'type="hidden" name="([\w.]+)" value="([^"]*)"', form))
    for name, words in re.findall(r'<textarea id="[^"]+" name="(words\.\d+)"[^>]*>\n(.*?)</textarea>', form, re.S):
        fields[name] = words
    fields |= dict(re.findall(r'<textarea hidden name="(unmarked\.\d+)">(.*?)</textarea>', form, re.S))
    browser = table.browser(seat)
    return browser.post(f"{browser.base}/changes/v1/confirm", {**fields, "as": "comment", "take": take, **more})


def test_each_change_is_shown_with_its_clause_its_words_before_and_after_and_its_author(table: Table) -> None:
    answer = upload(released(table), "opp", tracked())
    assert answer.status == 200
    one, two = rows(answer.text)
    assert "Clause 1 other words" in plain(one)
    assert AUTHOR in one
    assert "<ins> at noon</ins>" in one
    assert "by Clerk , as the file says" in plain(two)
    assert "<del>Three</del> watch." in two
    assert "<ins>Four</ins> watch." in two


def test_nothing_is_filed_before_it_is_confirmed(table: Table) -> None:
    released(table)
    before = [len(table.world.room.view(seat).notices) for seat in ("opp", "un", "gov")]
    acts = len(table.world.room.acts())
    upload(table, "opp", tracked())
    assert [len(table.world.room.view(seat).notices) for seat in ("opp", "un", "gov")] == before
    assert len(table.world.room.acts()) == acts


def test_confirmed_changes_become_the_seats_own_proposals_and_no_other(table: Table) -> None:
    page = upload(released(table), "opp", tracked()).text
    answer = confirmed(table, "opp", page, "1")
    assert answer.status == 303, plain(answer.text)[:400]
    [made] = table.world.room.view("opp").known.comments.values()
    assert (made.sort.value, made.clause, made.by) == ("proposes-words", "cl2", "opp")
    assert made.words is not None
    assert table.world.room.view("un").text(made.words) == "Four watch."
    assert not table.world.room.view("gov").known.comments


def test_two_confirmed_changes_are_two_proposals_and_a_repeated_form_files_none_twice(table: Table) -> None:
    page = upload(released(table), "opp", tracked()).text
    for _ in range(2):
        assert confirmed(table, "opp", page, "0", "1").status == 303
    assert [c.clause for c in table.world.room.view("opp").known.comments.values()] == ["cl1", "cl2"]


def test_names_of_authors_reach_no_act_and_no_other_seat(table: Table) -> None:
    page = upload(released(table), "opp", tracked()).text
    assert AUTHOR in page
    confirmed(table, "opp", page, "0", "1")
    assert AUTHOR not in "".join(str(act) for act in table.world.room.acts())
    for seat in ("un", "gov", "opp"):
        for path in ("texts/tx1/v1", "changes/v1", "record"):
            assert AUTHOR not in table.page(seat, path)


def test_a_change_that_the_file_does_not_mark_is_shown_as_such(table: Table) -> None:
    page = upload(released(table), "opp", tracked(unmarked=" by night")).text
    assert sum("not marked in the file as a change" in plain(row) for row in rows(page)) == 1
    assert "by night" in plain(page)


def test_without_a_tick_nothing_is_filed_and_the_page_says_so(table: Table) -> None:
    page = upload(released(table), "opp", tracked()).text
    answer = confirmed(table, "opp", page)
    assert answer.status == 422
    assert "Nothing is ticked" in answer.text
    assert len(rows(answer.text)) == 2
    assert not table.world.room.view("opp").known.comments


def test_if_one_is_refused_none_is_filed_and_ticks_and_words_stay(table: Table) -> None:
    page = upload(released(table), "opp", tracked()).text
    answer = confirmed(table, "opp", page, "0", "1", **{"words.1": "  ", "words.0": "my own words"})
    assert answer.status == 422
    assert "Clause 2" in plain(answer.text)
    assert not table.world.room.view("opp").known.comments
    assert ">\nmy own words</textarea>" in answer.text
    assert 'value="0" checked' in answer.text


def test_the_words_may_be_mended_before_they_are_filed(table: Table) -> None:
    page = upload(released(table), "opp", tracked()).text
    assert confirmed(table, "opp", page, "1", **{"words.1": "Five watch."}).status == 303
    [made] = table.world.room.view("opp").known.comments.values()
    assert made.words is not None
    assert table.world.room.view("un").text(made.words) == "Five watch."


def test_while_the_pen_is_open_they_can_be_tabled_before_all_holders(table: Table) -> None:
    released(table)
    assert "Table what is ticked" not in upload(table, "opp", tracked()).text
    table.do("un", "OpenPen", text="tx1", seats="opp", until="2017-01-22T18:00:00+00:00")
    page = upload(table, "opp", tracked()).text
    assert "Table what is ticked (all who hold the text are told)" in page
    assert confirmed(table, "opp", page, "1", **{"as": "table"}).status == 303
    assert [
        table.world.room.view("gov").text(v.words)
        for v in table.world.room.view("gov").known.variants.values()
        if v.words
    ] == ["Four watch."]


def test_a_new_clause_and_a_remark_keep_their_places(table: Table) -> None:
    said = '<w:comment w:id="4" w:author="Clerk"><w:p><w:r><w:t>Who pays?</w:t></w:r></w:p></w:comment>'
    comments = f"<w:comments>{said}</w:comments>"
    heading = '<w:outlineLvl w:val="0"/>'
    end = f'<w:rPr><w:ins w:id="3" w:author="{AUTHOR}"/></w:rPr>'
    data = docx(
        paragraph(run("Watching"), style="GoTitle"),
        paragraph(run("1. Start"), frame=heading),
        paragraph(run("It begins on [A: 30 December | B: 1 January].")),
        paragraph(inserted("1a. Pause", AUTHOR), frame=heading + end),
        paragraph(inserted("It may pause.", AUTHOR), frame=end),
        paragraph(run("2. Watch"), frame=heading),
        paragraph('<w:commentRangeStart w:id="4"/>', run("Three watch."), '<w:commentRangeEnd w:id="4"/>'),
        comments=comments,
    )
    page = upload(released(table), "opp", data).text
    new, remark = rows(page)
    assert "New clause 1a put in" in plain(new)
    assert "Who pays?" in remark
    assert "on the words Three watch." in plain(remark)
    assert confirmed(table, "opp", page, "0", "1").status == 303
    held = [(c.clause, c.sort.value) for c in table.world.room.view("un").known.comments.values()]
    assert held == [("cl1", "proposes-words"), ("cl2", "asks")]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "no file was chosen"),
        (b"\xd0\xcf\x11\xe0 old", "this is an older .doc file"),
        (b"PK\x03\x04 cut", "the archive is damaged or cut off"),
        (zipped({"word/document.xml": "<x/>", "word/vbaProject.bin": b"0"}), "it has macros"),
        (
            zipped({"word/document.xml": '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'}),
            "declares a document type or entities",
        ),
        (zipped({"../../etc/passwd": b"0", "word/document.xml": "<x/>"}), "leads out of the archive"),
    ],
)
def test_a_hostile_file_is_refused_with_its_sentence(table: Table, data: bytes, sentence: str) -> None:
    answer = upload(released(table), "opp", data)
    assert answer.status == 422
    assert sentence in answer.text
    assert not rows(answer.text)


def test_a_files_name_is_shown_without_its_way_and_cannot_act_on_the_page(table: Table) -> None:
    name = "C:\\\\home\\\\<img src=x onerror=alert(1)>\u202excod.docx"
    answer = upload(released(table), "opp", b"PK", name=name)
    assert "<img src=x" not in answer.text
    assert "home" not in answer.text[answer.text.index('role="alert"') :]
    assert "\u202e" not in answer.text


def test_an_upload_is_bounded_and_comes_from_a_page_of_this_desk(table: Table) -> None:
    released(table)
    assert upload(table, "opp", b"0" * (17 * 2**20)).status == 413
    assert upload(table, "opp", tracked(), _csrf="wrong").status == 400
    browser = table.browser("opp")
    assert browser.post(f"{browser.base}/changes/v1", {}).status == 415
    assert (
        browser.send(f"{browser.base}/changes/v1", {}, file=("file", "a", b""), origin="http://elsewhere").status == 400
    )
    assert ORIGIN != "http://elsewhere"


def test_there_is_no_such_page_for_who_does_not_hold_the_version(table: Table) -> None:
    released(table)
    assert upload(table, "rus", tracked()).status == 404
    assert upload(table, "opp", tracked(), version="v9").status == 404
    assert table.status("rus", "changes/v1") == 404


def test_the_pen_is_told_why_it_brings_no_changes(table: Table) -> None:
    page = released(table).page("un", "changes/v1")
    assert 'type="file"' not in page
    assert "Why can’t I" in page


def test_more_changes_than_a_person_can_confirm_are_refused(table: Table) -> None:
    many = [
        paragraph(run(f"{k}. Clause"), run(" so"), inserted(f" {k}", AUTHOR), frame='<w:outlineLvl w:val="0"/>')
        for k in range(3, 300)
    ]
    answer = upload(released(table), "opp", docx(paragraph(run("Watching"), style="GoTitle"), *many))
    assert answer.status == 422
    assert "at most 200 are taken at once" in plain(answer.text)


def test_a_new_title_a_resolved_remark_and_a_new_first_clause_are_shown_as_what_they_are(table: Table) -> None:
    comment = f'<w:comment w:id="4" w:author="Clerk"><w:p w14:paraId="P1">{run("Why?")}</w:p></w:comment>'
    data = docx(
        paragraph(deleted("Watching", AUTHOR), inserted("Monitoring", AUTHOR), style="GoTitle"),
        paragraph(inserted("1. Purpose: peace.", AUTHOR), frame=ended("ins", AUTHOR)),
        paragraph(run("1. Start"), frame='<w:outlineLvl w:val="0"/>'),
        paragraph(run("It begins on [A: 30 December | B: 1 January].")),
        paragraph(run("2. Watch"), frame='<w:outlineLvl w:val="0"/>'),
        paragraph(run("Three watch."), '<w:r><w:commentReference w:id="4"/></w:r>'),
        comments=f"<w:comments>{comment}</w:comments>",
        commentsExtended='<w15:commentsEx><w15:commentEx w15:paraId="P1" w15:done="1"/></w15:commentsEx>',
    )
    page = upload(released(table), "opp", data).text
    title, first, remark = map(plain, rows(page))
    assert "Title of the text" in title
    assert "before clause 1" in first
    assert "marked as resolved in the file" in remark
    assert confirmed(table, "opp", page, "0", "1").status == 303
    made = [(c.sort.value, c.words and table.world.room.view("un").text(c.words)) for c in known(table)]
    assert made == [("asks", "Title: Monitoring"), ("proposes-words", "Purpose: peace.")]


def known(table: Table) -> list[KnownComment]:
    return list(table.world.room.view("opp").known.comments.values())


def test_a_file_whose_marks_cannot_be_shown_is_not_called_unchanged(table: Table) -> None:
    box = f"<w:r><w:pict><w:txbxContent><w:p>{inserted('We reserve.', AUTHOR)}</w:p></w:txbxContent></w:pict></w:r>"
    data = docx(
        paragraph(run("Watching"), style="GoTitle"),
        paragraph(run("1. Start"), frame='<w:outlineLvl w:val="0"/>'),
        paragraph(run("It begins on [A: 30 December | B: 1 January]."), box),
        paragraph(run("2. Watch"), frame='<w:outlineLvl w:val="0"/>'),
        paragraph(run("Three watch.")),
    )
    page = upload(released(table), "opp", data).text
    assert "no tracked change" not in page
    assert "“We reserve.”" in re.sub(r"<[^>]+>", "", page)


def test_an_opendocument_file_is_read_too(table: Table) -> None:
    data = odt_from_docx(
        docx(paragraph(run("Watching")), paragraph(run("1. Start: now.")), comments="<w:comments></w:comments>")
    )
    answer = upload(released(table), "opp", data, name="ours.odt")
    assert answer.status == 200
    assert rows(answer.text)


def test_what_goes_along_with_a_proposal_though_nobody_marked_it_stands_beside_it(table: Table) -> None:
    page = upload(released(table), "opp", tracked(unmarked=" by night")).text
    [row] = [row for row in rows(page) if "Clerk" in row]
    assert "It also has words that nobody marked in the file. Added: by night" in plain(row)
    answer = confirmed(table, "opp", page)
    [again] = [row for row in rows(answer.text) if "Clerk" in row]
    assert "Added: by night" in plain(again)


def test_what_was_filed_already_is_said_and_not_filed_again(table: Table) -> None:
    page = upload(released(table), "opp", tracked()).text
    assert "on the record already" not in plain(page)
    assert confirmed(table, "opp", page, "1").status == 303
    [made] = table.world.room.view("opp").known.comments.values()
    again = upload(table, "opp", tracked()).text
    [row] = [row for row in rows(again) if "on the record already" in plain(row)]
    assert "Clerk" in row
    assert f"as {made.handle}" in plain(row)
    answer = confirmed(table, "opp", again, "1")
    assert answer.status == 422
    assert "What is ticked is on the record already, so nothing was filed." in plain(answer.text)
    assert confirmed(table, "opp", again, "0", "1").status == 303
    assert [c.clause for c in table.world.room.view("opp").known.comments.values()] == ["cl2", "cl1"]

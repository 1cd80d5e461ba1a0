"""The weekly note: sources as footnotes, confidences without, the ledgers side by side, no empty heading."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from goodoffices.errors import ScenarioFileError
from goodoffices.reports.minutes.minutes_paper import newest_copies
from goodoffices.reports.papers.files import FORMATS, paper_file
from goodoffices.reports.papers.page_file import terminal_text
from goodoffices.reports.week.span import week_of
from goodoffices.reports.week.week_paper import Note, week_paper
from goodoffices.talks.base.enums import Form, Format, NoteLevel, Role
from goodoffices.talks.base.local_time import end_of_day
from goodoffices.talks.claims.positions import StatePosition
from goodoffices.talks.core import view_for
from goodoffices.talks.exchange.relays import RelayItem
from goodoffices.talks.notes.lines import TakeNote
from goodoffices.talks.notes.minutes import ApproveMinutes, CirculateMinutes, CorrectMinutes
from goodoffices.talks.rounds.rounds import AnswerInvitation, Invite
from goodoffices.talks.rounds.sessions import OpenSession, PlanSession
from goodoffices.talks.state.view import View
from properties.worlds.cast import START
from stories import Story, words
from talks_once import folded


def bundled_view(seat: str) -> View:
    """Return a seat's view of the bundled Astana talks."""
    return view_for(folded("astana-2017", START), seat)


def told() -> Story:
    """Return a story in which a position was stated and changed, and a paper was told in confidence."""
    story = Story()
    story.do("gov", StatePosition(issue="who-watches", option="guarantors"))
    story.do("gov", StatePosition(issue="who-watches", option="committee"))
    item = story.paper(by="opp", holder="un", to="gov")
    story.do("un", RelayItem(item=item, to="gov", form=Form.PARAPHRASE, words=words("A way out is proposed.")))
    return story


def note(story: Story, seat: str, *, confidences: bool = True, language: str = "en") -> str:
    view = story.view(seat)
    span = week_of(view, until=story.in_minutes(5))
    return terminal_text(week_paper(view, span, Note(reader="headquarters", confidences=confidences), language), 4000)


def test_a_position_stands_beside_the_one_before_with_its_source() -> None:
    made = note(told(), "rus")
    assert re.search(r"The gov, on “Who watches\?”: committee\. Before: guarantors\. \[\d+\]", made)
    assert "[1] Our record" in made


def test_what_was_told_in_confidence_says_so_and_has_no_footnote() -> None:
    made = note(told(), "gov")
    assert re.search(r"The un told us in confidence: “A way out is proposed”\.(?! \[)", made)
    assert "in confidence" not in note(told(), "gov", confidences=False)
    assert "in confidence" not in note(told(), "rus")


def met(*, room: str = "") -> Story:
    """Return a story of a session with a decision, something to be done, a quiet line, a correction and an approval."""
    story = Story()
    heard = ("un", "gov", "rus") if room else ()
    story.do("un", PlanSession(title="Aid", format=Format.PLENARY, participants=("un", "gov", "opp", "rus", "tur")))
    story.do("un", OpenSession(session="s1"))
    story.do("un", TakeNote(session="s1", words=words("A page comes."), speaker="un", is_decision=True, room=room,
                            heard=heard, todo=words("the page"), todo_who="un",
                            todo_by=story.in_minutes(60 * 24)))  # fmt: skip
    story.do("un", TakeNote(session="s1", words=words("A quiet word."), speaker="gov", is_decision=True,
                            level=NoteLevel.UNATTRIBUTED))  # fmt: skip
    story.do("un", TakeNote(session="s1", words=words("Can bring a list."), speaker="rus", room=room, heard=heard))
    story.do("un", CirculateMinutes(session="s1", until=story.in_minutes(60), team=("sec",)))
    copy = newest_copies(story.view("rus"))[0]
    story.do("rus", CorrectMinutes(copy=copy.handle, line=len(copy.lines), words=words("On Saturday.")))
    story.do("un", CirculateMinutes(session="s1", until=story.in_minutes(60)))
    story.at += timedelta(hours=2)
    story.do("un", ApproveMinutes(minutes="mi1"))
    return story


@pytest.mark.parametrize("seat", ["un", "gov", "tur", "sec"])
def test_what_all_who_were_there_have_in_their_minutes_is_no_confidence(seat: str) -> None:
    told = " ".join(note(met(), seat, confidences=False).split())
    for said in (
        "Decided on",
        "A page comes.",
        "The un, according to the minutes “Aid”: the page:",
        "The rus corrected its line in the minutes: On Saturday.",
        "The minutes “Aid” were approved on",
    ):
        assert said in told
    assert "quiet" not in told and "Confidential" not in told
    whole = " ".join(note(met(), seat).split())
    assert "A quiet word." in whole and "Confidential: for headquarters only." in whole


@pytest.mark.parametrize("seat", ["un", "gov", "sec"])
def test_what_was_decided_in_one_room_is_a_confidence_of_those_who_were_in_it(seat: str) -> None:
    bare = note(met(room="A"), seat, confidences=False)
    assert "A page comes." not in bare and "the page" not in bare and "On Saturday." not in bare
    assert "A page comes." in note(met(room="A"), seat)


def test_a_week_tells_invitations_and_answers_to_those_who_know_of_them() -> None:
    story = Story()
    story.do("rus", Invite(round="r1", to="opp", role=Role.PARTY))
    story.do("opp", AnswerInvitation(invitation="i1", answer="accepted"))
    for seat in ("rus", "opp"):
        told = " ".join(note(story, seat).split())
        assert "The rus invited The opp to “First round”." in told
        assert "The opp answered the invitation to “First round”: accepted." in told
        assert "invited" not in note(story, seat, confidences=False)
    assert "invited" not in note(story, "gov")


def test_a_heading_without_anything_is_not_printed() -> None:
    made = note(told(), "usa")
    assert "People and groups." not in made and "Cease-fire." not in made


def test_every_footnote_stands_on_a_sentence_and_is_numbered_by_its_first_use() -> None:
    view = bundled_view("secretariat")
    span = week_of(view, until=week_of(view).until + timedelta(days=6))
    paper = week_paper(view, span, Note(reader="headquarters"))
    used = [n for block in paper.blocks for sentence in block.sentences for n in sentence.notes]  # type: ignore[union-attr]
    assert list(dict.fromkeys(used)) == list(range(1, len(paper.notes) + 1))
    text = terminal_text(paper, 4000)
    assert "the ledger of Russia reports 9" in text and "the ledger of Turkey reports zero" in text
    assert "That says nothing about calm, and no rise or fall can be told." in text


@pytest.mark.parametrize("ending", list(FORMATS))
def test_equal_notes_are_equal_bytes(ending: str) -> None:
    view = bundled_view("secretariat")
    one, two = (paper_file(week_paper(view, week_of(view), Note(reader="x")), ending) for _ in range(2))
    assert one == two


def template(document: str) -> bytes:
    """Return a small template as a ministry's word processor writes it, with who made it in its properties."""
    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml."
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/docProps/core.xml" ContentType="x"/>'
        f'<Override PartName="/word/document.xml" ContentType="{kind}document.main+xml"/></Types>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"'
        ' Target="word/document.xml"/><Relationship Id="rId2" Type="p" Target="docProps/core.xml"/></Relationships>',
        "docProps/core.xml": "<x>Dana of the ministry</x>",
        "word/document.xml": f"<w:document {w}><w:body>{document}<w:sectPr/></w:body></w:document>",
        "word/styles.xml": f'<w:styles {w}><w:style w:type="paragraph" w:default="1" w:styleId="Std">'
        '<w:name w:val="Normal"/></w:style></w:styles>',
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        for name, text in parts.items():
            packed.writestr(name, text)
    return made.getvalue()


def test_a_template_gives_its_look_and_not_who_made_it() -> None:
    view = bundled_view("secretariat")
    paper = week_paper(view, week_of(view), Note(reader="x"))
    document = (
        "<w:p><w:r><w:t>Ministry</w:t></w:r></w:p><w:p><w:r><w:t>{{</w:t></w:r><w:r><w:t>text}}</w:t></w:r></w:p>"
    )
    made = paper_file(paper, "docx", template=template(document))
    assert made == paper_file(paper, "docx", template=template(document))
    with zipfile.ZipFile(io.BytesIO(made)) as packed:
        names = packed.namelist()
        text = packed.read("word/document.xml").decode()
        whole = b"".join(packed.read(name) for name in names)
    assert "docProps/core.xml" not in names and b"Dana" not in whole and b"docProps" not in whole
    assert text.index("Ministry") < text.index("Weekly note") and "{{" not in text
    assert text.endswith("<w:sectPr/></w:body></w:document>")
    with pytest.raises(ScenarioFileError):
        paper_file(paper, "docx", template=b"no document")


_WELL = """
version: 1
talks: {slug: well, title: The well, zone: Europe/Zurich, summary: [A well.]}
languages: [en]
actors:
  north: {kind: party, names: {en: North}}
  envoy: {kind: person, names: {en: The envoy}}
seats:
  north: {actor: north, roles: [party]}
  envoy: {actor: envoy, roles: [mediator]}
commitments:
  sluice: {obligors: [north], what: Open the sluice., due: [{due: 2026-11-27}], condition: if the South pays}
  gauge: {obligors: [north], what: Read the gauge., due: [{due: 2026-12-04}]}
  road: {obligors: [north], what: Mend the road., due: [{due: 2026-10-04}]}
"""


def test_what_fell_due_in_the_week_and_is_not_done_is_told_with_its_condition(tmp_path: Path) -> None:
    (tmp_path / "well.yaml").write_text(_WELL, encoding="utf-8")
    view = view_for(folded(tmp_path / "well.yaml", datetime(2026, 11, 30, 12, tzinfo=UTC)), "envoy")
    made = terminal_text(week_paper(view, week_of(view), Note()), 4000)
    late = "North: Open the sluice, on condition: the South pays: was due Fri 27 Nov 2026. No report says that"
    assert f"Next. {late} it was done in full. North: Read the gauge: Fri 4 Dec 2026." in made
    assert "Mend the road" not in made


def test_what_is_due_on_a_day_is_late_only_when_that_day_is_over(tmp_path: Path) -> None:
    (tmp_path / "well.yaml").write_text(_WELL, encoding="utf-8")
    view = view_for(folded(tmp_path / "well.yaml", datetime(2026, 11, 30, 12, tzinfo=UTC)), "envoy")
    over = end_of_day(date(2026, 11, 27), view.zone)
    for minutes_left in (0, 1, 60, 12 * 60, 24 * 60 - 1):
        week = week_of(view, until=over - timedelta(minutes=minutes_left))
        made = " ".join(terminal_text(week_paper(view, week, Note()), 4000).split())
        assert ("was due Fri 27 Nov 2026" in made) is (minutes_left == 0), made
        assert ("due Fri 27 Nov 2026, the last day of this note" in made) is (minutes_left > 0), made


def test_a_week_names_what_a_claim_is_about_where_its_words_do_not() -> None:
    paper = week_paper(view := bundled_view("un-envoy"), week_of(view), Note())
    told = " ".join(terminal_text(paper, 10_000).split())
    assert "on “Delegation of the armed opposition”: About fifty people flew." in told
    assert "on “Government of Syria”: Ten members" in told


def test_the_week_of_the_bundled_talks_says_of_what_its_numbers_are_parts() -> None:
    paper = week_paper(view := bundled_view("un-envoy"), week_of(view), Note())
    told = " ".join(terminal_text(paper, 10_000).split())
    assert "Questions on which the sources disagree: 13. On 6 of them there is something new." in told
    assert "(Aleppo 6, not placed 6)" in told
    assert "Days without a bulletin here: 17–21 Jan. That" in told
    assert "~ Opening: Mon 23 Jan 2017, 13:00" in told
    assert "More reports on this in the brief: 7." in told


def test_a_session_planned_in_the_week_is_told_even_if_the_record_does_not_say_that_it_was_held() -> None:
    view = bundled_view("un-envoy")
    week = week_of(view, until=datetime(2017, 1, 25, tzinfo=UTC))
    told = " ".join(terminal_text(week_paper(view, week, Note()), 10_000).split())
    assert "“Opening”, a session invented for the exercise, was planned for Mon 23 Jan 2017, 13:00. Nobody" in told

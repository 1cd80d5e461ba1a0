"""The brief: one page first, then named sections of one seat's view, with contradictions and ledgers side by side."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import cache

import pytest

from goodoffices.formats.talks_file.reader import read_talks, scenario_names
from goodoffices.reports.brief.build import SECTION_NAMES, Brief, brief_of
from goodoffices.reports.brief.page import MOST_LINES, MOST_WIDTH, Page, page_lines
from goodoffices.reports.brief.render import RENDERINGS, as_text, contents_text, page_text
from goodoffices.reports.provenance import claim_mark
from goodoffices.reports.tables import Part
from goodoffices.talks.base.enums import Kind
from goodoffices.talks.core import Talks, replay, view_for
from goodoffices.talks.initial_acts import opening

pytestmark = pytest.mark.slow

MORNING = datetime(2017, 1, 23, 2, tzinfo=UTC)
"""08:00 in Astana, before the talks opened."""


@cache
def opened(name: str) -> Talks:
    return replay(opening(read_talks(name), kind=Kind.EXERCISE, at=datetime(2026, 6, 1, tzinfo=UTC)))


@pytest.fixture(scope="module")
def talks() -> Talks:
    return opened("astana-2017")


def brief(talks: Talks, seat: str, as_of: date | datetime | None = None) -> Brief:
    return brief_of(view_for(talks, seat), as_of=as_of)


@cache
def whole(name: str, seat: str) -> Brief:
    """The brief of a seat of bundled talks, of all that is recorded."""
    return brief(opened(name), seat)


def of_every_seat(name: str) -> Iterator[tuple[str, Brief]]:
    """Each seat of bundled talks, with its brief."""
    yield from ((seat.slug, whole(name, seat.slug)) for seat in read_talks(name).seats)


def parts(made: Brief, section: str) -> list[Part]:
    return [part for one in made.sections if one.name == section for part in one.parts]


def part(made: Brief, title: str) -> Part:
    return next(p for section in made.sections for p in section.parts if p.title.startswith(title))


def titles(made: Brief) -> set[str]:
    return {p.title for section in made.sections for p in section.parts}


def cells(found: Part, column: str) -> list[str]:
    return [row[found.columns.index(column)] for row in found.rows]


def test_the_rival_counts_of_signatories_stand_side_by_side(talks: Talks) -> None:
    said = cells(part(brief(talks, "un-envoy"), "How many groups signed"), "says")
    assert {"7", "11", "12", "13"} <= {one.rpartition(": ")[2] for one in said}


def test_the_rival_counts_of_attending_groups_stand_side_by_side(talks: Talks) -> None:
    said = cells(part(brief(talks, "government"), "How many groups were at Astana"), "says")
    assert {"14", "12", "15", "20"} <= {one.rpartition(": ")[2] for one in said}


def test_the_ledgers_stand_side_by_side_and_nothing_adds_them(talks: Talks) -> None:
    made = brief(talks, "usa")
    totals = part(made, "Each ledger’s own totals")
    assert [row[1:] for row in totals.rows if row[0] == "allegations"] == [("391", "331")]
    sums = {cell.split(" ")[0] for section in made.sections for p in section.parts for row in p.rows for cell in row}
    assert str(391 + 331) not in sums
    checks = part(made, "What another keeper said")
    assert cells(checks, "confirmed") == ["not stated", "3"]
    days = part(made, "Day by day")
    assert next(row for row in days.rows if row[0] == "2017-01-23")[2].startswith("stated as none")


def test_every_planned_date_of_geneva_is_kept_and_every_actual_one_has_a_source(talks: Talks) -> None:
    rounds = [row for row in part(brief(talks, "kazakhstan"), "Rounds").rows if row[0] == "Geneva IV"]
    assert [row[1] for row in rounds][:2] == ["planned for 2017-01-28", "planned for 2017-02-08"]
    assert [row[1] for row in rounds][-2:] == ["opened 2017-02-23", "closed 2017-03-03"]
    assert "UN Geneva" in rounds[-1][-1]


def test_as_of_a_day_nothing_later_is_known(talks: Talks) -> None:
    made = brief(talks, "analyst", date(2017, 1, 25))
    text = RENDERINGS["txt"](made)
    for later in ("23 February", "2017-02-2", "Sochi", "memorandum of 4 May", "IRNA", "2018", "2021", "15 March"):
        assert later not in text, later
    assert "Changes of actors" not in titles(made)
    assert "Changes of actors" in titles(brief(talks, "analyst", date(2017, 1, 27)))


def test_as_of_an_hour_of_a_day_nothing_of_that_day_is_known_without_an_hour(talks: Talks) -> None:
    text = RENDERINGS["txt"](brief(talks, "secretariat", MORNING))
    assert "TASS" in text, "what TASS wrote before that day is known"
    for later in ("[M1", "[M6", "[A1", "Önal", "Jaberi", "Joint statement of Iran"):
        assert later not in text, later
    assert "[S7 N]" in text, "the seed report was written before the opening"


def test_the_heading_says_as_of_when_in_the_zone_of_the_talks(talks: Talks) -> None:
    assert "As of Mon 23 Jan 2017, 08:00 (Asia/Almaty, UTC+6)" in page_text(brief(talks, "russia", MORNING))
    assert "As of the end of Tue 24 Jan 2017 (Asia/Almaty, UTC+6)" in page_text(
        brief(talks, "russia", date(2017, 1, 24))
    )
    assert "As it stands at the end of what is recorded, Sun 17 Jan 2021" in page_text(brief(talks, "russia"))


def test_after_the_merger_the_successor_is_unclear(talks: Talks) -> None:
    rows = part(brief(talks, "turkey"), "What successors may owe").rows
    assert rows
    assert {row[-1] for row in rows} == {"unclear"}


def test_the_opposition_refuses_iran_as_guarantor_and_every_role_names_its_claim(talks: Talks) -> None:
    made = brief(talks, "russia")
    refused = [row for row in part(made, "Recognition").rows if row[1] == "Iran" and row[2] == "guarantor"]
    assert {row[3] for row in refused} == {"no"}
    roles = part(made, "Roles, each as a claim")
    assert all("[" in word for word in cells(roles, "on whose word"))
    guarantees = part(made, "Guarantees")
    assert {"Russia", "Turkey"} <= set(cells(guarantees, "guarantor"))


def test_inferences_of_the_analysts_are_in_nobody_elses_brief(talks: Talks) -> None:
    secret = [c for c in view_for(talks, "analyst").known.claims.values() if c.claim.compartment]
    assert secret
    for seat in ("government", "opposition", "russia", "un-envoy", "secretariat"):
        text = RENDERINGS["json"](brief(talks, seat))
        assert not [c for c in secret if claim_mark(c) in text or json.dumps(c.claim.words)[1:-1] in text]


@pytest.mark.parametrize("form", list(RENDERINGS))
def test_every_form_carries_the_mark_of_the_exercise_and_all_sections(talks: Talks, form: str) -> None:
    made = brief(talks, "iran")
    text = RENDERINGS[form](made)
    assert "exercise" in text.lower()
    for section in made.sections:
        title = section.title.upper() if form == "txt" else section.title
        assert title in text or json.dumps(title)[1:-1] in text


def test_a_page_holds_no_script_and_nothing_from_outside(talks: Talks) -> None:
    page = RENDERINGS["html"](brief(talks, "analyst"))
    assert "<script" not in page
    # Where a source is found is a text for people: nothing of the page loads it or leads there.
    assert not re.search(r"""(?:src|href|action|data)\s*=\s*["']?\s*(?:https?:)?//|url\(|@import""", page)


@pytest.mark.parametrize("name", scenario_names())
def test_the_first_page_is_one_page_for_every_seat(name: str) -> None:
    held, opens_at = opened(name), read_talks(name).opens_at
    for seat, made in of_every_seat(name):
        for page in (made.page, brief(held, seat, opens_at).page):
            assert page is not None
            for width in (60, 80, 200):
                lines = page_lines(page, width)
                assert len(lines) <= MOST_LINES
                assert max(map(len, lines)) <= min(width, MOST_WIDTH)
                assert {"WHO IS IN", "CONTESTED", "ON THE TABLE"} <= set(lines)
                assert any(line.startswith("DUE") for line in lines)


@pytest.mark.parametrize("name", scenario_names())
def test_every_section_that_the_first_page_points_to_stands_in_the_list_of_sections(name: str) -> None:
    for _, made in of_every_seat(name):
        named = set(re.findall(r"--section ([\w-]+)", page_text(made, 200)))
        listed = {line.split()[0] for line in contents_text(made, 200).splitlines()[2:]}
        assert named <= listed


def test_no_mark_is_cut_at_the_end_of_a_line(talks: Talks) -> None:
    for width in range(60, 81):
        page = brief(talks, "un-envoy", MORNING).page
        assert page is not None
        for line in page_lines(page, width):
            assert line.count("[") == line.count("]"), line


@pytest.mark.parametrize("name", scenario_names())
def test_every_seat_reads_no_internal_name_no_file_name_and_no_empty_chapter(name: str) -> None:
    file = read_talks(name)
    slugs = {claim.slug for claim in file.claims} | {text.slug for text in file.texts} | {r.slug for r in file.rounds}
    inner = {slug for slug in slugs if "-" in slug}
    for _, made in of_every_seat(name):
        assert all(section.parts for section in made.sections)
        assert all(p.rows or p.note for section in made.sections for p in section.parts)
        words = set(as_text(made, 400).replace(",", " ").replace("]", " ").split())
        assert not words & inner
        assert not [word for word in words if word.endswith((".csv", ".yaml"))]


@pytest.mark.parametrize("name", scenario_names())
def test_every_claim_that_a_seat_knows_stands_once_among_contested_and_reported(name: str) -> None:
    for seat, made in of_every_seat(name):
        view = view_for(opened(name), seat)
        shown = [
            row
            for section in made.sections
            for p in section.parts
            if section.name == "contested" or p.title == "Also reported"
            for row in p.rows
        ]
        assert len(shown) == len(view.known.claims)
        marks = " ".join(cell for row in shown for cell in row)
        assert all(claim_mark(c) in marks for c in view.known.claims.values())


def test_the_secretariat_knows_its_sessions_and_a_plan_of_ours_is_marked(talks: Talks) -> None:
    rows = part(brief(talks, "secretariat", MORNING), "Sessions").rows
    assert [row[0] for row in rows] == ["~ Opening, Rixos President Hotel"]
    assert rows[0][1] == "Mon 23 Jan 2017, 13:00 (Asia/Almaty, UTC+6)"


def test_the_default_format_is_nobodys_word_and_now_has_a_date(talks: Talks) -> None:
    pairs = part(brief(talks, "un-envoy", MORNING), "Format of each pair, as of Mon 23 Jan 2017, 08:00")
    [row] = pairs.rows
    assert (row[0], row[2]) == ("every pair (28)", "default of the talks file, nobody’s word")
    later = part(brief(talks, "un-envoy"), "Format of each pair, as it stands")
    assert "Y. al-Aridi" in later.rows[0][2]
    assert [row[0] for row in later.rows] == [
        "Government of Syria and delegation of the armed opposition",
        "every other pair (27)",
    ]


def test_a_commitment_says_what_was_due_what_happened_and_what_is_open(talks: Talks) -> None:
    rows = {row[0].split(".")[0]: row for row in part(brief(talks, "russia", MORNING), "What was due").rows}
    hosting = rows["Host the talks"]
    assert "Condition: only if the cease-fire is observed." in hosting[0]
    assert hosting[-1] == "due 2017-01-23"
    halted = rows["Halt military operations against those that the cease-fire covers"]
    assert halted[-1] == "open: the last date, 2016-12-30, has passed and nobody has reported on it"
    named = [row for row in part(brief(talks, "russia", MORNING), "What was due").rows if row[0].startswith("Name")]
    assert named[0][3].startswith("said to be done 2017-01-17: Xinhua ← Al-Watan (sy-gov) ← an official")
    assert named[0][4] == "said to be done, 17 days after the first date"


def test_a_summary_of_ours_has_no_check_code_and_its_differences_are_called_ours(talks: Talks) -> None:
    copies = part(brief(talks, "analyst"), "Cease-fire announced")
    assert set(cells(copies, "check code")) == {"none: it is not the document"}
    assert "Our summaries of them differ at clause 2, 3 and 4." in copies.note
    assert "different words" not in copies.note


def test_stances_on_copies_say_only_what_their_claims_say(talks: Talks) -> None:
    stances = {row[0]: row for row in part(brief(talks, "analyst"), "Stances on Cease-fire announced").rows}
    assert "signed, which copy is not said, 2016-12-29, says Vladimir Putin [F6 N]" in stances["Government of Syria"][3]
    assert "says joint statement of eleven groups [F24 W]" in stances["Government of Syria"][3]
    assert stances["Ahrar al-Sham"][2].startswith("did not sign")
    assert all(mark in stances["Ahrar al-Sham"][3] for mark in ("[F9 N]", "[F15 N]"))
    russian_list = ("Faylaq al-Sham", "Thuwar al-Sham", "Jaysh al-Mujahideen", "Jaysh Idlib")
    assert all("[F9 N]" in stances[group][3] for group in russian_list)


def test_no_inviter_is_named_where_no_claim_says_so(talks: Talks) -> None:
    rows = part(brief(talks, "analyst"), "Invitations").rows
    assert [row[2] for row in rows if "United States" not in row[0]] == ["not said"] * (len(rows) - 3)


def test_what_is_new_since_a_day_is_listed_by_mark(talks: Talks) -> None:
    made = brief_of(view_for(talks, "usa"), as_of=MORNING, since=date(2017, 1, 20))
    [new] = parts(made, "changes")
    assert {"F41", "F42", "S7"} <= set(cells(new, "mark"))
    assert not {"F31", "F30"} & set(cells(new, "mark"))


def test_news_whose_words_name_their_subject_stand_under_their_day(talks: Talks) -> None:
    page = brief(talks, "russia", MORNING).page
    assert page is not None
    (truce,) = (row for block in page.blocks for row in block.rows if "agree a truce" in row.words)
    assert truce.label == "22 Jan 2017"


def test_sections_come_in_the_order_of_their_names(talks: Talks) -> None:
    names = [section.name for section in brief(talks, "secretariat").sections]
    assert names == [name for name in SECTION_NAMES if name in names]


def test_the_section_that_the_first_page_names_for_news_can_be_asked_for(talks: Talks) -> None:
    made = brief_of(view_for(talks, "usa"), as_of=MORNING, with_changes=True)
    assert "F42" in cells(parts(made, "changes")[0], "mark")
    assert not parts(brief(talks, "usa", MORNING), "changes"), (
        "it repeats other sections, so it stands only if asked for"
    )


@pytest.mark.parametrize("name", sorted(scenario_names()))
def test_the_legend_explains_a_mark_that_stands_on_the_page_and_every_letter_on_it(name: str) -> None:
    for _, made in of_every_seat(name):
        page, _, legend = page_text(made, 80).partition("A mark such as ")
        marks = re.findall(r"(?:\[|, )([^\s\[\],]+ [A-Z])(?=[\],])", " ".join(page.split()))
        assert bool(marks) == bool(legend)
        if marks:
            assert legend.partition("]")[0].removeprefix("[") in marks
            assert {mark[-1] for mark in marks} <= set(re.findall(r"\b([A-Z])\b", legend.partition(":")[2]))


def test_the_first_page_says_who_is_not_coming_even_where_it_is_short(talks: Talks) -> None:
    for width in (60, 80):
        lines = page_lines(first_page(brief(talks, "un-envoy", MORNING)), width)
        assert any(line.strip().startswith("Not coming") for line in lines)


def test_who_asks_since_when_sees_the_marks_of_what_is_new_and_stands_above(talks: Talks) -> None:
    page = first_page(brief_of(view_for(talks, "analyst"), as_of=MORNING, since=datetime(2017, 1, 20, tzinfo=UTC)))
    assert page.blocks[-1].rows[0].label == "On this page"
    assert "F41 U" in page.blocks[-1].rows[0].words
    assert "On this page" not in {row.label for row in first_page(brief(talks, "analyst", MORNING)).blocks[-1].rows}


def test_of_many_who_owe_one_thing_the_first_page_names_the_first(talks: Talks) -> None:
    rows = [row for block in first_page(brief(talks, "analyst", MORNING)).blocks for row in block.rows]
    late = [row.words for row in rows if row.label.startswith("Was due ")]
    assert any(" and 10 others: keep the cease-fire in the copy they signed" in words for words in late)


def test_the_first_page_never_leaves_out_the_readers_own_seat_nor_what_comes_next(talks: Talks) -> None:
    for slug, seat in view_for(talks, "analyst").known.seats.items():
        page = first_page(brief(talks, slug, MORNING))
        [due] = [block for block in page.blocks if block.title == "Due"]
        [first, *_] = [row for row in due.rows if not row.label.startswith("Was due ")]
        lines = page_lines(page, 60)
        assert any(line.strip().startswith(first.label.split("\xa0")[0]) for line in lines)
        if "party" in {role.value for role in seat.roles}:
            assert "(you)" in " ".join(" ".join(lines).split())


def test_texts_on_the_table_stand_in_the_order_of_their_days(talks: Talks) -> None:
    page = first_page(brief(talks, "analyst", MORNING))
    [table] = [block for block in page.blocks if block.title == "On the table"]
    days = [datetime.strptime(row.label, "%d %b %Y").replace(tzinfo=UTC) for row in table.rows]
    assert days == sorted(days, reverse=True)
    assert len(days) > 2


def test_no_day_is_printed_as_a_program_writes_it_in_what_people_read() -> None:
    for name in scenario_names():
        for section in brief(opened(name), "analyst" if name == "astana-2017" else "chairs").sections:
            for found in section.parts:
                for column in ("what", "says"):
                    if column in found.columns:
                        assert not [cell for cell in cells(found, column) if re.search(r": \d{4}-\d\d-\d\d", cell)]


def first_page(made: Brief) -> Page:
    assert made.page is not None
    return made.page

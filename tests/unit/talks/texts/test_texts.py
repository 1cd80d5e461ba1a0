"""Texts, versions, releases, comments and pens, as the seats of one story see them."""

from __future__ import annotations

from goodoffices.talks.base.enums import CommentSort, StanceKind, TextKind
from goodoffices.talks.decisions.packages import PutPackage
from goodoffices.talks.documents.diff import compare
from goodoffices.talks.documents.document import open_numbers
from goodoffices.talks.documents.markdown import write_paper
from goodoffices.talks.exchange.items import FileItem, HandItem
from goodoffices.talks.exchange.print_packs import MarkPackReady
from goodoffices.talks.model.packages import Needs, Package
from goodoffices.talks.texts.commands import TableText, WriteVersion
from goodoffices.talks.texts.comments import Comment, DropVariant, MarkDivergence, ProposeVariant
from goodoffices.talks.texts.pens import AskPen, OpenPen, PassPen
from goodoffices.talks.texts.releases import ReadOut, ReleaseVersion
from goodoffices.talks.texts.rendered_version import as_proposer_would, copy_mark, paper_of, papers_of, title_of
from goodoffices.talks.texts.stances import TakeStance
from stories import words
from text_stories import BRACKETED, CLEAN, FIRST, Talks

PART = "# Cease-fire, the watch alone\n\n## 2. Watch {cl2}\n\nThree states watch it.\n"


def test_nobody_but_the_pen_knows_of_a_text_until_it_is_released() -> None:
    story = Talks()
    before = {seat: story.view(seat).head for seat in ("gov", "opp", "rus", "sec")}
    story.table()
    assert {seat: story.view(seat).head for seat in before} == before


def test_t7_t8_an_equal_release_gives_all_the_same_words_in_one_act() -> None:
    story = Talks()
    story.release(story.table())
    copies = [story.view(seat).known.versions["v1"] for seat in ("gov", "opp", "un")]
    assert len({copy.hash for copy in copies}) == 1
    assert len({title_of(story.view(seat), copy) for seat, copy in zip(("gov", "opp", "un"), copies, strict=True)}) == 1
    assert copy_mark(story.view("gov"), copies[0]) != copy_mark(story.view("opp"), copies[1])


def test_t7_an_equal_release_reaches_all_or_none() -> None:
    story = Talks()
    version = story.table()
    assert story.refused("un", ReleaseVersion(version=version, to=("gov", "rus"))) == "not_ready"
    assert not story.view("gov").known.versions
    story.release(version, "gov", "rus", equal=False)
    assert story.view("rus").known.versions


def test_a_pack_ready_with_a_carrier_is_a_way_to_receive_that_the_pen_may_be_told_of() -> None:
    story = Talks()
    version = story.table()
    assert story.refused("un", ReleaseVersion(version=version, to=("gov", "pap"))) == "not_ready"
    story.do("sec", MarkPackReady(seat="pap", up_to=1, carrier="Amal", tell=("un",)))
    story.release(version, "gov", "pap")


def test_a_correction_goes_at_least_to_those_who_had_the_version_before_it() -> None:
    story = Talks()
    story.release(story.table())
    version = story.write(CLEAN)
    assert story.refused("un", ReleaseVersion(version=version, to=("gov",))) == "narrower"
    story.release(version, "gov", equal=False)
    assert story.refused("un", ReleaseVersion(version=version, to=("gov",), equal=False)) == "done"


def test_only_the_pen_writes_and_releases() -> None:
    story = Talks()
    story.release(story.table())
    assert story.refused("opp", WriteVersion(text="tx1", papers=(words(FIRST),))) == "not_pen"
    assert story.refused("opp", ReleaseVersion(version="v1", to=("gov",))) == "not_pen"
    assert story.refused("rus", WriteVersion(text="tx1", papers=(words(FIRST),))) == "unknown"
    assert story.refused("gov", TableText(papers=(words(FIRST),), kind=TextKind.CHAIR)) == "bad_value"


def test_clauses_keep_their_names_from_version_to_version() -> None:
    story = Talks()
    story.release(story.table())
    story.release(story.write(CLEAN.replace("## 1. Start {cl1}", "## 1a. Beginning {cl1}")))
    first, second = story.view("gov").known.versions.values()
    assert first.clauses == second.clauses
    assert second.numbers == ("1a", "2")
    assert first.state == "superseded"
    assert first.hash != second.hash


def test_t6_proposers_appear_only_to_the_pen_and_to_themselves() -> None:
    story = Talks()
    version = story.bracketed()
    pens = story.view("un").known
    [taken] = [variant for variant in pens.variants.values() if variant.proposer == "opp"]
    assert taken.handle in pens.versions[version].variants
    assert [v.proposer for v in story.view("opp").known.variants.values()] == ["opp"]
    assert not story.view("gov").known.variants
    assert "opp" not in repr(
        [notice.plain() for notice in story.view("gov").notices if notice.kind == "VersionReleased"]
    )


def test_who_proposed_is_shown_to_those_whom_the_proposer_named() -> None:
    story = Talks()
    story.release(story.table())
    said = Comment(version="v1", clause="cl1", sort=CommentSort.PROPOSE, words=words("1 January"), show=("gov",))
    story.do("opp", said)
    story.release(story.write(BRACKETED))
    assert [v.proposer for v in story.view("gov").known.variants.values()] == ["opp"]


def test_t5_a_bracket_goes_only_when_every_proposer_accepted_or_dropped() -> None:
    story = Talks()
    story.bracketed()
    assert story.refused("un", WriteVersion(text="tx1", papers=(words(CLEAN),))) == "proposer_open"
    clause = story.view("opp").known.versions["v2"].clauses[0]
    story.do("opp", Comment(version="v2", clause=clause, sort=CommentSort.ACCEPT))
    story.write(CLEAN)


def test_t5_a_dropped_variant_may_go() -> None:
    story = Talks()
    story.bracketed()
    [own] = story.view("opp").known.variants
    assert story.refused("gov", DropVariant(variant=story.view("gov").known.versions["v2"].variants[0])) == "unknown"
    story.do("opp", DropVariant(variant=own))
    assert story.refused("opp", DropVariant(variant=own)) == "done"
    story.write(CLEAN)
    assert [notice.by for notice in story.view("gov").notices if notice.kind == "VariantDropped"] == [""]
    assert [notice.by for notice in story.view("un").notices if notice.kind == "VariantDropped"] == ["opp"]


def test_t5_the_chair_leaves_a_variant_out_on_its_own_responsibility_and_the_proposer_sees_it() -> None:
    story = Talks()
    story.bracketed()
    version = story.write(CLEAN.replace("1 January", "30 December"), responsibility=True)
    story.release(version)
    assert story.view("gov").known.versions["v3"].responsibility
    [variant] = story.view("opp").known.variants.values()
    assert variant.left_out_of == "v3"
    assert not story.view("gov").known.variants


def test_the_pen_reads_the_text_as_one_party_would_have_it() -> None:
    story = Talks()
    written = story.bracketed()
    version = story.view("un").known.versions[written]
    paper = paper_of(story.view("un"), version, "en")
    assert paper is not None
    assert open_numbers(paper) == ("1",)
    theirs = as_proposer_would(story.view("un"), paper, "opp")
    assert theirs.clauses[0].pieces == ("It begins on 1 January.",)
    assert as_proposer_would(story.view("gov"), paper, "opp") == paper


def test_variants_are_tabled_directly_only_while_the_pen_is_open() -> None:
    story = Talks()
    story.release(story.table())
    tabled = ProposeVariant(version="v1", clause="cl1", words=words("in March"))
    assert story.refused("opp", tabled) == "not_pen"
    clauses = story.view("un").known.versions["v1"].clauses[:1]
    story.do("un", OpenPen(text="tx1", seats=("opp",), until=story.in_minutes(30), clauses=clauses))
    assert story.refused("gov", tabled) == "not_pen"
    assert story.refused("opp", ProposeVariant(version="v1", clause="cl2", words=words("x"))) == "not_pen"
    story.do("opp", tabled)
    by = {seat: story.view(seat).notices[-1].by for seat in ("opp", "un", "gov")}
    assert by == {"opp": "opp", "un": "opp", "gov": ""}
    story.wait(60)
    assert story.refused("opp", tabled) == "not_pen"


def test_the_pen_is_passed_only_with_consent() -> None:
    story = Talks()
    version = story.table()
    story.release(version, "gov", "rus", equal=False)
    assert story.refused("un", PassPen(text="tx1", to="rus")) == "no_consent"
    story.do("rus", AskPen(text="tx1"))
    assert story.refused("rus", AskPen(text="tx1")) == "done"
    story.do("un", PassPen(text="tx1", to="rus"))
    story.do("rus", WriteVersion(text="tx1", papers=(words(FIRST.replace("30", "31")),)))
    assert story.refused("un", WriteVersion(text="tx1", papers=(words(FIRST),))) == "not_pen"
    assert story.view("gov").known.texts["tx1"].pen == "rus"


def test_t23_a_clause_from_words_not_cleared_holds_back_the_whole_version() -> None:
    story = Talks()
    story.table()
    story.do("opp", FileItem(words=(words("We would accept March."),)))
    story.do("opp", HandItem(item="m1", to="un"))
    held = list(story.view("un").known.items)[-1]
    version = story.write(
        CLEAN, derived_from=(held,), derived_at=("1",), notes=(words("vague on purpose"),), notes_at=("2",)
    )
    assert story.refused("un", ReleaseVersion(version=version, to=("gov", "opp"))) == "clause_not_cleared"
    story.release(version, "opp")
    assert story.refused("un", ReadOut(version=version, language="en", public=True)) == "clause_not_cleared"
    copy = story.view("opp").known.versions["v1"]
    assert (copy.derived_from, copy.notes) == ((), ())
    assert story.view("un").known.versions[version].notes_at == (1,)


def test_brackets_lie_beside_each_other_in_all_languages() -> None:
    story = Talks()
    arabic = "# نص\n\n## 1. البدء\n\nيبدأ في [[A: ٣٠ ديسمبر | B: ١ يناير]].\n"
    english = "# Text\n\n## 1. Start\n\nIt begins on [[A: 30 December | B: 1 January]].\n"
    story.release(story.table(english, arabic))
    version = story.view("gov").known.versions["v1"]
    assert version.sealed
    one, two = papers_of(story.view("gov"), version)
    ids = [
        [v.id for p in paper.clauses[0].pieces if not isinstance(p, str) for v in p.variants] for paper in (one, two)
    ]
    assert ids[0] == ids[1]
    # December stands under one label in both languages, whatever the hashes of the Arabic words.
    texts = [
        [v.pieces[0] for p in paper.clauses[0].pieces if not isinstance(p, str) for v in p.variants]
        for paper in (one, two)
    ]
    assert [str(text).startswith("30") for text in texts[0]] == [str(text).startswith("٣٠") for text in texts[1]]


def test_a_divergence_is_told_to_the_pen_and_those_named() -> None:
    story = Talks()
    story.release(story.table(FIRST, FIRST))
    mark = MarkDivergence(version="v1", clause="cl2", languages=("en", "ar"), words=words("secular?"), to=("opp",))
    story.do("gov", mark)
    assert [len(story.view(seat).known.divergences) for seat in ("gov", "un", "opp", "rus")] == [1, 1, 1, 0]
    assert (
        story.refused("gov", MarkDivergence(version="v1", clause="cl2", languages=("en",), words=words("x")))
        == "bad_value"
    )


def test_an_embargo_forbids_reading_out_and_hides_nothing_from_holders() -> None:
    story = Talks()
    story.release(story.table(), embargo_until=story.in_minutes(30))
    assert story.view("gov").known.versions
    assert story.refused("un", ReadOut(version="v1", language="en", public=True)) == "embargoed"
    story.wait(60)
    story.do("un", ReadOut(version="v1", language="en", public=True))
    [reading] = story.view("public").known.readings
    assert reading.authentic
    assert reading.version is None
    assert story.view("gov").known.readings[0].version == "v1"


def test_a_text_is_not_read_out_before_it_is_released() -> None:
    story = Talks()
    assert story.refused("un", ReadOut(version=story.table(), language="en", public=True)) == "not_released"
    assert story.refused("un", TakeStance(version="v1", kind=StanceKind.WITNESSED)) == "not_your_stance"


def test_t9_no_version_reaches_a_seat_to_which_it_was_not_released() -> None:
    story = Talks()
    story.bracketed()
    story.do("gov", TakeStance(version="v2", kind=StanceKind.REFUSED, to=("rus", "un")))
    view = story.view("rus")
    assert (len(view.known.versions), len(view.known.texts), len(view.known.stances)) == (0, 0, 1)


def test_comments_go_to_the_pen_and_those_named_only() -> None:
    story = Talks()
    story.release(story.table())
    story.do("opp", Comment(version="v1", clause="cl1", sort=CommentSort.REJECT))
    assert [len(story.view(seat).known.comments) for seat in ("opp", "un", "gov")] == [1, 1, 0]
    assert story.refused("opp", Comment(version="v1", clause="cl1", sort=CommentSort.ASK)) == "bad_value"
    assert story.refused("un", Comment(version="v1", clause="cl1", sort=CommentSort.ACCEPT)) == "not_released"


def test_a_draft_sent_to_two_only_is_a_partial_release_and_its_correction_shows_what_changed() -> None:
    # Northern Ireland, 30 March and 2 April 1998: a draft by fax to two party leaders, then one corrected within hours.
    story = Talks()
    version = story.release(story.table(by="rus"), "gov", by="rus", equal=False)
    assert story.refused("un", ReleaseVersion(version=version, to=("opp",))) == "unknown"
    assert story.refused("gov", ReleaseVersion(version="v1", to=("opp",))) == "not_pen"
    assert not story.view("rus").known.versions[version].equal
    assert story.refused("rus", ReleaseVersion(version=version, to=("tur", "opp"))) == "not_ready"
    corrected = WriteVersion(text="tx1", papers=(words(FIRST.replace("30 December", "2 April")),))
    story.do("rus", corrected)
    story.release("v2", "gov", by="rus", equal=False)
    first, second = (paper_of(story.view("gov"), held, "en") for held in story.view("gov").known.versions.values())
    assert first is not None
    assert second is not None
    assert [change.number for change in compare(first, second).differing] == ["1"]


def test_clean_clauses_are_taken_for_themselves_and_the_rest_stays_in_negotiation() -> None:
    story = Talks()
    story.bracketed()
    assert story.refused("un", WriteVersion(text="tx1", papers=(words(BRACKETED),), partial=True)) == "bracketed"
    part = story.release(story.write(PART, partial=True))
    gov = story.view("gov").known
    assert gov.versions["v3"].numbers == ("2",)
    assert gov.versions["v2"].state == "released"
    assert gov.versions["v2"].clauses[1] == gov.versions["v3"].clauses[0]
    story.do("gov", TakeStance(version="v3", kind=StanceKind.SIGNED))
    assert story.refused("gov", TakeStance(version="v2", kind=StanceKind.SIGNED)) == "bracketed"
    assert story.view("un").known.versions[part].partial
    working = paper_of(story.view("un"), story.view("un").known.versions["v2"], "en")
    assert working is not None
    story.write(write_paper(working, ids=True).replace("Three", "Four"))
    assert story.view("un").known.versions["v4"].parent == "v2"


def test_no_clause_is_taken_for_itself_that_needs_one_left_out() -> None:
    story = Talks()
    story.bracketed()
    tied = Package(slug="both", needs=(Needs(one="2", other="1"),))
    clauses = story.view("un").known.versions["v2"].clauses
    story.do("un", PutPackage(package=tied, to=("gov", "opp"), version="v2", clauses=clauses))
    assert story.refused("un", WriteVersion(text="tx1", papers=(words(PART),), partial=True)) == "dangling_condition"

"""What the pen keeps for itself between two releases, what it does with comments, and asking for service on screen."""

from __future__ import annotations

from goodoffices.talks.base.enums import CommentSort
from goodoffices.talks.seats.service import AcceptService, AskService
from goodoffices.talks.texts.comments import Comment
from goodoffices.talks.texts.releases import ReleaseVersion
from goodoffices.talks.texts.settled_comments import SettleComment
from goodoffices.talks.texts.variants import released_before
from stories import words
from text_stories import CLEAN, FIRST, Talks

OTHER = CLEAN.replace("Three states", "Four states")


def test_a_version_released_after_private_ones_follows_the_last_that_others_hold() -> None:
    talks = Talks()
    talks.release(talks.table())
    talks.write(CLEAN)
    talks.release(talks.write(OTHER))
    held = talks.view("gov").known.versions
    assert held["v2"].parent == "v1"
    assert held["v1"].state == "superseded"
    before = released_before(talks.view("un").known, talks.view("un").known.versions["v3"])
    assert before is not None
    assert before.handle == "v1"


def test_a_release_after_private_versions_may_not_leave_an_earlier_recipient_out() -> None:
    talks = Talks()
    talks.release(talks.table())
    talks.write(CLEAN)
    talks.write(OTHER)
    assert talks.refused("un", ReleaseVersion(version="v3", to=("gov",))) == "narrower"


def test_who_accepted_a_clause_before_private_versions_has_accepted_it_still() -> None:
    talks = Talks()
    talks.bracketed()
    talks.do("opp", Comment(version="v2", clause="cl1", sort=CommentSort.ACCEPT))
    working = talks.view("un").known.versions["v2"]
    kept = f"It begins on [[A{{{working.variants[0]}}}: 30 December | B{{{working.variants[1]}}}: 1 January]]"
    talks.write(CLEAN.replace("It begins on 1 January", kept + "{" + working.brackets[0] + "}"))
    talks.write(CLEAN)
    assert not talks.view("un").known.versions["v4"].open


def test_a_variant_left_out_in_a_private_version_is_told_to_its_proposer_at_the_release() -> None:
    talks = Talks()
    talks.bracketed()
    talks.write(CLEAN, responsibility=True)
    talks.release(talks.write(OTHER))
    assert "VariantLeftOut" in [notice.kind for notice in talks.view("opp").notices]
    assert talks.view("gov").known.versions["v3"].responsibility


def test_what_became_of_a_comment_is_known_to_the_pen_alone() -> None:
    talks = Talks()
    talks.release(talks.table())
    talks.do("opp", Comment(version="v1", clause="cl1", sort=CommentSort.PROPOSE, words=words("1 January")))
    [act] = talks.do("un", SettleComment(comment="co1", outcome="left-out"))
    assert {seat for seat, _ in act.audience} == {"un"}
    assert not talks.view("un").known.comments["co1"].waits
    assert talks.refused("opp", SettleComment(comment="co1", outcome="noted")) == "not_pen"
    assert talks.refused("un", SettleComment(comment="co9", outcome="noted")) == "unknown"
    assert talks.refused("un", SettleComment(comment="co1", outcome="signed")) == "bad_value"
    talks.do("un", SettleComment(comment="co1", outcome="waiting"))
    assert talks.view("un").known.comments["co1"].waits


def test_who_asks_for_papers_on_screen_is_told_that_they_are_accepted() -> None:
    talks = Talks()
    [act] = talks.do("rus", AskService(to=("tur", "gov")))
    assert {seat for seat, _ in act.audience} == {"rus", "tur", "gov"}
    assert talks.view("tur").known.seats["tur"].service_asked_by == ("rus",)
    assert talks.view("tur").notices[-1].data == {}
    talks.do("tur", AcceptService())
    talks.do("gov", AcceptService())
    known = talks.view("rus").known
    assert known.seats["tur"].service_accepted
    assert known.seats["gov"].service_accepted
    assert talks.refused("gov", AcceptService()) == "done"
    assert talks.refused("rus", AskService(to=("tur",))) == "bad_value"


def test_the_letters_of_variants_stay_in_every_language() -> None:
    talks = Talks()
    english = FIRST.replace("30 December", "[[B: 30 December | A: 1 January]]")
    arabic = FIRST.replace("30 December", "[[A: غرة يناير | B: ٣٠ ديسمبر]]")
    talks.table(english, arabic)
    version = talks.view("un").known.versions["v1"]
    assert version.sealed
    bodies = [talks.view("un").text(paper) or "" for paper in version.papers]
    assert "[[A: 1 January | B: 30 December]]" in bodies[0]
    assert "[[A: غرة يناير | B: ٣٠ ديسمبر]]" in bodies[1]

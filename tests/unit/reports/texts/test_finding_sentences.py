"""What stands beside a title, in every case; and forms that give several languages, rules and packages in parts."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from goodoffices.errors import ScenarioError
from goodoffices.reports.texts.finding_sentences import finding_in_english, title_in_english
from goodoffices.reports.texts.plain_english import text_rows
from goodoffices.talks.base.enums import StanceKind
from goodoffices.talks.command_parsing import parse_command
from goodoffices.talks.core import view_for
from goodoffices.talks.documents.agreement import Basis, Copy, StatedStance
from goodoffices.talks.texts.agreement_status import Family
from goodoffices.talks.texts.commands import TableText
from goodoffices.web.http.compound_fields import composed
from properties.worlds.cast import START
from stories import Story, words
from talks_once import folded


def family(*about: str, said: tuple[StatedStance, ...] = ()) -> Family:
    return Family(
        slug="t", title="t", copies=(), said=said, required=(), about=about, issued_by=(), read_out_by=()
    )  # fmt: skip


def signed(actor: str, word: Basis) -> StatedStance:
    return StatedStance(actor=actor, kind=StanceKind.SIGNED, copy="v1", word=word)


@pytest.mark.parametrize(
    ("about", "said", "line"),
    [
        (("gov",), (), "About The gov, which has not signed it."),
        (("gov", "opp"), (), "About The gov and The opp. Neither has signed it."),
        (("gov", "opp", "pap"), (), "About The gov, The opp and The pap. None of them has signed it."),
        (
            ("gov", "opp"),
            (signed("gov", Basis.OWN_ACT),),
            "About The gov and The opp. Of these, not signed by The opp.",
        ),
        (
            ("gov", "opp"),
            (signed("gov", Basis.OTHERS),),
            "About The gov and The opp. Whether The gov signed it is said below, and on whose word.",
        ),
        (("gov",), (signed("gov", Basis.OWN_WORD),), "About The gov."),
    ],
)
def test_t10_the_title_says_who_of_those_it_is_about_has_not_signed(
    about: tuple[str, ...], said: tuple[StatedStance, ...], line: str
) -> None:
    assert title_in_english(Story().view("gov"), family(*about, said=said)) == line


def test_a_text_that_names_nobody_as_required_is_never_called_agreed() -> None:
    told = finding_in_english(Story().view("gov"), family())
    assert told == ("It is not said whose agreement this text needs.",)


def test_each_text_of_a_form_has_its_own_language_and_empty_ones_are_not_given() -> None:
    given = {"papers": ("# A", "", "# B"), "papers.lang": ("en", "ar", "ru")}
    assert parse_command("TableText", given) == TableText(papers=(words("# A"), words("# B", "ru")))
    with pytest.raises(ScenarioError, match="texts: 2, languages: 3"):
        parse_command("TableText", {"papers": ("# A", "# B"), "papers.lang": ("en", "ar", "ru")})


def test_a_rule_is_put_together_from_its_parts() -> None:
    parts = {"rule.kind": ("sufficient-consensus",), "rule.total": ("100",)}
    parts |= {"rule.weight.gov": ("60",), "rule.weight.opp": ("",), "rule.bloc.gov": ("river",), "version": ("v1",)}
    made = composed("PutQuestion", parts)
    assert set(made) == {"rule", "version"}
    assert json.loads(made["rule"][0]) == {
        "rule": "sufficient-consensus",
        "blocs": [{"slug": "river", "members": ["gov"]}],
        "weights": [["gov", 60]],
        "total": 100,
    }


@pytest.mark.parametrize(
    ("command", "parts", "why"),
    [
        ("PutQuestion", {"rule.kind": ("sufficient-consensus",), "rule.weight.gov": ("many",)}, "a whole number"),
        ("PutQuestion", {"rule.kind": ("qualified-majority",), "rule.share": ("2/0",)}, "is not a fraction"),
        ("PutPackage", {"package.slug": ("a",), "package.order": ("a before b",)}, "is not an order of steps"),
        ("PutPackage", {"package.slug": ("a",), "package.steps": ("go home",)}, "is not a step"),
        ("PutPackage", {"package.slug": ("a",), "package.steps": ("a: go by 2017-02-31",)}, "is not a date"),
        ("RecordRatification", {"polls.yes": ("1",), "polls.no": ("some",)}, "the number of no"),
    ],
)
def test_a_part_that_cannot_be_read_says_why(command: str, parts: dict[str, tuple[str, ...]], why: str) -> None:
    with pytest.raises(ScenarioError, match=why):
        composed(command, parts)


@pytest.mark.parametrize(
    ("kind", "figure", "why"),
    [
        ("qualified-majority", "rule.weight.gov", "does not count the weights"),
        ("unanimity", "rule.weight.gov", "does not count the weights"),
        ("parallel-consent", "rule.weight.gov", "does not count the weights"),
        ("qualified-majority", "rule.bloc.gov", "does not count the blocs"),
        ('{"rule": "unanimity"}', "rule.bloc.gov", "does not count the blocs"),
    ],
)
def test_figures_of_a_form_that_the_rule_does_not_count_are_refused(kind: str, figure: str, why: str) -> None:
    with pytest.raises(ScenarioError, match=why):
        composed("PutQuestion", {"rule.kind": (kind,), figure: ("60",)})
    assert composed("PutQuestion", {"rule.kind": (kind,), figure: (" ",)})


def reported(*about: str, said: tuple[StatedStance, ...] = ()) -> Family:
    """A text that only others report: its copy has no words in the record."""
    copy = Copy(name="v1", hash="")
    return replace(family(*about, said=said), copies=(copy,), required=about)


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ((), "About The gov and The opp. Whether they signed it is not known here."),
        (
            (StatedStance(actor="gov", kind=StanceKind.REFUSED, copy="v1", word=Basis.OWN_WORD),),
            "About The gov and The opp. Whether The opp signed it is not known here.",
        ),
    ],
)
def test_silence_on_a_text_that_others_report_is_not_told_as_a_refusal(
    said: tuple[StatedStance, ...], line: str
) -> None:
    assert title_in_english(Story().view("gov"), reported("gov", "opp", said=said)) == line


def test_silence_alone_leaves_open_whether_a_reported_text_is_agreed() -> None:
    told = finding_in_english(Story().view("gov"), reported("gov", "opp"))
    assert told[0] == "It cannot be told whether this is agreed."
    assert "no stance is known" in told[1]


_SUMMARISED = """\
talks: {title: Lake, slug: lake}
actors: {east: {kind: party, names: {en: East}}, west: {kind: party, names: {en: West}}}
seats: {east: {actor: east, roles: [party]}, west: {actor: west, roles: [party]}}
sources: {post: {publisher: Post}}
claims:
  s1: {about: truce, aspect: what was done, value: {words: x}, chain: [Post], strength: unnamed-source, source: post,
    in_seed: no}
texts:
  truce: {title: Truce, about: [west], required: [east, west], papers: {en: "# Truce\\n\\n## 1.\\nIt stops.\\n"},
    stances: [%s]}
"""


@pytest.mark.parametrize("stances", ["", "{actor: east, kind: signed, claim: s1}"])
def test_a_summary_of_ours_does_not_show_who_has_not_signed(tmp_path: Path, stances: str) -> None:
    (tmp_path / "lake.yaml").write_text(_SUMMARISED % stances, encoding="utf-8")
    view = view_for(folded(tmp_path / "lake.yaml", START), "east")
    [row] = text_rows(view)
    assert "Whether they signed it is not known here." in row["line"]
    assert row["finding"] == "It cannot be told whether this is agreed."
    assert row["versions"] == ["truce  a summary of ours, not its words"]


def test_nobody_knows_here_who_signed_the_concept_paper() -> None:
    [row] = [one for one in text_rows(view_for(folded("astana-2017", START), "analyst")) if "concept" in one["text"]]
    assert "Whether they signed it is not known here." in row["line"]
    assert row["finding"] == "It cannot be told whether this is agreed."

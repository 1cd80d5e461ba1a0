"""The words of a text: one normal form, brackets, labels, hashes, Markdown and comparison."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from goodoffices.errors import ScenarioError
from goodoffices.talks.documents.diff import Change, compare, word_changes
from goodoffices.talks.documents.document import (
    Bracket,
    Clause,
    ClauseState,
    Paper,
    Piece,
    Variant,
    check_code,
    normal,
    open_numbers,
    ordered,
    taken,
    version_hash,
    words_hash,
)
from goodoffices.talks.documents.markdown import label, read_paper, single_brackets, write_paper

pytestmark = pytest.mark.slow

TEXT = """# Cease-fire

## 1. Start

It begins on [[A: 30 December | B: 1 January]].

## [2.] Monitoring

Three guarantors watch it.
"""

signs = st.text(st.sampled_from("ab é\\[]|{}#:A~\nו\u200f\u0301\u00a0\t1"), max_size=12).map(normal)
inline = signs.map(lambda text: text.strip(" \n"))


def pieces(depth: int) -> st.SearchStrategy[tuple[Piece, ...]]:
    if depth == 0:
        return inline.map(lambda text: (text,) if text else ())
    inner = pieces(depth - 1)
    variants = st.lists(inner, min_size=1, max_size=3, unique=True).filter(lambda made: made != [()])
    compromise = st.booleans()
    bracket = st.builds(
        lambda made, tag: Bracket(variants=tuple(Variant(pieces=p, compromise=tag) for p in made)), variants, compromise
    )
    return st.builds(lambda a, b, c: (*((a,) if a else ()), b, *((c,) if c else ())), inline, bracket, inline)


numbers = st.lists(st.sampled_from(["1", "1.2", "(a)", "§3", "٤", "12"]), unique=True, max_size=4)
papers = numbers.flatmap(
    lambda named: st.builds(
        lambda title, clauses: Paper(lang="en", title=title, clauses=tuple(clauses)),
        inline.map(lambda text: " ".join(text.split())),
        st.tuples(
            *[
                st.builds(
                    Clause,
                    number=st.just(number),
                    heading=inline.map(lambda text: " ".join(text.split())),
                    pieces=st.one_of(pieces(0), pieces(1), pieces(3)),
                    open_number=st.booleans(),
                    state=st.sampled_from(ClauseState),
                )
                for number in named
            ]
        ),
    )
)


@given(papers)
def test_t20_what_is_written_down_reads_back_the_same(paper: Paper) -> None:
    written = write_paper(paper)
    assert read_paper(written, "en") == paper
    assert write_paper(read_paper(written, "en")) == written


@given(st.text(max_size=40))
def test_the_normal_form_is_reached_in_one_step(text: str) -> None:
    assert normal(normal(text)) == normal(text)


def test_t3_what_no_reader_sees_changes_no_hash() -> None:
    seen = words_hash(read_paper(TEXT, "en"))
    unseen = TEXT.replace("It begins", "\u202bIt\u00a0begins\u202c  ").replace("\n", "\r\n")
    assert words_hash(read_paper(unseen, "en")) == seen


@pytest.mark.parametrize(
    ("old", "new"),
    [("30 December", "31 December"), ("## 1.", "## 1a."), ("Start", "start"), ("[2.]", "2."), ("three", "Three")],
)
def test_t3_what_a_reader_sees_changes_the_hash(old: str, new: str) -> None:
    changed = TEXT.replace(old, new) if old in TEXT else TEXT.replace(new, old)
    assert words_hash(read_paper(changed, "en")) != words_hash(read_paper(TEXT, "en"))


def test_t3_states_ids_and_the_tag_of_a_compromise_are_no_words() -> None:
    named = TEXT.replace("Start", "Start {cl3 agreed}").replace("A:", "A~{va1}:").replace("]].", "]]{br2}.")
    assert words_hash(read_paper(named, "en")) == words_hash(read_paper(TEXT, "en"))


def test_t6_labels_do_not_depend_on_the_order_of_proposing() -> None:
    turned = TEXT.replace("A: 30 December | B: 1 January", "A: 1 January | B: 30 December")
    assert write_paper(ordered(read_paper(turned, "en"))) == write_paper(ordered(read_paper(TEXT, "en")))
    assert words_hash(read_paper(turned, "en")) == words_hash(read_paper(TEXT, "en"))


def test_a_bracket_inside_or_on_the_number_keeps_a_clause_open() -> None:
    assert open_numbers(read_paper(TEXT, "en")) == ("1", "2")


def test_the_version_hash_covers_titles_annexes_and_what_prevails() -> None:
    paper = read_paper(TEXT, "en")
    hashes = {
        version_hash([paper], authentic=["en"]),
        version_hash([paper], authentic=[]),
        version_hash([paper], authentic=["en"], prevails="en"),
        version_hash([paper], authentic=["en"], annexes=[("A", "0" * 64)]),
        version_hash([read_paper(TEXT.replace("# Cease", "# A cease"), "en")], authentic=["en"]),
    }
    assert len(hashes) == 5
    assert all(len(check_code(h).replace(" ", "")) == 24 for h in hashes)


def test_a_bracket_is_taken_at_the_variant_chosen() -> None:
    first = taken(read_paper(TEXT, "en"), lambda bracket: bracket.variants[0])
    assert first.clauses[0].pieces == ("It begins on 30 December.",)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("words", "has no title"),
        ("# T\n\nwords", "before the first clause"),
        ("# T\n\n## no 1\n\n## no 2", "two clauses have the number no"),
        ("# T\n\n## 1.\n\n[[A: x", "line 5: a bracket is not closed"),
        ("# T\n\n## 1.\n\nx ]]", "line 5: ]] closes"),
        ("# T\n\n## 1.\n\n[[ [[ [[ [[x]] ]] ]] ]]", "more than 3 deep"),
        ("# T\n\n## 1.\n\n[[A: x | B: x]]", "the same text"),
        ("# T\n\n## 1.\n\n[[]]", "is empty"),
        ("# T\n\n## 1.\n\n## 1.", "two clauses have the number 1"),
        ("# T\n\n## 1. x {nonsense}", "not the name of a clause"),
        ("# T\n\n## 1.\n\n[[A{cl2}: x]]", "not the name of a variant"),
        ("\n\n# T\n\n### 1.", "line 5: .* write it like"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_line(text: str, why: str) -> None:
    with pytest.raises(ScenarioError, match=why):
        read_paper(text, "en")


def test_ten_thousand_nested_brackets_are_refused_and_nothing_breaks() -> None:
    with pytest.raises(ScenarioError, match="more than 3 deep"):
        read_paper("# T\n\n## 1.\n\n" + "[[" * 10_000, "en")


def test_comparison_names_what_was_kept_moved_changed_added_and_removed() -> None:
    before = read_paper("# T\n\n## 1. a\n\nx\n\n## 2. b\n\ny\n\n## 3. c\n\nz\n\n## 4. d\n\nw", "en")
    after = read_paper("# T\n\n## 3. c\n\nz\n\n## 1. a\n\nx\n\n## 2. b\n\ny!\n\n## 5. e\n\nnew", "en")
    found = {(c.number, c.change) for c in compare(before, after).clauses}
    assert found == {
        ("3", Change.MOVED),
        ("1", Change.KEPT),
        ("2", Change.CHANGED),
        ("4", Change.REMOVED),
        ("5", Change.ADDED),
    }


@given(papers, papers)
def test_comparison_leaves_no_clause_out_and_says_identical_only_of_the_same_words(a: Paper, b: Paper) -> None:
    compared = compare(a, b)
    assert sorted(c.before.number for c in compared.clauses if c.before) == sorted(c.number for c in a.clauses)
    assert [c.after.number for c in compared.clauses if c.after] == [c.number for c in b.clauses]
    assert compared.identical == (words_hash(a) == words_hash(b))
    assert compare(a, a).differing == ()


@given(st.text("ab c", max_size=12), st.text("ab c", max_size=12))
def test_word_changes_rebuild_both_copies(a: str, b: str) -> None:
    stretches = word_changes(a, b)
    assert "".join(s.text for s in stretches if s.change is not Change.ADDED) == a
    assert "".join(s.text for s in stretches if s.change is not Change.REMOVED) == b


def test_labels_go_on_after_z() -> None:
    assert [label(k) for k in (0, 25, 26, 27)] == ["A", "Z", "AA", "AB"]


@pytest.mark.parametrize(
    ("typed", "where"),
    [
        ("# T\n\n## 1.\n\nOpen on [two | three] days.", ["Clause 1"]),
        ("# T\n\n## 1.\n\nOpen on [A: two | B: three] days, [not\nthat].", ["Clause 1"]),
        (
            "# T [draft]\n\n## 1. Start [of all]\n\nOn.\n\n## [2.] End\n\n[[A: [x] | B: y]]",
            ["The title", "Clause 1", "Clause 2"],
        ),
        ("# T\n\n## 1.\n\nOpen on [[two]] days, \\[as it was\\], [[A: x | B: [[y]]]]{br1}.", []),
        ("# T\n\n## [1.]\n\nOpen.", []),
        ("# T\n\n## 1.\n\nA stroke \\\\[two] and more.", ["Clause 1"]),
    ],
)
def test_single_brackets_in_markdown_are_words_and_are_named(typed: str, where: list[str]) -> None:
    assert [note.partition(":")[0] for note in single_brackets(typed)] == where
    assert single_brackets(write_paper(read_paper(typed, "en"))) == ()


@pytest.mark.parametrize(
    ("head", "number", "heading"),
    [
        ("Article 1. The bridge", "1", "The bridge"),
        ("Article 2", "2", ""),
        ("ARTICLE 3: Guards", "3", "Guards"),
        ("Article 4 – Guards", "4", "Guards"),
        ("Article 2 bis. Guards", "2bis", "Guards"),
        ("Section 2.1 Guards", "2.1", "Guards"),
        ("[Article 5.] Guards", "5", "Guards"),
        ("المادة (٣) الجسر", "٣", "الجسر"),
        ("Статья 4. Мост {agreed}", "4", "Мост"),
        ("1. Article 7 of the treaty", "1", "Article 7 of the treaty"),
        ("Article. 1. The bridge", "Article", "1. The bridge"),
    ],
)
def test_a_number_may_be_named_as_an_article(head: str, number: str, heading: str) -> None:
    [clause] = read_paper(f"# T\n\n## {head}\n\nOpen.", "en").clauses
    assert (clause.number, clause.heading, clause.open_number) == (number, heading, head.startswith("["))
    paper = read_paper(f"# T\n\n## {head}\n\nOpen.", "en")
    assert read_paper(write_paper(paper), "en") == paper


def test_articles_in_markdown_have_numbers_of_their_own() -> None:
    paper = read_paper("# T\n\n## Article 1. The bridge\n\nOpen.\n\n## Article 2. Guards\n\nTwo.", "en")
    assert [clause.number for clause in paper.clauses] == ["1", "2"]

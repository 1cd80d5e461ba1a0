"""Brackets that are words and wording that is open are told apart in every text, whatever stands where."""

from __future__ import annotations

from hypothesis import given, strategies as st

from goodoffices.reports.texts.plain_english import paper_in_words
from goodoffices.talks.documents.literal_brackets import literal_brackets
from goodoffices.talks.documents.markdown import read_paper

PARTS = {
    "open": "[[A: open{0}a | B: open{0}b]]",
    "one": "[[open{0}]]",
    "typed": "[word{0}]",
    "escaped": r"\[word{0}\]",
    "in": r"[[A: with \[word{0}\] in it | B: without{0}]]",
    "plain": "plain{0}",
}
clause = st.lists(st.sampled_from(sorted(PARTS)), min_size=1, max_size=4)


@given(clauses=st.lists(clause, min_size=1, max_size=4), title=st.booleans())
def test_each_is_named_with_its_clause_and_nothing_open_is(clauses: list[list[str]], title: bool) -> None:
    lines, meant, n = ["# On wells" + (r" \[word0\]" if title else "")], [("", "[word0]")] * title, 0
    for number, kinds in enumerate(clauses, start=1):
        words = []
        for kind in kinds:
            n += 1
            words.append(PARTS[kind].format(n))
            meant += [(str(number), f"[word{n}]")] if "word" in PARTS[kind] else []
        lines += ["", f"## {number}.", "", f"Words {' and '.join(words)}."]
    paper = read_paper("\n".join(lines) + "\n", "en")
    assert list(literal_brackets(paper)) == meant
    shown = paper_in_words(paper)
    last = shown.split("\n\n")[-1]
    assert ("leave nothing open" in last) == bool(meant)
    assert all(f"“{words}”" in last for _, words in meant)
    assert "“[A:" not in last

"""Every word and every tracked change of an OpenDocument text is in the text, in a change, a remark or a note."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings, strategies as st

from goodoffices.formats.odt.reader import read_odt
from goodoffices.talks.documents.markdown import write_paper
from properties.odt_trees import odt_document

_WORD = re.compile(r"w\d+q")
seeds = st.integers(0, 2**32)


def check_balance(seed: int) -> None:
    data, tree = odt_document(seed)
    read = read_odt(data, name="a.odt", lang="en")
    text = set(_WORD.findall(write_paper(read.paper)))
    remarks = set(_WORD.findall(" ".join(remark.words for remark in read.remarks)))
    proposed = (f"{one.heading} {one.words} {one.before}" for one in read.proposals)
    rest = set(_WORD.findall(" ".join((*proposed, *read.said(names=True)))))
    assert set(tree.words) <= text | remarks | rest
    assert tree.remarks == remarks
    assert not remarks & text
    assert read.n_marks >= len(tree.regions)
    assert bool(read.proposals or read.unplaced) or not tree.regions


@settings(max_examples=100)
@given(seeds)
def test_no_word_and_no_tracked_change_of_an_open_document_text_is_lost(seed: int) -> None:
    check_balance(seed)


@pytest.mark.nightly
@settings(max_examples=5_000)
@given(seeds)
def test_no_word_is_lost_in_five_thousand_open_document_texts(seed: int) -> None:
    check_balance(seed)

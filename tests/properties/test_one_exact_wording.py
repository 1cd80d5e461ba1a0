"""One exact wording has no character that nobody sees, and each character that it may have comes back from a file."""

from __future__ import annotations

import io
import zipfile

import pytest
import regex
from defusedxml.ElementTree import fromstring
from hypothesis import given, settings, strategies as st

from goodoffices.errors import ScenarioError
from goodoffices.reports.texts.downloads import FORMS, DownloadRequest
from goodoffices.talks.base.acts import Words
from goodoffices.talks.base.enums import Kind
from goodoffices.talks.base.refusals import Refusal
from goodoffices.talks.core import decide, replay, view_for
from goodoffices.talks.documents.document import version_hash
from goodoffices.talks.documents.markdown import read_paper
from goodoffices.talks.initial_acts import opening
from goodoffices.talks.state.command_context import CommandRequest
from goodoffices.talks.texts.commands import TableText
from goodoffices.unseen_characters import first_unseen
from properties.worlds.cast import START, the_talks

IGNORABLE = regex.findall(r"\p{Default_Ignorable_Code_Point}", "".join(map(chr, range(0x110000))))
BEGUN = replay(opening(the_talks(), kind=Kind.EXERCISE, at=START))


def paper(between: str, *, words: tuple[str, str] = ("pay", "ment")) -> str:
    return f"# A text\n\n## 1. Aid\n\nThe {words[0]}{between}{words[1]} is due.\n"


def check(text: str) -> str:
    return version_hash([read_paper(text, "en")], authentic=["en"])


def test_there_are_thousands_of_characters_that_nobody_sees() -> None:
    assert len(IGNORABLE) > 4_000


@pytest.mark.parametrize("part", range(8))
def test_no_character_that_nobody_sees_makes_another_wording(part: int) -> None:
    """Each is refused by its number, or left out: never two check codes for one sight."""
    plain = check(paper(""))
    for character in IGNORABLE[part::8]:
        try:
            found = check(paper(character))
        except ScenarioError as error:
            assert f"U+{ord(character):04X}" in str(error)
            continue
        assert found == plain, f"U+{ord(character):04X}"


def test_joiners_stay_where_a_script_needs_them() -> None:
    needed = paper("\u200c", words=("\u0645\u06cc", "\u0631\u0648\u062f"))
    assert "\u200c" in "".join(map(str, read_paper(needed, "fa").clauses[0].pieces))
    assert check(needed) != check(needed.replace("\u200c", ""))
    assert first_unseen("USB\u200c\u0647\u0627") is None
    assert first_unseen("\u0915\u094d\u200d\u0937") is None
    assert first_unseen("a\u200db") == "\u200d"


def _xml_of(name: str, made: bytes) -> list[bytes]:
    if name in ("docx", "odt") or made[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(made)) as packed:
            return [packed.read(one) for one in packed.namelist() if one.endswith((".xml", ".rels"))]
    return [made] if made.lstrip()[:5] == b"<?xml" else []


@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=12))
@settings(max_examples=60)
def test_every_file_of_a_text_that_was_taken_can_be_read_again(words: str) -> None:
    """Whatever character is in a text: it is refused, or every export holds well-formed XML."""
    try:
        command = TableText(papers=(Words(text=f"# A text\n\n## 1. Aid\n\nThe {words} is due.\n", lang="en"),))
    except ScenarioError:
        return
    acts = decide(BEGUN, CommandRequest(seat="un", command=command), START)
    if isinstance(acts, Refusal):
        return
    view = view_for(replay(acts, BEGUN), "un")
    [version] = view.known.versions
    n_read = 0
    for name, form in FORMS.items():
        try:
            made = form.make(view, DownloadRequest(version=version, languages=("en",), clause="1"))
        except ScenarioError:
            continue
        for part in _xml_of(name, made):
            fromstring(part)
            n_read += 1
    assert n_read > 5

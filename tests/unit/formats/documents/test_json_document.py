"""A version as a JSON file: exact, and it proves its own hash and check code."""

from __future__ import annotations

import json

import pytest

from goodoffices.errors import ScenarioFileError
from goodoffices.formats.documents.json_document import FileVersion, read_version, verify_version, write_version
from goodoffices.talks.documents.document import check_code, version_hash
from goodoffices.talks.documents.markdown import read_paper

EN = "# Terms\n\n## 1. Start {agreed}\n\nOn [[A: 30 \\[sic\\] | B~: 1 [[A: or 2]]]].\n\n## [2.] Watch\n\nBy three.\n"
AR = "# شروط\n\n## 1. البدء {agreed}\n\nفي [[A: ٣٠ | B~: ١ [[A: أو ٢]]]].\n\n## [2.] المراقبة\n\nثلاث دول.\n"


def version() -> FileVersion:
    papers = (read_paper(AR, "ar"), read_paper(EN, "en"))
    return FileVersion(papers=papers, authentic=("en", "ar"), annexes=(("A", "ab" * 32),))


def test_t20_out_and_in_again_is_the_same_version() -> None:
    data = write_version(version())
    assert read_version(data, name="v.json") == version()
    assert write_version(read_version(data, name="v.json")) == data


def test_the_file_gives_the_hash_that_the_words_have() -> None:
    held = version()
    expected = version_hash(held.papers, authentic=("en", "ar"), annexes=(("A", "ab" * 32),))
    found = verify_version(write_version(held), name="v.json")
    assert (found.hash, found.code, found.holds) == (expected, check_code(expected), True)


@pytest.mark.parametrize(
    ("old", "new", "differs"),
    [
        ("By three.", "By four.", ("words in en", "hash", "check code")),
        ("# ", "# ", ()),
        ('"prevails":""', '"prevails":"en"', ("hash", "check code")),
        ("agreed", "closed", ()),
        ("Terms", "Terms!", ("hash", "check code")),
        ('["en","ar"]', '["en"]', ("hash", "check code")),
        ("ab" * 32, "ac" * 32, ("hash", "check code")),
    ],
)
def test_what_was_changed_in_a_file_is_named(old: str, new: str, differs: tuple[str, ...]) -> None:
    changed = write_version(version()).decode().replace(old, new, 1)
    assert verify_version(changed.encode(), name="v.json").differs == differs


def test_a_blank_in_the_check_code_makes_no_difference() -> None:
    held = json.loads(write_version(version()))
    held["check_code"] = held["check_code"].replace(" ", "")
    assert verify_version(json.dumps(held).encode(), name="v.json").holds


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", "not-json"),
        (b"\xff\xfe{}", "not-json"),
        (b"[" * 200_000, "not-json"),
        (b"[]", "shape"),
        (b'{"form":1}', "shape"),
        (b'{"a":1,"a":2}', "not-json"),
        (write_version(version()).replace(b"version-file/1", b"version-file/2"), "form"),
        (write_version(version()).replace(b"By three.", b"By  three."), "words"),
        (write_version(version()).replace(b'"agreed"', b'"done"'), "words"),
        (write_version(version()).replace(b'"number":"2"', b'"number":"1"'), "words"),
        (b"x" * (33 * 2**20), "too-large"),
    ],
)
def test_what_is_no_versions_file_is_refused_with_what_to_do(data: bytes, kind: str) -> None:
    with pytest.raises(ScenarioFileError) as caught:
        verify_version(data, name="v.json")
    assert caught.value.kind == kind
    assert str(caught.value).startswith("v.json: ")
    assert len(str(caught.value)) < 400

"""Reading is total: whatever bytes a file holds, there are talks with a report, or one error of our tree."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import example, given, settings, strategies as st

from formats_helpers import ACTORS, ROOT
from goodoffices.errors import TalksFileError
from goodoffices.formats.talks_file.reader import read_reported, read_talks

PAGE = (ROOT / "docs" / "reference" / "talks-file.md").read_text(encoding="utf-8")
BLOCKS = "\n".join(part.partition("```")[0] for part in PAGE.split("```yaml\n")[1:])
ASTANA = (ROOT / "scenarios" / "astana-2017" / "agenda.yaml").read_text(encoding="utf-8")
SEEDS = (BLOCKS.encode(), (ACTORS + ASTANA).encode())

mutations = st.lists(
    st.tuples(
        st.sampled_from(["delete", "double", "insert", "cut", "swap"]),
        st.integers(0, 10_000),
        st.integers(1, 8),
        st.sampled_from([b":", b"\n", b"- ", b"{", b"]", b"'", b'"', b"&a ", b"*a", b"\t", b"\x00", b"\xff", b"no",
                         b"!!str ", "٧".encode(), b"|", b"#", b",", b"? ", b"<<: ", b"2017-02-30", b"~"]),
    ),
    max_size=6,
)  # fmt: skip


def mutated(data: bytes, changes: list[tuple[str, int, int, bytes]]) -> bytes:
    for how, where, length, inserted in changes:
        start = where % (len(data) + 1)
        part = data[start : start + length]
        if how == "delete":
            data = data[:start] + data[start + length :]
        elif how == "double":
            data = data[:start] + part + part + data[start + length :]
        elif how == "insert":
            data = data[:start] + inserted + data[start:]
        elif how == "cut":
            data = data[:start]
        else:
            data = data[:start] + part[::-1] + data[start + length :]
    return data


def read_bytes(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "talks.yaml"
        path.write_bytes(data)
        reading = read_reported(path)
        if reading.talks is None:
            assert reading.report.exit_code == 2
            try:
                read_talks(path)
            except TalksFileError as error:
                assert error.count >= 1 and str(error)
            else:
                raise AssertionError("refused once and read once")
        else:
            assert reading.report.refusals == ()
            assert read_talks(path) == reading.talks


@given(st.sampled_from(SEEDS), mutations)
def test_any_mutated_file_is_read_or_refused(seed: bytes, changes: list[tuple[str, int, int, bytes]]) -> None:
    read_bytes(mutated(seed, changes))


@given(st.binary(max_size=200))
@example(b"\xef\xbb\xbf")
@example(b"actors: {a: {kind: party, names: {en: A}}}\r")
@example(b"\x85")
@example("\u2028actors:".encode())
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    read_bytes(data)


words = st.sampled_from(
    ["no", "null", "~", "", "010", "2017-01-23", "12:30", "a: b", "'", '"', "&", "<", " x ", "الشمال", "Север", "🕊",
     "#x", "x" * 1_000, "[a]", "{a}", "!t", "- x", "\u200fx", "a\u0301", "%", "@", "`"]
)  # fmt: skip


@settings(max_examples=50)
@given(st.lists(words, min_size=1, max_size=4))
def test_quoted_texts_come_back_as_they_were_written(texts: list[str]) -> None:
    quoted = ", ".join("'" + text.replace("'", "''") + "'" for text in texts)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "talks.yaml"
        path.write_text(ACTORS + f"talks: {{summary: [{quoted}]}}", encoding="utf-8")
        assert list(read_talks(path).summary) == texts


faults = st.lists(
    st.sampled_from(
        [
            ("  a{n}: {{kind: parti, names: {{en: A}}}}", "unknown-word"),
            ("  a{n}: {{kind: party, names: {{en: A}}, prt_of: north}}", "unknown-key"),
            ("  a{n}: {{kind: party}}", "missing-key"),
            ("  a{n}: {{kind: party, names: {{en: الف}}, part_of: nobody{n}}}", "unknown-reference"),
            ("  A{n}: {{kind: party, names: {{en: A}}}}", "not-a-slug"),
            ("  a{n}: [north]", "wrong-shape"),
            ("  a{n}:", "empty-value"),
            ("  a{n}: {{kind: party, names: {{en: &x{n} A}}}}", "anchor"),
            ("  a{n}: {{kind: party, names: {{ar: الف, ar: ب}}}}", "duplicate-key"),
            ("  a{n}: {{kind: party, names: {{english: A}}}}", "not-a-language"),
            ("  a{n}: {{kind: party, names: {{}}}}", "too-few"),
        ]
    ),
    max_size=12,
)


@given(faults)
def test_k_planted_faults_are_exactly_k_messages_each_on_its_line(planted: list[tuple[str, str]]) -> None:
    lines = [line.format(n=n) for n, (line, _) in enumerate(planted)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "talks.yaml"
        path.write_text(ACTORS + "\n".join(lines) + "\n", encoding="utf-8")
        report = read_reported(path).report
    first = ACTORS.count("\n") + 1
    assert [(e.place.line, e.kind) for e in report.refusals] == [
        (first + n, kind) for n, (_, kind) in enumerate(planted)
    ]

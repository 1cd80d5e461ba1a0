"""Files from strangers: whatever they are, there is one sentence and no traceback."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from formats_helpers import ACTORS, checked, kinds
from goodoffices.formats.input.limits import Limits
from goodoffices.formats.talks_file.reader import check, read_reported, read_talks

BOMB = "a: &a [x, x, x]\n" + "".join(
    f"{b}: &{b} [*{a}, *{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", "empty-file"),
        (b" \r\n\n", "empty-file"),
        (b"\xef\xbb\xbf", "empty-file"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not-utf8"),
        (b"PK\x03\x04 a spreadsheet", "not-utf8"),
        (ACTORS.encode("utf-16"), "not-utf8"),
        (ACTORS.encode("utf-32"), "not-utf8"),
        ("actors: {ü: 1}".encode("latin-1"), "not-utf8"),
        (b"actors: \x00", "control-character"),
        (BOMB.encode(), "anchor"),
        (b"[" * 100_000, "too-deep"),
        (b"{a: " * 100_000, "too-deep"),
        (b"actors: !!python/object/apply:os.system [id]", "tag"),
        (b"actors: !!binary gASVKQ==", "tag"),
        (b"+AGEAYwB0-", "wrong-shape"),
        (b"- " * 50 + b"x", "too-deep"),
        (b"? " * 50 + b"x", "too-deep"),
        (b"%YAML 9.9\n---\na: 1", "not-yaml"),
    ],
)
def test_a_hostile_file_is_refused_by_kind(tmp_path: Path, data: bytes, kind: str) -> None:
    report = checked(tmp_path, data)
    assert kind in kinds(report)
    assert report.exit_code == 2


def test_a_byte_that_is_no_text_is_placed(tmp_path: Path) -> None:
    [problem] = checked(tmp_path, "actors:\n  ب: ".encode() + b"\xff").refusals
    assert (problem.place.line, problem.place.column) == (2, 6)


def test_a_byte_order_mark_windows_line_ends_and_no_last_one_are_accepted(tmp_path: Path) -> None:
    (tmp_path / "plain.yaml").write_text(ACTORS, encoding="utf-8")
    data = b"\xef\xbb\xbf" + ACTORS.rstrip("\n").replace("\n", "\r\n").encode()
    (tmp_path / "windows.yaml").write_bytes(data)
    assert read_talks(tmp_path / "plain.yaml").actors == read_talks(tmp_path / "windows.yaml").actors


def test_a_file_beyond_the_limit_is_refused_with_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "talks.yaml"
    path.write_text(ACTORS, encoding="utf-8")
    [problem] = read_reported(path, limits=Limits(file_bytes=20)).report.refusals
    assert problem.kind == "too-large" and "20 bytes" in problem.why


def test_a_million_keys_are_too_many(tmp_path: Path) -> None:
    path = tmp_path / "talks.yaml"
    path.write_text("a:\n" + "".join(f" k{n}: v\n" for n in range(3_000)), encoding="utf-8")
    [problem] = read_reported(path, limits=Limits(nodes=5_000)).report.refusals
    assert problem.kind == "too-many-nodes"


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "talks.yaml")
    assert kinds(check(tmp_path / "talks.yaml")) == ["not-a-file"]


def test_folders_and_missing_files_are_named(tmp_path: Path) -> None:
    assert kinds(check(tmp_path)) == ["not-there"]
    assert kinds(check(tmp_path / "none.yaml")) == ["not-there"]
    assert kinds(check(str(tmp_path / "nul\x00.yaml"))) == ["not-a-file"]
    assert kinds(check(tmp_path / ("x" * 5_000))) == ["not-a-file"]


@pytest.mark.parametrize("name", ["../other.yaml", "/etc/passwd", "sub/other.yaml", "..", "''", "a\\b"])
def test_an_included_name_does_not_lead_out_of_the_folder(tmp_path: Path, name: str) -> None:
    report = checked(tmp_path, ACTORS + f"include: [{name}]")
    assert kinds(report) == ["outside-folder"]
    assert report.refusals[0].place.line == 4


def test_an_included_link_pipe_or_missing_file_is_refused_where_it_is_named(tmp_path: Path) -> None:
    outside = tmp_path / "outside.yaml"
    outside.write_text("areas: {a: {names: {en: A}}}", encoding="utf-8")
    folder = tmp_path / "talks"
    folder.mkdir()
    (folder / "link.yaml").symlink_to(outside)
    os.mkfifo(folder / "pipe.yaml")
    report = checked(folder, ACTORS + "include: [link.yaml, pipe.yaml, none.yaml]")
    assert [(e.kind, e.place.line, e.place.column) for e in report.refusals] == [
        ("not-a-file", 4, 11),
        ("not-a-file", 4, 22),
        ("not-there", 4, 33),
    ]


def test_included_sections_are_joined_and_errors_name_the_included_file(tmp_path: Path) -> None:
    (tmp_path / "more.yaml").write_text(
        "actors:\n  east: {kind: party, names: {en: East}}\nroles: [{actor: est, role: party}]", encoding="utf-8"
    )
    report = checked(tmp_path, ACTORS + "include: [more.yaml]\nroles: [{actor: east, role: party}]")
    [problem] = report.refusals
    assert (str(problem.place), problem.nearest) == (f"{tmp_path / 'more.yaml'}:3:17", "east")


@pytest.mark.parametrize(
    ("more", "kind"),
    [
        ("actors: {north: {kind: party, names: {en: N}}}", "duplicate-key"),
        ("include: [talks.yaml]", "include-depth"),
        ("talks: {title: T}", "include-depth"),
        ("roles: {a: b}", "duplicate-key"),
        ("- a list", "wrong-shape"),
    ],
)
def test_what_cannot_be_joined_is_refused_in_the_included_file(tmp_path: Path, more: str, kind: str) -> None:
    (tmp_path / "more.yaml").write_text(more, encoding="utf-8")
    report = checked(tmp_path, ACTORS + "include: [more.yaml]\nroles: []")
    assert [(e.kind, Path(e.place.file).name) for e in report.refusals] == [(kind, "more.yaml")]


def test_the_files_read_and_their_digests_travel_with_the_talks(tmp_path: Path) -> None:
    (tmp_path / "more.yaml").write_text("areas: {a: {names: {en: A}}}", encoding="utf-8")
    (tmp_path / "talks.yaml").write_text(ACTORS + "include: [more.yaml]", encoding="utf-8")
    origin = dict(read_talks(tmp_path).origin)
    assert [Path(name).name for name in origin] == ["talks.yaml", "more.yaml"]
    assert all(len(digest) == 64 for digest in origin.values())

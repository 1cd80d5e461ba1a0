"""YAML text to a located tree: what stays text, what is refused, and where."""

from __future__ import annotations

import pytest

from goodoffices.formats.input.limits import Limits
from goodoffices.formats.input.located_tree import Mapping, Scalar, is_absent, node_at, plain
from goodoffices.formats.input.yaml_reader import tree_of


@pytest.mark.parametrize("word", ["no", "off", "2017-01-23", "12:30", "010", "0x1F", "1e3", "True", ".nan", "1_000"])
def test_a_scalar_is_its_text_and_nothing_else(word: str) -> None:
    assert plain(tree_of(f"a: {word}", file="f").root) == {"a": word}


@pytest.mark.parametrize("nothing", ["", "~", "null"])
def test_empty_tilde_and_null_are_absent_unless_quoted(nothing: str) -> None:
    assert plain(tree_of(f"a: {nothing}", file="f").root) == {"a": None}
    assert plain(tree_of(f"a: '{nothing}'", file="f").root) == {"a": nothing}


def test_every_node_knows_its_line_and_column_in_characters() -> None:
    tree = tree_of("ب: {الحكومة: x, b: [y, z]}\n", file="f")
    assert isinstance(tree.root, Mapping)
    node, key, walked = node_at(tree.root, ("ب", "b", 1))
    assert isinstance(node, Scalar)
    assert (node.line, node.column, node.text) == (1, "ب: {الحكومة: x, b: [y, z]}".index("z") + 1, "z")
    assert key is None
    assert walked == ("ب", "b", "1")


def test_parts_of_a_path_that_are_not_in_the_file_are_passed_over() -> None:
    tree = tree_of("a: {b: c}", file="f")
    assert tree.root is not None
    node, key, walked = node_at(tree.root, ("a", "some-alternative", "b"))
    assert isinstance(node, Scalar) and node.text == "c"
    assert key is not None and key.text == "b"
    assert walked == ("a", "b")


@pytest.mark.parametrize(
    ("text", "kind", "line", "column"),
    [
        ("a: &x 1", "anchor", 1, 4),
        ("a: 1\nb: *x", "alias", 2, 4),
        ("a: 1\n<<: {b: 2}", "merge-key", 2, 1),
        ("a: !!python/object:os.system 1", "tag", 1, 4),
        ("a: !x [1]", "tag", 1, 4),
        ("a: 1\n---\nb: 2", "several-documents", 2, 1),
        ("a: 1\nb: 2\na: 3", "duplicate-key", 3, 1),
        ("[a]: 1", "key-not-text", 1, 1),
        ("{a: 1}: 1", "key-not-text", 1, 1),
        ("a: \x00", "control-character", 1, 4),
        ("a: 1\nب: \x07", "control-character", 2, 4),
    ],
)
def test_what_makes_a_file_mean_several_things_is_refused_where_it_stands(
    text: str, kind: str, line: int, column: int
) -> None:
    problems = tree_of(text, file="f").problems
    assert [(p.kind, p.place.line, p.place.column) for p in problems] == [(kind, line, column)]


def test_a_key_written_twice_names_the_first_line() -> None:
    [problem] = tree_of("a: 1\nb: 2\na: 3", file="f").problems
    assert "first at line 1" in problem.why


def test_keys_that_look_alike_in_nfc_are_one_key() -> None:
    [problem] = tree_of("caf\u00e9: 1\ncafe\u0301: 2", file="f").problems
    assert problem.kind == "duplicate-key"


def test_a_merge_key_is_one_mistake_even_with_its_alias() -> None:
    assert [p.kind for p in tree_of("a: &x {b: 1}\nc:\n  <<: *x\n", file="f").problems] == ["anchor", "merge-key"]


def test_an_alias_stands_for_nothing_and_is_not_complained_of_twice() -> None:
    tree = tree_of("a: &x 1\nb: *x", file="f")
    assert isinstance(tree.root, Mapping)
    value = tree.root.entries["b"][1]
    assert isinstance(value, Scalar) and value.is_broken
    assert is_absent(value)


@pytest.mark.parametrize(
    ("text", "kind"),
    [("[" * 40 + "]" * 40, "too-deep"), ("{a: " * 40 + "}" * 40, "too-deep"), ("[1, 2, 3, 4]", "too-many-nodes")],
)
def test_beyond_the_limits_there_is_no_tree(text: str, kind: str) -> None:
    tree = tree_of(text, file="f", limits=Limits(nodes=4) if kind == "too-many-nodes" else Limits())
    assert tree.root is None
    assert [p.kind for p in tree.problems] == [kind]


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ("a: 1\n\tb: 2", 2, "tab"),
        ("a: 'b\n", 2, "quotation"),
        ("a: [1, 2\nb: 3", 2, "closed"),
        ("a: b: c", 1, "second ': '"),
        ("a:\n   - 1\n  - 2", 3, "indentation"),
        ("a: 1\njust words\nb: 2", 3, "colon"),
        ("a: @x", 1, "quotation marks"),
    ],
)
def test_what_is_not_yaml_is_said_in_words_of_a_writer(text: str, line: int, word: str) -> None:
    tree = tree_of(text, file="f")
    assert tree.root is None
    [problem] = tree.problems
    assert problem.kind == "not-yaml"
    assert problem.place.line == line
    assert word in problem.why + problem.remedy


def test_windows_line_ends_a_missing_last_one_and_comments_change_nothing() -> None:
    assert plain(tree_of("a: 1\r\nb:\r\n  - x\r\n", file="f").root) == plain(
        tree_of("a: 1 # one\nb:\n  - x", file="f").root
    )

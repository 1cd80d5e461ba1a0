"""Tables as text: within their width, nothing lost, and no word cut while there is room for all longest words."""

from __future__ import annotations

from hypothesis import given, strategies as st

from goodoffices.text_tables import beginning, wrapped_table

WORDS = st.text("abcdefg", min_size=1, max_size=14)
CELLS = st.lists(WORDS, max_size=7).map(" ".join)


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[str], list[list[str]], int]:
    n = draw(st.integers(1, 6))
    row = st.lists(CELLS, min_size=n, max_size=n)
    return draw(row), draw(st.lists(row, max_size=4)), draw(st.integers(30, 140))


def columns_of(lines: list[str]) -> list[list[str]]:
    """Return the words of each column, read by where the line of dashes has its columns."""
    dashes = next(line for line in lines if set(line) <= {"-", " "} and "-" in line)
    starts = [at for at in range(len(dashes)) if dashes[at] == "-" and (at == 0 or dashes[at - 1] == " ")]
    ends = [*(start - 2 for start in starts[1:]), None]
    others = [line for line in lines if line is not dashes]
    return [[w for line in others for w in line[a:b].split()] for a, b in zip(starts, ends, strict=True)]


@given(tables())
def test_no_word_is_cut_while_there_is_room_for_the_longest_of_each_column(
    table: tuple[list[str], list[list[str]], int],
) -> None:
    head, rows, width = table
    lines = wrapped_table(head, rows, width)
    longest = [max((len(w) for row in (head, *rows) for w in row[n].split()), default=0) for n in range(len(head))]
    if sum(longest) + 2 * (len(head) - 1) <= width and all(longest):
        assert max(map(len, lines)) <= width
        assert columns_of(lines) == [[w for row in (head, *rows) for w in row[n].split()] for n in range(len(head))]
    given_letters = sorted("".join(cell for row in (head, *rows) for cell in row).replace(" ", ""))
    assert sorted("".join(lines).replace(" ", "").replace("-", "")) == given_letters


def test_a_table_that_fits_is_as_wide_as_its_cells() -> None:
    assert wrapped_table(["a", "b"], [["one two", "x"]], 80) == ["a        b", "-------  -", "one two  x"]


@given(st.text(st.sampled_from("ab ,"), max_size=40), st.integers(2, 20))
def test_a_beginning_cuts_no_word_that_fits(text: str, most: int) -> None:
    made = beginning(text, most)
    assert len(made) <= most
    if made != text:
        kept = made.removesuffix("…")
        assert text.startswith(kept) and made.endswith("…")
        assert len(text) > most
        assert text[len(kept)] in " ," or " " not in text[:most].strip(" ,")

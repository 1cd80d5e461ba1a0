"""The first page of a brief: what waits, who is in, what is contested, on the table, due and new; 50 lines at most.

The page is made of blocks of rows. What does not fit is left to the sections: rows are dropped from the foot of a list,
never a side of a question and never the middle of a row.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from dataclasses import replace

from goodoffices.data_class import dataclass

MOST_LINES = 50
MOST_WIDTH = 80
LABEL = 20
_LEAD_LINES = 4
HARD_SPACE = "\u00a0"
"""A blank at which no line is broken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row: a label, and what is said. ``is_invented`` puts ``~`` at its left; what ``is_kept`` goes last."""

    label: str
    words: str
    is_invented: bool = False
    is_kept: bool = False

    @property
    def plain(self) -> tuple[str, str]:
        """The label, with the mark of what is invented, and the words, with ordinary blanks."""
        edge = "~ " if self.is_invented else ""
        return edge + self.label.replace(HARD_SPACE, " "), self.words.replace(HARD_SPACE, " ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A titled list of rows. ``section`` names the section that has all of them.

    ``least`` rows are kept as long as another block has more than it keeps; a block that ``may_go`` goes before those.
    """

    title: str
    rows: tuple[Row, ...]
    section: str = ""
    note: str = ""
    least: int = 2
    may_go: bool = False
    left_out: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The first page: heading lines, the lead, the blocks, and the legend of its marks."""

    heading: tuple[str, ...]
    lead: tuple[str, ...]
    blocks: tuple[Block, ...]
    legend: str


def page_lines(page: Page, width: int = MOST_WIDTH, most: int = MOST_LINES) -> list[str]:
    """Return the page as at most ``most`` lines of at most ``width`` characters; never wider than 80."""
    width = min(width, MOST_WIDTH)
    blocks = [block for block in page.blocks if block.rows]
    while len(_lines(page, blocks, width)) > most:
        shorter = _to_shorten(blocks)
        if shorter is None:
            break
        blocks[shorter] = _without_last(blocks[shorter])
    return _lines(page, _filled(page, blocks, width, most), width)


def _without_last(block: Block) -> Block:
    spare = [n for n, row in enumerate(block.rows) if not row.is_kept] or [len(block.rows) - 1]
    rows = (*block.rows[: spare[-1]], *block.rows[spare[-1] + 1 :])
    return replace(block, rows=rows, left_out=block.left_out + 1)


def _filled(page: Page, blocks: list[Block], width: int, most: int) -> list[Block]:
    """Return the blocks with rows put back where there is room after all: rows differ in how many lines they take."""
    whole = {block.title: block for block in page.blocks}
    for n, block in enumerate(blocks):
        while len(blocks[n].rows) < len(whole[block.title].rows):
            # By identity: two rows can say the same, such as two things done in one minute.
            there = set(map(id, blocks[n].rows))
            back = next(row for row in whole[block.title].rows if id(row) not in there)
            kept = tuple(row for row in whole[block.title].rows if row is back or id(row) in there)
            trial = [*blocks]
            trial[n] = replace(blocks[n], rows=kept, left_out=blocks[n].left_out - 1)
            if len(_lines(page, trial, width)) > most:
                break
            blocks = trial
    return blocks


def _to_shorten(blocks: list[Block]) -> int | None:
    """Return which block gives up its last row: the last that has more than it keeps, else the last that may go."""
    spare = [n for n, block in enumerate(blocks) if len(block.rows) > block.least]
    spare = spare or [n for n, block in enumerate(blocks) if block.may_go and block.rows]
    spare = spare or sorted((n for n, b in enumerate(blocks) if len(b.rows) > 1), key=lambda n: len(blocks[n].rows))
    return spare[-1] if spare else None


def _lines(page: Page, blocks: list[Block], width: int) -> list[str]:
    lines = [line for heading in page.heading for line in _wrapped(heading, width)]
    lead: list[str] = []
    for paragraph in page.lead:
        more = _wrapped(paragraph, width)
        if lead and len(lead) + len(more) > _LEAD_LINES:
            break
        lead += more
    lines += ["", *lead] if lead else []
    for block in (block for block in blocks if block.rows):
        lines += ["", f"{block.title.upper()}{block.note}", *_block(block, width)]
    return [*lines, *([""] if blocks else []), *_wrapped(page.legend, width)]


def _block(block: Block, width: int) -> list[str]:
    lines = [line for row in block.rows for line in row_lines(row, width)]
    if block.left_out:
        lines.append(f"  and {block.left_out} more: --section {block.section}")
    return lines


def row_lines(row: Row, width: int) -> list[str]:
    """Return a row as lines: the label in a column of its own, the words beside it; a mark is never cut."""
    edge = "~ " if row.is_invented else "  "
    label = _wrapped(row.label, LABEL - 1) or [""]
    words = _wrapped(row.words, width - LABEL - 2)
    if len(label) > max(2, len(words)):
        whole = _wrapped(f"{row.label}: {row.words}", width - 4)
        return [f"{edge}{line}" if n == 0 else f"    {line}" for n, line in enumerate(whole)]
    lines = []
    for n in range(max(len(label), len(words))):
        left, right = (column[n] if n < len(column) else "" for column in (label, words))
        lines.append(f"{edge if n == 0 else '  '}{left:<{LABEL}}{right}".rstrip())
    return lines


def _wrapped(text: str, width: int) -> list[str]:
    return [line.replace(HARD_SPACE, " ") for line in textwrap.wrap(_bound(text), width)]


def _bound(text: str) -> str:
    """Return ``text`` with hard blanks inside marks such as ``[F9 N]`` and before ``%``, so that neither is cut off."""
    parts = text.replace(" %", f"{HARD_SPACE}%").split("[")
    return parts[0] + "".join(
        "[" + (part.replace(" ", HARD_SPACE, part[: part.find("]") + 1].count(" ")) if "]" in part else part)
        for part in parts[1:]
    )


def compact(items: Iterable[str]) -> str:
    """Return short items as one text, two blanks between them."""
    return f"{HARD_SPACE} ".join(items)

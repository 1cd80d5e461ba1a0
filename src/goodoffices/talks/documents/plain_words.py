"""Plain words as a text: the first line is its title, and each paragraph after it a clause.

Somebody who drafts a text for the first time knows no Markdown. Words without any heading are given theirs here.
Brackets may be typed in them as ever.
"""

from __future__ import annotations

import re

_NUMBERED = re.compile(r"(?P<number>\d{1,4}(?:\.\d{1,4})*)[.)]\s+(?P<rest>\S.*)")


def marked_up(words: str) -> str:
    """Return plain words with the headings of a text in Markdown; words with headings stay as they are.

    Paragraphs are divided by empty lines. If the first one has a number (``1.`` or ``1)``), the numbers are those of
    the clauses, and a paragraph without one goes on with the clause before it. Else clauses are numbered from 1.
    A heading takes the place of an empty line, so that an error names the line that was typed.

    Examples
    --------
    >>> print(marked_up("Cease-fire\\n\\nAll fire stops on Friday.\\n\\nCrews repair the road."))
    # Cease-fire
    ## 1.
    All fire stops on Friday.
    ## 2.
    Crews repair the road.
    """
    lines = words.rstrip().split("\n")
    first = next((place for place, line in enumerate(lines) if line.strip()), None)
    if first is None or lines[first].startswith("#"):
        return words
    title = f"# {lines[first].strip()}"
    rest = lines[first + 1 :]
    if any(line.startswith("##") for line in rest):
        return "\n".join([*lines[:first], title, *rest])
    return "\n".join([*lines[:first], title, *_clauses(rest)])


def _clauses(lines: list[str]) -> list[str]:
    """Return the lines after a title with a heading before each clause."""
    starts = {k: line for k, line in enumerate(lines) if line.strip() and (k == 0 or not lines[k - 1].strip())}
    is_numbered = _is_numbered(list(starts.values()))
    made: list[str] = []
    count = 0
    for k, line in enumerate(lines):
        found = _NUMBERED.fullmatch(line.strip()) if is_numbered and k in starts else None
        if k in starts and (found is not None or not is_numbered):
            count += 1
            if made and not made[-1].strip():
                made.pop()
            made.append(f"## {found['number'] if found is not None else count}.")
        made.append(found["rest"] if found is not None else _plain(line))
    return made


def _is_numbered(paragraphs: list[str]) -> bool:
    """Say whether paragraphs bring numbers of their own: the first has one, and no two are the same."""
    found = [_NUMBERED.fullmatch(paragraph.strip()) for paragraph in paragraphs]
    if not found or found[0] is None:
        return False
    numbers = [one["number"] for one in found if one is not None]
    return len(set(numbers)) == len(numbers)


def _plain(line: str) -> str:
    return f"\\{line}" if line.startswith("#") else line

"""Read and write a text as Markdown, one file per language, with brackets that can be typed.

::

    # Title

    ## 1. Purpose

    The cease-fire begins on [[A: 30 December | B: 1 January]].

    ## [2.] Monitoring {agreed}

    A clause whose number stands in brackets is not agreed as a whole.

``[[words]]`` means these words or nothing, ``[words]`` just these marks; ``[[A: words | B:]]`` means that the words
may be left out; brackets nest. A backslash makes the next character plain text. A pen's working copy also has names for
clauses, brackets and variants: ``## 1. Purpose {cl4}``, ``[[A{va2}: … | B{va3}: …]]{br1}``, and ``A{co5}`` for a
wording taken from a comment.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioError
from goodoffices.phrases.phrase import Phrase
from goodoffices.talks.documents.document import DEEPEST, Bracket, Clause, ClauseState, Paper, Piece, Variant, normal
from goodoffices.unseen_characters import first_uncarried, first_unseen, named

LARGEST = 2_000_000
"""The largest number of characters that a text may have in one language."""
MOST_CLAUSES = 5_000
_HEAD = re.compile(
    r"##\s+(?P<open>\[)?(?P<number>[^\s\[\]{}]+?)\.?(?(open)\.?\])(?:\s+(?P<heading>.*?))?\s*(?:(?<!\\)\{(?P<tags>[^{}]*)\})?"
)
_ARTICLE = re.compile(
    r"##\s+(?P<open>\[)?(?i:Article|Art\.|Artikel|Clause|Point|Section|Paragraph|Rule|Artículo|Статья|Пункт|Madde"
    r"|المادة|مادة|ماده|البند|بند)\s+\(?(?P<number>\d+(?:\.\d+)*(?:[a-z](?!\w))?)\)?"
    r"(?:\s(?P<between>bis|ter|quater|quinquies)(?!\w))?[.:)]*(?:\s+[–—-](?=\s))?(?P<close>\])?(?=\s|$)"
)
"""A heading that names its number as a Word file does: ``## Article 1. Purpose``."""
_LABEL = re.compile(r"\s*(?P<letter>[A-Z]{1,2})(?P<compromise>~)?(?:\{(?P<id>[a-z]+\d+)\})?:")
_ID = re.compile(r"\{(?P<id>br\d+)\}")
_ESCAPED = "\\[]|{}#"
_RUN = re.compile(r"[^\\\[\]|]+")
_SINGLE = re.compile(r"\\.|\[\[|\]\]|(?P<single>\[)(?P<words>[^\[\]\n]{0,40})(?P<closed>\])?", re.DOTALL)
_MARKS = re.compile(r"[\\\[\]|{}#]")


def label(place: int) -> str:
    """Return the label of the variant at ``place`` from 0: A, B ... Z, AA ...

    Examples
    --------
    >>> label(0), label(25), label(26)
    ('A', 'Z', 'AA')
    """
    return chr(65 + place) if place < 26 else label(place // 26 - 1) + label(place % 26)


# ---------------------------------------------------------------------------------------------------------- writing


def write_paper(paper: Paper, *, ids: bool = False, states: bool = True) -> str:
    """Return the paper as Markdown; ``read_paper`` reads it back. ``ids`` adds names, for a pen's working copy."""
    parts = [f"# {escaped(paper.title)}"]
    for clause in paper.clauses:
        parts.append(_head(clause, ids=ids, states=states))
        body = write_pieces(clause.pieces, ids=ids)
        if body:
            parts.append(body)
    return "\n\n".join(parts) + "\n"


def _head(clause: Clause, *, ids: bool, states: bool) -> str:
    number = f"[{clause.number}.]" if clause.open_number else f"{clause.number}."
    tags = [clause.id] if ids and clause.id else []
    if states and clause.state is not ClauseState.PROPOSED:
        tags.append(clause.state.value)
    heading = f" {escaped(clause.heading)}" if clause.heading else ""
    return f"## {number}{heading}" + (f" {{{' '.join(tags)}}}" if tags else "")


def write_pieces(pieces: Iterable[Piece], *, ids: bool = False) -> str:
    """Return the body of a clause as Markdown."""
    return "".join(_written(piece, ids=ids) for piece in pieces)


def escaped(text: str) -> str:
    """Return plain text with backslashes, so that it reads back as the same plain text.

    Examples
    --------
    >>> print(escaped("the [same] words"))
    the \\[same\\] words
    """
    return _MARKS.sub(r"\\\g<0>", text)


def _written(piece: Piece, *, ids: bool) -> str:
    if isinstance(piece, str):
        return escaped(piece)
    inner = " | ".join(_variant(v, place, ids=ids) for place, v in enumerate(piece.variants))
    return f"[[{inner}]]" + (f"{{{piece.id}}}" if ids and piece.id else "")


def _variant(variant: Variant, place: int, *, ids: bool) -> str:
    words = "".join(_written(piece, ids=ids) for piece in variant.pieces)
    mark = label(place) + ("~" if variant.compromise else "")
    named = variant.id or variant.source
    return f"{mark}{f'{{{named}}}' if ids and named else ''}:" + (f" {words}" if words else "")


# ---------------------------------------------------------------------------------------------------------- reading


def _in_line(line: int, why: str) -> Phrase:
    return Phrase("line {line}: {why}", line=str(line), why=why)


@dataclass(slots=True)
class _Reader:
    """The position of the reader in the body of a clause."""

    text: str
    line: int
    at: int = 0

    def fail(self, why: str) -> ScenarioError:
        line = self.line + self.text.count("\n", 0, self.at)
        return ScenarioError(_in_line(line, why))

    def ahead(self, sign: str) -> bool:
        return self.text.startswith(sign, self.at)


def read_paper(text: str, lang: str, *, kept: bool = False) -> Paper:
    """Return the paper that ``text`` describes. ``kept`` says that it is from the record, so it is in normal form.

    Raises
    ------
    ScenarioError
        If it has no title, a clause has no number, a bracket is not closed or nests too deep, or it is too long. The
        error names the line and says what would be right.
    """
    if len(text) > LARGEST:
        raise ScenarioError(Phrase("the {lang} text has {n} characters; at most {largest} fit: use annexes",
                                   lang=lang, n=str(len(text)), largest=str(LARGEST)))  # fmt: skip
    above = text[: len(text) - len(text.lstrip())].count("\n")
    lines = [*[""] * above, *(text.strip("\n") if kept else normal(text)).split("\n")]
    if not kept:
        _no_unseen(lines)
    heads = [k for k, line in enumerate(lines) if line.startswith("#")]
    if not heads or lines[heads[0]].startswith("##") or any(line for line in lines[: heads[0]]):
        raise ScenarioError(_in_line(1, Phrase("the text has no title; begin it with one, like: # Title")))
    if len(heads) > MOST_CLAUSES + 1:
        raise ScenarioError(Phrase("the {lang} text has {n} clauses; the limit is {most_clauses}", lang=lang,
                                   n=str(len(heads) - 1), most_clauses=str(MOST_CLAUSES)))  # fmt: skip
    first = heads[0]
    between = next((k for k in range(first + 1, len(lines)) if lines[k]), len(lines))
    if between < (heads[1] if len(heads) > 1 else len(lines)):
        raise ScenarioError(
            _in_line(between + 1, Phrase("text before the first clause; begin one with: ## 1. Heading"))
        )
    title = _unescaped(lines[first][1:].strip())
    ends = [*heads[2:], len(lines)]
    clauses = tuple(_clause(lines, head, end) for head, end in zip(heads[1:], ends, strict=False))
    _no_twins(clauses)
    return Paper(lang=lang, title=title, clauses=clauses)


def single_brackets(text: str) -> tuple[str, ...]:
    """Return a note for each clause in which single brackets were typed: here, unlike in a Word file, they are words.

    Examples
    --------
    >>> [note] = single_brackets("# T\\n\\n## 1.\\n\\nIt is open on [two | three] days.")
    >>> note.partition(":")[0]
    'Clause 1'
    >>> single_brackets("# T\\n\\n## [2.]\\n\\nOn [[A: two | B: three]] days, \\\\[as signed\\\\].")
    ()
    """
    where, seen = "The title", dict[str, str]()
    for line in text.split("\n"):
        head = _HEAD.fullmatch(_ARTICLE.sub(_numbered, line.rstrip()))
        if head is not None:
            where = f"Clause {_unescaped(head['number'])}"
            line = head["heading"] or ""
        for found in _SINGLE.finditer(line):
            if found["single"]:
                seen.setdefault(where, f"[{found['words']}{found['closed'] or ' …'}")
    return tuple(
        f"{place}: “{shown}” is read as plain words, not as a bracket. If it is not agreed, type two brackets: "
        "[[ … ]]. If the characters belong to the words, type \\[ and \\]; then this note does not come."
        for place, shown in seen.items()
    )


def _no_unseen(lines: list[str]) -> None:
    """Refuse characters that nobody sees: two texts that look alike would have different check codes."""
    for k, line in enumerate(lines):
        found = first_unseen(line) or first_uncarried(line)
        if found is not None:
            before, _, after = line.partition(found)
            beside = Phrase("between “{before}” and “{after}”", before=before[-20:], after=after[:20])
            raise ScenarioError(
                _in_line(
                    k + 1,
                    Phrase(
                        "the text has a character there that nobody sees, {found}, {beside}; remove it",
                        found=named(found),
                        beside=beside,
                    ),
                )
            )


def read_title(text: str) -> str:
    """Return the title of a paper in Markdown, without reading the rest."""
    return _unescaped(text.lstrip().partition("\n")[0].removeprefix("#").strip())


def _no_twins(clauses: tuple[Clause, ...]) -> None:
    numbers, ids = [c.number for c in clauses], [c.id for c in clauses if c.id]
    for what, names in ((Phrase("number"), numbers), (Phrase("id"), ids)):
        seen: set[str] = set()
        for name in names:
            if name in seen:
                raise ScenarioError(
                    Phrase("two clauses have the {what} {name}; give each a different one", what=what, name=name)
                )
            seen.add(name)


def _clause(lines: list[str], head: int, end: int) -> Clause:
    found = _HEAD.fullmatch(_ARTICLE.sub(_numbered, lines[head]))
    if found is None:
        raise ScenarioError(
            _in_line(
                head + 1,
                Phrase("{words} is not a heading; write it like: ## 3. Heading", words=repr(lines[head][:60])),
            )
        )
    name, state = _tagged(found["tags"] or "", head)
    body = "\n".join(lines[head + 1 : end])
    begins = len(body) - len(body.lstrip("\n"))
    reader = _Reader(text=body.strip("\n"), line=head + 2 + begins)
    return Clause(
        number=_unescaped(found["number"]),
        heading=_unescaped(found["heading"] or ""),
        open_number=bool(found["open"]),
        pieces=_pieces(reader, depth=0),
        id=name,
        state=state,
    )


def _numbered(found: re.Match[str]) -> str:
    """Return the beginning of a heading with the number alone, and a number of two words as one: ``2bis``."""
    return f"## {found['open'] or ''}{found['number']}{found['between'] or ''}.{found['close'] or ''}"


def _tagged(tags: str, head: int) -> tuple[str | None, ClauseState]:
    """Return the name and the state that the heading of a clause gives in braces."""
    name, held = None, ClauseState.PROPOSED
    for tag in tags.split():
        if re.fullmatch(r"cl\d+", tag):
            name = tag
        elif tag in [state.value for state in ClauseState]:
            held = ClauseState(tag)
        else:
            known = ", ".join(state.value for state in ClauseState)
            raise ScenarioError(
                _in_line(
                    head + 1,
                    Phrase(
                        "{tag} is not the name of a clause (cl4) or a state ({known})", tag=repr(tag[:40]), known=known
                    ),
                )
            )
    return name, held


def _pieces(reader: _Reader, *, depth: int) -> tuple[Piece, ...]:
    """Read text and brackets up to the end or, inside a bracket, up to ``|`` or ``]]``."""
    made: list[Piece] = []
    words: list[str] = []
    while reader.at < len(reader.text):
        if depth and (reader.ahead("|") or reader.ahead("]]")):
            break
        if reader.ahead("[["):
            made += _flushed(words)
            made.append(_bracket(reader, depth=depth + 1))
            continue
        if reader.ahead("]]"):
            raise reader.fail(
                Phrase("]] closes a bracket that was not opened; open it, or write \\]\\] for the characters")
            )
        words.append(_next_words(reader))
    made += _flushed(words)
    return tuple(made)


def _next_words(reader: _Reader) -> str:
    """Read a run of plain text, or one character after a backslash."""
    run = _RUN.match(reader.text, reader.at)
    if run is not None:
        reader.at = run.end()
        return run[0]
    if reader.ahead("\\") and reader.text[reader.at + 1 : reader.at + 2] in tuple(_ESCAPED):
        reader.at += 1
    reader.at += 1
    return reader.text[reader.at - 1]


def _flushed(words: list[str]) -> list[Piece]:
    text = "".join(words)
    words.clear()
    return [text] if text else []


def _bracket(reader: _Reader, *, depth: int) -> Bracket:
    if depth > DEEPEST:
        raise reader.fail(
            Phrase(
                "brackets are nested more than {deepest} deep; write the inner ones as separate variants",
                deepest=str(DEEPEST),
            )
        )
    reader.at += 2
    lettered = [_one_variant(reader, depth)]
    while reader.ahead("|"):
        reader.at += 1
        lettered.append(_one_variant(reader, depth))
    variants = _by_letter(lettered)
    if not reader.ahead("]]"):
        raise reader.fail(Phrase("a bracket is not closed; close it with ]]"))
    reader.at += 2
    if len(variants) == 1 and not variants[0].pieces:
        raise reader.fail(Phrase("a bracket is empty; remove it"))
    if len({variant.pieces for variant in map(_bare, variants)}) < len(variants):
        raise reader.fail(Phrase("two variants of a bracket have the same text; keep one"))
    found = _ID.match(reader.text, reader.at)
    if found is not None:
        reader.at = found.end()
    return Bracket(variants=tuple(variants), id=None if found is None else found["id"])


def _bare(variant: Variant) -> Variant:
    """Return the variant without any names, at any depth."""
    pieces = (p if isinstance(p, str) else Bracket(variants=tuple(map(_bare, p.variants))) for p in variant.pieces)
    return Variant(pieces=tuple(pieces))


def _by_letter(lettered: list[tuple[str, Variant]]) -> list[Variant]:
    """Return variants in the order of the letters they were given; as they stand if a letter is missing or twice."""
    letters = [letter for letter, _ in lettered]
    if "" in letters or len(set(letters)) < len(letters):
        return [variant for _, variant in lettered]
    return [variant for _, variant in sorted(lettered, key=lambda one: (len(one[0]), one[0]))]


def _one_variant(reader: _Reader, depth: int) -> tuple[str, Variant]:
    found = _LABEL.match(reader.text, reader.at)
    named = None
    if found is not None:
        reader.at, named = found.end(), found["id"]
    if named is not None and not named.startswith(("va", "co")):
        raise reader.fail(Phrase("{named} is not the name of a variant (va2) or of a comment (co5)", named=repr(named)))
    pieces = _trimmed(_pieces(reader, depth=depth))
    variant = Variant(
        pieces=pieces,
        id=named if named and named.startswith("va") else None,
        source=named if named and named.startswith("co") else None,
        compromise=found is not None and bool(found["compromise"]),
    )
    return "" if found is None else found["letter"], variant


def _trimmed(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Return the pieces of a variant without the blanks at both ends."""
    made = list(pieces)
    if made and isinstance(made[0], str):
        made[0] = made[0].lstrip(" \n")
    if made and isinstance(made[-1], str):
        made[-1] = made[-1].rstrip(" \n")
    return tuple(piece for piece in made if piece != "")


def _unescaped(text: str) -> str:
    return re.sub(r"\\([\\\[\]|{}#])", r"\1", text) if "\\" in text else text

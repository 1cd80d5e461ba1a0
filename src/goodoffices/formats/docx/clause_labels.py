"""Recognise what stands before a clause (``1.``, ``Article 2``, ``المادة ٣``), and tell repeated numbers apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from goodoffices.data_class import dataclass
from goodoffices.formats.docx.numbers_in_words import NUMBERS, POINTS
from goodoffices.talks.documents.diff import plain_number

OPEN, CLOSE = "\x01", "\x02"
"""What stands for a bracket in text that is searched for a number."""
_FAR = 1_000
"""How many characters of a paragraph are searched for a number."""
_IN_ARABIC = "المادة مادة ماده ماددە البند بند الفقرة اصل"
_STRETCHED = "[\u0640\u064b-\u0655\u0670]*"
"""What may stretch or point a word in Arabic letters."""
_EZAFE = "(?:\u200c?[\u06cc\u064a])?"
"""The small word that Persian writes between *article* and its number."""
_WORD = (
    r"(?i:§|Article|Art\.|Artikel|Clause|Point|Section|Chapter|Paragraph|Para\.|Rule|Principle|Artículo|Articolo"
    r"|Artigo|Articol|Artykuł|Článek|Članak|Član|Член|Чл\.|Статья|Стаття|Пункт|Madde|Maddə|Neni|Հոդված|მუხლი"
    rf"|(?:{'|'.join(_STRETCHED.join((*word, '')) for word in _IN_ARABIC.split()).replace('ه', '[هۀ]')}){_EZAFE})"
)
_BETWEEN = r"(?i:bis|ter|quater|quinquies|sexies|septies|octies|nonies|decies)|م[كک]رر(?:\u064b?ا\u064b?)?"
"""What is put after the number of a clause that was added between two others."""
_FIGURES = rf"\d+(?:[./]\d+)*(?:\.?[ºª°])?(?:\s?(?:{_BETWEEN})(?!\w)|[a-zA-Z](?!\w))?"
_ROMAN = rf"[IVXL]+(?:\s?(?:{_BETWEEN})(?!\w))?"
_ORDINAL = f"(?i:{'|'.join(sorted(NUMBERS, key=len, reverse=True))})(?!\\w)"
_CLOSED = r"[.)]{1,2}(?:[-–](?=\s))?(?!\d|[a-z](?:[.)]|\s))\s*\x02?|\s*\x02[.)]?"
"""What may stand after a number. A small letter right after its point makes it that of a smaller item: ``1.a)``."""
_LINE_ENDS = r"[^\S\n]*(?=\n|$)"
_EAST = "[٠-٩۰-۹]"
_OWN = re.compile(r"(?P<open>\x01)?\s*(?P<number>[^\s\x01\x02]+?)(?:[.)]\s*\x02?|\s*\x02[.)]?)(?=\s|$)\s*")
_NAMED = re.compile(r"(?P<open>\x01)?\s*(?P<number>[^\s\x01\x02]+?)[.)]?\s*(?P<close>\x02)?[.)]?(?=\s|$)\s*")
_PLAIN = re.compile(rf"(?P<open>\x01)?\s*(?P<number>{_FIGURES})(?:{_CLOSED})\s*")
_EASTERN = re.compile(rf"(?P<open>\x01)?\s*(?P<number>{_EAST}+(?:[-–ـ]{_EAST}+)*)\s?[-–ـ](?!{_EAST})\s*")
_IN_WORDS = re.compile(rf"(?P<open>\x01)?\s*(?P<number>{'|'.join(POINTS)})(?:\u064b?ا\u064b?)\s*[:.–—-]\s*")
_AFTER_WORD = re.compile(
    rf"(?P<open>\x01)?\s*{_WORD}\s*(?:"
    rf"(?P<number>{_ORDINAL}|{_FIGURES}|{_ROMAN}\b|[A-Z]\b)"
    rf"(?:{_CLOSED}|\s*[:–—ـ-](?=\s|$)|{_LINE_ENDS}|(?<=[§ºª°])(?=\s))"
    rf"|\(\s*(?P<within>{_FIGURES}|{_ROMAN})\s*\)(?:\s?(?P<between>{_BETWEEN})(?!\w))?"
    rf"(?:\s*[:–—ـ-](?=\s|$)|{_LINE_ENDS}))\s*"
)
_NESTED = re.compile(rf"(?P<open>\x01)?\s*(?P<number>(?:\d+|[IVXLC]+)(?:\.\d+)+|{_EAST}+(?:[-–ـ]{_EAST}+)+)(?=\s)\s*")
_ANNEX = re.compile(
    rf"(?P<open>\x01)?\s*(?P<word>(?i:Annexe?|Appendix|Schedule|Anexo|Приложение|الملحق|ملحق|پیوست|ضمیمه))"
    rf"(?:\s+\(?(?P<number>{_ORDINAL}|{_FIGURES}|{_ROMAN}\b|[A-Z]\b)\)?)?\s*\x02?"
    rf"(?:\s*[.:–—ـ-](?=\s|$)|{_LINE_ENDS})\s*"
)
"""What stands before an annex: its points begin again, and do not belong to the last article."""
_DASHES = str.maketrans("-–ـ", "...", "\u064bºª°")
"""Dashes in a number part it as points do; what points a word, or makes an ordinal of a figure, is not kept."""
_PATH = re.compile(r"(?:\d+|[IVXLCDM]+|[A-Z])(?:\.\d+)+")
_SIGN = re.compile(rf"(?P<open>\x01)?\s*§\s*(?P<number>{_FIGURES})(?=\s|$)\s*")
_ROMAN_TYPED = re.compile(rf"(?P<open>\x01)?\s*(?P<number>{_ROMAN})(?:{_CLOSED})\s*")
_LOOSE = re.compile(r"(?P<open>\x01)?\s*(?P<number>\d{1,4})\s?[-–—:/]\s+(?!\d)")
_LETTER = re.compile(rf"(?P<open>\x01)?\s*(?P<number>[A-Z])(?:{_CLOSED})(?=\s|$)\s*")
_AT_HEADING = re.compile(
    rf"(?P<open>\x01)?\s*(?P<word>{_WORD}\s*)?"
    rf"(?P<number>{_ORDINAL}|{_FIGURES}|{_ROMAN}(?=[.):]|\s*[–—-]\s|\s*$)|[A-Z](?=[.)]))"
    r"[.):]?\s*\x02?[.)]?(?:\s*[–—-])?(?:\s+|$)"
)
_DRAWN = re.compile(
    rf"(?P<before>[^\d]*?)(?P<number>{_FIGURES}|\b(?:[IVXLCDM]+|[A-Z])(?:\.\d+)+|\b{_ROMAN}\b|\b[IVXLCDM]+\b|\b[A-Z]\b)[\s.):\-–—]*$"
)


_TYPED = ((_PLAIN, False), (_EASTERN, False), (_IN_WORDS, False), (_AFTER_WORD, True), (_SIGN, True))
"""What may be typed before a paragraph, and whether such clauses stand above plain numbers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What stands before a clause: its number as it is written, and how many characters it takes.

    ``is_open`` says that a bracket begins before it, ``is_closed`` that it ends with the number.
    ``above`` says that clauses of its kind (articles, headings, Roman numbers) stand above plain numbers.
    """

    number: str
    length: int
    is_open: bool = False
    is_closed: bool = False
    above: bool = False


def own_label(text: str, *, named: bool) -> Label | None:
    """Return the label of a clause in our own style; ``named`` says that the clause has a lasting name."""
    found = _match((_NAMED if named else _OWN), text)
    return None if found is None else _labelled("".join(found["number"].split()), found, above=False)


def heading_label(text: str) -> Label | None:
    """Return the label at the beginning of a heading, or ``None``."""
    return _label(_AT_HEADING, text, above=True)


def typed_label(text: str, *, roman: int, last: str) -> Label | None:
    """Return the label that was typed before a paragraph, or ``None``.

    A Roman number counts as one only if it follows ``roman``, the last one: ``I. Newton`` is a name. A path without a
    sign after it counts only below or beside ``last``, the last number: ``2.5 km`` is a measure. With another sign
    after it, a number counts only if it follows ``last``: ``1 – On.``, but not ``10 – 20 km``.
    """
    for pattern, above in _TYPED:
        found = _label(pattern, text, above=above)
        if found is not None:
            return found
    loose = _label(_LOOSE, text)
    if loose is not None and int(plain_number(loose.number)) == _whole(last) + 1:
        return loose
    nested = _label(_NESTED, text)
    parent = "" if nested is None else plain_number(nested.number).rpartition(".")[0]
    if nested is not None and f"{plain_number(last)}.".startswith(f"{parent}."):
        return nested
    found = _label(_ROMAN_TYPED, text, above=True)
    return found if found is not None and roman_value(found.number) == roman + 1 else None


def _whole(number: str) -> int:
    plain = plain_number(number)
    return int(plain) if plain.isdecimal() and len(plain) < 5 else 0


def annex_label(text: str) -> Label | None:
    """Return the label of an annex, such as ``Annex-I`` for *Annex I: Maps*, or ``None``."""
    found = _match(_ANNEX, text)
    if found is None:
        return None
    given = NUMBERS.get((found["number"] or "").casefold(), "".join((found["number"] or "").split()))
    return _labelled("-".join(filter(None, (found["word"].capitalize(), given))), found, above=True)


def lettered_label(text: str, last: str) -> Label | None:
    """Return the capital letter before a paragraph, if it is the one after ``last`` (empty: before A), or ``None``."""
    found = _label(_LETTER, text, above=True)
    return found if found is not None and ord(found.number) == (ord(last) + 1 if last else ord("A")) else None


def drawn_label(drawn: str, *, heading: bool) -> Label | None:
    """Return the label that the word processor draws before a paragraph; ``None`` if it is that of a smaller item."""
    found = _DRAWN.search(drawn.strip())
    if found is None or (not heading and found["before"].strip() in ("(", "-")):
        return None
    is_letter = len(found["number"]) == 1 and found["number"].isalpha() and found["number"] not in "IVX"
    if is_letter and not heading and not found["before"].strip():
        return None
    above = heading or bool(found["before"].strip()) or found["number"].isalpha()
    return Label(number="".join(found["number"].split()), length=0, above=above)


def _match(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """Match after leading spaces, within a limited length, so that untrusted spaces cannot make matching slow."""
    begins = len(text) - len(text.lstrip())
    return pattern.match(text, begins, begins + _FAR)


def _label(pattern: re.Pattern[str], text: str, *, above: bool = False) -> Label | None:
    """Return a label that other programs and people write: with its number in figures, parted by points."""
    found = _match(pattern, text)
    if found is None:
        return None
    given = found["number"] or f"{found['within']} {found['between'] or ''}"
    number = NUMBERS.get(" ".join(given.split()).casefold(), "".join(given.split()).translate(_DASHES).rstrip("."))
    number = str(POINTS.index(number) + 1) if number in POINTS else number
    return _labelled(number, found, above=above)


def _labelled(number: str, found: re.Match[str], *, above: bool) -> Label:
    is_open, is_closed = bool(found["open"]), CLOSE in found[0]
    return Label(number=number, length=found.end(), is_open=is_open, is_closed=is_closed, above=above)


def may_begin_clause(text: str) -> bool:
    """Say whether a paragraph may be taken for the beginning of a clause, whatever stands around it."""
    patterns = (*(pattern for pattern, _ in _TYPED), _LOOSE, _LETTER, _NESTED, _ROMAN_TYPED, _ANNEX)
    return any(_match(pattern, text) is not None for pattern in patterns)


def is_path(drawn: str) -> bool:
    """Say whether what is drawn before a paragraph is a number with those above it, such as ``2.1.``."""
    return _PATH.fullmatch(plain_number(drawn).strip(" .)")) is not None


def roman_value(number: str) -> int:
    """Return the value of a Roman number, 0 if it is none.

    Examples
    --------
    >>> roman_value("XIV"), roman_value("1")
    (14, 0)
    """
    worth = [{"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}.get(c, 0) for c in number.upper()]
    if not worth or 0 in worth:
        return 0
    return sum(-one if one < after else one for one, after in zip(worth, [*worth[1:], 0], strict=True))


def told_apart(numbers: Sequence[str], above: Sequence[bool]) -> tuple[list[str], str]:
    """Return numbers that are unique, and a sentence on what was renamed (empty if nothing).

    Where numbers repeat, those below an article or heading become paths: ``1`` under ``2`` is ``2.1``.

    Examples
    --------
    >>> told_apart(["1", "1", "2", "2", "1"], [True, False, False, True, False])[0]
    ['1', '1.1', '1.2', '2', '2.1']
    >>> told_apart(["1", "2", "1"], [False, False, False])[0]
    ['1', '2', '1/2']
    """
    plain = [plain_number(number) for number in numbers]
    if len(set(plain)) == len(plain):
        return list(numbers), ""
    parent, made, said = "", list[str](), list[str]()
    # Numbers that stand above others keep theirs; only those below give way.
    held = Counter(plain_number(n) for n, is_above in zip(numbers, above, strict=True) if is_above)
    used: set[str] = set()
    for number, is_above in zip(numbers, above, strict=True):
        wanted = number
        if is_above:
            wanted = _free(number, used, Counter())
            parent = wanted
        elif parent and number != "0":
            wanted = f"{parent}.{number}"
            wanted = _free(wanted if wanted not in plain else f"{parent}/{number}", used, held)
        else:
            wanted = _free(number, used, held)
        used.add(plain_number(wanted))
        made.append(wanted)
        if wanted != number:
            said.append(f"{number} is read as {wanted}")
    return made, f"Numbers are repeated in the file. In order of the text: {', '.join(said)}."


def _free(number: str, used: set[str], held: Counter[str]) -> str:
    """Return the number, or with ``/2``, ``/3`` ... the first that is not taken."""
    k, wanted = 1, number
    while plain_number(wanted) in used or held[plain_number(wanted)]:
        k += 1
        wanted = f"{number}/{k}"
    return wanted

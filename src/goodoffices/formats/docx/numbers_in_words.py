"""The numbers that stand before clauses in words: in Arabic to 59, in English to twenty, in Persian to ten."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

_ENGLISH = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip
_PERSIAN = ("اول", "دوم", "سوم", "چهارم", "پنجم", "ششم", "هفتم", "هشتم", "نهم", "دهم")
_UNITS = ("الأولى", "الثانية", "الثالثة", "الرابعة", "الخامسة", "السادسة", "السابعة", "الثامنة", "التاسعة")
_OF_MEN = ("الأول", "الثاني", "الثالث", "الرابع", "الخامس", "السادس", "السابع", "الثامن", "التاسع")
"""The same numbers before words of the other gender, such as the point."""
_TENS = ("العشرون", "الثلاثون", "الأربعون", "الخمسون")
POINTS = ("أول", "ثاني", "ثالث", "رابع", "خامس", "سادس", "سابع", "ثامن", "تاسع", "عاشر")
"""The beginnings of *firstly*, *secondly* ... as Arabic texts count their points."""


def _in_arabic(units: Sequence[str], first: str, ten: str, teen: str) -> dict[str, str]:
    """Return numbers in words from 1 to 59; ``first`` is the one of eleven."""
    after_ten = (first, *units[1:])
    return {
        **{f"{name} {teen}": str(10 + k) for k, name in enumerate(after_ten, start=1)},
        **{
            f"{unit} و{tens}": str(20 + 10 * n + k)
            for n, tens in enumerate(_TENS)
            for k, unit in enumerate(after_ten, start=1)
        },
        **{tens: str(20 + 10 * n) for n, tens in enumerate(_TENS)},
        ten: "10",
        **{name: str(k) for k, name in enumerate(units, start=1)},
    }


NUMBERS: Mapping[str, str] = {
    **_in_arabic(_UNITS, "الحادية", "العاشرة", "عشرة"),
    **_in_arabic(_OF_MEN, "الحادي", "العاشر", "عشر"),
    **{name: str(k) for k, name in enumerate(_PERSIAN, start=1)},
    **{name: str(k) for k, name in enumerate(_ENGLISH, start=1)},
    "یکم": "1", "واحده": "1", "premier": "1", "première": "1", "1er": "1", "1ère": "1", "1re": "1",
}  # fmt: skip
"""The number that a word means; the first in French too."""

"""Arabic sentences hold for names of either gender: nothing beside a name has to agree with it.

A name is put where the sentence has a gap, and *Russia* is a feminine while *Lebanon* is a masculine. So the sentences
are nominal (*a question from Russia*), or say *the seat of Russia*, with which a verb agrees whatever the name is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from goodoffices.rehearsal.seats.players.reasons import BECAUSE, UNLESS
from goodoffices.reports.messages.act_sentences import SENTENCES
from goodoffices.reports.messages.catalogues import catalogue_for

FEMININE, MASCULINE = "روسيا", "لبنان"
_NAMES = (
    "actor actors against bare by claimed giver guarantor holder invited inviting keeper origin others parties party "
    "person proposer ratifier reader seat seat_again seats slug speaker teller to unknown via vouched_by who"
)
NAMES = frozenset(_NAMES.split())
"""The gaps that the names of seats, actors and people fill."""
HEADS = ("مقعد", "لمقعد", "الطرف", "للطرف", "الجهة", "وفد")
"""Words with which a verb beside the name agrees, whatever the name is."""
BESIDE = r"[\u0621-\u0652]+"
OF_THE_PRESENT = re.compile(r"(?:[وف]?س?|ل)[يت][\u0621-\u0652]{2,}")
"""How a verb of the present or future begins. Nouns can begin so too; those that stand beside a name are these:"""
_NOUNS = (
    "تأكيد تأمل تأمّل تحققًا تدبيرًا تسمية تصحيح تعليمات تقديرات تقييم تمرين توكيلا تسليم تصديق تنازل "
    "تدوين توقيع تحت تصريح فيما"
)
NOUNS = frozenset(_NOUNS.split())
_OF_THE_PAST = (
    "أبلغ أبلغنا أتاح أجاب أخذ أدرج أذن أراد أسقط أصدر أضاف أطلق أعاد أعطاه أعطى أعلن أغلق أغلقه أكد أكّد أنهى أودع "
    "أودعت أُبلغ أُعطي اتخذت اتخذ استبدل اعتمد اعتمدها اقترح بدأ تصرّف تغيّب تلا تلاه تكلم ثبت حدّد حذف دعا ذكر ردّ رفض "
    "سأل سجّل سحب سلم سلّم سلّمنا سلّمها سمّاها سمّى سُئل شارك صحّح صرّح طرح طلب عرض علّق غادر فتح فعله قال قاله قبل قدّم "
    "قررته قرره قرّر كتب نسخ نظر نقل وافق وسّع وضع وقّع وقّعه مدعو معروف نفسه وحده نفسها وحدها"
)
OF_THE_PAST = frozenset(_OF_THE_PAST.split())
"""Verbs of the past, and adjectives and pronouns that agree: they have no common form."""
_NOUNS_BEFORE = frozenset({"قبل", "فتح", "حذف"})
"""*Before*, *opening* and *deletion* are written like *accepted*, *opened* and *deleted* here."""


def faults(message: str, arabic: str, name: str) -> Iterator[str]:
    """Yield the words beside a name, put into each gap for one, that agree with it and with no other word."""
    for gap in re.finditer(r"\{(\w+)\}", arabic):
        if gap[1] not in NAMES or f"{{{gap[1]}}}" not in message:
            continue
        before, after = arabic[: gap.start()], arabic[gap.end() :]
        last = re.search(rf"({BESIDE})[ ]$", before)
        if last is not None and last[1] in HEADS:
            continue
        following = re.match(rf"[ ]({BESIDE})", after)
        if last is not None and agrees(last[1]) and last[1] not in _NOUNS_BEFORE:
            yield f"{last[1]} {name}"
        if following is not None and agrees(following[1]):
            yield f"{name} {following[1]}"


def agrees(word: str) -> bool:
    """Return whether a word takes another form beside a feminine name than beside a masculine one."""
    return word in OF_THE_PAST or (OF_THE_PRESENT.fullmatch(word) is not None and word not in NOUNS)


@pytest.mark.parametrize("name", [FEMININE, MASCULINE])
def test_no_sentence_of_an_act_agrees_with_the_name_of_who_did_it(name: str) -> None:
    arabic = catalogue_for("ar")
    found = {kind: list(faults(said, arabic.find(said)[0], name)) for kind, said in SENTENCES.items()}
    assert {kind: wrong for kind, wrong in found.items() if wrong} == {}


def test_no_other_sentence_agrees_with_a_name_either() -> None:
    arabic = catalogue_for("ar")
    found = {
        message: wrong
        for message, forms in arabic.messages.items()
        if (wrong := [one for form in forms for one in faults(message, form, FEMININE)])
    }
    assert found == {}


def test_no_reason_of_a_played_seat_agrees_with_a_name() -> None:
    said = [*BECAUSE["ar"].values(), *UNLESS["ar"].values()]
    assert [wrong for text in said for wrong in faults(text, text, FEMININE)] == []


def test_the_check_finds_a_verb_before_or_after_a_name() -> None:
    asks, spoke, seat = "يسأل {by} عن الورقة.", "{by} كتب الورقة.", "يسأل مقعد {by} عن الورقة."
    assert list(faults("{by} asks.", asks, FEMININE)) == ["يسأل روسيا"]
    assert list(faults("{by} wrote.", spoke, FEMININE)) == ["روسيا كتب"]
    assert list(faults("{by} asks.", seat, FEMININE)) == []

"""Headings of tables in Arabic, Persian, Russian, Turkish and Kazakh, for a first mapping that a person corrects.

They are not taken unasked when a table is read: a column of days can be in another calendar, which only a person sees.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

LOCAL_HEADINGS: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "date": ("التاريخ", "تاريخ", "اليوم", "تاریخ", "روز", "дата", "день", "tarih", "gün", "күні", "күн"),
    "date_end": ("تاريخ الانتهاء", "تاریخ پایان", "дата окончания", "bitiş tarihi", "аяқталған күні"),
    "time": ("الوقت", "الساعة", "ساعت", "زمان", "время", "час", "saat", "уақыты", "сағат"),
    "date_reported": ("تاريخ البلاغ", "تاریخ گزارش", "дата сообщения", "bildirim tarihi", "хабарланған күні"),
    "ledger": ("السجل", "دفتر", "журнал", "defter"),
    "governorate": (
        "المحافظة", "محافظة", "المنطقة", "استان", "ولایت", "منطقه", "провинция", "область", "район", "il", "bölge",
        "облыс", "аудан",
    ),
    "location": (
        "المكان", "الموقع", "القرية", "مکان", "محل", "روستا", "место", "населенный пункт", "населённый пункт", "yer",
        "köy", "орны", "елді мекен",
    ),
    "latitude": ("خط العرض", "عرض جغرافیایی", "широта", "enlem", "ендік"),
    "longitude": ("خط الطول", "طول جغرافیایی", "долгота", "boylam", "бойлық"),
    "kind": ("النوع", "نوع", "نوع الحادث", "نوع حادثه", "نوع رویداد", "вид", "тип", "tür", "olay türü", "түрі"),
    "count": ("العدد", "عدد الحوادث", "تعداد", "شمار", "число", "количество", "sayı", "саны"),
    "killed": (
        "القتلى", "قتلى", "کشته", "کشته‌ها", "کشته‌شدگان", "کشته شدگان",
        "убитые", "погибшие", "ölü", "қаза тапқандар",
    ),
    "injured": ("الجرحى", "جرحى", "زخمی", "زخمی‌ها", "مجروحان", "раненые", "yaralı", "жараланғандар"),
    "alleged": (
        "المتهم", "الطرف المتهم", "متهم", "طرف متهم", "обвиняемая сторона", "suçlanan taraf", "айыпталған тарап",
    ),
    "description": ("الوصف", "التفاصيل", "شرح", "توضیحات", "описание", "açıklama", "сипаттама"),
    "source": ("المصدر", "منبع", "источник", "kaynak", "дереккөз"),
    "total": ("المجموع", "الإجمالي", "جمع", "مجموع", "всего", "итого", "toplam", "барлығы"),
    "confirmed": ("مؤكد", "تأییدشده", "تأیید شده", "подтверждено", "doğrulanan", "расталған"),
})  # fmt: skip
"""A name that data sets use in English, and what it is called in other languages."""

_SAME_LETTERS = str.maketrans({"ي": "ی", "ى": "ی", "ك": "ک", "أ": "ا", "إ": "ا", "آ": "ا", "\u200c": "_", " ": "_"})
"""Letters of Arabic keyboards that people type for Persian ones and the other way round; blanks that nobody sees."""


def heading_key(column: str) -> str:
    """Return a heading as headings are compared: without capitals, and without differences between keyboards.

    Examples
    --------
    >>> heading_key("Event Date"), heading_key("تاريخ") == heading_key("تاریخ")
    ('event_date', True)
    """
    return column.strip().casefold().translate(_SAME_LETTERS)


def with_local_headings(fields: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Return fields with their names in further languages added to those that they have."""
    return {
        field: (*names, *(other for known in (field, *names) for other in LOCAL_HEADINGS.get(known, ())))
        for field, names in fields.items()
    }

"""What the sentences may not say in any language: why something happened, who is to blame, or that a ledger did it."""

from __future__ import annotations

import re
from string import Formatter

import pytest

from goodoffices.ceasefire.messages import MESSAGES, WORDS
from goodoffices.reports.messages.catalogues import catalogue_for

NOT_SAID = {
    "ar": ("بسبب", "لأن", "بفضل", "أدى إلى", "أدت إلى", "نتيجةً", "انتهاك", "انتهك", "خرق", "مسؤول", "مذنب"),
    "ru": ("из-за", "благодаря", "потому", "вследствие", "в результате", "привел", "привёл", "причин", "нарушен",
           "нарушил", "виновн", "ответствен"),
    "tr": ("neden", "yüzünden", "sayesinde", "çünkü", "sonucunda", "ihlal", "suçlu", "sorumlu", "yol aç"),
    "fa": ("به دلیل", "به علت", "زیرا", "در نتیجه", "باعث", "سبب", "نقض", "مقصر", "مسئول"),
    "kk": ("себеб", "арқасында", "салдарынан", "нәтижесінде", "өйткені", "бұзушылық", "кінәлі", "жауапты"),
}  # fmt: skip
LEDGER_FIRST = r"\{ledger\}( \(\{basis\}\))?[:,،]"


@pytest.mark.parametrize("language", NOT_SAID)
def test_every_sentence_is_translated_with_all_its_gaps(language: str) -> None:
    catalogue = catalogue_for(language)
    for text in {**MESSAGES, **WORDS}.values():
        said, found = catalogue.find(text)
        assert found == language, text
        assert _gaps(said) == _gaps(text), said


def _gaps(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("language", NOT_SAID)
def test_no_translation_says_why_or_who_is_to_blame(language: str) -> None:
    catalogue = catalogue_for(language)
    for text in {**MESSAGES, **WORDS}.values():
        said = catalogue.find(text)[0].casefold()
        assert not [word for word in NOT_SAID[language] if word in said], said


@pytest.mark.parametrize("language", NOT_SAID)
def test_a_ledger_heads_its_sentence_and_does_nothing_in_it(language: str) -> None:
    catalogue = catalogue_for(language)
    for text in MESSAGES.values():
        said = catalogue.find(text)[0]
        assert "{ledger}" not in said or re.match(LEDGER_FIRST, said), said

"""What the sentences may not say in any language: why something happened, who is to blame, or that a ledger did it."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

from goodoffices.ceasefire.messages import MESSAGES, NOT_SAID as NOT_SAID_IN_ENGLISH, WORDS
from goodoffices.reports.ceasefire.bulletin_sentences import SENTENCES
from goodoffices.reports.messages.allegation_words import ALLEGATION_WORDS
from goodoffices.reports.messages.catalogues import catalogue_for
from goodoffices.reports.messages.ceasefire_sentences import CEASEFIRE_SENTENCES as ACTS

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


TEMPLATES = Path(__file__).resolve().parents[3] / "src" / "goodoffices" / "web" / "templates"
PAGES = (
    "ceasefire", "allegation", "alleged", "screening", "intake", "bulletins", "bulletin", "share", "shares",
)  # fmt: skip
BLAME = {
    "en": ("violat", "responsible", "guilt", "broke the", "committed"),
    "ar": ("انتهاك", "انتهك", "خرق", "مسؤول", "مذنب"),
    "ru": ("нарушен", "нарушил", "виновн", "ответствен"),
    "tr": ("ihlal", "suçlu", "sorumlu"),
    "fa": ("نقض", "مقصر", "مسئول"),
    "kk": ("бұзушылық", "кінәлі", "жауапты"),
}
"""Of what is not said, the words on who is to blame: they stand where a finding or an inquiry is spoken of."""
SPEAKS_OF_FINDINGS = re.compile(r"violation|fault|\bfound\b|inquiry")
HARMLESS = re.compile(r"предполагаем\w+ нарушени\w+|worked out")
"""The Russian word for an allegation, an *alleged* violation; and a calculation."""
ASKS_WHY = re.compile(r"\bwhy\b|reason|ground", re.IGNORECASE)


def _said_on_ceasefires() -> set[str]:
    """Return every sentence and word of pages, papers, notices and terminal on cease-fires, in English."""
    found = {*MESSAGES.values(), *WORDS.values(), *SENTENCES.values()}
    found |= {*ACTS.values(), *(word for words in ALLEGATION_WORDS.values() for word in words.values())}
    for path in (TEMPLATES / f"{name}.html" for name in PAGES):
        found |= {text for one in _IN_TEMPLATE.findall(path.read_text(encoding="utf-8")) for text in one if text}
    return found


_IN_TEMPLATE = re.compile(r'\bt\("([^"]+)"|t\.count\([^"]*"([^"]+)", "([^"]+)"')


@pytest.mark.parametrize("language", ["en", *NOT_SAID])
def test_no_page_paper_or_notice_says_why_something_happened_or_who_is_to_blame(language: str) -> None:
    texts = _said_on_ceasefires()
    assert len(texts) > 400
    never = NOT_SAID_IN_ENGLISH if language == "en" else NOT_SAID[language]
    causes = [word for word in never if word not in BLAME[language] and not word.startswith("violat")]
    catalogue = catalogue_for(language)
    wrong = []
    for text in sorted(texts):
        said = text if language == "en" else catalogue.find(text)[0]
        words = [] if ASKS_WHY.search(text) else causes
        words = words if SPEAKS_OF_FINDINGS.search(text.casefold()) else [*words, *BLAME[language]]
        plain = HARMLESS.sub("", said.casefold())
        wrong += [(word, said) for word in words if word in plain]
    assert wrong == []

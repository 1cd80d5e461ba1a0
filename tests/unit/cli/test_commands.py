"""The command line, as a person types it: real files, real records, exit codes and sentences."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from goodoffices.cli.terminal.record_access import now
from goodoffices.reports.brief.build import brief_of
from goodoffices.service.command_batches import Done
from goodoffices.service.open_record import open_record
from goodoffices.talks.base.acts import PUBLIC, Words
from goodoffices.talks.base.enums import Kind
from goodoffices.talks.claims.positions import StatePosition
from goodoffices.talks.exchange.items import FileItem
from goodoffices.talks.state.command_context import CommandRequest
from terminal import act, bad, good, run

pytest_plugins = ("record_fixtures",)
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def new_record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("new") / "astana.record"
    good("record", "new", made, "--talks", "astana-2017", "--exercise")
    return made


@pytest.fixture
def record(new_record: Path, tmp_path: Path) -> Path:
    """A copy of a new record and its key, for one test."""
    shutil.copytree(new_record.parent, tmp_path, dirs_exist_ok=True)
    return tmp_path / new_record.name


def hand_over(record: Path) -> None:
    good(*act(record, "opposition", "FileItem", words="A corridor, a canary in it"))
    good(*act(record, "opposition", "HandItem", item="m1", to="un-envoy"))
    good(*act(record, "opposition", "ClearItem", item="m1", to="government", form="paraphrase"))


def test_a_paper_goes_its_way_from_the_terminal(record: Path) -> None:
    hand_over(record)
    answer = good("may", record, "--seat", "un-envoy", "--item", "m1")
    assert "Government of Syria (government): yes, paraphrase" in answer
    relay = {"item": "m1", "to": "government"}
    assert "allowed it only as paraphrase" in bad(*act(record, "un-envoy", "RelayItem", **relay, form="verbatim"))
    good(*act(record, "un-envoy", "RelayItem", **relay, form="paraphrase", words="A way out is thought of"))
    shown = good("brief", record, "--seat", "government", "--section", "all", "--width", "300")
    assert "A way out is thought of" in shown
    assert "canary" not in shown
    assert "A way out" not in good("brief", record, "--seat", "russia", "--section", "all", "--width", "300")


def test_the_words_of_a_paper_are_shown_to_who_has_them(record: Path) -> None:
    hand_over(record)
    assert "canary in it" in good("item", "show", record, "m1", "--seat", "un-envoy")
    assert "handed to this seat by delegation of the armed opposition" in good(
        "item", "list", record, "--seat", "un-envoy"
    )
    assert "has no papers" in good("item", "list", record, "--seat", "russia")
    assert "m1" in bad("item", "show", record, "m1", "--seat", "russia")
    relay = {"item": "m1", "to": "government", "form": "paraphrase", "words": "A way out is thought of"}
    good(*act(record, "un-envoy", "RelayItem", **relay))
    told = json.loads(good("item", "show", record, "m1", "--seat", "government", "--json"))
    assert [one["text"] for one in told["words"]] == ["A way out is thought of"]
    assert told["teller"] == "un-envoy"


def test_every_command_that_lists_takes_json_and_the_number_of_a_notice(record: Path) -> None:
    before = len(good("view", "show", record, "--seat", "opposition").splitlines()) - 1
    hand_over(record)
    assert [one["item"] for one in json.loads(good("item", "list", record, "--seat", "opposition", "--json"))] == ["m1"]
    early = good("item", "list", record, "--seat", "opposition", "--as-of", "40", "--json")
    assert before > 40
    assert json.loads(early) == []
    assert json.loads(good("may", record, "--seat", "un-envoy", "--item", "m1", "--json"))
    then = json.loads(good("claims", "astana-2017", "--as-of", "2017-01-10", "--json"))
    now_known = json.loads(good("claims", "astana-2017", "--json"))
    assert 0 < len(then) < len(now_known)
    rivals = json.loads(good("claims", "astana-2017", "--contradictions", "--json"))
    assert 0 < len(rivals) < len(now_known)
    owed = json.loads(good("commitments", "astana-2017", "--json"))
    assert all(one["obligor"] for one in owed)
    assert "not a record" in bad("claims", "astana-2017", "--as-of", "40")


def test_a_brief_of_a_record_is_cut_at_acts_and_set_when_they_were_made(record: Path) -> None:
    position = StatePosition(issue="monitoring", words=Words(text="Monitors of our own"), to=("government",))
    with contextlib.closing(open_record(record, kind=Kind.EXERCISE)) as room:
        later = now() + timedelta(hours=2)
        assert isinstance(room.submit(CommandRequest(seat="opposition", command=position), at=later), Done)
    ask = ("brief", record, "--seat", "government")
    page = good(*ask)
    assert "As of Mon 23 Jan 2017, 10:0" in page
    for moment, is_there in (("end", True), (f"{later:%Y-%m-%dT%H:%M}+00:00", True), ("2017-01-24", False)):
        told = good(*ask, "--section", "agenda", "--as-of", moment)
        assert ("Monitors of our own" in told) == is_there, moment


def test_what_a_command_needs_is_said_without_a_record() -> None:
    assert "RelayItem" in good("act", "--list")
    told = good("act", "OpenDeposit", "--help")
    assert "all-in-and-checked" in told
    assert "rule=all-in" in told
    assert '{"rule": "unanimity"}' in good("act", "PutQuestion", "--help")


def _draft(folder: Path) -> Path:
    path = folder / "draft.md"
    path.write_text("# Belfast\n\n## 1. Place\n\nThe plenary meets in Belfast.\n", encoding="utf-8")
    return path


def test_a_question_can_be_put_under_a_rule_of_the_talks_file(tmp_path: Path) -> None:
    record = tmp_path / "gf.record"
    good("record", "new", record, "--talks", "good-friday-1998", "--exercise")
    tabled = {"kind": "party-draft", "about": "uup,sdlp", "papers": f"@{_draft(tmp_path)}"}
    good(*act(record, "chairs", "TableText", **tabled))
    put = {"eligible": "uup,sdlp", "version": "v1"}
    assert "have received v1" in bad(*act(record, "chairs", "PutQuestion", rule="rule-34", **put))
    assert "rule-34" in bad(*act(record, "chairs", "PutQuestion", rule="rule-43", **put))
    deposit = {"question": "What would you need?", "depositors": "uup,sdlp", "neutral": "chairs"}
    closing = {"closes_at": "2030-01-01T12:00+00:00"}
    assert "New: d1" in good(*act(record, "chairs", "OpenDeposit", rule="all-in", **deposit, **closing))


def test_r43_what_the_operator_can_do_needs_no_key_and_shows_no_words(record: Path, tmp_path: Path) -> None:
    hand_over(record)
    key = record.with_name(record.name + ".key")
    hidden = key.read_bytes()
    key.unlink()
    printed = good("record", "head", record)
    number, head = printed.split()
    shown = good("record", "verify", record, "--head", head) + good("record", "stats", record)
    told = json.loads(good("record", "verify", record, "--head", head, "--json"))
    assert (told["sound"], told["end_checked"]) == (True, True)
    assert json.loads(good("record", "head", record, "--json"))["head"] == head
    assert json.loads(good("record", "stats", record, "--json"))["acts"] == int(number)
    bare = run("record", "backup", record, tmp_path / "bare")
    left = " ".join(bare.stderr.split())
    assert bare.exit_code == 0 and "The backup is without the keys of the texts: after a restore, " in left
    assert "name another folder" in bad("record", "backup", record, tmp_path / "bare", "--keys")
    shown += good("record", "backup", record, tmp_path / "copies", "--keys") + left
    assert "without the keys" not in shown.removesuffix(left)
    [copy] = (tmp_path / "bare").glob("*.backup")
    said = good("record", "restore", copy, tmp_path / "unread.record")
    number_left = left.partition("after a restore, ")[2].partition(" ")[0]
    assert f"{number_left} texts cannot be read" in said
    [copy] = (tmp_path / "copies").glob("*.backup")
    [keys] = (tmp_path / "copies").glob("*.keys")
    other = tmp_path / "restored.record"
    shown += good("record", "restore", copy, other, "--keys", keys, "--head", head)
    assert good("record", "head", other).split() == [number, head]
    assert "canary" not in shown
    assert all(b"canary" not in path.read_bytes() for path in (record, copy, keys, other))
    assert bad("view", "show", record, "--seat", "opposition")
    key.write_bytes(hidden)
    good("record", "verify", record, "--deep")
    assert bad("record", "verify", record, "--head", "00" * 32, code=1)


def test_an_exercise_on_postgresql_is_made_and_looked_at_with_its_key_file(
    postgresql_address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    address = f"{postgresql_address}#terminal"
    made = good("record", "new", address, "--talks", "astana-2017", "--exercise")
    assert "goodoffices-data/terminal/record.key" in made
    good("act", address, "--seat", "opposition", "FileItem", "words=A corridor")
    assert "A corridor" in good("item", "show", address, "m1", "--seat", "opposition")
    elsewhere = tmp_path / "other.key"
    (tmp_path / "goodoffices-data" / "terminal" / "record.key").rename(elsewhere)
    assert "GOODOFFICES_KEY_FILE" in bad("item", "list", address, "--seat", "opposition")
    monkeypatch.setenv("GOODOFFICES_KEY_FILE", str(elsewhere))
    assert "m1" in good("item", "list", address, "--seat", "opposition")


def test_a_copy_taken_while_the_record_is_in_use_is_said_to_be_incomplete(record: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.record"
    with contextlib.closing(open_record(record, kind=Kind.EXERCISE)) as room:
        filed = FileItem(words=(Words(text="Last words"),))
        assert isinstance(room.submit(CommandRequest(seat="opposition", command=filed), at=now()), Done)
        shutil.copyfile(record, copy)
        head = good("record", "head", record).split()[1]
    assert "acts at the end may be missing" in good("record", "verify", copy)
    assert "may be missing" not in good("record", "verify", record, "--head", head)
    assert "head" in bad("record", "verify", copy, "--head", head, code=1)


def test_r47_every_export_of_an_exercise_carries_the_mark(record: Path, tmp_path: Path) -> None:
    for form in ("md", "html", "json"):
        good("view", "export", record, "--seat", "usa", "--to", tmp_path / form, "--format", form)
        for path in (tmp_path / form).iterdir():
            assert "exercise" in path.read_text(encoding="utf-8").lower(), path


def test_r49_a_receipt_is_checked_offline(record: Path, tmp_path: Path) -> None:
    good("view", "export", record, "--seat", "opposition", "--to", tmp_path / "out", "--format", "md")
    lines = good("view", "show", record, "--seat", "opposition", "--json")
    slice_file, receipt_file = tmp_path / "slice.jsonl", tmp_path / "receipt.json"
    receipt_file.write_text(good("view", "receipt", record, "--seat", "opposition"), encoding="utf-8")
    slice_file.write_text(lines, encoding="utf-8")
    key = json.loads(receipt_file.read_text(encoding="utf-8"))["public_key"]
    assert "covers these" in good("view", "check", slice_file, receipt_file, "--key", key)
    slice_file.write_text(lines.replace("opposition", "opposititn", 1), encoding="utf-8")
    assert "does not cover" in bad("view", "check", slice_file, receipt_file, "--key", key, code=1)
    longer = good("view", "show", record, "--seat", "opposition", "--json")
    slice_file.write_text(longer, encoding="utf-8")
    assert "1 after them are not covered" in good("view", "check", slice_file, receipt_file, "--key", key)
    slice_file.write_text(lines.partition("\n")[2], encoding="utf-8")
    assert "does not cover" in bad("view", "check", slice_file, receipt_file, "--key", key, code=1)
    [exported], [covering] = ((tmp_path / "out").glob(name) for name in ("slice-*.jsonl", "receipt-*.json"))
    assert "not covered" not in good("view", "check", exported, covering, "--key", key)


def test_sealed_files_go_out_and_come_back_once(record: Path, tmp_path: Path) -> None:
    private, public, out, back = (tmp_path / name for name in ("private", "public", "out", "back"))
    good("sealed", "key", private, public)
    assert bad("sealed", "key", private, public)
    said = good("sealed", "out", record, "--seat", "opposition", "--to", public, "--out", out)
    _, record_id, kind, record_key = said.splitlines()[-1].split()
    opened = good("sealed", "open", out, "--keys", private, "--record", record_id, kind, record_key)
    told, commands = tmp_path / "told.json", tmp_path / "commands.json"
    told.write_text(opened, encoding="utf-8")
    asked = [{"command": "FileItem", "fields": {"words": "From afar"}, "key": "one"}]
    commands.write_text(json.dumps(asked), encoding="utf-8")
    good("sealed", "back", commands, "--keys", private, "--from", told, "--out", back)
    first = good("sealed", "in", record, back, "--seat", "opposition", "--by", public)
    assert first == good("sealed", "in", record, back, "--seat", "opposition", "--by", public)
    assert bad("sealed", "in", record, back, "--seat", "government", "--by", public)
    damaged = bytearray(back.read_bytes())
    damaged[-1] ^= 1
    back.write_bytes(bytes(damaged))
    assert "Traceback" not in bad("sealed", "in", record, back, "--seat", "opposition", "--by", public)


def test_tables_of_claims_and_commitments_come_from_one_seats_view(record: Path) -> None:
    assert "f9-count" in good(
        "claims", record, "--seat", "analyst", "--contradictions", "--about", "ceasefire-2016-12-29"
    )
    assert "ahrar" in good("claims", record, "--seat", "usa", "--about", "ahrar-al-sham").lower()
    assert "unclear" in good("commitments", record, "--seat", "analyst", "--succession", "--as-of", "end")


def test_a_sealed_file_is_made_for_a_key_that_is_one_and_overwrites_nothing(record: Path, tmp_path: Path) -> None:
    private, public, out = tmp_path / "p.key", tmp_path / "p.public", tmp_path / "out.sealed"
    good("sealed", "key", private, public)
    sealing = ("sealed", "out", record, "--seat", "russia")
    for number, key in enumerate(("00ff", "00" * 32, "ab" * 31, "ab" * 33)):
        wrong = tmp_path / f"wrong{number}"
        wrong.write_text(json.dumps({"box_key": key}), encoding="utf-8")
        assert "is not one" in bad(*sealing, "--to", wrong, "--out", out)
    assert "`sealed key` wrote" in bad(*sealing, "--to", private, "--out", out)
    assert not out.exists()
    for there in (public, record):
        before = there.read_bytes()
        assert "exists already" in bad(*sealing, "--to", public, "--out", there)
        assert there.read_bytes() == before


def test_a_long_value_is_cut_in_what_is_said_of_it(record: Path) -> None:
    for given in (
        {"words": "w", "lapses_at": "9" * 5000},
        {"words": "w", "x" * 5000: "1"},
        {"words": "w", "mode": "m" * 5000},
    ):
        said = bad(*act(record, "opposition", "FileItem", **given))
        assert "5000 characters" in said
        assert len(said) < 1500
    assert "5000 characters" in bad(*act(record, "opposition", "F" * 5000))


def test_replaying_gives_the_same_digest_every_time(record: Path) -> None:
    hand_over(record)
    first = good("record", "replay", record, "--digest")
    assert first == good("record", "replay", record, "--digest")
    assert good("record", "replay", record, "--until", "5").strip() == "5 acts"


def test_r4_the_public_brief_of_a_record_holds_nothing_but_what_was_published(record: Path) -> None:
    room = open_record(record, kind=Kind.EXERCISE)
    made = brief_of(room.view(PUBLIC))
    room.close()
    assert not any(part.rows for section in made.sections for part in section.parts)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["brief", "astana-2018"], "astana-2017"),
        (["brief", "astana-2017", "--seat", "goverment"], "government"),
        (["record", "verify", "nothing.record"], "nothing.record"),
        (["record", "new", "/nowhere/at/all/x.record", "--talks", "astana-2017", "--exercise"], "/nowhere"),
        (["check", "nothing.yaml"], "nothing.yaml"),
    ],
)
def test_bad_input_is_one_sentence_that_names_the_value(words: list[str], sentence: str) -> None:
    assert sentence in bad(*words)


def test_a_misspelt_command_or_field_offers_the_nearest(record: Path) -> None:
    assert "FileItem" in bad(*act(record, "opposition", "FileItm", words="x"))
    assert "words" in bad(*act(record, "opposition", "FileItem", word="x"))
    assert "'item'" in bad(*act(record, "opposition", "HandItem", to="un-envoy"))
    assert "KEY=VALUE" in bad("act", record, "--seat", "opposition", "FileItem", "words")
    assert "paraphrase" in bad(*act(record, "opposition", "ClearItem", item="m1", to="usa", form="loudly"))
    assert "nothing called m1" in bad(*act(record, "opposition", "HandItem", item="m1", to="un-envoy"))


def test_a_file_that_is_no_record_is_said_to_be_none(tmp_path: Path) -> None:
    path = tmp_path / "letter.record"
    path.write_text("Dear colleague", encoding="utf-8")
    assert "letter.record" in bad("record", "verify", path)
    assert path.read_text(encoding="utf-8") == "Dear colleague"


def test_an_unknown_seat_and_a_place_that_cannot_be_written_are_named(record: Path) -> None:
    assert "government" in bad("view", "show", record, "--seat", "goverment")
    assert f"the folder {record} cannot be made" in bad("schema", "--out", f"{record}/x")
    assert "unknown subject of claims 'nothing'" in bad("claims", record, "--seat", "usa", "--about", "nothing")
    assert "'aspect'" in bad(*act(record, "analyst", "EnterClaim", claim="{}"))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere, so a read-only folder does not stop it")
def test_a_read_only_folder_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    assert str(tmp_path) in bad("record", "new", tmp_path / "x.record", "--talks", "astana-2017", "--exercise")


def test_a_record_that_a_desk_has_can_be_looked_at_and_not_acted_in(record: Path) -> None:
    with contextlib.closing(open_record(record, kind=Kind.EXERCISE)) as desk:
        done = desk.submit(
            CommandRequest(seat="opposition", command=FileItem(words=(Words(text="A way", lang="en"),))), at=now()
        )
        assert isinstance(done, Done)
        assert "ItemFiled" in good("view", "show", record, "--seat", "opposition")
        assert "government" in good("brief", record, "--seat", "opposition").lower()
        assert "in use by process" in bad(*act(record, "opposition", "FileItem", words="x"))
        assert len(desk.view("opposition").notices) == done.n
    good(*act(record, "opposition", "FileItem", words="x"))


def test_act_prints_the_handle_of_what_it_made_and_of_nothing_older(record: Path) -> None:
    filed = good(*act(record, "opposition", "FileItem", words="A corridor."))
    assert re.fullmatch(r"Recorded as notice \d+ of opposition\. New: m\d+\.\n", filed)
    handle = filed.split()[-1].removesuffix(".")
    handed = good(*act(record, "opposition", "HandItem", item=handle, to="un-envoy"))
    assert re.fullmatch(r"Recorded as notice \d+ of opposition\.\n", handed)


def test_the_brief_of_a_live_record_leaves_out_later_acts_and_begins_with_the_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOODOFFICES_PASSPHRASE", "correct horse battery staple 42")
    talks = tmp_path / "talks.yaml"
    talks.write_text(
        "actors: {north: {kind: party, names: {en: North}}, desk: {kind: body, names: {en: Desk}}}\n"
        "talks: {title: The river, zone: Europe/Kyiv}\n"
        "seats: {north: {actor: north, roles: [party]}, desk: {actor: desk, roles: [secretariat]}}\n"
        "agenda: [{basket: Water, issues: {flow: {question: {en: How much?}, options: [all, half]}}}]\n",
        encoding="utf-8",
    )
    record = tmp_path / "live.record"
    good("record", "new", record, "--talks", talks)
    good(*act(record, "north", "StatePosition", issue="flow", option="half"))
    told = good("brief", record, "--seat", "desk")
    assert not told.startswith("EXERCISE")
    assert "How much? Half (its position)" in told
    assert "Europe/Kyiv" in good("brief", record, "--seat", "desk", "--section", "agenda")
    new = good("brief", record, "--seat", "desk", "--section", "changes", "--since", "2020-01-01")
    assert "North stated a position on Flow" in new
    assert "its record begins" in bad("brief", record, "--seat", "desk", "--as-of", "2017-01-24")

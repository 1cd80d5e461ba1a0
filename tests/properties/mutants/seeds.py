"""Files to begin with, of every kind: small ones written here, those of the repository, and shared ones if present."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from docx_files import deleted, docx, ended, inserted, listed, moved, numbering, paragraph, run
from formats_helpers import ROOT
from goodoffices.bargain import Bargain, BargainIssue
from goodoffices.formats.documents.json_document import FileVersion, write_version
from goodoffices.formats.docx.writer import Look, Note, write_docx
from goodoffices.formats.odt.writer import odt_from_docx
from goodoffices.formats.position_tables.deu import COUNCIL_POWER
from goodoffices.formats.scenarios.log import ScenarioReport
from goodoffices.formats.scenarios.scenario import Origin, Scenario, Timing
from goodoffices.formats.scenarios.writer import WRITERS, write_scenario
from goodoffices.talks.documents.markdown import read_paper
from own_talks_files import book
from properties.mutants.readings import FORMAT_1, unpacked
from spreadsheet_files import ods, xlsx

_FAMILY = {
    ".yaml": "lines", ".yml": "lines", ".md": "lines", ".txt": "lines", ".csv": "table", ".tsv": "table",
    ".xml": "xml", ".json": "json", ".jsonl": "lines", ".docx": "archive", ".odt": "archive", ".xlsx": "archive",
    ".ods": "archive", ".record": "binary", ".sealed": "binary",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Seed:
    """A file of a kind, in a folder of its own with what is read beside it."""

    kind: str
    folder: Path
    file: str

    @property
    def family(self) -> str:
        """Return which changes suit the file."""
        return _FAMILY[Path(self.file).suffix]


TIDY = """issue,actor,position,salience,capability,position_low,position_high,source,cluster,reference,outcome
ceasefire,North,10,0.9,100,5,15,desk,a,20,
ceasefire,South,90,0.6,80,,,desk,a,20,
ceasefire,South,70,0.5,80,,,press,a,20,
prisoners,North,0,0.25,100,,,desk,b,,40
prisoners,West,55.5,1,30,50,60,desk,b,,40
"""
DECIDE = """#O\tSample
#/\ta comment
#A\tNorth\tThe north\tn
#A\tSouth\tThe south\ts
#P\tborder\tThe border\tb
#P\tprisoners\tThe prisoners\tp
#M\tborder\t0\tnone
#M\tborder\t100\tall
#M\tprisoners\t0\tnone
#M\tprisoners\t50\thalf
#D\tNorth\tborder\t20\t0.5\t0.9
#D\tSouth\tborder\t70\t1\t0.4
#D\tNorth\tprisoners\t50\t0.25\t0.9
#D\tSouth\tprisoners\t10\t0.75\t0.4
"""
KTAB = """border talks,two issues,3,2
Actor,Description,Influence,Border Position,Border Salience,Army Position,Army Salience
North,the north,100,10,90,80,10
South,the south,60,85,50,20,40
West,the west,30.5,40,20,0,70
"""
KTAB_XML = """<?xml version="1.0" encoding="UTF-8"?>
<Scenario>
<name>border</name><desc>two issues</desc>
<ModelParameters><VotingRule>Proportional</VotingRule><PCEModel>Conditional</PCEModel></ModelParameters>
<Dimensions><dName>Border</dName><dName>Army</dName></Dimensions>
<Actors>
<Actor><name>North</name><description>the north</description><capability>100</capability>
<Position><dCoord>10</dCoord><dCoord>80</dCoord></Position>
<Salience><dSal>90</dSal><dSal>10</dSal></Salience></Actor>
<Actor><name>South</name><description>the south</description><capability>60</capability>
<Position><dCoord>85</dCoord><dCoord>20</dCoord></Position>
<Salience><dSal>50</dSal><dSal>40</dSal></Salience></Actor>
</Actors>
<IdealAdjustment><iaPair><adjustingIdeal>North</adjustingIdeal><referencePos>South</referencePos>
<adjust>0.25</adjust></iaPair></IdealAdjustment>
</Scenario>
"""
PAX = """AgtId,Agt,Dat,Status,Part,ThrdPart,Con
2092,Joint Statement,24/01/2017,Multiparty signed/agreed,"Iran; Russia (signed); Turkey [signed]",Kazakhstan,Syria
77,Another text,13/02/1999,Status unclear,"Somebody (refused to sign)
Nobody",,Elsewhere
2134,Third text,2017-03-15,Unilateral,Opposition; Government,,Syria
"""
EVENTS = """date,area,pair,kind,count,deaths,deaths_low,deaths_high,lat,lon,remark
2017-01-05,Hama,North - South,shelling,2,3,1,4,35.1,36.7,one
2017-01-05,Idlib Governorate,North - South,raid,1,,,,35.9,36.6,two
2017-01-06,حماة,North - West,raid,none,0,0,0,,,three
2017-01-07,Hama,North - South,shelling,not observed,,,,,,four
2017-01-08,unknown,North - South,raid,7,9,5,12,35.2,36.8,five
"""
BULLETINS = """day,n_days,ledger,governorate,count,confirmed_by_other,explained_by_other,total_as_stated,source
2017-01-22,1,North,Hama,1,,,2,bulletin 1
2017-01-22,1,North,Latakia,1,,,2,bulletin 1
2017-01-22,1,South,Hama,12,3,1,12,bulletin 9
2017-01-23,1,South,Idlib,withheld,,,,bulletin 10
"""
STRANGERS = """When;Where;Dead;Office
05/01/2017;Hamah;3;Monitors
25/01/2017;Homs;;Others
"""
MAPPING = """columns: {first_day: When, area: Where, deaths: Dead}
values:
  area: {Hamah: Hama}
constants: {ledger: Monitors, kind: shelling}
reports_every_day: no
"""
ASSUMPTIONS = """version: 1
notes: [Invented for a test.]
turns: 40
form: paraphrase
closing: exact
strategies: {all: linear, North: boulware}
walkout: forbidden
assumptions:
  - {quantity: will-sit, value: 0.9, because: nobody shouts}
  - {quantity: devaluation, party: North, low: 0, high: 0.2, because: months pass}
spoilers:
  - {name: militia, turn: 5, probability: 0.1, lost_turns: 3}
"""
PAPER = """# Terms of the watch

## 1. Start {agreed}

On [[A: 30 \\[sic\\] | B~: 1 [[A: or 2]]]] January.

## [2.] Watch

By three states, for 40 days.

Reports go to all.

## 3. End

After [[A: notice | B: two weeks]].
"""
RULES = (
    """rule:
  rule: weighted-majority
  blocs: {north-side: [north, west], south-side: [south, east]}
  weights: {north: 40, south: 35, west: 15, east: 10}
  overall: 3/5
title: Weights
accepts: [north, south]
objects: [west]
abstains: [east]
""",
    """rule:
  rule: qualified-majority
  thresholds:
    - {share: 1/2, how: more-than, of: seats}
    - {share: 3/10, how: at-least, of: blocs}
  quorum: {share: 2/3, base: present}
  blocs: {hills: [north, south], lake: [west]}
eligible: [north, south, west]
present: [north, south, west]
accepts: [north, south]
abstains: [west]
""",
    """rule:
  rule: sufficient-consensus
  weights: {north: 40, south: 30, east: 20, west: 10}
  blocs: {river: [north, east], hills: [south, west]}
accepts: [north, south, west]
abstains: [east]
""",
    """rule: {rule: silence, until: 2017-01-24T10:00:00Z, zone: Asia/Almaty}
eligible: [north, south]
received: {north: 2017-01-22T09:00:00Z, south: 2017-01-22T09:30:00Z}
objects: {south: 2017-01-24T09:00:00Z}
at: 2017-01-25T10:00:00Z
""",
    """rule:
  rule: referendum
  prongs:
    - {against: no, share: 1/2}
polls:
  - {name: north, yes: 520, no: 480, electorate: 2000}
""",
)


def _written(folder: Path, kind: str, name: str, data: str | bytes) -> Seed:
    folder.mkdir(parents=True)
    (folder / name).write_bytes(data if isinstance(data, bytes) else data.encode())
    return Seed(kind, folder, name)


def scenario() -> Scenario:
    """Return a small scenario of two parties."""
    worth = (
        ((Fraction(1, 4), Fraction(0)), (Fraction(0), Fraction(1, 2)), (Fraction(1, 8), Fraction(1, 4))),
        ((Fraction(3, 4), Fraction(1, 8)), (Fraction(1, 2), Fraction(1, 2))),
    )
    issues = (
        BargainIssue(name="map & line", options=("é", "no", "010")), BargainIssue(name="водa", options=("x", "<y>"))
    )  # fmt: skip
    timing = Timing(discount=(None, None), worth_per_turn=(Fraction(0),) * 2, opt_out_value=(None, None))
    bargain = Bargain(
        issues=issues, parties=("A", "B"), worth=worth, reservation_value=(Fraction(1, 8), Fraction(1, 4))
    )
    return Scenario(bargain=bargain, timing=timing, origin=Origin(dialect="test", files=()), report=ScenarioReport())


def _folder(kind: str, folder: Path, at: Path, files: tuple[str, ...] = ()) -> Iterator[Seed]:
    shutil.copytree(folder, at)
    for path in sorted(at.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
        name = str(path.relative_to(at))
        if path.is_file() and (name in files if files else path.suffix in _FAMILY and not name.startswith("SOURCES")):
            yield Seed(kind, at, name)


def _tables(at: Path) -> Iterator[Seed]:
    yield _written(at / "tidy", "positions", "tidy.csv", TIDY)
    yield _written(at / "tabs", "positions", "tidy.tsv", TIDY.replace(",", "\t"))
    rows = [line.split(",") for line in TIDY.splitlines()]
    numbered = [[float(cell) if cell.replace(".", "").isdigit() else cell or None for cell in row] for row in rows]
    yield _written(at / "xlsx", "positions", "tidy.xlsx", xlsx({"rows": numbered, "other": [["x"]]}))
    yield _written(at / "ods", "positions", "tidy.ods", ods({"rows": numbered}))
    yield _written(at / "decide", "positions", "sample.txt", DECIDE)
    yield _written(at / "ktab", "positions", "ktab.csv", KTAB)
    yield _written(at / "ktab-xml", "positions", "ktab.xml", KTAB_XML)
    yield _written(at / "deu", "positions", "deu.csv", deu())
    yield _written(at / "pax", "pa-x", "rows.csv", PAX)
    yield from _sheets_of(at / "pax-rows", "pa-x", "rows", PAX)
    yield _written(at / "events", "events", "events.csv", EVENTS)
    yield from _sheets_of(at / "event-rows", "events", "events", EVENTS)
    yield _written(at / "bulletins", "events", "bulletins.csv", BULLETINS)
    yield _written(at / "mapped", "events", "events.csv", STRANGERS)
    (at / "mapped" / "mapping.yaml").write_text(MAPPING, encoding="utf-8")
    yield Seed("events", at / "mapped", "mapping.yaml")
    yield _written(at / "own-talks-xlsx", "sheets", "valley.xlsx", xlsx(book()))
    yield _written(at / "own-talks-ods", "sheets", "valley.ods", ods(book()))
    yield _written(at / "assumptions", "assumptions", "rehearsal.yaml", ASSUMPTIONS)


def _sheets_of(at: Path, kind: str, name: str, text: str) -> Iterator[Seed]:
    """Write a table as a spreadsheet of both formats, its numbers as numbers."""
    rows = [[_cell(cell) for cell in row] for row in csv.reader(io.StringIO(text, newline=""))]
    yield _written(at.with_name(f"{at.name}-xlsx"), kind, f"{name}.xlsx", xlsx({"rows": rows}))
    yield _written(at.with_name(f"{at.name}-ods"), kind, f"{name}.ods", ods({"rows": rows}))


def _cell(text: str) -> str | float | None:
    return float(text) if text.replace(".", "").isdecimal() and text.isascii() else text or None


def deu() -> str:
    """Return a wide table of two issues."""
    codes = ("com", "ep", *COUNCIL_POWER)
    head = ["prnr", "isnr", "intro", "finact", "rp", "out", *(f"{c}{code}" for code in codes for c in "ps")]
    first = ["1", "1", "01-02-03", "04-05-06", "0", "50", *(str(n % 101) for n in range(len(codes) * 2))]
    second = [
        "1",
        "2",
        "01-02-16",
        "",
        "",
        "70",
        *(str(n * 7 % 101) if n % 5 else "999" for n in range(len(codes) * 2)),
    ]
    return "\n".join(";".join(row) for row in (head, first, second)) + "\n"


def _documents(at: Path) -> Iterator[Seed]:
    paper, base = read_paper(PAPER, "en"), read_paper(PAPER.replace("40 days", "30 days"), "en")
    notes = (Note(clause=paper.clauses[0].id or "", words="We ask why."),)
    made = write_docx(
        paper, base=base, notes=notes if paper.clauses[0].id else (), lines=("check code",), band="EXERCISE"
    )
    tracked = docx(
        paragraph(run("Terms"), style="Title"),
        paragraph(run("Parties"), frame=listed(1)),
        paragraph(run("The north "), inserted("and the west ", "Ann"), run("shall meet."), deleted(" Soon.", "Bob")),
        paragraph(run("Second clause"), frame=listed(1)),
        paragraph(run("Moved words "), moved("from here", "Ann", away=True), frame=ended("ins", "Bob")),
        paragraph(run("Article 3. Third"), moved("from here", "Ann", away=False)),
        "<w:tbl><w:tr><w:tc>" + paragraph(run("a cell")) + "</w:tc></w:tr></w:tbl>",
        numbering=numbering(("%1.",)),
        footnotes='<w:footnotes><w:footnote w:id="1">' + paragraph(run("a foot note")) + "</w:footnote></w:footnotes>",
    )
    yield _written(at / "docx", "documents", "ours.docx", made)
    yield _written(at / "tracked", "documents", "theirs.docx", tracked)
    yield _written(at / "odt", "documents", "ours.odt", odt_from_docx(made))
    yield _written(
        at / "legend", "documents", "legend.odt", odt_from_docx(write_docx(paper, look=Look.LEGEND, base=base))
    )


def _record_files(at: Path) -> Iterator[Seed]:
    yield _written(at / "record", "records", "exercise.record", unpacked("exercise.record"))
    yield _written(at / "sealed", "sealed", "out.sealed", (FORMAT_1 / "out.sealed").read_bytes())
    yield _written(at / "keys", "keys", "north.json", (FORMAT_1 / "north.private.json").read_bytes())
    told = {"record": "71" * 16, "kind": "live", "box_key": "5c" * 32, "seat": "north", "after": 0, "notices": []}
    commands = [
        {"command": "FileItem", "fields": {"words": "We ask.", "words.lang": "en"}, "key": "k1"},
        {"command": "WithdrawItem", "fields": {"item": "m1"}, "key": "k2"},
    ]
    one = _written(at / "sealing", "sealing", "opened.json", json.dumps(told, indent=1))
    (one.folder / "commands.json").write_text(json.dumps(commands, indent=1), encoding="utf-8")
    yield one
    yield Seed("sealing", one.folder, "commands.json")
    yield from _folder("receipts", FORMAT_1 / "export", at / "receipts", ("receipt-n141.json", "slice-n141.jsonl"))


def own_seeds(at: Path) -> list[Seed]:
    """Write the files that need nothing but this repository below ``at``."""
    seeds = [
        *_folder("talks", ROOT / "scenarios" / "astana-2017", at / "astana-2017"),
        *_folder("talks", ROOT / "scenarios" / "good-friday-1998", at / "good-friday-1998"),
        _written(at / "format-1", "talks", "talks.yaml", (FORMAT_1 / "talks.yaml").read_bytes()),
        *_tables(at / "tables"), *_documents(at / "documents"), *_record_files(at / "records"),
        _written(at / "paper", "papers", "paper.md", PAPER),
    ]  # fmt: skip
    for number, rule in enumerate(RULES):
        seeds.append(_written(at / "rules" / str(number), "rules", "rule.yaml", rule))
    papers = (read_paper(PAPER.replace("Terms", "Conditions"), "ar"), read_paper(PAPER, "en"))
    version = FileVersion(papers=papers, authentic=("en", "ar"), annexes=(("A", "ab" * 32),))
    seeds.append(_written(at / "version", "versions", "version.json", write_version(version)))
    (at / "scenarios").mkdir()
    for dialect in sorted(WRITERS):
        folder = at / "scenarios" / dialect
        write_scenario(scenario(), folder, dialect, lossy=True)
        names = sorted(path.name for path in folder.iterdir() if path.suffix in _FAMILY)
        seeds += [Seed("scenarios", folder, name) for name in names]
    seeds.append(_settled(at / "settled"))
    return seeds


def _settled(at: Path) -> Seed:
    from click.testing import CliRunner

    from goodoffices.cli.settle import settle

    at.mkdir()
    write_scenario(scenario(), at / "scenario", "genius-xml", lossy=True)
    done = CliRunner().invoke(settle, [str(at / "scenario"), "--json"])
    assert done.exit_code == 0, done.output
    (at / "result.json").write_text(done.stdout, encoding="utf-8")
    return Seed("settlements", at, "result.json")


_LARGEST = 60_000


def shared_seeds(shared: Path, at: Path) -> list[Seed]:
    """Copy shared files of every kind below ``at``; large ones are left out, since each is read often."""
    forecast = shared / "forecast"
    tables = [*forecast.glob("*.csv"), *(forecast / "ktab").glob("*.[cx]*"), *(forecast / "decide").glob("*.[ct]*")]
    seeds = []
    for number, path in enumerate(sorted(tables)):
        if path.name not in ("eu_council_power.csv", "china_soe_outcomes.csv"):
            lines = path.read_bytes().splitlines(keepends=True)
            data = b"".join(lines[:40]) if path.name == "deu3_dev.csv" else b"".join(lines)
            seeds.append(_written(at / "tables" / str(number), "positions", path.name, data))
    texts = [path for path in sorted((shared / "documents").rglob("*.docx")) if path.stat().st_size < _LARGEST]
    for number, path in enumerate(texts[::7]):
        seeds.append(_written(at / "documents" / str(number), "documents", path.name, path.read_bytes()))
    roots = {path.parent for path in (shared / "scenarios").rglob("*.*") if path.parent.name != "edges"}
    for number, folder in enumerate(sorted(roots)[::5]):
        files = [path for path in folder.rglob("*") if path.is_file()]
        if sum(path.stat().st_size for path in files) < _LARGEST and any(path.suffix in _FAMILY for path in files):
            seeds += [*_folder("scenarios", folder, at / "scenarios" / str(number))][:4]
    return seeds

"""Every command can be given at the desk, or stands here with the reason why not."""

from __future__ import annotations

import re
from pathlib import Path

from goodoffices.talks.registry import COMMANDS

WEB = Path(__file__).resolve().parents[2] / "src" / "goodoffices" / "web"
_PROCEDURES = "blind questions, deposits and matched lists are run from the terminal; they have no page yet"
_FILES = "it comes with a file that the terminal writes or reads"
_LEDGERS = "whole days and what could be seen come with a ledger's file"
WITHOUT = {
    **dict.fromkeys(
        ("AskBlind", "OpenDeposit", "CheckDeposit", "RevealDeposits", "OpenListMatch", "SubmitList"), _PROCEDURES
    ),
    "ExportView": _FILES,
    **dict.fromkeys(("ReportDay", "RecordAccess", "RecordExposure", "LinkAllegation"), _LEDGERS),
    "Assess": "assessments come with the talks file or the spreadsheet, or from the terminal",
    "GrantHistory": "it tells a new seat what was before; done once, by who keeps the record, in the terminal",
    "SetCompartment": "who may see a compartment is decided before the talks, in the talks file",
    "ReadTerms": "how the words of a cease-fire are read comes with the talks file",
}


def test_every_command_has_a_form_or_a_reason() -> None:
    files = [path for path in WEB.rglob("*") if path.suffix in (".html", ".py")]
    said = "\n".join(path.read_text(encoding="utf-8") for path in files)
    given = {name for name in COMMANDS if re.search(rf"\b{name}\b", said)}
    assert set(COMMANDS) - given == set(WITHOUT)

"""The part of the walk that is about papers: notes, minutes, the week, lists, a calendar, a round, a reply sheet."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping

from goodoffices.talks.seats.sealed_keys import key_line
from properties.worlds.http import Browser

_MAIL = b"From: a@b.example\r\nSubject: So\r\nDate: Mon, 23 Jan 2017 10:00:00 +0600\r\n\r\nWe agree.\r\n"


def _got(*paths: str) -> Callable[[Browser], object]:
    return lambda b: [b.get(f"{b.base}/{path}") for path in paths]


def _noted(b: Browser) -> object:
    lines = ("go We agree. /d >op a list, mon 08:00", "- Not so. /o", "@B hello", "")
    return [
        b.post(f"{b.base}/notes/{session}", {"_key": f"note-{session}-{n}-key", "_form": "line", "line": line})
        for session in ("s1", "s9")
        for n, line in enumerate(lines)
    ]


def _circulated(b: Browser) -> object:
    """Send minutes, correct and answer those that came, and read them."""
    send = {"session": "s1", "until": "2017-02-22T18:00", "_form": "send", "_back": "minutes"}
    fix = {"copy": "mc1", "line": "1", "words": "Not so.", "_form": "correct", "_back": "minutes"}
    word = {"copy": "mc1", "agrees": "yes", "_form": "agree", "_back": "minutes"}
    asked = (("CirculateMinutes", send), ("CorrectMinutes", fix), ("AnswerMinutes", word))
    told = [b.post(f"{b.base}/do/{name}", {**fields, "_key": f"key-of-{name}"}) for name, fields in asked]
    return [*told, *(b.get(f"{b.base}/{path}") for path in ("minutes", "minutes/mc1", "minutes/mi1/sent"))]


def _brought(b: Browser) -> object:
    return [
        b.send(f"{b.base}/papers/bring", {"_key": f"key-bring-{n}", "_form": "bring"}, file=("file", name, data))
        for n, (name, data) in enumerate((("a.eml", _MAIL), ("a.txt", b"nothing")))
    ]


def _sealed(b: Browser) -> object:
    """Register a key, make a file for the own seat and for another, and bring what is no file."""
    key = {"key": key_line("1" * 64, "2" * 64), "_form": "own-key", "_back": "sealed"}
    made = {"seat": "pap", "_form": "seal-pap", "_back": "sealed"}
    asked = (("RegisterKey", key), ("SealFile", made))
    told = [b.post(f"{b.base}/do/{name}", {**fields, "_key": f"key-of-{name}"}) for name, fields in asked]
    brought = b.send(
        f"{b.base}/sealed/bring", {"_key": "key-of-sealed", "_form": "bring"}, file=("file", "a.sealed", b"nothing")
    )
    return [*told, brought, b.get(f"{b.base}/sealed"), _carried(b)]


def _carried(b: Browser) -> object:
    """Fetch sealed files. Their bytes hide what is in them from who carries them: only whether there is one is seen."""
    return [b.get(f"{b.base}/sealed/{path}").status for path in ("gov/1", "pap/1", "nobody/7")]


def _rows_brought(b: Browser) -> object:
    """Bring files for a ledger: one that is taken, one that is refused, and one read in other ways, and file them."""
    rows = (b"id,date,area,kind\n1,2017-01-20,Hama,shelling\n", b"id,date,area,kind\n1,2017-01-20,Nowhere,drone\n")
    fields = {"_form": "bring-j1", "encoding": "utf-8"}
    mapping = ("mapping", "m.yaml", b"values: {area: {Nowhere: Hama}}\n")
    outline = b'{"features": [{"geometry": {"type": "Point"}}]}'
    made: list[object] = []
    for ledger in ("j1", "j2", "j9"):
        where = f"{b.base}/ledgers/{ledger}"
        sent = [(rows[0], ()), (rows[1], ()), (b"", (mapping,)), (b"", (("boundaries", "b.geojson", outline),))]
        for n, (data, more) in enumerate(sent):
            answer = b.send(
                f"{where}/bring",
                {"_key": f"key-rows-{n}", **fields},
                *more,
                file=("file", "a.csv" if data else "", data),
            )
            shown = re.search(r'name="token" value="([0-9a-f]+)"', answer.text)
            token = shown[1] if shown else ""
            made += [answer, b.post(f"{where}/take", {"_key": f"key-take-{n}{ledger}-0000", "token": token})]
    return made


def _rows_taken(b: Browser) -> object:
    return [b.post(f"{b.base}/ledgers/j1/take", {"_key": "key-of-taking-1", "token": t}) for t in ("", "0" * 32)]


def _figures_worked_out(b: Browser) -> object:
    """Stop a calculation, work out another one to its end, and read what the page and its tables say of it."""
    told = [b.post(f"{b.base}/ceasefire", {"_key": f"key-figures-{do}", "do": do}) for do in ("stop", "start")]
    begun = b.world.server.calculations.of("" if b.signed_in is None else b.signed_in.seat).get("ceasefire")
    while begun is not None and not begun.is_over:
        time.sleep(0.01)  # a thread has no other clock; what it finds does not depend on how long it takes
    return [*told, *(b.get(f"{b.base}/{path}") for path in ("ceasefire", "ceasefire.csv", "ceasefire-figures.csv"))]


PAPERS_WALK: Mapping[str, Callable[[Browser], object]] = {
    "/records/cells/clock": lambda b: b.post("/records/cells/clock", {"talks": "two-worlds", "do": "pause"}),
    "/records/cells/inject": lambda b: b.post("/records/cells/inject", {"talks": "two-worlds", "inject": "ij1"}),
    "/begin/exercise.xlsx": lambda b: b.get("/begin/exercise.xlsx"),
    "/d/{path_id}/restart": lambda b: b.post(f"{b.base}/restart", {"moment": "3"}),
    "/d/{path_id}/debrief.docx": lambda b: b.get(f"{b.base}/debrief.docx"),
    "/records/board": lambda b: b.post("/records/board", {"record": "two-worlds"}),
    "/records/demonstration/{name}": lambda b: (
        b.get("/records/demonstration/relay"),
        b.get("/records/demonstration/x"),
    ),
    "/d/{path_id}/notes/{session} POST": lambda b: [_noted(b), _circulated(b)],
    "/d/{path_id}/notes/{session}/as/{reader}/file/{ending}": _got(
        "notes/s1/as/gov/file/docx", "notes/s1/as/team/file/txt", "notes/s9/as/gov/file/pdf"
    ),
    "/d/{path_id}/minutes/{copy}/file/{ending}": _got(
        "minutes/mc1/file/docx", "minutes/mc1/file/pdf", "minutes/mc9/file/txt"
    ),
    "/d/{path_id}/letters/{invitation}/{ending}": _got("letters/i1/docx", "letters/i2/txt", "letters/i9/pdf"),
    "/d/{path_id}/week/file/{ending}": _got("week/file/docx?until=2017-01-24", "week/file/txt", "week/file/exe"),
    "/d/{path_id}/week/template POST": lambda b: b.send(
        f"{b.base}/week/template", {"_key": "key-of-template", "_form": "template"}, file=("file", "a.docx", b"x")
    ),
    "/d/{path_id}/calendar.ics": _got("calendar.ics"),
    "/d/{path_id}/lists/{name}": _got("lists/all.xlsx", "lists/journal.xlsx", "lists/none.xlsx"),
    "/d/{path_id}/round-file.pdf": _got("round-file.pdf"),
    "/d/{path_id}/sealed/bring POST": _sealed,
    "/d/{path_id}/sealed/record.txt": _got("sealed/record.txt"),
    "/d/{path_id}/sealed/{seat}/{number:int}": _carried,
    "/d/{path_id}/papers/bring POST": _brought,
    "/d/{path_id}/reply POST": lambda b: b.post(f"{b.base}/reply", {"_key": "key-of-reply", "row.1": "accepted"}),
    "/d/{path_id}/settlement POST": lambda b: [
        b.post(f"{b.base}/settlement", {"_key": f"key-of-{do}", "do": do}) for do in ("start", "stop")
    ],
    "/d/{path_id}/settlement.csv": _got("settlement.csv"),
    "/d/{path_id}/ceasefire POST": _figures_worked_out,
    "/d/{path_id}/ceasefire-figures.csv": _got("ceasefire-figures.csv"),
    "/d/{path_id}/ceasefire.csv": _got("ceasefire.csv", "ceasefire.csv?until=2017-01-22", "ceasefire.csv?until=x"),
    "/d/{path_id}/bulletins POST": lambda b: b.post(
        f"{b.base}/bulletins",
        {
            "_key": "key-of-bulletin",
            "_form": "prepare",
            "day_from": "2017-01-16",
            "day_to": "2017-01-22",
            "ledgers": "j1",
        },
    ),
    "/d/{path_id}/bulletins/{bulletin}/file/{ending}": _got(
        "bulletins/bu1/file/csv", "bulletins/bu1/file/txt", "bulletins/bu9/file/pdf"
    ),
    "/d/{path_id}/ledgers/{ledger}/bring POST": _rows_brought,
    "/d/{path_id}/ledgers/{ledger}/take POST": _rows_taken,
    "/d/{path_id}/forecast POST": lambda b: [
        b.post(f"{b.base}/forecast", {"_key": f"key-of-{do}", "do": do, "issue": "who-watches"})
        for do in ("on", "start", "stop", "off")
    ],
    "/d/{path_id}/rehearsal POST": lambda b: [
        b.post(f"{b.base}/rehearsal", {"_key": f"key-of-{do}", "do": do, "runs": "none"}) for do in ("start", "stop")
    ],
}
"""Each route of papers, and what is asked of it."""

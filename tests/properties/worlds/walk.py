"""A walk through everything that an observer's browser can ask, with an entry for every route and every page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

from docx_files import deleted, docx, inserted, paragraph, run
from goodoffices.reports.texts.downloads import FORMS
from goodoffices.web.http.static_files import Static
from goodoffices.web.render.page_list import PAGES
from own_talks_files import book, changed
from properties.worlds.busy_hour import busy_hour
from properties.worlds.http import Answer, Browser, HttpWorlds, leave_waiting
from properties.worlds.outputs import GUESSES
from properties.worlds.pairs import Pair
from properties.worlds.walk_papers import PAPERS_WALK
from properties.worlds.walk_people import PEOPLE_WALK, busy_people
from properties.worlds.walk_rooms import ROOMS_WALK
from spreadsheet_files import xlsx

KEY = "the-same-key-in-both"
SLUGS = ("gov", "opp", "rus", "un", "group-a", "nobody")
PAGE_WALK: Mapping[str, tuple[str, ...]] = {
    "": ("",),
    "brief": ("",),
    "control": ("",),
    "debrief": ("", "?then=2017-01-22T12:00:00Z"),
    "papers": ("", "?page=2"),
    "papers/new": ("",),
    "papers/{}": ("m1", "m2", "m3", "m5", "m9", "m999"),
    "relays": ("",),
    "relays/card": ("",),
    "relays/to/{}": SLUGS[:4],
    "relays/{}": ("m1", "m2", "m3", "m9"),
    "texts": ("",),
    "texts/new": ("",),
    "texts/{}": ("tx1", "tx2", "tx2?as=clean", "tx7"),
    "texts/{}/write": ("tx1", "tx7"),
    "texts/{}/pen": ("tx1", "tx2", "tx7"),
    "texts/{}/pen/{}": ("tx1/cl1", "tx1/cl2", "tx2/cl1", "tx1/cl9"),
    "texts/{}/{}": (
        "tx1/v1",
        "tx1/v1?as=side&in=en&in=ar",
        "tx1/v2?as=since",
        "tx1/v1?code=1111",
        "tx1/v9",
        "tx1/v1?for=opp",
        "tx1/v1?for=gov",
        "tx1/v1?as=legend",
        "tx1/v2?as=legend&in=ar",
    ),
    "clauses/{}/{}": ("v1/cl1", "v1/cl2", "v2/cl1", "v1/cl9"),
    "aloud/{}/{}": ("v1/cl1", "v9/cl1"),
    "changes/{}": ("v1", "v9"),
    "ratification/{}": ("v1", "v2", "v9"),
    "compare/{}/{}": ("v1/v2", "v2/v1?in=en", "v1/v9"),
    "standing/{}": ("tx1", "tx7"),
    "decisions": ("",),
    "decisions/new": ("", "?put=v1", "?put=z1"),
    "decisions/{}": ("y1", "y2", "y3", "y9"),
    "packages/new": ("", "?put=v1"),
    "packages/{}": ("z1", "z9"),
    **dict.fromkeys(("sessions", "sessions/new"), ("",)),
    "sessions/{}": ("s1", "s2", "s7"),
    "sessions/{}/format": ("s1", "s1?for=gov&for=opp", "s2?for=un&for=nobody", "s7"),
    "rounds/{}": ("r1", "r2", "r9"),
    "hall": ("",),
    "attendance/{}": ("s1", "s2", "s7"),
    "speakers/{}": ("s1", "s2", "s7"),
    "roster": ("",),
    "packs": ("",),
    "reply": ("",),
    "notes/{}": ("s1", "s2", "s7"),
    "notes/{}/as/{}": ("s1/gov", "s1/team", "s7/gov"),
    "minutes": ("",),
    **dict.fromkeys(("settlement", "forecast"), ("",)),
    "rehearsal": ("", "?for=both"),
    "positions": ("", "?until=2017-01-24&since=2017-01-22&estimates=yes", "?for=gov&clause=who-watches"),
    "week": ("", "?until=2017-01-29&days=9"),
    "minutes/{}": ("mc1", "mc2", "mc9"),
    "minutes/{}/sent": ("mi1", "mi9"),
    "people": ("",),
    "people/{}": SLUGS,
    "contested": ("",),
    "contested/{}": ("k1", "c1"),
    "ceasefire": ("", "?until=2017-01-22"),
    "ceasefire/{}": ("a1", "a2", "a9"),
    **dict.fromkeys(("screening", "intake", "bulletins", "shared"), ("",)),
    "bulletins/{}": ("bu1", "bu9"),
    "shared/{}": ("ls1", "ls9"),
    "commitments": ("",),
    "record": ("", "?page=2"),
    **dict.fromkeys(("sealed", "seats"), ("",)),
    "add": ("",),
    "find": ("",),
    "me": ("",),
}
"""What stands in the place of ``{}``, or after the address of a page, for every page there is."""


def _page_addresses() -> list[str]:
    made = []
    for page in PAGES:
        for end in PAGE_WALK[page.path]:
            made.append(_filled(page.path, end))
    return made


def _filled(pattern: str, end: str) -> str:
    """Return the address with what stands in the place of each ``{}``, and the rest after it."""
    given, mark, query = end.partition("?")
    if "{}" not in pattern:
        return pattern + end
    return pattern.format(*given.split("/")).replace("{}", given) + mark + query


PAGES_WALKED = tuple(dict.fromkeys(address.partition("?")[0] for address in _page_addresses()))
"""Every page that a walk reads, without how it is shown."""


def walk_pages(http: HttpWorlds) -> None:
    """Read every page in both worlds, in the language of the session."""
    for address in _page_addresses():
        http.compare(f"page {address!r}", lambda b, a=address: b.get(f"{b.base}/{a}"))  # type: ignore[misc]


def _guesses(http: HttpWorlds) -> None:
    for guess in GUESSES:
        answer = http.compare(f"guess {guess}", lambda b, g=guess: b.get(f"{b.base}/papers/{g}"))  # type: ignore[misc]
        assert isinstance(answer, Answer)
        assert answer.status in (200, 404)
    for seat in ("gov", "opp", "sec", "pap"):
        http.compare(f"door of {seat}", lambda b, s=seat: b.get(f"/d/{b.world.server.seat_paths.path_id(s)}/"))  # type: ignore[misc]


def _form(command: str, **fields: str) -> Callable[[Browser], object]:
    given = {"_key": f"key-for-{command}", "_back": "papers", "_form": "f", "_seen": "3", **fields}
    return lambda browser: browser.post(f"{browser.base}/do/{command}", given)


def _commands(http: HttpWorlds) -> None:
    """Give commands, refused ones among them, and the same twice."""
    asked = [_form("FileItem", words="a paper of mine", **{"words.lang": "en", "_key": KEY})] * 2
    asked += [_form("FileItem", words="other words", **{"words.lang": "en", "_key": KEY})]
    for handle in ("m1", "m2", "m3", "m40"):
        asked += [_form("HandItem", item=handle, to="un", _key=f"hand-{handle}")]
        asked += [_form("WithdrawItem", item=handle, tell="yes", _key=f"drop-{handle}")]
        asked += [_form("RelayItem", item=handle, to="gov", form="paraphrase", words="so", _key=f"tell-{handle}")]
    asked += [_form("IssueReceipt"), _form("NoSuchCommand"), _form("HandItem", item="m1", wrong="x"), _form("HandItem")]
    asked += [_form("CloseSession", session="s1"), _form("GiveSeat", slug="new", actor="gov", roles="party")]
    for n, request in enumerate((*asked, *_text_commands())):
        http.compare(f"command {n}", request)


def _text_commands() -> list[Callable[[Browser], object]]:
    """Give commands of texts and decisions, on things that the observer may hold and on things it does not."""
    words = {"papers": "# Mine\n\n## 1. One\n\nSo.", "papers.lang": "en"}
    made = [_form("TableText", kind="party-draft", **words), _form("WriteVersion", text="tx1", **words)]
    for version in ("v1", "v2"):
        made += [
            _form("TakeStance", version=version, kind="refused", words="no", _key=f"refuse-{version}"),
            _form("Comment", version=version, clause="cl1", sort="asks", words="why?", _key=f"ask-{version}"),
            _form("ReleaseVersion", version=version, to="usa", equal="no", _key=f"show-{version}"),
        ]
    made += [_form("AnswerQuestion", question=q, says="accepts", _key=f"answer-{q}") for q in ("y1", "y2", "y9")]
    rule = {"rule.kind": "consensus", "eligible": "gov", "package": "z1"}
    made += [
        _form("NameRatifier", round="r1", ratifier="a house", method="vote", _key="name-ratifier"),
        _form("GiveProxy", holder="tur", scope="answer", _key="lend-answer"),
        _form("AnswerQuestion", question="y1", says="accepts", on_behalf="gov", _key="answer-for-gov"),
    ]
    for ratifier in ("a house", "the people"):
        polls = {"polls.1.yes": "2", "polls.1.no": "1", "polls.2.yes": "3", "polls.2.no": "1", "rule.no": "yes"}
        made.append(
            _form(
                "RecordRatification",
                version="v1",
                ratifier=ratifier,
                ratified="yes",
                _key=f"ratify-{len(ratifier):08}",
                **polls,
            )
        )
    return [*made, _form("PutQuestion", _key="put-question-1", **rule), _form("DeclareOutcome", question="y1")]


SENT = docx(
    paragraph(run("Cease-fire"), style="GoTitle"),
    paragraph(run("1. Start"), frame='<w:outlineLvl w:val="0"/>'),
    paragraph(run("It begins "), deleted("at noon", "A clerk"), inserted("at dusk", "A clerk"), run(".")),
)
"""A file with tracked changes that every observer sends, whatever version it holds."""


def _bring(browser: Browser) -> object:
    fields = {"_form": "bring", "language": "en"}
    held = [browser.send(f"{browser.base}/changes/{v}", fields, file=("file", "a.docx", SENT)) for v in ("v1", "v9")]
    return (*held, browser.send(f"{browser.base}/changes/v1", fields, file=("file", "a.docx", b"PK\x03\x04")))


def _sheet(browser: Browser) -> object:
    sheets = (xlsx(book()), xlsx(changed("Seats", 0, For="Zzz")), b"PK")
    return [browser.send(f"{browser.base}/sheet", {"_form": "sheet"}, file=("file", "t.xlsx", s)) for s in sheets]


def _confirm(browser: Browser) -> object:
    change = {"clause.0": "cl1", "change.0": "changed", "words.0": "at dusk", "take": "0", "as": "comment"}
    shared = {"_key": "confirm-one-change", "_form": "confirm", "language": "en", **change}
    return [browser.post(f"{browser.base}/changes/{v}/confirm", shared) for v in ("v1", "v1", "v9")]


def _files(browser: Browser) -> object:
    addresses = [f"v1/{form}" for form in FORMS]
    addresses += [
        "v1/page-own?for=opp",
        "v1/page?in=ar",
        "v1/page-room?clause=2",
        "v2/page-since?since=v1",
        "v9/page",
        "v1/none",
    ]
    return [browser.get(f"{browser.base}/files/{address}") for address in addresses]


def _packs(browser: Browser) -> object:
    ready = {"_key": "pack-ready-walk", "_form": "ready", "do": "ready", "carrier": "Dana"}
    handed = {
        "_key": "pack-handed-walk",
        "do": "handed",
        "pack": "e1",
        "taken_by": "Amal",
        "taken_at": "2017-01-23T09:00",
    }
    return [browser.post(f"{browser.base}/packs", fields) for fields in (ready, ready, handed)]


def _write(browser: Browser) -> object:
    """Press every button of the pen's desk, on texts that the observer may hold the pen of and on others."""
    shared = {"after": "v1", "clause": "cl1", "_form": "pen", "_back": "texts/tx1/pen"}
    buttons: tuple[tuple[str, dict[str, str]], ...] = (
        ("save", {"body.en": "It begins at dusk.", "heading.en": "Start"}),
        ("take:co1", {}),
        ("beside:co1", {}),
        ("note:co2", {}),
        ("leave:co9", {}),
        ("bracket:en", {"from.en": "0", "to.en": "1", "other.en": "other words", "same.en": "br1"}),
        ("variant:br1", {"more.br1.en": "more words"}),
        ("drop:br1:va1", {}),
        ("add", {"new-words.en": "A new clause."}),
        ("up", {}),
        ("remove", {"clause": "cl2"}),
        ("save", {"sources": "m1"}),
    )
    made = []
    for n, (do, fields) in enumerate(buttons):
        asked = {**shared, "_key": f"pen-button-{n:02}", "do": do, **fields}
        made.append(browser.post(f"{browser.base}/texts/tx1/pen", asked))
    elsewhere = [browser.post(f"{browser.base}/texts/{x}/pen", {**shared, "do": "save"}) for x in ("tx2", "tx7")]
    return [*made, *elsewhere, browser.get(f"{browser.base}/texts/tx1/pen")]


def _receipts(browser: Browser) -> object:
    """Fetch each receipt that the observer took."""
    assert browser.signed_in is not None
    taken = browser.world.server.view(browser.signed_in).known.receipts
    assert taken, "the observer has just asked for one"
    return [browser.get(f"{browser.base}/receipts/{up_to}") for up_to, _ in taken]


GRAVE = ("g1", "g2", "g9")


def _look_again(browser: Browser) -> object:
    """Take the first look at grave acts, leave one to wait, and ask what became of it and of others."""
    looks = [
        browser.post(f"{browser.base}/do/{command}", {"_key": "look-again-1", "_back": "papers", "_sure": "", **fields})
        for command, fields in (
            ("WithdrawItem", {"item": "m1"}),
            ("RelayItem", {"item": "m2", "to": "gov", "form": "paraphrase", "words": "so"}),
            ("TakeStance", {"version": "v1", "kind": "refused", "words": "no"}),
            ("GiveProxy", {"holder": "tur", "scope": "answer"}),
        )
    ]
    if browser.signed_in is not None:
        leave_waiting(browser.world, browser.signed_in.seat, "my own words")
    return [*looks, browser.get(f"{browser.base}/"), *(browser.get(f"{browser.base}/pending/{g}") for g in GRAVE)]


ROUTE_WALK: Mapping[str, Callable[[Browser], object]] = {
    "/": lambda b: b.get("/"),
    "/start": lambda b: b.get("/start?lang=ar"),
    "/start POST": lambda b: b.post("/start", {"token": "0" * 32}),
    "/start/open": lambda b: b.post("/start/open", {"seat": "gov"}),
    **PEOPLE_WALK,
    **PAPERS_WALK,
    **ROOMS_WALK,
    "/health": lambda b: b.get("/health"),
    "/robots.txt": lambda b: b.get("/robots.txt"),
    "/static/{digest}/{name}": lambda b: (b.get(Static.address("app.css")), b.get("/static/0/app.css")),
    "/records": lambda b: (b.get("/records"), b.get("/records?lang=ar"), b.get("/r/other/start"), b.get("/r/x/start")),
    "/records/open": lambda b: b.post("/records/open", {"record": "two-worlds", "passphrase": "a b c"}),
    "/records/bundled": lambda b: b.post("/records/bundled", {"record": "astana-2017"}),
    "/operator": lambda b: (b.get("/operator"), b.get("/operator?lang=ar")),
    "/operator/backup": lambda b: b.post("/operator/backup", {"record": "two-worlds"}),
    "/operator/drill": lambda b: b.post("/operator/drill", {"record": "two-worlds"}),
    "/operator/check": lambda b: b.post("/operator/check", {"record": "two-worlds"}),
    "/operator/end-sessions": lambda b: b.post("/operator/end-sessions", {}),
    "/records/play": lambda b: b.post("/records/play", {"talks": "astana-2017", "seat": "un-envoy"}),
    "/records/host": lambda b: b.post("/records/host", {"talks": "astana-2017"}),
    "/records/close": lambda b: b.post("/records/close", {"record": "other"}),
    "/begin": lambda b: b.get("/begin"),
    "/begin POST": lambda b: b.send("/begin", {"title": "Mine"}, file=("sheet", "talks.xlsx", b"PK")),
    "/begin/talks.xlsx": lambda b: b.get("/begin/talks.xlsx"),
    "/d/{path_id}/solo-clock POST": lambda b: b.post(f"{b.base}/solo-clock", {}),
    "/d/{path_id}/solo-end POST": lambda b: b.post(f"{b.base}/solo-end", {}),
    "/d/{path_id}/play-as POST": lambda b: [b.post(f"{b.base}/play-as", {"seat": s}) for s in ("gov", "nobody")],
    "/d/{path_id}/as/{seat}/{page:path}": lambda b: [b.get(f"{b.base}/as/{s}/record") for s in ("gov", "opp", "x")],
    "/d/{path_id}/debrief.html": lambda b: b.get(f"{b.base}/debrief.html"),
    "/d/{path_id}/debrief.xlsx": lambda b: b.get(f"{b.base}/debrief.xlsx"),
    "/d/{path_id}/stream": lambda b: [b.once("papers", after) for after in (0, 1, 5, 20, 99999)],
    "/d/{path_id}/receipts/{n}": lambda b: [b.get(f"{b.base}/receipts/{n}") for n in (0, 1, 12, 999, "x")],
    "/d/{path_id}/files/{version}/{form}": _files,
    "/d/{path_id}/changes/{version} POST": _bring,
    "/d/{path_id}/changes/{version}/confirm POST": _confirm,
    "/d/{path_id}/packs POST": _packs,
    "/d/{path_id}/pack.pdf": lambda b: b.get(f"{b.base}/pack.pdf"),
    "/d/{path_id}/texts/{text}/pen POST": _write,
    "/d/{path_id}/pending/{handle}": _look_again,
    "/d/{path_id}/pending/{handle}/undo POST": lambda b: [
        answer for g in GRAVE for answer in (b.post(f"{b.base}/pending/{g}/undo", {}), b.get(f"{b.base}/pending/{g}"))
    ],
    "/d/{path_id}/pending/{handle}/drop POST": lambda b: [b.post(f"{b.base}/pending/{g}/drop", {}) for g in GRAVE],
    "/d/{path_id}/do/{command}": lambda b: b.get(f"{b.base}/do/FileItem"),
    "/d/{path_id}/board/{session}": lambda b: [b.get(f"{b.base}/board/{s}") for s in ("s1", "s2", "s9")],
    "/d/{path_id}/board/{session} POST": lambda b: b.post(f"{b.base}/board/s1", {"words": "chalk"}),
    "/d/{path_id}/sheet": _sheet,
    "/d/{path_id}/sheet/take": lambda b: [b.post(f"{b.base}/sheet/take", {"token": t}) for t in ("", "0" * 32)],
    "/d/{path_id}/find POST": lambda b: [
        b.post(f"{b.base}/find", {"sought": words}) for words in ("m1", "v1", "corridor", "sealed", "The gov", "")
    ],
    "/d/{path_id}/me": lambda b: (b.post(f"{b.base}/me", {"language": "ar"}), b.post(f"{b.base}/me", {"theme": "x"})),
    "/d/{path_id}/sign-out": lambda b: b.post(f"{b.base}/sign-out", {"_csrf": "wrong"}),
    "/d/{path_id}/clock": lambda b: b.post(f"{b.base}/clock", {"_sure": "yes"}),
    "/d/{path_id}/keep": lambda b: b.post(f"{b.base}/keep", {"seat": "pap"}),
    "/d/{path_id}/{page:path}": lambda b: (
        b.get(f"{b.base}/none"),
        b.get(f"{b.base}/", method="DELETE"),
        b.get("/d/x"),
    ),
}
"""What is asked of every route, besides pages, commands and guesses."""


def run_walk(http: HttpWorlds, pair: Pair, *, last: bool) -> None:
    """Walk in both worlds; the last walk also gives commands, in both languages."""
    assert http.busy is not None
    http.busy.act(("", "papers", "record"))
    busy_people(http.worlds[1], pair.observer)
    if last:
        busy_hour(pair, http.clock.at)
        http.step(http.clock.at)
    walk_pages(http)
    if not last:
        return
    http.busy.write(KEY)
    for route, request in ROUTE_WALK.items():
        http.compare(f"route {route}", request)
    _guesses(http)
    if pair.observer in http.worlds[0].room.seats():
        _commands(http)
        http.compare("receipts", _receipts)
        http.step(http.clock.at + timedelta(minutes=1))
    for browser in http.browsers:
        if browser.signed_in is not None:
            access, session = browser.world.server.access, browser.signed_in.session
            found = access.find(session.secret, browser.signed_in.seat, at=http.clock.at)
            assert found is not None
            assert found.language == "ar"
    walk_pages(http)

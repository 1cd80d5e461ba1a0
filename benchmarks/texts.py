"""Texts in the browser: a text of 300 clauses in six languages with 40 brackets, every page of it, and a comparison.

Pages are rendered in process from one seat's view (no network), then asked for over loopback from the command that
people use. Targets: any page under 100 ms, a comparison of two versions under 200 ms.
"""

from __future__ import annotations

import hashlib
import os
import random
import re
import statistics
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

import httpx

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from benchmarks.web import desk, talks_of
from goodoffices.reports.texts.finding_sentences import finding_in_english
from goodoffices.talks.base.acts import Words
from goodoffices.talks.base.enums import CommentSort
from goodoffices.talks.base.refusals import Refusal
from goodoffices.talks.core import decide
from goodoffices.talks.documents.diff import compare
from goodoffices.talks.seats.service import AcceptService
from goodoffices.talks.state.command_context import Command, CommandRequest
from goodoffices.talks.state.view import View
from goodoffices.talks.texts.agreement_status import families
from goodoffices.talks.texts.commands import TableText, WriteVersion
from goodoffices.talks.texts.comments import Comment
from goodoffices.talks.texts.releases import ReleaseVersion
from goodoffices.talks.texts.rendered_version import paper_of
from goodoffices.web.pages.page import PageContext
from goodoffices.web.render.form_widgets import Tokens
from goodoffices.web.render.localize import Person
from goodoffices.web.render.render import Frame, render_frame
from stories import Story

LANGUAGES = ("en", "ar", "ru", "tr", "fa", "kk")
STOCK = {
    "en": "the sides shall keep and respect every line agreed between them before noon on the day named below",
    "ar": "يلتزم الطرفان بكل خط متفق عليه بينهما قبل ظهر اليوم المذكور أدناه ويحترمانه احترامًا كاملًا",
    "ru": "стороны соблюдают и уважают каждую линию согласованную между ними до полудня указанного ниже дня",
    "tr": "taraflar aşağıda belirtilen günün öğlesinden önce aralarında kararlaştırılan her hatta uyar ve saygılıdır",
    "fa": "طرفین هر خطی را که میان آنان تا پیش از ظهر روز یادشده در زیر توافق شده است رعایت و احترام می‌کنند",
    "kk": "тараптар төменде көрсетілген күннің түсіне дейін өзара келісілген әрбір шепті сақтайды және құрметтейді",
}
TIMES = 9


def paper(language: str, *, clauses: int = 300, brackets: int = 40, changed: int = 0) -> str:
    """Return a text of the given size; ``changed`` clauses have other words than without."""
    words, draw = STOCK[language].split(), random.Random(20170124)
    parts = [f"# {' '.join(words[:4])}"]
    for k in range(1, clauses + 1):
        body = " ".join(draw.choice(words) for _ in range(45))
        if k <= changed:
            body = body.replace(words[2], words[3])
        if brackets and k % (clauses // brackets) == 0 and k // (clauses // brackets) <= brackets:
            body += f" [[A: {words[0]} {words[1]} | B: {words[2]} {words[3]} {words[4]}]]"
        parts.append(f"## {k}. {words[k % len(words)]} {k}\n\n{body}.")
    return "\n\n".join(parts) + "\n"


def papers(*, changed: int = 0) -> tuple[Words, ...]:
    """Return the text in all six languages."""
    return tuple(Words(text=paper(lang, changed=changed), lang=lang) for lang in LANGUAGES)


def story() -> Story:
    """Return talks in which two versions of the text are released, with comments."""
    made = Story()
    for seat in ("gov", "opp"):
        made.do(seat, AcceptService())
    made.do("un", TableText(papers=papers(), about=("gov", "opp")))
    made.do("un", ReleaseVersion(version="v1", to=("gov", "opp")))
    version = made.view("gov").known.versions["v1"]
    for clause in version.clauses[:40]:
        made.do("opp", Comment(version="v1", clause=clause, sort=CommentSort.ASK, words=Words(text="Until when?")))
    made.do("un", WriteVersion(text="tx1", papers=papers(changed=30)))
    made.do("un", ReleaseVersion(version="v2", to=("gov", "opp")))
    return made


PAGES = (
    "texts",
    "texts/tx1/v2",
    "texts/tx1/v2?as=side&in=en&in=ar",
    "texts/tx1/v2?as=side&in=en&in=ar&in=ru&in=fa",
    "texts/tx1/v2?as=since",
    "texts/tx1/v2?as=legend",
    "texts/tx1/v1",
    "clauses/v2/cl40",
    "aloud/v2/cl40",
    "compare/v1/v2",
    "standing/tx1",
    "changes/v2",
    "ratification/v2",
    "decisions",
)


def run(*, full: bool = False) -> None:
    """Print the figures; ``full`` for more repetitions."""
    print(f"load of the machine before: {os.getloadavg()[0]:.2f}, {os.cpu_count()} cores")
    times = TIMES * (3 if full else 1)
    made = story()
    print("page, rendered in process (300 clauses, 6 languages, 40 brackets)   median ms   kB   (target 100 ms)")
    for seat, more in (("gov", ()), ("un", ("texts/tx1/write",))):
        for path in (*PAGES, *more):
            print(f"  {seat:4} {path:52} {_page(made, seat, path, times)}")
    _comparison(made.view("gov"), times)
    _over_loopback(times)


def _page(made: Story, seat: str, path: str, times: int) -> str:
    view = made.view(seat)
    address, _, query = path.partition("?")
    asked: dict[str, tuple[str, ...]] = {}
    for pair in filter(None, query.split("&")):
        name, _, value = pair.partition("=")
        asked[name] = (*asked.get(name, ()), value)
    frame = Frame(base="/d/abcdefgh", person=Person(language="en"), tokens=Tokens(secret="s" * 43))

    at = made.at + timedelta(minutes=1)

    def would(what: Command) -> Refusal | None:
        outcome = decide(made.talks, CommandRequest(seat=seat, command=what), at)
        return outcome if isinstance(outcome, Refusal) else None

    sight = PageContext(view=view, at=at, would=would, asked=asked)
    taken, size = [], 0
    for _ in range(times + 1):
        begun = time.perf_counter()
        page = render_frame(sight, address, frame)
        taken.append((time.perf_counter() - begun) * 1000)
        if page is None:
            raise RuntimeError(f"{seat} has no page {path}")
        size = len(page.encode())
    return f"{statistics.median(taken[1:]):8.1f} {size / 1000:8.0f}"


def _comparison(view: View, times: int) -> None:
    one, other = (view.known.versions[name] for name in ("v1", "v2"))
    for lang in ("en", "ar"):
        taken = []
        for _ in range(times):
            begun = time.perf_counter()
            before, after = paper_of(view, one, lang), paper_of(view, other, lang)
            if before is None or after is None:
                raise RuntimeError(f"{lang} is not held")
            found = compare(before, after)
            taken.append((time.perf_counter() - begun) * 1000)
        print(
            f"  comparison of two versions, {lang}: {statistics.median(taken):.1f} ms, "
            f"{len(found.differing)} clauses differ"
        )
    begun = time.perf_counter()
    said = [finding_in_english(view, family) for family in families(view)]
    print(f"  finding on all texts, every word read: {(time.perf_counter() - begun) * 1000:.1f} ms ({len(said)} texts)")


def _over_loopback(times: int) -> None:
    """Ask the served command for the pages, after the text was written through its own forms."""
    with tempfile.TemporaryDirectory() as name, desk(Path(name), talks_of(Path(name))) as (address, _):
        origin, _, sign = address.partition("/start#")
        with httpx.Client(base_url=origin, headers={"origin": origin}, timeout=60) as client:
            seats = _seats(client, sign)
            pen, reader = seats["envoy"], seats["party-1"]
            _post(client, reader, "AcceptService")
            size = _post(client, pen, "TableText", **_form(0))
            print(f"page over loopback, as served            median ms   (form of a whole text: {size / 1e6:.1f} MB)")
            _release(client, pen, reader, "v1")
            _post(client, pen, "WriteVersion", text="tx1", **_form(30))
            _release(client, pen, reader, "v2")
            for path in PAGES:
                taken = []
                for _ in range(times + 1):
                    begun = time.perf_counter()
                    client.get(f"{reader[0]}/{path}").raise_for_status()
                    taken.append((time.perf_counter() - begun) * 1000)
                print(f"  {path:52} {statistics.median(taken[1:]):8.1f}")


def _form(changed: int) -> dict[str, list[str]]:
    written = papers(changed=changed)
    return {"papers": [words.text for words in written], "papers.lang": [words.lang for words in written]}


def _seats(client: httpx.Client, sign: str) -> dict[str, tuple[str, str]]:
    """Open the pen's and one reader's seat; give the base of their pages and the sign of their forms."""
    client.post("/start", data={"token": sign})
    csrf = _found(r'name="_csrf" value="(\w+)"', client.get("/start").text)
    made = {}
    for slug in ("envoy", "party-1"):
        opened = client.post("/start/open", data={"_csrf": csrf, "seat": slug})
        base = opened.headers["location"].rstrip("/")
        made[slug] = base, _found(r'data-csrf="(\w+)"', client.get(f"{base}/papers/new").text)
    return made


def _found(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    if found is None:
        raise RuntimeError(f"{pattern} is not on the page")
    return found[1]


def _release(client: httpx.Client, pen: tuple[str, str], reader: tuple[str, str], version: str) -> None:
    """Release a version, and wait until it can no longer be undone and the reader has it."""
    _post(client, pen, "ReleaseVersion", version=version, to="party-1", _sure="yes")
    ends = time.monotonic() + 30
    while client.get(f"{reader[0]}/texts/tx1/{version}").status_code != 200:
        if time.monotonic() > ends:
            raise RuntimeError(f"{version} was not released within 30 seconds")
        time.sleep(0.2)


def _post(client: httpx.Client, seat: tuple[str, str], command: str, **fields: str | list[str]) -> int:
    base, csrf = seat
    key = hashlib.sha256(f"{command} {fields}".encode()).hexdigest()[:32]
    given = {"_csrf": csrf, "_key": key, "_back": "texts", "_form": "f", "_seen": "0", **fields}
    answer = client.post(f"{base}/do/{command}", data=given)
    if answer.status_code != 303:
        raise RuntimeError(f"{command}: {answer.status_code} {re.findall(r'role=.alert.*?</div>', answer.text, re.S)}")
    return int(answer.request.headers["content-length"])

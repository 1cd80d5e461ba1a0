"""What a talks file says can be entered on the page *Add*, by the seats that have the power."""

from __future__ import annotations

import asyncio
import html
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from goodoffices.reports.talks_file import talks_file_of_view
from goodoffices.service.open_record import create_record
from goodoffices.talks.base.enums import Kind
from goodoffices.web.app import create_app
from goodoffices.web.live.settings import Settings
from goodoffices.web.routes.context import ServerContext
from properties.worlds.cast import START, the_talks
from properties.worlds.randomness import entropy

ORIGIN = "http://desk.test"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ServerContext]:
    room = create_record(tmp_path / "record.db", the_talks(), kind=Kind.EXERCISE, at=START)
    settings = Settings(
        origins=(ORIGIN,), now=lambda: START + timedelta(minutes=5), entropy=entropy(), tick_seconds=0.0
    )
    made = ServerContext(room, settings)
    yield made
    made.access.close()
    room.close()


def ask(server: ServerContext, seat: str, path: str, fields: dict[str, str] | None = None) -> httpx.Response:
    signed_in = server.open_seat(seat, "en")

    async def go() -> httpx.Response:
        cookies = {f"go-{signed_in.path_id}": signed_in.session.secret}
        transport = httpx.ASGITransport(app=create_app(server))
        async with httpx.AsyncClient(transport=transport, base_url=ORIGIN, cookies=cookies) as client:
            if fields is None:
                return await client.get(f"{signed_in.base}/{path}")
            key = f"request-key-{len(server.room.acts())}"
            form = {"_csrf": signed_in.tokens.csrf, "_key": key, "_back": "add", "_form": "f"}
            address = f"{signed_in.base}/do/{path}"
            return await client.post(address, data=form | fields, headers={"origin": ORIGIN})

    return asyncio.run(go())


ENTRIES: dict[str, tuple[str, dict[str, str]]] = {
    "NameActor": ("sec", {"actor.name": "Lake League", "actor.others": "اتحاد البحيرة\nLL",
                          "actor.kind": "organisation", "actor.part_of": "gov", "actor.language": "en"}),
    "EnterSource": ("gov", {"source.publisher": "The Bulletin", "source.title": "Bulletin 4",
                            "source.dated": "2017-01-20"}),
    "EnterClaim": ("gov", {"claim.about": "opp", "claim.aspect": "groups attending", "claim.words": "Fourteen",
                           "claim.chain": "The Bulletin\nLake News\nA spokesman", "claim.strength": "named-source",
                           "claim.source": "bulletin-4", "claim.question": "C1"}),
    "ClaimRole": ("ana", {"role.actor": "kaz", "role.role": "host", "role.since": "2017-01-01",
                          "claim.chain": "The Bulletin\nB. Clerk", "claim.strength": "named-source"}),
    "EnterIssue": ("un", {"issue.question": "Who opens the sluice?", "issue.name": "Sluice",
                          "issue.options": "Northland\nBoth together\nNobody", "basket": "The valley"}),
    "NameQuestion": ("ana", {"slug": "C1", "question": "How many groups came?", "brief": "How many?"}),
    "NameRule": ("un", {"rule.title": "Two thirds", "rule.kind": "qualified-majority", "rule.share": "2/3"}),
    "NameText": ("sec", {"text.title": "Statement of January", "text.dated": "2017-01-24", "text.issued_by": "rus"}),
    "PlanRound": ("sec", {"slug.from": "title", "slug.word": "round", "title": "Second round", "start": "2017-02-10"}),
    "RecordCommitment": ("sec", {"slug.from": "what", "slug.word": "commitment", "obligors": "rus",
                                 "what": "Set up the mechanism.", "due": "2017-02-20", "text": "statement-of-january"}),
}  # fmt: skip
"""A form for each kind of thing, as a person fills it in, and who sends it."""
ORDER = ("NameQuestion", "NameActor", "EnterSource", "EnterClaim", "ClaimRole", "EnterIssue", "NameRule", "NameText",
         "PlanRound", "RecordCommitment")  # fmt: skip


def enter(server: ServerContext, command: str) -> httpx.Response:
    seat, fields = ENTRIES[command]
    return ask(server, seat, command, fields)


def test_everything_that_a_talks_file_says_can_be_entered_on_the_page(server: ServerContext) -> None:
    for command in ORDER:
        answer = enter(server, command)
        assert answer.status_code == 303, html.unescape(answer.text)
    made = talks_file_of_view(server.room.view("sec"))
    talks = made.talks
    assert "lake-league" in {actor.slug for actor in talks.actors}
    assert "Bulletin 4" in [source.title for source in talks.sources]
    claims = {claim.aspect: claim for claim in talks.claims}
    assert [link.speaker for link in claims["groups attending"].chain] == ["The Bulletin", "Lake News", "A spokesman"]
    [role] = talks.roles
    assert role.claim == claims["role"].slug
    assert [basket.title for basket in talks.agenda] == ["First", "The valley"]
    assert [rule.title for rule in talks.rules] == ["Two thirds"]
    assert [text.slug for text in talks.texts] == ["statement-of-january"]
    assert "second-round" in {held.slug for held in talks.rounds}
    assert [one.text for one in talks.commitments] == ["statement-of-january"]
    assert talks.questions == (("C1", "How many groups came?", ""),)


def test_the_page_offers_what_the_seat_may_enter_and_no_more(server: ServerContext) -> None:
    offered = {seat: ask(server, seat, "add").text for seat in ("sec", "gov", "un")}
    assert "do/NameActor" in offered["sec"]
    assert "do/NameActor" not in offered["gov"]
    assert "do/EnterClaim" in offered["gov"]
    assert "do/NameRule" in offered["un"]


@pytest.mark.parametrize(
    ("command", "change", "said"),
    [
        ("NameActor", {"actor.name": " "}, "nothing is said for the name of the actor"),
        ("NameActor", {"actor.kind": ""}, "nothing is said for what the actor is"),
        ("EnterClaim", {"claim.strength": ""}, "for the line on whose word it rests"),
        ("EnterClaim", {"claim.about": ""}, "nothing is said for what the claim is about"),
        ("EnterSource", {"source.publisher": ""}, "nothing is said for the outlet"),
        ("EnterClaim", {"claim.chain": "", "claim.question": "", "claim.source": ""}, "has no chain"),
        ("ClaimRole", {"role.actor": ""}, "nothing is said for the actor"),
        ("EnterIssue", {"issue.options": "One"}, "nothing to negotiate"),
        ("EnterIssue", {"issue.options": "One\nOne"}, "two options are alike"),
        ("EnterIssue", {"issue.options": "\n".join(map(str, range(50)))}, "fit in one issue"),
        ("NameQuestion", {"slug": "C 1"}, "Latin letters, digits and hyphens"),
        ("NameRule", {"rule.share": "half"}, "half"),
        ("NameRule", {"rule.kind": "chairs-sense", "rule.minutes": "soon"}, "not a whole number of minutes"),
        ("NameText", {"text.title": ""}, "nothing is said for the title of the text"),
        ("PlanRound", {"start": ""}, "start"),
        ("RecordCommitment", {"obligors": "", "text": ""}, "who promised it"),
    ],
)
def test_what_cannot_be_entered_is_told_and_what_was_typed_comes_back(
    server: ServerContext, command: str, change: dict[str, str], said: str
) -> None:
    seat, fields = ENTRIES[command]
    form = {"NameActor": "add-actor", "EnterIssue": "add-issue"}.get(command, "f")
    answer = ask(server, seat, command, fields | change | {"_form": form})
    assert answer.status_code == 422
    assert said in html.unescape(answer.text)
    if command == "EnterIssue":
        assert "Who opens the sluice?" in html.unescape(answer.text)

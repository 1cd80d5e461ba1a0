"""What may have happened before a drawn run begins, in both worlds: so that runs reach the deep parts of the rules."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from goodoffices.talks.base.acts import Words
from goodoffices.talks.base.enums import CommentSort, Form, Format, Role
from goodoffices.talks.decisions.commands import PutQuestion
from goodoffices.talks.decisions.packages import PutPackage
from goodoffices.talks.exchange.items import ClearItem, FileItem, HandItem
from goodoffices.talks.exchange.relays import RelayItem, ShowWording
from goodoffices.talks.model.packages import Package, Picked
from goodoffices.talks.rounds.rounds import AnswerInvitation, Invite, PlanRound
from goodoffices.talks.rounds.sessions import MarkAttendance, OpenSession, PlanSession
from goodoffices.talks.sealed.commands import AskBlind, OpenDeposit, OpenListMatch
from goodoffices.talks.seats.service import AcceptService
from goodoffices.talks.state.command_context import Command
from goodoffices.talks.state.known_decisions import AnswerVisibility
from goodoffices.talks.texts.commands import TableText, WriteVersion
from goodoffices.talks.texts.comments import Comment
from goodoffices.talks.texts.releases import ReleaseVersion
from goodoffices.talks.voting.rules import Consensus, Unanimity
from properties.worlds.cast import START

Deeds = Sequence[tuple[str, Command]]


def _words(text: str) -> Words:
    return Words(text=text)


_PAPERS: Deeds = (
    ("opp", FileItem(words=(_words("a corridor to the east"),))),
    ("opp", HandItem(item="m1", to="un")),
    ("opp", ClearItem(item="m1", to=("gov", "rus"), form=Form.PARAPHRASE)),
    ("gov", FileItem(words=(_words("a list of places"),))),
    ("gov", HandItem(item="m1", to="rus")),
    ("gov", HandItem(item="m1", to="tur")),
    ("gov", ClearItem(item="m1", to=("opp", "un"), form=Form.VERBATIM)),
    ("un", ShowWording(item="m1", to="gov", form=Form.PARAPHRASE, words=_words("they speak of a corridor"))),
    (
        "un",
        RelayItem(
            item="m1",
            to="gov",
            form=Form.PARAPHRASE,
            words=_words("a way out is proposed"),
            ask_read_back=True,
        ),
    ),
)
_SITTING: Deeds = (
    ("un", PlanSession(title="Morning", format=Format.PROXIMITY, participants=("gov", "opp", "un", "rus", "kaz"))),
    ("un", OpenSession(session="s1")),
    ("un", MarkAttendance(session="s1", who="gov")),
    ("kaz", MarkAttendance(session="s1", who="opp")),
    ("un", MarkAttendance(session="s1", who="un")),
)
_PACKAGE = Package(slug="watching", picked=(Picked(slug="who-watches", option="committee"),))
_SEALED: Deeds = (
    (
        "un",
        OpenDeposit(
            question=_words("maps"),
            depositors=("gov", "opp"),
            neutral="kaz",
            rule="all-in",
            closes_at=START + timedelta(minutes=200),
            reads=True,
        ),
    ),
    ("un", AskBlind(question=_words("a truce?"), to=("gov", "opp"), closes_at=START + timedelta(minutes=210))),
    (
        "un",
        OpenListMatch(sides=("gov", "opp"), key_fields=("name",), closes_at=START + timedelta(minutes=190)),
    ),
    ("un", PutPackage(package=_PACKAGE, to=("gov", "opp", "pap", "usa"))),
    (
        "un",
        PutQuestion(
            rule=Consensus(),
            eligible=("gov", "opp", "pap"),
            package="z1",
            closes_at=START + timedelta(minutes=180),
            observers=("usa",),
        ),
    ),
    (
        "un",
        PutQuestion(
            rule=Unanimity(),
            eligible=("gov", "opp"),
            package="z1",
            closes_at=START + timedelta(minutes=185),
            shown=AnswerVisibility.NEVER,
        ),
    ),
)
_ROUND: Deeds = (
    ("rus", PlanRound(slug="second", title="Second", start=date(2017, 2, 8))),
    ("rus", Invite(round="r2", to="gov", role=Role.PARTY)),
    ("rus", Invite(round="r2", to="opp", role=Role.PARTY, sponsors=("tur",))),
    ("gov", AnswerInvitation(invitation="i1", answer="accepted")),
)
_PAPER = "# A cease-fire\n\n## 1. Start\n\nOn 30 December.\n\n## 2. Watch\n\nBy [[A: three states | B: a committee]].\n"
_NEXT = _PAPER.replace("On 30 December.", "[[A: On 30 December. | B{co1}: On 1 January.]]")
_TEXT: Deeds = (
    ("gov", AcceptService()),
    ("opp", AcceptService()),
    ("kaz", AcceptService()),
    ("un", TableText(papers=(_words(_PAPER),), about=("gov", "opp"))),
    ("un", ReleaseVersion(version="v1", to=("gov", "opp", "kaz"))),
    ("opp", Comment(version="v1", clause="cl1", sort=CommentSort.PROPOSE, words=_words("On 1 January."))),
    ("un", WriteVersion(text="tx1", papers=(_words(_NEXT),))),
)
PROLOGUES: Sequence[Deeds] = (_PAPERS, _SITTING, _SEALED, _ROUND, _TEXT)
"""Each is a list of (seat, command), with handles as they are in a fresh record."""

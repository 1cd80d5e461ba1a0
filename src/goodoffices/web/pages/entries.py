"""Add what a talks file says at the beginning: a form for each kind, for the seats that have the power."""

from __future__ import annotations

from goodoffices.talks.base.enums import ActorKind, Role, Strength
from goodoffices.web.http.entry_fields import NAMED_RULES
from goodoffices.web.pages.page import Data, Page, PageContext

KINDS = ("EnterSource", "EnterClaim", "ClaimRole", "NameActor", "EnterIssue", "PlanRound", "RecordCommitment",
         "NameQuestion", "NameRule", "NameText")  # fmt: skip
_NO_ROLE = {Role.AUDITOR, Role.CONTROL}


def _add(context: PageContext, _: str) -> Data:
    known = context.known
    return {
        "actors": list(known.actors),
        "kinds": [kind.value for kind in ActorKind],
        "roles": [role.value for role in Role if role not in _NO_ROLE],
        "strengths": [strength.value for strength in Strength],
        "sources": [(slug, source.title or source.publisher) for slug, source in known.sources.items()],
        "rounds": [(held.round.slug, held.round.title) for held in known.rounds.values()],
        "compartments": list(known.compartments),
        "questions": [(slug, question) for slug, question, _ in known.header.questions],
        "baskets": [basket.title for basket in known.agenda],
        "agenda": known.agenda,
        "rules": known.header.rules,
        "rule_kinds": NAMED_RULES,
        "texts": known.header.texts,
        "sheet": context.sheet,
    }


ADD = Page(
    path="add",
    template="add.html",
    title="Add",
    parts=(
        "spreadsheet",
        "actor",
        "source",
        "claim",
        "role",
        "issue",
        "question",
        "rule",
        "outside",
        "round",
        "commitment",
    ),
    data=_add,
    under="add",
    powers=KINDS,
)

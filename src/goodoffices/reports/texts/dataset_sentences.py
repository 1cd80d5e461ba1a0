"""What a dataset calls a text, on its word, beside what this record shows of it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from goodoffices.reports.messages.act_sentences import Argument, Message
from goodoffices.reports.provenance import value_text
from goodoffices.talks.claims.contradictions import contradictions
from goodoffices.talks.documents.agreement import AgreementVerdict, Finding
from goodoffices.talks.state.view import View
from goodoffices.talks.texts.agreement_status import Family

ASPECT = "status in a dataset"
"""The aspect of a claim that says what a dataset's status column calls a text."""

SENTENCES: Mapping[str, str] = {
    "calls": "{outlet} calls it “{status}”. That says nothing about what any one actor did.",
    "not-shown": "This record does not show it as agreed by those whose agreement it needs.",
    "contested": "Whether it was signed is contested: {sides}.",
    "shown": "This record also shows it as agreed, on the word of those who agreed.",
}
"""Every sentence on datasets."""

SIGNED = "signed"
"""The aspect of a claim that says whether a text was signed."""
_AGREED = re.compile(r"\b(signed|agreed)\b", re.I)
_NOT = re.compile(r"\b(not|un)\s*-?(signed|agreed)\b", re.I)


def dataset_sentences(view: View, family: Family, finding: Finding) -> tuple[Message, ...]:
    """Return what datasets call this text, each with whether this record bears it out, and what is contested of it."""
    world = view.known.header.texts
    names = {family.slug, *(named.slug for named in world if family.slug in (named.slug, named.copy_of))}
    made = []
    for held in view.known.claims.values():
        claim = held.claim
        if claim.aspect != ASPECT or claim.about not in names or held.replaced_by is not None:
            continue
        status = claim.value.words or claim.words
        fillings = {"outlet": claim.chain[0].speaker, "status": status}
        made.append(_told("calls", fillings))
        if _AGREED.search(status) and not _NOT.search(status):
            made.append(_told("shown" if finding.verdict is AgreementVerdict.AGREED else "not-shown", {}))
    for contested in contradictions(view.known):
        if contested.about in names and contested.aspect == SIGNED:
            sides = (f"{value_text(view, c.claim.value)} ({c.claim.chain[0].speaker})" for c in contested.claims)
            made.append(_told("contested", {"sides": " / ".join(dict.fromkeys(sides))}))
    return tuple(made)


def _told(key: str, fillings: Mapping[str, str]) -> Message:
    return Message(
        message=SENTENCES[key],
        fillings={name: Argument(sort="text", value=value) for name, value in fillings.items()},
    )

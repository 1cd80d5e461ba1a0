"""From adoption to force: who must ratify a version, what each decided in numbers, and when it enters into force."""

from __future__ import annotations

from goodoffices.talks.decisions.eligibility import ratified
from goodoffices.talks.documents.document import check_code
from goodoffices.talks.rounds.delegations import NameRatifier
from goodoffices.talks.texts.agreement_status import family_of
from goodoffices.talks.texts.ratification import EnterIntoForce, RecordRatification
from goodoffices.talks.texts.rendered_version import title_of
from goodoffices.web.pages.page import Data, Page, PageContext

POLLS = 4
"""So many votes one form takes."""


def _ratification(context: PageContext, handle: str) -> Data | None:
    version = context.known.versions.get(handle)
    if version is None:
        return None
    known, text = context.known, context.known.texts[version.text]
    done = {r.ratifier: r for r in known.ratifications if r.version == handle}
    named = dict.fromkeys((*(ratifier for _, ratifier, _ in known.ratifiers), known.actor_of(context.seat)))
    asked = {who: context.would(RecordRatification(version=handle, ratifier=who, ratified=True)) for who in named}
    whose = [(by, ratifier, method) for by, ratifier, method in known.ratifiers]
    rounds = list(known.rounds.values())
    naming = NameRatifier(round=rounds[0].handle, ratifier="-", method="-") if rounds else None
    force = EnterIntoForce(version=handle, local="2017-01-01T00:00", zone=known.header.zone, ground="-")
    return {
        "version": version,
        "text": text,
        "title": title_of(context.view, version, context.language),
        "code": check_code(version.hash),
        "family": family_of(context.view, text.frame.family or text.handle, words=False),
        "whose": [(by, ratifier, method, done.get(ratifier)) for by, ratifier, method in whose],
        "others": [r for who, r in done.items() if who not in {ratifier for _, ratifier, _ in whose}],
        "answers": ratified(known, handle),
        "may": [who for who, refusal in asked.items() if refusal is None],
        "may_not": [(who, refusal) for who, refusal in asked.items() if refusal is not None and who not in done],
        "polls": range(1, POLLS + 1),
        "rounds": rounds,
        "naming": None if naming is None else context.would(naming),
        "forces": [f for f in known.forces.values() if f.version == handle],
        "force": context.would(force),
    }


RATIFICATION = Page(
    path="ratification/{}",
    template="ratification.html",
    title="From adoption to force",
    parts=("head", "ratifiers", "record", "name", "force"),
    data=_ratification,
    under="decisions",
)

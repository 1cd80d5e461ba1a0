"""What seats might ask about allegations: one builder for each command, choosing from what the asking seat knows."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from goodoffices.talks.ceasefire import answers, findings
from goodoffices.talks.state.command_context import Command
from properties.worlds.asker import Asker


def _of(make: Callable[[Asker, str], Command]) -> Callable[[Asker], Command | None]:
    def build(a: Asker) -> Command | None:
        handle = a.thing("allegations")
        return None if handle is None else make(a, handle)

    return build


ALLEGATION_BUILDERS: Mapping[str, Callable[[Asker], Command | None]] = {
    "ScreenAllegation": _of(
        lambda a, x: findings.ScreenAllegation(
            allegation=x, result=a.pick.one(findings.SCREENED), reason=a.pick.one(findings.ASIDE)
        ),
    ),
    "NotifyParty": _of(
        lambda a, x: answers.NotifyParty(
            allegation=x, to=a.seat(), answer_by=a.soon(), shown=a.pick.one(answers.SHOWN)
        ),
    ),
    "AnswerAllegation": _of(
        lambda a, x: answers.AnswerAllegation(allegation=x, says=a.pick.one(answers.ANSWERS), words=a.words()),
    ),
    "RecordVerification": _of(
        lambda a, x: findings.RecordVerification(
            allegation=x, result=a.pick.one(findings.VERIFIED), method="a visit", day=a.at.date(), reason="too-late"
        ),
    ),
    "AdoptFinding": _of(
        lambda a, x: findings.AdoptFinding(
            allegation=x, result=a.pick.one(findings.FOUND), grounds=a.words(), no_attribution="no evidence"
        ),
    ),
}

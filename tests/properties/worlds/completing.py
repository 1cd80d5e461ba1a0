"""What a seat may do that an observer must not feel: answers that complete sets, clearances, newer versions."""

from __future__ import annotations

from collections.abc import Iterator

from goodoffices.talks.base.acts import Words
from goodoffices.talks.base.enums import Form
from goodoffices.talks.decisions.commands import AnswerQuestion
from goodoffices.talks.exchange.items import ClearItem
from goodoffices.talks.sealed.commands import AnswerBlind, Deposit
from goodoffices.talks.state.command_context import Command
from goodoffices.talks.state.knowledge import Knowledge
from goodoffices.talks.texts.commands import WriteVersion
from goodoffices.talks.voting.rules import Says

_NEWER = Words(text="# A newer version\n\n## 1. Words\n\nOf which the observer knows nothing.")


def completing(known: Knowledge) -> Iterator[tuple[tuple[str, str], Command]]:
    """Yield what ``known.seat`` may do about each thing it knows, with a name for the step."""
    for handle in known.deposits:
        yield ("paper", handle), Deposit(deposit=handle, words=Words(text="sealed"))
    for handle, item in known.items.items():
        if item.came == "filed":
            to = tuple(sorted({"usa", "kaz"} - {known.seat}))
            yield ("clear", handle), ClearItem(item=handle, to=to, form=Form.VERBATIM)
    for handle, text in known.texts.items():
        if text.pen == known.seat:
            yield ("newer", handle), WriteVersion(text=handle, papers=(_NEWER,), responsibility=True)
    for handle in known.blinds:
        yield ("yes", handle), AnswerBlind(question=handle, accept=True)
    for handle in known.questions:
        yield ("agreed", handle), AnswerQuestion(question=handle, says=Says.ACCEPTS)

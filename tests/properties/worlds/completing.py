"""What a seat may do that an observer must not feel: answers that complete sets, clearances, newer versions."""

from __future__ import annotations

from collections.abc import Iterator

from goodoffices.talks.acts import Words
from goodoffices.talks.decisions import AnswerQuestion
from goodoffices.talks.desk import Command
from goodoffices.talks.items import ClearItem
from goodoffices.talks.known import Known
from goodoffices.talks.rules import Says
from goodoffices.talks.sealed import AnswerBlind, Deposit
from goodoffices.talks.texts import WriteVersion
from goodoffices.talks.vocabulary import Form

__all__ = ["completing"]

_NEWER = Words(text="# A newer version\n\n## 1. Words\n\nOf which the observer knows nothing.")


def completing(known: Known) -> Iterator[tuple[tuple[str, str], Command]]:
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

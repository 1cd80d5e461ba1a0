"""A mail or a chat that somebody brings, as the words of a paper: what the file says of itself is marked so."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from goodoffices.formats.messages.chat_file import read_chat
from goodoffices.formats.messages.mail_file import read_mail
from goodoffices.formats.messages.message import BroughtFile, BroughtMessage
from goodoffices.reports.lists.sentences import SENTENCES
from goodoffices.reports.messages.catalogues import catalogue_for
from goodoffices.talks.base.acts import Words
from goodoffices.talks.base.languages import language_of
from goodoffices.talks.exchange.items import FileItem
from goodoffices.unseen_characters import first_uncarried


def filed_message(data: bytes, name: str, language: str = "en") -> FileItem:
    """Return the command that files a mail (``.eml``) or a chat export as a paper of the own seat.

    Raises
    ------
    ScenarioFileError
        If the file is neither.
    """
    is_mail = name.casefold().endswith(".eml")
    brought = read_mail(data, name) if is_mail else read_chat(data, name)
    text = carried("\n".join(_lines(brought, language)))
    own = "\n".join(message.text for message in brought.messages)
    first = brought.messages[0]
    title = carried(first.subject or name)[:200]
    return FileItem(
        words=(Words(text=text, lang=language_of(own, language)),),
        kind="message",
        title=Words(text=title, lang=language_of(title, language)),
    )


def carried(text: str) -> str:
    """Return a text without the characters that no document can carry."""
    while (found := first_uncarried(text)) is not None:
        text = text.replace(found, "")
    return text


def _lines(brought: BroughtFile, language: str) -> Iterator[str]:
    spoken = catalogue_for(language)

    def say(key: str, value: str = "") -> str:
        return spoken.find(SENTENCES[key])[0].format(value=value or spoken.find(SENTENCES["not-said"])[0])

    yield say(brought.kind)
    yield ""
    for message in brought.messages:
        if brought.kind == "mail":
            yield from _of_mail(message, say)
        else:
            yield f"[{message.dated}] {message.sender or say('nobody')}: {message.text}"


def _of_mail(message: BroughtMessage, say: Callable[[str, str], str]) -> Iterator[str]:
    yield say("says-from", message.sender)
    yield say("says-to", message.to)
    yield say("says-date", message.dated)
    yield say("says-subject", message.subject)
    if message.attachments:
        yield say("attached", "; ".join(message.attachments))
    yield ""
    yield message.text

"""Read the exports of two common chat programs: lines with day, hour and name, and JSON with a list of messages."""

from __future__ import annotations

import json
import re
from typing import Any

from goodoffices.errors import ScenarioFileError
from goodoffices.formats.messages.message import BroughtFile, BroughtMessage
from goodoffices.phrases.phrase import Phrase

_MOST_MESSAGES = 20_000
_MEDIA = ("photo", "file", "sticker_emoji", "location_information", "contact_information", "poll")
"""What a message can carry beside words, as the export names it; it is told and not read."""
_MARKS = dict.fromkeys(map(ord, "\u200e\u200f\u202a\u202b\u202c\ufeff"))
_DAY = r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}"
_HOUR = r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s?[AaPp]\.?\s?[Mm]\.?)?"
_LINE = re.compile(rf"\[?(?P<dated>{_DAY},? {_HOUR})\]?(?: -)? (?P<rest>.*)")
_SAID = re.compile(r"(?P<sender>[^:\n]{1,80}): (?P<text>.*)", re.DOTALL)


def read_chat(data: bytes, name: str) -> BroughtFile:
    """Return the messages of a chat export.

    Times stay as they are written: a file in lines names no time zone, and day and month may stand in either order.

    Raises
    ------
    ScenarioFileError
        If it is neither of the two kinds.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _refused(name, Phrase("it is not text in UTF-8. Export the chat again.")) from error
    messages = _of_json(text, name) if text.lstrip().startswith("{") else _of_lines(text)
    if not messages:
        raise _refused(name, Phrase("no line has a day, an hour and a name. Export the chat as text or as JSON."))
    if len(messages) > _MOST_MESSAGES:
        raise _refused(
            name,
            Phrase(
                "it has {n} messages; at most {most_messages} are read. Divide it.",
                n=format(len(messages), ","),
                most_messages=format(_MOST_MESSAGES, ","),
            ),
        )
    return BroughtFile(kind="chat", messages=tuple(messages))


def _of_lines(text: str) -> list[BroughtMessage]:
    """Return messages of an export in lines; a line without a day goes on with the message before it."""
    made: list[tuple[str, str, list[str]]] = []
    before: list[str] = []
    for line in text.replace("\u202f", " ").splitlines():
        bare = line.translate(_MARKS)
        found = _LINE.fullmatch(bare)
        if found is None:
            (made[-1][2] if made else before).append(bare)
            continue
        said = _SAID.fullmatch(found["rest"])
        sender, words = ("", found["rest"]) if said is None else (said["sender"], said["text"])
        made.append((found["dated"], sender, [words]))
    if made and any(line.strip() for line in before):
        made.insert(0, ("", "", before))
    return [
        BroughtMessage(sender=sender, dated=dated, text="\n".join(lines).strip())
        for dated, sender, lines in made
        if any(line.strip() for line in lines)
    ]


def _of_json(text: str, name: str) -> list[BroughtMessage]:
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _refused(name, Phrase("it is not whole JSON. Export the chat again.")) from error
    listed = whole.get("messages") if isinstance(whole, dict) else None
    if not isinstance(listed, list):
        raise _refused(name, Phrase("it has no list of messages. Export the chat again, as JSON."))
    made = []
    for one in listed:
        if not isinstance(one, dict) or one.get("type", "message") != "message":
            continue
        words = _words(one.get("text"))
        sent = ", ".join(str(one.get("file_name") or kind) for kind in _MEDIA if one.get(kind))
        words = " ".join(filter(None, (words, f"[{sent}]" if sent else "")))
        if words:
            made.append(BroughtMessage(sender=str(one.get("from") or ""), dated=str(one.get("date") or ""), text=words))
    return made


def _words(value: Any) -> str:
    """Return the text of a message: a string, or pieces of which some have a look."""
    if isinstance(value, list):
        return "".join(_words(piece) for piece in value).strip()
    if isinstance(value, dict):
        return str(value.get("text") or "")
    return str(value or "")


def _refused(name: str, why: str) -> ScenarioFileError:
    return ScenarioFileError(why, kind="not-chat", file=name)

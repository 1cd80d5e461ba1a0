"""A message that somebody brings: what it says of itself, of which nothing is checked."""

from __future__ import annotations

from goodoffices.data_class import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class BroughtMessage:
    """A mail, or one line of a chat. ``dated`` is the text in which it states its time, as it stands in the file."""

    sender: str
    dated: str
    text: str
    to: str = ""
    subject: str = ""
    attachments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BroughtFile:
    """The messages of a file in their order, and of which kind the file is: *mail* or *chat*."""

    kind: str
    messages: tuple[BroughtMessage, ...]

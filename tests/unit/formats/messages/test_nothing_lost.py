"""Mails and chats that are brought: no part of what was said is dropped without a word."""

from __future__ import annotations

import json
from email.message import EmailMessage

import pytest

from goodoffices.errors import ScenarioFileError
from goodoffices.formats.messages.chat_file import read_chat
from goodoffices.formats.messages.mail_file import read_mail


def mail(text: str = "We agree.") -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"], made["Cc"], made["Subject"] = "Amal", "Boris", "Carla", "Wells"
    made.set_content(text)
    return made


def test_everybody_to_whom_a_mail_went_is_named() -> None:
    [message] = read_mail(mail().as_bytes(), "a.eml").messages
    assert message.to == "Boris; Carla"


def test_text_between_attachments_is_text() -> None:
    made = mail()
    made.add_attachment(b"map", maintype="image", subtype="png", filename="map.png")
    later = EmailMessage()
    later.set_content("But not before May.")
    made.attach(later)
    [message] = read_mail(made.as_bytes(), "a.eml").messages
    assert message.text.split("\n\n") == ["We agree.", "But not before May."]
    assert message.attachments == ("map.png",)


def test_every_attachment_is_named() -> None:
    made = mail()
    for number in range(60):
        made.add_attachment(b"x", maintype="image", subtype="png", filename=f"{number}.png")
    [message] = read_mail(made.as_bytes(), "a.eml").messages
    assert len(message.attachments) == 60


def test_a_mail_that_is_too_long_is_refused_and_not_cut() -> None:
    with pytest.raises(ScenarioFileError, match="more than 200,000 characters"):
        read_mail(mail("word " * 50_000).as_bytes(), "a.eml")


def test_a_chat_keeps_what_stands_before_its_first_line_and_what_was_sent_without_words() -> None:
    lines = "Kept by Amal\n24/01/2017, 10:00 - Amal: We agree.\n"
    assert [m.text for m in read_chat(lines.encode(), "a.txt").messages] == ["Kept by Amal", "We agree."]
    messages = [
        {"type": "message", "from": "Amal", "date": "2017-01-24", "text": "Look", "photo": "p.jpg"},
        {"type": "message", "from": "Amal", "date": "2017-01-24", "text": "", "file": "f", "file_name": "map.pdf"},
    ]
    found = read_chat(json.dumps({"messages": messages}).encode(), "a.json").messages
    assert [m.text for m in found] == ["Look [photo]", "[map.pdf]"]


def test_a_chat_that_is_too_long_is_refused_and_not_cut() -> None:
    lines = "24/01/2017, 10:00 - Amal: We agree.\n" * 20_001
    with pytest.raises(ScenarioFileError, match="20,001 messages"):
        read_chat(lines.encode(), "a.txt")

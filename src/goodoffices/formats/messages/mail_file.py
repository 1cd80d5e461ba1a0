"""Read one ``.eml`` file: its headings as claims of the mail, its text, and the names of what is attached.

Nothing is fetched, opened or run. Of a mail that has only HTML the text is taken, without what a page would load.
"""

from __future__ import annotations

import re
from email import message_from_bytes
from email.errors import MessageError
from email.message import EmailMessage
from email.policy import default
from html.parser import HTMLParser

from goodoffices.errors import ScenarioFileError
from goodoffices.formats.messages.message import BroughtFile, BroughtMessage
from goodoffices.phrases.phrase import Phrase

_MOST = 200_000
"""The most characters of a mail's text that are taken."""
_UNSEEN = frozenset({"script", "style", "head", "title"})
_BREAKS = frozenset({"p", "br", "div", "tr", "li", "h1", "h2", "h3", "table", "blockquote"})


def read_mail(data: bytes, name: str) -> BroughtFile:
    """Return the mail in a file.

    Raises
    ------
    ScenarioFileError
        If it is not a mail, or has no text.
    """
    try:
        mail = message_from_bytes(data, policy=default)
    except (MessageError, ValueError, LookupError) as error:
        raise _refused(name, Phrase("it cannot be read as a mail. Save the mail as .eml again.")) from error
    if not any(mail.get(field) for field in ("from", "subject", "date")):
        raise _refused(name, Phrase("it has no sender, subject or date. Save the mail as .eml."))
    text = _text_of(mail, name)
    inline = _later_texts(mail)
    attached = tuple(part.get_filename() or "without a name" for part in mail.iter_attachments() if part not in inline)
    return BroughtFile(
        kind="mail",
        messages=(
            BroughtMessage(
                sender=_heading(mail, "from"),
                to="; ".join(filter(None, (_heading(mail, field) for field in ("to", "cc", "bcc")))),
                dated=_heading(mail, "date"),
                subject=_heading(mail, "subject"),
                text=text,
                attachments=tuple(_one_line(file) for file in attached),
            ),
        ),
    )


def _heading(mail: EmailMessage, field: str) -> str:
    try:
        return _one_line(str(mail.get(field, "")))
    except (ValueError, LookupError, IndexError, AttributeError):
        return ""


def _one_line(text: str) -> str:
    return " ".join(text.split())[:500]


def _text_of(mail: EmailMessage, name: str) -> str:
    try:
        part = mail.get_body(preferencelist=("plain", "html"))
        content = "" if part is None else part.get_content()
        is_page = part is not None and part.get_content_subtype() == "html"
    except (ValueError, LookupError, AttributeError, MessageError) as error:
        raise _refused(name, Phrase("its text cannot be read. Save the mail as .eml again.")) from error
    text = _of_page(str(content)) if is_page else str(content)
    text = "\n\n".join((text, *(str(part.get_content()) for part in _later_texts(mail))))
    text = re.sub(r"\n{3,}", "\n\n", text.replace("\r\n", "\n")).strip()
    if not text:
        raise _refused(name, Phrase("it has no text. Bring its attachment by itself."))
    if len(text) > _MOST:
        raise _refused(name, Phrase("its text has more than {most} characters. Divide it.", most=format(_MOST, ",")))
    return text


def _later_texts(mail: EmailMessage) -> list[EmailMessage]:
    """Return the plain texts that stand after the first, between attachments: some programs cut a mail there."""
    if not mail.is_multipart() or mail.get_content_subtype() != "mixed":
        return []
    body = mail.get_body(preferencelist=("plain", "html"))
    return [
        part
        for part in mail.iter_attachments()
        if part is not body
        and part.get_content_type() == "text/plain"
        and part.get_filename() is None
        and part.get_content_disposition() != "attachment"
    ]


class _Page(HTMLParser):
    """Collects the words of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self.unseen += tag in _UNSEEN
        if tag in _BREAKS:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self.unseen -= tag in _UNSEEN and self.unseen > 0

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.words.append(" ".join(data.split()) + (" " if data[-1:].isspace() else ""))


def _of_page(page: str) -> str:
    reader = _Page()
    reader.feed(page)
    return "\n".join(line.strip() for line in "".join(reader.words).splitlines())


def _refused(name: str, why: str) -> ScenarioFileError:
    return ScenarioFileError(why, kind="not-mail", file=name)

"""The words that people read are plain: no invented terms, no blame, no sentence that has to be read twice.

It reads everything that a user sees: the messages of pages and papers, the refusals, the help and the errors of the
command line, and the pages of the documentation.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import click
import pytest
from babel.messages.pofile import read_po

from goodoffices.cli.main import main
from goodoffices.reports.texts import dataset_sentences, finding_sentences
from goodoffices.talks.base.refusals import CASES, SENTENCES

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "goodoffices"


STOP_LIST = (
    r"\bnought\b",
    r"\baught\b",
    r"\b(?:thereof|wherein|whereof|whom it concerns)\b",
    r"\b[Ww]ho(?:m|so)?ever\b",
    r"\bmend(?:ed|s|ing)?\b",
    r"\b(?:a|the|each|every|next|one|this) beats?\b",
    r"\bdoors?\b",
    r"\b(?:the|a|one|this) house\b(?! rules)",
    r"\btongues?\b",
    # "sign" for a character, a token or a code. To sign a text, to sign in and to sign out are right.
    r"\b(?:a|the|this|that|each|every|no|one|two|six|eight|twelve|any|other|first|last|invisible|\d+) signs?\b",
    r"\bsigns? (?:of a language|that|which)\b",
    # "is no X" for "is not a X"; "there is no X" is right.
    r"(?<!there )(?<!There )\b(?:is|are|was|were) no (?!(?:longer|more than|less|fewer|better|worse|other)\b)[a-z]+",
    r"\b(?:Please|Sorry|Oops)\b",
    r"\bsuccessfully\b",
    r"\b[Ii]llegal\b",
    r"\bby (?:own word|whom it came from)\b",
    r"\bWho may be told\b",
    r"\bthat binds to nothing\b|\bwhich binds to nothing\b",
    r"\bun-tell\b",
    r"\bTwo ledgers see two wars\b",
    r"\bknows of no session\b",
    r"\bbest for the least served\b",
    r"\btaken for granted\b",
    r"\bNone is needed, or none\b",
    r"\bPut on the record, for myself\b",
    r"\bLet them be told\b",
    r"\btowards \{seat\}",
    r"\bwhat it came to\b",
    r"\bLend my answer\b",
    r"\bstrokes of 1996\b",
    r"\bpen’s table\b",
    r"\bTexts of the world\b",
    r"\bHere is nothing\b",
    r"\bnone ticked: whoever\b",
    r"\bword for word needs none\b",
    r"\bLapses at\b",
    r"\bDivide it and send\b",
    r"\bread without change\b",
)
"""What is not said anywhere."""

BLAME = (r"\b[Ii]nvalid\b", r"\b[Yy]ou must\b", r"\b(?:is|was|are) wrong\b")
"""What is not said to somebody who gave a command."""

MOST_WORDS = 25


def _catalogue() -> Iterator[tuple[str, str]]:
    with (SOURCE / "reports" / "locale" / "en" / "goodoffices.po").open("rb") as opened:
        for message in read_po(opened, locale="en"):
            for text in message.id if isinstance(message.id, tuple) else (message.id,):
                if text:
                    yield "catalogue", str(text)


def _refusals() -> Iterator[tuple[str, str]]:
    yield from ((f"refusal {code}", sentence) for code, sentence in {**SENTENCES, **CASES}.items())


def _help(command: click.Command, path: str) -> Iterator[tuple[str, str]]:
    yield path, command.help or ""
    for parameter in command.params:
        yield f"{path} {parameter.name}", getattr(parameter, "help", None) or ""
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            if below is not None:
                yield from _help(below, f"{path} {name}")


def _errors() -> Iterator[tuple[str, str]]:
    """Yield the string literals of what is raised, printed or said, outside the rooms that are still to do."""
    for path in sorted(SOURCE.rglob("*.py")):
        place = path.relative_to(SOURCE)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Raise) or (isinstance(node, ast.Call) and _is_said(node.func)):
                for part in ast.walk(node):
                    if isinstance(part, ast.Constant) and isinstance(part.value, str) and " " in part.value:
                        yield f"{place}:{part.lineno}", part.value


def _is_said(func: ast.expr) -> bool:
    name = func.attr if isinstance(func, ast.Attribute) else getattr(func, "id", "")
    return name in ("echo", "say", "fail", "secho", "Part", "Section")


def _documentation() -> Iterator[tuple[str, str]]:
    pages = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
    for page in pages:
        for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), 1):
            yield f"{page.relative_to(ROOT)}:{number}", line


def _breaches(patterns: Sequence[str], said: Iterable[tuple[str, str]]) -> list[str]:
    return [f"{place}: {text[:160]} ({found})" for place, text in said for found in patterns if re.search(found, text)]


@pytest.mark.slow
def test_nothing_on_the_stop_list_is_said() -> None:
    everything = (*_catalogue(), *_refusals(), *_help(main, "goodoffices"), *_errors(), *_documentation())
    found = _breaches(STOP_LIST, everything)
    assert not found, "\n".join(found)


@pytest.mark.slow
def test_nobody_is_blamed() -> None:
    found = _breaches(BLAME, (*_catalogue(), *_refusals(), *_errors()))
    assert not found, "\n".join(found)


@pytest.mark.slow
def test_no_message_has_a_sentence_that_is_too_long() -> None:
    long = [
        f"{place}: {part.strip()}"
        for place, text in (*_catalogue(), *_refusals())
        for part in re.split(r"[.:?!](?:\s|$)", text)
        if len(part.split()) > MOST_WORDS
    ]
    assert not long, "\n".join(long)


def test_findings_are_sentences_of_their_own() -> None:
    joined = [
        text for text in (*finding_sentences.MESSAGES.values(), *dataset_sentences.SENTENCES.values()) if ";" in text
    ]
    assert not joined


def test_the_stop_list_finds_what_it_names() -> None:
    examples = ("a count is below nought", "the eight signs", "this is no version", "Whoever holds it", "Please wait")
    assert all(any(re.search(pattern, text) for pattern in STOP_LIST) for text in examples)
    rights = ("sign in to the seat", "Turkey may sign it", "it is no longer open", "there is no record")
    assert not any(re.search(pattern, text) for pattern in STOP_LIST for text in rights)

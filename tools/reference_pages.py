"""Write the reference pages of commands, acts and refusals from the code. A test fails while they differ."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Mapping
from pathlib import Path

from goodoffices.talks.base.refusals import CASES, SENTENCES
from goodoffices.talks.command_help import example_of, fields_of
from goodoffices.talks.registry import COMMANDS, CONTENTS
from goodoffices.talks.state.permissions import ANY_SEAT, POWERS

ROOT = Path(__file__).resolve().parents[1] / "docs" / "reference"


def _doc(thing: type) -> str:
    return inspect.cleandoc(thing.__doc__ or "")


def _payload(name: str) -> str:
    rows = [
        f"| `{field.name}` | {field.shape.replace('|', chr(92) + '|')} | {'yes' if field.is_needed else 'no'} |"
        for field in fields_of(name)
    ]
    return "\n".join(["| field | what | needed |", "|---|---|---|", *rows]) if rows else "Nothing."


def _who(name: str) -> str:
    if name in ANY_SEAT:
        return "Every open seat; the rules of the command say with what."
    roles = [role.value for role, powers in POWERS.items() if name in powers]
    return f"Seats in the role of {', '.join(sorted(roles))}; the talks file may add or bar it for single seats."


def command_page(name: str) -> str:
    """Return the reference page of one command: Payload, What it does, Who may."""
    command = COMMANDS[name]
    typed = f"goodoffices act FILE --seat SEAT {name} {example_of(name)}".rstrip()
    return (
        f"# {name}\n\n## Payload\n\n{_payload(name)}\n\n## In the terminal\n\n```\n{typed}\n```\n\n"
        f"## What it does\n\n{_doc(command)}\n\n"
        f"## Who may\n\n{_who(name)}\n"
    )


def acts_page() -> str:
    """Return the page of all acts: what happened, and which face shows which fields."""
    lines = ["# Acts", "", "What a record holds, and what each face of an act shows. *self* is the acting seat.", ""]
    for name, content in sorted(CONTENTS.items()):
        faces = "; ".join(
            f"*{face}*: {', '.join(f'`{field}`' for field in dict.fromkeys(shown)) or 'that it happened'}"
            for face, shown in sorted(content.FACES.items())
        )
        lines += [f"## {name}", "", _doc(content), "", f"Seen as {faces}.", ""]
    return "\n".join(lines)


def refusals_page() -> str:
    """Return the page of all refusals."""
    rows = [f"| `{code}` | {sentence} |" for code, sentence in sorted(SENTENCES.items())]
    cases = [f"| `{name}` | {sentence} |" for name, sentence in sorted(CASES.items())]
    head = (
        "# Refusals\n\nA refusal has a code for programs and a sentence for people. "
        "It names nothing outside the asking seat's own record.\n\n"
    )
    middle = (
        "\n## Sentences of single cases\n\nA code that is used in several places says more where the case is known. "
        "The part after the stroke is in the value `case` of the refusal.\n\n"
    )
    table = ["| code | sentence |", "|---|---|"]
    return head + "\n".join([*table, *rows]) + "\n" + middle + "\n".join([*table, *cases]) + "\n"


def pages() -> Mapping[Path, str]:
    """Return every generated page by its path below ``docs/reference``."""
    listed = "\n".join(f"* [{name}](commands/{name}.md)" for name in sorted(COMMANDS))
    made = {Path("commands") / f"{name}.md": command_page(name) for name in COMMANDS}
    made[Path("commands.md")] = f"# Commands\n\nWhat a seat can ask.\n\n{listed}\n"
    made[Path("acts.md")] = acts_page()
    made[Path("refusals.md")] = refusals_page()
    return made


def main() -> int:
    """Write the pages."""
    for path, text in pages().items():
        target = ROOT / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    print(f"Wrote {len(pages())} pages below {ROOT}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""What the issues of an agenda and their options are called, in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence

from goodoffices.talks.model.agenda import Basket


def option_of_issue(names: dict[tuple[str, str], str], issue: str, option: str) -> str:
    """Return the name of an issue and that of one of its options; a question needs no colon after it."""
    asked = names[issue, ""]
    return f"{asked}{'' if asked.endswith(('?', '؟')) else ':'} {names[issue, option]}"


def options_named(agenda: Sequence[Basket], language: str) -> dict[tuple[str, str], str]:
    """Return issues (with an empty option) and options by their slugs, each with its name in a language."""
    names: dict[tuple[str, str], str] = {}
    for basket in agenda:
        for issue in basket.issues:
            asked = {name.language: name.text for name in reversed(issue.question)}
            names[issue.slug, ""] = asked.get(language) or asked.get("en", issue.slug)
            for option in issue.options:
                said = {name.language: name.text for name in reversed(option.names)}
                names[issue.slug, option.slug] = said.get(language) or said.get("en", option.slug)
    return names

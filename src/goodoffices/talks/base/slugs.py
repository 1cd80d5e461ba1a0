"""Slugs: the short names of actors, seats and sources in a talks file."""

from __future__ import annotations

import re

from goodoffices.errors import ScenarioError, kind_said, quoted
from goodoffices.phrases.phrase import Phrase

RESERVED = {"clock": "time itself, which sees what deadlines need", "public": "the viewer of what is published"}
"""Names of viewers that are not seats."""


_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")


def check_slug(text: str, what: str) -> str:
    """Return ``text``; raise ``ScenarioError`` if it is not a slug.

    Examples
    --------
    >>> check_slug("jaysh-al-islam", "actor")
    'jaysh-al-islam'
    """
    if not _SLUG.fullmatch(text):
        raise ScenarioError(
            Phrase(
                "{what} {text} is not a slug; use lower-case Latin letters, digits and hyphens, as in 'un-envoy'",
                what=kind_said(what),
                text=quoted(text),
            )
        )
    return text

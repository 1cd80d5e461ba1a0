"""Checks of the parts of rules that several rules share."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from goodoffices.errors import ScenarioError
from goodoffices.phrases.phrase import Phrase


def check_once(names: Iterable[str], where: str) -> None:
    """Raise ``ScenarioError`` if a name stands twice; ``where`` is what names them."""
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise ScenarioError(Phrase("{where} names {name} twice; name it once", where=where, name=repr(name)))
        seen.add(name)


def check_share(share: Fraction) -> None:
    """Raise ``ScenarioError`` if a fraction is not from 0 to 1."""
    if not 0 <= share <= 1:
        raise ScenarioError(
            Phrase("{share} is not a share; give a fraction from 0 to 1, for example 3/4", share=str(share))
        )

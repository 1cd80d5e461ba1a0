"""Tables of everything that can be named in a rehearsal, with sources."""

from __future__ import annotations

from collections.abc import Mapping

from goodoffices.rehearsal.batches.assumptions import QUANTITIES
from goodoffices.rehearsal.mediators import MEDIATORS
from goodoffices.rehearsal.negotiators.catalogue import ACCEPTANCES, PROPOSALS, VOTERS, Card
from goodoffices.text_tables import wrapped_table

_FORMATS = {
    "direct": "the parties hear each other at once, and nobody else does",
    "plenary": "all who are present hear each other at once, observers too",
    "proximity": "every message goes through an intermediary whom both accept",
    "shuttle": "as proximity; the intermediary travels and carries all it has",
}
_MEDIATORS = {
    "mutate": "changes one issue at random; if all accept, the change stands",
    "blind": "asks each party in confidence whether it could sign; the first text that enough could sign stands",
    "max-min": "learns from the answers what each party likes; of twelve changes it puts the one that seems best for "
    "whoever seems to have least",
    "nash": "as max-min, but puts the change for which the product of what all seem to have is largest",
    "feedback": "as max-min, with 24 changes; it also asks each party whether a text is better or worse than the last",
}
_PROTOCOLS = {
    "alternating": "in order, each accepts the standing proposal or makes one (Rubinstein 1982; Aydoğan et al. 2017)",
    "all-propose": "all propose unseen, then all vote on each proposal (Aydoğan et al. 2017)",
    "majority": "as all-propose; the best supported proposal stays and counts at the end if it meets the rule",
    "single-text": "a mediator changes one text, and the parties answer (Klein et al. 2003)",
}


def listed_parts(kind: str | None, width: int) -> str:
    """Return one table, or all of them."""
    tables = {
        "strategies": lambda: _cards(width),
        "protocols": lambda: _names("protocol", _PROTOCOLS, width),
        "formats": lambda: _names("format", _FORMATS, width),
        "mediators": lambda: _names("mediator", {name: _MEDIATORS[name] for name in MEDIATORS}, width),
        "assumptions": lambda: _quantities(width),
    }
    return "\n\n".join(tables[name]() for name in ([kind] if kind else tables))


def _names(head: str, named: Mapping[str, str], width: int) -> str:
    return "\n".join(wrapped_table([head, "what it is"], list(named.items()), width))


def _cards(width: int) -> str:
    rows = []
    for kind, cards in (("proposes", PROPOSALS), ("accepts", ACCEPTANCES), ("answers a text", VOTERS)):
        rows += [[name, kind, card.what, _parameters(card), card.source or "–"] for name, card in cards.items()]
    head = ["strategy", "part", "what it does", "parameters", "source"]
    return "\n".join(wrapped_table(head, rows, width))


def _parameters(card: Card) -> str:
    return ", ".join(f"{name} {low:g} to {high:g}" for name, (low, high) in card.parameters.items()) or "–"


def _quantities(width: int) -> str:
    rows = [[name, one.words, f"{one.low:g} to {one.high:g}", f"{one.neutral:g}"] for name, one in QUANTITIES.items()]
    return "\n".join(wrapped_table(["assumption", "what it is", "limits", "if nobody states it"], rows, width))

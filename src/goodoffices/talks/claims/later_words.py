"""An actor's own later word on the same thing: it takes the place of the earlier one, and does not contradict it."""

from __future__ import annotations

from goodoffices.talks.base.enums import Strength
from goodoffices.talks.model.claims import Claim
from goodoffices.talks.state.knowledge import Knowledge
from goodoffices.talks.state.known_claims import KnownClaim

_POSITION = "position"
_ITS_POSITION = {Strength.OWN_WORD, Strength.DOCUMENT}
"""How a position is known that an actor states itself, in speech or in writing; others can be wrong about it."""


def is_later_word(later: Claim, earlier: Claim) -> bool:
    """Return whether one claim is what the speaker of another said itself on a later day, on the same thing.

    A position is the word of the actor that it is about, by any of its persons or in a document. Any other own word is
    its speaker's, at the inner end of the chain.
    """
    if (later.about, later.aspect) != (earlier.about, earlier.aspect):
        return False
    is_position = later.aspect.startswith(_POSITION)
    if not {later.strength, earlier.strength} <= (_ITS_POSITION if is_position else {Strength.OWN_WORD}):
        return False
    if later.asserted_on is None or earlier.asserted_on is None or later.asserted_on <= earlier.asserted_on:
        return False
    return is_position or _speaker(later) == _speaker(earlier)


def later_word(known: Knowledge, held: KnownClaim) -> KnownClaim | None:
    """Return the last thing that the speaker of a claim said itself later on the same thing, if it says another."""
    later = [
        one
        for one in known.claims.values()
        if one.replaced_by is None and is_later_word(one.claim, held.claim) and one.claim.value != held.claim.value
    ]
    return max(later, key=lambda one: str(one.claim.asserted_on), default=None)


def _speaker(claim: Claim) -> str:
    last = claim.chain[-1]
    return last.actor or last.speaker

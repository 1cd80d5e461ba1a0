"""A change that a file proposes and that has no place in a version, in a sentence."""

from __future__ import annotations

from goodoffices.formats.docx.author_changes import FileProposal
from goodoffices.phrases.phrase import Phrase


def not_placed(proposal: FileProposal, why: str) -> str:
    """Return the sentence that names the change and says why it is not shown."""
    return Phrase(
        "Not placed: a change of {what} ({change}) by {author}: {why}.",
        what=Phrase("the title") if proposal.is_title else Phrase("clause {n}", n=proposal.number),
        change=Phrase(proposal.change.value),
        author=proposal.author or Phrase("nobody named"),
        why=why,
    )

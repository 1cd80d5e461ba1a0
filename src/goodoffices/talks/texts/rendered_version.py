"""Return versions as a seat reads them: the text of its copies, with the seat's own handles as names."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from goodoffices.talks.documents.alignment import PaperOrder, named
from goodoffices.talks.documents.document import Bracket, Clause, ClauseState, Paper, Variant, check_code, taken
from goodoffices.talks.documents.markdown import read_paper, read_title
from goodoffices.talks.state.known_texts import KnownVersion
from goodoffices.talks.state.view import View


def paper_of(view: View, version: KnownVersion, language: str) -> Paper | None:
    """Return the text of a version in one language, or ``None`` if this seat does not hold it."""
    body = next((paper for paper in version.papers if paper.lang == language), None)
    text = view.text(body)
    if text is None:
        return None
    places = next((order for order in version.order if order.lang == language), _everything(version))
    paper = named(
        read_paper(text, language, kept=True),
        [version.clauses[k] for k in places.clauses],
        [version.brackets[k] for k in places.brackets],
        [version.variants[k] for k in places.variants],
    )
    states = dict(zip(version.clauses, version.states, strict=True))
    return _with_states(paper, states)


def _with_states(paper: Paper, states: dict[str, str]) -> Paper:
    """Return the paper with the current states of its clauses. Closing a package changes them after writing."""
    clauses = (_in_state(clause, ClauseState(states[clause.id or ""])) for clause in paper.clauses)
    return replace(paper, clauses=tuple(clauses))


def _in_state(clause: Clause, state: ClauseState) -> Clause:
    return clause if clause.state is state else replace(clause, state=state)


def _everything(version: KnownVersion) -> PaperOrder:
    return PaperOrder(
        lang="",
        clauses=tuple(range(len(version.clauses))),
        brackets=tuple(range(len(version.brackets))),
        variants=tuple(range(len(version.variants))),
    )


def papers_of(view: View, version: KnownVersion) -> tuple[Paper, ...]:
    """Return the text of a version in every language that this seat holds."""
    made = (paper_of(view, version, language) for language in version.languages)
    return tuple(paper for paper in made if paper is not None)


def title_of(view: View, version: KnownVersion, language: str = "en") -> str:
    """Return the title of a version in ``language``, or in the first language that this seat holds."""
    bodies = sorted(version.papers, key=lambda body: body.lang != language)
    texts = (view.text(body) for body in bodies)
    return next((read_title(text) for text in texts if text is not None), check_code(version.hash))


def as_proposer_would(view: View, paper: Paper, seat: str) -> Paper:
    """Return the paper with each bracket replaced by the variant of ``seat``, as far as this view knows the proposers.

    Brackets without a known variant of ``seat`` stay as they are.
    """

    def choose(bracket: Bracket) -> Variant | None:
        known = (view.known.variants.get(v.id or "") for v in bracket.variants)
        own = [v for v, held in zip(bracket.variants, known, strict=True) if held is not None and held.proposer == seat]
        return own[0] if len(own) == 1 else None

    return taken(paper, choose)


def copy_mark(view: View, version: KnownVersion) -> str:
    """Return the mark on this seat's own copy, by which a leak can be traced.

    It is six characters from the head of the seat's record at the release. It is not part of the text, and no other
    seat can work it out.
    """
    if not version.release_notice:
        return ""
    seed = view.heads[version.release_notice - 1] + view.seat.encode()
    return hashlib.sha256(b"goodoffices/copy-mark/1\n" + seed).hexdigest()[:6]

"""A clean text as Akoma Ntoso 3.0 XML, one expression per language: a form for archives.

Brackets have no place in that form, so marked texts are refused. Reading it is left out: no text arrives so.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from xml.sax.saxutils import escape, quoteattr

from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioError
from goodoffices.talks.documents.document import Clause, Paper, check_code, open_numbers

_NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
_LANGUAGES = {"en": "eng", "ar": "ara", "ru": "rus", "tr": "tur", "fa": "fas", "kk": "kaz", "fr": "fra", "es": "spa"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """What identifies a version to an archive.

    ``name`` is the text's short name in addresses, ``dated`` its day, ``hash`` the version's. ``authentic`` says
    whether this language counts. ``lines`` are the sentences that must stand with the title.
    """

    name: str
    dated: date
    hash: str
    authentic: bool = True
    lines: Sequence[str] = ()


def write_akn(paper: Paper, edition: Edition) -> bytes:
    """Return one language of a clean text as an Akoma Ntoso document.

    Raises
    ------
    ScenarioError
        If a bracket is left: the form cannot say *not agreed*.

    References
    ----------
    .. [1] OASIS (2018). Akoma Ntoso Version 1.0, part 1: XML vocabulary; namespace akn/3.0.
    """
    left = open_numbers(paper)
    if left:
        raise ScenarioError(
            f"clauses {', '.join(left)} have brackets, which Akoma Ntoso cannot show; take the marked text as .docx, "
            "Markdown or JSON"
        )
    said = "".join(f"<p>{escape(line)}</p>" for line in edition.lines)
    body = "".join(_clause(clause, n) for n, clause in enumerate(paper.clauses, start=1))
    body = body or "<p/>"
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<akomaNtoso xmlns="{_NAMESPACE}"><doc name="text" contains="originalVersion">'
        f"<meta>{_identification(paper, edition)}</meta>"
        f"<preface><p><docTitle>{escape(paper.title)}</docTitle></p>{said}</preface>"
        f"<mainBody xml:lang={quoteattr(paper.lang)}>{body}</mainBody></doc></akomaNtoso>\n"
    ).encode()


def _identification(paper: Paper, edition: Edition) -> str:
    language = _LANGUAGES.get(paper.lang, paper.lang)
    work = f"/akn/un/doc/{edition.dated.isoformat()}/{edition.name}"
    made = f"{work}/{language}@{edition.hash[:12]}"
    alias = f'<FRBRalias name="checkCode" value={quoteattr(check_code(edition.hash))}/>'
    authority = f'<FRBRauthoritative value="{str(edition.authentic).lower()}"/>'
    return (
        '<identification source="#goodoffices">'
        f'<FRBRWork>{_level(work, edition)}<FRBRcountry value="un"/></FRBRWork>'
        f"<FRBRExpression>{_level(made, edition, alias)}{authority}"
        f"<FRBRlanguage language={quoteattr(language)}/></FRBRExpression>"
        f"<FRBRManifestation>{_level(made + '.xml', edition)}</FRBRManifestation></identification>"
        '<references source="#goodoffices"><TLCOrganization eId="goodoffices" href="/ontology/goodoffices" '
        'showAs="Good Offices"/><TLCOrganization eId="unstated" href="/ontology/unstated" showAs="not stated"/>'
        "</references>"
    )


def _level(address: str, edition: Edition, alias: str = "") -> str:
    where = quoteattr(address)
    return (
        f"<FRBRthis value={where}/><FRBRuri value={where}/>{alias}"
        f'<FRBRdate date="{edition.dated.isoformat()}" name="version"/><FRBRauthor href="#unstated"/>'
    )


def _clause(clause: Clause, n: int) -> str:
    heading = f"<heading>{escape(clause.heading)}</heading>" if clause.heading else ""
    words = "".join(piece for piece in clause.pieces if isinstance(piece, str))
    paragraphs = "".join(f"<p>{'<br/>'.join(map(escape, part.split(chr(10))))}</p>" for part in words.split("\n\n"))
    return f'<clause eId="cl_{n}"><num>{escape(clause.number)}.</num>{heading}<content>{paragraphs}</content></clause>'

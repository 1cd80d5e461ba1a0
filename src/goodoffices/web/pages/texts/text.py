"""One text: a version in one rendering or another, its clauses one by one, two of them compared, and the pen."""

from __future__ import annotations

from goodoffices.reports.texts.dataset_sentences import dataset_sentences
from goodoffices.reports.texts.finding_sentences import (
    dated,
    finding_sentences,
    headline,
    instead_of_signing,
    standing_rows,
)
from goodoffices.talks.base.acts import Words
from goodoffices.talks.base.enums import CommentSort, StanceKind
from goodoffices.talks.base.refusals import Refusal
from goodoffices.talks.documents.agreement import difference
from goodoffices.talks.documents.diff import DocumentComparison, compare
from goodoffices.talks.documents.document import Clause, Paper, check_code, is_clean, is_named_by
from goodoffices.talks.state.known_texts import KnownComment, KnownText, KnownVersion
from goodoffices.talks.texts.agreement_status import Family, family_of, stanceless
from goodoffices.talks.texts.comments import Comment, ProposeVariant
from goodoffices.talks.texts.rendered_version import as_proposer_would, copy_mark, paper_of, title_of
from goodoffices.talks.texts.stances import TakeStance
from goodoffices.talks.texts.variants import released_before
from goodoffices.web.pages.page import Data, Page, PageContext
from goodoffices.web.pages.texts.text_parts import forms_of, has_own_variant, variant_marks
from goodoffices.web.pages.texts.text_pen import of_pen
from goodoffices.web.pages.texts.texts import chosen_languages, found, latest

RENDERINGS = ("marked", "clean", "side", "since", "legend")
_WORDS = Words(text="…")
_LONGEST_CODE = 100


# ------------------------------------------------------------------------------------------------------- one version


def _text(context: PageContext, handle: str) -> Data | None:
    text = context.known.texts.get(handle)
    return None if text is None else _of_version(context, text, latest(context, text))


def _version(context: PageContext, path: str) -> Data | None:
    handle, _, name = path.partition("/")
    text, version = context.known.texts.get(handle), context.known.versions.get(name)
    if text is None or version is None or version.text != handle:
        return None
    return _of_version(context, text, version)


def _of_version(context: PageContext, text: KnownText, version: KnownVersion) -> Data:
    family = family_of(context.view, text.frame.family or text.handle, words=False)
    assert family is not None
    family, finding = found(context.view, family)
    return {
        **_head(context, text, version, family),
        **_rendered(context, version),
        "headline": headline(family, finding, dated(context.view, family)),
        "reasons": (*finding_sentences(family, finding), *dataset_sentences(context.view, family, finding)),
        "rows": standing_rows(family),
        "stanceless": [(version.handle, who)] if (who := stanceless(context.known, family, version)) else [],
        "codes": {copy.name: copy.code for copy in family.copies},
        "titles": {named.slug: named.title for named in context.known.header.texts},
        "comments": comments_on(context, version),
        "divergences": [d for d in context.known.divergences if d.version == version.handle],
        "readings": [r for r in context.known.readings if r.version == version.handle],
        "marks": variant_marks(version),
        "ratifiers": context.known.ratifiers,
        "forms": forms_of(context, text, version),
        **_stances(context, version),
        **of_pen(context, text, version),
    }


def _head(context: PageContext, text: KnownText, version: KnownVersion, family: Family) -> Data:
    """Return what stands above and below the words in every rendering."""
    given = context.one("code").strip()[:_LONGEST_CODE]
    versions = [context.known.versions[handle] for handle in reversed(text.versions)]
    return {
        "text": text,
        "version": version,
        "family": family,
        "title": title_of(context.view, version, context.language),
        "code": check_code(version.hash),
        "versions": [(v, check_code(v.hash)) for v in versions],
        "mark": copy_mark(context.view, version),
        "is_pen": text.pen == context.seat,
        "instead": instead_of_signing(family),
        "given_code": given,
        "same_code": [v.handle for v in versions if given and is_named_by(v.hash, given)],
    }


def _rendered(context: PageContext, version: KnownVersion) -> Data:
    how = context.one("as") if context.one("as") in RENDERINGS else "marked"
    languages = chosen_languages(context, version.languages)
    if how != "side":
        languages = languages[:1]
    read = [paper for lang in languages if (paper := paper_of(context.view, version, lang)) is not None]
    as_seat = context.one("for")
    if as_seat and not _may_read_as(context, version, as_seat):
        as_seat = ""
    if as_seat:
        read = [as_proposer_would(context.view, paper, as_seat) for paper in read]
    since = _since(context, version) if how in ("since", "legend") else None
    return {
        "how": how,
        "languages": languages,
        "papers": read,
        "as_seat": as_seat,
        "since": since,
        "changes": _changes(context, since, read[0]) if read and how in ("since", "legend") else None,
        "may_read_as_own": has_own_variant(context, version),
        "refused": Refusal(code="bracketed", values=(("clauses", ", ".join(version.open_numbers)),))
        if how == "clean" and not all(is_clean(paper) for paper in read)
        else None,
    }


def _may_read_as(context: PageContext, version: KnownVersion, seat: str) -> bool:
    """Say whether this seat may see every bracket taken at the variant of ``seat``: itself may, and the pen."""
    return context.seat in (seat, context.known.texts[version.text].pen) and seat in context.known.seats


def _since(context: PageContext, version: KnownVersion) -> KnownVersion | None:
    before = released_before(context.known, version)
    parent = version.parent if before is None or version.partial else before.handle
    asked = context.known.versions.get(context.one("since") or parent or "")
    return None if asked is None or asked.handle == version.handle else asked


def _changes(context: PageContext, since: KnownVersion | None, paper: Paper) -> DocumentComparison | None:
    if since is None:
        # A first version is drawn with the legend's marks too: nothing is new in it, and brackets stay brackets.
        return compare(paper, paper) if context.one("as") == "legend" else None
    before = paper_of(context.view, since, paper.lang)
    return None if before is None else compare(before, paper)


def comments_on(context: PageContext, version: KnownVersion) -> dict[str, list[KnownComment]]:
    """Return the comments on a version that this seat made or was told of, by clause."""
    made: dict[str, list[KnownComment]] = {}
    for comment in context.known.comments.values():
        if comment.version == version.handle and comment.clause is not None:
            made.setdefault(comment.clause, []).append(comment)
    return made


def _stances(context: PageContext, version: KnownVersion) -> Data:
    """Return what this seat has done with the version, and what it may do, each kind asked of the rules beforehand."""
    own = [s for s in context.known.stances.values() if s.version == version.handle and s.by == context.seat]
    if not context.has("TakeStance"):
        return {"own_stances": own, "may_take": [], "may_not": []}
    asked = [
        (kind, context.would(TakeStance(version=version.handle, kind=kind)))
        for kind in StanceKind
        if not kind.is_reported_only
    ]
    may = [(kind, refusal) for kind, refusal in asked if refusal is None or refusal.code == "languages_not_sealed"]
    return {
        "own_stances": own,
        "may_take": may,
        "may_not": [(kind, refusal) for kind, refusal in asked if refusal is not None and (kind, refusal) not in may],
        "lent": [p for p in context.known.proxies.values() if _lends(p, context)],
    }


def _lends(proxy: object, context: PageContext) -> bool:
    return (getattr(proxy, "holder", ""), getattr(proxy, "scope", "")) == (context.seat, "sign") and not getattr(
        proxy, "ended", True
    )


# -------------------------------------------------------------------------------------------------------- one clause


def clause_rows(
    context: PageContext, version: KnownVersion, clause: str, languages: tuple[str, ...]
) -> list[tuple[str, Clause]]:
    """Return one clause in each of the languages."""
    made = []
    for lang in languages:
        paper = paper_of(context.view, version, lang)
        made += [] if paper is None else [(lang, c) for c in paper.clauses if c.id == clause]
    return made


def _clause(context: PageContext, path: str) -> Data | None:
    name, _, clause = path.partition("/")
    version = context.known.versions.get(name)
    if version is None or clause not in version.clauses:
        return None
    place = version.clauses.index(clause)
    text = context.known.texts[version.text]
    languages = chosen_languages(context, version.languages) if context.asked.get("in") else version.languages[:2]
    asked = {sort: context.would(Comment(version=name, clause=clause, sort=sort, words=_WORDS)) for sort in CommentSort}
    numbers = dict(zip(version.clauses, version.numbers, strict=True))
    return {
        "text": text,
        "version": version,
        "family": family_of(context.view, text.frame.family or text.handle, words=False),
        "title": title_of(context.view, version, context.language),
        "code": check_code(version.hash),
        "clause": clause,
        "number": version.numbers[place],
        "before": version.clauses[place - 1] if place else None,
        "after": version.clauses[place + 1] if place + 1 < len(version.clauses) else None,
        "shown": clause_rows(context, version, clause, languages),
        "languages": languages,
        "numbers": numbers,
        "comments": [c for c in context.known.comments.values() if c.clause == clause],
        "divergences": [d for d in context.known.divergences if (d.version, d.clause) == (name, clause)],
        "may_comment": [sort for sort, refusal in asked.items() if refusal is None],
        "why": next((refusal for refusal in asked.values() if refusal is not None), None),
        "may_table": context.would(ProposeVariant(version=name, clause=clause, words=_WORDS)) is None,
        "own": [
            (variant_marks(version).get(v.handle, ("", ""))[1], v)
            for v in context.known.variants.values()
            if v.proposer == context.seat and not v.dropped and _in_clause(version, v.handle, clause, v.clause)
        ],
    }


def _in_clause(version: KnownVersion, variant: str, clause: str, of: str | None) -> bool:
    marked = variant_marks(version).get(variant)
    return (
        of == clause
        if marked is None
        else marked[0] == dict(zip(version.clauses, version.numbers, strict=True))[clause]
    )


def _aloud(context: PageContext, path: str) -> Data | None:
    name, _, clause = path.partition("/")
    version = context.known.versions.get(name)
    if version is None or clause not in version.clauses:
        return None
    place = version.clauses.index(clause)
    languages = chosen_languages(context, version.languages, most=1)
    return {
        "version": version,
        "clause": clause,
        "title": title_of(context.view, version, context.language),
        "shown": clause_rows(context, version, clause, languages),
        "languages": languages,
        "before": version.clauses[place - 1] if place else None,
        "after": version.clauses[place + 1] if place + 1 < len(version.clauses) else None,
    }


# ------------------------------------------------------------------------------------------------------- two of them


def _compare(context: PageContext, path: str) -> Data | None:
    one, _, other = path.partition("/")
    first, second = context.known.versions.get(one), context.known.versions.get(other)
    if first is None or second is None:
        return _compare_copies(context, one, other)
    languages = chosen_languages(context, [lang for lang in second.languages if lang in first.languages], most=2)
    compared = []
    for lang in languages:
        before, after = paper_of(context.view, first, lang), paper_of(context.view, second, lang)
        if before is not None and after is not None:
            compared.append(compare(before, after))
    return {
        "one": (one, check_code(first.hash), title_of(context.view, first, context.language), first.text),
        "other": (other, check_code(second.hash), title_of(context.view, second, context.language), second.text),
        "same": first.hash == second.hash,
        "compared": compared,
        "numbers": list(dict.fromkeys(c.number for each in compared for c in each.differing)),
        "shared": [lang for lang in second.languages if lang in first.languages],
        "languages": languages,
        "families": _families_of(context, (first.text, second.text)),
    }


def _compare_copies(context: PageContext, one: str, other: str) -> Data | None:
    """Return two copies of a text known from sources compared, by the summaries of their words."""
    for named in context.known.header.texts:
        if named.slug == one:
            family = family_of(context.view, named.copy_of or named.slug, words=False)
            copies = {} if family is None else {copy.name: copy for copy in family.copies if copy.papers}
            if family is None or one not in copies or other not in copies:
                return None
            compared = difference(copies[one], copies[other])
            titles = {held.slug: held.title for held in context.known.header.texts}
            return {
                "one": (one, copies[one].code, titles.get(one, one), ""),
                "other": (other, copies[other].code, titles.get(other, other), ""),
                "same": copies[one].hash == copies[other].hash,
                "compared": compared,
                "numbers": list(dict.fromkeys(c.number for each in compared for c in each.differing)),
                "shared": [],
                "languages": [each.lang for each in compared],
                "families": [family],
            }
    return None


def _families_of(context: PageContext, texts: tuple[str, ...]) -> list[Family]:
    slugs = dict.fromkeys(context.known.texts[handle].frame.family or handle for handle in texts)
    made = (family_of(context.view, slug, words=False) for slug in slugs)
    return [family for family in made if family is not None]


_PARTS = ("head", "words", "finding", "stance", "pen", "versions")


def _title(data: Data) -> str:
    return str(data["title"])


TEXT = Page(
    path="texts/{}", template="text.html", title="Text", parts=_PARTS, data=_text, under="texts", heading=_title
)
VERSION = Page(
    path="texts/{}/{}", template="text.html", title="Text", parts=_PARTS, data=_version, under="texts", heading=_title
)
CLAUSE = Page(
    path="clauses/{}/{}",
    template="clause.html",
    title="Clause",
    parts=("clause", "said", "comment", "more"),
    data=_clause,
    under="texts",
)
ALOUD = Page(
    path="aloud/{}/{}",
    template="aloud.html",
    title="For the room",
    parts=("clause",),
    data=_aloud,
    under="texts",
    heading=lambda data: data["title"],
)
COMPARE = Page(
    path="compare/{}/{}",
    template="compare.html",
    title="Two versions compared",
    parts=("verdict", "changes"),
    data=_compare,
    under="texts",
)

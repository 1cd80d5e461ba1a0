"""The pen's page: a version is written here, with what was said of the one before beside it."""

from __future__ import annotations

from goodoffices.talks.documents.document import check_code
from goodoffices.talks.documents.markdown import write_paper
from goodoffices.talks.texts.agreement_status import family_of
from goodoffices.talks.texts.rendered_version import papers_of, title_of
from goodoffices.talks.texts.variants import waiting_for
from goodoffices.web.pages.page import Data, Page, PageContext
from goodoffices.web.pages.texts.text import comments_on
from goodoffices.web.pages.texts.text_parts import notes_of, variant_marks
from goodoffices.web.pages.texts.texts import latest_whole

MORE_NOTES = 3
"""So many empty notes the form offers besides those that stand."""


def _write(context: PageContext, handle: str) -> Data | None:
    text = context.known.texts.get(handle)
    if text is None or text.pen != context.seat:
        return None
    version = latest_whole(context, text)
    papers = papers_of(context.view, version)
    said = comments_on(context, version)
    numbers = dict(zip(version.clauses, version.numbers, strict=True))
    return {
        "text": text,
        "version": version,
        "title": title_of(context.view, version, context.language),
        "family": family_of(context.view, text.frame.family or text.handle, words=False),
        "code": check_code(version.hash),
        "papers": [(paper.lang, write_paper(paper, ids=True)) for paper in papers],
        "more": [lang for lang in context.known.header.languages if lang not in version.languages],
        "comments": [(numbers[clause], said[clause]) for clause in version.clauses if clause in said],
        "waiting": [
            (*variant_marks(version)[name], who)
            for name in version.variants
            for who in waiting_for(context.known, version, name)
        ],
        "tabled": [v for v in context.known.variants.values() if v.version == version.handle and v.words is not None],
        "numbers": numbers,
        "notes": [*notes_of(context, version), *[("", "")] * MORE_NOTES],
        "note_places": [("", "–"), *((number, f"{number}.") for number in version.numbers)],
    }


WRITE = Page(
    path="texts/{}/write",
    template="text_write.html",
    title="Write a version",
    parts=("received", "write"),
    data=_write,
    under="texts",
)

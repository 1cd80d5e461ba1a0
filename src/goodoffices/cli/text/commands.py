"""`goodoffices text …`: texts and their versions in one seat's view, how they differ, and who stands where."""

from __future__ import annotations

from pathlib import Path

import click

from goodoffices.cli.terminal.commands import refuse_idle, terminal_group
from goodoffices.cli.terminal.input import text_in, value_or_file_option
from goodoffices.cli.terminal.output import show_text
from goodoffices.cli.terminal.record_access import READER, RECORD, SEAT
from goodoffices.cli.terminal.send import look_up, numbered, print_json, send
from goodoffices.cli.terminal.view_access import AS_OF, JSON, TALKS, view_of, view_then
from goodoffices.cli.text.files import FILE_COMMANDS, version_held
from goodoffices.cli.text.pa_x import pax
from goodoffices.cli.text.papers import both_texts, named_text
from goodoffices.cli.text.tracked_changes import propose
from goodoffices.errors import ScenarioError
from goodoffices.reports.texts.finding_sentences import (
    copy_title,
    dated,
    finding_in_english,
    standing_rows,
    title_in_english,
)
from goodoffices.reports.texts.plain_english import (
    compared_in_words,
    copies_named,
    paper_in_words,
    stance_in_words,
    text_rows,
    version_facts,
)
from goodoffices.talks.base.acts import Words
from goodoffices.talks.base.enums import StanceKind, TextKind
from goodoffices.talks.base.languages import language_among
from goodoffices.talks.base.refusals import refused
from goodoffices.talks.base.serialization import parse_instant
from goodoffices.talks.documents.document import (
    Paper,
    check_code,
    is_clean,
    is_named_by,
    words_hash,
)
from goodoffices.talks.documents.markdown import read_paper, single_brackets, write_paper
from goodoffices.talks.state.known_texts import KnownVersion
from goodoffices.talks.state.view import View
from goodoffices.talks.texts.agreement_status import families, finding_of
from goodoffices.talks.texts.commands import TableText, WriteVersion
from goodoffices.talks.texts.releases import ReleaseVersion
from goodoffices.talks.texts.rendered_version import paper_of
from goodoffices.talks.texts.stances import TakeStance

LANGUAGE = click.option("--language", help="The language; by default the first that the seat has.")
PAPERS = click.option(
    "--paper",
    "papers",
    multiple=True,
    required=True,
    metavar="LANG=FILE",
    help="The text in one language, as Markdown.",
)


@terminal_group()
def text() -> None:
    """Show, compare, write and sign texts.

    TALKS is a talks file, its folder, a bundled scenario, or a record; FILE is a record. Texts and versions have the
    names of the seat's own view (tx1, v2).
    """


@text.command("list")
@TALKS
@READER
@AS_OF
@JSON
def list_(talks: str, seat: str | None, as_of: str | None, as_json: bool) -> None:
    """List every text that the seat knows of, who issued it, and whether it is agreed."""
    with view_then(talks, seat, as_of) as view:
        rows = text_rows(view)
        if as_json:
            return print_json(rows)
        for row in rows:
            show_text(f"{row['text']}  {row['title']}")
            for line in (row["line"], row["finding"], *row["versions"]):
                if line:
                    show_text(f"    {line}")
        if not rows:
            show_text("No text has been shown to this seat.")
    return None


@text.command()
@TALKS
@click.argument("version")
@READER
@LANGUAGE
@click.option(
    "--as",
    "how",
    type=click.Choice(["marked", "clean", "markdown", "working"]),
    default="marked",
    show_default=True,
    help="With brackets; without, if none is left; as Markdown; or as a working copy, with clause names in braces.",
)
@JSON
def show(talks: str, version: str, seat: str | None, language: str | None, how: str, as_json: bool) -> None:
    """Print a VERSION (v2), or the summary of a copy that is known from outside (by its name)."""
    if how in ("markdown", "working"):
        refuse_idle("--as marked and --as clean", "as_json")
    with view_of(talks, seat) as view:
        paper = _paper(view, version, language)
        if how == "clean" and not is_clean(paper):
            held = view.known.versions.get(version)
            raise refused("bracketed", clauses=", ".join(held.open_numbers if held is not None else ("?",)))
        if how in ("markdown", "working"):
            return click.echo(write_paper(paper, ids=how == "working"), nl=False)
        facts = version_facts(view, version)
        if as_json:
            return print_json({**facts, "paper": paper})
        show_text("\n".join(line for line in (paper.title, facts["line"], facts["about_version"]) if line))
        return show_text("\n" + paper_in_words(paper))


def _paper(view: View, name: str, language: str | None) -> Paper:
    """Return the text of a version, of a file, or of a copy known from outside, in one language."""
    papers = named_text(view, name, language).papers
    if language is None:
        return papers[0]
    return look_up("language", language, {paper.lang: paper for paper in papers})


@text.command()
@TALKS
@click.argument("one")
@click.argument("other")
@READER
@LANGUAGE
@JSON
def compare(talks: str, one: str, other: str, seat: str | None, language: str | None, as_json: bool) -> None:
    """Say what differs between ONE and OTHER: versions (v1), copies known from outside (by name), or files.

    A file is Markdown, .docx or .odt; of tracked changes in it, its text as it stands is compared.
    """
    with view_of(talks, seat) as view:
        texts = both_texts(view, (one, other), language)
        first, second = (each.papers for each in texts)
        shared = [p.lang for p in second if p.lang in {q.lang for q in first} and language in (None, p.lang)]
        if not shared:
            has = " and ".join(
                f"{name} is in {', '.join(paper.lang for paper in each)}"
                for name, each in ((one, first), (other, second))
            )
            raise ScenarioError(f"{has}: they have no language in common. Choose two that do.")
        notes = [note for each in texts for note in each.notes]
        pairs = [(p, q) for lang in shared for p in first for q in second if p.lang == q.lang == lang]
        said = compared_in_words(pairs)
        codes = [_code(view, name) for name in (one, other)]
        if as_json:
            return print_json({"codes": codes, "languages": said, **({"notes": notes} if notes else {})})
        for name, code in zip((one, other), codes, strict=True):
            show_text(f"{copy_title(view, name)}  {code}".rstrip())
        if any(name in copies_named(view) for name in (one, other)):
            show_text("The words compared are our summaries, not the documents.")
        return show_text("\n".join((*notes, *(line for lang in said for line in lang["said"]))))


def _code(view: View, name: str) -> str:
    version = view.known.versions.get(name)
    if version is not None:
        return check_code(version.hash)
    codes = {copy.name: copy.code for family in families(view, words=False) for copy in family.copies}
    return codes.get(name, "")


@text.command()
@RECORD
@SEAT
@PAPERS
@click.option(
    "--kind", metavar="KIND", type=click.Choice([kind.value for kind in TextKind]), default="single-negotiating-text",
    show_default=True, help=f"What it is: {', '.join(TextKind)}.",
)  # fmt: skip
@click.option("--about", default="", help="Whom it is about: actors, with commas.")
@click.option("--family", default="", help="The name that all copies of this text share.")
@click.option("--prevails", default="", help="The language that prevails; by default none.")
def table(file: str, seat: str, papers: tuple[str, ...], kind: str, about: str, family: str, prevails: str) -> None:  # noqa: PLR0913
    """Enter a new text into the record. Only the seat sees it until it releases it."""
    given = TableText(papers=_read(papers), kind=TextKind(kind), about=_split(about), family=family, prevails=prevails)
    show_text(send(file, seat, given).sentence())


@text.command()
@RECORD
@click.argument("name", metavar="TEXT")
@SEAT
@PAPERS
@click.option("--after", help="The version that it follows; by default the latest.")
@click.option("--responsibility", is_flag=True, help="Leave wordings out, on the chair's own responsibility.")
def write(file: str, name: str, seat: str, papers: tuple[str, ...], after: str | None, responsibility: bool) -> None:
    """Write a new version of TEXT (tx1). The seat must hold the pen. Start from `text show --as working`."""
    given = WriteVersion(text=name, papers=_read(papers), after=after, responsibility=responsibility)
    recorded = send(file, seat, given)
    show_text(recorded.sentence(f"Check code: {check_code(recorded.notice.data['hash'])}."))


def _read(papers: tuple[str, ...]) -> tuple[Words, ...]:
    made = []
    for given in papers:
        lang, equals, path = given.partition("=")
        if not equals:
            raise ScenarioError(
                f"{given!r} does not say in which language the text is; write LANG=FILE, for example en=draft.md"
            )
        made.append(Words(text=text_in(Path(path)), lang=lang))
        for note in single_brackets(made[-1].text):
            show_text(f"{path}: {note}", err=True)
    return tuple(made)


def _split(names: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in names.split(",") if name.strip())


@text.command()
@RECORD
@click.argument("version")
@SEAT
@click.option("--to", required=True, help="The seats, with commas.")
@click.option("--languages", default="", help="By default all.")
@click.option(
    "--partial",
    is_flag=True,
    help="Release it even if some cannot receive it, or if some who had the last version are left out.",
)
@click.option("--no-comment", is_flag=True, help="Do not let them comment.")
@click.option("--embargo", help="When it may first be published or read out, for example 2017-01-24T13:00+06:00.")
@click.option("--show-recipients", is_flag=True, help="Tell each of them who the others are.")
def release(  # noqa: PLR0913 - one argument for each option of the command line
    file: str,
    version: str,
    seat: str,
    to: str,
    languages: str,
    partial: bool,
    no_comment: bool,
    embargo: str | None,
    show_recipients: bool,
) -> None:
    """Show a VERSION to the seats named, to all at once or to none."""
    given = ReleaseVersion(
        version=version,
        to=_split(to),
        languages=_split(languages),
        comment=not no_comment,
        equal=not partial,
        embargo_until=None if embargo is None else parse_instant(embargo),
        show_recipients=show_recipients,
    )
    show_text(send(file, seat, given).sentence(f"{version} is released to {to}."))


@text.command()
@RECORD
@click.argument("version")
@click.argument(
    "kind", metavar="KIND", type=click.Choice([kind.value for kind in StanceKind if not kind.is_reported_only])
)
@SEAT
@click.option("--languages", default="", help="By default those that count.")
@click.option("--parts", default="", help="Only on these clauses, by number.")
@click.option("--reserved", default="", help="On all but these clauses, by number.")
@click.option(
    "--capacity", default="", callback=value_or_file_option, help="In what capacity. @FILE reads it from a file."
)
@click.option(
    "--words",
    default="",
    callback=value_or_file_option,
    help="The reservation, the occasion or the reasons. @FILE reads the text from a file, @- from the input.",
)
@click.option("--lang", help="The language of this text. Left out: told from its letters and the talks.")
def stance(  # noqa: PLR0913 - one argument for each option of the command line
    file: str,
    version: str,
    kind: str,
    seat: str,
    languages: str,
    parts: str,
    reserved: str,
    capacity: str,
    words: str,
    lang: str | None,
) -> None:
    """Take a stance on exactly this VERSION. Every seat that has the version sees it.

    KIND is signed, acceded, issued, initialled, agreed-ad-referendum, endorsed-orally, witnessed, held, guaranteed,
    objected or refused.
    """
    with view_of(file, seat) as view:
        held = version_held(view, version)
        lang = lang or language_among(words, view.known.header.languages)
    given = TakeStance(
        version=version,
        kind=StanceKind(kind),
        languages=_split(languages),
        parts=numbered(held, _split(parts)),
        reserved=numbered(held, _split(reserved)),
        capacity=capacity,
        words=Words(text=words, lang=lang) if words.strip() else None,
    )
    show_text(send(file, seat, given).sentence(f"{kind} on {check_code(held.hash)}."))


@text.command()
@TALKS
@click.argument("name", metavar="[TEXT]", required=False)
@READER
@AS_OF
@JSON
def standing(talks: str, name: str | None, seat: str | None, as_of: str | None, as_json: bool) -> None:
    """Say where everyone stands, who says so, and whether it can be shown that all agree."""
    with view_then(talks, seat, as_of) as view:
        every = {family.slug: family for family in families(view)}
        chosen = [look_up("text", name, every)] if name else [f for f in every.values() if f.required or f.said]
        if as_json:
            rows = [{"family": f, "finding": finding_of(f), "dated": dated(view, f)} for f in chosen]
            told = [{"said": finding_in_english(view, f)} for f in chosen]
            return print_json([{**row, **more} for row, more in zip(rows, told, strict=True)])
        for family in chosen:
            show_text(f"{family.title}\n  {title_in_english(view, family)}")
            for sentence in finding_in_english(view, family):
                show_text(f"  {sentence}")
            for row in standing_rows(family):
                for said in (*row.own_act, *row.own_word, *row.others):
                    show_text(f"    {stance_in_words(view, family, said)}")
    return None


@text.command()
@TALKS
@click.argument("version")
@READER
@click.option("--code", help="The check code on the paper, or the text of its QR code.")
@click.option("--paper", "papers", multiple=True, metavar="LANG=FILE", help="The text of the paper, as Markdown.")
def verify(talks: str, version: str, seat: str | None, code: str | None, papers: tuple[str, ...]) -> None:
    """Say whether a paper is VERSION word for word, by its check code or its text.

    Exit code 0 if it is, 1 if it differs, 2 if that cannot be checked.
    """
    with view_of(talks, seat) as view:
        held = version_held(view, version)
        if (code is None) is not bool(papers):
            raise ScenarioError("give either the paper's check code (--code) or its text (--paper en=copy.md)")
        same, lines = _by_code(held, code) if code is not None else _by_words(view, held, _read(papers))
    show_text("\n".join(lines))
    if same is not True:
        raise SystemExit(1 if same is False else 2)


def _by_code(held: KnownVersion, code: str) -> tuple[bool, list[str]]:
    same = is_named_by(held.hash, code)
    said = "identical" if same else f"differs: {held.handle} has {check_code(held.hash)}"
    return same, [said]


def _by_words(view: View, held: KnownVersion, papers: tuple[Words, ...]) -> tuple[bool | None, list[str]]:
    """Return whether all papers are the version word for word, ``None`` if one cannot be compared, and what to say."""
    hashes, lines, found = dict(held.hashes), [], set[bool | None]()
    for words in papers:
        paper = read_paper(words.text, words.lang)
        own = paper_of(view, held, words.lang)
        known = hashes.get(words.lang)
        same = None if known is None else known == words_hash(paper)
        # The hash of the words leaves the title out, the check code covers it.
        if same and (own is None or own.title != paper.title):
            same = None if own is None else False
        if same:
            lines.append(f"{words.lang}: identical")
        elif known == words_hash(paper) and own is None:
            lines.append(f"{words.lang}: the same clauses; this seat does not have the title, so it is not checked")
        elif same is None:
            lines.append(f"{words.lang}: this seat does not have {held.handle} in this language")
        elif own is None:
            lines.append(f"{words.lang}: differs; this seat does not have the words, so where is not known")
        else:
            lines += [line for lang in compared_in_words([(own, paper)]) for line in lang["said"]]
        found.add(same)
    return False if False in found else None if None in found else True, lines


for _command in (*FILE_COMMANDS, propose, pax):
    text.add_command(_command)

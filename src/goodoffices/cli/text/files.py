"""`goodoffices text out|in|pack|proof`: write texts as files, read files, draw print packs, check copies offline."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from goodoffices.cli.terminal.commands import refuse_both, refuse_idle, terminal_command
from goodoffices.cli.terminal.completion import talks_or_files
from goodoffices.cli.terminal.input import bytes_in
from goodoffices.cli.terminal.output import make_folder, save_bytes, show_text
from goodoffices.cli.terminal.record_access import READER
from goodoffices.cli.terminal.send import look_up, print_json
from goodoffices.cli.terminal.values import FILE_THERE
from goodoffices.cli.terminal.view_access import view_of
from goodoffices.errors import ScenarioError
from goodoffices.talks.documents.diff import Change
from goodoffices.talks.documents.document import Paper

if TYPE_CHECKING:
    from goodoffices.formats.docx.author_changes import FileProposal
    from goodoffices.formats.docx.margin_remarks import FileRemark
    from goodoffices.talks.state.known_texts import KnownVersion
    from goodoffices.talks.state.view import View

FORMATS = (
    "docx",
    "docx-clean",
    "docx-legend",
    "odt",
    "odt-clean",
    "odt-legend",
    "page",
    "page-clean",
    "page-since",
    "page-own",
    "page-beside",
    "page-room",
    "markdown",
    "working",
    "json",
    "akoma-ntoso",
)
"""As in ``reports.texts.downloads``, which is loaded only when a file is made."""


def version_held(view: View, version: str) -> KnownVersion:
    """Return a version that the seat has by its name.

    Raises
    ------
    UnknownWordError
        If the seat has no such version.
    """
    return look_up("version", version, dict(view.known.versions.items()))


@terminal_command("out")
@click.argument("talks", metavar="TALKS", shell_complete=talks_or_files)
@click.argument("version")
@READER
@click.option(
    "--format", "how", metavar="FORM", type=click.Choice(FORMATS), default="docx", show_default=True,
    help=f"The form: {', '.join(FORMATS)}.",
)  # fmt: skip
@click.option("--language", "languages", multiple=True, help="The language. For page-beside name two to four.")
@click.option("--clause", default="", help="For page-room: the clause, by its number; by default the first.")
@click.option(
    "--since",
    help="For page-since and the legends: the version to compare with; by default the one before.",
)
@click.option(
    "--as", "whose", default="", help="For page-own: the seat whose wordings are shown; by default the seat itself."
)
@click.option(
    "--out", "--to", "path", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The file to write."
)
def out(  # noqa: PLR0913 - one argument for each option of the command line
    talks: str,
    version: str,
    seat: str | None,
    how: str,
    languages: tuple[str, ...],
    clause: str,
    since: str | None,
    whose: str,
    path: Path,
) -> None:
    """Write a VERSION (v2) of the seat as a file. The file names no person and no date on which it was made.

    docx-legend and odt-legend show what changed since the version before, with lines that can be read without colours.
    The pages are complete in one file: with brackets, clean, with changes, with every bracket as one seat would have it
    (only for the pen and that seat), with languages side by side, or one clause in large letters for the room.
    """
    from goodoffices.reports.texts.downloads import FORMS, DownloadRequest, take_out

    if how != "page-room":
        refuse_idle("--format page-room", "clause")
    if how != "page-own":
        refuse_idle("--format page-own", "whose")
    if how not in ("page-since", "docx-legend", "odt-legend"):
        refuse_idle("--format page-since, docx-legend and odt-legend", "since")
    _refuse_other_ending(path, f"--format {how}", FORMS[how].ending)
    with view_of(talks, seat) as view:
        held = version_held(view, version)
        what = DownloadRequest(version=held.handle, languages=languages, clause=clause, base=since, seat=whose)
        data = take_out(view, how, what)
    save_bytes(data, path)


_ALSO = {"html": (".htm",), "md": (".markdown", ".txt")}
"""Other endings under which a form may be written."""


def _refuse_other_ending(path: Path, how: str, ending: str) -> None:
    """Refuse a name that promises another kind of file; a name without an ending promises nothing."""
    given = path.suffix.lower()
    if given not in ("", f".{ending}", *_ALSO.get(ending, ())):
        raise ScenarioError(
            f"{path.name} ends in {path.suffix}, but {how} writes a .{ending} file; name one that ends in .{ending}"
        )


@terminal_command("in")
@click.argument("file", type=FILE_THERE)
@click.option("--language", help="The language of the text, if the file does not say.")
@click.option(
    "--authors", is_flag=True, help="Also print who proposed what. Only for the seat that brings the file in."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")
def in_(file: Path, language: str | None, *, authors: bool, as_json: bool) -> None:
    """Read a .docx or .odt FILE: print its text as Markdown, then what its tracked changes propose, clause by clause.

    Nothing is recorded. Look at the text first, then give it to `text write` or to a comment.
    """
    from goodoffices.formats.odt.reader import read_text_file
    from goodoffices.talks.base.acts import check_language
    from goodoffices.talks.documents.markdown import write_paper

    if language is not None:
        check_language(language)
    read = read_text_file(bytes_in(file), name=file.name, lang=language)
    if as_json:
        proposals = [
            {
                "clause": p.number,
                "change": p.change,
                "title": p.is_title,
                "words": p.words,
                "before": p.before,
                "heading": p.heading,
                "heading before": _heading_before(read.paper, p),
                "number in brackets": p.open_number,
                **({"author": p.author} if authors else {}),
            }
            for p in read.proposals
        ]
        return print_json(
            {
                "paper": write_paper(read.paper, ids=True),
                "proposals": proposals,
                "remarks": [_remark(remark, authors=authors) for remark in read.remarks],
                "tracked marks": read.n_marks,
                "notes": read.said(names=authors),
            }
        )
    click.echo(write_paper(read.paper, ids=True), nl=False)
    for proposal in read.proposals:
        who = f" ({proposal.author})" if authors else ""
        what = "the title" if proposal.is_title else f"clause {proposal.number}"
        show_text(f"\nProposed for {what}{who}, {proposal.change.value}:\n{_proposed(read.paper, proposal)}")
    for remark in read.remarks:
        who = f" ({remark.author})" if authors else ""
        where = f"on clause {remark.number}" if remark.number else "outside the clauses"
        thread = (", a reply" if remark.answers is not None else "") + (", resolved" if remark.is_resolved else "")
        show_text(f"\nRemark {where}{who}{thread}: {remark.words}")
    for note in read.said(names=authors):
        show_text(note, err=True)
    return None


def _heading_before(paper: Paper, proposal: FileProposal) -> str:
    return "" if proposal.at is None else paper.clauses[proposal.at].heading


def _proposed(paper: Paper, proposal: FileProposal) -> str:
    """Return the words that are proposed, after the heading and the brackets of the number if these change."""
    before = None if proposal.at is None else paper.clauses[proposal.at]
    lines = []
    if proposal.heading and before is None:
        lines.append(f"Heading: {proposal.heading}")
    elif before is not None and proposal.change is Change.CHANGED:
        if proposal.heading != before.heading:
            lines.append(f"Heading: {proposal.heading or 'none'} (before: {before.heading or 'none'})")
        if proposal.open_number is not before.open_number:
            lines.append("Its number is put in brackets." if proposal.open_number else "Its number loses its brackets.")
        if proposal.words == proposal.before:
            lines.append("The words below the heading stay.")
    return "\n".join([*lines, proposal.words])


def _remark(remark: FileRemark, *, authors: bool) -> dict[str, object]:
    made: dict[str, object] = {"clause": remark.number, "words": remark.words, "on": remark.on}
    made |= {"answers": remark.answers, "resolved": remark.is_resolved}
    return made | ({"author": remark.author} if authors else {})


@terminal_command()
@click.argument("talks", metavar="TALKS", shell_complete=talks_or_files)
@READER
@click.option("--seats", default="", help="Instead of --seat: several seats, with commas; one file for each.")
@click.option("--language", default="en", show_default=True, help="The language of cover, list of seats and agenda.")
@click.option(
    "--out", "--to", "path", type=click.Path(path_type=Path), required=True, help="The PDF, or the folder for --seats."
)
def pack(talks: str, seat: str | None, seats: str, language: str, path: Path) -> None:
    """Write the print pack of a seat as PDF: its texts with check codes and copy marks, list of seats, and agenda.

    With --seats, the packs of several seats are written into a folder, each under the name of its seat.
    """
    from goodoffices.reports.texts.print_packs import packs_of

    refuse_both("seat", "seats")
    slugs = [slug.strip() for slug in seats.split(",") if slug.strip()]
    if not slugs:
        _refuse_other_ending(path, "this command", "pdf")
    views = []
    for slug in slugs or (seat,):
        with view_of(talks, slug) as view:
            views.append(view)
    if slugs:
        make_folder(path)
    for slug, data in packs_of(views, language=language).items():
        save_bytes(data, path / f"{slug}.pdf" if slugs else path)


@terminal_command()
@click.argument("file", type=FILE_THERE)
def proof(file: Path) -> None:
    """Compute the hash and check code of a version's JSON FILE again. Needs only the file."""
    from goodoffices.formats.documents.json_document import verify_version

    found = verify_version(bytes_in(file), name=file.name)
    click.echo(json.dumps({"check code": found.code, "hash": found.hash}, indent=2))
    if not found.holds:
        raise ScenarioError(f"{file.name} was changed: {', '.join(found.differs)}; ask for the copy again")
    show_text("The text belongs to this check code.")


FILE_COMMANDS = (out, in_, pack, proof)
"""The commands of ``goodoffices text`` for files."""

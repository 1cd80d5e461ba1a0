"""`goodoffices text out|in|pack|proof`: texts taken out as files, brought in, printed for a seat, proved offline."""

from __future__ import annotations

import json
from pathlib import Path

import click

from goodoffices.cli.brief import view_of
from goodoffices.cli.terminal.output import save_bytes
from goodoffices.cli.terminal.record_access import READER
from goodoffices.cli.terminal.send import printed
from goodoffices.errors import ScenarioError

FORMATS = (
    "docx",
    "docx-clean",
    "docx-legend",
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
"""As in ``reports.taking_out``, which is loaded only when a file is made."""


@click.command("out")
@click.argument("talks", metavar="TALKS")
@click.argument("version")
@READER
@click.option("--format", "how", type=click.Choice(FORMATS), default="docx", show_default=True)
@click.option("--language", "languages", multiple=True, help="In which language; for page-beside name two to four.")
@click.option("--clause", default="", help="For page-room: which clause, by its number; by default the first.")
@click.option("--since", help="For page-since and docx-legend: against which version; by default the one before.")
@click.option(
    "--as", "whose", default="", help="For page-own: as which seat would have it; by default the seat itself."
)
@click.option("--to", "path", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The file to write.")
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
    """Write a VERSION (v2) that the seat holds as a file. Nobody's name and no date of making is in it.

    docx-legend shows what changed since the version before, in strokes that can be read without colours. The pages
    hold all they need: with brackets, clean, with changes, every bracket taken as one seat would have it (the pen's
    and that seat's alone), languages side by side, or one clause in large type for the room.
    """
    from goodoffices.reports.texts.downloads import DownloadRequest, take_out

    with view_of(talks, seat) as view:
        if version not in view.known.versions:
            raise ScenarioError(
                f"this seat holds no version {version[:40]!r}; `goodoffices text list` names those it holds"
            )
        what = DownloadRequest(version=version, languages=languages, clause=clause, base=since, seat=whose)
        data = take_out(view, how, what)
    save_bytes(data, path)


@click.command("in")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--language", help="The language of its words, if the file does not say.")
@click.option("--authors", is_flag=True, help="Also say who proposed what: for the seat that brings it in alone.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")
def in_(file: Path, language: str | None, *, authors: bool, as_json: bool) -> None:
    """Read a .docx FILE: its words as Markdown, then what its tracked changes propose, clause by clause.

    Nothing is put on the record: give the words to `text write` or to a comment once you have looked at them.
    """
    from goodoffices.formats.docx.reader import read_docx
    from goodoffices.talks.documents.markdown import write_paper

    read = read_docx(file.read_bytes(), name=file.name, lang=language)
    if as_json:
        proposals = [
            {"clause": p.number, "words": p.words, "before": p.before, **({"author": p.author} if authors else {})}
            for p in read.proposals
        ]
        return printed({"paper": write_paper(read.paper, ids=True), "proposals": proposals, "notes": read.notes})
    click.echo(write_paper(read.paper, ids=True), nl=False)
    for proposal in read.proposals:
        who = f" ({proposal.author})" if authors else ""
        click.echo(f"\nProposed for clause {proposal.number}{who}, {proposal.change.value}:\n{proposal.words}")
    for remark in read.remarks:
        who = f" ({remark.author})" if authors else ""
        where = f"on clause {remark.number}" if remark.number else "on no clause"
        click.echo(f"\nRemark {where}{who}: {remark.words}")
    for note in read.notes:
        click.echo(note, err=True)
    return None


@click.command()
@click.argument("talks", metavar="TALKS")
@READER
@click.option("--seats", default="", help="Instead of --seat: several, with commas; one file each.")
@click.option("--language", default="en", show_default=True, help="The language of cover, roster and agenda.")
@click.option(
    "--to", "path", type=click.Path(path_type=Path), required=True, help="The PDF, or the folder for --seats."
)
def pack(talks: str, seat: str | None, seats: str, language: str, path: Path) -> None:
    """Draw the print pack of a seat: its texts with check codes and copy marks, roster and agenda, as PDF.

    With --seats the packs of several are written into a folder, each named after its seat.
    """
    from goodoffices.reports.texts.print_packs import packs_of

    slugs = [slug.strip() for slug in seats.split(",") if slug.strip()]
    views = []
    for slug in slugs or (seat,):
        with view_of(talks, slug) as view:
            views.append(view)
    if slugs:
        path.mkdir(parents=True, exist_ok=True)
    for slug, data in packs_of(views, language=language).items():
        save_bytes(data, path / f"{slug}.pdf" if slugs else path)


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def proof(file: Path) -> None:
    """Recompute hash and check code of a version's JSON FILE, with nothing but the file."""
    from goodoffices.formats.documents.json_document import verify_version

    found = verify_version(file.read_bytes(), name=file.name)
    click.echo(json.dumps({"check code": found.code, "hash": found.hash}, indent=2))
    if not found.holds:
        raise ScenarioError(f"{file.name} is not what it says: {', '.join(found.differs)}; ask for the copy again")
    click.echo("The words are those of this check code.")


FILE_COMMANDS = (out, in_, pack, proof)
"""Commands that ``goodoffices text`` has for files."""

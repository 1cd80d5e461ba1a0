"""`goodoffices text out|in|pack|proof`: texts taken out as files, brought in, printed for a seat, proved offline."""

from __future__ import annotations

import json
from pathlib import Path

import click

from goodoffices.cli.brief import view_of
from goodoffices.cli.giving import printed
from goodoffices.cli.opening import READER
from goodoffices.cli.saving import save_bytes
from goodoffices.errors import ScenarioError
from goodoffices.talks.view import View

__all__ = ["FILE_COMMANDS"]

FORMATS = ("docx", "docx-clean", "docx-legend", "markdown", "working", "json", "akoma-ntoso")


@click.command("out")
@click.argument("talks", metavar="TALKS")
@click.argument("version")
@READER
@click.option("--format", "how", type=click.Choice(FORMATS), default="docx", show_default=True)
@click.option("--language", help="In which language; by default the first that is held.")
@click.option("--to", "path", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The file to write.")
def out(talks: str, version: str, seat: str | None, how: str, language: str | None, path: Path) -> None:
    """Write a VERSION (v2) that the seat holds as a file. Nobody's name and no date of making is in it.

    docx-legend shows what changed since the version before, in strokes that can be read without colours.
    """
    with view_of(talks, seat) as view:
        data = _made(view, version, how, language)
    save_bytes(data, path)


def _made(view: View, version: str, how: str, language: str | None) -> bytes:
    from goodoffices.formats.documents_docx_out import Look
    from goodoffices.reports import text_files

    held = view.known.versions.get(version)
    if held is None:
        raise ScenarioError(
            f"this seat holds no version {version[:40]!r}; `goodoffices text list` names those it holds"
        )
    lang = language or held.languages[0]
    if how == "json":
        return text_files.json_file(view, version)
    if how == "akoma-ntoso":
        return text_files.akn_file(view, version, lang)
    if how in ("markdown", "working"):
        return text_files.markdown_file(view, version, lang, ids=how == "working")
    looks = {"docx": Look.MARKED, "docx-clean": Look.CLEAN, "docx-legend": Look.LEGEND}
    return text_files.docx_file(
        view, version, lang, look=looks[how], base=held.parent if how == "docx-legend" else None
    )


@click.command("in")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--language", help="The language of its words, if the file does not say.")
@click.option("--authors", is_flag=True, help="Also say who proposed what: for the seat that brings it in alone.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")
def in_(file: Path, language: str | None, *, authors: bool, as_json: bool) -> None:
    """Read a .docx FILE: its words as Markdown, then what its tracked changes propose, clause by clause.

    Nothing is put on the record: give the words to `text write` or to a comment once you have looked at them.
    """
    from goodoffices.formats.documents_docx_in import read_docx
    from goodoffices.talks.notation import write_paper

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
@click.option("--language", default="en", show_default=True, help="The language of cover, roster and agenda.")
@click.option("--to", "path", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The PDF to write.")
def pack(talks: str, seat: str | None, language: str, path: Path) -> None:
    """Draw the print pack of a seat: its texts with check codes and copy marks, roster and agenda, as PDF."""
    from goodoffices.reports.packs import draw_pack, pack_of

    with view_of(talks, seat) as view:
        data = draw_pack(pack_of(view, language=language))
    save_bytes(data, path)


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def proof(file: Path) -> None:
    """Recompute hash and check code of a version's JSON FILE, with nothing but the file."""
    from goodoffices.formats.documents_json import verify_version

    found = verify_version(file.read_bytes(), name=file.name)
    click.echo(json.dumps({"check code": found.code, "hash": found.hash}, indent=2))
    if not found.holds:
        raise ScenarioError(f"{file.name} is not what it says: {', '.join(found.differs)}; ask for the copy again")
    click.echo("The words are those of this check code.")


FILE_COMMANDS = (out, in_, pack, proof)
"""Commands that ``goodoffices text`` has for files."""

"""Routes of sealed files: a file for a seat that does not connect, and its commands brought back."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response

from goodoffices.errors import BadSealError, ScenarioError
from goodoffices.phrases.phrase import Phrase
from goodoffices.reports.binder import content_of_file
from goodoffices.service.command_batches import Done
from goodoffices.service.sealed_exchange import SentCommand, keys_of, opened_commands, outcome_of, sealed_for
from goodoffices.talks.base.refusals import Refusal
from goodoffices.talks.command_parsing import parse_command
from goodoffices.talks.exchange.receipts import ImportSealed
from goodoffices.talks.seats.sealed_outcomes import NoteOutcomes, is_answered, is_imported
from goodoffices.talks.state.command_context import Command, CommandRequest
from goodoffices.talks.state.view import View
from goodoffices.web.render.form_widgets import given_of
from goodoffices.web.render.localize import Localizer
from goodoffices.web.render.phrases import error_said
from goodoffices.web.render.render import render_frame
from goodoffices.web.routes.context import ServerContext, SignedInSeat
from goodoffices.web.routes.forms import PostedForm, asked_by
from goodoffices.web.routes.grave_acts import check_limit, seat_signed_in
from goodoffices.web.routes.uploads import Upload, read_upload


async def sealed_file(request: Request) -> Response:
    """GET D/sealed/{seat}/{number}: a file that was made for a seat, sealed to its key."""
    server, signed_in, view = _maker(request)
    seat, number = request.path_params["seat"], request.path_params["number"]
    held = view.known.seats.get(seat)
    if held is None or held.sealing_key is None or not 1 <= number <= len(held.sealed):
        raise HTTPException(404)
    check_limit(server, signed_in, lambda limits: limits.exports)
    # Counted from the last: a secretariat that came later was not told of the first files.
    n_back, key = len(held.sealed) - number, bytes.fromhex(held.sealing_key.box_key)
    entropy = partial(server.settings.entropy, f"file {number} sealed for {seat}")
    data = await server.read_file(
        signed_in.seat,
        lambda: sealed_for(server.room, content_of_file(server.room.view(seat), n_back), key, entropy),
    )
    name = {"content-disposition": f'attachment; filename="file-{number}.sealed"'}
    return Response(data, media_type="application/octet-stream", headers=name)


async def record_line(request: Request) -> Response:
    """GET D/sealed/record.txt: the record, its kind and its public key, as ``goodoffices binder`` asks for them."""
    server, _, _ = _maker(request)
    line = f"{server.room.record_id} {server.room.kind.value} {server.room.public_key.hex()}\n"
    return PlainTextResponse(line, headers={"content-disposition": 'attachment; filename="record.txt"'})


async def bring_sealed(request: Request) -> Response:
    """POST D/sealed/bring: enter the commands of a sealed file in the name of the seat whose key signed it.

    The seat that brings it learns from which seat it comes and how many commands it has, and not what became of them.
    """
    server, signed_in = seat_signed_in(request)
    upload = await read_upload(request, server, signed_in.tokens.csrf)
    view = server.view(signed_in)
    if "ImportSealed" not in view.powers:
        raise HTTPException(404)
    check_limit(server, signed_in, lambda limits: limits.uploads)
    try:
        seat, sent, digest = await server.read_file(signed_in.seat, lambda: _opened(server, view, upload))
        asked = _commands(sent)
        noted = asked_by(
            ImportSealed(seat=seat, digest=digest, keys=keys_of(sent)), upload.posted, signed_in, view.zone
        )
    except (BadSealError, ScenarioError) as error:
        return _shown(server, signed_in, upload.posted, error_said(Localizer.to(signed_in.person, view), error))
    answer = await _entered(server, seat, list(zip(sent, asked, strict=True)), noted, upload.posted.arrived)
    if isinstance(answer, Refusal):
        why = Localizer.to(signed_in.person, server.view(signed_in)).refusal(answer)
        return _shown(server, signed_in, upload.posted, why)
    return RedirectResponse(f"{signed_in.base}/sealed?done={answer.n}", 303)


async def _entered(
    server: ServerContext,
    seat: str,
    asked: list[tuple[SentCommand, Command]],
    noted: CommandRequest,
    arrived: datetime,
) -> Done | Refusal:
    """Enter commands, note for their seat what became of each, and return the answer to the note that a file came.

    A file that was gone through is not gone through again: what was refused then might be allowed by now.
    """
    assert isinstance(noted.command, ImportSealed)
    digest, outcomes = noted.command.digest, []
    notices = server.room.view(seat).notices
    is_new = not is_answered(notices, digest) and not is_imported(notices, digest)
    for one, command in asked if is_new else ():
        wanted = CommandRequest(seat=seat, command=command)
        try:
            answer: Done | Refusal | ScenarioError = await server.queue.submit(
                wanted, f"sealed {one['key']}", arrived=arrived
            )
        except ScenarioError as error:
            answer = error
        outcomes.append(outcome_of(one, answer))
    if is_new:
        told = NoteOutcomes(digest=digest, outcomes=tuple(outcomes))
        await server.queue.submit(CommandRequest(seat=seat, command=told), f"answered {digest}", arrived=arrived)
    return await server.queue.submit(noted, f"sealed {digest}", arrived=arrived)


def _maker(request: Request) -> tuple[ServerContext, SignedInSeat, View]:
    """Return who asks for a file, if it is a seat that makes them; 404 for everybody else.

    Raises
    ------
    HTTPException
        404.
    """
    server, signed_in = seat_signed_in(request)
    view = server.view(signed_in)
    if request.method != "GET" or "SealFile" not in view.powers:
        raise HTTPException(404)
    return server, signed_in, view


def _opened(server: ServerContext, view: View, upload: Upload) -> tuple[str, list[SentCommand], str]:
    """Return the seat of a sealed file, its commands and its digest: it opens with the key of one seat alone."""
    wrong: Exception = BadSealError(
        Phrase("this file does not open with the key of any seat that is registered here; nothing was entered")
    )
    for held in view.known.seats.values():
        if held.sealing_key is None:
            continue
        sender = bytes.fromhex(held.sealing_key.public_key)
        try:
            seat, sent, digest = opened_commands(server.room, upload.data, sender, upload.name)
        except BadSealError:
            continue
        if seat == held.slug:
            return seat, sent, digest
    raise wrong


def _commands(sent: list[SentCommand]) -> list[Command]:
    """Return the commands of a file; which of them cannot be read is not told to who carries it."""
    try:
        return [parse_command(one["command"], one.get("fields", {})) for one in sent]
    except ScenarioError as error:
        raise ScenarioError(
            Phrase("a command in this file cannot be read; ask the delegation to make the file again")
        ) from error


def _shown(server: ServerContext, signed_in: SignedInSeat, posted: PostedForm, why: Markup) -> Response:
    frame = signed_in.frame(refused=why, given=given_of("bring", posted.typed))
    return HTMLResponse(render_frame(server.context(signed_in), "sealed", frame) or "", 422)

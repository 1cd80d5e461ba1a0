"""An invitation to a round as a letter: who invites whom, to what, as what, and by when an answer is asked for.

It says what the invitation in the record says and nothing more. Rival dates of a round stand side by side.
"""

from __future__ import annotations

from collections.abc import Iterator

from goodoffices.errors import ScenarioError
from goodoffices.reports.papers.localization import Wording
from goodoffices.reports.papers.paper import Block, Look, Paper, Paragraph, Sentence, Span, Spans
from goodoffices.reports.papers.stated_dates import dates_in_words, stated_date
from goodoffices.reports.rounds.sentences import LETTER
from goodoffices.talks.base.enums import Kind
from goodoffices.talks.base.states import InvitationState
from goodoffices.talks.claims.known_dates import dates_in_force
from goodoffices.talks.state.known_meetings import KnownInvitation, KnownRound
from goodoffices.talks.state.view import View


def invitation_letter(view: View, handle: str, language: str = "en", calendar: str = "") -> Paper:
    """Return the letter of an invitation that this seat made or was sent.

    Parameters
    ----------
    view
        The seat's view; nothing else is read.
    handle
        The handle of the invitation.
    language
        The language of all that is not a name.
    calendar
        The calendar in which days are given a second time: ``persian``, ``islamic`` or none.

    Raises
    ------
    ScenarioError
        If this seat neither made nor was sent such an invitation.
    """
    held = view.known.invitations.get(handle)
    if held is None or view.seat not in (held.invitation.by, held.invitation.to):
        raise ScenarioError(f"there is no invitation {handle!r} from or to this seat; its rounds list them")
    return _Letter(view, language, calendar).paper(held)


class _Letter:
    def __init__(self, view: View, language: str, calendar: str) -> None:
        self.view, self.said = view, Wording(view, language, calendar=calendar)

    def paper(self, held: KnownInvitation) -> Paper:
        offer, header = held.invitation, self.view.known.header
        round_ = next((one for one in self.view.known.rounds.values() if one.round.slug == offer.round), None)
        title = offer.round if round_ is None else round_.round.title
        head = [self.said.say(LETTER["to"], seat=self.said.seat(offer.to, Look.STRONG_NAME))]
        if offer.by is not None:
            head.append(self.said.say(LETTER["from"], seat=self.said.seat(offer.by, Look.STRONG_NAME)))
        if held.at is not None:
            head.append(self.said.when(held.at))
        return Paper(
            language=self.said.language,
            title=self.said.say(LETTER["title"], round=(_words(title),)),
            band=self.said.plain("EXERCISE") if header.kind is Kind.EXERCISE else "",
            head=tuple(head),
            blocks=tuple(self._blocks(held, round_, title)),
            foot=(self.said.say(LETTER["foot"], handle=handle_of(held), talks=(_words(header.title),)),),
            page=self.said.plain("Page"),
        )

    def _blocks(self, held: KnownInvitation, round_: KnownRound | None, title: str) -> Iterator[Block]:
        offer = held.invitation
        lines = [self.said.say(LETTER["invites"], round=(_words(title),), seat=self.said.seat(offer.to))]
        if offer.role is not None:
            lines.append(self.said.say(LETTER["role"], role=self.said.word("role", offer.role)))
        if offer.level is not None:
            lines.append(self.said.say(LETTER["level"], level=self.said.word("level", offer.level)))
        yield Paragraph(sentences=tuple(Sentence(spans=line) for line in lines))
        if round_ is not None:
            yield Paragraph(sentences=tuple(Sentence(spans=line) for line in self._when_and_where(round_)))
        if offer.reply_by is not None:
            asked = self.said.say(LETTER["reply-by"], when=self.said.when(offer.reply_by))
            yield Paragraph(sentences=(Sentence(spans=asked),))
        if held.state is InvitationState.WITHDRAWN:
            yield Paragraph(sentences=(Sentence(spans=self.said.say(LETTER["withdrawn"])),))

    def _when_and_where(self, round_: KnownRound) -> Iterator[Spans]:
        held = dates_in_force(round_.round.planned, round_.moved_to)
        dates = sorted(map(stated_date, held), key=lambda one: (one.when, one.last or one.when))
        said = dates_in_words(self.said, dates) if dates else ()
        if len(said) > 1:
            yield self.said.say(LETTER["rival-dates"], days=self.said.listed(said))
        elif not dates:
            yield self.said.say(LETTER["no-date"])
        elif dates[0].last is None or dates[0].last == dates[0].when:
            yield self.said.say(LETTER["day"], day=self.said.day(dates[0].when))
        else:
            first, last = dates[0].when, dates[0].last
            yield self.said.say(LETTER["days"], first=self.said.day(first), last=self.said.day(last))
        if round_.round.place:
            yield self.said.say(LETTER["place"], place=(_words(round_.round.place),))


def handle_of(held: KnownInvitation) -> Spans:
    """Return the handle under which this seat's record has the invitation."""
    return (Span(text=held.handle, look=Look.NAME),)


def _words(text: str) -> Span:
    return Span(text=text, look=Look.NAME)

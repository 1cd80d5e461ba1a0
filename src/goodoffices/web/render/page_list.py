"""Every page of a seat, and the entries of its navigation."""

from __future__ import annotations

from goodoffices.web.pages.analysis.forecast import FORECAST
from goodoffices.web.pages.analysis.positions import POSITIONS
from goodoffices.web.pages.analysis.rehearsal import REHEARSAL
from goodoffices.web.pages.analysis.settlement import SETTLEMENT
from goodoffices.web.pages.ceasefire.allegations import ALLEGATION, INTAKE, SCREENING
from goodoffices.web.pages.ceasefire.bulletins import BULLETIN, BULLETINS
from goodoffices.web.pages.ceasefire.overview import CEASEFIRE
from goodoffices.web.pages.ceasefire.shares import SHARE, SHARES
from goodoffices.web.pages.commitments import COMMITMENTS
from goodoffices.web.pages.decisions import DECISION, DECISION_NEW, DECISIONS, PACKAGE, PACKAGE_NEW
from goodoffices.web.pages.entries import ADD
from goodoffices.web.pages.exercise.brief import BRIEF
from goodoffices.web.pages.exercise.control import CONTROL
from goodoffices.web.pages.exercise.debrief import DEBRIEF
from goodoffices.web.pages.find import FIND
from goodoffices.web.pages.hall.attendance import ATTENDANCE, ROSTER, SPEAKERS
from goodoffices.web.pages.hall.hall import FORMAT, HALL
from goodoffices.web.pages.hall.packs import PACKS
from goodoffices.web.pages.hall.reply import REPLY
from goodoffices.web.pages.home import HOME
from goodoffices.web.pages.page import Page
from goodoffices.web.pages.papers import PAPER, PAPER_NEW, PAPERS
from goodoffices.web.pages.people import CONTESTED, CONTESTED_ONE, PEOPLE, PERSON
from goodoffices.web.pages.record import RECORD
from goodoffices.web.pages.relays import CARD, RELAY, RELAY_TO, RELAYS
from goodoffices.web.pages.rounds import ROUND
from goodoffices.web.pages.secretariat.minutes import MINUTES, MINUTES_COPY, MINUTES_PREVIEW, MINUTES_WRITTEN
from goodoffices.web.pages.secretariat.notes import NOTE
from goodoffices.web.pages.secretariat.sealed import SEALED
from goodoffices.web.pages.secretariat.week import WEEK
from goodoffices.web.pages.sessions import SEATS, SESSION, SESSION_NEW, SESSIONS
from goodoffices.web.pages.settings import ME
from goodoffices.web.pages.texts.pen import PEN, PEN_CLAUSE
from goodoffices.web.pages.texts.ratification import RATIFICATION
from goodoffices.web.pages.texts.text import ALOUD, CLAUSE, COMPARE, TEXT, VERSION
from goodoffices.web.pages.texts.text_editor import WRITE
from goodoffices.web.pages.texts.texts import STANDING, TEXT_NEW, TEXTS
from goodoffices.web.pages.texts.tracked_changes import CHANGES

PAGES: tuple[Page, ...] = (
    HOME,
    BRIEF,
    CONTROL,
    DEBRIEF,
    PAPERS,
    PAPER_NEW,
    PAPER,
    RELAYS,
    RELAY_TO,
    CARD,
    RELAY,
    TEXTS,
    TEXT_NEW,
    TEXT,
    WRITE,
    PEN,
    PEN_CLAUSE,
    VERSION,
    CLAUSE,
    ALOUD,
    CHANGES,
    COMPARE,
    STANDING,
    DECISIONS,
    DECISION_NEW,
    DECISION,
    PACKAGE_NEW,
    PACKAGE,
    RATIFICATION,
    SESSIONS,
    SESSION_NEW,
    SESSION,
    ROUND,
    FORMAT,
    HALL,
    ATTENDANCE,
    SPEAKERS,
    ROSTER,
    PACKS,
    REPLY,
    NOTE,
    MINUTES,
    MINUTES_COPY,
    MINUTES_WRITTEN,
    MINUTES_PREVIEW,
    WEEK,
    PEOPLE,
    PERSON,
    CONTESTED,
    CONTESTED_ONE,
    POSITIONS,
    SETTLEMENT,
    FORECAST,
    REHEARSAL,
    CEASEFIRE,
    ALLEGATION,
    SCREENING,
    INTAKE,
    BULLETINS,
    BULLETIN,
    SHARES,
    SHARE,
    COMMITMENTS,
    RECORD,
    SEALED,
    SEATS,
    ADD,
    FIND,
    ME,
)
"""Every page of a seat. An address is matched in this order."""

SECOND_LOOK = Page(
    path="second-look",
    template="second_look.html",
    title="Look once more",
    parts=("look",),
    data=lambda _, __: {},
    under="home",
)
"""What is read before a grave act. It has no address: it is the answer to a form."""

NAVIGATION: tuple[tuple[str, str, str, str], ...] = (
    ("home", "", "Home", "home"),
    ("brief", "brief", "Brief", "paper"),
    ("control", "control", "Control", "hall"),
    ("debrief", "debrief", "Debrief", "record"),
    ("papers", "papers", "Papers", "paper"),
    ("relays", "relays", "Relays", "relay"),
    ("texts", "texts", "Texts", "text"),
    ("decisions", "decisions", "Decisions", "decision"),
    ("hall", "hall", "Hall", "hall"),
    ("sessions", "sessions", "Sessions", "session"),
    ("minutes", "minutes", "Notes and minutes", "note"),
    ("people", "people", "People", "people"),
    ("positions", "positions", "Positions", "grid"),
    ("settlement", "settlement", "Settlement", "chart"),
    ("forecast", "forecast", "Forecast", "chart"),
    ("rehearsal", "rehearsal", "Rehearsal", "session"),
    ("ceasefire", "ceasefire", "Cease-fire", "truce"),
    ("commitments", "commitments", "Commitments", "commitment"),
    ("record", "record", "Record", "record"),
    ("seats", "seats", "Seats", "seat"),
    ("add", "add", "Add", "add"),
)
"""Key, address, label, icon."""

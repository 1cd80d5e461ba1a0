"""The types of single values in a talks file: how a text becomes a number, a date, a slug, a reference.

Every value arrives as text, list, mapping or ``None`` (absent). The type follows from the key, never from the spelling.
Each type carries what a JSON Schema may say of it, so that editors do not underline an unquoted ``2254`` or ``no``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    ValidationInfo,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from goodoffices.data_class import dataclass
from goodoffices.talks.base.enums import (
    ActorKind,
    ChangeKind,
    Format,
    Level,
    Role,
    StanceKind,
    Stand,
    Strength,
    TextKind,
)
from goodoffices.talks.base.local_time import is_zone

SLUG_PATTERN = "^[a-z0-9][a-z0-9-]{0,79}$"
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")
_WHOLE = re.compile(r"[-+]?[0-9]{1,18}", re.ASCII)
_DECIMAL = re.compile(r"[-+]?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]{1,3})?", re.ASCII)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_LOCAL = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2})?", re.ASCII)
_INSTANT = re.compile(_LOCAL.pattern + r"(Z|[+-][0-9]{2}:[0-9]{2})", re.ASCII)
_ZONE = re.compile(r"[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z][A-Za-z0-9_+-]*){0,2}", re.ASCII)
_TRUTH = {"true": True, "yes": True, "false": False, "no": False}
_CLOCK_AT_UTC = timezone(timedelta(0), "+00:00")
MOST_TEXT = 20_000  # characters of one text
MOST_LABEL = 1_000  # characters of one name, title or label
MOST_NUMBER = 60  # characters of one number


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredSlugs:
    """The slugs that a file declares, by what they name; references are looked up here while the shape is checked."""

    slugs: Mapping[str, Mapping[str, str]]

    def has(self, what: str, slug: str) -> bool:
        """Say whether ``slug`` is declared as a ``what``."""
        return slug in self.slugs.get(what, {})


def refusal(kind: str, why: str, right: str = "", remedy: str = "", **more: Any) -> PydanticCustomError:
    """Return the error of one value, in the three sentences that a reader is shown."""
    return PydanticCustomError(kind, "{why}", {"why": why, "right": right, "remedy": remedy, **more})


class FileModel(BaseModel):
    """The base of every model: no further keys, immutable; a key without a value counts as not written."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _leave_out_absent_values(cls, given: Any) -> Any:
        if isinstance(given, dict) and None in given.values():
            fields = cls.model_fields  # an unknown key is told even where it has no value
            return {key: value for key, value in given.items() if value is not None or key not in fields}
        return given


def _text(given: object) -> str:
    if isinstance(given, str):
        return given
    if given is None:
        raise refusal("empty-value", "there is no value here.", "It should be a text.", "Write it, or delete the key.")
    raise refusal("wrong-shape", f"this is a {_shape(given)}.", "It should be one text.", "Write one text.")


def _shape(given: object) -> str:
    return "list" if isinstance(given, list) else "mapping"


def _limited(most: int) -> Callable[[object], str]:
    def check(given: object) -> str:
        text = _text(given)
        if len(text) > most:
            raise refusal(
                "too-long", f"this text has {len(text)} characters.", f"It may have at most {most}.", "Shorten it."
            )
        return text

    return check


def _slug(given: object) -> str:
    text = _text(given)
    if not _SLUG.fullmatch(text):
        raise refusal("not-a-slug", f"{text[:60]!r} cannot be a lasting name.",
                      "A lasting name has lower-case Latin letters, digits and hyphens, at most 80.",
                      f"Write, for example, {_slugged(text)!r}.", found=text)  # fmt: skip
    return text


def _slugged(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text[:80].lower()).strip("-") or "un-envoy"


def _whole(given: object) -> int:
    text = _text(given)
    if len(text) <= MOST_NUMBER and _WHOLE.fullmatch(text):
        return int(text)
    raise refusal("not-a-number", f"{text[:MOST_NUMBER]!r} is not a whole number.",
                  "A whole number has only the digits 0 to 9, without spaces, commas or points.",
                  _whole_remedy(text), found=text)  # fmt: skip


def _decimal(given: object) -> str:
    text = _text(given)
    if len(text) <= MOST_NUMBER and _DECIMAL.fullmatch(text) and abs(int((text.lower().partition("e")[2]) or 0)) <= 300:
        return text
    raise refusal("not-a-number", f"{text[:MOST_NUMBER]!r} is not a number.",
                  "A number has the digits 0 to 9, with a point before decimals.",
                  _number_remedy(text), found=text)  # fmt: skip


def _whole_remedy(text: str) -> str:
    """Offer the same whole number in ASCII digits; of a number with decimals, say that it can stand in words."""
    remedy = _number_remedy(text)
    if "." in remedy.removesuffix("."):
        return "Write a whole number. In the value of a claim, decimals and shares can stand as {words: ...}."
    return remedy


def _number_remedy(text: str) -> str:
    """Offer the same number in ASCII digits, if the text is a number written in another way."""
    ascii_form = "".join(str(int(char)) if char.isdecimal() else char for char in text[:MOST_NUMBER])
    ascii_form = ascii_form.replace("٫", ".").replace("٬", "").replace("_", "").replace(" ", "")
    ascii_form = re.sub(r",(?=[0-9]{3}\b)", "", ascii_form).replace(",", ".")
    return f"Write {ascii_form}." if _DECIMAL.fullmatch(ascii_form) else "Write, for example, 7."


def _truth(given: object) -> bool:
    text = _text(given)
    if text in _TRUTH:
        return _TRUTH[text]
    raise refusal("not-yes-or-no", f"{text[:60]!r} is not yes or no.", "It should be yes, no, true or false.",
                  "Write one of them in small letters.", found=text, known=list(_TRUTH))  # fmt: skip


def _day(given: object) -> date:
    text = _text(given)
    if _DATE.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise refusal(
                "not-a-date", f"there is no day {text!r} in the calendar.", "", "Correct it.", found=text
            ) from None
    raise refusal("not-a-date", f"{text[:60]!r} is not a date.", "A date is year, month and day.",
                  "Write it like 2017-01-23.", found=text)  # fmt: skip


def _instant(given: object) -> datetime:
    text = _text(given)
    if _INSTANT.fullmatch(text):
        return _moment(text)
    raise refusal("not-an-instant", f"{text[:60]!r} is not a time.",
                  "A time has day, hour and difference from UTC.",
                  "Write it like 2017-01-23T13:00+06:00.", found=text)  # fmt: skip


def _instant_or_local(given: object) -> datetime:
    text = _text(given)
    if _INSTANT.fullmatch(text) or _LOCAL.fullmatch(text):
        return _moment(text)
    raise refusal("not-an-instant", f"{text[:60]!r} is not a time.",
                  "It should be day and local time, like 2016-12-30T00:00.",
                  "Write the time zone under 'zone'.", found=text)  # fmt: skip


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
        # Z is UTC, which agrees with every zone; +00:00 is what a clock showed. Both read as the same object.
        return moment if text.endswith("Z") or moment.tzinfo is not UTC else moment.replace(tzinfo=_CLOCK_AT_UTC)
    except ValueError:
        raise refusal("not-an-instant", f"there is no time {text!r}.", "", "Correct it.", found=text) from None


def _zone(given: object) -> str:
    text = _text(given)
    if _ZONE.fullmatch(text) and is_zone(text):
        return text
    raise refusal("unknown-word", f"unknown time zone {text[:60]!r}.", found=text, known_from="zones")


def _version(given: object) -> int:
    text = _text(given)
    if _WHOLE.fullmatch(text) and int(text) > 1:
        raise refusal("newer-version", f"version {text} of this format is newer than this program.",
                      "It reads version 1.", "Use a newer Good Offices.", found=text)  # fmt: skip
    if text != "1":
        raise refusal(
            "not-a-number", f"{text[:60]!r} is not a version.", "The only version is 1.", "Write 1.", found=text
        )
    return 1


def _day_or_instant(given: object) -> date | datetime:
    text = _text(given)
    return _instant(text) if "T" in text or ":" in text else _day(text)


def _word(words: type[StrEnum]) -> Callable[[object], StrEnum]:
    known = [word.value for word in words]
    what = _WHAT[words]

    def check(given: object) -> StrEnum:
        text = _text(given)
        if text not in known:
            raise refusal("unknown-word", f"unknown {what} {text[:60]!r}.", found=text, known=known)
        return words(text)

    return check


def one_of(what: str, *known: str) -> Callable[[object], str]:
    """Return the check that a text is one of a few words."""

    def check(given: object) -> str:
        text = _text(given)
        if text not in known:
            raise refusal("unknown-word", f"unknown {what} {text[:60]!r}.", found=text, known=list(known))
        return text

    return check


_WHAT: dict[type[StrEnum], str] = {
    ActorKind: "kind of actor",
    ChangeKind: "kind of change",
    Format: "format",
    Level: "level",
    Role: "role",
    Stand: "stand",
    StanceKind: "stance",
    Strength: "strength",
    TextKind: "kind of text",
}


def _refers(what: str) -> Callable[[str, ValidationInfo], str]:
    def check(slug: str, info: ValidationInfo) -> str:
        known = info.context
        if isinstance(known, DeclaredSlugs) and not known.has(what, slug):
            raise refusal("unknown-reference", f"unknown {what} {slug[:80]!r}.", found=slug, what=what)
        return slug

    return check


def not_before(earlier: str) -> Callable[[Any, ValidationInfo], Any]:
    """Return the check that a date does not lie before the field ``earlier`` of the same entry."""

    def check(later: Any, info: ValidationInfo) -> Any:
        first = info.data.get(earlier)
        if first is not None and later is not None and type(first) is type(later) and later < first:
            raise refusal("wrong-order", f"{later.isoformat()} is before '{earlier}', {first.isoformat()}.",
                          "It should be the same or later.",
                          "Correct one of the two.", found=str(later))  # fmt: skip
        return later

    return check


def _each_once(given: tuple[Any, ...]) -> tuple[Any, ...]:
    if len(set(given)) == len(given):
        return given
    seen: set[Any] = set()
    for index, item in enumerate(given):
        if item in seen:
            raise refusal("named-twice", f"{str(item)!r} is written twice.", "Each may be written once.", "Delete one.",
                          found=str(item), index=index)  # fmt: skip
        seen.add(item)
    return given


def _enum_schema(words: type[StrEnum], *also: bool) -> WithJsonSchema:
    return WithJsonSchema({"enum": [word.value for word in words] + list(also)})


_ANY_TEXT = {"type": ["string", "number", "boolean"], "minLength": 1}
_SLUG_SCHEMA = {"type": ["string", "integer"], "pattern": SLUG_PATTERN}

Text = Annotated[str, BeforeValidator(_limited(MOST_TEXT)), WithJsonSchema({**_ANY_TEXT, "maxLength": MOST_TEXT})]
Label = Annotated[str, BeforeValidator(_limited(MOST_LABEL)), WithJsonSchema({**_ANY_TEXT, "maxLength": MOST_LABEL})]
Slug = Annotated[str, BeforeValidator(_slug), WithJsonSchema(_SLUG_SCHEMA)]
SlugKey = Annotated[str, BeforeValidator(_slug), WithJsonSchema({"type": "string", "pattern": SLUG_PATTERN})]
Whole = Annotated[int, BeforeValidator(_whole), WithJsonSchema({"type": "integer"})]
Decimal = Annotated[str, BeforeValidator(_decimal), WithJsonSchema({"type": "number"})]
Truth = Annotated[bool, BeforeValidator(_truth), WithJsonSchema({"enum": [True, False, "yes", "no", "true", "false"]})]
Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
Instant = Annotated[
    datetime, BeforeValidator(_instant), WithJsonSchema({"type": "string", "pattern": f"^{_INSTANT.pattern}$"})
]
LocalTime = Annotated[
    datetime,
    BeforeValidator(_instant_or_local),
    WithJsonSchema({"type": "string", "pattern": f"^{_LOCAL.pattern}(Z|[+-][0-9]{{2}}:[0-9]{{2}})?$"}),
]
DayOrInstant = Annotated[
    date | datetime,
    BeforeValidator(_day_or_instant),
    WithJsonSchema(
        {"anyOf": [{"type": "string", "format": "date"}, {"type": "string", "pattern": f"^{_INSTANT.pattern}$"}]}
    ),
]

ZoneName = Annotated[str, BeforeValidator(_zone), WithJsonSchema({"type": "string", "minLength": 1})]
Version = Annotated[int, BeforeValidator(_version), WithJsonSchema({"const": 1})]

AActorKind = Annotated[ActorKind, BeforeValidator(_word(ActorKind)), _enum_schema(ActorKind)]
AChangeKind = Annotated[ChangeKind, BeforeValidator(_word(ChangeKind)), _enum_schema(ChangeKind)]
AFormat = Annotated[Format, BeforeValidator(_word(Format)), _enum_schema(Format)]
ALevel = Annotated[Level, BeforeValidator(_word(Level)), _enum_schema(Level)]
ARole = Annotated[Role, BeforeValidator(_word(Role)), _enum_schema(Role)]
# A YAML 1.1 editor takes an unquoted yes or no for a truth value; the reader takes the text.
AStand = Annotated[Stand, BeforeValidator(_word(Stand)), _enum_schema(Stand, True, False)]
AStanceKind = Annotated[StanceKind, BeforeValidator(_word(StanceKind)), _enum_schema(StanceKind)]
ATextKind = Annotated[TextKind, BeforeValidator(_word(TextKind)), _enum_schema(TextKind)]
AStrength = Annotated[Strength, BeforeValidator(_word(Strength)), _enum_schema(Strength)]

ActorRef = Annotated[Slug, AfterValidator(_refers("actor"))]
AreaRef = Annotated[Slug, AfterValidator(_refers("area"))]
ClaimRef = Annotated[Slug, AfterValidator(_refers("claim"))]
CompartmentRef = Annotated[Slug, AfterValidator(_refers("compartment"))]
LedgerRef = Annotated[Slug, AfterValidator(_refers("ledger"))]
IssueRef = Annotated[Slug, AfterValidator(_refers("issue"))]
QuestionRef = Annotated[Label, AfterValidator(_refers("question"))]
RoundRef = Annotated[Slug, AfterValidator(_refers("round"))]
SeatRef = Annotated[Slug, AfterValidator(_refers("seat"))]
SourceRef = Annotated[Slug, AfterValidator(_refers("source"))]
SubjectRef = Annotated[Slug, AfterValidator(_refers("subject"))]
TextRef = Annotated[Slug, AfterValidator(_refers("text"))]
EachOnce = AfterValidator(_each_once)

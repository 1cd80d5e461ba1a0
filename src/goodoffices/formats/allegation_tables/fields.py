"""The fields of an allegation in a table, the names under which files have them, and the words for kinds."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

FIELDS: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "source_id": ("_uuid", "uuid", "meta-instanceid", "instanceid", "key", "post_id", "event_id_cnty", "id", "no"),
    "occurred_from": (
        "occurred", "when", "date", "day", "date_start", "event_date", "incident_date", "post_date_(utc)",
        "#date+occurred",
    ),
    "occurred_to": ("until", "date_end", "last_day", "to"),
    "time": ("time", "hour"),
    "told_at": (
        "reported_at", "reported", "date_reported", "_submission_time", "submissiondate", "created_(utc)",
        "#date+reported",
    ),
    "area": ("governorate", "admin1", "adm_1", "province", "#adm1+name", "#adm1+code"),
    "place": ("place_words", "where", "location", "settlement", "village", "where_coordinates", "#loc+name"),
    "point": ("coordinates", "gps", "_geolocation"),
    "latitude": ("lat", "#geo+lat"),
    "longitude": ("lon", "lng", "long", "#geo+lon"),
    "place_precision": ("where_prec", "geo_precision"),
    "date_precision": ("date_prec",),
    "kind": ("what", "type", "event_type", "incident_type", "#event+type"),
    "alleged_violator": ("violator", "alleged", "by_whom", "#actor+alleged"),
    "killed": ("dead", "deaths", "fatalities", "best", "#affected+killed"),
    "killed_low": ("low",),
    "killed_high": ("high",),
    "injured": ("wounded", "#affected+injured"),
    "injured_low": (),
    "injured_high": (),
    "death_timing": ("timing_of_death",),
    "words": ("what_is_said", "description", "details", "notes", "remarks", "title"),
    "reporter": ("reported_by",),
    "offices": ("source_office",),
    "review": ("_validation_status", "reviewstate", "status_of_review", "#status"),
})  # fmt: skip
"""Field, and the names of columns that are taken for it without being asked. The field's own name always is."""

CONSTANTS = ("area", "kind", "alleged_violator", "zone", "review")
PEOPLE = frozenset({
    "_submitted_by", "submitterid", "submittername", "deviceid", "username", "phonenumber", "email", "contact",
    "author", "device_id", "subscriberid", "simserial",
})  # fmt: skip
"""Columns that name who sent a form. They are not read, unless a mapping names one as the reporter."""

_KINDS: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "small-arms": ("shots", "gunfire", "sniper", "small arms fire", "إطلاق نار", "أسلحة خفيفة", "قنص"),
    "shelling": ("artillery", "mortar", "shelling/artillery/missile attack", "قصف", "قصف مدفعي", "هاون"),
    "air-strike": ("airstrike", "air/drone strike", "bombing", "غارة", "غارة جوية", "قصف جوي"),
    "drone": ("uav", "طائرة مسيرة", "مسيرة"),
    "rocket-or-missile": ("rocket", "missile", "صاروخ", "قذيفة صاروخية"),
    "ground-attack": ("attack", "assault", "armed clash", "clash", "هجوم بري", "هجوم", "اشتباك"),
    "mine-or-explosive": ("mine", "ied", "explosion", "remote explosive/landmine/ied", "لغم", "عبوة ناسفة", "انفجار"),
    "movement-of-forces": ("movement", "تحرك قوات"),
    "fortification": ("تحصين", "تحصينات"),
    "detention-or-abduction": ("detention", "abduction", "arrest", "abduction/forced disappearance", "اعتقال", "خطف"),
    "attack-on-civilians": ("violence against civilians", "اعتداء على مدنيين", "هجوم على مدنيين"),
    "obstruction-of-monitors": ("عرقلة المراقبين",),
    "obstruction-of-aid": ("aid blocked", "عرقلة المساعدات"),
    "siege-act": ("siege", "حصار"),
    "overflight": ("تحليق",),
    "exercise": ("مناورة", "تدريب"),
    "provocation": ("استفزاز",),
    "other": ("غير ذلك", "أخرى"),
})  # fmt: skip


def plain(text: str) -> str:
    """Return a word as it is compared: without case, with one dash for what stands between words."""
    return "-".join(text.casefold().replace("_", " ").replace("-", " ").split())


_BY_WORD = {plain(word): kind for kind, words in _KINDS.items() for word in (kind, *words)}


_UNITS = ("-governorate", "-province", "-district")


def without_unit(word: str) -> str:
    """Return a comparable name of an area without the word for its kind."""
    return next((word.removesuffix(unit) for unit in _UNITS if word.endswith(unit)), word)


def kind_of(text: str) -> str | None:
    """Return the kind of allegation that a word means, or ``None``.

    Examples
    --------
    >>> kind_of("Small arms"), kind_of("artillery"), kind_of("weather") is None
    ('small-arms', 'shelling', True)
    """
    return _BY_WORD.get(plain(text))

"""What a host writes: it asks in whose name a text may be read out, and notes what the ledgers report."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from goodoffices.rehearsal.seats.duties.delivery import TO_ONE
from goodoffices.rehearsal.seats.intentions import Intention, Reason
from goodoffices.rehearsal.seats.orders import Mistake
from goodoffices.rehearsal.seats.outlook import Outlook
from goodoffices.rehearsal.seats.positions import Positions
from goodoffices.talks.base.acts import Words
from goodoffices.talks.base.states import ItemCame
from goodoffices.talks.exchange.items import FileItem

_NOTES = {
    "title": {
        "en": "The host asks what it may read out: in whose name, and in which language?",
        "ar": "يسأل المضيف عمّا يجوز له أن يتلوه: باسم من، وبأي لغة؟",
    },
    "wrong-title": {
        "en": "Reading draft of the host: the two sides have agreed on the following text.",
        "ar": "مسودة التلاوة لدى المضيف: اتفق الطرفان على النص الآتي.",
    },
    "ledgers": {
        "en": "The host notes: two ledgers, {parts}. They are not added up.",
        "ar": "يلاحظ المضيف: سجلان، {parts}. ولا يُجمعان.",
    },
    "ledgers-added": {
        "en": "The host notes: {sum} violations are reported for the last day.",
        "ar": "يلاحظ المضيف: أُبلغ عن {sum} انتهاكات في اليوم الأخير.",
    },
}


def write_notes(positions: Positions) -> Iterator[Intention]:
    """Yield the two notes of a host to the intermediary that it trusts most, each once."""
    outlook = positions.outlook
    table = outlook.orders.timetable
    written = [i for i in outlook.items if i.came == ItemCame.FILED and i.kind == TO_ONE]
    joint = next((plan for plan in table.texts if plan.issuers), None)
    counts = _last_counts(outlook)
    if not outlook.carriers:
        return
    if not written and len(counts) > 1:
        is_added = Mistake.LEDGERS_ADDED in outlook.orders.mistakes
        values = {"parts": ", ".join(map(str, counts)), "sum": str(sum(counts))}
        due = table.awake(table.starts_at + timedelta(hours=16)) + timedelta(hours=8)
        yield _note(outlook, "ledgers-added" if is_added else "ledgers", values, due)
    elif joint is not None and len(written) < 2:
        is_wrong = Mistake.WRONG_TITLE in outlook.orders.mistakes
        yield _note(outlook, "wrong-title" if is_wrong else "title", {}, joint.stances_at - timedelta(minutes=20))


def _last_counts(outlook: Outlook) -> list[int]:
    """Return the total of the last day that each ledger reports; they are never added up."""
    days = [ledger.days[-1] for ledger in outlook.known.ledgers.values() if len(ledger.days)]
    return [day.total for day in days if day.total is not None]


def _note(outlook: Outlook, name: str, values: dict[str, str], due: datetime) -> Intention:
    words = tuple(Words(text=_NOTES[name][lang].format(**values), lang=lang) for lang in outlook.languages)
    return Intention(
        key=f"note {name}",
        due_at=outlook.orders.timetable.awake(due),
        command=FileItem(words=words, kind=TO_ONE),
        reason=Reason(name="host-note"),
    )

"""What happens to a message between saying and hearing: waiting in line, travel, loss, withholding, distortion."""

from __future__ import annotations

import heapq

from goodoffices.rehearsal.draws import Key, Stream, uniform
from goodoffices.rehearsal.graph import Channel, Filter, Form
from goodoffices.rehearsal.negotiators.interface import HIDDEN
from goodoffices.rehearsal.preferences import Settlement
from goodoffices.rehearsal.setting import Setting
from goodoffices.rehearsal.transcript import Fate, Kind, Message
from goodoffices.talks.base.enums import Format

_LOSS, _ANSWER_LOSS, _ISSUES = 0, 1, 4


def place_of(sender: int, recipient: int, leg: int, item: int) -> int:
    """Return the place of a random number of the channels: which message, which leg, and what it decides."""
    return ((sender * 64 + recipient) * 8 + leg) * 4096 + item


class Carriage:
    """Carries the messages of one run. ``due`` gives those that arrive up to a turn, in their order."""

    def __init__(self, setting: Setting, key: Key, run: int) -> None:
        self._setting = setting
        self._key, self._run = key, run
        self._under_way: list[tuple[int, int, Message]] = []
        self._order = 0
        self._slots = [(-1, 0)] * len(setting.intermediaries)
        self._places: list[tuple[int, int]] = [(-1, 0)] * len(setting.intermediaries)
        self._loads: dict[int, int] = {}
        self._asked: dict[tuple[int, int], list[Settlement]] = {}
        self._told: dict[tuple[int, int], Settlement] = {}
        self.silent_until = -1
        self.messages: list[Message] = []

    def send(self, message: Message, *, is_verbatim: bool = False) -> None:
        """Take a message; the way decides when and how it is heard."""
        way = self._setting.routes[message.sender][message.recipient] or ()
        if message.kind is Kind.PROPOSAL:
            for hop in way:
                self._asked.setdefault((hop, message.sender), []).append(message.sent)
        for leg, hop in enumerate(way):
            message = self._leg(message, leg, hop, is_verbatim)
            if message.fate is not Fate.UNDER_WAY:
                break
        if way and self.silent_until >= message.sent_at and message.fate is Fate.UNDER_WAY:
            message = message._replace(fate=Fate.LOST)
        heapq.heappush(self._under_way, (message.arrives_at, self._order, message))
        self._order += 1

    def awaited(self, recipient: int) -> int:
        """Return the turn in which the last message now on its way to a seat arrives; -1 if there is none."""
        return max((at for at, _, message in self._under_way if message.recipient == recipient), default=-1)

    def last(self) -> int:
        """Return the turn in which the last of all messages arrives; -1 if none is on its way."""
        return max((at for at, _, _ in self._under_way), default=-1)

    def due(self, turn: int) -> Message | None:
        """Return the next message that arrives by ``turn``, with what became of it; ``None`` if there is none."""
        if not self._under_way or self._under_way[0][0] > turn:
            return None
        _, _, message = heapq.heappop(self._under_way)
        if message.fate is Fate.UNDER_WAY:
            message = message._replace(fate=Fate.HEARD)
        self.messages.append(message)
        return message

    def end(self) -> None:
        """Note the messages that nobody will hear any more."""
        self.messages += [message for _, _, message in sorted(self._under_way, key=lambda entry: entry[:2])]
        self._under_way = []

    def _leg(self, message: Message, leg: int, hop: int, is_verbatim: bool) -> Message:
        channel = self._setting.intermediaries[hop].channel
        start = message.arrives_at
        at = self._slot(hop, channel, start)
        waited = message.waited + at - start
        at += self._journey(hop, channel, message, at) if self._setting.format is Format.SHUTTLE else channel.delay
        message = message._replace(arrives_at=at, relays=message.relays + 1, waited=waited)
        item = _LOSS if message.kind is Kind.PROPOSAL else _ANSWER_LOSS
        if channel.loss and self._draw(message, leg, item) < channel.loss:
            return message._replace(fate=Fate.LOST)
        if message.kind is not Kind.PROPOSAL or is_verbatim:
            return message
        if self._is_withheld(hop, channel, message):
            return message._replace(fate=Fate.WITHHELD)
        return self._in_form(message, leg, channel)

    def _draw(self, message: Message, leg: int, item: int) -> float:
        place = place_of(message.sender, message.recipient, leg, item)
        return uniform(self._key, self._run, Stream.CHANNELS, message.sent_at, place)

    def _slot(self, hop: int, channel: Channel, turn: int) -> int:
        """Return the first turn in which the intermediary has room for one message more, first come first carried."""
        if channel.relays_per_turn is None:
            return turn
        last, used = self._slots[hop]
        if turn > last:
            last, used = turn, 0
        elif used == channel.relays_per_turn:
            last, used = last + 1, 0
        self._slots[hop] = last, used + 1
        return last

    def _journey(self, hop: int, channel: Channel, message: Message, at: int) -> int:
        """Return the turns of a shuttle: to the sender if it is elsewhere, and then to the recipient.

        What the same sender hands over in the same turn is carried on from the first recipient to the next.
        """
        place, free_at = self._places[hop]
        load = message.sender * 65536 + message.sent_at
        if self._loads.get(hop) == load:
            start = free_at
        else:
            self._loads[hop] = load
            start = max(at, free_at) + (channel.travel if place not in (-1, message.sender) else 0)
        arrives = start + channel.travel
        self._places[hop] = message.recipient, arrives
        return arrives - at

    def _is_withheld(self, hop: int, channel: Channel, message: Message) -> bool:
        if channel.filter is Filter.NONE:
            return False
        if channel.filter is Filter.INTERESTED:
            return self._is_unwelcome(hop, channel, message.heard)
        before = self._told.get((hop, message.recipient))
        asked = self._asked.get((hop, message.recipient), [])
        if before is not None and _wished(asked, message.heard) < _wished(asked, before):
            return True
        self._told[hop, message.recipient] = message.heard
        return False

    def _is_unwelcome(self, hop: int, channel: Channel, settlement: Settlement) -> bool:
        """Return whether a settlement is below the threshold of an interested intermediary."""
        interest = self._setting.intermediaries[hop].interest
        if interest is None:
            return False
        low, high, worth = 0.0, 0.0, 0.0
        for table, option in zip(interest, settlement, strict=True):
            low, high, worth = low + min(table), high + max(table), worth + table[option]
        return worth < low + channel.threshold * (high - low)

    def _in_form(self, message: Message, leg: int, channel: Channel) -> Message:
        if channel.form is Form.VERBATIM:
            return message
        source = HIDDEN if channel.form is Form.OWN_IDEA else message.source
        if not channel.distortion:
            return message._replace(source=source)
        heard, caught = list(message.heard), 0
        for issue, size in enumerate(self._setting.space.sizes):
            item = _ISSUES + 3 * issue
            if size < 2 or self._draw(message, leg, item) >= channel.distortion:
                continue
            if channel.read_back and self._draw(message, leg, item + 1) < channel.read_back:
                caught += 1
                continue
            heard[issue] = other_option(heard[issue], size, channel.is_nearby, self._draw(message, leg, item + 2))
        return message._replace(
            heard=tuple(heard),
            source=source,
            caught=message.caught + caught,
            arrives_at=message.arrives_at + (channel.delay if caught else 0),
        )


def _wished(asked: list[Settlement], settlement: Settlement) -> int:
    """Return how often a party has itself put forward the options of a settlement: an intermediary judges by that."""
    return sum(one[issue] == option for one in asked for issue, option in enumerate(settlement))


def other_option(option: int, size: int, is_nearby: bool, number: float) -> int:
    """Return the option that is heard in place of another, by a random number."""
    if is_nearby:
        if option == 0:
            return 1
        if option == size - 1:
            return size - 2
        return option - 1 if number < 0.5 else option + 1
    other = min(int(number * (size - 1)), size - 2)
    return other if other < option else other + 1

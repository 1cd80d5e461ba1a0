"""Compiled channels: what happens to a message between saying and hearing. The twin of `carriage`."""

from __future__ import annotations

from goodoffices.rehearsal.kernels.compilation import copy_row, inner
from goodoffices.rehearsal.kernels.layout import (
    CAUGHT,
    LOST,
    MESSAGES,
    RELAYS,
    WAITED,
    WITHHELD,
    Frictions,
    Post,
    Rules,
)
from goodoffices.rehearsal.kernels.random_numbers import uniform
from goodoffices.settlement.kernels.jit import Ints

_CHANNELS = 1
_ANSWER_LOSS, _ISSUES = 1, 4


@inner
def drawn(key: tuple[int, int], run: int, address: tuple[int, int, int, int], item: int) -> float:
    """Return a random number of the channels; ``address``: sender, recipient, leg and turn."""
    sender, recipient, leg, turn = address
    return uniform(key, run, _CHANNELS, turn, ((sender * 64 + recipient) * 8 + leg) * 4096 + item)


@inner
def slot(hops: Ints, capacity: int, turn: int) -> int:
    """Return the first turn in which an intermediary has room for one message more; ``hops``: (6,)."""
    if capacity == 0:
        return turn
    if turn > hops[0]:
        hops[0], hops[1] = turn, 0
    elif hops[1] == capacity:
        hops[0], hops[1] = hops[0] + 1, 0
    hops[1] += 1
    return int(hops[0])


@inner
def journey(hops: Ints, travel: int, ends: tuple[int, int], sent_at: int, at: int) -> int:
    """Return the turns of a shuttle until a message is told; ``ends``: sender and recipient."""
    if hops[4] == ends[0] and hops[5] == sent_at:
        start = hops[3]
    else:
        hops[4], hops[5] = ends[0], sent_at
        start = max(at, hops[3]) + (travel if hops[2] != -1 and hops[2] != ends[0] else 0)
    hops[2], hops[3] = ends[1], start + travel
    return int(start + travel - at)


@inner
def wished(asked: Ints, starts: Ints, options: Ints) -> int:
    """Return how often a party has itself put these options forward; ``asked``: (o,)."""
    total = 0
    for issue in range(starts.shape[0]):
        total += asked[starts[issue] + options[issue]]
    return total


@inner
def is_withheld(rules: Rules, post: Post, hop: int, recipient: int, options: Ints) -> bool:
    """Return whether a softening intermediary keeps a proposal to itself; if not, note what it tells."""
    told, asked = post.told[hop, recipient], post.asked[hop, recipient]
    if told[0] >= 0 and wished(asked, rules.starts, options) < wished(asked, rules.starts, told):
        return True
    copy_row(told, options)
    return False


@inner
def other_option(option: int, size: int, is_nearby: bool, number: float) -> int:
    """Return the option that is heard in place of another."""
    if is_nearby:
        if option == 0:
            return 1
        if option == size - 1:
            return size - 2
        return option - 1 if number < 0.5 else option + 1
    other = min(int(number * (size - 1)), size - 2)
    return other if other < option else other + 1


@inner
def distort(
    rules: Rules,
    chances: tuple[float, float],
    source: tuple[tuple[int, int], int],
    address: tuple[int, int, int, int],
    options: Ints,
) -> int:
    """Distort options on one leg, and return how many distortions were caught; ``source``: key and run."""
    caught = 0
    for issue in range(rules.sizes.shape[0]):
        size, item = rules.sizes[issue], _ISSUES + 3 * issue
        if size < 2 or drawn(source[0], source[1], address, item) >= chances[0]:
            continue
        if chances[1] > 0.0 and drawn(source[0], source[1], address, item + 1) < chances[1]:
            caught += 1
            continue
        number = drawn(source[0], source[1], address, item + 2)
        options[issue] = other_option(options[issue], size, rules.is_nearby, number)
    return caught


@inner
def tell(
    rules: Rules,
    frictions: Frictions,
    source: tuple[tuple[int, int], int, int],
    post: Post,
    place: int,
    counts: Ints,
) -> None:
    """Take the message at a place of the waiting ones through its legs; ``source``: key, run, and its row here.

    ``waiting[place, 0]`` holds the turn of sending and becomes the turn of arrival. Kinds: 0 proposal, 1 proposal word
    for word, 2 acceptance.
    """
    row, message = source[2], post.waiting[place]
    sender, recipient, sent_at = message[3], message[4], message[0]
    way = rules.ways[sender, recipient]
    for leg in range(way.shape[0]):
        hop = way[leg]
        if hop < 0:
            return
        start = message[0]
        at = slot(post.hops[hop], frictions.capacity[row], start)
        counts[WAITED] += at - start
        if rules.is_shuttle:
            at += journey(post.hops[hop], frictions.travel[row], (sender, recipient), sent_at, at)
        else:
            at += frictions.delay[row]
        message[0] = at
        counts[RELAYS] += 1
        address = (sender, recipient, leg, sent_at)
        item = 0 if message[2] != 2 else _ANSWER_LOSS
        if frictions.loss[row] > 0.0 and drawn(source[0], source[1], address, item) < frictions.loss[row]:
            message[7] = 1
            counts[LOST] += 1
            return
        if message[2] == 0 and pass_on(rules, frictions, source, post, (place, hop), address) < 0:
            counts[WITHHELD] += 1
            return
        counts[CAUGHT] += post.counters[2]
        post.counters[2] = 0


@inner
def pass_on(
    rules: Rules,
    frictions: Frictions,
    source: tuple[tuple[int, int], int, int],
    post: Post,
    where: tuple[int, int],
    address: tuple[int, int, int, int],
) -> int:
    """Withhold a proposal (-1), or pass it on in its form; ``where``: its place, and the intermediary.

    How many distortions were caught is left in ``post.counters[2]``.
    """
    row, message, options = source[2], post.waiting[where[0]], post.waiting_options[where[0]]
    post.counters[2] = 0
    if rules.softens and is_withheld(rules, post, where[1], message[4], options):
        message[7] = 1
        return -1
    if rules.form == 0:
        return 0
    if rules.form == 2:
        message[6] = -1
    if frictions.distortion[row] > 0.0:
        chances = (frictions.distortion[row], frictions.read_back[row])
        caught = distort(rules, chances, (source[0], source[1]), address, options)
        post.counters[2] = caught
        if caught > 0:
            message[0] += frictions.delay[row]
    return 0


@inner
def send(
    rules: Rules,
    frictions: Frictions,
    source: tuple[tuple[int, int], int, int],
    post: Post,
    message: tuple[int, int, int, int, int],
    counts: Ints,
) -> bool:
    """Send a message; ``message``: kind, sender, recipient, proposal, turn. Return False if too many wait.

    Its options stand in the row after the last waiting one.
    """
    kind, sender, recipient, proposal, turn = message
    place = post.counters[1]
    if place + 1 >= post.waiting.shape[0]:
        return False
    options = post.waiting_options[place]
    counts[MESSAGES] += 1
    if kind != 2:
        for leg in range(rules.ways.shape[2]):
            hop = rules.ways[sender, recipient, leg]
            if hop >= 0:
                for issue in range(options.shape[0]):
                    post.asked[hop, sender, rules.starts[issue] + options[issue]] += 1
    row = post.waiting[place]
    row[0], row[1], row[2], row[3], row[4] = turn, post.counters[3], kind, sender, recipient
    row[5], row[6], row[7] = proposal, sender, 0
    tell(rules, frictions, source, post, place, counts)
    post.counters[3] += 1
    post.counters[1] += 1
    return True


@inner
def next_due(post: Post, turn: int) -> int:
    """Return the place of the next message that arrives by a turn, -1 if there is none."""
    found = -1
    for place in range(post.counters[1]):
        row = post.waiting[place]
        if row[0] <= turn and (
            found < 0
            or row[0] < post.waiting[found, 0]
            or (row[0] == post.waiting[found, 0] and row[1] < post.waiting[found, 1])
        ):
            found = place
    return found


@inner
def awaited(post: Post, recipient: int) -> int:
    """Return the turn in which the last message on its way to a seat arrives; -1 if there is none."""
    latest = -1
    for place in range(post.counters[1]):
        if post.waiting[place, 4] == recipient:
            latest = max(latest, post.waiting[place, 0])
    return latest


@inner
def take_out(post: Post, place: int) -> int:
    """Take a message out of the waiting ones, and return where it stands until the next is sent: after the last."""
    last = post.counters[1] - 1
    swap(post.waiting, place, last)
    swap(post.waiting_options, place, last)
    post.counters[1] = last
    return int(last)


@inner
def swap(rows: Ints, one: int, other: int) -> None:
    """Exchange two rows."""
    for column in range(rows.shape[1]):
        kept = rows[one, column]
        rows[one, column] = rows[other, column]
        rows[other, column] = kept

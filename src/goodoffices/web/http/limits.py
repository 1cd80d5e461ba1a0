"""How often somebody may try: so many times a minute from one address, and longer and longer after each failure.

A limit depends on what its own address did, and on nothing else: nobody can use up the tries of somebody else.
"""

from __future__ import annotations

import math
from collections import OrderedDict, deque
from collections.abc import Hashable
from dataclasses import field

from goodoffices.data_class import dataclass

MOST_KNOWN = 4096
"""Addresses that are remembered; the one that tried longest ago is forgotten first."""
LONGEST_WAIT = 60.0
"""Seconds to wait after many failures."""
_MINUTE, _HOUR = 60.0, 3600.0


@dataclass(slots=True)
class PerMinute:
    """At most ``most`` tries a minute from one address."""

    most: int
    _tries: OrderedDict[Hashable, deque[float]] = field(default_factory=OrderedDict)

    def wait(self, who: Hashable, now: float) -> int:
        """Count a try and return 0, or the whole seconds until the next one is allowed."""
        tries = self._tries.setdefault(who, deque())
        self._tries.move_to_end(who)
        while len(self._tries) > MOST_KNOWN:
            self._tries.popitem(last=False)
        while tries and now - tries[0] >= _MINUTE:
            tries.popleft()
        if len(tries) >= self.most:
            return max(1, round(_MINUTE - (now - tries[0])))
        tries.append(now)
        return 0


@dataclass(slots=True)
class AfterFailures:
    """Who failed waits 1, 2, 4 and up to 60 seconds before the next try counts."""

    _failures: OrderedDict[Hashable, tuple[int, float]] = field(default_factory=OrderedDict)

    def wait(self, who: Hashable, now: float) -> int:
        """Return the whole seconds that are left to wait; 0 for none."""
        _, until = self._failures.get(who, (0, 0.0))
        return max(1, round(until - now)) if now < until else 0

    def failed(self, who: Hashable, now: float) -> int:
        """Note a failure and return the seconds to wait from now."""
        n, _ = self._failures.get(who, (0, 0.0))
        seconds = min(2.0 ** min(n, 10), LONGEST_WAIT)
        self._failures[who] = (n + 1, now + seconds)
        self._failures.move_to_end(who)
        while len(self._failures) > MOST_KNOWN:
            self._failures.popitem(last=False)
        return round(seconds)

    def passed(self, who: Hashable) -> None:
        """Forget the failures of somebody who was right."""
        self._failures.pop(who, None)


@dataclass(slots=True)
class Allowance:
    """So many in ``seconds``, of which a third at once; what is not used comes back little by little."""

    most: int
    seconds: float
    _left: OrderedDict[Hashable, tuple[float, float]] = field(default_factory=OrderedDict)

    def wait(self, who: Hashable, now: float) -> int:
        """Count one and return 0, or the whole seconds until the next one is allowed."""
        at_once = max(1.0, self.most / 3)
        left, at = self._left.get(who, (at_once, now))
        left = min(at_once, left + (now - at) * self.most / self.seconds)
        if left < 1.0:
            return max(1, math.ceil((1.0 - left) * self.seconds / self.most))
        self._left[who] = (left - 1.0, now)
        self._left.move_to_end(who)
        while len(self._left) > MOST_KNOWN:
            self._left.popitem(last=False)
        return 0


class Limits:
    """How much one person in one seat may ask of a desk: commands and searches a minute, files an hour.

    Each is counted for each person in each seat alone. So an answer never depends on what anybody else did.
    """

    def __init__(self, commands_a_minute: int) -> None:
        # Everything else goes with the commands, as 20 to 60, so that there is one thing to set.
        self.commands = Allowance(most=commands_a_minute, seconds=_MINUTE)
        self.searches = Allowance(most=commands_a_minute, seconds=_MINUTE)
        self.uploads = Allowance(most=max(1, commands_a_minute // 3), seconds=_HOUR)
        self.exports = Allowance(most=max(1, commands_a_minute // 2), seconds=_HOUR)

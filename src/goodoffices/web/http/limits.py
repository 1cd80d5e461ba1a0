"""How often somebody may try: so many times a minute from one address, and longer and longer after each failure.

A limit depends on what its own address did, and on nothing else: nobody can use up the tries of somebody else.
"""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Hashable
from dataclasses import dataclass, field

MOST_KNOWN = 4096
"""Addresses that are remembered; the one that tried longest ago is forgotten first."""
LONGEST_WAIT = 60.0
"""Seconds to wait after many failures."""
_MINUTE = 60.0


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

"""Which cells of a table of counts must be hidden, so that no small one can be worked out from the others.

Cells and sums of 1 and 2 are hidden. What is left determines a hidden cell exactly if, in the graph whose nodes are the
rows and the columns and whose edges are the hidden cells, the cell is a bridge. So others are hidden with it until no
bridge is left.

References
----------
.. [1] D. Gusfield (1988). A graph theoretic approach to statistical data security. SIAM J. Comput. 17(3), 552-571.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping, Sequence

Cell = tuple[str, str]
SUM = "sum"
"""The name of the row and of the column that hold the sums."""
SMALLEST_SHOWN = 3


def with_sums(counts: Mapping[Cell, int]) -> dict[Cell, int]:
    """Return a table with a sum for each row and column, and one of all. A cell that is not named counts as zero."""
    rows, columns = axes(counts)
    cells = {(row, column): counts.get((row, column), 0) for row in rows for column in columns}
    for (row, column), count in tuple(cells.items()):
        for place in ((row, SUM), (SUM, column), (SUM, SUM)):
            cells[place] = cells.get(place, 0) + count
    return cells


def axes(counts: Mapping[Cell, int]) -> tuple[Sequence[str], Sequence[str]]:
    """Return the names of the rows and of the columns, each in order."""
    return sorted({row for row, _ in counts}), sorted({column for _, column in counts})


def hidden_cells(counts: Mapping[Cell, int]) -> frozenset[Cell]:
    """Return the cells to hide, sums among them.

    Examples
    --------
    >>> sorted(hidden_cells({("a", "x"): 1, ("a", "y"): 9, ("b", "x"): 5, ("b", "y"): 7}))
    [('a', 'x'), ('a', 'y'), ('b', 'x'), ('b', 'y')]
    """
    cells = with_sums(counts)
    hidden = {place for place, count in cells.items() if 0 < count < SMALLEST_SHOWN}
    while (bridge := _first_bridge(hidden)) is not None:
        hidden |= _way_around(cells, hidden, bridge)
    return frozenset(hidden)


def _ends(place: Cell) -> tuple[str, str]:
    """Return the nodes that a cell joins: its row and its column."""
    return f"row {place[0]}", f"column {place[1]}"


def _neighbours(places: Iterable[Cell]) -> dict[str, list[tuple[str, Cell]]]:
    """Return, for each row and column, the columns and rows that cells join it to, each with its cell."""
    found: dict[str, list[tuple[str, Cell]]] = {}
    for place in sorted(places):
        row, column = _ends(place)
        found.setdefault(row, []).append((column, place))
        found.setdefault(column, []).append((row, place))
    return found


def _first_bridge(hidden: set[Cell]) -> Cell | None:
    """Return a hidden cell without which its row and its column would not be joined by hidden cells."""
    neighbours = _neighbours(hidden)
    number: dict[str, int] = {}
    bridges: list[Cell] = []

    def lowest(node: str, by: Cell | None) -> int:
        """Return the first node that a node and those after it reach without the cell by which it was reached."""
        low = number[node] = len(number)
        for onward, place in neighbours[node]:
            if place == by:
                continue
            if onward in number:
                low = min(low, number[onward])
                continue
            reached = lowest(onward, place)
            low = min(low, reached)
            if reached > number[node]:
                bridges.append(place)
        return low

    for node in neighbours:
        if node not in number:
            lowest(node, None)
    return min(bridges, default=None)


def _way_around(cells: Mapping[Cell, int], hidden: set[Cell], bridge: Cell) -> set[Cell]:
    """Return the cells that have to be hidden for another way from the row of a bridge to its column.

    Of all ways the one is taken that hides the fewest reports; what is hidden already costs nothing.
    """
    start, end = _ends(bridge)
    steps = _neighbours(place for place in cells if place != bridge)
    came: dict[str, tuple[str, Cell]] = {}
    done: set[str] = set()
    queue = [(0, start)]
    costs = {start: 0}
    while queue:
        spent, node = heapq.heappop(queue)
        if node in done:
            continue
        done.add(node)
        for onward, place in steps.get(node, ()):
            cost = 0 if place in hidden else cells[place] + 1
            if onward not in done and spent + cost < costs.get(onward, spent + cost + 1):
                costs[onward] = spent + cost
                came[onward] = (node, place)
                heapq.heappush(queue, (spent + cost, onward))
    way: set[Cell] = set()
    while end != start:
        end, place = came[end]
        way.add(place)
    return way

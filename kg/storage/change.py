"""What one transaction of a store takes out and puts in, and how labels compete in it. kg.store fills and writes it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any


class Change:
    """Quads to take out and to put in; the later word on a quad holds. `told` are those put in that describe entities,
    `fresh` those of graphs that were not there: kept as a list, for to hash them would be most of the work."""

    def __init__(self) -> None:
        self.gone: set[Any] = set()
        self.new: set[Any] = set()
        self.fresh: list[Any] = []
        self.told: list[Any] = []
        self.dropped: list[str] = []

    def add(self, quad: Any) -> None:
        self.gone.discard(quad)
        self.new.add(quad)

    def drop(self, quad: Any) -> None:
        self.new.discard(quad)
        self.gone.add(quad)

    def replace(self, old: set[Any], new: list[Any]) -> None:
        if not old:
            self.fresh += new
            return
        wanted = set(new)
        self.gone |= old - wanted
        self.new |= wanted - old

    def all(self) -> list[Any]:
        """Everything to put in."""
        return [*self.fresh, *self.new]


def data(quads: Iterable[Any]) -> str:
    """Quads as the body of a DELETE DATA or INSERT DATA."""
    graphs: defaultdict[Any, list[str]] = defaultdict(list)
    for quad in quads:
        graphs[quad.graph_name].append(str(quad.triple))
    return "\n".join(f"GRAPH {graph} {{ {' . '.join(triples)} }}" for graph, triples in graphs.items())


_SPELLED = "أإآةئؤ"  # letters that a careful writer writes and a hurried one simplifies


def rank(label: Any) -> tuple[int, str]:
    """The best spelled label first; the same for every order of articles."""
    return -sum(letter in _SPELLED for letter in label.value), label.value

"""Names of the reference data in a text: the longest match over folded surface words, proclitics split off the first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.arabic import unclitic
from kg.language.words import Word
from kg.model import EntityType
from kg.reference import Reference, shipped

# A name of fewer letters is only matched as a whole word, for with a proclitic split off it would be found in ordinary
# words; names of states and places may have three (مصر, قطر, غزة).
MIN_CLITIC_NAME = 4
MIN_CLITIC_PLACE = 3


@dataclass(frozen=True, slots=True)
class Hit:
    """A name found: the words `first` up to `last` (exclusive), the code points cut off the first word as proclitics.

    `ids` are the entries of the reference data that bear the name; `short` is true for a surname alone.
    """

    first: int
    last: int
    start: int
    end: int
    ids: tuple[str, ...]
    short: bool
    cut: int


@dataclass(frozen=True, slots=True)
class _Name:
    rest: tuple[str, ...]
    ids: tuple[str, ...]
    short: bool


class Gazetteer:
    """An index of folded names by their first word."""

    def __init__(
        self, names: Mapping[str, tuple[str, ...]], surnames: Mapping[str, tuple[str, ...]], places: frozenset[str] = frozenset()
    ) -> None:
        """`names` and `surnames` are folded names with the ids that bear them; `places` the names of states and places."""
        self._places = places
        index: dict[str, list[_Name]] = defaultdict(list)
        for table, short in ((names, False), (surnames, True)):
            for name, ids in table.items():
                first, *rest = name.split()
                index[first].append(_Name(tuple(rest), ids, short))
        self._index = {
            first: sorted(entries, key=lambda n: (-len(n.rest), n.short)) for first, entries in index.items()
        }

    def at(self, text: Sequence[Word], i: int, clitics: bool = True) -> Hit | None:
        """The longest name that begins at word `i`, the reading with the fewest proclitics winning a tie."""
        best: Hit | None = None
        readings = unclitic(text[i].folded) if clitics else ((0, text[i].folded),)
        for cut, word in readings:
            for name in self._index.get(word, ()):
                last = i + 1 + len(name.rest)
                if best and last <= best.last:
                    break
                if self._fits(text, i, name) and (not cut or name.rest or self._long_enough(word)):
                    start = text[i].start + cut
                    best = Hit(i, last, start, text[last - 1].end, name.ids, name.short, cut)
                    break
        return best

    def _long_enough(self, word: str) -> bool:
        """Long enough to be told from an ordinary word; an Arabic letter before a Latin name is a proclitic (لـCNN)."""
        return word.isascii() or len(word) >= (MIN_CLITIC_PLACE if word in self._places else MIN_CLITIC_NAME)

    @staticmethod
    def _fits(text: Sequence[Word], i: int, name: _Name) -> bool:
        """The words behind word `i` are the rest of the name."""
        if i + len(name.rest) >= len(text):
            return False
        for k, word in enumerate(name.rest, i + 1):
            if text[k].folded != word or not text[k].joins:
                return False
        return True

    def find(self, text: Sequence[Word]) -> list[Hit]:
        """All names in the text, left to right, none overlapping another."""
        hits: list[Hit] = []
        i = 0
        while i < len(text):
            hit = self.at(text, i)
            if hit:
                hits.append(hit)
                i = hit.last
            else:
                i += 1
        return hits


def from_reference(reference: Reference, extra: Iterable[tuple[str, str]] = ()) -> Gazetteer:
    """The gazetteer of a reference, with `extra` pairs of folded name and id."""
    names = dict(reference.names)
    for name, thing in extra:
        names[name] = (*names.get(name, ()), thing)
    placed = {EntityType.COUNTRY, EntityType.PLACE}
    places = frozenset(name for name, ids in names.items() if any(reference.things[i].type in placed for i in ids))
    return Gazetteer(names, reference.surnames, places)


@lru_cache(maxsize=1)
def shipped_gazetteer() -> Gazetteer:
    """The gazetteer of the shipped reference data, built once a process."""
    return from_reference(shipped())

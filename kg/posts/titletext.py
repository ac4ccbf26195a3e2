"""The words of a text in which titles are read, with the names in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from kg.language.words import Word
from kg.lexicon import Lexicon
from kg.model import EntityType, Name
from kg.reference import Reference

# Signs that may stand between a title and its name.
SEPARATORS = " \t\u00a0,،()\"'«»“”#_-–"


@dataclass(frozen=True)
class TitleText:
    """One text: its words, its names in order, and what is known."""

    text: str
    words: Sequence[Word]
    names: Sequence[Name]
    name_at: Mapping[int, int]
    lexicon: Lexicon
    reference: Reference

    @cached_property
    def inside(self) -> frozenset[int]:
        """The words of names other than persons'."""
        return frozenset(k for name in self.names if name.type is not EntityType.PERSON for k in range(name.first, name.last))

    @cached_property
    def within_persons(self) -> frozenset[int]:
        """The words of persons' names but the first."""
        return frozenset(k for name in self.names if name.type is EntityType.PERSON for k in range(name.first + 1, name.last))

    def is_person(self, k: int) -> bool:
        """A person begins at word `k`."""
        return k in self.name_at and self.names[self.name_at[k]].type is EntityType.PERSON

    def separated(self, k: int) -> bool:
        """Nothing but spaces, quotation marks, brackets and commas before word `k`."""
        return k < len(self.words) and not self.words[k].gap.strip(SEPARATORS)

    def folded(self, k: int) -> str:
        """Word `k`, folded; empty behind the end."""
        return self.words[k].folded if k < len(self.words) else ""

    def phrase(self, k: int, options: Sequence[str]) -> int | None:
        """The word after the first of the phrases that stands at word `k`."""
        for option in options:
            parts = option.split()
            if [self.folded(k + n) for n in range(len(parts))] == parts:
                return k + len(parts)
        return None

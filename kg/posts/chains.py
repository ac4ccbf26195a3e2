"""Long titles: "head of the operations room in the general staff", "passport officer at the Nigerian embassy".

The head of a title governs words that are no name (a department, a desk, a campaign), and behind them stands the body that it
all belongs to. These words are walked over up to the person; the last body or adjective of a state on the way is what the post
is of. Without a body, and a person at the end or right before, nothing is read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.language.wordclasses import shipped
from kg.language.words import Word
from kg.lexicon import Lexicon
from kg.model import EntityType, Name

_WORDS = shipped("titlewords")
# Words between the head of a title and its bearer.
MAX_CHAIN = 12
_PREPOSITIONS = _WORDS["chain_prepositions"]
_INNER = _WORDS["chain_inner"]
_THAT = _WORDS["that_they"]
# Heads of units inside of a body: what is called so is nothing that has a leader of its own.
_UNITS = _WORDS["units"]
# Units that a person has of his own.
_OF_PERSONS = _WORDS["units_of_persons"]
_BODIES = frozenset({EntityType.ORGANIZATION, EntityType.COUNTRY, EntityType.ARMED_GROUP})
_SEPARATORS = " \t\u00a0\"'«»“”#_-–"
# Classes of heads that lead what they are right before of, so that only a unit inside of another body makes a post of them.
LEADING = frozenset({"president", "chief", "commander", "leader"})
CHAINED = LEADING | {"deputy", "official", "chancellor"}


@dataclass(frozen=True, slots=True)
class Chain:
    """What a long title is of: an id of the reference data or the number of a name, neither where it names no body (its
    type is then Person, the bearer's); the word after the title."""

    of: str
    of_name: int | None
    type: EntityType
    last: int


@dataclass(frozen=True)
class ChainReader:
    """Reads the words behind the heads of long titles of one text."""

    text: str
    words: Sequence[Word]
    names: Sequence[Name]
    name_at: Mapping[int, int]
    lexicon: Lexicon

    def read(self, first: int, leading: bool, behind: bool) -> Chain | None:
        """The chain behind a head that ends before word `first`. `leading`: the head leads what stands right behind it;
        `behind`: the bearer stands before the title."""
        if (leading and self._unit(first) not in _UNITS) or first >= len(self.words) or self.words[first].gap.strip(_SEPARATORS):
            return None
        found: Chain | None = None
        k, inner = first, self._folded(first).startswith("ل") and self._unit(first) in _UNITS
        while k < min(first + MAX_CHAIN, len(self.words)) and (k == first or not self.words[k].gap.strip(_SEPARATORS)):
            number = self.name_at.get(k)
            if number is not None:
                name = self.names[number]
                cut = self.text[self.words[k].start : name.span.start]
                own = behind and name.type is EntityType.PERSON and k <= first + 4 and (self._unit(first) in _OF_PERSONS or (cut == "ل" and k > first))
                own = own or self._staffs(first, k, name)
                if cut not in {"", "ل", "ب"} or (name.type is EntityType.PERSON and not own):
                    break
                inner = inner or cut != ""
                if own or (name.type in _BODIES and (inner or not leading)):
                    found = Chain(name.ids[0] if len(name.ids) == 1 else "", None if len(name.ids) == 1 else number, name.type, name.last)
                k = name.last
                if own:
                    while not behind and self._folded(k) in self.lexicon.modifiers and self.words[k].joins:
                        k += 1
                    break
                continue
            if (nisba := self.lexicon.nisbas.at(self.words, k)) and self._folded(k).startswith("ال"):
                if (inner or not leading) and not (found and found.last == k):
                    found = Chain(nisba[0], None, EntityType.COUNTRY, nisba[1])
                k = nisba[1]
                continue
            if behind and (person := self._candidate(first, k)) is not None:
                name = self.names[person]
                return Chain(name.ids[0] if len(name.ids) == 1 else "", None if len(name.ids) == 1 else person, name.type, name.last)
            if not self._goes_on(k, first) or (self._folded(k) in self.lexicon.ranks and self._bearer(k)):
                break
            inner = inner or self._folded(k) in _INNER or self._folded(k).startswith(("بال", "لل"))
            k += 1
        if found is None:
            return Chain("", None, EntityType.PERSON, k) if not leading and k > first and self._bearer(k) else None
        if behind:
            return found
        return Chain(found.of, found.of_name, found.type, k) if self._bearer(k) else None

    def _staffs(self, first: int, k: int, name: Name) -> bool:
        """ "The (former) head of the campaign of X, Y": X has the unit, and behind the words that qualify the post stands Y."""
        after = name.last
        while self._folded(after) in self.lexicon.modifiers and self.words[after].joins:
            after += 1
        return name.type is EntityType.PERSON and k <= first + 2 and self._unit(first) in _OF_PERSONS and self._bearer(after)

    def _candidate(self, first: int, k: int) -> int | None:
        """ "(Head of the election campaign) of the president X": the number of the name of whose campaign it is, behind a title."""
        word = self._folded(k)
        head = "ال" + word[2:] if word.startswith("لل") else word[1:]
        campaign = any(self._unit(j) in _OF_PERSONS for j in range(first, k))
        if not campaign or not word.startswith("ل") or not self.lexicon.heads.at(self.words, k, first=head):
            return None
        j = k + 1
        while j < len(self.words) and not self.words[j].gap.strip(_SEPARATORS) and j not in self.name_at:
            if nisba := self.lexicon.nisbas.at(self.words, j):
                j = nisba[1]
            elif self._folded(j) in self.lexicon.modifiers:
                j += 1
            else:
                return None
        return self.name_at[j] if self._bearer(j) else None

    def _unit(self, k: int) -> str:
        word = self._folded(k)
        return word if word in _UNITS or not word.startswith("ل") else word[1:]

    def _goes_on(self, k: int, first: int) -> bool:
        """A word that can stand in such a title: definite, a preposition, or a noun before a definite one."""
        word = self._folded(k)
        if word in _PREPOSITIONS:
            return True
        if self.lexicon.head_classes(self.words, k) and self._folded(k - 1) != "مجلس":
            return False
        if word.startswith(("ال", "لل", "بال")) or (word.startswith("وال") and k > first):
            return True
        following = self._folded(k + 1)
        construct = following.startswith("ال") or any(k + n in self.name_at for n in (1, 2)) or any(self._folded(k + n).startswith("ال") for n in (2, 3))
        led = k == first or self._folded(k - 1) in _PREPOSITIONS or self._unit(k - 1) in _UNITS or self._unit(k) in _UNITS
        led = led or (self._unit(first) in _UNITS and not self._folded(k - 1).startswith(("ال", "لل", "بال", "وال")))
        return led and construct and len(word) > 2 and not word.startswith(("و", "ي")) and word not in _THAT and not word.isdigit()

    def _bearer(self, k: int) -> bool:
        """A person stands at word `k`, behind ranks."""
        while k < len(self.words) and self._folded(k) in self.lexicon.ranks and k not in self.name_at:
            k += 1
        number = self.name_at.get(k)
        if number is None or self.words[k].gap.strip(_SEPARATORS + "،,()"):
            return False
        name = self.names[number]
        return name.type is EntityType.PERSON and name.span.start == self.words[k].start

    def _folded(self, k: int) -> str:
        return self.words[k].folded if 0 <= k < len(self.words) else ""

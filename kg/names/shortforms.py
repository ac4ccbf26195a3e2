"""Short forms of persons' names later in an article: the surname or the given name alone of one who is named in full.

The reference data marks surnames that are safe to look for everywhere. Within one article more is safe: once a person is
named in full, his last word alone is him, even where it is an ordinary word (May), unless two of the article bear it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.arabic import fold, unclitic
from kg.identity import same_person, short_form
from kg.language.particles import ADVERBS
from kg.lexicon import Lexicon
from kg.model import EntityType, Name, Origin, Span
from kg.names.gazetteer import Gazetteer
from kg.names.sheet import Sheet
from kg.reference import Reference

NAME_POS = frozenset({"X", "PROPN"})


def name_like(i: int, sheet: Sheet, gazetteer: Gazetteer, gap: bool = False) -> bool:
    """A word that can go on with a person's name: a foreign word, right behind, without article or proclitic, and no name
    of its own. With `gap`, something may stand before it."""
    if i >= len(sheet.words) or (sheet.words[i].gap.strip() and not gap) or sheet.words[i].folded.startswith("ال"):
        return False
    if sheet.words[i].folded in ADVERBS:
        return False  # تحدث مع بوتين هاتفيا
    whole = sheet.token_at(sheet.words[i].start) == sheet.token_at(sheet.words[i].end - 1)
    return sheet.pos(i) in NAME_POS and whole and gazetteer.at(sheet.words, i, clitics=True) is None


@dataclass(frozen=True)
class ShortForms:
    """Finds the short forms of the persons of one article."""

    sheet: Sheet
    reference: Reference
    gazetteer: Gazetteer
    lexicon: Lexicon

    def find(self, names: Sequence[Name]) -> list[Name]:
        """The short forms of `names`, outside of them."""
        persons = self._persons(names)
        surnames = _once((word, p) for p in persons for word in self._surnames(p))
        given = _once((self.sheet.words[p.first].folded, p) for p in persons)
        taken = {w for name in names for w in range(name.first, name.last)}
        people = {w for name in names if name.type is EntityType.PERSON for w in range(name.first, name.last)}
        found = []
        for i in range(len(self.sheet.words)):
            for cut, word in unclitic(self.sheet.words[i].folded)[:2] if i not in taken else ():
                whole = surnames.get(word) or (given.get(word) if self.sheet.person(i) else None)
                if whole and len(word) > 1 and self._behind(whole, i) and self._stands(i, cut, taken, people):
                    span = Span(self.sheet.words[i].start + cut, self.sheet.words[i].end)
                    text = self.sheet.article.cut(span)
                    found.append(Name(i, i + 1, span, text, whole.type, Origin.PATTERN, whole.ids, short=True))
                    break
        return found

    def _persons(self, names: Sequence[Name]) -> list[Name]:
        """The persons named in full, each once, by its first mention."""
        persons: list[Name] = []
        for name in names:
            full = name.type is EntityType.PERSON and name.last - name.first > 1 and not name.short
            if full and not any(_one(name, other) for other in persons):
                persons.append(name)
        return persons

    def _surnames(self, person: Name) -> set[str]:
        known = {fold(s) for i in person.ids for s in self.reference.things[i].short}
        return known | {self.sheet.words[person.last - 1].folded}

    def _behind(self, whole: Name, i: int) -> bool:
        return whole.last <= i or self.sheet.words[i].end <= self.sheet.article.headline

    def _stands(self, i: int, cut: int, taken: set[int], persons: set[int]) -> bool:
        """A word alone is a person where the analysis takes it for a foreign word or a person, or a verb stands before it."""
        if self.lexicon.nisbas.at(self.sheet.words, i) or (i + 1 not in taken and name_like(i + 1, self.sheet, self.gazetteer)):
            return False
        if self.sheet.pos(i) in NAME_POS or self.sheet.person(i):
            return True
        if i == 0 or self.sheet.words[i].gap.strip():
            return False
        if cut == 1 and self.sheet.words[i].folded.startswith("و"):
            return i - 1 in persons  # joined to another person: "Trump and May"
        return not cut and self.sheet.verb(i - 1)


def _one(one: Name, other: Name) -> bool:
    if one.ids or other.ids:
        return one.ids == other.ids
    return same_person(one.text, other.text) or short_form(one.text, other.text) or short_form(other.text, one.text)


def _once(pairs: Iterable[tuple[str, Name]]) -> dict[str, Name]:
    """Word -> the person, of words that one person only bears: father and son leave their name to nobody."""
    listed = list(pairs)
    counts = Counter(word for word, _ in listed)
    return {word: person for word, person in listed if counts[word] == 1}

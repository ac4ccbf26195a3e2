"""Where a name begins and ends: what a model, or a pattern, has taken too much or too little of.

A person's name ends before a verb, a rank or a common noun that the analysis knows as one; two places joined by "and" are
two; what holds no letter, or is longer than a name can be, is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.language.latin import known_names
from kg.language.wordclasses import shipped
from kg.lexicon import Lexicon
from kg.model import EntityType
from kg.names.gazetteer import Hit
from kg.names.sheet import Sheet
from kg.reference import Reference

_WORDS = shipped("namewords")
# The most words of a name that the reference data does not know, and of a person's.
MAX_NAME = 12
MAX_PERSON = 7
# Parts of speech of words that are no part of a person's name, unless they are common names.
_COMMON = frozenset({"NOUN", "VERB", "ADJ", "ADV", "ADP", "DET", "PART", "SCONJ"})
# Words that go on with a person's name: son of, house of.
_LINEAGE = _WORDS["lineage"]
# First words of given names of two: servant of, father of.
_COMPOUND = _WORDS["compound"]

Found = tuple[int, int, int, EntityType]


@dataclass(frozen=True)
class Bounds:
    """Puts the bounds of names right on the words of one article."""

    sheet: Sheet
    lexicon: Lexicon
    reference: Reference | None = None

    def model_names(self) -> Iterator[Found]:
        """The model's names, with first and last word, start offset and type: put right, the hopeless left out."""
        for found in self.sheet.model_names():
            for first, last, start, kind in self._placed(found):
                if kind is EntityType.PERSON:
                    first, last, start = self._trimmed(first, last, start)
                elif kind is EntityType.ORGANIZATION:
                    last = self._without_ends(first, last)
                if first < last and self.possible(first, last, kind):
                    yield first, last, self._future(first, start), kind

    def possible(self, first: int, last: int, kind: EntityType) -> bool:
        """A name has a letter and is no longer than names are."""
        most = MAX_PERSON if kind is EntityType.PERSON else MAX_NAME
        return last - first <= most and any(
            c.isalpha() for w in self.sheet.words[first:last] for c in w.folded
        )

    def common(self, words: Iterable[int]) -> bool:
        """All of some words are common words to the analysis, and none is a common given name."""
        listed = list(words)
        return bool(listed) and all(
            self.sheet.pos(i) in _COMMON
            and self.sheet.words[i].folded not in known_names()
            and not self._named_after(i)
            for i in listed
        )

    def lineage(self, last: int) -> int:
        """The end of "son of …" and "of the house of …" behind a person's name that ends at word `last`."""
        text = self.sheet.words
        while last + 1 < len(text) and all(w.joins and not w.gap.strip() for w in text[last : last + 2]):
            written = self.sheet.article.text[text[last].start : text[last].end]
            if (
                text[last].folded not in _LINEAGE
                or (text[last].folded == "ال" and written != "آل")
                or self.sheet.verb(last + 1)
            ):
                break
            last += (
                3
                if text[last + 1].folded in _COMPOUND and last + 2 < len(text) and text[last + 2].joins
                else 2
            )
        return last

    def surname_of(self, first: int, last: int, hits: Iterable[Hit]) -> Hit | None:
        """The surname of the reference data that a model's name of a person is but for common words around it
        ("Guterres telephoned", "the safety of Bazoum"). A noun before it may be a given name that is rare: it is taken for a
        common word where the article names the bearer in full."""
        listed = list(hits)
        introduced = {i for hit in listed if not hit.short for i in hit.ids}
        for hit in listed:
            inside = first <= hit.first and hit.last <= last and hit.last - hit.first < last - first
            if not inside or not self.common(i for i in range(first, last) if not hit.first <= i < hit.last):
                continue
            if (
                hit.first == first
                or introduced & set(hit.ids)
                or all(self.sheet.verb(i) for i in range(first, hit.first))
            ):
                return hit
        return None

    def owned(self, i: int) -> bool:
        """A word with a pronoun written onto it ("our network") is no name."""
        last = self.sheet.token_at(self.sheet.words[i].end - 1)
        return len(self.sheet.tokens(i)) > 1 and last is not None and self.sheet.doc[last].pos_ == "PRON"

    def _without_ends(self, first: int, last: int) -> int:
        last = next((k for k in range(first + 3, last) if self._told_to(first, k)), last)
        while last - first > 1 and self.sheet.words[last - 1].folded in self.lexicon.ends:
            last -= 1
        return last

    def _told_to(self, first: int, k: int) -> bool:
        """Behind the adjective of a state at the end of a name of noun and genitive stands to whom its spokesman speaks: «هيئة
        الطيران الكولومبية للتلفزيون»."""
        words, head = self.sheet.words, self.sheet.pos(first + 1)
        nisba = self.lexicon.nisbas.at(words, k - 1)
        thing = self.reference.things.get(nisba[0]) if nisba and self.reference else None
        return words[k].folded.startswith("لل") and head == "NOUN" and thing is not None and thing.type is EntityType.COUNTRY

    def _named_after(self, i: int) -> bool:
        """Words that begin like a family's name: the article with a nisba, "Al"."""
        word = self.sheet.words[i].folded
        return word.startswith("ال") and word.endswith("ي") and len(word) > 4

    def _placed(self, found: Found) -> Iterator[Found]:
        """A place and the person named behind it, of which the model makes one: "the governor of the province of X, Y Z"."""
        for first, last, start, kind in self._apart(found):
            word = self.sheet.words[first]
            headed = (
                first > 0
                and not word.gap.strip()
                and self.sheet.words[first - 1].folded in self.lexicon.place_heads
            )
            if kind is EntityType.PERSON and headed and last - first > 2:
                yield first, first + 1, start, EntityType.PLACE
                first, start = first + 1, self.sheet.words[first + 1].start
            yield first, last, start, kind

    def _apart(self, found: Found) -> Iterator[Found]:
        """Persons and places that are joined by "and", each by itself; "and" may be within an organisation's name."""
        first, last, start, kind = found
        if kind is not EntityType.ORGANIZATION:
            for i in range(first + 1, last):
                if kind is EntityType.PERSON and self._foreign_surname(first, i):
                    continue
                if self._joined(i) or (kind is EntityType.PERSON and self._another(i)):
                    yield first, i, start, kind
                    first, start = i, self.sheet.words[i].start + 1
        yield first, last, start, kind

    def _another(self, i: int) -> bool:
        """The word is "and" with a surname or a given name, and no name as it stands (ترامب وكيم)."""
        word = self.sheet.words[i].folded
        surnames = self.reference.surnames if self.reference else {}
        known = word[1:] in surnames or word[1:] in known_names()
        return word.startswith("و") and known and word not in surnames and word not in known_names()

    def _foreign_surname(self, first: int, i: int) -> bool:
        """Behind one given name stands a surname that begins with و: without it the word is no name that is known (بيتر ويلسون)."""
        surnames = self.reference.surnames if self.reference else {}
        given, rest = self.sheet.words[first].folded, self.sheet.words[i].folded[1:]
        return i == first + 1 and given in known_names() and given not in surnames and rest not in known_names() and rest not in surnames

    def _joined(self, i: int) -> bool:
        """The word has "and" before it, as the analysis has it."""
        word = self.sheet.words[i]
        token = self.sheet.token_at(word.start)
        whole = self.sheet.token_at(word.end - 1)
        return (
            word.folded.startswith("و")
            and len(word.folded) > 3
            and token != whole
            and token is not None
            and self.sheet.doc[token].pos_ == "CCONJ"
        )

    def _trimmed(self, first: int, last: int, start: int) -> tuple[int, int, int]:
        """A person's name without the ranks at its end and, where two words are left, the verbs at its edges."""
        last = next((i for i in range(first + 1, last) if self._function(i)), last)
        if (
            self.sheet.words[last - 1].folded == "عبد"
            and last < len(self.sheet.words)
            and self.sheet.words[last].joins
        ):
            last += 1  # the servant of …
        last = self.lineage(last)
        while last - first > 1 and ((self._verb(last - 1) and last - first > 2) or self._rank(last - 1)):
            last -= 1
        while last - first > 2 and self._verb(first):
            first += 1
            start = self.sheet.words[first].start
        return first, last, start

    def _function(self, i: int) -> bool:
        """A particle, or a word behind a preposition that is written onto it ("as minister", "in prison"), ends a name."""
        tokens = self.sheet.tokens(i)
        if len(tokens) > 1:
            one, other = self.sheet.doc[min(tokens)], self.sheet.doc[max(tokens)]
            return (
                one.pos_ == "ADP"
                and other.pos_ == "NOUN"
                and self.sheet.words[i].folded not in {"بالله", "لله"}
                and not self.sheet.words[i].folded.startswith("لا")  # "for the" is لل: فيليب لاليو
            )
        return self.sheet.pos(i) in {"SCONJ", "CCONJ", "ADV"} and len(self.sheet.words[i].folded) > 1

    def _verb(self, i: int) -> bool:
        return self.sheet.verb(i) and self.sheet.words[i].folded not in known_names()

    def _rank(self, i: int) -> bool:
        return self.sheet.words[i].folded in self.lexicon.ranks and self.sheet.words[i].folded.startswith(
            "ال"
        )

    def _future(self, first: int, start: int) -> int:
        """No name has the particle of the future before it: سميرة is one word."""
        word = self.sheet.words[first]
        return word.start if "س" in self.sheet.article.text[word.start : start] else start

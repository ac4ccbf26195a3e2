"""English names made up for organisations and events that the reference data does not know.

The generic head and the words that are known are translated (`kg/data/lexicon/english.tsv`), the rest is written in Latin
letters, in the order of English: "Uzbek Ministry of Trade", "Financial Supervision Authority". The result is a reading aid, and
is marked as made up wherever it is shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from kg import files
from kg.arabic import fold
from kg.language.latin import latin
from kg.reference import Reference
from kg.tables import Names, Row, read_table

# Words before what the thing is for, in or on behalf of, folded.
_PREPOSITIONS = {"في": "in", "من اجل": "for", "علي": "on", "مع": "with", "بين": "between", "حول": "on", "ضد": "against"}


class WordRow(Row):
    """A word or phrase: the head of a name that is followed by "of" or that ends the name, a noun, an adjective."""

    english: str
    arabic: Names
    role: Literal["head", "of", "noun", "adjective", "for"]


class AdjectiveRow(Row):
    """An English adjective of a state, of adjectives_en.tsv."""

    country: str
    english: str


@dataclass
class _Group:
    """A noun with its adjectives, and the word that joins it to what is before it."""

    noun: str
    joined: str = "of"
    adjectives: list[str] = field(default_factory=list)
    known: bool = True

    def __str__(self) -> str:
        return " ".join([*self.adjectives, self.noun])


@lru_cache(maxsize=1)
def _words() -> Mapping[str, Mapping[tuple[str, ...], str]]:
    """Role -> folded phrase -> English."""
    rows = read_table(files.DATA / "lexicon" / "english.tsv", WordRow)
    found: dict[str, dict[tuple[str, ...], str]] = {
        "head": {},
        "of": {},
        "noun": {},
        "adjective": {},
        "for": {},
    }
    for row in rows:
        for form in row.arabic:
            found[row.role].setdefault(tuple(fold(form).split()), row.english)
    return found


@lru_cache(maxsize=1)
def _adjectives() -> Mapping[str, str]:
    return {
        row.country: row.english
        for row in read_table(files.DATA / "lexicon" / "adjectives_en.tsv", AdjectiveRow)
    }


def english(name: str, reference: Reference) -> str:
    """An English name for an organisation or event, in Latin letters throughout.

    >>> from kg.reference import shipped
    >>> english("وزارة التجارة الأوزبكية", shipped()), english("هيئة الرقابة المالية", shipped())
    ('Uzbek Ministry of Trade', 'Financial Supervision Authority')
    """
    return _Translation(name.split(), reference).text() or latin(name)


@dataclass
class _Translation:
    written: list[str]
    reference: Reference

    def __post_init__(self) -> None:
        self.folded = [fold(word).replace(" ", "") for word in self.written]
        self.before: list[str] = []  # adjectives of the whole, nationality first

    def text(self) -> str:
        """The English name, empty where the first word is no head that is known."""
        head = self._head()
        if head is None:
            return ""
        noun, of, k = head
        groups: list[_Group] = []
        while k < len(self.folded):
            k = self._next(k, groups)
        return self._joined(noun, of, groups)

    def _head(self) -> tuple[str, bool, int] | None:
        for length in (2, 1):
            for role in ("of", "head"):
                if len(self.folded) > length and (found := _words()[role].get(tuple(self.folded[:length]))):
                    return found, role == "of", length
        return None

    def _next(self, k: int, groups: list[_Group]) -> int:
        """Reads what stands at word `k` into the groups; returns the word after it."""
        for length in (2, 1):
            if tuple(self.folded[k : k + length]) in _words()["for"]:
                groups.append(_Group(_words()["for"][tuple(self.folded[k : k + length])], "for"))
                return k + length
        nation = self._nation(k)
        if nation:
            self.before.insert(0, nation[0])
            return nation[1]
        if adjective := self._adjective(k, groups):
            (groups[-1].adjectives if groups and groups[-1].known else self.before).append(adjective)
            return k + 1
        for length in (2, 1):
            phrase = " ".join(self.folded[k : k + length])
            if phrase in _PREPOSITIONS and k + length < len(self.folded):
                group, last = self._noun(k + length, "")
                groups.append(_Group(group.noun, _PREPOSITIONS[phrase], known=group.known))
                return last
        return self._group(k, groups)

    def _group(self, k: int, groups: list[_Group]) -> int:
        word = self.folded[k]
        if word.startswith("لل") and len(word) > 4:
            group, last = self._noun(k, "ال" + word[2:])
            groups.append(_Group(group.noun, "for", known=group.known))
            return last
        if word.startswith("ل") and self._is_noun(word[1:], k):
            group, last = self._noun(k, word[1:])
            groups.append(_Group(group.noun, "for"))
            return last
        if word.startswith("و") and groups and (self._is_noun(word[1:], k) or word.startswith("وال")):
            group, last = self._noun(k, word[1:])
            if not group.known and (adjective := _words()["adjective"].get((word[1:],))):
                groups[-1].adjectives += ["and", adjective] if groups[-1].adjectives else [adjective]
                return k + 1
            groups.append(_Group(group.noun, "and", known=group.known))
            return last
        group, last = self._noun(k, "")
        if groups and not groups[-1].known and not group.known:
            groups[-1].noun += f" {group.noun}"
        else:
            groups.append(group)
        return last

    def _is_noun(self, word: str, k: int) -> bool:
        return (word,) in _words()["noun"] or (word, *self.folded[k + 1 : k + 2]) in _words()["noun"]

    def _noun(self, k: int, first: str) -> tuple[_Group, int]:
        """The noun at word `k`, whose first word is read as `first` where that is given."""
        words = [first or self.folded[k], *self.folded[k + 1 :]]
        for length in (2, 1):
            phrase = tuple(words[:length])
            if len(phrase) == length and (found := _words()["noun"].get(phrase)):
                return _Group(found), k + length
        for length in (3, 2, 1):
            ids = self.reference.names.get(" ".join(words[:length]), ()) if len(words) >= length else ()
            if len(ids) == 1:
                return _Group(self.reference.things[ids[0]].label_en), k + length
        written = self.written[k].strip("\"'«»“”()[]،,.")
        cut = len(self.folded[k]) - len(first) if first and not first.startswith("ال") else 0
        if first.startswith("ال"):
            written = "ال" + written[2:] if self.folded[k].startswith("لل") else written[1:]
        return _Group(latin(written[cut:] if cut > 0 else written), known=False), k + 1

    def _nation(self, k: int) -> tuple[str, int] | None:
        for length in (2, 1):
            if length == 1 and any((self.folded[k],) in _words()[role] for role in ("noun", "adjective")):
                break  # financial, not Malian
            country = self.reference.demonyms.get(" ".join(self.folded[k : k + length]), "")
            if country in _adjectives() and k + length <= len(self.folded):
                return _adjectives()[country], k + length
        return None

    def _adjective(self, k: int, groups: list[_Group]) -> str:
        """The adjective at a word; what is a noun as well is one where no noun is before it (وزارة المالية)."""
        found = _words()["adjective"].get((self.folded[k],), "")
        return "" if found and not groups and (self.folded[k],) in _words()["noun"] else found

    def _joined(self, head: str, of: bool, groups: list[_Group]) -> str:
        before = self.before
        if not of and groups and groups[0].joined == "of" and (len(groups) == 1 or groups[1].joined != "of"):
            lead = [groups[0]]
            while len(lead) < len(groups) and groups[len(lead)].joined == "and":
                lead.append(groups[len(lead)])
            whole = " and ".join(str(g) for g in lead)
            rest = "".join(f" {g.joined} {g}" for g in groups[len(lead) :])
            return " ".join([*before, whole, head]) + rest
        if not of and len(groups) > 1 and groups[0].joined == "of" and groups[0].known and groups[1].known:
            groups[0].joined = "for"  # "Committee for Protection of Journalists"
        return " ".join([*before, head]) + "".join(f" {g.joined} {g}" for g in groups)

"""Organs and references in a text: phrases that stand for a state, an organisation or a group that follows or was named.

"The Syrian army", "fighters of the movement", an adjective of a state (also one within a name), "the country", "the capital".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace

from kg.arabic import bare, unclitic
from kg.language.wordclasses import shipped
from kg.lexicon import Lexicon
from kg.model import EntityType, Name, Organ, Span, Title
from kg.names.sheet import Sheet
from kg.reference import Reference

_WORDS = shipped("namewords")
_ACTING = {EntityType.COUNTRY, EntityType.ORGANIZATION, EntityType.ARMED_GROUP, EntityType.PERSON}
_OUTLETS = frozenset({"media", "news_agency"})
_NO_NOUNS = _WORDS["no_nouns"]
_GENERIC = _WORDS["generic_heads"]


def _organ(
    sheet: Sheet, first: int, last: int, start: int, of: str, of_name: int | None, kind: str = ""
) -> Organ:
    span = Span(start, sheet.words[last - 1].end)
    return Organ(first, last, span, sheet.article.cut(span), of, of_name, kind=kind)


@dataclass(frozen=True)
class OrganReader:
    """Finds the organs and references of an article beside its names and titles."""

    reference: Reference
    lexicon: Lexicon

    def organs(self, names: Sequence[Name], titles: Sequence[Title], sheet: Sheet) -> list[Organ]:
        """The organs and the adjectives of states and bodies, outside of names and titles."""
        in_name = {w for name in names for w in range(name.first, name.last)}
        in_title = {w for title in titles for w in range(title.first, title.last)}
        by_first = {name.first: n for n, name in enumerate(names)}
        by_title = {title.first: title for title in titles}
        states = {name.last - 1 for name in names if name.type is EntityType.COUNTRY}
        found: list[Organ] = []
        last = 0
        for i in range(len(sheet.words)):
            if i < last or i in in_name or i in in_title:
                continue
            organ = self._organ(i, names, by_first, by_title, sheet) or self._adjective(i, sheet, states)
            if organ:
                found.append(organ)
                last = organ.last
        return found

    def in_events(self, names: Sequence[Name], sheet: Sheet) -> list[Organ]:
        """The adjectives of the two states whose event a name says that it is: the Russian-American summit; that of the one whose
        election it is."""
        found: list[Organ] = []
        for name in names:
            if name.type is not EntityType.EVENT:
                continue
            two = [organ for i in range(name.first + 1, name.last) if (organ := self._adjective(i, sheet)) and organ.adjective]
            if (len({organ.of for organ in two}) == 2 and two[0].last == two[1].first) or (len(two) == 1 and bare(sheet.words[name.first].folded.lstrip("وبلف")) == "انتخابات"):
                found += two
        return found

    def _title_end(self, title: Title, names: Sequence[Name]) -> int:
        return names[title.name].last if title.name is not None else title.last

    def _organ(
        self, i: int, names: Sequence[Name], by_first: Mapping[int, int], by_title: Mapping[int, Title], sheet: Sheet
    ) -> Organ | None:
        for cut, word in unclitic(sheet.words[i].folded):
            found = self.lexicon.organs.at(sheet.words, i, first=word)
            if not found:
                continue
            if found[0] == "ministry" and found[1] == i + 1 and self._internal(i, sheet):
                continue
            k = found[1]
            if k < len(sheet.words) and sheet.words[k].folded in _WORDS["of_names"]:
                k += 1
            while k < len(sheet.words) and k not in by_first and self._generic_between(k, sheet):
                k += 1
            if k >= len(sheet.words) or not sheet.words[k].joins:
                continue
            start = sheet.words[i].start + cut
            if (number := by_first.get(k)) is not None and names[number].type in _ACTING:
                name = names[number]
                between = sheet.article.text[sheet.words[k].start : name.span.start]
                told = between == "ل" and any(self.reference.things[n].kind in _OUTLETS for n in name.ids)  # officials told CNN
                if between in {"", "ل"} and not name.short and not told:
                    of = name.ids[0] if len(name.ids) == 1 else ""
                    return _organ(sheet, i, name.last, start, of, None if of else number, found[0])
            if (title := by_title.get(k)) and title.of and title.office in {"head_of_state", "head_of_government"}:
                return _organ(sheet, i, self._title_end(title, names), start, title.of, None, found[0])
            if nisba := self.lexicon.nisbas.at(sheet.words, k):
                if found[0] == "fighters" and not word.startswith("ال"):
                    return None  # "Syrian factions" are not Syria
                return _organ(sheet, i, nisba[1], start, nisba[0], None, found[0])
        return None

    def _internal(self, i: int, sheet: Sheet) -> bool:
        """ "Internal", "foreign" behind a definite noun is its adjective and no ministry: the internal affairs of X."""
        before = sheet.words[i - 1].folded if i > 0 and sheet.words[i].joins and not sheet.words[i].gap.strip() else ""
        return before.startswith("ال") and sheet.pos(i - 1) == "NOUN" and sheet.words[i].folded.startswith("ال")

    def references(
        self, names: Sequence[Name], titles: Sequence[Title], organs: Sequence[Organ], sheet: Sheet
    ) -> list[Organ]:
        """The definite nouns that refer to what the article has named before."""
        taken = {w for part in (names, titles, organs) for item in part for w in range(item.first, item.last)}
        starts = {name.first for name in names}
        found = []
        for i in range(len(sheet.words)):
            if i in taken:
                continue
            for cut, word in unclitic(sheet.words[i].folded):
                if (hit := self.lexicon.references.at(sheet.words, i, first=word)) and self._refers(hit[0], i, starts, taken, sheet):
                    found.append(_organ(sheet, i, hit[1], sheet.words[i].start + cut, "", None, hit[0]))
                    break
        return found

    def _refers(self, kind: str, i: int, starts: set[int], taken: set[int], sheet: Sheet) -> bool:
        """هناك is a place only behind a preposition: else it means "there is". "The capital" before its name is that name's.
        Right behind a definite noun the word is its adjective or participle ("the regulating authority")."""
        if i > 0 and sheet.words[i].joins and not sheet.words[i].gap.strip() and sheet.words[i].folded.startswith("ال"):
            before = sheet.words[i - 1].folded
            if before.startswith("ال") and sheet.pos(i - 1) == "NOUN" and i - 1 not in taken:
                return False
        if kind == "korea" and not {"الشمال", "الجنوب", "الشطر"} & {form for _, form in unclitic(sheet.words[i].folded)}:
            return i not in starts  # her southern neighbour
        if kind == "korea":  # "the South of the peninsula", "in the North-East" are parts of lands
            following = sheet.words[i + 1] if i + 1 < len(sheet.words) else None
            part = following is not None and following.joins and not following.gap.strip() and following.folded.startswith(("ال", "من")) and following.folded not in _NO_NOUNS
            return i not in starts and (sheet.words[i].folded.endswith(("الشمالي", "الجنوبي")) or not part)
        if kind == "regime" and sheet.words[i].folded.endswith("النظام"):  # "the international order" is no regime
            following = sheet.words[i + 1] if i + 1 < len(sheet.words) else None
            return following is None or not following.joins or not following.folded.startswith("ال")
        if kind == "capital":
            return i + 1 not in starts or not sheet.words[i + 1].joins
        return kind != "there" or (i > 0 and sheet.words[i - 1].folded in {"من", "الي"})

    def _generic_between(self, k: int, sheet: Sheet) -> bool:
        """Words that may stand between an organ and what it belongs to: adjectives, "movement", "organisation"."""
        word = sheet.words[k].folded
        if not sheet.words[k].joins or self.lexicon.nisbas.at(sheet.words, k) or word in self.lexicon.allied:
            return False
        return (word.startswith("ال") and sheet.pos(k) == "ADJ") or bare(word) in _GENERIC

    def _adjective(self, i: int, sheet: Sheet, states: Set[int] = frozenset()) -> Organ | None:
        nisba = self.lexicon.nisbas.at(sheet.words, i)
        if not nisba:
            word = sheet.words[i].folded
            nisba = self.lexicon.nisbas.at(sheet.words, i, first=word[1:]) if word[:1] in "وبل" else None
            if not nisba:
                return None
            organ = _organ(sheet, i, nisba[1], sheet.words[i].start + 1, nisba[0], None)
        else:
            if nisba[0] in self.lexicon.company_states and i > 0 and sheet.words[i - 1].folded in _WORDS["financial"]:
                return None  # financial sanctions
            organ = _organ(sheet, i, nisba[1], sheet.words[i].start, nisba[0], None)
        if self._people(i, sheet, states):
            return replace(organ, kind="people")
        return replace(organ, adjective=True)

    def _people(self, i: int, sheet: Sheet, states: Set[int]) -> bool:
        """A plural with the article that modifies nothing names a people: "the Russians", but not "the Russian officials"."""
        cut = next((cut for cut, form in unclitic(sheet.words[i].folded)[:3] if self._names_people(form)), None)
        if cut is None:
            return False
        if cut and sheet.words[i].folded.startswith("و"):  # of one kind with what it is joined to
            return i == 0 or sheet.words[i].stops or i - 1 in states or self._people(i - 1, sheet, states)
        joined = i > 0 and sheet.words[i].joins and not sheet.words[i].gap.strip()
        return not joined or sheet.pos(i - 1) not in {"NOUN", "ADJ", "PROPN", "X", "NUM"}

    def _names_people(self, form: str) -> bool:
        sound = form.startswith("ال") and form.endswith(("ين", "ون")) and form in self.reference.demonyms
        return sound or form in self.reference.peoples

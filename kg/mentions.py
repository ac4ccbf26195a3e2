"""Article + Doc -> Mentions: names, titles and organs, with exact offsets.

Evidence, better first: a name of the reference data of two words or more; a name of the model that holds such a name as a
part and adds words of the same kind; a generic head with its modifiers (organisations); a model's name; a single word of
the reference data; an unknown name behind a title. A longer name beats a shorter one inside it. Proclitics are never part
of a name: the reference decides where they end, or the analysis where the name is unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from spacy.tokens import Doc

from kg.arabic import fold
from kg.language.latin import known_names
from kg.language.words import Word, words
from kg.lexicon import Lexicon
from kg.model import Article, EntityType, Mentions, Name, Origin, Span, Title
from kg.names.company import believed
from kg.names.eventnames import events
from kg.names.gazetteer import Gazetteer, Hit
from kg.names.kin import relatives
from kg.names.latinnames import capitalised, english_names, latin_names
from kg.names.localbodies import local_bodies
from kg.names.merging import Merger, ordered
from kg.names.nested import nested
from kg.names.organs import OrganReader
from kg.names.patterns import with_organisations
from kg.names.placenames import places, whole_places
from kg.names.repeats import repeated
from kg.names.sheet import Sheet
from kg.names.shortforms import NAME_POS, ShortForms, name_like
from kg.names.wholenames import headed, hyphened, uncut_bearers
from kg.posts.appositions import Appositions
from kg.posts.titles import TitleReader
from kg.reference import Reference

# Words of an unknown name behind a title.
MAX_UNKNOWN_NAME = 4


@dataclass(frozen=True)
class Finder:
    """Finds mentions; holds what it finds them with."""

    reference: Reference
    gazetteer: Gazetteer
    lexicon: Lexicon

    @cached_property
    def _merger(self) -> Merger:
        return Merger(self.reference, self.gazetteer, self.lexicon)

    @cached_property
    def _english(self) -> Mapping[str, str]:
        return english_names(self.reference)

    def find(self, article: Article, doc: Doc) -> Mentions:
        """The mentions of one article."""
        text = words(article.text)
        sheet = Sheet(article, doc, text)
        hits = [h for h in self.gazetteer.find(text) if not (self._longer_name(h, text) or self._portfolio(h, text) or self._counted(h, text))]
        hits, company = believed(hits, sheet, self.reference, self.lexicon)
        introduced = {i for hit in hits if not hit.short for i in hit.ids}
        hits = [hit for hit in hits if not (hit.short and self._of_two(hit, introduced))]
        full = {hit.first for hit in hits if not hit.short and not hit.cut and self.reference.things[hit.ids[0]].type is EntityType.PERSON}
        hits = [hit for hit in hits if not (hit.short and hit.last in full and text[hit.last].gap == " ")]  # a given name, of a fuller one
        trusted = [hit for hit in hits if not hit.short or self._trusted(hit, introduced, sheet)]
        weak = {hit.first: hit for hit in hits if hit not in trusted}
        short = ShortForms(sheet, self.reference, self.gazetteer, self.lexicon)
        names = self._merger.merge(trusted, list(weak.values()), sheet)
        names = ordered(with_organisations(names, sheet, self.lexicon))
        names = ordered([*names, *events(names, sheet, self.lexicon, self.reference)])
        names = ordered([*names, *latin_names(names, sheet, self._english)])
        names = whole_places(names, sheet, self.lexicon)
        names = ordered([*names, *places(names, sheet, self.lexicon)])
        names, seats = self._with_local_bodies(names, sheet)
        names = headed(hyphened(_surnames(names), sheet), sheet)
        names = ordered([*names, *short.find(names)])
        names = ordered([*names, *repeated(names, sheet)])
        names = ordered([*names, *relatives(names, sheet, self.lexicon, self.gazetteer)])
        titles = TitleReader(article.text, text, names, self.lexicon, self.reference).read()
        if (whole := uncut_bearers(names, titles, sheet)) != names:
            names = whole
            titles = TitleReader(article.text, text, names, self.lexicon, self.reference).read()
        if unknown := self._behind_titles(titles, names, weak, sheet):
            names = ordered([*names, *unknown])
            names = ordered([*names, *short.find(names)])
            titles = TitleReader(article.text, text, names, self.lexicon, self.reference).read()
        titles = Appositions(self.reference).apposed(names, titles, sheet)
        lonely = {s for s in self.lexicon.company_states if s not in company.states}
        titles = [t for t in titles if t.of not in lonely]
        reader = OrganReader(self.reference, self.lexicon)
        organs = [o for o in reader.organs(names, titles, sheet) if o.of not in lonely]
        references = reader.references(names, titles, organs, sheet)
        organs = sorted([*organs, *reader.in_events(names, sheet)], key=lambda o: o.first)
        inner = nested(names, sheet, self.gazetteer, self.reference, self.lexicon)  # last: the others are known by their number
        return Mentions((*names, *inner, *seats), tuple(titles), tuple(organs), tuple(references))

    def _with_local_bodies(self, names: list[Name], sheet: Sheet) -> tuple[list[Name], list[Name]]:
        """`names` with the bodies of places, and the names of the places within them."""
        bodies = local_bodies(names, sheet, self.lexicon, self.reference)
        inside = [n for n in names if any(body.first < n.first and n.last <= body.last for body in bodies)]
        return ordered([*(n for n in names if n not in inside), *bodies]), inside

    def _longer_name(self, hit: Hit, text: Sequence[Word]) -> bool:
        """A name that goes on with a word that makes it another one: the Security Council, the *National* Security Council."""
        kind = self.reference.things[hit.ids[0]].type
        if kind is not EntityType.ORGANIZATION or hit.last >= len(text) or not text[hit.last].joins:
            return False
        return text[hit.last].folded in self.lexicon.discriminators

    def _portfolio(self, hit: Hit, text: Sequence[Word]) -> bool:
        """The short name of a ministry behind "minister" is the minister's portfolio: وزيرة الدفاع الألمانية."""
        if hit.first == 0 or hit.cut or self.reference.things[hit.ids[0]].kind != "ministry":
            return False
        return "minister" in self.lexicon.head_classes(text, hit.first - 1)

    def _counted(self, hit: Hit, text: Sequence[Word]) -> bool:
        """Behind a number روسيا is "Russians", the accusative of the adjective."""
        name = text[hit.first].folded[hit.cut :]
        number = hit.first > 0 and text[hit.first - 1].folded.isdigit() and text[hit.first].joins
        return number and hit.last - hit.first == 1 and name.endswith("ا") and name[:-1] in self.reference.demonyms

    def _of_two(self, hit: Hit, introduced: set[str]) -> bool:
        """A surname whose bearer the article names in full, and another person whose name ends so: it is nobody's."""
        word = fold(self.reference.things[hit.ids[0]].short[0]) if len(hit.ids) == 1 else ""
        if hit.ids[0] not in introduced or not word:
            return False
        named = [self.reference.things[i] for i in introduced - set(hit.ids)]
        return any(fold(name).split()[-1] == word for t in named if t.type is EntityType.PERSON for name in t.names)

    # -- names ------------------------------------------------------------------------------------------------------

    def _trusted(self, hit: Hit, introduced: set[str], sheet: Sheet) -> bool:
        """A surname alone is a name when its bearer is named in full, or the analysis or a title before it says so."""
        if introduced & set(hit.ids):
            return True
        if self._goes_on(hit, sheet) or self._given_before(hit, sheet):
            return False
        token = sheet.token_at(hit.start)
        if token is not None and (sheet.doc[token].ent_type_ == "PER" or sheet.doc[token].pos_ in NAME_POS):
            return True
        before = sheet.words[max(0, hit.first - 3) : hit.first]
        return any(self.lexicon.heads.at(sheet.words, w) for w in range(hit.first - len(before), hit.first))

    def _goes_on(self, hit: Hit, sheet: Sheet) -> bool:
        """A surname followed by another word of a name is the given name of somebody else."""
        if hit.last >= len(sheet.words) or not sheet.words[hit.last].joins or sheet.words[hit.last].gap.strip():
            return False
        return hit.first > 0 and name_like(hit.last, sheet, self.gazetteer)

    def _given_before(self, hit: Hit, sheet: Sheet) -> bool:
        """A surname behind a foreign word that is none of its bearers' names is somebody else's (فابيان أوروتيا)."""
        if hit.first == 0 or hit.cut or sheet.words[hit.first].gap.strip() or not name_like(hit.first - 1, sheet, self.gazetteer, gap=True):
            return False
        before = sheet.words[hit.first - 1].folded
        if self.lexicon.nisbas.at(sheet.words, hit.first - 1) or self.lexicon.heads.at(sheet.words, hit.first - 1):
            return False
        return not any(self._merger.bears(i, before) for i in hit.ids)

    def _family_name(self, first: int, word: int, sheet: Sheet) -> bool:
        """An ordinary word behind a common given name, that can only be the family's: no article, nothing written onto it."""
        if word != first + 1 or sheet.words[first].folded not in known_names() or sheet.words[word].gap.strip():
            return False
        whole = sheet.token_at(sheet.words[word].start) == sheet.token_at(sheet.words[word].end - 1)
        return whole and sheet.pos(word) in {"NOUN", "ADJ"} and not sheet.words[word].folded.startswith("ال")

    # -- titles -----------------------------------------------------------------------------------------------------

    def _behind_titles(
        self, titles: Iterable[Title], names: Sequence[Name], weak: Mapping[int, Hit], sheet: Sheet
    ) -> list[Name]:
        """Unknown names behind titles that say of whom or what they are, and surnames that alone would not be trusted."""
        starts = {name.first for name in names}
        found = []
        for title in titles:
            placed = title.of or title.of_name is not None or title.office == "spokesperson"
            if title.name is not None or not placed or title.last in starts:
                continue
            first = title.last
            while first < len(sheet.words) and sheet.words[first].folded in self.lexicon.ranks:
                first += 1
            surname = weak.get(first) or weak.get(first + 1)
            if surname and not self._goes_on(surname, sheet) and not name_like(surname.last, sheet, self.gazetteer):
                span = Span(sheet.words[first].start, surname.end)
                text = sheet.article.cut(span)
                ids = surname.ids if surname.first == first else tuple(i for i in surname.ids if self._merger.bears(i, text))
                found.append(Name(first, surname.last, span, text, EntityType.PERSON, Origin.TITLE, ids))
                continue
            last = first
            while last < min(first + MAX_UNKNOWN_NAME, len(sheet.words)) and last not in starts:
                goes_on = sheet.pos(last) in NAME_POS or sheet.foreign(last) or capitalised(sheet, last) or self._family_name(first, last, sheet)
                if not goes_on or (last > first and not sheet.words[last].joins):
                    break
                last += 1
            if last - first >= 2 and not sheet.words[first].stops:
                found.append(sheet.name(first, last, sheet.words[first].start, EntityType.PERSON, Origin.TITLE))
        return found


def _surnames(names: list[Name]) -> list[Name]:
    """`names` with what the model takes for a place or a body, and is the surname of a person whom the article names in full."""
    persons = {fold(n.text).split()[-1] for n in names if n.type is EntityType.PERSON and n.last - n.first > 1}
    return [
        replace(n, type=EntityType.PERSON, short=True)
        if n.origin is Origin.MODEL and n.type is not EntityType.PERSON and not n.ids and n.last - n.first == 1 and fold(n.text) in persons
        else n
        for n in names
    ]

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

from kg import possessives
from kg.alone import alone
from kg.arabic import bare, fold, unclitic
from kg.bearers import given
from kg.bounds import Bounds
from kg.company import believed
from kg.eventnames import events
from kg.gazetteer import Gazetteer, Hit
from kg.kin import relatives
from kg.latin import known_names
from kg.latinnames import capitalised, english_names, latin_names
from kg.lexicon import Lexicon
from kg.model import Article, EntityType, Mentions, Name, Origin, Span, Title
from kg.nested import nested
from kg.organs import OrganReader
from kg.patterns import with_organisations
from kg.placenames import places, whole_places
from kg.reference import Reference
from kg.repeats import repeated
from kg.sheet import Sheet
from kg.shortforms import NAME_POS, ShortForms, name_like
from kg.titles import TitleReader
from kg.words import Word, words

# Words of an unknown name behind a title.
MAX_UNKNOWN_NAME = 4


@dataclass(frozen=True)
class Finder:
    """Finds mentions; holds what it finds them with."""

    reference: Reference
    gazetteer: Gazetteer
    lexicon: Lexicon

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
        names = self._merge(trusted, list(weak.values()), sheet)
        names = _ordered(with_organisations(names, sheet, self.lexicon))
        names = _ordered([*names, *events(names, sheet, self.lexicon, self.reference)])
        names = _ordered([*names, *latin_names(names, sheet, self._english)])
        names = whole_places(names, sheet, self.lexicon)
        names = _ordered([*names, *places(names, sheet, self.lexicon)])
        names = self._hyphened(_surnames(names), sheet)
        names = _ordered([*names, *short.find(names)])
        names = _ordered([*names, *repeated(names, sheet)])
        names = _ordered([*names, *relatives(names, sheet, self.lexicon, self.gazetteer)])
        titles = TitleReader(article.text, text, names, self.lexicon, self.reference).read()
        if (whole := self._uncut_bearers(names, titles, sheet)) != names:
            names = whole
            titles = TitleReader(article.text, text, names, self.lexicon, self.reference).read()
        if unknown := self._behind_titles(titles, names, weak, sheet):
            names = _ordered([*names, *unknown])
            names = _ordered([*names, *short.find(names)])
            titles = TitleReader(article.text, text, names, self.lexicon, self.reference).read()
        names, titles = self._apposed(names, titles, sheet)
        lonely = {s for s in self.lexicon.company_states if s not in company.states}
        titles = [t for t in titles if t.of not in lonely]
        reader = OrganReader(self.reference, self.lexicon)
        organs = [o for o in reader.organs(names, titles, sheet) if o.of not in lonely]
        references = reader.references(names, titles, organs, sheet)
        organs = sorted([*organs, *reader.in_events(names, sheet)], key=lambda o: o.first)
        inner = nested(names, sheet, self.gazetteer, self.reference, self.lexicon)  # last: the others are known by their number
        return Mentions((*names, *inner), tuple(titles), tuple(organs), tuple(references))

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
        heads = (self.lexicon.heads.at(text, hit.first - 1, first=rest) for _, rest in unclitic(text[hit.first - 1].folded))
        return any(found and self.lexicon.head_entries[found[0]].class_ == "minister" for found in heads)

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
        return not any(self._bears(i, before) for i in hit.ids)

    def _merge(self, hits: Sequence[Hit], weak: Sequence[Hit], sheet: Sheet) -> list[Name]:
        bounds = Bounds(sheet, self.lexicon, self.reference)
        names: list[Name] = []
        for hit in hits:
            if not names or names[-1].last <= hit.first:
                names.append(self._from_hit(hit, sheet))
        names = self._with_duals(names, sheet)
        for first, last, cut_at, kind in bounds.model_names():
            start = self._uncut(first, cut_at, sheet)
            if kind is EntityType.PERSON and last - first > 1 and possessives.read(sheet.article.text, sheet.words, last - 1, self.lexicon):
                last -= 1  # "Kiir, his deputy …"
            alone = kind is EntityType.PERSON and last - first == 1 and not any(n.first <= first < n.last for n in names)
            if alone and name_like(last, sheet, self.gazetteer) and not self._heads(last, sheet):
                last += 1  # the foreign word behind that the model has left out
            overlapping = [n for n in names if n.first < last and first < n.last]
            if kind is EntityType.PERSON and overlapping and all(self._misread(n, first, last, sheet) for n in overlapping):
                names = [n for n in names if n not in overlapping]
                overlapping = []
            if kind is EntityType.PERSON and (several := self._several_surnames(first, last, [*hits, *weak])):
                names += [self._from_hit(hit, sheet) for hit in several if hit not in hits]
            elif kind is EntityType.PERSON and (surname := bounds.surname_of(first, last, [*hits, *weak])):
                names += [self._from_hit(surname, sheet)] if surname not in hits else []
            elif not overlapping:
                if self._no_name(first, last, start, kind, sheet):
                    continue
                if kind is EntityType.PERSON and last - first == 1 and not self._known_part(first, hits, sheet):
                    continue
                found = self._known(sheet.name(first, last, start, kind, Origin.MODEL))
                names.append(replace(found, ids=self._with_father(found, weak)))
            elif wider := self._wider(overlapping, first, last, start, kind, sheet):
                names = [n for n in names if n not in overlapping] + [wider]
        return _ordered(names)

    def _with_duals(self, names: list[Name], sheet: Sheet) -> list[Name]:
        """`names` with the states that a dual or plural names together ("the two Koreas"): each is a name of the same words."""
        found: list[Name] = []
        for i in range(len(sheet.words)):
            for cut, word in unclitic(sheet.words[i].folded):
                if any(n.first < i and i < n.last for n in names):
                    break  # the summit between the two Koreas is a name of its own
                if dual := self.lexicon.duals.at(sheet.words, i, first=word):
                    whole = sheet.name(i, dual[1], sheet.words[i].start + cut, EntityType.COUNTRY, Origin.REFERENCE)
                    found += [replace(whole, ids=(state,)) for state in dual[0].split("|")]
                    break
        return [n for n in names if not any(f.first < n.last and n.first < f.last for f in found)] + found

    def _uncut(self, first: int, start: int, sheet: Sheet) -> int:
        """Where an unknown name begins that the tokenizer may have cut: its first letter is no proclitic in a word that is a
        common name or a generic head, nor right behind a title or a rank, which governs no preposition (باتريثيا, وسام)."""
        word = sheet.words[first]
        if start == word.start:
            return start
        before = sheet.words[first - 1].folded if first and not word.gap.strip() else ""
        for cut, rest in unclitic(word.folded):
            if rest in known_names() or self.lexicon.generics.at(sheet.words, first, first=rest):
                return word.start + cut
        rest = word.folded[start - word.start :]
        if (rest.startswith("ا") and not rest.startswith("ال") and sheet.article.text[start] == "ا") or len(rest) < 3:
            return word.start  # باتمونخ: no name begins with a bare alef
        behind = before in self.lexicon.ranks | self.lexicon.place_heads or bool(before and self.lexicon.heads.at(sheet.words, first - 1))
        return word.start if behind else start

    def _heads(self, word: int, sheet: Sheet) -> bool:
        """True where a title begins, with or without a proclitic."""
        return any(self.lexicon.heads.at(sheet.words, word, first=rest) for _, rest in unclitic(sheet.words[word].folded))

    def _misread(self, name: Name, first: int, last: int, sheet: Sheet) -> bool:
        """A place's name read in one word of a person's: with a letter cut off it (أندورا in باندورا), behind "servant of"
        (عبد الجليل), or a common given name (صوفيا)."""
        if name.type is EntityType.PERSON or name.last - name.first > 1 or last - first < 2:
            return False
        cut = name.span.start > sheet.words[name.first].start
        behind = name.first > first and sheet.words[name.first - 1].folded in {"عبد", "ابو", "ام", "بن", "ابن"}
        given = name.first == first and sheet.words[name.first].folded in known_names()
        return (cut and sheet.words[name.first].folded[0] not in "و") or behind or given

    def _known(self, name: Name) -> Name:
        """The model's name with what the reference data knows of it: the gazetteer passes over names too short to be told
        from words when a preposition is written onto them (لمصر, وقطر), and the model does not."""
        folded = fold(name.text)
        forms = (folded, bare(folded), f"ال{folded}") if name.type is EntityType.PLACE else (folded,)  # البيرو, بيرو
        ids = next((found for form in forms if (found := self.reference.names.get(form))), ())
        if name.type is EntityType.PERSON or len(ids) != 1:
            return name
        return replace(name, ids=ids, type=self.reference.things[ids[0]].type)

    def _with_father(self, name: Name, weak: Sequence[Hit]) -> tuple[str, ...]:
        """The ids of a name; for an unknown person of three words or more those of a person whose given name and surname are
        its first and last word (إبراهيم أحمد غندور)."""
        if name.ids or name.type is not EntityType.PERSON or name.last - name.first < 3:
            return name.ids
        ends = (fold(name.text).split()[0], fold(name.text).split()[-1])
        hits = [hit for hit in weak if hit.last == name.last and hit.first > name.first]
        return tuple(i for h in hits for i in h.ids if any(tuple(fold(n).split()) == ends for n in self.reference.things[i].names))

    def _several_surnames(self, first: int, last: int, hits: Iterable[Hit]) -> list[Hit]:
        """The surnames of different persons of which the model makes one name ("Salehi Trump"), each a name of its own."""
        inside = [hit for hit in hits if hit.short and first <= hit.first and hit.last <= last]
        apart = len({frozenset(hit.ids) for hit in inside}) > 1 and sum(h.last - h.first for h in inside) == last - first
        return inside if apart and not frozenset.intersection(*(frozenset(h.ids) for h in inside)) else []

    def _known_part(self, word: int, hits: Sequence[Hit], sheet: Sheet) -> bool:
        """A single word that only the model takes for a person must be part of a longer name that it finds elsewhere, or
        follow a title."""
        folded = sheet.words[word].folded
        if any(self.lexicon.heads.at(sheet.words, k) for k in range(max(0, word - 4), word)):
            return True
        return any(
            last - first > 1 and folded in {w.folded for w in sheet.words[first:last]}
            for first, last, _, _ in sheet.model_names()
        )

    def _no_name(self, first: int, last: int, start: int, kind: EntityType, sheet: Sheet) -> bool:
        """What the model takes for a name and that cannot be one: a common noun, a nisba in a person's name, a letter."""
        words_ = [w.folded for w in sheet.words[first:last]]
        words_[0] = fold(sheet.article.text[start : sheet.words[first].end]) or words_[0]
        if len(words_) == 1 and (
            words_[0] in self.lexicon.never
            or not self.lexicon.nouns.isdisjoint({words_[0], bare(words_[0])})
            or len(words_[0]) < 3
            or Bounds(sheet, self.lexicon).owned(first)
        ):
            return True
        if len(words_) == 1 and sheet.pos(first) == "ADJ":
            return True
        if len(words_) == 2 and words_[1] in _TERRORIST and not words_[0].startswith("ال"):
            return True  # "a terrorist organisation": what something is called, not what it is named
        nisba = any(self.lexicon.nisbas.at(sheet.words, k) for k in range(first, last))
        return kind is EntityType.PERSON and nisba

    def _from_hit(self, hit: Hit, sheet: Sheet) -> Name:
        """The name of a hit, without the form of address before a person's: الملك سلمان."""
        kind = self.reference.things[hit.ids[0]].type
        first, start = hit.first, hit.start
        address = sheet.words[first].folded[hit.cut :]
        if kind is EntityType.PERSON and hit.last - first > 1 and address in self.lexicon.ranks - _OWN_ADDRESS:
            first, start = first + 1, sheet.words[first + 1].start
        last = Bounds(sheet, self.lexicon).lineage(hit.last) if kind is EntityType.PERSON else hit.last
        span = Span(sheet.unmarked(start), sheet.words[last - 1].end)
        return Name(first, last, span, sheet.article.cut(span), kind, Origin.GAZETTEER, hit.ids, hit.short)

    def _wider(
        self, inside: list[Name], first: int, last: int, start: int, kind: EntityType, sheet: Sheet
    ) -> Name | None:
        """The model's name when it adds words to one surname or given name of the reference data, else None."""
        if len(inside) != 1 or kind != EntityType.PERSON:
            return None
        known = inside[0]
        added = known.first - first + last - known.last
        if known.first < first or known.last > last or not added or known.type != EntityType.PERSON:
            return None
        if known.last - known.first > 1 and not known.short:
            return None
        if any(w.folded in self.lexicon.ranks or self.lexicon.heads.at(sheet.words, first) for w in sheet.words[first:last]):
            return None
        wide = sheet.name(first, last, start, kind, Origin.MODEL)
        ids = tuple(i for i in known.ids if self._bears(i, wide.text))
        return Name(wide.first, wide.last, wide.span, wide.text, wide.type, wide.origin, ids)

    def _bears(self, person: str, text: str) -> bool:
        """True when a longer name fits a person: its first word begins as that of one of the names does."""
        first = fold(text).split()[0][:2]
        return any(fold(name)[:2] == first for name in self.reference.things[person].names)

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
                ids = surname.ids if surname.first == first else tuple(i for i in surname.ids if self._bears(i, text))
                found.append(Name(first, surname.last, span, text, EntityType.PERSON, Origin.TITLE, ids))
                continue
            last = first
            while last < min(first + MAX_UNKNOWN_NAME, len(sheet.words)) and last not in starts:
                goes_on = sheet.pos(last) in NAME_POS or capitalised(sheet, last) or self._family_name(first, last, sheet)
                if not goes_on or (last > first and not sheet.words[last].joins):
                    break
                last += 1
            if last - first >= 2 and not sheet.words[first].stops:
                found.append(sheet.name(first, last, sheet.words[first].start, EntityType.PERSON, Origin.TITLE))
        return found

    def _apposed(self, names: list[Name], titles: list[Title], sheet: Sheet) -> tuple[list[Name], list[Title]]:
        """Titles behind names: "Shinzo Abe, the prime minister of Japan". A comma or bracket must divide the two, or else
        nothing may speak for a second person: "X the president of Y", where X is known in that post or by no other."""
        by_last = {name.last: n for n, name in enumerate(names) if name.type == EntityType.PERSON}
        borne = {t.name for t in titles if t.name is not None}
        out: list[Title] = []
        for title in titles:
            at = title.first - (sheet.words[title.first - 1].folded in _THAT_IS if title.first else 0)  # "X, who is the head of Y"
            number = by_last.get(at)
            if title.name is None and number is not None and title.office not in {"", "counterpart"}:
                first = sheet.words[at]
                gap, whole = first.gap.strip(), title.span.start == sheet.words[title.first].start
                divided = gap in {"،", ",", "(", "-", "–", "ـ"}
                close = not gap and first.joins and (number not in borne or at < title.first or self._besides(titles, title, number, sheet)) and self._follows(names[number], title, sheet)
                if whole and (divided or close):
                    title = replace(title, name=number)
            elif title.name is None and out and self._joined(out[-1], title, names, sheet):
                assert out[-1].name is not None
                title = replace(title, name=out[-1].name)
            elif number is not None and (self._of_the_next(title, names, number, sheet) or self._of_two_titles(title, titles, names, sheet)):
                title = replace(title, name=number)
            out.append(title)
        return names, out

    def _besides(self, titles: Sequence[Title], title: Title, number: int, sheet: Sheet) -> bool:
        """ "(said) the minister X, leader of the party Y": a post told behind a name that has a title before it, and that is no subject
        whose object the words behind could be."""
        own = next((t for t in titles if t.name == number and t.first < title.first), None)
        if own is None or title.definite or title.office not in {"leader", "official"} or not (title.of or title.of_name is not None):
            return False
        before = own.first - 1
        return before >= 0 and (not sheet.verb(before) or alone(sheet.words[before].folded))

    def _joined(self, before: Title, title: Title, names: Sequence[Name], sheet: Sheet) -> bool:
        """ "X, president of A(,) and chairman of B(,)": a second post of who stands before the first, not the title of another."""
        if before.name is None or before.last != title.first or not (title.of or title.of_name is not None):
            return False
        if title.office not in {"official", "leader"} or names[before.name].last > before.first:
            return False
        gap, cut = sheet.words[title.first].gap.strip(), sheet.article.text[sheet.words[title.first].start : title.span.start]
        ends = title.last >= len(sheet.words) or bool(sheet.words[title.last].gap.strip()) or not sheet.words[title.last].joins or sheet.verb(title.last)
        following = sheet.words[title.last].folded if title.last < len(sheet.words) else ""
        return gap in {"", "،", ","} and cut == "و" and (ends or following in {"ان", "انه", "انها", "في", "الي"})

    def _hyphened(self, names: list[Name], sheet: Sheet) -> list[Name]:
        """Unknown persons with the words that a hyphen ties to their names (كيونغ-وها): it has no space on one of its sides."""
        taken = {w for name in names for w in range(name.first, name.last)}
        out = []
        for name in names:
            first, last, start = name.first, name.last, name.span.start
            if name.type is EntityType.PERSON and not name.ids:
                while last < len(sheet.words) and last not in taken and _tied(sheet.words[last].gap):
                    last += 1
                while first > 0 and first - 1 not in taken and _tied(sheet.words[first].gap) and sheet.pos(first - 1) in NAME_POS:
                    first, start = first - 1, sheet.words[first - 1].start
            out.append(name if (first, last) == (name.first, name.last) else sheet.name(first, last, start, name.type, name.origin))
        return out

    def _uncut_bearers(self, names: list[Name], titles: Sequence[Title], sheet: Sheet) -> list[Name]:
        """Unknown names right behind titles, whole: no preposition can stand there, so the tokenizer has cut a letter off."""
        behind = {title.last for title in titles if title.name is None}
        names = self._one_bearer(names, titles, sheet)
        return [
            sheet.name(n.first, n.last, sheet.words[n.first].start, n.type, n.origin)
            if n.first in behind and self._cut(n, sheet)
            else n
            for n in names
        ]

    def _one_bearer(self, names: list[Name], titles: Sequence[Title], sheet: Sheet) -> list[Name]:
        """Behind the title of one person two unknown names of one word, "and" written onto the second, are one name (تشونغ ويونغ)."""
        by_first = {name.first: name for name in names}
        out = list(names)
        for title in titles:
            one = names[title.name] if title.name is not None else None
            other = by_first.get(one.last) if one else None
            if one is None or other is None or fold(title.text).split()[0].endswith(("ان", "ين")):
                continue
            unknown = all(n.type is EntityType.PERSON and not n.ids and n.last - n.first == 1 for n in (one, other))
            word = sheet.words[other.first]
            ends = other.last >= len(sheet.words) or bool(sheet.words[other.last].gap.strip()) or not sheet.words[other.last].joins
            if unknown and ends and other.span.start == word.start + 1 and word.folded.startswith("و") and not word.gap.strip():
                whole = sheet.name(one.first, other.last, one.span.start, one.type, one.origin)
                out = [whole if n is one else n for n in out if n is not other]
        return out

    def _cut(self, name: Name, sheet: Sheet) -> bool:
        word = sheet.words[name.first]
        unknown = name.type is EntityType.PERSON and not name.ids
        letters = "بلك" if not word.gap.strip() else "ف" if word.gap.strip() in {"،", ","} else ""
        return unknown and name.span.start > word.start and word.folded[0] in letters

    def _of_the_next(self, title: Title, names: list[Name], number: int, sheet: Sheet) -> bool:
        """ "X, adviser to the American president Y": the aide is X, and Y the one whose aide he is."""
        if title.name is None or title.office != "official" or not title.of:
            return False
        master = [row for i in names[title.name].ids for row in self.reference.by_person.get(i, ())]
        if not any(row.of == title.of and row.office != "official" for row in master):
            return False
        gap, name = sheet.words[title.first].gap.strip(), names[number]
        if title.span.start != sheet.words[title.first].start:
            return False  # "X, and the prince Y"
        said = name.first > 0 and alone(sheet.words[name.first - 1].folded)
        return gap in {"،", ","} or (not gap and name.first > 0 and (said or not sheet.verb(name.first - 1)))

    def _of_two_titles(self, title: Title, titles: Sequence[Title], names: Sequence[Name], sheet: Sheet) -> bool:
        """ "X, chief of staff of A, Y, chief of staff of B": each has the title behind his name, between commas."""
        if title.name is None or sheet.words[title.first].gap.strip() not in {"،", ","} or title.last >= len(sheet.words):
            return False
        if title.span.start != sheet.words[title.first].start:
            return False  # "X, with his counterpart Y"
        own = next((t for t in titles if t.first == names[title.name].last and t.office), None)
        return sheet.words[title.last].gap.strip() in {"،", ","} and own is not None and sheet.words[own.first].gap.strip() in {"،", ","}

    def _follows(self, name: Name, title: Title, sheet: Sheet) -> bool:
        """A title right behind a name is the name's: an aide's or a leader's without article; one that the reference data
        knows the person to hold; that of an unknown person who is not the subject of a verb, whose object it could be."""
        if (not title.definite and title.office in {"official", "leader"}) or given(title, sheet.words):
            return True
        told = title.former and title.office == "official" and (bool(title.of) or title.of_name is not None) and not sheet.verb(name.first - 1)
        said = name.first > 0 and alone(sheet.words[name.first - 1].folded)
        if any(i in self.reference.by_person for i in name.ids) and not told and (not said or self._may_hold(name, title)):
            return self._may_hold(name, title)
        full = name.last - name.first > 1
        free = name.first > 0 and (not sheet.verb(name.first - 1) or said)
        return full and (bool(title.of) or title.of_name is not None) and free

    def _may_hold(self, name: Name, title: Title) -> bool:
        """The reference data knows the person in that post, whenever; of its state, where the title names one."""
        rows = [row for i in name.ids for row in self.reference.by_person.get(i, ())]
        return any(row.office == title.office and (not title.of or self._state(row.of) == self._state(title.of)) for row in rows)

    def _state(self, id: str) -> str:
        """The state of a body, for which its spokesmen and officers serve; else what is named itself."""
        return self.reference.things[id].country or id if id in self.reference.things else id


_TERRORIST = frozenset({"ارهابيه", "ارهابي", "ارهابيا", "ارهابيتين", "متطرفه", "متطرف", "مسلحه", "حكوميه", "انسانيه", "حقوقيه"})
_THAT_IS = frozenset({"وهو", "وهي"})
# Forms of address that belong to the name: the Pope, Mullah, Ayatollah.
_OWN_ADDRESS = frozenset({"البابا", "الملا", "ملا", "ايه", "الله", "حجه", "الاسلام"})


def _surnames(names: list[Name]) -> list[Name]:
    """`names` with what the model takes for a place or a body, and is the surname of a person whom the article names in full."""
    persons = {fold(n.text).split()[-1] for n in names if n.type is EntityType.PERSON and n.last - n.first > 1}
    return [
        replace(n, type=EntityType.PERSON, short=True)
        if n.origin is Origin.MODEL and n.type is not EntityType.PERSON and not n.ids and n.last - n.first == 1 and fold(n.text) in persons
        else n
        for n in names
    ]


def _tied(gap: str) -> bool:
    """A hyphen within a name: not a dash with spaces on both sides."""
    return gap.strip() in {"-", "ـ", "‑"} and len(gap) - len(gap.strip()) < 2 and gap.count(" ") < 2


def _ordered(names: Iterable[Name]) -> list[Name]:
    return sorted(names, key=lambda n: (n.first, -n.last))

"""Names of the reference data and of the model, made one list: a longer name beats a shorter one inside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from kg.arabic import bare, fold, unclitic
from kg.language.latin import known_names
from kg.language.wordclasses import shipped
from kg.lexicon import Lexicon
from kg.model import EntityType, Name, Origin, Span
from kg.names import possessives
from kg.names.bounds import Bounds
from kg.names.gazetteer import Gazetteer, Hit
from kg.names.sheet import Sheet
from kg.names.shortforms import name_like
from kg.reference import Reference

_WORDS = shipped("namewords")
_TERRORIST = _WORDS["of_groups"]
# Forms of address that belong to the name: the Pope, Mullah, Ayatollah.
_OWN_ADDRESS = _WORDS["own_address"]


@dataclass(frozen=True)
class Merger:
    """Merges the names of one article with what is known."""

    reference: Reference
    gazetteer: Gazetteer
    lexicon: Lexicon

    def merge(self, hits: Sequence[Hit], weak: Sequence[Hit], sheet: Sheet) -> list[Name]:
        """The names of the hits and of the model, in order; `weak` are surnames that alone are not trusted."""
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
        return ordered(names)

    def _with_duals(self, names: list[Name], sheet: Sheet) -> list[Name]:
        """`names` with the states that a dual or plural names together ("the two Koreas"): each is a name of the same words."""
        found: list[Name] = []
        inside = {i for name in names for i in range(name.first + 1, name.last)}
        for i in range(len(sheet.words)):
            if i in inside:
                continue  # the summit between the two Koreas is a name of its own
            for cut, word in unclitic(sheet.words[i].folded):
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
        return bool(self.lexicon.head_classes(sheet.words, word))

    def _misread(self, name: Name, first: int, last: int, sheet: Sheet) -> bool:
        """A place's name read in one word of a person's: with a letter cut off it (أندورا in باندورا), behind "servant of"
        (عبد الجليل), or a common given name (صوفيا)."""
        if name.type is EntityType.PERSON or name.last - name.first > 1 or last - first < 2:
            return False
        cut = name.span.start > sheet.words[name.first].start
        behind = name.first > first and sheet.words[name.first - 1].folded in _WORDS["before_names"]
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
        if any(self._heads(k, sheet) for k in range(max(0, word - 4), word)):
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
        if " ".join(words_) in _WORDS["no_names"]:
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
        ids = tuple(i for i in known.ids if self.bears(i, wide.text))
        return Name(wide.first, wide.last, wide.span, wide.text, wide.type, wide.origin, ids)

    def bears(self, person: str, text: str) -> bool:
        """True when a longer name fits a person: its first word begins as that of one of the names does."""
        first = fold(text).split()[0][:2]
        return any(fold(name)[:2] == first for name in self.reference.things[person].names)


def ordered(names: Iterable[Name]) -> list[Name]:
    """Names in the order of the text, the longer first."""
    return sorted(names, key=lambda n: (n.first, -n.last))

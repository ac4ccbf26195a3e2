"""Definite nouns -> what they stand for: "the country", "the capital", "the organisation", "the member states".

A reference goes to the nearest thing of its kind that was named before it in the article; one that names none stays
unresolved. Kinds are those of `kg/data/lexicon/references.toml`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.arabic import fold
from kg.language.particles import APPEALS, SUBORDINATORS
from kg.model import EntityType, Mention, Organ
from kg.reference import Reference, Thing

# Kinds that stand for two things.
DUALS = frozenset({"two_states", "two_sides", "two_men"})
_RECENT = dt.timedelta(days=365)
_HEADS = ("head_of_state", "head_of_government")
_KOREAS = frozenset({"ref:north_korea", "ref:south_korea"})
_HALVED = frozenset(f"ref:{state}" for state in ("yemen", "sudan", "south_sudan", "syria", "iraq", "libya", "lebanon", "cyprus", "mali", "nigeria", "vietnam"))
_OFFICES = (*_HEADS, "minister")
# Sentences before that of a dual in which its two are looked for, and where a sentence ends.
_SENTENCES = 3
# How much more often the two must be named than any third to whom an appeal might go.
_CLEARLY = 2
# How often an article names a capital to be about its country, and how many letters before "the country" a state is far.
_OFTEN = 3
_FAR = 150
# Words between one of appeal and the two.
_APPEAL = 12
_STOP = re.compile(r"[.؟!][\s\"»”]|\n")
_INSIDE = re.compile(r"(?:\bفي |\bفي العاصمة |\bب|\bإلى |\bمن )$")
# What can be a side, what stands for its state, and what only tells.
_SIDES = frozenset({EntityType.COUNTRY, EntityType.ORGANIZATION, EntityType.ARMED_GROUP})
_STATE_ORGANS = frozenset({"government", "presidency", "ministry", "army", "parliament", "police", "intelligence"})
_OUTLETS = frozenset({"media", "news_agency", "company", "agency"})
# Nouns for states of one sort, and how the names of such states begin, folded.
_SORTS = {"المملكه": "مملكه", "السلطنه": "سلطنه"}
# Organisations that have states as members.
_OF_STATES = frozenset({"alliance", "international", "regional"})


@dataclass(frozen=True)
class Antecedents:
    """Finds what references stand for. `before` are the mentions of the article in the order of the text."""

    reference: Reference
    before: Sequence[Mention]
    day: dt.date

    def of(self, organ: Organ) -> str:
        """The key that a reference stands for, empty where nothing fits."""
        key = next((key for mention in self._back(organ.span.start) if (key := self._fits(organ, mention))), "")
        if organ.kind == "country" and key:
            return self._at_home(organ, key)
        return key or (self._coalition() if fold(organ.text).endswith("التحالف") else "")

    def _at_home(self, organ: Organ, key: str) -> str:
        """The country of the capital that the article names again and again, where the state found for "the country" was named
        but once, and far before it; else that state."""
        before = list(self._back(organ.span.start))
        named = Counter(self._state(m) for m in before)
        capitals = Counter(state for m in before if m.type is EntityType.PLACE and (state := self._state(m)))
        near = any(organ.span.start - m.span.start < _FAR and self._fits(organ, m) == key for m in before)
        home, times = capitals.most_common(1)[0] if capitals else (key, 0)
        return home if times >= _OFTEN and named[key] <= 1 and not near and self._of_sort(organ.text, home) else key

    def _state(self, mention: Mention) -> str:
        """The state that a mention names, itself or by its capital."""
        country = self.reference.capitals.get(mention.key.removeprefix("ref:"), "")
        return f"ref:{country}" if country else mention.key if mention.type is EntityType.COUNTRY else ""

    def _coalition(self) -> str:
        """ "The coalition", of an article that names none: the one against whom it tells of, where that is one."""
        named = {m.key for m in self.before}
        coalitions = {f"ref:{enemy}": f"ref:{coalition}" for enemy, coalition in self.reference.coalitions.items()}
        against = [coalition for enemy, coalition in coalitions.items() if enemy in named]
        return against[0] if len(against) == 1 and not named & set(coalitions.values()) else ""

    def _halved(self) -> bool:
        """The article names a land besides Korea that has a north and a south of note."""
        return any(m.key in _HALVED for m in self.before)

    def two(self, organ: Organ, text: str) -> tuple[str, ...]:
        """The two that a dual stands for: those that its sentence names before it; where that names less than two, with those of
        the sentence before, and so on. Where there are more than two, nobody knows which are meant. Who appeals to the two is
        none of them."""
        appeals = self._appeals(organ, text)
        caller: str | None = None
        end = organ.span.start
        found: dict[str, None] = {}
        for _ in range(_SENTENCES):
            start = self._sentence(end, text)
            sides = [side for m in self.before if start <= m.span.start < end and m.span.end <= organ.span.start and (side := self._side(organ.kind, m, text))]
            if appeals and caller is None:
                caller = sides[0] if sides else ""
            found |= {side: None for side in sides if side != caller}
            if len(found) >= 2 or start == 0:
                break
            end = start
        if len(found) == 2 or not appeals:
            return tuple(found) if len(found) == 2 else ()
        return self._most_named(organ, text, caller or "")

    def _sentence(self, end: int, text: str) -> int:
        """Where the sentence begins that ends at an offset."""
        return max((m.end() for m in _STOP.finditer(text, 0, max(0, end - 1))), default=0)

    def _appeals(self, organ: Organ, text: str) -> bool:
        """Somebody appeals to the two: a word of appeal stands before the dual in its sentence, and no clause between."""
        words = [fold(word).removeprefix("و") for word in text[self._sentence(organ.span.start, text) : organ.span.start].split()]
        last = max((n for n, word in enumerate(words) if word in APPEALS), default=None)
        behind = words[last + 1 :] if last is not None else []
        return last is not None and len(behind) <= _APPEAL and not any(word.removeprefix("ب") in SUBORDINATORS for word in behind)

    def _most_named(self, organ: Organ, text: str, caller: str) -> tuple[str, ...]:
        """The two sides that the article names by far most before, besides who appeals to them."""
        named = Counter(side for m in self.before if m.span.end <= organ.span.start and (side := self._side(organ.kind, m, text)) and side != caller)
        most = named.most_common(3)
        clear = len(most) == 2 or (len(most) > 2 and most[1][1] >= _CLEARLY * most[2][1])
        return tuple(side for side, _ in most[:2]) if clear and most[1][1] > 1 else ()

    def _side(self, kind: str, mention: Mention, text: str) -> str:
        """The state, or with "sides" the body or group, that a mention brings in; a capital in which something is, is none."""
        thing = self.reference.things.get(mention.key.removeprefix("ref:"))
        if kind == "two_men":
            return mention.key if mention.type is EntityType.PERSON else ""
        if mention.type is EntityType.COUNTRY or thing is None:
            return mention.key if mention.type in _SIDES and (kind == "two_sides" or mention.type is EntityType.COUNTRY) else ""
        if thing.type is EntityType.PLACE:
            country = self.reference.capitals.get(thing.id, "")
            return f"ref:{country}" if country and not _INSIDE.search(text[: mention.span.start]) else ""
        if thing.type is EntityType.ORGANIZATION and thing.kind in _STATE_ORGANS and thing.country:
            return f"ref:{thing.country}"
        if thing.type is EntityType.PERSON:
            return next((f"ref:{row.of}" for row in self.reference.posts(thing.id, self.day) if row.office in _OFFICES), "")
        return mention.key if kind == "two_sides" and thing.type in _SIDES and thing.kind not in _OUTLETS else ""

    def _back(self, offset: int) -> Iterator[Mention]:
        return (m for m in reversed(self.before) if m.span.start < offset)

    def _fits(self, organ: Organ, mention: Mention) -> str:
        """The key that a mention gives to a reference of this kind, empty where it gives none."""
        thing = self.reference.things.get(mention.key.removeprefix("ref:"))
        match organ.kind:
            case "country":
                key = self._country(mention, thing)
                return key if self._of_sort(organ.text, key) else ""
            case "capital":
                return self._capital(thing)
            case "there":
                return mention.key if mention.type in {EntityType.COUNTRY, EntityType.PLACE} else ""
            case "group":
                return mention.key if mention.type is EntityType.ARMED_GROUP else ""
            case "event":
                return mention.key if mention.type is EntityType.EVENT and self._headed(organ, mention, thing) else ""
            case "agreement":
                return mention.key if mention.type is EntityType.AGREEMENT else ""
            case "korea":
                side = "north_korea" if fold(organ.text).split()[-1].startswith("الشمال") else "south_korea"
                return f"ref:{side}" if mention.key in _KOREAS and not self._halved() else ""
            case "organ" | "army":
                return mention.key if self._same_organ(organ, mention) else ""
            case "regime":
                return mention.key if mention.type in _SIDES and fold(mention.text).split()[0] in {"النظام", "نظام"} and mention.text != organ.text else ""
            case "peninsula":
                names = [mention.text, *(thing.names if thing else ())] if mention.type is EntityType.PLACE else []
                return mention.key if any(fold(name).startswith("شبه جزيره ") for name in names) else ""
            case "rights":
                return mention.key if thing and thing.kind == "ngo" else ""
            case "world":
                return mention.key if mention.key == "ref:united_nations" else ""
            case "members":
                return mention.key if thing and thing.kind in _OF_STATES else ""
            case _:
                return mention.key if self._same_head(organ, mention, thing) else ""

    def _country(self, mention: Mention, thing: Thing | None) -> str:
        """A state itself, that of a place (not of a capital, which may mean a government), or that which a person heads or
        headed within a year ("President X left the country")."""
        if mention.type is EntityType.COUNTRY or thing is None:
            return mention.key if mention.type is EntityType.COUNTRY else ""
        if thing.type is EntityType.PLACE and thing.country and thing.id not in self.reference.capitals:
            return f"ref:{thing.country}"
        if thing.type is EntityType.PERSON:
            rows = [*self.reference.posts(thing.id, self.day), *self.reference.posts(thing.id, self.day - _RECENT)]
            return next((f"ref:{row.of}" for row in rows if row.office in _HEADS), "")
        return ""

    def _of_sort(self, noun: str, key: str) -> bool:
        """ "The kingdom" and "the sultanate" are states that are called so."""
        sort = _SORTS.get(fold(noun), "")
        thing = self.reference.things.get(key.removeprefix("ref:"))
        return not sort or thing is None or any(fold(name).split()[0] in {sort, f"ال{sort}"} for name in thing.names)

    def _capital(self, thing: Thing | None) -> str:
        if thing is None or thing.type is not EntityType.COUNTRY:
            return ""
        return next((f"ref:{p}" for p, c in self.reference.capitals.items() if c == thing.id and p in self.reference.things), "")

    def _headed(self, organ: Organ, mention: Mention, thing: Thing | None) -> bool:
        """ "The summit" is an event that has the word in one of its names."""
        head = fold(organ.text).removeprefix("ال")
        names = [mention.text, *(thing.names if thing else ())]
        return any(word.removeprefix("ال").removesuffix("ا") == head for name in names for word in fold(name).split())  # اجتماعا

    def _same_organ(self, organ: Organ, mention: Mention) -> bool:
        """ "The ministry" is the one that stands for the state named by "the ministry of finance of X"."""
        head, words = fold(organ.text).removeprefix("ال").split(), fold(mention.text).split()
        named = [words[0].removeprefix("ال"), *words[1 : len(head)]] if words else []
        return mention.type in _SIDES and len(words) > len(head) and named == head

    def _same_head(self, organ: Organ, mention: Mention, thing: Thing | None) -> bool:
        """"The organisation" is one whose name begins with that word."""
        head = fold(organ.text)
        if mention.type is not EntityType.ORGANIZATION and not (mention.type is EntityType.ARMED_GROUP and head == "الحزب"):
            return False
        names: Iterable[str] = thing.names if thing else (mention.text,)
        return any(fold(name).split()[0] in {head, head.removeprefix("ال")} for name in names)

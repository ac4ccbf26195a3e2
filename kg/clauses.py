"""Sentences as chains of units and arguments: what stands where around a word.

A *unit* is a stretch of tokens that denotes one entity: a name with its titles, a title, an organ, a nisba. An *argument*
is what follows or precedes a word: a preposition (or none), a group of coordinated units, or a noun that is no entity.
The order of words in Arabic news is so regular (verb, subject, object, prepositions; coordination by و) that arguments
read from it are safe within a clause; the dependency tree says where it agrees, and takes over where order says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from kg import asides
from kg.arabic import bare
from kg.coordination import merged
from kg.model import Article, Entities, EntityType
from kg.particles import (
    ADVERBS,
    ALL,
    ALLIES,
    ATTENDED,
    COLLECTIVES,
    COMMAS,
    CONTACTS,
    DELEGATIONS,
    HOMES,
    LEADING,
    MANNER,
    NO_ARTICLE,
    OFFICES,
    PLAIN_PARTICIPLES,
    QUOTATION_MARKS,
    REACH,
    RELATIVES,
    SOIL,
    STOPS,
    SUBORDINATORS,
    TRANSPARENT,
)
from kg.repair import NO_VERBS, Verbs, put_right
from kg.surroundings import COMMA, Surroundings, glued_preposition
from kg.units import Unit, collect, prefix_of

__all__ = ["Argument", "Reading", "Unit", "read"]

# Words for a number, and for "more, less".
_COUNTS = {"عدد", "عددا", "عشرات", "العشرات", "مءات", "الاف", "ءالاف", "بعض", "كثير", "مجموعه"}
_MORE = {"اكثر", "باكثر", "اقل", "باقل", "ازيد", "لاكثر"}
# Parts of a land that say where without a preposition.
_QUARTERS = {"شرقي", "غربي", "شمالي", "جنوبي", "شرق", "غرب", "شمال", "جنوب", "وسط"}
# Those whose من names the group that they are of.
_FIGHTERS = {"عناصر", "مسلحون", "مسلحين", "مقاتلون", "مقاتلين", "اعضاء", "جنود", "جنودا", "افراد", "مجموعه", "قياديون", "قياديين", "انصار"}
# Participles before the ل of whose something is.
_BELONGING = {"تابع", "تابعه", "تابعا", "تابعين", "تابعتين", "مملوك", "مملوكه", "مملوكا", "عاءد", "عايد", "عايده", "ينتمون", "منتمين", "منتمون"}
# Tokens from a noun to the "among them" that says who it means.
_AMONG = 9
_PARENTHESIS = re.compile(r"[\s\"'«»“”]*\(")


@dataclass(frozen=True, slots=True)
class Argument:
    """A preposition (or none), the units coordinated under it, and where it starts.

    `head` is the token of a noun that is no entity; `of` are then the units in the genitive after it, and
    `adjectives` the nisbas that modify it. `pronoun` is a token that must be resolved.
    """

    prep: str
    at: int
    units: tuple[Unit, ...] = ()
    head: int | None = None
    of: tuple[Unit, ...] = ()
    adjectives: tuple[Unit, ...] = ()
    pronoun: int | None = None


@dataclass
class Reading(Surroundings):
    """One article as its clauses are read: the arguments to the right of a word."""

    def right(self, i: int, over_verb: int | None = None) -> tuple[list[Argument], int]:
        """The arguments to the right of token `i` in its clause, and the token where the clause stops."""
        _, end = self.bounds(i)
        end = min(end, i + REACH)
        found: list[Argument] = []
        prep, at, k = "", i + 1, i + 1
        coordinated = False
        while k < end:
            unit = self.unit_at.get(k)
            if unit and unit.first <= k and not (unit.first < k and unit.first <= i):
                k, prep, at = self._take_unit(unit, prep, at, found, end, i)
                continue
            word, pos = self.norm(k), self.pos(k)
            if named := asides.called(self, k):
                k, prep, at = self._take_unit(named, prep, at, found, end, i)
                continue
            if self.doc[k].text == ":" and (at_list := self._listed(found, k, end)):
                found[at_list[0]] = replace(found[at_list[0]], head=None, units=at_list[1])
                break
            if found and (resumed := asides.end_of_relative(self, k) if word in RELATIVES else asides.end_of_description(self, k)):
                # "Annan, who arrived today, met with": what stands between the commas is told beside the clause
                k, prep, at = resumed, "", resumed
                end = min(self.bounds(i)[1], k + REACH)
                continue
            if prep and self.doc[k].text in COMMAS and k - 1 > at:
                prep = ""
            if self.doc[k].text in STOPS or word in RELATIVES or (word in SUBORDINATORS and word not in {"حتي", "منذ"}):
                break
            if pos == "VERB" and k != over_verb and word not in _BELONGING:
                break
            if word in {"هو", "هي"} and self.norm(k - 1) == "و":
                break  # "…, which is a term": another clause
            if word in ALL and self.norm(k + 1) == "من":
                k += 2
                continue
            if word == "ب" and self.norm(k + 1) in MANNER and k + 1 not in self.unit_at:
                k += 2
                continue
            if (word == "من" and self._some_of(k)) or (word in _MORE and self.norm(k + 1) == "من" and self._some_of(k + 1)):
                if found and found[-1].head == k - 1 and self.norm(k - 1) in _COUNTS:
                    prep, at = found[-1].prep, found[-1].at  # التقى عددا من قيادات الحركة: they are met
                    found.pop()
                k += 1
                continue
            if word in _QUARTERS and not prep and k + 1 in self.unit_at and found and found[-1].prep not in {"", "adj"}:
                prep, at = "في", k  # … in a raid, east of X
                k += 1
                continue
            if owner := self._belonging(found, k, end):
                found[-1], k = replace(found[-1], of=owner[0]), owner[1]
                prep, at = "", k
                continue
            if among := self._among(found, k, end):
                n = self._plural(found)
                counted = found[n].prep == "من" and self.norm(found[n].at - 1) in {"عدد", "عددا", "مجموعه"}
                found[n] = replace(found[n], prep="" if counted else found[n].prep, head=None, pronoun=None, units=among[0])
                k = among[1]
                prep, at = "", k
                continue
            if found and not prep and found[-1].units and asides.and_its_own(self, k):
                k += 2  # أنقرة وحلفاؤها
                at = k
                continue
            if found and not prep and found[-1].units and (companion := asides.with_its_own(self, k)):
                group, k = self.group(companion, max(end, self.bounds(i)[1]))
                found[-1] = replace(found[-1], units=(*found[-1].units, *group))
                at = k
                continue
            if phrase := self._preposition(k):
                prep, step = phrase
                # "questions relating to X": what follows belongs to the participle, not to the word that is read
                other = coordinated and prep not in {"بواسطة", "بقيادة", "خلال"}
                other = other or (prep in {"مع", "بين"} and bool(found) and bool(found[-1].prep) and self._meeting(found[-1].head) and not self.norm(i).startswith("قطع"))
                prep = f"*{prep}" if other or (k - 1 > i and self._participle(k - 1)) else prep
                at = k
                k += step
                continue
            if pos == "NOUN" and not prep and word.startswith("بال") and len(word) > 4:
                found.append(Argument("ب", k, head=k))
                k += 1
                continue
            if pos == "PRON" and not prep and not coordinated and found and found[-1].head == k - 1 and self.words.surfaces[k] == self.words.surfaces[k - 1]:
                found[-1] = replace(found[-1], pronoun=k)
            elif pos == "PRON" and prep and word in {"ه", "ها", "هم", "هما"}:
                found.append(Argument(prep, at, pronoun=k))
                prep = ""
            elif word in ADVERBS:
                pass
            elif pos in {"NOUN", "X", "PROPN", "ADJ"} and (not self._transparent(word) or self.norm(k + 1) in {"التاليه", "الاتيه"} or self._names_some(k) or (not prep and self._preposition(self._after_adjectives(k)))):
                last = found[-1] if found else None
                if pos == "X" and last and last.head == k - 1 and word.startswith("ال") and self.norm(k - 1).startswith("ال"):
                    pos = "ADJ"  # الجنرال المتقاعد فلان
                if pos == "NOUN" and last and not prep and not last.of and self._chained(last.head, k):
                    found[-1] = replace(last, head=k)
                elif pos != "ADJ" or prep or (not found and self.pos(i) != "NOUN"):
                    led = last is not None and self.pos(k - 1) == "CCONJ" and (last.prep == "بين" or (last.head is not None and last.prep[:1] != "*"))
                    joined = last.prep if last and led else ""  # لمساءلة ومحاكمة المسؤولين: what is joined behind a preposition is its too
                    coordinated = coordinated or (self.pos(k - 1) == "CCONJ" and not joined and bool(found))
                    found.append(Argument(prep or joined, at if prep else k, head=k))
                    prep = ""
            k += 1
            if not prep:
                at = k
        return self._with_leaders(merged(self, found)), k

    def _with_leaders(self, found: list[Argument]) -> list[Argument]:
        """The arguments with who heads a delegation beside it: «وفدا من الحركة برئاسة فلان»."""
        for n in range(1, len(found)):
            persons = tuple(u for u in found[n].units if u.type is EntityType.PERSON) if found[n].prep == "بقيادة" else ()
            m = n - 2 if n > 1 and found[n - 1].prep == "من" else n - 1
            sent = found[m]
            if not persons or sent.prep.startswith("*") or not any(self.norm(k) in DELEGATIONS for k in range(sent.at, found[n].at)):
                continue
            whole = sent.units or sent.of or (found[n - 1].units if m < n - 1 else ())
            found[m] = replace(sent, units=(*whole, *persons), head=None, of=(), adjectives=())
        return found

    def _after_adjectives(self, k: int) -> int:
        k += 1
        while self.pos(k) == "ADJ" and k not in self.unit_at:
            k += 1
        return k

    def _listed(self, found: list[Argument], k: int, end: int) -> tuple[int, tuple[Unit, ...]] | None:
        """ "The following states: A, B and C", "four states: A and B": a list behind a colon says who a collective noun means;
        so does one behind "all of"."""
        unit = self.unit_at.get(k + 1) or (self.unit_at.get(k + 2) if self.pos(k + 1) in {"PUNCT", "NOUN"} else None)
        if not unit or unit.adjective:
            return None
        for n, argument in enumerate(found):
            if argument.head is not None and bare(self.norm(argument.head)) in COLLECTIVES and not argument.of:
                return n, self.group(unit, max(end, self.bounds(k)[1]))[0]
        return None

    def _belonging(self, found: list[Argument], k: int, end: int) -> tuple[tuple[Unit, ...], int] | None:
        """ "Depots belonging to X", "fighters of X" (عناصر من): whose the noun of the last argument is, and the token behind them."""
        last = found[-1] if found else None
        if not last or last.head is None or last.units or last.of or k - last.head > _AMONG:
            return None
        if self.norm(k) == "من" and k == last.head + 1 and self.norm(last.head) in _FIGHTERS:
            unit = self.unit_at.get(k + 1)
            fits = unit is not None and not unit.adjective and unit.type in {EntityType.ARMED_GROUP, EntityType.ORGANIZATION}
            return self.group(unit, max(end, self.bounds(k)[1])) if unit and fits else None
        if bare(self.norm(k)) not in _BELONGING:
            return None
        unit = next((self.unit_at[m] for m in range(k + 1, min(k + 3, end)) if m in self.unit_at), None)
        if not unit or unit.adjective or not (glued_preposition(unit.prefix) == "ل" or self.norm(unit.first - 1) in {"ل", "الي"}):
            return None
        return self.group(unit, max(end, self.bounds(k)[1]))

    def _some_of(self, k: int) -> bool:
        """ "Ten of the fighters of X", "more than ten states": من behind a number or "more" is no preposition of its own."""
        before = self.norm(k - 1)
        if before in _MORE:
            return self.pos(k + 1) == "NUM" or self.norm(k + 1).isdigit()
        counted = self.pos(k - 1) == "NUM" or before in _COUNTS
        owned = self.pos(k + 1) == "NOUN" and self.pos(k + 2) == "PRON" and k + 2 < len(self.doc) and self.surface(k + 1) == self.surface(k + 2)
        return counted and (owned or (k + 1 in self.unit_at and self.unit_at[k + 1].organ))  # 23 من دبلوماسييها

    def _plural(self, found: list[Argument]) -> int:
        """The argument that "among them" goes on with: the last one, but no list that it was put on."""
        listed = len(found) > 1 and bare(self.norm(found[-1].head or 0)) in {"قاءمه", "قايمه", "لاءحه", "لايحه"} and found[-2].head is not None
        return len(found) - (2 if listed and not found[-2].units else 1)

    def _them(self, k: int) -> int | None:
        """The preposition of "among them, of them" if that stands at token `k`."""
        first = k + 1 if self.norm(k) == "من" and self.norm(k + 1) == "بين" else k
        if self.norm(first) not in {"بين", "من"} or self.norm(first + 1) not in {"ها", "هم", "هن"}:
            return None
        return first if self.surface(first) == self.surface(first + 1) else None

    def _names_some(self, k: int) -> bool:
        """Behind the noun at token `k`, its adjectives and a comma stands "among them"."""
        k = self._after_adjectives(k)
        return self._them(k + 1 if k < len(self.doc) and self.doc[k].text in COMMAS else k) is not None

    def _among(self, found: list[Argument], k: int, end: int) -> tuple[tuple[Unit, ...], int] | None:
        """ "Ten states, among them A and B": those who are named of the last argument, and the token behind them."""
        last = found[-1] if found else None
        first = self._them(k)
        if not last or first is None:
            return None
        if len(last.units) == 1 and last.units[0].organ and self.norm(first + 1) == "هم" and last.units[0].last >= k - 2:
            last = replace(last, units=(), head=last.units[0].first)  # leaders of the movement, among them X
        if last.head is None or last.units or last.of or k - last.head > _AMONG:
            return None
        if any(self.pos(m) == "VERB" or self.doc[m].text in STOPS or self.norm(m) in RELATIVES for m in range(last.head + 1, k)):
            return None
        unit = next((self.unit_at[m] for m in range(first + 2, min(first + 4, end)) if m in self.unit_at), None)
        if not unit or unit.adjective or (unit.first > first + 2 and self.pos(first + 2) not in {"PUNCT", "NOUN"}):
            return None
        return self.group(unit, max(end, self.bounds(k)[1]))

    def _meeting(self, head: int | None) -> bool:
        """A noun of contact that has its own "with": "spoke of progress in talks with X"."""
        return head is not None and bare(self.norm(head)) in CONTACTS

    def _chained(self, head: int | None, k: int) -> bool:
        """The noun at token `k` is in the genitive of the one at `head`, perhaps over "some of", "all of"."""
        if head is None or not self._open(head):
            return False
        return all(self._transparent(self.norm(m)) for m in range(head + 1, k))

    @staticmethod
    def _transparent(word: str) -> bool:
        return word in TRANSPARENT or bare(word) in TRANSPARENT

    def _take_unit(self, unit: Unit, prep: str, at: int, found: list[Argument], end: int, i: int) -> tuple[int, str, int]:
        group, after = self.group(unit, max(end, self.bounds(i)[1]))
        last = found[-1] if found else None
        glued = glued_preposition(unit.prefix)
        prep = prep or glued
        if unit.organ and prep == "ب" and self.norm(unit.first + (self.pos(unit.first) == "ADP")) in LEADING:
            prep = "بقيادة"
        if not glued and unit.prefix.startswith("و") and last and last.units:
            prep = prep or last.prep
        if unit.adjective:
            if prep and self.norm(unit.first - 1) in SOIL:
                found.append(Argument(prep, at, head=unit.first - 1, adjectives=group))  # إلى الأراضي السورية
            elif last and last.head is not None and not prep and unit.first - last.head <= 3:
                found[-1] = Argument(last.prep, last.at, head=last.head, of=last.of, adjectives=last.adjectives + group)
            elif not found:
                found.append(Argument("adj", unit.first, units=group))
            elif last and last.prep == "adj":
                found[-1] = Argument("adj", last.at, units=last.units + group)
            return after, "", after
        if last and not prep and len(group) > 1 and self._told_apart(last, unit):
            found[-1] = Argument(last.prep, last.at, units=group)  # to the allies of his country, A and B
            return max(after, unit.last), "", after
        if not prep and (n := self._holder(found, unit)) is not None:
            head = found[n].head or 0
            listed = n and found[n - 1].units and self.norm(head - 1) == "و" and found[n - 1].units[-1].last == head - 1
            if listed:
                found[n - 1 :] = [replace(found[n - 1], units=(*found[n - 1].units, *group))]
            else:
                found[n:] = [Argument(found[n].prep, found[n].at, units=group)]
            return max(after, unit.last), "", after
        if last and not prep and self._accusative_nisba(last, unit):
            found[-1] = replace(last, adjectives=group)
            return after, "", after
        adjacent = last and last.head is not None and not prep and not last.of and not unit.prefix
        if last and last.units and not prep and not unit.prefix and (one := self._parenthetic(last.units, unit)):
            found[-1] = replace(last, units=(*last.units[:-1], one))
        elif last and not prep and not unit.prefix and (self._apposition(last, unit) or (not last.prep and asides.between_commas(self, last.head, last.of, unit))):
            found[-1] = Argument(last.prep, last.at, units=group)
        elif prep and self.norm(at - 1) == "ثم" and (n := next((n for n, a in enumerate(found) if a.prep == prep and a.units), None)) is not None:
            found[n] = replace(found[n], units=(*found[n].units, *group))  # with X, then with Y
        elif adjacent and last and len(group) > 2 and bare(self.norm(last.head or 0)) in ALLIES and COMMA.fullmatch(self._gap(group[0], group[1])):
            found[-1] = Argument(last.prep, last.at, units=group[1:])  # to the two allies of his country, A and B
        elif adjacent and last and (self._idafa(last.head, unit) or self._bracketed(last.head, unit)):
            found[-1] = Argument(last.prep, last.at, head=last.head, of=group, adjectives=last.adjectives)
        else:
            found.append(Argument(prep, min(at, unit.first), units=group))
        return max(after, unit.last), "", after

    def _told_apart(self, last: Argument, unit: Unit) -> bool:
        """A list right behind a comma says who the noun before it means that stands for several: allies, partners, states."""
        if last.head is None or unit.first < 1 or self.doc[unit.first - 1].text not in COMMAS or unit.prefix:
            return False
        word = bare(self.norm(last.head))
        ends = [u.last for u in (*last.of, *last.adjectives)] + [last.head + 1 + (last.pronoun is not None)]
        return (word in COLLECTIVES or word in ALLIES) and max(ends) >= unit.first - 2

    def _holder(self, found: list[Argument], unit: Unit) -> int | None:
        """The argument that is the office of the person who follows it, over the place where that is held: "the commander of the
        forces of X in Y General Z"."""
        if unit.type is not EntityType.PERSON or unit.prefix or len(found) < 2:
            return None
        n = next((n for n in range(len(found) - 1, max(-1, len(found) - 4), -1) if found[n].head is not None), None)
        if n is None or n == len(found) - 1 or bare(self.norm(found[n].head or 0)) not in OFFICES or found[n].pronoun is not None:
            return None
        behind = found[n + 1 :]
        ends = behind[-1].units[-1].last if behind[-1].units else -1
        held = all(a.prep.lstrip("*") in {"في", "ل", "إلى", "لدى"} and a.units and a.units[0].type is not EntityType.PERSON for a in behind)
        return n if held and ends == unit.first else None

    def _accusative_nisba(self, last: Argument, unit: Unit) -> bool:
        """دبلوماسيا روسيا: behind an indefinite accusative what looks like the name of the state is its nisba."""
        if last.head != unit.first - 1 or unit.type is not EntityType.COUNTRY:
            return False
        return self.norm(last.head).endswith("ا") and self.norm(unit.first).endswith("يا")

    def _apposition(self, last: Argument, unit: Unit) -> bool:
        """ "The American pastor Andrew Brunson": a definite noun, perhaps with adjectives, right before a person's name."""
        if last.head is None or last.of or unit.type is not EntityType.PERSON:
            return False
        definite = self.norm(last.head).startswith("ال") or self.pos(last.head + 1) == "PRON"
        if not definite or self.norm(last.head) in ATTENDED:
            return False  # during the visit President X
        return all(self.pos(k) in {"ADJ", "PRON"} or k in self.unit_at or (self.pos(k) == "X" and self.norm(k).startswith("ال")) for k in range(last.head + 1, unit.first))

    def _parenthetic(self, units: tuple[Unit, ...], unit: Unit) -> Unit | None:
        """The one that is meant by a name and a title that follows it between commas, or the reverse: "the foreign minister,
        X, accused Y"."""
        last = units[-1]
        if not COMMA.fullmatch(self._gap(last, unit)) or self.doc[min(unit.last, len(self.doc) - 1)].text not in COMMAS:
            return None
        if unit.type is EntityType.PERSON and last.type is EntityType.PERSON:
            return unit if last.key == unit.key else None
        title = self.norm(last.first).removeprefix("ال") in OFFICES, self.norm(unit.first).removeprefix("ال") in OFFICES
        if title[0] and unit.type is EntityType.PERSON:
            return unit
        return last if title[1] and last.type is EntityType.PERSON else None

    def _open(self, k: int) -> bool:
        """A noun that a genitive can follow: neither article nor accusative ending."""
        word = self.norm(k)
        if word.startswith("ال") and word not in NO_ARTICLE:
            return False
        return "Definite=Com" in str(self.doc[k].morph) or not (word.endswith("ا") and len(word) > 3)

    def _participle(self, k: int) -> bool:
        word = self.norm(k)
        if k in self.unit_at or bare(word) in PLAIN_PARTICIPLES or word.endswith(("ي", "يه")):
            return False
        return self.pos(k) == "ADJ" and word.startswith(("الم", "القا", "النا", "التا", "الصا", "الخا", "متعلق", "مرتبط", "متحالف", "مقرب", "موال", "مدعوم"))

    def _idafa(self, head: int | None, unit: Unit) -> bool:
        """The unit follows a bare noun directly, perhaps in quotation marks: a genitive, if the noun has neither article nor
        accusative ending."""
        if head is None or not self._open(head):
            return False
        return unit.first - head <= 1 or (unit.first - head == 2 and self.pos(head + 1) == "PUNCT" and self.doc[head + 1].text in QUOTATION_MARKS)

    def _bracketed(self, head: int | None, unit: Unit) -> bool:
        """ "The six powers (China, …)": a list in brackets says who a noun means."""
        if head is None or unit.first - head > 5:
            return False
        return bool(_PARENTHESIS.fullmatch(self.article.text[self.end(unit.first - 2) : unit.extent.start] if unit.first >= 2 else ""))


def read(article: Article, doc: Doc, entities: Entities, verbs: Verbs = NO_VERBS, home: Callable[[str], str] | None = None) -> Reading:
    """The units of an article over the tokens of its `Doc`; `verbs` are the forms that count as verbs where the analysis
    has split them or taken them for nouns, `home` gives the state that a person stands for, for "his country"."""
    units = collect(article, doc, entities)
    at = {k: unit for unit in units for k in range(unit.first, unit.last)}
    reading = Reading(article, doc, tuple(units), at, put_right(article, doc, verbs, at))
    return _with_homes(reading, home) if home else reading


def _with_homes(reading: Reading, home: Callable[[str], str]) -> Reading:
    """The reading with "his country", "her government" as units that denote the state of the person referred to."""
    found = []
    for i in range(len(reading.doc) - 1):
        if reading.norm(i) not in HOMES or i in reading.unit_at or reading.pos(i + 1) != "PRON":
            continue
        if reading.surface(i) != reading.surface(i + 1) or not (state := _home_of(reading, i, home)):
            continue
        span = reading.span(i, i + 2)
        prefix = prefix_of(reading.article.text, span.start)
        found.append(Unit(i, i + 2, state, EntityType.COUNTRY, span, span, prefix, organ=True, feminine=True))
    if not found:
        return reading
    units = tuple(sorted((*reading.units, *found), key=lambda u: u.first))
    return replace(reading, units=units, unit_at={k: unit for unit in units for k in range(unit.first, unit.last)})


def _home_of(reading: Reading, i: int, home: Callable[[str], str]) -> str:
    """The state of the person that "his country" at token `i` is of: the one who speaks or acts, else the nearest."""
    begin, _ = reading.bounds(i)
    near = [u for u in reading.units if u.last <= i and i - u.first < 90 and u.type is EntityType.PERSON]
    her = reading.norm(i + 1) == "ها"
    near = [u for u in near if her or not u.feminine]
    inside = [u for u in near if u.first >= begin]
    women = [u for u in inside if u.feminine and her]
    for unit in (*women, *reading.agents(i, begin, inside), *inside, *near[::-1][:2]):
        if state := home(unit.key):
            return state
    return ""

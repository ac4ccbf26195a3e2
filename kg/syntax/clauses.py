"""Sentences as chains of units and arguments: what stands where around a word.

A *unit* is a stretch of tokens that denotes one entity: a name with its titles, a title, an organ, a nisba. An *argument*
is what follows or precedes a word: a preposition (or none), a group of coordinated units, or a noun that is no entity.
The order of words in Arabic news is so regular (verb, subject, object, prepositions; coordination by و) that arguments
read from it are safe within a clause; the dependency tree says where it agrees, and takes over where order says nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from kg.arabic import bare
from kg.language.particles import (
    ADVERBS,
    ALL,
    ALLIES,
    COMMAS,
    DELEGATIONS,
    LEADING,
    MANNER,
    NEIGHBOURS,
    REACH,
    RELATIVES,
    SOIL,
    STOPS,
    SUBORDINATORS,
)
from kg.language.wordclasses import shipped
from kg.model import Article, Entities, EntityType
from kg.syntax import annexation, asides, members
from kg.syntax.arguments import Argument
from kg.syntax.coordination import merged
from kg.syntax.homes import with_homes
from kg.syntax.repair import NO_VERBS, Verbs, put_right
from kg.syntax.surroundings import COMMA, Surroundings, glued_preposition
from kg.syntax.units import Unit, collect

__all__ = ["Argument", "Reading", "Unit", "read"]

_CLASSES = shipped("particles")
# Parts of a land that say where without a preposition.
_QUARTERS = _CLASSES["quarters"]
_FORCES = _CLASSES["forces"]

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
            if unit and unit.first == k and self.opens_clause(unit):
                break  # البحرين تؤيد وموسكو تدعو
            if unit and unit.first <= k and not (unit.first < k and unit.first <= i):
                k, prep, at = self._take_unit(unit, prep, at, found, end, i)
                continue
            word, pos = self.norm(k), self.pos(k)
            if named := asides.called(self, k):
                k, prep, at = self._take_unit(named, prep, at, found, end, i)
                continue
            if (told := asides.said_to_be(self, k)) is not None:
                k = told
                continue
            if (doer := asides.what_was_done(self, k)) is not None:
                found.append(Argument(prep, at if prep else k, head=k, of=self.group(doer, max(end, self.bounds(i)[1]))[0]))
                break
            if self.doc[k].text == ":" and (at_list := members.listed(self, found, k, end)):
                found[at_list[0]] = replace(found[at_list[0]], head=None, units=at_list[1])
                break
            if (resumed := asides.end_of_source(self, k)) is not None:
                prep, at, k = "", resumed, resumed
                end = min(self.bounds(i)[1], k + REACH)
                continue
            if found and (resumed := asides.end_of_relative(self, k) if word in RELATIVES else asides.end_of_description(self, k)):
                # "Annan, who arrived today, met with": what stands between the commas is told beside the clause
                k, prep, at = resumed, "", resumed
                end = min(self.bounds(i)[1], k + REACH)
                continue
            if prep and self.doc[k].text in COMMAS and k - 1 > at:
                prep = ""
            if self.doc[k].text in STOPS or word in RELATIVES or (word in SUBORDINATORS and word not in {"حتي", "منذ"}):
                break
            if found and (leader := asides.led_by(self, found[-1], k)):
                found[-1], k = replace(found[-1], head=None, units=self.group(leader, max(end, self.bounds(i)[1]))[0]), leader.last
                at = k
                continue
            if pos == "VERB" and k != over_verb and word not in members.BELONGING:
                break
            if word in {"هو", "هي"} and self.norm(k - 1) == "و":
                break  # "…, which is a term": another clause
            if word in ALL and self.norm(k + 1) == "من":
                k += 2
                continue
            if word == "ب" and self.norm(k + 1) in MANNER and k + 1 not in self.unit_at:
                k += 2
                continue
            if (word == "من" and members.some_of(self, k)) or (word in members.MORE and self.norm(k + 1) == "من" and members.some_of(self, k + 1)):
                if found and found[-1].head == k - 1 and self.norm(k - 1) in members.COUNTS:
                    prep, at = found[-1].prep, found[-1].at  # التقى عددا من قيادات الحركة: they are met
                    found.pop()
                k += 1
                continue
            if word == "داخل" and pos == "ADP" and not prep and found and k + 1 in self.unit_at:
                prep, at, k = "في", k, k + 1  # عمليات عسكرية داخل سوريا
                continue
            if word in _QUARTERS and not prep and k + 1 in self.unit_at and found and (found[-1].prep not in {"", "adj"} or self._stationed(found[-1])):
                prep, at = "في", k  # … in a raid, east of X
                k += 1
                continue
            if owner := members.belonging(self, found, k, end):
                found[-1], k = replace(found[-1], of=owner[0]), owner[1]
                prep, at = "", k
                continue
            if among := members.among(self, found, k, end):
                n = members.plural(self, found)
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
            if word in NEIGHBOURS and k + 2 in self.unit_at and self.owned(k):
                k += 2  # مع جارتها كندا
                continue
            if phrase := self.preposition(k):
                prep, step = phrase
                # "questions relating to X": what follows belongs to the participle, not to the word that is read
                other = coordinated and prep not in {"بواسطة", "بقيادة", "خلال"}
                other = other or (prep in {"مع", "بين"} and bool(found) and bool(found[-1].prep) and annexation.of_contact(self, found[-1].head) and not self.norm(i).startswith("قطع"))
                prep = f"*{prep}" if other or (k - 1 > i and annexation.participle(self, k - 1)) else prep
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
            elif word == "عده" and k - 1 > i and not self.norm(k - 1).startswith("ال") and self.pos(k - 1) == "NOUN" and k - 1 not in self.unit_at:
                if annexation.transparent(self.norm(k - 1)) and not prep:  # دول عدة
                    found.append(Argument("", k - 1, head=k - 1))
            elif pos in {"NOUN", "X", "PROPN", "ADJ"} and (not annexation.transparent(word) or self.norm(k + 1) in {"التاليه", "الاتيه"} or members.names_some(self, k) or (not prep and self.preposition(annexation.after_adjectives(self, k)))):
                last = found[-1] if found else None
                if pos == "X" and last and last.head == k - 1 and word.startswith("ال") and self.norm(k - 1).startswith("ال"):
                    pos = "ADJ"  # الجنرال المتقاعد فلان
                if pos == "NOUN" and last and not prep and not last.of and annexation.chained(self, last.head, k):
                    found[-1] = replace(last, head=k)
                elif pos != "ADJ" or prep or (not found and self.pos(i) != "NOUN"):
                    led = last is not None and self.pos(k - 1) == "CCONJ" and (last.prep == "بين" or (last.head is not None and last.prep[:1] != "*"))
                    joined = last.prep if last and led else ""  # لمساءلة ومحاكمة المسؤولين: what is joined behind a preposition is its too
                    both = last is not None and last.prep == "" and last.head is not None and not last.of and self.pos(i) == "VERB" and not self.norm(k).startswith("ال")
                    coordinated = coordinated or (self.pos(k - 1) == "CCONJ" and not joined and bool(found) and not both)
                    found.append(Argument(prep or joined, at if prep else k, head=k))
                    prep = ""
            k += 1
            if not prep:
                at = k
        return self._with_leaders(merged(self, found)), k

    def _stationed(self, last: Argument) -> bool:
        """Forces: what stands behind them is where they are (نشر ألف جندي جنوب النهر)."""
        return last.head is not None and not last.of and bare(self.norm(last.head)) in _FORCES

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

    def _and_the(self, last: Argument, unit: Unit) -> bool:
        """Nothing but "and" and a noun that is seen through stands between the last argument and the unit: موسكو ومدينة سوتشي."""
        k = unit.first - 1
        noun = self.pos(k) == "NOUN" and k not in self.unit_at and annexation.transparent(self.norm(k))
        return noun and self.norm(k - 1) == "و" and bool(last.units) and last.units[-1].last == k - 1 and not unit.adjective and (last.prep == "بين" or last.units[0].type is unit.type)

    def _take_unit(self, unit: Unit, prep: str, at: int, found: list[Argument], end: int, i: int) -> tuple[int, str, int]:
        group, after = self.group(unit, max(end, self.bounds(i)[1]))
        last = found[-1] if found else None
        glued = glued_preposition(unit.prefix)
        prep = prep or glued
        if unit.organ and prep == "ب" and self.norm(unit.first + (self.pos(unit.first) == "ADP")) in LEADING:
            prep = "بقيادة"
        if not glued and unit.prefix.startswith("و") and last and last.units:
            prep = prep or last.prep
        if not prep and last and self._and_the(last, unit):
            found[-1] = replace(last, units=(*last.units, *group))  # بين روسيا وفصيل جيش الإسلام
            return max(after, unit.last), "", after
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
        if last and not prep and len(group) > 1 and annexation.told_apart(self, last, unit):
            found[-1] = Argument(last.prep, last.at, units=group)  # to the allies of his country, A and B
            return max(after, unit.last), "", after
        if not prep and ((n := annexation.holder(self, found, unit)) is not None or (n := annexation.set_apart(self, found, unit)) is not None):
            head = found[n].head or 0
            listed = n and found[n - 1].units and self.norm(head - 1) == "و" and found[n - 1].units[-1].last == head - 1
            if listed:
                found[n - 1 :] = [replace(found[n - 1], units=(*found[n - 1].units, *group))]
            else:
                found[n:] = [Argument(found[n].prep, found[n].at, units=group)]
            return max(after, unit.last), "", after
        if last and not prep and annexation.accusative_nisba(self, last, unit):
            found[-1] = replace(last, adjectives=group)
            return after, "", after
        adjacent = last and last.head is not None and not prep and not last.of and not unit.prefix
        if last and last.units and not prep and not unit.prefix and (one := annexation.parenthetic(self, last.units, unit)):
            found[-1] = replace(last, units=(*last.units[:-1], one))
        elif last and not prep and not unit.prefix and (annexation.apposition(self, last, unit) or (not last.prep and asides.between_commas(self, last.head, last.of, unit))):
            title = annexation.title(self, found)
            found[title:] = [Argument(found[title].prep, found[title].at, units=group)]
        elif prep and self.norm(at - 1) == "ثم" and (n := next((n for n, a in enumerate(found) if a.prep == prep and a.units), None)) is not None:
            found[n] = replace(found[n], units=(*found[n].units, *group))  # with X, then with Y
        elif adjacent and last and len(group) > 2 and bare(self.norm(last.head or 0)) in ALLIES and COMMA.fullmatch(self.gap(group[0], group[1])):
            found[-1] = Argument(last.prep, last.at, units=group[1:])  # to the two allies of his country, A and B
        elif adjacent and last and (annexation.genitive(self, last.head, unit) or annexation.bracketed(self, last.head, unit)):
            found[-1] = Argument(last.prep, last.at, head=last.head, of=group, adjectives=last.adjectives)
        else:
            found.append(Argument(prep, min(at, unit.first), units=group))
        return max(after, unit.last), "", after



def read(article: Article, doc: Doc, entities: Entities, verbs: Verbs = NO_VERBS, home: Callable[[str], str] | None = None) -> Reading:
    """The units of an article over the tokens of its `Doc`; `verbs` are the forms that count as verbs where the analysis
    has split them or taken them for nouns, `home` gives the state that a person stands for, for "his country"."""
    units = collect(article, doc, entities)
    at = {k: unit for unit in units for k in range(unit.first, unit.last)}
    reading = Reading(article, doc, tuple(units), at, put_right(article, doc, verbs, at))
    return with_homes(reading, home) if home else reading

"""Sentences as chains of units and arguments: what stands where around a word.

A *unit* is a stretch of tokens that denotes one entity: a name with its titles, a title, an organ, a nisba. An *argument*
is what follows or precedes a word: a preposition (or none), a group of coordinated units, or a noun that is no entity.
The order of words in Arabic news is so regular (verb, subject, object, prepositions; coordination by و) that arguments
read from it are safe within a clause; the dependency tree says where it agrees, and takes over where order says nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from spacy.tokens import Doc

from kg.arabic import bare
from kg.model import Article, Entities, EntityType, Span
from kg.particles import (
    ADVERBS,
    ALL,
    ALLIES,
    COLLECTIVES,
    COMMAS,
    COMPOUND,
    CONTACTS,
    DAYS,
    DELEGATIONS,
    HOMES,
    LEADING,
    MANNER,
    NO_ARTICLE,
    NOUN_PREPOSITIONS,
    OFFICES,
    PLAIN_PARTICIPLES,
    PREPOSITIONS,
    QUOTATION_MARKS,
    REACH,
    RELATIVES,
    SITUATIONS,
    STOPS,
    SUBORDINATORS,
    TRANSPARENT,
)
from kg.repair import NO_VERBS, Verbs, Words, put_right
from kg.units import Unit, collect, prefix_of

__all__ = ["Argument", "Reading", "Unit", "read"]

# Between two coordinated units: spaces, quotes, brackets, commas, and و glued to the second one, perhaps "as well as".
_AND = re.compile(r"[\s\"'«»“”()\[\]،,*ـ#_]*(?:و(?:\s+#)?|وكذلك\s+|وأيضا\s+|وأيضاً\s+|كما\s+|ثم\s+)(?:كلا?\s+من\s+)?[\"'«“(#]*")
_COMMA = re.compile(r"[\s\"'«»“”()#_]*[،,][\s\"'«»“”()#_]*")
_DASH = re.compile(r"[\s\"'«»“”]*[-–—ـ][\s\"'«»“”]*")
_ACTING = frozenset({EntityType.PERSON, EntityType.COUNTRY, EntityType.ORGANIZATION, EntityType.ARMED_GROUP})
# What is not named in one breath with persons.
_MATTERS = {EntityType.EVENT, EntityType.TOPIC, EntityType.AGREEMENT}
# Tokens of a relative clause between commas that is told beside its sentence.
_ASIDE = 24
# Words for a number, and for "more, less".
_COUNTS = {"عدد", "عددا", "عشرات", "العشرات", "مءات", "الاف", "ءالاف", "بعض", "كثير", "مجموعه"}
_MORE = {"اكثر", "باكثر", "اقل", "باقل", "ازيد", "لاكثر"}
# Parts of a land that say where without a preposition.
_QUARTERS = {"شرقي", "غربي", "شمالي", "جنوبي", "شرق", "غرب", "شمال", "جنوب", "وسط"}
# Those whose من names the group that they are of.
_FIGHTERS = {"عناصر", "مسلحون", "مسلحين", "مقاتلون", "مقاتلين", "اعضاء", "جنود", "جنودا", "افراد", "مجموعه", "قياديون", "قياديين", "انصار"}
# Participles before the ل of whose something is.
_BELONGING = {"تابع", "تابعه", "تابعا", "تابعين", "تابعتين", "مملوك", "مملوكه", "مملوكا", "عاءد", "عايد", "عايده"}
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
class Reading:
    """One article as its clauses are read: tokens, units, and what is at each token."""

    article: Article
    doc: Doc
    units: tuple[Unit, ...]
    unit_at: Mapping[int, Unit] = field(default_factory=dict)
    words: Words = field(default_factory=lambda: Words((), ()))

    def norm(self, i: int) -> str:
        """The folded form of a token; of a verb that was split by mistake the whole form at its first token."""
        return self.words.norms[i] if 0 <= i < len(self.words.norms) else ""

    def pos(self, i: int) -> str:
        return self.words.tags[i] if 0 <= i < len(self.words.tags) else ""

    def start(self, i: int) -> int:
        return int(self.doc.user_data["starts"][i])

    def end(self, i: int) -> int:
        return int(self.doc.user_data["ends"][i])

    def span(self, first: int, last: int) -> Span:
        """The source span of tokens `first` to `last` (exclusive)."""
        return Span(self.start(first), max(self.end(last - 1), self.start(first)))

    def bounds(self, i: int) -> tuple[int, int]:
        """First and last (exclusive) token of the sentence of token `i`."""
        sent = self.doc[i].sent
        return sent.start, sent.end

    def surface(self, i: int) -> str:
        """The folded word as it is written that token `i` is part of, without a conjunction before it."""
        return self.words.surfaces[i]

    def sentence(self, span: Span) -> Span:
        """The source span of the sentence that holds a span."""
        i = max(0, bisect_right(self.doc.user_data["starts"], span.start) - 1)
        sent = self.doc[i].sent
        return self.span(sent.start, sent.end)

    # -- groups -----------------------------------------------------------------------------------------------------

    def group(self, unit: Unit, limit: int) -> tuple[tuple[Unit, ...], int]:
        """A unit with those coordinated to it on its right, and the token after the last of them."""
        found = [unit]
        while following := self._joined(found[-1], limit, unit):
            found.append(following)
        single = [replace(u, key=key, also=()) for u in found for key in (u.key, *u.also)]
        return tuple(single), found[-1].last

    def _joined(self, unit: Unit, limit: int, first: Unit) -> Unit | None:
        following = self._next_unit(unit, limit)
        if following and following.adjective and not unit.adjective and following.type is EntityType.COUNTRY and self._of_adjective(unit):
            # القوات التركية والأمريكية: the second adjective is of another's forces
            return replace(following, adjective=False, organ=True) if _AND.fullmatch(self._gap(unit, following)) else None
        if not following or following.adjective != unit.adjective:
            return None
        gap = self._gap(unit, following)
        if {unit.type, following.type} > {EntityType.PERSON} and {unit.type, following.type} & _MATTERS:
            return None  # «المؤيد للبريكست ووزير البيئة فلان»
        if _AND.fullmatch(gap):
            return following
        if following.type is unit.type and _DASH.fullmatch(gap):
            return following
        if following.type is first.type and _COMMA.fullmatch(gap) and self._list_goes_on(following, limit):
            return following
        return None

    def _of_adjective(self, unit: Unit) -> bool:
        """The unit is a body of a state that an adjective names: the Turkish forces."""
        return unit.last - unit.first > 1 and unit.type in {EntityType.COUNTRY, EntityType.ORGANIZATION} and self.pos(unit.last - 1) == "ADJ"

    def _gap(self, unit: Unit, following: Unit) -> str:
        return self.article.text[unit.extent.end : following.extent.start]

    def _list_goes_on(self, unit: Unit, limit: int) -> bool:
        """A comma coordinates only in a list that goes on, by و or by a comma and و at last: A, B and C."""
        for _ in range(12):
            following = self._next_unit(unit, limit)
            if not following:
                return False
            gap = self._gap(unit, following)
            if _AND.fullmatch(gap):
                return following.type is unit.type
            if not _COMMA.fullmatch(gap) or following.type is not unit.type:
                return False
            unit = following
        return False

    def _next_unit(self, unit: Unit, limit: int) -> Unit | None:
        for i in range(unit.last, min(unit.last + 7, limit)):
            if (found := self.unit_at.get(i)) and found.first == i:
                return found
        return None

    # -- arguments ----------------------------------------------------------------------------------------------------

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
            if self.doc[k].text == ":" and (at_list := self._listed(found, k, end)):
                found[at_list[0]] = replace(found[at_list[0]], head=None, units=at_list[1])
                break
            if word in RELATIVES and found and (resumed := self._aside(k, end)):
                # "Annan, who arrived today, met with": what stands between the commas is told beside the clause
                k, prep, at = resumed, "", resumed
                end = min(self.bounds(i)[1], k + REACH)
                continue
            if prep and self.doc[k].text in COMMAS and k - 1 > at:
                prep = ""
            if self.doc[k].text in STOPS or word in RELATIVES or (word in SUBORDINATORS and word not in {"حتي", "منذ"}):
                break
            if pos == "VERB" and k != over_verb:
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
        return self._with_leaders(found), k

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

    def _aside(self, k: int, end: int) -> int | None:
        """The token behind a relative clause between commas that starts at token `k`, if the clause around it goes on with a
        preposition or a name; None where no comma closes it."""
        if self.doc[k - 1].text not in COMMAS and not self._in_apposition(k):
            return None
        for m in range(k + 1, min(self.bounds(k)[1] - 1, k + _ASIDE)):
            if self.doc[m].text in STOPS:
                return None
            if self.doc[m].text in COMMAS:
                following = self.unit_at.get(m + 1)
                named = following is not None and following.first == m + 1 and not following.prefix.startswith(("و", "ف"))
                return m + 1 if named or self._preposition(m + 1) else None
        return None

    def _in_apposition(self, k: int) -> bool:
        """The relative at token `k` goes on with a description behind a name and a comma: "X, the leader of the raid which"."""
        m = k - 1
        while m > k - 6 and m not in self.unit_at and self.pos(m) in {"NOUN", "ADJ"}:
            m -= 1
        unit = self.unit_at.get(m - 1)
        return m < k - 1 and self.doc[m].text in COMMAS and unit is not None and unit.type is EntityType.PERSON

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
        if not unit or unit.adjective or not (_glued_preposition(unit.prefix) == "ل" or self.norm(unit.first - 1) == "ل"):
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

    def _take_unit(
        self, unit: Unit, prep: str, at: int, found: list[Argument], end: int, i: int
    ) -> tuple[int, str, int]:
        group, after = self.group(unit, max(end, self.bounds(i)[1]))
        last = found[-1] if found else None
        glued = _glued_preposition(unit.prefix)
        prep = prep or glued
        if unit.organ and prep == "ب" and self.norm(unit.first + (self.pos(unit.first) == "ADP")) in LEADING:
            prep = "بقيادة"
        if not glued and unit.prefix.startswith("و") and last and last.units:
            prep = prep or last.prep
        if unit.adjective:
            if last and last.head is not None and not prep and unit.first - last.head <= 3:
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
        elif last and not prep and not unit.prefix and self._apposition(last, unit):
            found[-1] = Argument(last.prep, last.at, units=group)
        elif prep and self.norm(at - 1) == "ثم" and (n := next((n for n, a in enumerate(found) if a.prep == prep and a.units), None)) is not None:
            found[n] = replace(found[n], units=(*found[n].units, *group))  # with X, then with Y
        elif adjacent and last and len(group) > 2 and bare(self.norm(last.head or 0)) in ALLIES and _COMMA.fullmatch(self._gap(group[0], group[1])):
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
        if not self.norm(last.head).startswith("ال") and self.pos(last.head + 1) != "PRON":
            return False
        return all(self.pos(k) in {"ADJ", "PRON"} or k in self.unit_at or (self.pos(k) == "X" and self.norm(k).startswith("ال")) for k in range(last.head + 1, unit.first))

    def _parenthetic(self, units: tuple[Unit, ...], unit: Unit) -> Unit | None:
        """The one that is meant by a name and a title that follows it between commas, or the reverse: "the foreign minister,
        X, accused Y"."""
        last = units[-1]
        if not _COMMA.fullmatch(self._gap(last, unit)) or self.doc[min(unit.last, len(self.doc) - 1)].text not in COMMAS:
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

    def antecedent(self, i: int) -> Unit | None:
        """The likeliest of `antecedents`."""
        found = self.antecedents(i)
        return found[0] if found else None

    def antecedents(self, i: int, near: bool = False) -> list[Unit]:
        """What the pronoun at token `i` may refer to, the likeliest first: for ـها the first state or organisation of the
        sentence that agrees, else the nearest before it; for ـه the nearest person, then those before. With `near` the pronoun
        is an object, for which the nearest comes first."""
        begin, _ = self.bounds(i)
        pronoun = self.norm(i).removeprefix("ايا") or self.norm(i)
        feminine = pronoun == "ها"
        before = [u for u in self.units if u.first < i and i - u.first < 70 and not u.adjective]
        if feminine:
            fit = [u for u in before if u.feminine or (u.type is not EntityType.PERSON and u.feminine is not False)]
            inside = [u for u in fit if u.first >= begin]
            first = self.agents(i, begin, inside) or inside[:1] or fit[-1:]
            return _unique([*inside[::-1][:3], *first]) if near else _unique([*first, *inside[::-1][:2]])
        if pronoun != "ه":
            return []
        fit = [u for u in before if u.type is EntityType.PERSON and not u.feminine]
        if not any(u.first >= begin for u in fit):
            fit += [u for u in before if u.first >= begin and self.norm(u.first - 1) == "في" and self.norm(u.first - 2) in SITUATIONS]
            bodies = {EntityType.ORGANIZATION, EntityType.ARMED_GROUP}
            fit = fit or [u for u in before if u.first >= begin and u.type in bodies and not u.feminine]
        if near and self.norm(i - 1) == "من":  # الاتفاق الذي انسحب منه فلان
            fit = [*[u for u in before if u.first >= begin and u.type is EntityType.AGREEMENT and not u.feminine][-1:], *fit]
        if near and self.norm(i - 1) == "في":  # المؤتمر … وشاركت فيه دول
            fit = [*fit, *[u for u in before if u.first >= begin and u.type is EntityType.EVENT and not u.feminine][-1:]]
        return _unique([*fit[::-1][:4]] if near else [*self.agents(i, begin, fit), *fit[::-1][:3]])

    def pair(self, i: int) -> tuple[Unit, ...]:
        """The two that the dual pronoun at token `i` is for: the last two that are named together, else the two persons of the
        sentence."""
        begin, _ = self.bounds(i)
        before = [u for u in self.units if begin <= u.first and u.last <= i and not u.adjective and u.type in _ACTING]
        for unit in before[::-1]:
            group, _ = self.group(unit, i)
            if len(group) == 2:
                return group
        persons = _unique([u for u in before if u.type is EntityType.PERSON])
        return tuple(persons) if len(persons) == 2 else ()

    def agents(self, i: int, begin: int, fit: list[Unit]) -> list[Unit]:
        """Those of some units that stand as the subject right behind the nearest verb before token `i`."""
        verb = next((k for k in range(i - 1, begin - 1, -1) if self.pos(k) == "VERB"), None)
        if verb is None:
            return []
        return [u for u in fit if verb < u.first <= verb + 2 and not u.prefix and self.pos(u.first - 1) != "ADP"][:1]

    def _participle(self, k: int) -> bool:
        word = self.norm(k)
        if k in self.unit_at or bare(word) in PLAIN_PARTICIPLES or word.endswith(("ي", "يه")):
            return False
        return self.pos(k) == "ADJ" and word.startswith(("الم", "القا", "النا", "التا", "الصا", "الخا", "متعلق", "مرتبط"))

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

    def _preposition(self, k: int) -> tuple[str, int] | None:
        word = self.norm(k)
        pair = (word, self.norm(k + 1))
        if pair in COMPOUND:
            return COMPOUND[pair], 2
        if word in {"ب", "ل"} and self.norm(k + 1) and self.doc.user_data["surface"][k] == self._surface(k + 1):
            glued = word + self.norm(k + 1)
            if glued in PREPOSITIONS and glued not in {"بين"}:
                return PREPOSITIONS[glued], 2
        if word in PREPOSITIONS and (self.pos(k) in {"ADP", "ADV", "PART"} or word in NOUN_PREPOSITIONS):
            return PREPOSITIONS[word], 1
        return None

    def _surface(self, k: int) -> int:
        return int(self.doc.user_data["surface"][k]) if k < len(self.doc) else -1

    def left(self, i: int) -> tuple[tuple[Unit, ...], bool] | None:
        """The units that stand directly before the verb `i` and may be its subject, and whether by a relative pronoun.

        Adverbs, particles, commas and days may stand between; a preposition before the units means that they are none.
        """
        begin, _ = self.bounds(i)
        k = i - 1
        relative = False
        crossed = 0
        while k >= begin and i - k < 12:
            if unit := self.unit_at.get(k):
                if unit.adjective:
                    k = unit.first - 1
                    crossed += 1
                    if crossed > 2:
                        return None
                    continue
                units = self.group_back(unit, begin)
                head = units[0]
                prep = _glued_preposition(head.prefix) or self._before(head.first, begin)
                if prep and not relative:
                    last = units[-1]  # «رسوم على بضائع صربيا وبروكسل تطالبها»: who stands right before the verb begins another clause
                    return ((last,), False) if len(units) > 1 and last.last == i and last.prefix.startswith("و") else None
                return units, relative
            word, pos = self.norm(k), self.pos(k)
            if word in {"كان", "كانت", "كانوا", "كانا"}:
                k -= 1
                continue
            if self.doc[k].text in COMMAS and (aside := self._aside_before(k, begin)) is not None:
                k = aside
                continue
            if self.doc[k].text in STOPS or pos == "VERB" or (self.doc[k].text.startswith(("--", "–", "—", "-")) and not relative):
                return None
            if word in RELATIVES:
                return self._relative_antecedent(k, begin)
            if pos == "CCONJ" and word == "ف" and any(self.norm(m) == "اما" for m in range(begin, k)):
                k -= 1  # أما فلان فقد قال
                continue
            if (pos in {"NOUN", "SCONJ", "ADP"} and word not in DAYS and not relative) or (pos == "CCONJ" and not relative):
                return None
            k -= 1
        return None

    def _aside_before(self, k: int, begin: int) -> int | None:
        """The token before a relative clause between commas that ends at token `k`: كان فلان، الذي وصل أمس، قد عقد."""
        for m in range(k - 1, max(begin, k - 15), -1):
            if self.doc[m].text in COMMAS and m - 1 in self.unit_at and bare(self.norm(m + 1)) in COLLECTIVES:
                return m - 1  # A and B, the two states that take part in it, agreed
            if self.doc[m].text in STOPS or self.doc[m].text in COMMAS:
                return None
            if self.norm(m) in RELATIVES:
                return m - 2 if self.doc[m - 1].text in COMMAS else None
            if self.doc[m - 1].text in COMMAS and self._described(m):
                return m - 2
        return None

    def _described(self, k: int) -> bool:
        """At token `k`, behind a person and a comma, a definite participle or an office describes the person: "X, the wanted by
        Y, visited"."""
        person = self.unit_at.get(k - 2)
        if not person or person.adjective or person.type is not EntityType.PERSON:
            return False
        participle = self.pos(k) == "ADJ" and self.norm(k).startswith("ال") and k not in self.unit_at
        return participle or (self.norm(k) in OFFICES and self.pos(k) == "NOUN" and (k not in self.unit_at or self.unit_at[k].type is not EntityType.PERSON))

    def _relative_antecedent(self, k: int, begin: int) -> tuple[tuple[Unit, ...], bool] | None:
        """What the relative pronoun at token `k` refers to: the units right before it, over commas, adjectives and brackets,
        if they agree; a noun between that is no entity is what it refers to."""
        feminine = {"التي": True, "الذي": False}.get(self.norm(k))
        m = k - 1
        while m >= begin and k - m < 8:
            if (unit := self.unit_at.get(m)) and not unit.adjective:
                units = self.group_back(unit, begin)
                if feminine is not None and len(units) == 1 and unit.feminine is not None and unit.feminine != feminine and not (unit.organ or self.norm(unit.first) == "قوات"):
                    return None
                return units, True
            if self.pos(m) not in {"PUNCT", "ADJ", "X", "NUM", ""} and m not in self.unit_at:
                return None
            m -= 1
        return None

    def is_adverb(self, k: int) -> bool:
        """A word for a day or another adverb that the analysis takes for a noun."""
        return self.norm(k) in DAYS or self.norm(k) in ADVERBS

    def _before(self, k: int, begin: int) -> str:
        if k - 1 >= begin and (phrase := self._preposition(k - 1)):
            return phrase[0]
        m = k - 1
        while m > begin and (self.pos(m) in {"ADJ", "PRON"} or (m in self.unit_at and self.unit_at[m].adjective)):
            m -= 1
        if begin < m < k - 1 and self.pos(m) == "NOUN" and m not in self.unit_at and (phrase := self._preposition(m - 1)):
            return phrase[0]  # مع نظيره العراقي فلان
        if begin < m < k - 1 and self.pos(m) == "NOUN" and self.pos(m - 1) == "PRON" and self.pos(m - 2) == "NOUN":
            return "genitive"  # خلال لقائه نظيره العراقي فلانا
        if k - 1 >= begin and self.pos(k - 1) == "NOUN" and self.norm(k - 1) not in TRANSPARENT:
            return "" if self.norm(k - 1).startswith("ال") or self.norm(k - 1) in DAYS else "genitive"
        return ""

    def group_back(self, unit: Unit, begin: int) -> tuple[Unit, ...]:
        """The coordinated group that ends in `unit`."""
        for k in range(begin, unit.first):
            candidate = self.unit_at.get(k)
            if candidate and candidate.first == k and not candidate.adjective:
                group, _ = self.group(candidate, unit.last)
                if unit in group:
                    return group
        return (unit,)


def _unique(units: list[Unit]) -> list[Unit]:
    """Units without those that denote the same entity as one before."""
    found: dict[str, Unit] = {}
    for unit in units:
        found.setdefault(unit.key, unit)
    return list(found.values())



def _glued_preposition(prefix: str) -> str:
    rest = prefix.lstrip("وف")
    return {"ب": "ب", "ل": "ل", "لل": "ل", "ك": "ك"}.get(rest, "")


def read(
    article: Article, doc: Doc, entities: Entities, verbs: Verbs = NO_VERBS, home: Callable[[str], str] | None = None
) -> Reading:
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
    inside = [u for u in near if u.first >= begin]
    for unit in (*reading.agents(i, begin, inside), *inside, *near[::-1][:2]):
        if state := home(unit.key):
            return state
    return ""

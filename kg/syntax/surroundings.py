"""The tokens and units of an article, and how they hang together: coordination, what stands to the left of a verb, antecedents of pronouns."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from spacy.tokens import Doc

from kg.arabic import bare
from kg.language.particles import (
    ADVERBS,
    COLLECTIVES,
    COMMAS,
    COMPOUND,
    DAYS,
    NOUN_PREPOSITIONS,
    OFFICES,
    PREPOSITIONS,
    RELATIVES,
    SEVERAL,
    SITUATIONS,
    STOPS,
    TRANSPARENT,
    WAS,
)
from kg.language.wordclasses import shipped
from kg.model import Article, EntityType, Span
from kg.syntax.repair import Words
from kg.syntax.units import Unit, unique

# Between two coordinated units: spaces, quotes, brackets, commas, and و glued to the second one, perhaps "as well as".
_AND = re.compile(r"(?:\s*\(\d+\))?[\s\"'«»“”()\[\]،,*ـ#_]*(?:و(?:\s+#)?|وكذلك\s+|وأيضا\s+|وأيضاً\s+|كما\s+|ثم\s+)(?:كلا?\s+من\s+)?[\"'«“(#]*")
COMMA = re.compile(r"(?:\s*\(\d+\))?[\s\"'«»“”()#_]*[،,][\s\"'«»“”()#_]*")
_DASH = re.compile(r"[\s\"'«»“”]*[-–—ـ][\s\"'«»“”]*")
_CLASSES = shipped("particles")
_BODIES = _CLASSES["forces"] | _CLASSES["bodies_of"]
_ACTING = frozenset({EntityType.PERSON, EntityType.COUNTRY, EntityType.ORGANIZATION, EntityType.ARMED_GROUP})
_SIDES = frozenset({EntityType.ORGANIZATION, EntityType.ARMED_GROUP})
# Tokens between two persons whom a dual pronoun is for, where the sentence names more.
_CLOSE = 4
# What is not named in one breath with persons.
_MATTERS = {EntityType.EVENT, EntityType.TOPIC, EntityType.AGREEMENT}


@dataclass
class Surroundings:
    """The tokens and units of one article: what is at each token, coordinated groups, subjects to the left, antecedents."""

    article: Article
    doc: Doc
    units: tuple[Unit, ...]
    unit_at: Mapping[int, Unit] = field(default_factory=dict)
    words: Words = field(default_factory=lambda: Words((), ()))

    def norm(self, i: int) -> str:
        """The folded form of a token; of a verb that was split by mistake the whole form at its first token."""
        return self.words.norms[i] if 0 <= i < len(self.words.norms) else ""

    def pos(self, i: int) -> str:
        """The part of speech of a token as it was put right; empty outside of the article and for what belongs to the token before."""
        return self.words.tags[i] if 0 <= i < len(self.words.tags) else ""

    def start(self, i: int) -> int:
        """The offset in the text at which a token begins."""
        return int(self.doc.user_data["starts"][i])

    def end(self, i: int) -> int:
        """The offset in the text behind a token."""
        return int(self.doc.user_data["ends"][i])

    def span(self, first: int, last: int) -> Span:
        """The source span of tokens `first` to `last` (exclusive)."""
        return Span(self.start(first), max(self.end(last - 1), self.start(first)))

    def bounds(self, i: int) -> tuple[int, int]:
        """First and last (exclusive) token of the sentence of token `i`."""
        return self._bounds[i]

    @cached_property
    def _bounds(self) -> list[tuple[int, int]]:
        return [(sent.start, sent.end) for sent in self.doc.sents for _ in range(sent.start, sent.end)]

    def surface(self, i: int) -> str:
        """The folded word as it is written that token `i` is part of, without a conjunction before it."""
        return self.words.surfaces[i]

    def owned(self, i: int) -> bool:
        """A pronoun is written onto token `i`."""
        return self.pos(i + 1) == "PRON" and self.surface(i) == self.surface(i + 1)

    def sentence(self, span: Span) -> Span:
        """The source span of the sentence that holds a span."""
        i = max(0, bisect_right(self.doc.user_data["starts"], span.start) - 1)
        sent = self.doc[i].sent
        return self.span(sent.start, sent.end)

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
            return replace(following, adjective=False, organ=True) if _AND.fullmatch(self.gap(unit, following)) else None
        if not following or following.adjective != unit.adjective or self._opens_clause(following, first):
            return None
        gap = self.gap(unit, following)
        if unit.organ or unit.type in _SIDES:
            gap = self._past_adjectives(unit, following)
        if {unit.type, following.type} > {EntityType.PERSON} and {unit.type, following.type} & _MATTERS:
            return None  # «المؤيد للبريكست ووزير البيئة فلان»
        if _AND.fullmatch(gap):
            return following
        if following.type is unit.type and _DASH.fullmatch(gap):
            return following
        if following.type is first.type and COMMA.fullmatch(gap) and self._list_goes_on(following, limit):
            return following
        return None

    def _opens_clause(self, unit: Unit, first: Unit) -> bool:
        """It begins a clause where something governs the first of those named: "on the border of X, and Y cuts its ties"."""
        return bool(glued_preposition(first.prefix) or self._before(first.first, self.bounds(first.first)[0])) and self.opens_clause(unit)

    def opens_clause(self, unit: Unit) -> bool:
        """A name behind "and" with a present in the singular right behind it begins a clause."""
        joined = unit.prefix.startswith("و") or self.norm(unit.first - 1) == "و"
        morph = str(self.doc[unit.last].morph) if unit.last < len(self.doc) else ""
        return joined and self.pos(unit.last) == "VERB" and "Aspect=Imp" in morph and "Number=Sing" in morph

    def _of_adjective(self, unit: Unit) -> bool:
        """The unit is a body of a state that an adjective names: the Turkish forces."""
        return unit.last - unit.first > 1 and unit.type in {EntityType.COUNTRY, EntityType.ORGANIZATION} and self.pos(unit.last - 1) == "ADJ"

    def gap(self, unit: Unit, following: Unit) -> str:
        """The text between two units."""
        return self.article.text[unit.extent.end : following.extent.start]

    def _past_adjectives(self, unit: Unit, following: Unit) -> str:
        """What stands between two units, without adjectives behind the first: الجيش الوطني وحركة كذا."""
        k = unit.last
        while k < following.first and self.pos(k) == "ADJ" and k not in self.unit_at:
            k += 1
        return self.article.text[self.end(k - 1) : following.extent.start] if k > unit.last else self.gap(unit, following)

    def _list_goes_on(self, unit: Unit, limit: int) -> bool:
        """A comma coordinates only in a list that goes on, by و or by a comma and و at last: A, B and C."""
        for _ in range(12):
            following = self._next_unit(unit, limit)
            if not following:
                return False
            gap = self.gap(unit, following)
            if _AND.fullmatch(gap):
                return following.type is unit.type
            if not COMMA.fullmatch(gap) or following.type is not unit.type:
                return False
            unit = following
        return False

    def _next_unit(self, unit: Unit, limit: int) -> Unit | None:
        for i in range(unit.last, min(unit.last + 7, limit)):
            if (found := self.unit_at.get(i)) and found.first == i:
                return found
        return None

    def in_name_of(self, k: int) -> Unit | None:
        """In whose name somebody without a name at token `k` speaks: «المتحدثة باسم البنتاغون»."""
        at = max((m for m in range(k + 1, min(self.bounds(k)[1], k + 5)) if self.surface(m) == "باسم"), default=None)
        unit = self.unit_at.get(at + 1) if at is not None and k not in self.unit_at else None
        return unit if unit and unit.type in _ACTING and not unit.adjective else None

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
            return unique([*inside[::-1][:3], *first]) if near else unique([*first, *inside[::-1][:2]])
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
        return unique([*fit[::-1][:4]] if near else [*self.agents(i, begin, fit), *fit[::-1][:3]])

    def pair(self, i: int) -> tuple[Unit, ...]:
        """The two that the dual pronoun at token `i` is for: the last two named together, else the two persons of the sentence."""
        begin, _ = self.bounds(i)
        before = [u for u in self.units if begin <= u.first and u.last <= i and not u.adjective and u.type in _ACTING]
        for unit in before[::-1]:
            group, _ = self.group(unit, i)
            if len(group) == 2:
                return group
        persons = unique([u for u in before if u.type is EntityType.PERSON])
        last = persons[-2:]
        close = len(last) == 2 and last[1].first - last[0].last <= _CLOSE and i - last[1].last <= _CLOSE
        return tuple(last) if len(persons) == 2 or close else ()

    def agents(self, i: int, begin: int, fit: list[Unit]) -> list[Unit]:
        """Those of some units that stand as the subject right behind the nearest verb before token `i`."""
        verb = next((k for k in range(i - 1, begin - 1, -1) if self.pos(k) == "VERB"), None)
        if verb is None:
            return []
        return [u for u in fit if verb < u.first <= verb + 2 and not u.prefix and self.pos(u.first - 1) != "ADP"][:1]

    def preposition(self, k: int) -> tuple[str, int] | None:
        """The preposition that begins at token `k`, as slots are called, and how many tokens it has; None where none does."""
        word = self.norm(k)
        pair = (word, self.norm(k + 1))
        if pair in COMPOUND:
            return COMPOUND[pair], 2
        if word in {"ب", "ل"} and self.norm(k + 1) and self.doc.user_data["surface"][k] == self._surface(k + 1):
            glued = word + self.norm(k + 1)
            if glued in PREPOSITIONS and glued not in {"بين"}:
                return PREPOSITIONS[glued], 2
        if word == "نحو" and self.pos(k + 1) == "NUM":
            return None  # نحو 900 جندي
        if word in PREPOSITIONS and (self.pos(k) in {"ADP", "ADV", "PART"} or word in NOUN_PREPOSITIONS):
            return PREPOSITIONS[word], 1
        return None

    def _surface(self, k: int) -> int:
        return int(self.doc.user_data["surface"][k]) if k < len(self.doc) else -1

    def left(self, i: int) -> tuple[tuple[Unit, ...], bool] | None:
        """The units right before the verb `i`, over adverbs, particles, commas and days, that may be its subject, and whether by a
        relative pronoun; none where a preposition stands before them."""
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
                prep = glued_preposition(head.prefix) or self._before(head.first, begin)
                if prep == "ل" and not relative and (body := self._body_of(head, begin)) is not None:
                    k = body
                    if not self._before(k, begin):
                        return units, False
                if prep and not relative:
                    last = units[-1]  # «رسوم على بضائع صربيا وبروكسل تطالبها»: who stands right before the verb begins another clause
                    return ((last,), False) if len(units) > 1 and last.last == i and last.prefix.startswith("و") else None
                return units, relative
            word, pos = self.norm(k), self.pos(k)
            if word in WAS:
                k -= 1
                continue
            if self.doc[k].text in COMMAS and (aside := self._aside_before(k, begin)) is not None:
                k = aside
                continue
            if self.doc[k].text in STOPS or pos == "VERB" or (self.doc[k].text.startswith(("--", "–", "—", "-")) and not relative):
                return None
            if word in RELATIVES:
                return self.relative_antecedent(k, begin)
            if pos == "CCONJ" and word == "ف" and any(self.norm(m) == "اما" for m in range(begin, k)):
                k -= 1  # أما فلان فقد قال
                continue
            if (others := self._and_others(k)) is not None:
                k = others
                continue
            if (pos in {"NOUN", "SCONJ", "ADP"} and word not in DAYS and not relative) or (pos == "CCONJ" and not relative):
                return None
            k -= 1
        return None

    def _body_of(self, unit: Unit, begin: int) -> int | None:
        """The first token of a body without a name that belongs to the unit: قوات حفظ السلام التابعة للأمم المتحدة."""
        m = unit.first - (2 if self.norm(unit.first - 1) == "ل" else 1)
        if self.norm(m).removeprefix("ال") not in _CLASSES["belonging"] or not self.norm(m).startswith("ال"):
            return None
        while (k := m - 1) > begin and self.pos(k) in {"NOUN", "ADJ"} and k not in self.unit_at and bare(self.norm(k)) not in _BODIES:
            m -= 1
        return k if k >= begin and bare(self.norm(k)) in _BODIES and k not in self.unit_at else None

    def _and_others(self, k: int) -> int | None:
        """The last token of a name before "and 14 other states" that ends at token `k`."""
        m = k - 1
        while self.pos(m) == "NUM" or self.norm(m) in SEVERAL:
            m -= 1
        counted = m < k - 1 or bare(self.norm(k)) in {"دول", "بلدان"}
        return m - 1 if counted and bare(self.norm(k)) in COLLECTIVES and self.norm(m) == "و" and m - 1 in self.unit_at else None

    def _aside_before(self, k: int, begin: int) -> int | None:
        """The token before a relative clause between commas that ends at token `k`: كان فلان، الذي وصل أمس، قد عقد."""
        for m in range(k - 1, max(begin, k - 15), -1):
            if self.doc[m].text in COMMAS and m - 1 in self.unit_at and bare(self.norm(m + 1)) in COLLECTIVES:
                return m - 1  # A and B, the two states that take part in it, agreed
            if self.doc[m].text in STOPS or self.doc[m].text in COMMAS:
                return None
            if self.norm(m) in RELATIVES:
                return m - 2 if self.doc[m - 1].text in COMMAS else self._opens_with_person(m, begin)
            if self.doc[m - 1].text in COMMAS and self._described(m):
                return m - 2
        return None

    def _opens_with_person(self, m: int, begin: int) -> int | None:
        """The token before the relative at token `m` if a person stands there who opens the sentence: الوزير الذي تحدث أمس، اتهم."""
        unit = self.unit_at.get(m - 1)
        opens = unit is not None and not unit.adjective and unit.type is EntityType.PERSON and unit.first <= begin + 1
        return m - 1 if opens else None

    def _described(self, k: int) -> bool:
        """At token `k`, behind a person and a comma, a definite participle or an office describes the person: "X, the wanted by
        Y, visited"; behind any name "one of"."""
        person = self.unit_at.get(k - 2)
        if person and not person.adjective and person.type in _ACTING and self.norm(k) in {"احد", "احدي"}:
            return True
        if not person or person.adjective or person.type is not EntityType.PERSON:
            return False
        participle = self.pos(k) == "ADJ" and self.norm(k).startswith("ال") and k not in self.unit_at
        return participle or (self.norm(k) in OFFICES and self.pos(k) == "NOUN" and (k not in self.unit_at or self.unit_at[k].type is not EntityType.PERSON))

    def relative_antecedent(self, k: int, begin: int) -> tuple[tuple[Unit, ...], bool] | None:
        """What the relative pronoun at token `k` refers to: the units right before it, over commas, adjectives and brackets,
        if they agree; a noun between that is no entity is what it refers to."""
        feminine = {"التي": True, "الذي": False}.get(self.norm(k))
        joined = self.norm(k - 1) == "و" and self.doc[k - 2].text in COMMAS
        if joined and ((person := self.unit_at.get(k - 3)) is None or person.type is not EntityType.PERSON):
            return None  # زيارة فلان للسودان، والتي
        m = k - 1 - joined
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
        if k - 1 >= begin and (phrase := self.preposition(k - 1)):
            return phrase[0]
        m = k - 1
        while m > begin and (self.pos(m) in {"ADJ", "PRON"} or (m in self.unit_at and self.unit_at[m].adjective)):
            m -= 1
        if begin < m < k - 1 and self.pos(m) == "NOUN" and m not in self.unit_at and (phrase := self.preposition(m - 1)):
            return phrase[0]  # مع نظيره العراقي فلان
        if begin < m < k - 1 and self.pos(m) == "NOUN" and self.pos(m - 1) == "PRON" and self.pos(m - 2) == "NOUN":
            return "genitive"  # خلال لقائه نظيره العراقي فلانا
        if k - 1 > begin and self.pos(k - 1) == "NOUN" and self.norm(k - 1) in TRANSPARENT:
            return self._before(k - 1, begin)  # ضد منطقة عفرين
        if k - 1 >= begin and self.pos(k - 1) == "NOUN":
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


def glued_preposition(prefix: str) -> str:
    """The preposition among the proclitics written onto a word, as slots are called; empty where there is none."""
    rest = prefix.lstrip("وف")
    return {"ب": "ب", "ل": "ل", "لل": "ل", "ك": "ك"}.get(rest, "")

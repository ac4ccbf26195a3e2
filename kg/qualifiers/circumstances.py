"""Where something took place and what talks were about, read from the clause of a trigger.

A place stands behind «في» or a glued ب, right behind what takes part in the clause: «التقاه في سوتشي». Behind a noun of its own it
belongs to that noun («الوضع في أفغانستان»). A topic is the object of a verb of discussing, or follows «بشأن», «حول», «لبحث», or is told in
the next sentence («وبحث الجانبان …»). The words are data: `kg/data/lexicon/circumstances.toml`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from kg import files
from kg.arabic import fold
from kg.dates import times
from kg.language.morphology import conjugate
from kg.language.wordclasses import shipped
from kg.model import Claim, EntityType, Span
from kg.syntax.clauses import Reading, Unit
from kg.tables import Row, read_settings

# Relations that take place somewhere, and those of them that are about something.
TALKS = frozenset({"spoke_with", "met_with", "negotiated_with", "participated_in"})
PLACED = TALKS | {"agreed_with", "cooperates_with", "attacked", "detained", "protested_against"}
# Tokens that are looked at behind a trigger, and the most that a topic has.
REACH, LONGEST = 30, 11
_TALKING = frozenset({EntityType.PERSON, EntityType.COUNTRY, EntityType.ORGANIZATION, EntityType.ARMED_GROUP, EntityType.PLACE})
_PLACES = frozenset({EntityType.PLACE, EntityType.COUNTRY})
_CLASSES = shipped("particles")
_OPENS = _CLASSES["opening_clauses"]


class CircumstancesFile(Row):
    """The schema of circumstances.toml; see there."""

    discussing: tuple[str, ...]
    discussions: tuple[str, ...]
    about: tuple[str, ...]
    sides: tuple[str, ...]
    ends: tuple[str, ...]
    venues: tuple[str, ...]
    light: tuple[str, ...]
    cancels: tuple[str, ...]
    cancellations: tuple[str, ...]
    postpones: tuple[str, ...]
    postponements: tuple[str, ...]
    hosts: tuple[str, ...]
    holds: tuple[str, ...]
    convenes: tuple[str, ...]
    during: tuple[str, ...]
    ahead: tuple[str, ...]
    taking_part: tuple[str, ...]
    attends: tuple[str, ...]
    kinds: tuple[str, ...]
    lasting: tuple[str, ...]


@lru_cache(maxsize=1)
def words() -> Mapping[str, frozenset[str]]:
    """The words of circumstances.toml, folded; verbs in all their forms."""
    data = read_settings(files.DATA / "lexicon" / "circumstances.toml", CircumstancesFile).model_dump()
    out = {}
    for name, entries in data.items():
        if name in {"discussing", "cancels", "postpones", "hosts", "holds", "convenes", "attends"}:
            out[name] = frozenset(form for entry in entries for form in conjugate(*entry.split()))
        else:
            out[name] = frozenset(fold(entry) for entry in entries)
    return out


@dataclass(frozen=True, slots=True)
class Topic:
    """What talks were about: the words, and the entities that they name."""

    text: str = ""
    about: tuple[str, ...] = ()


class Circumstances:
    """Places and topics of one article."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._timed = [r.time.span for r in times.readings(reading.article.text, reading.article.published) if r.time.span]

    def told(self, claim: Claim, i: int, host: int | None) -> Claim:
        """A claim, read from the trigger at token `i`, with its place and its topic, where its relation can have them."""
        if claim.relation not in PLACED:
            return claim
        place = self.place(i, host, (claim.subject, claim.object))
        topic = self.topic(i) if claim.relation in TALKS else Topic()
        return replace(claim, place=place, topic=topic.text, about=topic.about)

    # -- places -----------------------------------------------------------------------------------------------------------

    def place(self, i: int, host: int | None = None, but: Collection[str] = ()) -> str:
        """The key of the place of `site`; empty where the clause does not say."""
        unit = self.site(i, host, but)
        return unit.key if unit else ""

    def site(self, i: int, host: int | None = None, but: Collection[str] = ()) -> Unit | None:
        """The place where that happened which the trigger at token `i` tells, other than the keys `but`; None where the clause
        does not say. `host` is the verb that a noun hangs on."""
        r = self._reading
        begin, end = r.bounds(i)
        first = min(i, host) if host is not None else i
        for k in range(first + 1, min(end, i + REACH)):
            if (r.pos(k) == "VERB" and k not in (i, host) and k > i) or r.norm(k) in _OPENS or r.doc[k].text in {".", ":", "؛", "("}:
                break
            if k > i and r.norm(k) in {"بعد", "عقب", "اثر", "قبل", "قبيل"} and not self._in_time(k):
                break
            unit = self._at_place(k, end, but)
            if unit and self._of_clause(k, i, host):
                return unit
        return self._in_front(begin, first, but)

    def _at_place(self, k: int, end: int, but: Collection[str]) -> Unit | None:
        """The place behind "in" at token `k`."""
        r = self._reading
        if r.norm(k) not in {"في", "ب"} or k in r.unit_at:
            return self._glued(k, but)
        m = k + 1
        while m < min(end, k + 4) and m not in r.unit_at and r.norm(m) in words()["venues"]:
            m += 1
        unit = r.unit_at.get(m)
        return unit if unit and unit.first <= m and unit.type in _PLACES and not unit.adjective and unit.key not in but else None

    def _glued(self, k: int, but: Collection[str]) -> Unit | None:
        """A place with ب written onto it: بموسكو."""
        unit = self._reading.unit_at.get(k)
        glued = unit is not None and unit.first == k and unit.prefix in {"ب", "وب"} and self._reading.norm(k - 1) != "ب"
        return unit if unit and glued and unit.type in _PLACES and not unit.adjective and unit.key not in but else None

    def _of_clause(self, k: int, i: int, host: int | None) -> bool:
        """What stands before "in" is no noun that the place belongs to: a unit, the trigger, a time, a light word."""
        r = self._reading
        k -= 1
        while k > i and r.pos(k) == "ADJ" and k not in r.unit_at and not self._in_time(k):
            k -= 1
        if k in (i, host) or k in r.unit_at or self._in_time(k):
            return True
        return r.pos(k) in {"VERB", "PRON", "PUNCT", "ADV", "AUX"} or r.norm(k) in words()["light"] | words()["venues"] | words()["sides"]

    def _in_time(self, k: int) -> bool:
        at = self._reading.start(k)
        return any(span.start <= at < span.end for span in self._timed)

    def _in_front(self, begin: int, first: int, but: Collection[str]) -> Unit | None:
        """ "In Geneva, he met": a place at the beginning of the sentence, before a comma or the verb."""
        r = self._reading
        k = begin + (r.norm(begin) == "و")
        if k < first and r.norm(k) == "في" and (unit := self._at_place(k, first, but)):
            behind = r.doc[unit.last].text if unit.last < len(r.doc) else ""
            if behind in {"،", ","} or unit.last == first:
                return unit
        return None

    # -- topics -----------------------------------------------------------------------------------------------------------

    def topic(self, i: int) -> Topic:
        """What the talks were about that the trigger at token `i` tells: in its clause, else in the sentence behind it."""
        r = self._reading
        _, end = r.bounds(i)
        if r.norm(i) in words()["discussing"] and r.pos(i) == "VERB" and (head := self._object(i, end)):
            return self._phrase(head, end)
        for k in range(i + 1, min(end, i + REACH)):
            step = self._introduces(k)
            if step and (head := self._object(k + step - 1, end)):
                return self._phrase(head, end)
            if r.norm(k) in _OPENS or r.doc[k].text in {":", "؛"}:
                break
        return self._following(end)

    def _introduces(self, k: int) -> int:
        """How many tokens at token `k` say that a topic follows: "about" (which the tokenizer may split), a word of discussing."""
        r = self._reading
        if k in r.unit_at:
            return 0
        if r.norm(k) in words()["about"]:
            return 1
        if r.norm(k) + r.norm(k + 1) in words()["about"]:
            return 2
        return int(r.norm(k) in words()["discussing"] | words()["discussions"] and r.pos(k) in {"VERB", "NOUN"})

    def _object(self, k: int, end: int) -> int | None:
        """The first noun behind a word of discussing that is none of those who discuss."""
        r = self._reading
        partner = r.pos(k) != "VERB"  # behind a preposition or a noun a unit may be the topic itself
        m = k + 1
        while m < min(end, k + 22):
            unit = r.unit_at.get(m)
            if unit and not unit.adjective:
                if partner or unit.type not in _TALKING:
                    return m
                m = max(unit.last, m + 1)
                continue
            if r.pos(m) in {"PUNCT", "SCONJ"} and r.doc[m].text not in {"(", ")", "،", ",", "-", "\"", "«", "»"}:
                return None
            if r.pos(m) == "VERB":
                return None
            light = r.norm(m) in words()["light"] | words()["sides"] or self._in_time(m) or (r.norm(m).endswith("ا") and r.pos(m) != "VERB")
            if r.pos(m) in {"NOUN", "X", "PROPN"} and not light and r.norm(m) not in {"جانب", "خلال"} and r.norm(m) not in words()["about"] | words()["discussions"]:
                return m
            m += 1
        return None

    def _phrase(self, head: int, end: int) -> Topic:
        """The words of a topic from its head noun on, up to a verb, a clause, punctuation, or what is no part of it."""
        r = self._reading
        k = head
        while k < min(end, head + LONGEST):
            unit = r.unit_at.get(k)
            if unit and k > head and unit.first == k:
                k = unit.last
                continue
            if r.pos(k) in {"VERB", "SCONJ"} or r.doc[k].text in {"،", ",", ".", ":", "؛", '"', "»", "(", ")", "-"}:
                break
            if r.norm(k) in words()["ends"] | _OPENS or self._in_time(k) or r.norm(k) in {"الذي", "التي"}:
                break
            if r.norm(k) == "و" and (r.pos(k + 1) == "VERB" or r.norm(k + 1) in words()["ends"]):
                break
            k += 1
        while k > head and r.pos(k - 1) in {"ADP", "CCONJ", "DET"} and k - 1 not in r.unit_at:
            k -= 1
        if k <= head:
            return Topic()
        span = r.span(head, k)
        return Topic(r.article.cut(span), self._named(span))

    def _named(self, span: Span) -> tuple[str, ...]:
        return tuple(dict.fromkeys(u.key for u in self._reading.units if u.span.overlaps(span)))

    def _following(self, first: int) -> Topic:
        """ "The two sides discussed …" in the sentence that begins at token `first`."""
        r = self._reading
        if first >= len(r.doc):
            return Topic()
        _, end = r.bounds(first)
        for k in range(first, min(end, first + 3)):
            if r.norm(k) in words()["discussing"]:
                told = r.norm(k + 1) in words()["sides"] or (r.pos(k) == "VERB" and r.norm(k).endswith(("ا", "وا")))
                head = self._object(k, end) if told else None
                return self._phrase(head, end) if head else Topic()
        return Topic()

"""Slots around gatherings: who is named in, behind or with an event, at which event something is said, who takes part, of whom a list
behind a noun consists. Who the parties of a contact are is in kg/pairing/parties.py, where they go in kg/pairing/travels.py.
"""

from __future__ import annotations

from dataclasses import replace

from kg.arabic import bare, fold
from kg.language.morphology import is_future
from kg.language.particles import COLLECTIVES, COMMAS, RELATIVES, STOPS
from kg.language.wordclasses import shipped
from kg.model import EntityType
from kg.pairing.pairing import Pairing
from kg.qualifiers.circumstances import words as circumstances
from kg.slots.slots import Filler, Frame
from kg.syntax.clauses import Reading, Unit

_WORDS = shipped("gatherings")
# Tokens that are looked over.
_NEAR, _FAR = 8, 24


def named(pairing: Pairing, frame: Frame, i: int) -> list[Filler]:
    """The event or body that the trigger is the head of."""
    unit = pairing.reading.unit_at.get(i)
    return [Filler((unit,), 0.9)] if unit else []


def inside(pairing: Pairing, frame: Frame, i: int) -> list[Filler]:
    """The persons in the name of the event, or the two states: "the summit of X and Y", "the Russian-American summit"."""
    unit = pairing.reading.unit_at.get(i)
    if unit and len(unit.within) > 1:
        return [Filler(unit.within, 0.9)]
    states = tuple(u for u in unit.states if u.adjective or any(v.first == u.first and v.key != u.key for v in unit.states)) if unit else ()
    return [Filler(states, 0.85)] if len(states) == 2 else []


def leaders(pairing: Pairing, frame: Frame, i: int) -> list[Filler]:
    """Those whose event it is, right behind its name: "the summit of the leaders of X and Y"."""
    r = pairing.reading
    _, end = r.bounds(i)
    k = i + 1
    led = r.norm(k) == "ل" or (k in r.unit_at and r.unit_at[k].prefix == "ل")
    k += r.norm(k) == "ل"
    while k not in r.unit_at and r.norm(k) in _WORDS["leaders"]:
        k += 1
    unit = r.unit_at.get(k) if led and k < end else None
    return [Filler(r.group(unit, end)[0], 0.85)] if unit and unit.first == k and not unit.adjective else []


def the_two(r: Reading, fillers: list[Filler]) -> bool:
    """ "Between the two countries": of a named event that says nothing, for it is of those whose it has been said to be."""
    return all(r.norm(u.first) in _WORDS["two_sides"] for f in fillers for u in f.units)


def led(pairing: Pairing, frame: Frame, i: int) -> list[Filler]:
    """The state in the name of an alliance that it leads: التحالف بقيادة السعودية."""
    r = pairing.reading
    unit = r.unit_at.get(i)
    words = r.article.cut(unit.span).split() if unit else []
    k = next((n for n, word in enumerate(words) if fold(word) in {"بقياده", "بزعامه"}), len(words))
    ids = pairing.actors.reference.names.get(fold(" ".join(words[k + 1 :])), ()) if unit else ()
    if unit is None or len(ids) != 1 or pairing.actors.reference.things[ids[0]].type is not EntityType.COUNTRY:
        return []
    return [Filler((replace(unit, key=f"ref:{ids[0]}", type=EntityType.COUNTRY, first=unit.last - 1),), 0.9)]


def to_come(reading: Reading, unit: Unit) -> bool:
    """The article says of the event somewhere that it is ahead: planned, coming, to be held; of two who meet, also where it
    says "the summit"."""
    r = reading
    for k in range(len(r.doc)):
        other = r.unit_at.get(k)
        same = other is not None and other.first == k and other.key == unit.key
        if not same and not (unit.within and other is None and r.norm(k) in {"القمه", "قمه"}):
            continue
        last = other.last if other else k + 1
        begin, end = r.bounds(k)
        near = (*range(max(begin, k - 3), k), *range(last, min(end, last + 3)))
        if any(r.norm(m) in circumstances()["ahead"] or is_future(r.norm(m)) for m in near):
            return True
    return False


def held_by(reading: Reading, frame: Frame) -> bool:
    """The verb around an event says that it is held: its negation is the event's."""
    return frame.host is not None and reading.norm(frame.host) in circumstances()["convenes"]


def attending(pairing: Pairing, frame: Frame, i: int) -> list[Filler]:
    """Who follows "with the participation of", "in the presence of" in the clause: units, or nisbas of their armies."""
    r = pairing.reading
    _, end = r.bounds(i)
    for k in range(i + 1, min(end, i + _FAR)):
        if r.doc[k].text in STOPS or (r.pos(k) == "VERB" and k not in r.unit_at):
            return []
        if r.norm(k) in {"بمشاركه", "بحضور"} or (r.norm(k) in _WORDS["among"] and r.norm(k - 1) == "ب"):
            unit = first_unit(r, k + 1, min(end, k + 12))
            return [Filler(r.group(unit, end)[0], 0.85)] if unit else []
    return []


def first_unit(r: Reading, first: int, last: int) -> Unit | None:
    """The first unit of tokens `first` to `last` (exclusive), before a verb, a clause, the end of the sentence or "in"."""
    for k in range(first, last):
        if unit := r.unit_at.get(k):
            return unit
        if r.pos(k) in {"VERB", "SCONJ"} or r.doc[k].text in STOPS or r.norm(k) == "في":
            return None
    return None


def occasion(pairing: Pairing, frame: Frame, i: int) -> list[Filler]:
    """The event at which the verb at token `i` is done: before the verb at the head of the clause ("during the summit, X
    repeated"), right behind the verb, or right behind its subject ("said X at the conference that")."""
    r = pairing.reading
    if unit := _at_which(r, i):
        return [Filler((unit,), 0.85)]
    told = [f.units[-1] for slot in ("subj", "obj", "ب", "مع") for f in frame.slots.get(slot, [])]
    ends = [i + 1] + [unit.last for unit in told if unit.first > i]
    for k in ends:
        while k < r.bounds(i)[1] and (r.doc[k].text in COMMAS or r.is_adverb(k) or r.doc[k].text in {"(", ")"}):
            k += 1
        if unit := _event_at(r, k):
            return [Filler((unit,), 0.85)]
    unit = _opening(r, i) or (_before_where(r, i) if r.norm(i - 1) == "حيث" else None)
    return [Filler((unit,), 0.85)] if unit else []


def _at_which(r: Reading, i: int) -> Unit | None:
    """The event that the relative clause of the verb at token `i` is of: «القمة التي رفضت فيها فلانة»."""
    k = i - 1
    while r.norm(k) in {"قد", "كان", "كانت"}:
        k -= 1
    if r.norm(k) not in RELATIVES or r.norm(i + 1) not in {"في", "خلال"} or r.norm(i + 2) not in {"ها", "ه"}:
        return None
    last = k - (r.doc[k - 1].text in COMMAS)
    unit = r.unit_at.get(last - 1)
    return unit if unit and unit.type is EntityType.EVENT and _gathers(r, unit) else None


def gathering(pairing: Pairing, frame: Frame, i: int) -> list[Filler]:
    """The event behind the verb for which somebody comes: «ينضم إليهما فلان لعقد قمة ثلاثية»."""
    r = pairing.reading
    _, end = r.bounds(i)
    found = next((r.unit_at[k] for k in range(i + 1, min(end, i + _FAR)) if k in r.unit_at and r.unit_at[k].type is EntityType.EVENT), None)
    return [Filler((found,), 0.8)] if found and _gathers(r, found) else []


def _before_where(r: Reading, i: int) -> Unit | None:
    """The gathering before "where": "took part in the summit, where he met"."""
    begin, _ = r.bounds(i)
    near = [u for u in r.units if begin <= u.first and i - _FAR < u.last <= i - 1 and u.type is EntityType.EVENT]
    return near[-1] if near and _gathers(r, near[-1]) else None


def _event_at(r: Reading, k: int) -> Unit | None:
    """The gathering behind the preposition at token `k`, perhaps over "the opening of", "a session of"."""
    if r.norm(k) == "علي" and r.norm(k + 1) == "هامش":
        k += 1
    elif r.norm(k) not in _WORDS["at"] or k in r.unit_at:
        return None
    k += 1
    while k not in r.unit_at and (bare(r.norm(k)) in _WORDS["parts"] or r.norm(k) in {"ل", "من"}):
        k += 1
        while r.pos(k) == "ADJ" and k not in r.unit_at:
            k += 1
    unit = r.unit_at.get(k)
    return unit if unit and unit.type is EntityType.EVENT and unit.first == k and _gathers(r, unit) else None


def _gathers(r: Reading, unit: Unit) -> bool:
    words = {r.norm(k).removeprefix("ال") for k in range(unit.first, unit.last)}
    return bool(words & _WORDS["gatherings"])


def _opening(r: Reading, i: int) -> Unit | None:
    """The event at the head of the clause of the verb at token `i`."""
    begin, _ = r.bounds(i)
    k = begin
    while k < i and (r.norm(k) in {"و", "ف"} or r.pos(k) == "PUNCT"):
        k += 1
    unit = _event_at(r, k)
    if unit is None or unit.last > i or i - unit.last > _FAR:
        return None
    between = [m for m in range(unit.last, i) if r.pos(m) == "VERB" and m not in r.unit_at]
    return unit if all(any(r.norm(n) in RELATIVES for n in range(max(unit.last, m - 2), m)) for m in between) else None


def listed(pairing: Pairing, frame: Frame, i: int) -> list[Filler]:
    """Who a participle says to take part, over "the states" and adjectives: "A and B, the two states that take part in"."""
    r = pairing.reading
    begin, _ = r.bounds(i)
    k = i - 1
    while k > begin and k > i - _NEAR and (bare(r.norm(k)) in COLLECTIVES or r.pos(k) in {"ADJ", "NUM", "PUNCT"} or (k in r.unit_at and r.unit_at[k].adjective)):
        if k in r.unit_at and r.norm(k - 1) not in COLLECTIVES and r.pos(k - 1) != "NOUN":
            break
        k -= 1
    unit = r.unit_at.get(k)
    apart = unit is not None and (unit.last == i or any(r.pos(m) == "PUNCT" for m in range(unit.last, i)))
    if not unit or not apart or unit.adjective or unit.type is EntityType.EVENT:
        return []
    return [Filler(r.group_back(unit, begin), 0.85)]


def members(pairing: Pairing, frame: Frame, i: int) -> list[Filler]:
    """The list behind a bracket, a colon, "such as", "which are": "the member states (A, B and C)"."""
    r = pairing.reading
    _, end = r.bounds(i)
    i = max(i, r.unit_at[i].last - 1) if i in r.unit_at else i
    for k in range(i + 1, min(end - 1, i + _NEAR + 4)):
        if r.pos(k) == "VERB" and k not in r.unit_at:
            return []
        among = r.norm(k) in {"بين", "من"} and r.pos(k + 1) == "PRON"
        if among or r.doc[k].text in {"(", ":"} or r.norm(k) in _WORDS["listing"]:
            unit = r.unit_at.get(k + 2 if among else k + 1)
            if unit and not unit.adjective:
                return [Filler(r.group(unit, end)[0], 0.85)]
    return []


SLOTS = {
    "leaders": leaders,
    "event": named,
    "inside": inside,
    "attending": attending,
    "occasion": occasion,
    "gathering": gathering,
    "listed": listed,
    "members": members,
    "led": led,
}

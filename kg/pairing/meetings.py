"""Slots around two who meet or talk: whom the dual pronoun of "their meeting" is for, "between him and Y", who has come to a town for
a meeting, to whom it is offered, from where somebody speaks. Others are in kg/pairing/parties.py.
"""

from __future__ import annotations

from kg.language.particles import COMMAS
from kg.language.wordclasses import shipped
from kg.model import EntityType
from kg.pairing.pairing import Pairing
from kg.pairing.parties import main
from kg.slots.slots import Filler, Frame
from kg.syntax.clauses import Reading, Unit

_WORDS = shipped("meetings")
# Tokens that are looked over: from a meeting to "between", from a preposition to the name behind it; sentences back to who speaks.
_NEAR, _TITLE, _BACK = 6, 6, 3
COUNTERPARTS = _WORDS["counterparts"]
_PARTNERS = ("مع", "between", "gen2")


def addressed(pairing: Pairing, frame: Frame, i: int) -> list[Filler]:
    """To whom the verb around a meeting is done, where nothing behind the meeting says with whom it was: "told Y at a meeting"."""
    r = pairing.reading
    if any(frame.slots.get(slot) for slot in _PARTNERS) or any(r.norm(k) in {"مع", "بين"} for k in range(i + 1, i + _NEAR)):
        return []
    if any(r.norm(k) in _WORDS["joins"] and r.pos(k + 1) == "PRON" for k in range(i + 1, i + 4)):
        return []  # a call that brought them together
    return sorted(frame.slots.get("host_obj", []), key=lambda f: -f.sure)


def assured(pairing: Pairing, frame: Frame, i: int) -> list[Filler]:
    """To whom the verb around a noun of support is said, where nobody stands behind the noun: «أكد لفلان تأييده»."""
    if frame.host is None or any(frame.slots.get(slot) for slot in ("ل", "إلى", "مع", "ب", "على", "gen2")) or pairing.reading.norm(i + 2) == "ل":
        return []
    return [f for f in pairing.frames.verb(frame.host).slots.get("ل", []) if not f.through and f.units[0].last <= i]


def pair(pairing: Pairing, frame: Frame, i: int) -> list[Filler]:
    """The two whose meeting it is: لقاؤهما."""
    r = pairing.reading
    if r.norm(i + 1) != "هما" or r.pos(i + 1) != "PRON" or r.surface(i + 1) != r.surface(i):
        return []
    two = r.pair(i)
    return [Filler(two, 0.75)] if two and all(u.type is EntityType.PERSON for u in two) else []


def between_him(pairing: Pairing, frame: Frame, i: int) -> list[Filler]:
    """ "A meeting between him and Y": he who is meant, and Y."""
    r = pairing.reading
    begin, end = r.bounds(i)
    k = next((k for k in range(i + 1, min(end - 3, i + _NEAR)) if r.norm(k) == "بين" and r.pos(k + 1) == "PRON"), None)
    if k is None or r.norm(k + 2) != "و" or r.norm(k + 3) != "بين" or r.norm(k + 1) not in {"ه", "ها"}:
        return []
    other = next((r.unit_at[m] for m in range(k + 4, min(end, k + 4 + _TITLE)) if m in r.unit_at and not r.unit_at[m].adjective), None)
    if other is None:
        return []
    ahead = [f.units[0] for f in main(pairing, frame, i)]
    before = [u for u in r.antecedents(k + 1) if u.first >= begin]
    fits = [u for u in (*ahead, *before) if u.key != other.key and u.type is other.type and bool(u.feminine) is (r.norm(k + 1) == "ها")]
    return [Filler((fits[0], other), 0.75)] if fits else []


def one_between(pairing: Pairing, frame: Frame, i: int) -> list[Filler]:
    """The first of "a meeting between X with Y"."""
    return [Filler(a.units, 0.85) for a in pairing.reading.right(i)[0] if a.prep == "بين" and len(a.units) == 1][:1]


def bound(pairing: Pairing, frame: Frame, i: int) -> list[Filler]:
    """Who is in a town, or on the way there, for the meeting, in a headline without a verb: "X in Doha to meet Y"."""
    found = _in_headline(pairing.reading, i)
    return [Filler(found[0], 0.8)] if found else []


def bound_to(pairing: Pairing, frame: Frame, i: int) -> list[Filler]:
    """The town of such a headline."""
    found = _in_headline(pairing.reading, i)
    return [Filler((found[1],), 0.8)] if found else []


def _in_headline(r: Reading, i: int) -> tuple[tuple[Unit, ...], Unit] | None:
    begin, _ = r.bounds(i)
    k = begin
    while k < i and k not in r.unit_at and r.pos(k) in {"NOUN", "ADJ", "PUNCT", "CCONJ"}:
        k += 1
    unit = r.unit_at.get(k)
    if unit is None or unit.type is not EntityType.PERSON or unit.adjective or unit.prefix or k > begin + _TITLE:
        return None
    group, k = r.group(unit, i)
    while k < i and (r.is_adverb(k) or r.doc[k].text in COMMAS):
        k += 1
    place = r.unit_at.get(k + 1)
    if r.norm(k) not in {"في", "الي"} or place is None or place.first != k + 1 or place.type not in {EntityType.PLACE, EntityType.COUNTRY}:
        return None
    between = [m for m in range(place.last, i) if r.norm(m) != "ل" and not r.is_adverb(m) and r.doc[m].text not in COMMAS]
    return (group, place) if not between else None


def offered(pairing: Pairing, frame: Frame, i: int) -> list[Filler]:
    """To whom a meeting is offered, proposed: عرض على فلان لقاء."""
    r = pairing.reading
    host = frame.host
    if host is not None and r.norm(host) not in _WORDS["offers"]:
        host = next((k for k in range(host - 1, max(r.bounds(i)[0], host - _NEAR) - 1, -1) if r.norm(k) in _WORDS["offers"]), None)
    return [f for f in pairing.frames.verb(host).slots.get("على", []) if not f.through] if host is not None else []


def handed(pairing: Pairing, frame: Frame, i: int) -> list[Filler]:
    """To whom an invitation is handed that is from somebody else: «نقل إلى فلان دعوة من فلان»."""
    sent = {u.key for f in frame.slots.get("من", []) for u in f.units}
    if not sent or frame.host is None:
        return []
    slots = pairing.frames.verb(frame.host).slots
    found = [f for slot in ("إلى", "obj", "ل") for f in slots.get(slot, []) if not f.through and not sent & {u.key for u in f.units}]
    return found[:1]


def spot(pairing: Pairing, frame: Frame, i: int) -> list[Filler]:
    """The town from which somebody speaks, right behind the verb or its subject, a comma, a day, a statement: قال فلان من نيامي،
    أضاف في تصريح من نيامي."""
    r = pairing.reading
    ends = [i + 1] + [f.units[-1].last for f in frame.slots.get("subj", []) if f.units[-1].first > i]
    for k in ends:
        while k + 1 < r.bounds(i)[1] and (r.is_adverb(k) or r.doc[k].text in COMMAS):
            k += 1
        if r.norm(k) == "في" and r.norm(k + 1) in _WORDS["statements"]:
            k += 2
            while r.pos(k) == "ADJ" and k not in r.unit_at:
                k += 1
        unit = r.unit_at.get(k + 1)
        if k < r.bounds(i)[1] and r.norm(k) == "من" and unit and unit.first == k + 1 and not unit.adjective:
            return [Filler((unit,), 0.9)]
    return []


def peer(pairing: Pairing, frame: Frame, i: int) -> list[Filler]:
    """Whose counterpart the other one is, where nobody else is said to have met or called him: «بعد مكالمة مع نظيره فلان»."""
    r = pairing.reading
    other = next((f.units[0] for slot in ("مع", "ب") for f in frame.slots.get(slot, []) if not f.through), None)
    if other is None or other.first <= i or r.norm(other.first) not in COUNTERPARTS or r.pos(other.first + 1) != "PRON":
        return []
    begin, _ = r.bounds(i)
    found = [u for u in r.antecedents(other.first + 1) if u.first >= begin and u.type is EntityType.PERSON and u.key != other.key]
    for _ in range(_BACK):
        if found or not begin:
            break
        last, begin = begin, r.bounds(begin - 1)[0]
        said = pairing.frames.spoke(begin, last)
        found = [u for u in said.units if u.type is EntityType.PERSON and u.key != other.key][:1] if said else []
    named = {u.key for slot in ("gen", "host") for f in frame.slots.get(slot, []) for u in f.units}
    if not found or frame.slots.get("adj") or (named and found[0].key not in named):
        return []
    return [Filler((found[0],), 0.7)]


SLOTS = {
    "peer": peer,
    "addressed": addressed,
    "assured": assured,
    "pair": pair,
    "between_him": between_him,
    "one_between": one_between,
    "bound": bound,
    "bound_to": bound_to,
    "offered": offered,
    "handed": handed,
    "spot": spot,
}

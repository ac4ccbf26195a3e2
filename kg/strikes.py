"""Slots of attacks: what a raid, a bomb, the attack told before was on, and who was killed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.arabic import bare
from kg.model import EntityType
from kg.particles import HITTING, OUTRAGES, RELATIVES, STRUCK
from kg.slots import Filler, Frame

if TYPE_CHECKING:
    from kg.pairs import Pairing

# Tokens behind a noun of attack in which the verb is looked for that says what it struck.
_STRIKING = 10
# Tokens before a sentence in which the scene of an attack is looked for.
_SCENE_REACH = 160


def scene(pairing: Pairing, frame: Frame, i: int) -> list[Filler]:
    """What "the attack" was on, told before: the target or place of the nearest attack that a sentence before tells."""
    r = pairing.reading
    begin, _ = r.bounds(i)
    for k in range(begin - 1, max(-1, begin - _SCENE_REACH), -1):
        for trigger in pairing.rules.triggers.get(r.norm(k), ()):
            if trigger.rule.relation != "attacked" or k in r.unit_at or not pairing.fires(trigger, k):
                continue
            found = pairing.frame(trigger, k)
            for slot in ("على", "ضد", "obj", "في"):
                fillers = found.slots.get(slot)
                if fillers and fillers[0].units[0].type is not EntityType.PERSON:
                    return [Filler(fillers[0].units, 0.65)]
    return []


def struck(pairing: Pairing, frame: Frame, i: int) -> list[Filler]:
    """What a bomb or an attack struck, as the clause behind it says: تفجيرا استهدف مسجدا في قندوز."""
    r = pairing.reading
    _, end = r.bounds(i)
    for k in range(i + 2, min(end, i + _STRIKING)):
        if r.norm(k) not in STRUCK or r.pos(k) != "VERB":
            continue
        slots = pairing.frames.verb(k).slots
        for slot in ("obj", "في", "ب"):
            if fillers := [f for f in slots.get(slot, []) if f.units[0].first > k and f.units[0].type is not EntityType.PERSON]:
                return [Filler(fillers[0].units, 0.8)]
    return []


def hit(pairing: Pairing, frame: Frame, i: int) -> list[Filler]:
    """What the clause right behind a noun of attack says that it hit: قصف تركي استهدف قرية في."""
    r, k = pairing.reading, i + 1
    while r.pos(k) in {"ADJ", "AUX"} or (k in r.unit_at and r.unit_at[k].adjective) or r.norm(k) in RELATIVES:
        k += 1
    to_come = r.norm(k - 1) == "س"
    if r.norm(k) not in HITTING or r.pos(k) != "VERB" or k >= r.bounds(i)[1] or to_come:
        return []
    arguments = r.right(k)[0]
    first = next((n for n, a in enumerate(arguments) if a.prep == ""), None)
    if first is None:
        return []
    struck, behind = arguments[first], arguments[first + 1 : first + 2]
    units = struck.units or struck.of or struck.adjectives or next((a.units for a in behind if a.prep in {"في", "ل", "ب"}), ())
    return [Filler(units, 0.8)] if units else []


def claimed(pairing: Pairing, frame: Frame, i: int) -> list[Filler]:
    """What an attack was on that a pronoun behind the verb stands for: «انفجار في كابل ... وتبنته طالبان»."""
    r = pairing.reading
    if r.pos(i + 1) != "PRON" or r.surface(i) != r.surface(i + 1):
        return []
    begin, _ = r.bounds(i)
    for k in range(i - 1, max(-1, begin - _SCENE_REACH), -1):
        if bare(r.norm(k)) not in OUTRAGES or k in r.unit_at:
            continue
        slots = pairing.frames.noun(k).slots
        if r.pos(k - 1) == "VERB":  # هز انفجار مدينة كويتا
            slots = {**slots, "على": slots.get("على", []) or pairing.frames.verb(k - 1).slots.get("obj", [])}
        found = [f for slot in ("على", "ضد", "في", "ب") for f in slots.get(slot, []) if f.units[0].type is not EntityType.PERSON and k < f.units[0].first]
        if found := found or hit(pairing, frame, k):
            return [Filler(found[0].units, 0.75)]
    return []


def patient(pairing: Pairing, frame: Frame, i: int) -> list[Filler]:
    """What a verbal noun is done to in the genitive: قصف إدلب, but not قصفها."""
    r = pairing.reading
    return [] if r.pos(i + 1) == "PRON" and r.surface(i) == r.surface(i + 1) else frame.slots.get("gen", [])


def victim(pairing: Pairing, frame: Frame, i: int) -> list[Filler]:
    """Who was killed: named behind the verb or right before it, and not taken from the clause before."""
    return [f for slot in ("obj", "subj") for f in frame.slots.get(slot, []) if f.units[0].first > i or f.units[-1].last == i]


def by(pairing: Pairing, frame: Frame, i: int) -> list[Filler]:
    """Who is named by ل right behind the noun and its adjectives: هجوم واسع لفلان, but not غارات على مواقع لفلان."""
    r = pairing.reading

    def own(first: int) -> bool:
        return all(r.pos(k) in {"ADJ", "ADP", ""} or (k in r.unit_at and r.unit_at[k].adjective) for k in range(i + 1, first))

    return [f for f in frame.slots.get("ل", []) if own(f.units[0].first)]


def at(pairing: Pairing, frame: Frame, i: int) -> list[Filler]:
    """What the attack was on by ل, where somebody else says who did it: ضربة لمعسكر."""
    taken = bool(frame.slots.get("gen") or frame.slots.get("على"))
    return [] if taken else frame.slots.get("ل", [])


SLOTS = {
    "ل_agent": by,
    "ل_target": at,
    "scene": scene,
    "struck": struck,
    "hit": hit,
    "patient": patient,
    "victim": victim,
    "claimed": claimed,
}

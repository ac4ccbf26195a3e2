"""Slots of attacks: what a raid, a bomb, the attack told before was on, and who was killed."""

from __future__ import annotations

from kg.arabic import bare
from kg.language.particles import GOING_OFF, HITTING, OUTRAGES, RELATIVES, SEVERAL, STRUCK
from kg.model import EntityType
from kg.pairing.pairing import Pairing
from kg.slots.slots import Filler, Frame

# Tokens behind a noun of attack in which the verb is looked for that says what it struck.
_STRIKING = 10
# Tokens before a sentence in which the scene of an attack is looked for.
_SCENE_REACH = 160


def scene(pairing: Pairing, frame: Frame, i: int) -> list[Filler]:
    """What "the attack" was on, told before: the target or place of the nearest attack that the text before tells."""
    begin, _ = pairing.reading.bounds(i)
    for k in range(i - 1, max(-1, begin - _SCENE_REACH), -1):
        if found := _scene_at(pairing, k):
            return [Filler(found[0].units, 0.65)]
    return []


def _scene_at(pairing: Pairing, k: int) -> list[Filler]:
    """The target or place of the attack that the word at token `k` tells, if it does."""
    r = pairing.reading
    for trigger in pairing.rules.triggers.get(r.norm(k), ()):
        if trigger.rule.relation != "attacked" or "scene" in trigger.rule.object or k in r.unit_at or not pairing.fires(trigger, k):
            continue
        if found := _aimed(pairing, pairing.frame(trigger, k), ("على", "ضد", "obj", "في")):
            return found
    if r.norm(k) in GOING_OFF and (r.pos(k) == "VERB" or r.norm(k + 1) == "نفس"):
        return _aimed(pairing, pairing.frames.verb(k), ("في", "ب"))
    if bare(r.norm(k)) in OUTRAGES and k not in r.unit_at and r.pos(k) == "NOUN":
        frame = pairing.frames.noun(k)
        return _aimed(pairing, frame, ("على", "في", "ب")) or [f for f in hit(pairing, frame, k) if _target(pairing, f)]
    return []


def _aimed(pairing: Pairing, frame: Frame, slots: tuple[str, ...]) -> list[Filler]:
    """The first filled of some slots that names a target."""
    for slot in slots:
        if (found := frame.slots.get(slot)) and _target(pairing, found[0]):
            return found
    return []


def _target(pairing: Pairing, filler: Filler) -> bool:
    """Neither a person nor who made what was hit (طائرة إيرباص)."""
    unit = filler.units[0]
    thing = pairing.actors.reference.things.get(unit.key.removeprefix("ref:"))
    return unit.type is not EntityType.PERSON and not (thing and thing.kind == "company")


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
    while r.pos(k) in {"ADJ", "AUX"} or (k in r.unit_at and r.unit_at[k].adjective) or r.norm(k) in RELATIVES or r.norm(k) in SEVERAL:
        k += 1 + (r.norm(k + 1) == "و" and r.pos(k + 2) == "ADJ")
    to_come = r.norm(k - 1) == "س"
    if r.norm(k) not in HITTING or r.pos(k) != "VERB" or k >= r.bounds(i)[1] or to_come:
        return []
    arguments = r.right(k)[0]
    first = next((n for n, a in enumerate(arguments) if a.prep == ""), None)
    if first is None:
        return []
    struck = arguments[first]
    behind = [a for a in arguments[first + 1 :] if a.prep or a.units][:1]  # تعزيزات وتجمعات لفلان
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
    return [] if r.owned(i) else frame.slots.get("gen", [])


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

"""Slots of journeys: where the clause takes place, whose a tour is, who is taken somewhere by it, who goes with the one who travels.
"""

from __future__ import annotations

from kg.arabic import bare
from kg.language.particles import STOPS
from kg.language.wordclasses import shipped
from kg.model import EntityType
from kg.pairing.gatherings import first_unit
from kg.pairing.pairing import Pairing
from kg.qualifiers.cues import past
from kg.qualifiers.stance import stance
from kg.slots.slots import Filler, Frame
from kg.syntax.clauses import Reading, Unit

_WORDS = shipped("gatherings")
# Tokens that are looked over.
_NEAR, _FAR, _BEFORE = 8, 24, 90


def traveller(pairing: Pairing, frame: Frame, i: int) -> list[Filler]:
    """Whose the tour is that the verb says something of: "arrived in X on a tour that included"."""
    r = pairing.reading
    k = next((k for k in range(i - 1, max(r.bounds(i)[0], i - _NEAR - 2) - 1, -1) if bare(r.norm(k)) in _WORDS["tours"]), None)
    if k is None or any(r.pos(m) == "VERB" or r.doc[m].text in STOPS for m in range(k, i)):
        return []
    slots = pairing.frames.noun(k).slots
    return [f for slot in ("gen", "host") for f in slots.get(slot, []) if f.units[0].type is EntityType.PERSON][:1]


def him(pairing: Pairing, frame: Frame, i: int) -> list[Filler]:
    """The person that the pronoun at the verb means: جولة قادته إلى."""
    r = pairing.reading
    if r.pos(i + 1) != "PRON" or r.surface(i + 1) != r.surface(i):
        return []
    if not any(u.first < i and u.first >= r.bounds(i)[0] for u in r.units) and (ahead := pairing.frames.to_come(i)):
        return [Filler(ahead, 0.8)]  # عقب لقاء جمعه بفلان، قال فلان
    return [Filler((u,), 0.8) for u in r.antecedents(i + 1) if u.type is EntityType.PERSON][:1]


def escort(pairing: Pairing, frame: Frame, i: int) -> list[Filler]:
    """Who goes with the one that the verb is of, or heads the delegation: وصل يرافقه فلان، أوفدت وفدا يرأسه فلان."""
    r = pairing.reading
    _, end = r.bounds(i)
    for k in range(i + 1, min(end, i + _FAR)):
        if r.doc[k].text in STOPS:
            return []
        headed = r.norm(k) in _WORDS["headed_by"] or (r.norm(k - 1) == "ب" and "ب" + r.norm(k) in _WORDS["headed_by"])
        if headed and any(r.norm(m) in _WORDS["delegations"] for m in range(max(i + 1, k - _NEAR), k)):
            unit = next((r.unit_at[m] for m in range(k + 1, min(end, k + _NEAR)) if m in r.unit_at and r.unit_at[m].type is EntityType.PERSON), None)
            return [Filler((unit,), 0.85)] if unit else []
        if r.norm(k) in _WORDS["escorting"] and k not in r.unit_at:
            unit = first_unit(r, k + 2 if r.pos(k + 1) == "PRON" else k + 1, min(end, k + 12))
            return [Filler(r.group(unit, end)[0], 0.85)] if unit else []
        if r.pos(k) == "VERB" and k not in r.unit_at:
            return []
    return []


def where(pairing: Pairing, frame: Frame, i: int) -> list[Filler]:
    """The place of the clause."""
    if pairing.circumstances is None:
        return []
    unit = pairing.circumstances.site(i, frame.host)
    return [Filler((unit,), 0.8)] if unit else []


def to_visit(pairing: Pairing, frame: Frame, i: int) -> list[Filler]:
    """What somebody is invited to visit, by nobody else who is named: دعوة لزيارة طهران."""
    r = pairing.reading
    if frame.slots.get("من") or frame.slots.get("gen"):
        return []
    k = next((k for k in range(i + 1, min(r.bounds(i)[1] - 1, i + 5)) if r.norm(k) == "زياره" and r.norm(k - 1) in {"ل", "الي"}), None)
    unit = r.unit_at.get(k + 1) if k is not None else None
    return [Filler((unit,), 0.8)] if unit and unit.first == (k or 0) + 1 and not unit.adjective else []


def guest(pairing: Pairing, frame: Frame, i: int) -> list[Filler]:
    """Who is invited to the visit: the last person named between the word of inviting and «to visit»."""
    r = pairing.reading
    if r.norm(i - 1) not in {"ل", "الي"} or i - 1 in r.unit_at:
        return []
    begin, _ = r.bounds(i)
    k = next((k for k in range(i - 2, max(begin - 1, i - _FAR), -1) if bare(r.norm(k)) in _WORDS["inviting"] and k not in r.unit_at), None)
    if k is None or any(r.pos(m) == "VERB" and m not in r.unit_at for m in range(k + 1, i)):
        return []
    named = [u for u in r.units if k < u.first < i and u.type is EntityType.PERSON and not u.adjective and r.norm(u.first - 1) != "من"]
    return [Filler((named[-1],), 0.8)] if named else []


def companions(pairing: Pairing, frame: Frame, i: int) -> list[Filler]:
    """Those of whom one went with the other: both went."""
    persons = _together(frame)
    named = tuple(u for u in persons if u.first > i)  # for whom a pronoun is, that is told elsewhere
    return [Filler(named, 0.8)] if len(persons) > 1 and named and past(pairing.reading, pairing.rules, i) else []


def _together(frame: Frame) -> tuple[Unit, ...]:
    """The persons that a verb of going along has for subject and object."""
    return tuple(u for slot in ("subj", "obj") for f in frame.slots.get(slot, []) if not f.through for u in f.units if u.type is EntityType.PERSON)


def delegates(pairing: Pairing, frame: Frame, i: int) -> list[Filler]:
    """Those of whom a delegation consists, named behind the verb or before it: وضم الوفد المرافق فلانا، على رأس وفد يضم فلانا."""
    r = pairing.reading
    near = [k for k in (i - 2, i - 1, i + 1) if bare(r.norm(k)) in _WORDS["delegations"]]
    unit = _first_person(r, i + 1, min(r.bounds(i)[1], i + 1 + _NEAR)) if near else None
    return [Filler(r.group(unit, r.bounds(i)[1])[0], 0.8)] if unit and not unit.prefix else []


def _first_person(r: Reading, first: int, last: int) -> Unit | None:
    return next((r.unit_at[k] for k in range(first, last) if k in r.unit_at and r.unit_at[k].first == k and r.unit_at[k].type is EntityType.PERSON and not r.unit_at[k].prefix), None)


def destination(pairing: Pairing, frame: Frame, i: int) -> list[Filler]:
    """Where those went of whose visit the article tells right before: the place of the nearest visit that has been paid."""
    r = pairing.reading
    with_whom = {u.key for u in _together(frame)} if not delegates(pairing, frame, i) else set()
    for k in range(i - 1, max(-1, i - _BEFORE), -1):
        for trigger in pairing.rules.triggers.get(r.norm(k), ()):
            if trigger.rule.relation != "visited" or trigger.rule.ahead or "destination" in trigger.rule.object or not pairing.fires(trigger, k):
                continue
            told = pairing.frame(trigger, k)
            if not pairing.allowed(trigger, told, k) or not stance(r, pairing.rules, k, not trigger.verb, told.host, None).asserted:
                continue
            for pair in pairing.pairs(trigger.rule, told, k):
                if not with_whom or pair.subjects.units[0].key in with_whom:
                    return [Filler(pair.objects.units[:1], 0.75)]
    return []


SLOTS = {
    "to_visit": to_visit,
    "guest": guest,
    "companions": companions,
    "delegates": delegates,
    "destination": destination,
    "where": where,
    "traveller": traveller,
    "him": him,
    "escort": escort,
}

"""Slots of journeys: where the clause takes place, whose a tour is, who is taken somewhere by it, who goes with the one who travels.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.arabic import bare
from kg.gatherings import first_unit
from kg.model import EntityType
from kg.particles import STOPS
from kg.slots import Filler, Frame
from kg.wordclasses import shipped

if TYPE_CHECKING:
    from kg.pairs import Pairing

_WORDS = shipped("gatherings")
# Tokens that are looked over.
_NEAR, _FAR = 8, 24


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


SLOTS = {
    "where": where,
    "traveller": traveller,
    "him": him,
    "escort": escort,
}

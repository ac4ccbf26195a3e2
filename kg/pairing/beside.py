"""Slots of what stands beside a trigger: the unit behind it, the one that it is part of, what its possessive pronoun refers to, the
subject that it is the predicate of.
"""

from __future__ import annotations

from kg.language.particles import RELATIVES
from kg.language.wordclasses import shipped
from kg.pairing.pairing import Pairing
from kg.slots.slots import Filler, Frame

_CLASSES = shipped("slots")


def following(pairing: Pairing, frame: Frame, i: int) -> list[Filler]:
    """The unit right behind the trigger."""
    r = pairing.reading
    unit = next((r.unit_at[k] for k in range(i + 1, min(i + 4, len(r.doc))) if k in r.unit_at), None)
    return [Filler((unit,), 0.85)] if unit and not unit.adjective else []


def possessor(pairing: Pairing, frame: Frame, i: int) -> list[Filler]:
    """What the pronoun on the trigger refers to."""
    r = pairing.reading
    at = _relative_before(pairing, i) if r.pos(i + 1) == "PRON" else None
    unit = r.antecedent(at or i + 1) if r.pos(i + 1) == "PRON" else None
    return [Filler((unit,), 0.7)] if unit else []


def _relative_before(pairing: Pairing, i: int) -> int | None:
    """ "His brother X and his sister Y": the pronoun of the first of them, whose owner is that of the second too."""
    r, k = pairing.reading, i - 1
    while r.norm(k) in {"و", "،", ","} and k > 0:
        k -= 1
    unit = r.unit_at.get(k) if k < i - 1 else None
    own = unit is not None and r.pos(unit.first - 1) == "PRON" and r.norm(unit.first - 2) in _CLASSES["kin"]
    return unit.first - 1 if unit and own and r.norm(unit.first - 1) == r.norm(i + 1) and r.norm(i) in _CLASSES["kin"] else None


def topic(pairing: Pairing, frame: Frame, i: int) -> list[Filler]:
    """The subject of the clause that the trigger is predicate of: before it, or behind a verb of being."""
    r = pairing.reading
    over = i - 1 if r.norm(i - 1) in {"علي", "في"} else i  # إن فلانا على اتصال
    if found := r.left(i) or r.left(over):
        return [Filler(found[0], 0.8)]
    if r.norm(i - 1) in {"هو", "هي"}:
        near = [u for u in r.units if u.last <= i - 1 and i - u.last < 12 and not u.adjective]
        return [Filler((near[-1],), 0.75)] if near else []
    begin, _ = r.bounds(i)
    for k in range(i - 1, max(begin, i - 8) - 1, -1):
        if r.pos(k) == "SCONJ":
            return []
        if r.norm(k) in RELATIVES:
            return []  # القضية التي تشكل تهديدا: what the relative clause is about is
        if r.norm(k) in _CLASSES["being"] and k not in r.unit_at:
            return [f for f in pairing.frames.verb(k).slots.get("subj", []) if not f.through]
    return []


def itself(pairing: Pairing, frame: Frame, i: int) -> list[Filler]:
    """The unit that the trigger is part of."""
    unit = pairing.reading.unit_at.get(i)
    return [Filler((unit,), 0.85)] if unit else []


def before_reason(pairing: Pairing, frame: Frame, i: int) -> list[Filler]:
    """Who is named right before "for its intervention": to whom something is done for it."""
    unit = next((pairing.reading.unit_at[k] for k in (i - 2, i - 3) if k in pairing.reading.unit_at), None)
    return [Filler((unit,), 0.8)] if unit else []


SLOTS = {"next": following, "possessor": possessor, "topic": topic, "self": itself, "before_reason": before_reason}

"""Slots of what stands right beside a trigger: the unit behind it, and what its possessive pronoun refers to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.slots import Filler, Frame
from kg.wordclasses import shipped

if TYPE_CHECKING:
    from kg.pairs import Pairing

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


SLOTS = {"next": following, "possessor": possessor}

"""Slots of arrests: who was arrested, where nobody is said to have done it."""

from __future__ import annotations

from kg.language.particles import DAYS
from kg.language.wordclasses import shipped
from kg.model import EntityType
from kg.pairing.pairing import Pairing
from kg.slots.slots import Filler, Frame

_WORDS = shipped("told")


def seized(pairing: Pairing, frame: Frame, i: int) -> list[Filler]:
    """Who was arrested by the passive verb at token `i`: nobody but he stands behind it, and nothing before it acts; or nobody
    stands behind it, and he before it (اعتقل صحفي، الصحفي فلان الذي يحاكم في)."""
    r = pairing.reading
    if r.pos(i) != "VERB" or frame.slots.get("بواسطة"):
        return []
    if r.pos(i + 1) == "PRON" and r.surface(i) == r.surface(i + 1):
        return []
    bare = [a for a in r.right(i)[0] if a.prep == "" and (a.units or a.head is None or r.norm(a.head) not in DAYS)]
    if not bare:
        return [] if r.norm(i) in _WORDS["stopping"] else _before(pairing, frame, i)
    if not _opens(pairing, i):
        return []
    units = bare[0].units if len(bare) == 1 else ()
    if not units or units[0].type is not EntityType.PERSON or units[0].prefix:
        return []
    agrees = units[0].feminine is None or bool(units[0].feminine) is pairing.frames.feminine(i)
    return [Filler(units, 0.8)] if agrees else []


def _before(pairing: Pairing, frame: Frame, i: int) -> list[Filler]:
    """The person that the verb has for its subject, who stands before it."""
    subjects = [f for f in frame.slots.get("subj", []) if not f.through][:1]
    alone = [f for f in subjects if len(f.units) == 1 and f.units[0].type is EntityType.PERSON and f.units[0].first < i]
    agrees = alone and alone[0].units[0].feminine in {None, pairing.frames.feminine(i)}
    return [Filler(alone[0].units, 0.75)] if agrees else []


def _opens(pairing: Pairing, i: int) -> bool:
    """The verb opens its clause, so that its subject is not one that was named before."""
    r = pairing.reading
    begin, _ = r.bounds(i)
    first = begin + (r.norm(begin) == "و" and r.pos(begin) == "CCONJ")
    return i == first or r.norm(i - 1) in _WORDS["clause_openers"]

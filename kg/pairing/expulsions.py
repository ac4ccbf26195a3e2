"""Slots of expulsions: whose diplomats they are, where their ambassadors are told of it."""

from __future__ import annotations

from kg.arabic import bare
from kg.language.wordclasses import shipped
from kg.model import EntityType
from kg.pairing.pairing import Pairing
from kg.slots.slots import Filler, Frame

_WORDS = shipped("told")
# Tokens before the expulsion in which the ambassadors are looked for, and from them to the first of their states.
_BEFORE, _NEAR = 60, 8


def envoys(pairing: Pairing, frame: Frame, i: int) -> list[Filler]:
    """The states whose ambassadors are told of the expulsion of diplomats at token `i`: «أبلغت سفراء كذا وكذا بطرد دبلوماسيين»."""
    r = pairing.reading
    if any(k in r.unit_at for k in range(i + 1, i + 4)) and not any(r.pos(k) == "PRON" for k in range(i + 1, i + 7)):
        return []
    begin, end = r.bounds(i)
    for k in range(i - 1, max(begin, i - _BEFORE) - 1, -1):
        if bare(r.norm(k)) not in _WORDS["ambassadors"]:
            continue
        unit = next((r.unit_at[m] for m in range(k, min(k + _NEAR, end)) if m in r.unit_at), None)
        if unit is None or unit.type is not EntityType.COUNTRY or unit.adjective:
            return []
        return [Filler(r.group(unit, end)[0], 0.85)]
    return []

"""Units for the state of a person: "his country", "her government"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from kg.arabic import bare
from kg.language.particles import COMMAS, HOMES, OFFICES
from kg.model import EntityType
from kg.syntax.surroundings import Surroundings
from kg.syntax.units import Unit, prefix_of

_R = TypeVar("_R", bound=Surroundings)
# Tokens over which somebody is looked for whose country is meant.
_NEAR = 90


def with_homes(reading: _R, home: Callable[[str], str]) -> _R:
    """The reading with "his country", "her government" as units that denote the state of the person referred to; `home` gives the key
    of the state of an entity, or nothing."""
    found = []
    for i in range(len(reading.doc) - 1):
        if reading.norm(i) not in HOMES or i in reading.unit_at or reading.pos(i + 1) != "PRON":
            continue
        if reading.surface(i) != reading.surface(i + 1) or not (state := _home_of(reading, i, home)):
            continue
        span = reading.span(i, i + 2)
        prefix = prefix_of(reading.article.text, span.start)
        found.append(Unit(i, i + 2, state, EntityType.COUNTRY, span, span, prefix, organ=True, feminine=True))
    if not found:
        return reading
    units = tuple(sorted((*reading.units, *found), key=lambda u: u.first))
    return replace(reading, units=units, unit_at={k: unit for unit in units for k in range(unit.first, unit.last)})


def _home_of(reading: Surroundings, i: int, home: Callable[[str], str]) -> str:
    """The state of the person that "his country" at token `i` is of: the one who speaks or acts, else the nearest; or of the official
    without a name whose state is told: «قال مسؤول سعودي إن بلاده»."""
    begin, _ = reading.bounds(i)
    near = [u for u in reading.units if u.last <= i and i - u.first < _NEAR and (u.type is EntityType.PERSON or _official(reading, u))]
    her = reading.norm(i + 1) == "ها"
    near = [u for u in near if her or not u.feminine or u.type is not EntityType.PERSON]
    inside = [u for u in near if u.first >= begin]
    if (announcer := _announces(reading, i, inside)) and (state := home(announcer.key)):
        return state
    women = [u for u in inside if u.type is EntityType.PERSON and u.feminine and her]
    for unit in (*women, *reading.agents(i, begin, inside), *inside, *near[::-1][:2]):
        if state := home(unit.key) if unit.type is EntityType.PERSON else unit.key:
            return state
    return ""


def _announces(reading: Surroundings, i: int, inside: list[Unit]) -> Unit | None:
    """The person right before the noun whose "his country" is, in the genitive of another noun: «إعلان فلان، انسحاب بلاده»."""
    k = i - 1
    if reading.pos(k) != "NOUN" or k in reading.unit_at:
        return None
    last = k - (reading.doc[k - 1].text in COMMAS)
    unit = next((u for u in inside if u.last == last and u.type is EntityType.PERSON and not u.prefix), None)
    return unit if unit and reading.pos(unit.first - 1) == "NOUN" and unit.first - 1 not in reading.unit_at else None


def _official(reading: Surroundings, unit: Unit) -> bool:
    """The unit is an official without a name, or a spokesman, of a state."""
    return unit.organ and unit.type is EntityType.COUNTRY and bare(reading.norm(unit.first)) in OFFICES

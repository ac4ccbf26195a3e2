"""Faults of reference data that its schema cannot see: what a person who adds entries is told, and CI holds the data to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.arabic import fold, is_arabic
from kg.model import EntityType
from kg.reference import Reference, Thing

# Names that two entries bear with good reason; which one is meant is seen from the article.
SHARED = frozenset({"عمان", "اندريس بيرزينش", "خادم الحرمين الشريفين"})
_OF_STATES = frozenset({EntityType.ORGANIZATION, EntityType.ARMED_GROUP})
# The fewest letters of a name of one word; shorter ones would be found in ordinary text.
SHORTEST = 3


def faults(reference: Reference) -> list[str]:
    """What is wrong with the data, one line a fault."""
    things = reference.things.values()
    states = frozenset(t.id for t in things if t.type is EntityType.COUNTRY)
    return [
        *(fault for thing in things for fault in _of(thing, reference, states)),
        *_shared(reference),
        *_capitals(reference),
        *_coalitions(reference),
    ]


def _of(thing: Thing, reference: Reference, states: frozenset[str]) -> Iterator[str]:
    if thing.country and thing.country not in states:
        yield f"{thing.id}: unknown country {thing.country!r}"
    if thing.part_of and thing.part_of not in reference.things:
        yield f"{thing.id}: part of {thing.part_of!r}, which is in no table"
    if thing.wikidata and not re.fullmatch(r"Q[1-9]\d*", thing.wikidata):
        yield f"{thing.id}: {thing.wikidata!r} is no Wikidata number"
    if not is_arabic(thing.label_ar):
        yield f"{thing.id}: the first name {thing.label_ar!r} is not written in Arabic"
    for name in (*thing.names, *thing.short):
        folded = fold(name)
        if not folded or fold(folded) != folded:
            yield f"{thing.id}: {name!r} does not fold to a name"
        elif len(folded) < SHORTEST and is_arabic(name) and thing.type is not EntityType.PERSON:
            yield f"{thing.id}: {name!r} is too short to be told from other words"
    if thing.type is not EntityType.COUNTRY:  # CLDR's locales give a state several spellings of one name
        yield from _twice(thing)


def _twice(thing: Thing) -> Iterator[str]:
    """Spellings that folding makes one; one with a shadda is kept, for it can tell names apart (عمّان)."""
    folded = [fold(name) for name in thing.names if is_arabic(name) and "\u0651" not in name]
    double = sorted({name for name in folded if folded.count(name) > 1})
    if double:
        yield f"{thing.id}: names that fold to one: {'، '.join(double)}"


def _shared(reference: Reference) -> Iterator[str]:
    """Names that two entries bear; the later one is told. Organisations of different states may: the article tells them
    apart by the state that it names (the republican party, the central bank)."""
    for name, ids in sorted(reference.names.items()):
        states = [reference.things[i].country for i in ids if reference.things[i].type in _OF_STATES]
        if len(ids) > 1 and name not in SHARED and not (all(states) and len(set(states)) == len(ids)):
            yield f"{ids[-1]}: {name!r} is also a name of {', '.join(ids[:-1])}"


def _coalitions(reference: Reference) -> Iterator[str]:
    for enemy, coalition in reference.coalitions.items():
        yield from (f"coalitions.tsv: {key!r} is in no table" for key in (coalition, enemy) if key not in reference.things)


def _capitals(reference: Reference) -> Iterator[str]:
    for place, country in sorted(reference.capitals.items()):
        thing = reference.things.get(place)
        if thing is None or thing.country != country:
            yield f"{country}: its capital {place!r} is no place of it"

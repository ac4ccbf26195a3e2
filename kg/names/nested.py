"""Names inside longer names: the United Nations in "the Security Council of the United Nations" is named too.

An organisation or group that a longer name belongs to is a mention of its own; a state or place is one only where an unknown
name says by a preposition whose or where it is, for in known names (the Syrian Democratic Forces) it is but a word.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.lexicon import Lexicon
from kg.model import EntityType, Name, Origin, Span
from kg.names.gazetteer import Gazetteer, Hit
from kg.names.sheet import Sheet
from kg.reference import Reference

_OUTER = frozenset({EntityType.ORGANIZATION, EntityType.ARMED_GROUP, EntityType.EVENT, EntityType.AGREEMENT})
_BODIES = frozenset({EntityType.ORGANIZATION, EntityType.ARMED_GROUP})
_PLACES = frozenset({EntityType.COUNTRY, EntityType.PLACE})
# The fewest words of a name that holds another.
LEAST = 3


def nested(names: Sequence[Name], sheet: Sheet, gazetteer: Gazetteer, reference: Reference, lexicon: Lexicon) -> list[Name]:
    """The names of the reference data that lie inside of `names`, behind their first word."""
    spans = {(name.first, name.last) for name in names}
    found: list[Name] = [part for name in names if name.type is EntityType.EVENT for part in _together(name, sheet, lexicon)]
    for name in names:
        i = name.first + 1
        while name.type in _OUTER and name.last - name.first >= LEAST and i < name.last:
            hit = gazetteer.at(sheet.words, i)
            if (
                hit
                and hit.last <= name.last
                and (hit.first, hit.last) not in spans
                and _counts(hit, name, sheet, reference)
            ):
                span = Span(hit.start, hit.end)
                kind = reference.things[hit.ids[0]].type
                found.append(
                    Name(hit.first, hit.last, span, sheet.article.cut(span), kind, Origin.GAZETTEER, hit.ids)
                )
                spans.add((hit.first, hit.last))
                i = hit.last
            else:
                i += 1
    return found


def _together(event: Name, sheet: Sheet, lexicon: Lexicon) -> list[Name]:
    """The states that a dual in the name of an event names together: the summit between the two Koreas."""
    found: list[Name] = []
    for i in range(event.first + 1, event.last):
        if (dual := lexicon.duals.at(sheet.words, i)) and dual[1] <= event.last:
            whole = sheet.name(i, dual[1], sheet.words[i].start, EntityType.COUNTRY, Origin.GAZETTEER)
            found += [replace(whole, ids=(state,)) for state in dual[0].split("|")]
    return found


def _counts(hit: Hit, outer: Name, sheet: Sheet, reference: Reference) -> bool:
    if len(hit.ids) != 1 or hit.short or set(hit.ids) & set(outer.ids):
        return False
    kind = reference.things[hit.ids[0]].type
    before = sheet.article.text[sheet.words[hit.first].start : hit.start]
    if kind in _BODIES:
        return before in {"", "ل"}
    behind = before == "ل" or sheet.words[hit.first - 1].folded == "في"
    return kind in _PLACES and behind and not outer.ids

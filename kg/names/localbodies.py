"""Bodies of a place without a name of their own: "(the spokesman of) the governor of the province of X", "(the chief of) the police of X".

They act as bodies, and the place is named within. Only behind who speaks for them or leads them: elsewhere the words tell where
something is.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.lexicon import Lexicon
from kg.model import EntityType, Name, Origin
from kg.names.sheet import Sheet
from kg.reference import Reference

_NAMED_FOR = frozenset({"باسم", "بلسان"})
# Classes of the titles (kg/data/lexicon/titles.toml) that lead a police.
_LEADING = frozenset({"commander", "president", "chief"})
_KINDS = {"police": _LEADING, "governor": frozenset[str](), "government": frozenset[str]()}


def local_bodies(names: Sequence[Name], sheet: Sheet, lexicon: Lexicon, reference: Reference) -> list[Name]:
    """The bodies of the places among `names`, each a name that holds its place."""
    return [body for name in names if name.type is EntityType.PLACE and (body := _body(name, sheet, lexicon, reference))]


def _body(place: Name, sheet: Sheet, lexicon: Lexicon, reference: Reference) -> Name | None:
    if place.span.start != sheet.words[place.first].start or any(i in reference.capitals for i in place.ids):
        return None  # the police of a capital is that of the state
    k = place.first - 1
    if k > 0 and sheet.words[k].folded in lexicon.place_heads and _close(k + 1, sheet):
        k -= 1
    kind = lexicon.local_bodies.get(sheet.words[k].folded, "") if k > 0 and _close(k + 1, sheet) and _close(k, sheet) else ""
    if not kind or not (sheet.words[k - 1].folded in _NAMED_FOR or _led(k - 1, _KINDS[kind], sheet, lexicon)):
        return None
    return sheet.name(k, place.last, sheet.words[k].start, EntityType.ORGANIZATION, Origin.PATTERN)


def _led(k: int, classes: frozenset[str], sheet: Sheet, lexicon: Lexicon) -> bool:
    return bool(lexicon.head_classes(sheet.words, k) & classes)


def _close(k: int, sheet: Sheet) -> bool:
    return sheet.words[k].joins and not sheet.words[k].gap.strip()

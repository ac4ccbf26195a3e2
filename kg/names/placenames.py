"""Names of places that nobody knows, by the words around them: "the district of X in the south of Y", "in X in the east of Y".

A noun for a sort of place (a village, a district) with an unknown word behind it, and then where it lies or who governs it; or a
foreign word behind "in", where the text tells in which part of a known land it lies.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kg.arabic import unclitic
from kg.language.wordclasses import shipped
from kg.lexicon import Lexicon
from kg.model import EntityType, Name, Origin
from kg.names.sheet import Sheet

_WORDS = shipped("namewords")
# Small places, that have names of their own; a region or a zone is as often one without.
_SMALL, _OTHERS, _SIDES = _WORDS["small_places"], _WORDS["other_places"], _WORDS["sides"]
_LANDS = frozenset({EntityType.PLACE, EntityType.COUNTRY})
# Words of an unknown name of a place.
_MAX = 3


def places(names: Sequence[Name], sheet: Sheet, lexicon: Lexicon) -> list[Name]:
    """The unknown places of an article, outside of `names`."""
    taken = {w: name for name in names for w in range(name.first, name.last)}
    return list(_found(taken, sheet, lexicon))


def whole_places(names: Sequence[Name], sheet: Sheet, lexicon: Lexicon) -> list[Name]:
    """`names`, those of unknown places with the words of them that the model has left out behind the noun for such a place."""
    taken = {w for name in names for w in range(name.first, name.last)}
    out = []
    for name in names:
        first, found = name.first, name
        while name.type is EntityType.PLACE and not name.ids and name.span.start == sheet.words[name.first].start and name.first - first < _MAX:
            if {rest for _, rest in unclitic(sheet.words[first - 1].folded)} & (_SMALL | _OTHERS) and first < name.first:
                found = sheet.name(first, name.last, sheet.words[first].start, name.type, name.origin)
                break
            if first < 2 or first - 1 in taken or not _part(first - 1, sheet, lexicon) or not _close(first, sheet):
                break
            first -= 1
        out.append(found)
    return out


def _part(k: int, sheet: Sheet, lexicon: Lexicon) -> bool:
    """A word that can be part of a foreign name: no verb, adjective or title, without article or preposition."""
    word = sheet.words[k].folded
    plain = sheet.pos(k) in {"X", "PROPN", "NOUN"} and len(sheet.tokens(k)) == 1 and not word.startswith("ال") and not word.isdigit()
    return plain and not lexicon.nisbas.at(sheet.words, k) and not lexicon.heads.at(sheet.words, k)


def _found(taken: Mapping[int, Name], sheet: Sheet, lexicon: Lexicon) -> Iterator[Name]:
    k = 1
    while k < len(sheet.words):
        before = {rest for _, rest in unclitic(sheet.words[k - 1].folded)} if k - 1 not in taken else set()
        last = k
        while last < min(k + _MAX, len(sheet.words)) and last not in taken and _close(last, sheet) and not _locates(last, taken, sheet):
            last += 1
        if k < last and _is_name(k, last, before, sheet, lexicon) and (_locates(last, taken, sheet) or _governed(k, last, taken, sheet, lexicon)):
            start = sheet.words[k].start
            yield sheet.name(k, last, start, EntityType.PLACE, Origin.PATTERN)
            k = last
        k += 1


def _close(k: int, sheet: Sheet) -> bool:
    return sheet.words[k].joins and not sheet.words[k].gap.strip(" \"'«»“”#_")


def _is_name(first: int, last: int, before: set[str], sheet: Sheet, lexicon: Lexicon) -> bool:
    """Foreign words, or behind a noun for a small place one definite noun, none of them an adjective, a title or a verb."""
    words = range(first, last)
    if any(sheet.verb(k) or lexicon.nisbas.at(sheet.words, k) or lexicon.heads.at(sheet.words, k) or sheet.words[k].folded.isdigit() for k in words):
        return False
    foreign = all(sheet.pos(k) in {"X", "PROPN"} for k in words)
    if before & _SMALL:
        return foreign or (last - first == 1 and sheet.words[first].folded.startswith("ال") and sheet.pos(first) == "NOUN")
    if before & _OTHERS:
        return foreign or (last - first > 1 and sheet.pos(last - 1) in {"X", "PROPN"})
    return foreign and last - first == 1 and "في" in before and last < len(sheet.words) and sheet.words[last].folded in {"في", *_SIDES}


def _governed(k: int, last: int, taken: Mapping[int, Name], sheet: Sheet, lexicon: Lexicon) -> bool:
    """ "The governor of the district of X, Y": between the noun for a place and the name of who governs it."""
    bearer = taken.get(last)
    if k < 2 or bearer is None or bearer.type is not EntityType.PERSON or sheet.words[k - 1].folded not in lexicon.place_heads:
        return False
    return "governor" in lexicon.head_classes(sheet.words, k - 2)


def _locates(k: int, taken: Mapping[int, Name], sheet: Sheet) -> bool:
    """At word `k` the text tells where: "in (the north of) Y", "north of Y", "at the province of Y"."""
    if k >= len(sheet.words) or not _close(k, sheet):
        return False
    word = sheet.words[k].folded
    inside = word == "في" or word.startswith("ب")
    if not inside and word not in _SIDES:
        return False
    for m in range(k, min(k + 4, len(sheet.words))):
        name = taken.get(m)
        if name is not None:
            cut = name.span.start - sheet.words[m].start if m == k else 0
            return name.type in _LANDS and m == name.first and (m > k or (word[:1] == "ب" and cut == 1))
        plain = sheet.words[m].folded.removeprefix("ب")
        if not (sheet.words[m].folded == "في" or plain in _SIDES or plain in _SMALL | _OTHERS) or not _close(m, sheet):
            return False
    return False

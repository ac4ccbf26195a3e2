"""Names that an Arabic text leaves in Latin letters: "the vice-president of the Commission Valdis Dombrovskis".

A run of capitalised words that is the English name of a person of the reference data is that person.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from kg.model import EntityType, Name, Origin
from kg.names.sheet import Sheet
from kg.reference import Reference

_CAPITALISED = re.compile(r"[A-Z][A-Za-z'’.-]+")
_MAX = 4


def capitalised(sheet: Sheet, k: int) -> bool:
    """Word `k` is a capitalised word in Latin letters."""
    return k < len(sheet.words) and bool(_CAPITALISED.fullmatch(sheet.article.text[sheet.words[k].start : sheet.words[k].end]))


def latin_names(names: Sequence[Name], sheet: Sheet, english: Mapping[str, str]) -> list[Name]:
    """The known persons of an article in Latin letters, outside of `names`; `english` are the persons by their English names."""
    taken = {w for name in names for w in range(name.first, name.last)}
    found: list[Name] = []
    k = 0
    while k < len(sheet.words):
        last = k
        while last < min(k + _MAX, len(sheet.words)) and last not in taken and capitalised(sheet, last) and (last == k or sheet.words[last].gap == " "):
            last += 1
        if last - k > 1 and (id := english.get(" ".join(w.folded for w in sheet.words[k:last]))):
            name = sheet.name(k, last, sheet.words[k].start, EntityType.PERSON, Origin.GAZETTEER)
            found.append(Name(name.first, name.last, name.span, name.text, name.type, name.origin, (id,)))
        k = max(last, k + 1)
    return found


def english_names(reference: Reference) -> dict[str, str]:
    """The persons of the reference data by their English names."""
    return {t.label_en.casefold(): t.id for t in reference.things.values() if t.type is EntityType.PERSON}

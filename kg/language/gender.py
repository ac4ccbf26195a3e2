"""Grammatical gender of names, for agreement: what a verb, a relative or a pronoun can refer to."""

from __future__ import annotations

from kg.arabic import fold_word
from kg.language.particles import MEN_TOGETHER
from kg.language.wordclasses import shipped
from kg.model import EntityType

_WORDS = shipped("namewords")
# States that newspapers treat as masculine or waver with, so that their gender says nothing; all others are feminine.
_WAVERING = frozenset({"iraq", "sudan", "lebanon", "yemen", "jordan", "morocco", "vatican", "south_sudan"})
# Heads of names that are masculine: party, organisation (tanzim), council, pact, army, house, union, coalition, regime.
_MASCULINE_HEADS = tuple(_WORDS["masculine_heads"])


def feminine(text: str, kind: EntityType, key: str) -> bool | None:
    """True for a name that takes feminine agreement, False for masculine, None where its words do not say.

    >>> feminine("حركة حماس", EntityType.ORGANIZATION, "ref:hamas"), feminine("العراق", EntityType.COUNTRY, "ref:iraq")
    (True, None)
    """
    first = text.split(maxsplit=1)[0] if text.split() else ""
    if kind is EntityType.PERSON:
        return True if first.endswith("ة") and fold_word(first) not in _WORDS["men"] else None
    if fold_word(first) in MEN_TOGETHER:
        return None
    if fold_word(first).startswith(_MASCULINE_HEADS):
        return False
    if kind is EntityType.COUNTRY and " " not in text.strip():
        return None if key.removeprefix("ref:") in _WAVERING else True
    return True if first.endswith(("ة", "ات")) else None

"""Names for the variation of training text, by type, from the package's own reference data."""

from __future__ import annotations

import re
from functools import lru_cache

from kg import reference
from kg.model import EntityType

_TYPES = {
    EntityType.PERSON: "PER",
    EntityType.COUNTRY: "LOC",
    EntityType.PLACE: "LOC",
    EntityType.ORGANIZATION: "ORG",
    EntityType.ARMED_GROUP: "ORG",
}
_ARABIC = re.compile("[\u0621-\u064a]+(?: [\u0621-\u064a]+)*$")


@lru_cache(maxsize=1)
def by_type() -> dict[str, tuple[str, ...]]:
    """PER, LOC and ORG -> their names in Arabic letters, without repetition, in the order of the tables."""
    data = reference.load()
    out: dict[str, dict[str, None]] = {"PER": {}, "LOC": {}, "ORG": {}}
    for thing in data.things.values():
        kind = _TYPES.get(thing.type)
        if kind:
            out[kind].update(dict.fromkeys(n for n in (*thing.names, *thing.short) if _ARABIC.match(n)))
    return {kind: tuple(names) for kind, names in out.items()}


@lru_cache(maxsize=1)
def single_words() -> tuple[str, ...]:
    """Words of names of persons and places, three letters and more, for names of one word in a treebank."""
    names = by_type()
    words = [w for kind in ("PER", "LOC") for name in names[kind] for w in name.split()]
    return tuple(dict.fromkeys(w for w in words if len(w) > 2 and not w.startswith("ال")))

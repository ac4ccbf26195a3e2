"""Verbs that have no person for an object (kg/data/lexicon/alone.toml): "(said) X, minister of Y" is one person."""

from __future__ import annotations

from functools import lru_cache

from kg import files
from kg.language.morphology import conjugate
from kg.tables import Row, read_toml


class _AloneRow(Row):
    id: str
    gloss: str
    verbs: tuple[str, ...]


@lru_cache(maxsize=1)
def _forms() -> frozenset[str]:
    rows = read_toml(files.DATA / "lexicon" / "alone.toml", "alone", _AloneRow)
    return frozenset(form for row in rows for verb in row.verbs for form in conjugate(*verb.split()))


def alone(word: str) -> bool:
    """A folded word is a form of such a verb, with or without "and" before it."""
    return word in _forms() or word.removeprefix("و") in _forms()

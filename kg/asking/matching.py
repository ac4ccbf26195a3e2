"""A name as people write it -> the names that it can mean, each with a score; the one way in which names are looked up.

    likely(names, wanted) -> dict[name, score]      100 for the name itself down to 75 for one that is like it
    TAKEN                                           the least score at which a name is taken; below, it is only offered

`names` are folded (kg.arabic.fold). A name matches as it is, then without its article, then by some of its whole words,
then without a title before it, and last, when nobody bears it, by its likeness: misspelt.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cache

from pydantic import ConfigDict
from rapidfuzz import fuzz, process

from kg import files
from kg.arabic import bare, fold
from kg.tables import Row, read_toml

TAKEN = 90.0
MISSPELT = 91.0  # what is taken at this score or below is taken although nobody bears the name
_NEAR = 75  # the least likeness, of 100, at which a name is offered for one that nobody bears


def likely(names: Iterable[str], wanted: str) -> dict[str, float]:
    """Those of the folded `names` that `wanted` can mean, by the first of the ways above that finds any."""
    known = tuple(names)
    text = fold(wanted)
    return _called(known, text) or _untitled(known, text) or _near(known, text)


def _loose(text: str) -> str:
    """Without articles and hyphens, so that الكرملين and كرملين, al-Assad and Assad meet."""
    return " ".join(bare(word) for word in text.split() if word not in {"al", "el", "the"})


def _borne(names: tuple[str, ...], wanted: str) -> dict[str, float]:
    if wanted in names:
        return {wanted: 100.0}
    loose = _loose(wanted)
    return {name: 98.0 for name in names if _loose(name) == loose} if loose else {}


def _parts(names: tuple[str, ...], wanted: str) -> dict[str, float]:
    """Names of which `wanted` is some whole words: a surname, a country's short name."""
    words = set(_loose(wanted).split())
    return {name: 92.0 for name in names if words and words <= set(_loose(name).split())}


def _called(names: tuple[str, ...], wanted: str) -> dict[str, float]:
    return _borne(names, wanted) or _parts(names, wanted)


def _untitled(names: tuple[str, ...], wanted: str) -> dict[str, float]:
    """Names with a title before them, as people write them: الرئيس بوتين, President Putin."""
    words = wanted.split()
    while len(words) > 1 and bare(words[0]) in _titles():
        words = words[1:]
        if found := _called(names, " ".join(words)):
            return found
    return {}


@cache
def _titles() -> frozenset[str]:
    heads = [form for row in read_toml(files.DATA / "lexicon" / "titles.toml", "head", _Forms) for form in row.forms]
    english = [f for row in read_toml(files.DATA / "lexicon" / "modifiers.toml", "modifier", _Forms) if row.id == "title_en" for f in row.forms]
    return frozenset(bare(fold(form).split()[0]) for form in [*heads, *english])


class _Forms(Row):
    """What is needed of a lexicon here: the words of each entry."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str
    forms: tuple[str, ...]


def _near(names: tuple[str, ...], wanted: str) -> dict[str, float]:
    """Misspelt names. A long name that differs in a letter is taken, a short one only offered."""
    whole: defaultdict[str, set[str]] = defaultdict(set)
    for name in names:
        for text in (name, *(name.split() if " " not in wanted else ())):
            whole[text].add(name)
    near = process.extract(wanted, list(whole), scorer=fuzz.ratio, score_cutoff=_NEAR, limit=10)
    most = TAKEN - 1 if len(wanted) < 6 else MISSPELT
    return {name: min(score, most) for text, score, _ in near for name in whole[text]}

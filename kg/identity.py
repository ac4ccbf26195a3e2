"""Identity of names: a folded name -> a key that its spellings share, and the likeness of two transliterations.

A pure function of the name, so that equal things meet in the graph whatever the article, order or machine.
"""

from __future__ import annotations

import re

from rapidfuzz.distance import Levenshtein

from kg.arabic import bare, fold
from kg.model import EntityType

# Letters by which transcribers write one foreign sound, and the letter that stands for the class: g as غ, ج, ك or ق;
# p and b; v and f; ch as تش or ج; t as ت or ط; s as س, ص or ث; z as ز, ذ or ظ; d as د or ض; h as ه or ح.
_SOUNDS = str.maketrans("غقطصثذظضح", "ججتسسززده")
_LONG = re.compile("[اوي]+")
_NAME_PARTICLES = {"بن", "ابن", "ال", "ابو", "ابي", "ام", "دي", "دو", "فون", "فان", "عبد"}
# Two transliterations are one name when at most this share of their consonants differs.
MAX_DIFFERENCE = 0.2


def key(name: str, kind: EntityType) -> str:
    """The canonical key of a name that the reference data does not know.

    >>> key("عبد الفتاح السيسى", EntityType.PERSON) == key("عبدالفتاح السيسي", EntityType.PERSON)
    True
    """
    words = [bare(word) if kind is not EntityType.PERSON else word for word in fold(name).split()]
    joined = " ".join(words)
    if kind is EntityType.PERSON:
        joined = re.sub(r"\b(عبد|ابو|نور|سيف|صلاح) ?(?=ال)", r"\1 ", joined)
    return f"{kind.value.lower()}:{joined}"


def skeleton(word: str) -> str:
    """The consonants of a folded word, sounds that transcribers confuse written alike, doubled ones once.

    >>> skeleton("ديمتري") == skeleton("دميتري")
    True
    """
    plain = _LONG.sub("", bare(word).replace("تش", "ج").translate(_SOUNDS))
    return re.sub(r"(.)\1+", r"\1", plain) or word


def alike(one: str, other: str) -> bool:
    """True when two folded words can be transliterations of one name: the same consonants but for a small part."""
    a, b = skeleton(one), skeleton(other)
    if a == b:
        return abs(len(one) - len(other)) <= 2
    return min(len(a), len(b)) > 3 and Levenshtein.normalized_distance(a, b) <= MAX_DIFFERENCE and one[0] == other[0]


def parts(name: str) -> tuple[str, ...]:
    """The words of a person's name that identify: folded, without particles."""
    return tuple(word for word in fold(name).split() if word not in _NAME_PARTICLES)


def short_form(short: str, full: str) -> bool:
    """True when `short` is made of words of `full`, the last among them or the first when nothing else is left.

    >>> short_form("سرواري", "محمد سعيد سرواري")
    True
    >>> short_form("مسعود", "مسعود بارزاني")
    True
    """
    few, many = parts(short), parts(full)
    if not few or len(few) >= len(many):
        return False
    return all(any(f == m or bare(f) == bare(m) for m in many) for f in few)


def same_person(one: str, other: str) -> bool:
    """True when two full names can be spellings of one person's: word by word alike, none left over."""
    a, b = parts(one), parts(other)
    if len(a) != len(b):
        return "".join(a) == "".join(b)
    return all(x == y or alike(x, y) for x, y in zip(a, b, strict=True))

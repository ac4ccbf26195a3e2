"""Identity of names: a folded name -> a key that its spellings share, and the likeness of two transliterations.

A pure function of the name, so that equal things meet in the graph whatever the article, order or machine.
"""

from __future__ import annotations

import re

from rapidfuzz.distance import Levenshtein

from kg.arabic import bare, fold
from kg.language.latin import one_name
from kg.language.wordclasses import shipped
from kg.model import EntityType

_WORDS = shipped("namewords")
# Letters by which transcribers write one foreign sound, and the letter that stands for the class: g as غ, ج, ك or ق;
# p and b; v and f; ch as تش or ج; t as ت or ط; s as س, ص or ث; z as ز, ذ or ظ; d as د or ض; h as ه or ح.
_SOUNDS = str.maketrans("غقطصثذظضح", "ججتسسززده")
_LONG = re.compile("[اوي]+")
_NAME_PARTICLES = _WORDS["name_particles"]
# Spellings of common words of names of organisations that folding leaves apart.
_VARIANTS = tuple((variant, fold(usual)) for (variant,), usual in _WORDS.readings("variants").items())
# Heads that names of companies and media are written with and without.
_LOOSE_HEADS = _WORDS["loose_heads"]
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
    elif kind in {EntityType.PLACE, EntityType.COUNTRY}:
        joined = joined.replace(" ", "")  # نيو يورك, نيويورك
    else:
        joined = _plain(joined)
    return f"{kind.value.lower()}:{joined}"


def named(key: str) -> bool:
    """True for a key that names something: there is a letter behind its type.

    >>> named("organization:"), named("place:ليون")
    (False, True)
    """
    return any(letter.isalpha() for letter in key.partition(":")[2])


def _plain(name: str) -> str:
    """The name of a thing with variant spellings written alike, without the head of a company or a medium."""
    for variant, usual in _VARIANTS:
        name = name.replace(variant, usual)
    head, _, rest = name.partition(" ")
    return rest if head in _LOOSE_HEADS and rest else name


def skeleton(word: str) -> str:
    """The consonants of a folded word, sounds that transcribers confuse written alike, doubled ones once.

    >>> skeleton("ديمتري") == skeleton("دميتري")
    True
    """
    plain = _LONG.sub("", bare(word).replace("تش", "ج").translate(_SOUNDS))
    return re.sub(r"(.)\1+", r"\1", plain) or word


def alike(one: str, other: str) -> bool:
    """True when two folded words can be transliterations of one name: the same consonants but for a small part, unless the
    data say that they are two names.

    >>> alike("غورباتشوف", "جورباتشوف"), alike("حسن", "حسين")
    (True, False)
    """
    if one == other:
        return True
    told = one_name(one, other)
    if told is not None:
        return told
    if (one.startswith("ال") and other.startswith("ال")) or _native(one) != _native(other):
        return False  # Arabic surnames are spelt, not transcribed: البشير, البشري
    a, b = skeleton(one), skeleton(other)
    if a == b:
        return abs(len(one) - len(other)) <= 2
    return min(len(a), len(b)) > 3 and Levenshtein.normalized_distance(a, b) <= MAX_DIFFERENCE and one[0] == other[0]


def _native(word: str) -> list[str]:
    """The letters of a word that transcribers of foreign names do not use."""
    return sorted(letter for letter in word if letter in "حعصضظ")


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
    if len(few) == 1 and _patronym(full) and not _patronym(f"بن {short}" if fold(short).startswith("بن ") else short):
        return bare(few[0]) == bare(many[0])  # سلمان is not محمد بن سلمان, but his father
    return all(any(f == m or bare(f) == bare(m) for m in many) for f in few)


def _patronym(name: str) -> bool:
    """True for a name that ends in "son of …" (محمد بن سلمان)."""
    words = fold(name).split()
    return len(words) > 1 and words[-2] in {"بن", "ابن"}


def same_person(one: str, other: str) -> bool:
    """True when two full names can be spellings of one person's: word by word alike, in any order, none left over.

    >>> same_person("ديمتري بيسكوف", "دميترى بيسكوف"), same_person("كيم جونغ أون", "جونغ أون كيم")
    (True, True)
    """
    a, b = parts(one), parts(other)
    if len(a) != len(b) or len(a) < 2:
        return "".join(a) == "".join(b)
    if all(x == y or alike(x, y) for x, y in zip(a, b, strict=True)):
        return True
    return sorted(a) == sorted(b) and not all(one_name(x, x) for x in a)  # not علي صالح and صالح علي


def sounds(name: str) -> tuple[str, ...]:
    """The skeletons of the parts of a person's name: what its transliterations share, to look them up by."""
    return tuple(skeleton(part) for part in parts(name))

"""How a unit goes with the noun before it: in its genitive, in apposition, in brackets or between commas."""

from __future__ import annotations

import re

from kg.arabic import bare
from kg.language.particles import (
    ALLIES,
    ATTENDED,
    COLLECTIVES,
    COMMAS,
    CONTACTS,
    NO_ARTICLE,
    OFFICES,
    PLAIN_PARTICIPLES,
    QUOTATION_MARKS,
    TRANSPARENT,
)
from kg.language.wordclasses import shipped
from kg.model import EntityType
from kg.syntax.arguments import Argument
from kg.syntax.surroundings import COMMA, Surroundings
from kg.syntax.units import Unit

_PLACES = frozenset(f"ال{bare(word)}" for word in shipped("namewords")["small_places"] | shipped("namewords")["other_places"])
_PARENTHESIS = re.compile(r"[\s\"'«»“”]*\(")
# How participles begin that have a preposition of their own.
_PARTICIPLES = ("الم", "القا", "النا", "التا", "الصا", "الخا", "متعلق", "مرتبط", "متحالف", "مقرب", "موال", "مدعوم")


def told_apart(r: Surroundings, last: Argument, unit: Unit) -> bool:
    """A list right behind a comma says who the noun before it means that stands for several: allies, partners, states."""
    if last.head is None or unit.first < 1 or r.doc[unit.first - 1].text not in COMMAS or unit.prefix:
        return False
    word = bare(r.norm(last.head))
    ends = [u.last for u in (*last.of, *last.adjectives)] + [last.head + 1 + (last.pronoun is not None)]
    return (word in COLLECTIVES or word in ALLIES) and max(ends) >= unit.first - 2


def holder(r: Surroundings, found: list[Argument], unit: Unit) -> int | None:
    """The argument that is the office of the person who follows it, over the place where that is held: "the commander of the
    forces of X in Y General Z"."""
    if unit.type is not EntityType.PERSON or unit.prefix or len(found) < 2:
        return None
    n = next((n for n in range(len(found) - 1, max(-1, len(found) - 4), -1) if found[n].head is not None), None)
    if n is None or n == len(found) - 1 or bare(r.norm(found[n].head or 0)) not in OFFICES or found[n].pronoun is not None:
        return None
    behind = found[n + 1 :]
    ends = behind[-1].units[-1].last if behind[-1].units else -1
    held = all(a.prep.lstrip("*") in {"في", "ل", "إلى", "لدى"} and a.units and a.units[0].type is not EntityType.PERSON for a in behind)
    return n if held and ends == unit.first else None


def set_apart(r: Surroundings, found: list[Argument], unit: Unit) -> int | None:
    """The argument that is the office of the person between commas behind it and the body where it is held: «دعا زعيم الحزب في
    البرلمان، فلان، فلانا إلى»."""
    closed = unit.last < len(r.doc) and {r.doc[unit.first - 1].text, r.doc[unit.last].text} <= COMMAS
    n = next((n for n in range(len(found) - 1, -1, -1) if found[n].prep == ""), None)
    if unit.type is not EntityType.PERSON or unit.prefix or not closed or n is None or n == len(found) - 1:
        return None
    office = found[n].head is not None and not found[n].units and found[n].pronoun is None and bare(r.norm(found[n].at)) in OFFICES
    held = all(a.prep in {"في", "ل", "لدى", "من"} and not any(u.type is EntityType.PERSON for u in a.units) for a in found[n + 1 :])
    return n if office and held else None


def title(r: Surroundings, found: list[Argument]) -> int:
    """The argument with which the title of the name that follows begins: the last one, or the office before it of which it is a
    further word that the analysis takes for a noun: «الرئيس الأميركي المنتخب فلان»."""
    last, before = found[-1], found[-2] if len(found) > 1 else None
    if before is None or last.prep or last.head is None or before.head is None or before.of or bare(r.norm(before.head)) not in OFFICES:
        return len(found) - 1
    definite = r.norm(before.head).startswith("ال") and r.norm(last.head).startswith("ال")
    close = all(r.pos(k) == "ADJ" or (k in r.unit_at and r.unit_at[k].adjective) for k in range(before.head + 1, last.head))
    return len(found) - (2 if definite and close else 1)


def accusative_nisba(r: Surroundings, last: Argument, unit: Unit) -> bool:
    """دبلوماسيا روسيا: behind an indefinite accusative what looks like the name of the state is its nisba."""
    if last.head != unit.first - 1 or unit.type is not EntityType.COUNTRY:
        return False
    return r.norm(last.head).endswith("ا") and r.norm(unit.first).endswith("يا")


def apposition(r: Surroundings, last: Argument, unit: Unit) -> bool:
    """ "The American pastor Andrew Brunson": a definite noun, perhaps with adjectives, right before a person's name."""
    if last.head is not None and unit.type is EntityType.PLACE and last.head == unit.first - 1 and r.norm(last.head) in _PLACES and not unit.prefix:
        return True  # شبه الجزيرة الفاو
    if last.head is None or last.of or unit.type is not EntityType.PERSON:
        return False
    definite = r.norm(last.head).startswith("ال") or r.pos(last.head + 1) == "PRON"
    if not definite or r.norm(last.head) in ATTENDED:
        return False  # during the visit President X
    return all(r.pos(k) in {"ADJ", "PRON"} or k in r.unit_at or (r.pos(k) == "X" and r.norm(k).startswith("ال")) for k in range(last.head + 1, unit.first))


def parenthetic(r: Surroundings, units: tuple[Unit, ...], unit: Unit) -> Unit | None:
    """The one that is meant by a name and a title that follows it between commas, or the reverse: "the foreign minister,
    X, accused Y"."""
    last = units[-1]
    if not COMMA.fullmatch(r.gap(last, unit)) or r.doc[min(unit.last, len(r.doc) - 1)].text not in COMMAS:
        return None
    if unit.type is EntityType.PERSON and last.type is EntityType.PERSON:
        return unit if last.key == unit.key else None
    title = r.norm(last.first).removeprefix("ال") in OFFICES, r.norm(unit.first).removeprefix("ال") in OFFICES
    if title[0] and unit.type is EntityType.PERSON:
        return unit
    return last if title[1] and last.type is EntityType.PERSON else None


def _open(r: Surroundings, k: int) -> bool:
    """A noun that a genitive can follow: neither article nor accusative ending."""
    word = r.norm(k)
    if word.startswith("ال") and word not in NO_ARTICLE:
        return False
    return "Definite=Com" in str(r.doc[k].morph) or not (word.endswith("ا") and len(word) > 3)


def participle(r: Surroundings, k: int) -> bool:
    """A participle that what follows belongs to: "questions relating to X"."""
    word = r.norm(k)
    if k in r.unit_at or bare(word) in PLAIN_PARTICIPLES or word.endswith(("ي", "يه")):
        return False
    return r.pos(k) == "ADJ" and word.startswith(_PARTICIPLES)


def genitive(r: Surroundings, head: int | None, unit: Unit) -> bool:
    """The unit follows a bare noun directly, perhaps in quotation marks: a genitive, if the noun has neither article nor
    accusative ending."""
    if head is None or not _open(r, head):
        return False
    return unit.first - head <= 1 or (unit.first - head == 2 and r.pos(head + 1) == "PUNCT" and r.doc[head + 1].text in QUOTATION_MARKS)


def bracketed(r: Surroundings, head: int | None, unit: Unit) -> bool:
    """ "The six powers (China, …)": a list in brackets says who a noun means."""
    if head is None or unit.first - head > 5:
        return False
    return bool(_PARENTHESIS.fullmatch(r.article.text[r.end(unit.first - 2) : unit.extent.start] if unit.first >= 2 else ""))


def chained(r: Surroundings, head: int | None, k: int) -> bool:
    """The noun at token `k` is in the genitive of the one at `head`, perhaps over "some of", "all of"."""
    if head is None or not _open(r, head):
        return False
    return all(transparent(r.norm(m)) for m in range(head + 1, k))


def transparent(word: str) -> bool:
    """A folded noun that is seen through to its genitive: some, most, all."""
    return word in TRANSPARENT or bare(word) in TRANSPARENT


def of_contact(r: Surroundings, head: int | None) -> bool:
    """A noun of contact that has its own "with": "spoke of progress in talks with X"."""
    return head is not None and bare(r.norm(head)) in CONTACTS


def after_adjectives(r: Surroundings, k: int) -> int:
    """The token behind the noun at token `k` and its adjectives."""
    k += 1
    while r.pos(k) == "ADJ" and k not in r.unit_at:
        k += 1
    return k

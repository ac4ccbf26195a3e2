"""Who is meant by a noun for several: the list behind a colon, "among them", "some of", "belonging to".

Every function asks about the tokens of one article; `k` is the token that is looked at, `found` are the arguments before it.
"""

from __future__ import annotations

from dataclasses import replace

from kg.arabic import bare
from kg.language.particles import COLLECTIVES, COMMAS, RELATIVES, SEVERAL, STOPS
from kg.language.wordclasses import shipped
from kg.model import EntityType
from kg.syntax.annexation import after_adjectives
from kg.syntax.arguments import Argument
from kg.syntax.surroundings import Surroundings, glued_preposition
from kg.syntax.units import Unit

_CLASSES = shipped("particles")
# Words for a number, for "more, less", and participles before the ل of whose something is.
COUNTS, MORE, BELONGING = _CLASSES["counts"], _CLASSES["more"], _CLASSES["belonging"]
# Those whose من names the group that they are of.
_FIGHTERS = _CLASSES["fighters"]
# Tokens from a noun to the "among them" that says who it means, from "and the powers" to where they are named, and how many of
# them a list behind a comma has.
_AMONG, _POWERS, _SEVERAL = 9, 12, 3


def listed(r: Surroundings, found: list[Argument], k: int, end: int) -> tuple[int, tuple[Unit, ...]] | None:
    """ "The following states: A, B and C", "four states: A and B": a list behind a colon says who a collective noun means;
    so does one behind "all of"."""
    unit = r.unit_at.get(k + 1) or (r.unit_at.get(k + 2) if r.pos(k + 1) in {"PUNCT", "NOUN"} else None)
    if not unit or unit.adjective:
        return None
    for n, argument in enumerate(found):
        if argument.head is not None and bare(r.norm(argument.head)) in COLLECTIVES and not argument.of:
            return n, r.group(unit, max(end, r.bounds(k)[1]))[0]
    return None


def cut(r: Surroundings, k: int) -> bool:
    """Token `k` is the first letter of a noun that was taken for a conjunction or a preposition, as it may be: و + حدات."""
    return r.pos(k) in {"CCONJ", "ADP"} and len(r.norm(k)) == 1 and r.pos(k + 1) == "NOUN" and r.doc.user_data["surface"][k] == r.doc.user_data["surface"][k + 1]


def answered(r: Surroundings, k: int) -> bool:
    """The noun at token `k` is what somebody answers, protests against: ردا على إطلاق صواريخ، احتجاجا على اعتقال فلان."""
    k -= 1
    while r.pos(k) == "NUM" or bare(r.norm(k)) in _CLASSES["raised"]:
        k -= 1
    return r.norm(k) == "علي" and r.norm(k - 1) in _CLASSES["answering"]


def belonging(r: Surroundings, found: list[Argument], k: int, end: int) -> tuple[tuple[Unit, ...], int] | None:
    """ "Depots belonging to X", "fighters of X" (عناصر من): whose the noun of the last argument is, and the token behind them."""
    last = found[-1] if found else None
    if not last or last.head is None or last.units or last.of or k - last.head > _AMONG:
        return None
    if r.norm(k) == "من" and k == last.head + 1 and r.norm(last.head) in _FIGHTERS:
        unit = r.unit_at.get(k + 1)
        fits = unit is not None and not unit.adjective and (unit.organ or unit.type in {EntityType.ARMED_GROUP, EntityType.ORGANIZATION})
        return r.group(unit, max(end, r.bounds(k)[1])) if unit and fits else None
    if bare(r.norm(k)) not in BELONGING:
        return None
    unit = next((r.unit_at[m] for m in range(k + 1, min(k + 3, end)) if m in r.unit_at), None)
    if not unit or unit.adjective or not (glued_preposition(unit.prefix) == "ل" or r.norm(unit.first - 1) in {"ل", "الي"}):
        return None
    return r.group(unit, max(end, r.bounds(k)[1]))


def some_of(r: Surroundings, k: int) -> bool:
    """ "Ten of the fighters of X", "more than ten states": من behind a number or "more" is no preposition of its own."""
    before = r.norm(k - 1)
    if before in MORE:
        return r.pos(k + 1) == "NUM" or r.norm(k + 1).isdigit()
    counted = r.pos(k - 1) == "NUM" or before in COUNTS
    owned = r.pos(k + 1) == "NOUN" and r.owned(k + 1)
    staff = r.norm(k + 1) in _CLASSES["staff"] and before not in COUNTS  # خمسة من قادة الجيش
    return counted and (owned or staff or (k + 1 in r.unit_at and r.unit_at[k + 1].organ))  # 23 من دبلوماسييها


def plural(r: Surroundings, found: list[Argument]) -> int:
    """The argument that "among them" goes on with: the last one, but no list that it was put on."""
    put_on = len(found) > 1 and bare(r.norm(found[-1].head or 0)) in _CLASSES["rolls"] and found[-2].head is not None
    return len(found) - (2 if put_on and not found[-2].units else 1)


# What stands before "them": among, at the head of, foremost of.
_LEADING_THEM = {("من", "بين"), ("علي", "راس"), ("في", "مقدمه")}


def _them(r: Surroundings, k: int) -> int | None:
    """The preposition of "among them, of them" if that stands at token `k`."""
    first = k + 1 if (r.norm(k), r.norm(k + 1)) in _LEADING_THEM else k
    if r.norm(first) not in {"بين", "من", "راس", "مقدمه"} or r.norm(first + 1) not in {"ها", "هم", "هن"}:
        return None
    return first if r.surface(first) == r.surface(first + 1) else None


def names_some(r: Surroundings, k: int) -> bool:
    """Behind the noun at token `k`, its adjectives and a comma stands "among them"."""
    k = after_adjectives(r, k)
    return _them(r, k + 1 if k < len(r.doc) and r.doc[k].text in COMMAS else k) is not None


def among(r: Surroundings, found: list[Argument], k: int, end: int) -> tuple[tuple[Unit, ...], int] | None:
    """ "Ten states, among them A and B": those who are named of the last argument, and the token behind them."""
    last = found[-1] if found else None
    if last and r.norm(k) == "مثل" and last.head is not None and not last.units and (bare(r.norm(last.head)) in COLLECTIVES | SEVERAL or r.norm(last.head).endswith("ات")):
        unit = r.unit_at.get(k + 1)
        return r.group(unit, max(end, r.bounds(k)[1])) if unit and not unit.adjective and k - last.head <= 3 else None
    first = _them(r, k)
    if not last or first is None:
        return None
    if len(last.units) == 1 and last.units[0].organ and r.norm(first + 1) == "هم" and last.units[0].last >= k - 2:
        last = replace(last, units=(), head=last.units[0].first)  # leaders of the movement, among them X
    if last.head is None or last.units or last.of or k - last.head > _AMONG:
        return None
    if any(r.pos(m) == "VERB" or r.doc[m].text in STOPS or r.norm(m) in RELATIVES for m in range(last.head + 1, k)):
        return None
    unit = next((r.unit_at[m] for m in range(first + 2, min(first + 4, end)) if m in r.unit_at), None)
    if not unit or unit.adjective or (unit.first > first + 2 and r.pos(first + 2) not in {"PUNCT", "NOUN"}):
        return None
    return r.group(unit, max(end, r.bounds(k)[1]))


def powers(r: Surroundings, k: int) -> tuple[Unit, ...]:
    """The states of the list behind "and the great powers", "and the group of states" at token `k`: «بين إيران والدول الكبرى (روسيا
    والصين وفرنسا)», «بين إيران والقوى الكبرى، روسيا والصين وفرنسا», «بين إيران ومجموعة الدول التي تضم روسيا والصين»."""
    k += r.norm(k) == "و"
    k += r.norm(k) == "بين"
    if bare(r.norm(k)) not in COLLECTIVES and r.norm(k) != "مجموعه":
        return ()
    end = r.bounds(k)[1]
    opened = _named_behind(r, k + 1, min(end, k + _POWERS))
    if opened is None:
        return ()
    found, end = r.group(r.unit_at[opened + 1], end)
    if r.doc[opened].text in COMMAS and len(found) < _SEVERAL:
        return ()  # between X and the powers, Y said
    joined = next((m for m in range(end, min(end + _POWERS // 2, r.bounds(k)[1])) if m in r.unit_at), None)
    beside = joined is not None and any(r.norm(m) in {"اضافه", "الاضافه", "جانب", "زاءد", "فضلا"} for m in range(end, joined))
    return (*found, r.unit_at[joined]) if beside and joined is not None and r.unit_at[joined].type is EntityType.COUNTRY else found


def of_group(r: Surroundings, group: Unit) -> tuple[Unit, ...]:
    """The states of the list in brackets, or with nothing before it, behind a group that is named: «بين إيران ومجموعة 5+1 (روسيا والصين
    وفرنسا)»."""
    k = group.last + (group.last < len(r.doc) and r.doc[group.last].text == "(")
    unit = r.unit_at.get(k)
    if group.type is not EntityType.ORGANIZATION or not unit or unit.adjective or unit.prefix or unit.type is not EntityType.COUNTRY:
        return ()
    found = r.group(unit, r.bounds(group.first)[1])[0]
    return found if len(found) >= _SEVERAL else ()


def _named_behind(r: Surroundings, first: int, last: int) -> int | None:
    """The bracket, colon, comma or "comprises" before the first of the states that a group is made up of."""
    for k in range(first, last):
        comprises = r.norm(k) in _CLASSES["comprising"] or r.norm(k) in {"هي", "هم"}  # والدول الخمس وهي
        if (r.pos(k) == "VERB" and not comprises) or r.doc[k].text in STOPS - {":"}:
            return None
        unit = r.unit_at.get(k + 1)
        if (comprises or r.doc[k].text in COMMAS | {"(", ":"}) and unit and unit.first == k + 1 and not unit.adjective and unit.type is EntityType.COUNTRY:
            return k
    return None

"""What is told beside a clause, between commas: relative clauses and descriptions; and names behind "what is called"."""

from __future__ import annotations

from dataclasses import replace

from kg.arabic import bare
from kg.language.particles import (
    ADVERBS,
    CALLED_LINKS,
    CALLING,
    COMMAS,
    COMPOUND,
    DAYS,
    QUOTATION_MARKS,
    RELATIVES,
    SAID_TO_BE,
    STOPS,
)
from kg.language.wordclasses import shipped
from kg.model import EntityType
from kg.syntax.arguments import Argument
from kg.syntax.surroundings import Surroundings
from kg.syntax.units import Unit

_WORDS = shipped("slots")
# Tokens of what is told between commas, of a description, and from "what is called" to the name.
_ASIDE, _DESCRIPTION, _CALLED = 24, 14, 5
# Tokens from "what" to the "that it is" behind who says so.
_SAID = 12


def end_of_relative(r: Surroundings, k: int) -> int | None:
    """The token behind a relative clause between commas that starts at token `k`, if the clause around it goes on with a
    preposition or a name; None where no comma closes it."""
    if r.doc[k - 1].text not in COMMAS and not _in_apposition(r, k):
        return _behind_place(r, k)
    return _resumes(r, range(k + 1, min(r.bounds(k)[1] - 1, k + _ASIDE)))


def _behind_place(r: Surroundings, k: int) -> int | None:
    """The person right behind the place that a relative clause without commas says somebody visits: «التقى فلان الذي يزور بيروت الرئيس فلانا»."""
    before = r.unit_at.get(k - 1)
    if before is None or before.type is not EntityType.PERSON or r.norm(k + 1) not in _WORDS["visits"]:
        return None
    place = next((r.unit_at[m] for m in range(k + 2, min(r.bounds(k)[1], k + 6)) if m in r.unit_at), None)
    person = r.unit_at.get(place.last) if place is not None and place.type in {EntityType.PLACE, EntityType.COUNTRY} else None
    return person.first if person and place and person.first == place.last and person.type is EntityType.PERSON and not person.adjective and not person.prefix else None


def _resumes(r: Surroundings, stretch: range) -> int | None:
    """The token behind the first comma of the stretch, where a name without "and" or a preposition stands there."""
    for m in stretch:
        if r.doc[m].text in STOPS:
            return None
        if r.doc[m].text in COMMAS:
            following = r.unit_at.get(m + 1)
            named = following is not None and following.first == m + 1 and not following.prefix.startswith(("و", "ف"))
            return m + 1 if named or r.preposition(m + 1) else None
    return None


def _in_apposition(r: Surroundings, k: int) -> bool:
    """The relative at token `k` goes on with a description behind a name and a comma: "X, the leader of the raid which"."""
    m = k - 1
    while m > k - 6 and m not in r.unit_at and r.pos(m) in {"NOUN", "ADJ"}:
        m -= 1
    unit = r.unit_at.get(m - 1)
    return m < k - 1 and r.doc[m].text in COMMAS and unit is not None and unit.type is EntityType.PERSON


def end_of_description(r: Surroundings, k: int) -> int | None:
    """The token behind a description between commas whose first comma is token `k`: «اتهمت الحركة، إحدى فصائل المعارضة، فلانا»."""
    unit = r.unit_at.get(k - 1)
    if r.doc[k].text not in COMMAS or unit is None or unit.adjective or not describes(r, k + 1):
        return None
    stretch = range(k + 2, min(r.bounds(k)[1] - 1, k + _DESCRIPTION))
    relative = next((m for m in stretch if r.norm(m) in RELATIVES), None)
    closed = _resumes(r, stretch)
    if closed is None or any(r.pos(m) == "VERB" and (relative is None or m < relative) for m in range(k + 1, closed)):
        return None
    return closed if closed in r.unit_at else None


def end_of_source(r: Surroundings, k: int) -> int | None:
    """The token behind a clause between commas, whose first comma is token `k`, that says whose word it is: «التقى، على ما نقل
    مساعدوه، فلانا», «زار، كما أعلن مكتبه، فلانة»."""
    if r.doc[k].text not in COMMAS:
        return None
    verb = k + 3 if r.norm(k + 2) == "ما" and r.norm(k + 1) in _WORDS["sources"] else k + 2 if r.norm(k + 1) in _WORDS["source_words"] else None
    return _resumes(r, range(verb + 1, min(r.bounds(k)[1] - 1, k + _DESCRIPTION))) if verb is not None and r.pos(verb) == "VERB" else None


def led_by(r: Surroundings, last: Argument, k: int) -> Unit | None:
    """Who leads the alliance right before the verb at token `k`: «تدخل تحالف تقوده فلانة في»."""
    if last.head is None or last.of or bare(r.norm(last.head)) not in _WORDS["alliances"] or r.norm(k) not in _WORDS["doing"] or not r.owned(k):
        return None
    between = all(r.pos(m) == "ADJ" for m in range(last.head + 1, k))
    unit = r.unit_at.get(k + 2)
    return unit if between and unit and unit.first == k + 2 and not unit.adjective and not unit.prefix else None


def describes(r: Surroundings, k: int) -> bool:
    """A noun that is no name stands at token `k` and may say who somebody is: neither time nor manner nor deed."""
    word = r.norm(k)
    if r.pos(k) != "NOUN" or k in r.unit_at or word.endswith("ا") or word in ADVERBS | DAYS:
        return False
    return r.preposition(k) is None and (word, r.norm(k + 1)) not in COMPOUND


def called(r: Surroundings, k: int) -> Unit | None:
    """The unit behind "what is called" at token `k`, without the preposition that the phrase asks for: «ما يسمى بحركة كذا»."""
    if r.norm(k) != "ما" or r.norm(k + 1) not in CALLING:
        return None
    for m in range(k + 2, min(r.bounds(k)[1], k + _CALLED)):
        unit = r.unit_at.get(m)
        if unit and not unit.adjective:
            return replace(unit, prefix="")
        if r.norm(m) not in CALLED_LINKS and r.doc[m].text not in QUOTATION_MARKS:
            return None
    return None


def what_was_done(r: Surroundings, k: int) -> Unit | None:
    """Who does what "what" at token `k` stands for, named right behind its verb: «نددت بما أقدمت عليه مينسك»."""
    if r.norm(k) != "ما" or r.pos(k + 1) != "VERB" or r.norm(k + 1) in SAID_TO_BE:
        return None
    m = k + 2
    while (r.pos(m) in {"PRON", "AUX", ""} and m < k + _CALLED) or (r.pos(m) == "ADP" and r.pos(m + 1) == "PRON"):
        m += 1
    unit = r.unit_at.get(m)
    return unit if unit and unit.first == m and not unit.adjective and not unit.prefix and r.bounds(k)[1] > m else None


def said_to_be(r: Surroundings, k: int) -> int | None:
    """The token behind "what X said was" at token `k`, which tells only who calls it so: «قصفت ما قالت إنه معسكر للحركة»."""
    if r.norm(k) != "ما" or r.pos(k + 1) != "VERB" or r.norm(k + 1) not in SAID_TO_BE:
        return None
    for m in range(k + 2, min(r.bounds(k)[1] - 1, k + _SAID)):
        if r.norm(m) in {"ان", "بان"} and r.pos(m + 1) == "PRON":
            return m + 2
        if r.doc[m].text in STOPS or r.pos(m) == "VERB":
            return None
    return None


def and_its_own(r: Surroundings, k: int) -> bool:
    """The plural of men at token `k` is joined by "and" with a pronoun of its own to the name before it: «تصف أنقرة وحلفاؤها الحزب بأنه»."""
    joined = r.norm(k - 1) == "و" and k - 2 in r.unit_at and r.pos(k) == "NOUN" and r.owned(k)
    following = r.unit_at.get(k + 2)
    return joined and r.norm(k).endswith(("او", "اء", "و")) and following is not None and following.type is not EntityType.PERSON and not following.adjective and not people(r, following)


def people(r: Surroundings, unit: Unit) -> bool:
    """A people by one definite word, which says whose the noun before it is: حلفاؤه الروس."""
    return unit.last == unit.first + 1 and r.norm(unit.first).startswith("ال") and unit.span == unit.extent and unit.organ


def with_its_own(r: Surroundings, k: int) -> Unit | None:
    """Who is named behind the noun of one at token `k` that is joined so: «زار فلان وزوجته فلانة», «روسيا وحليفتها سوريا»."""
    joined = r.norm(k - 1) == "و" and k - 2 in r.unit_at and r.pos(k) == "NOUN" and r.owned(k)
    unit = r.unit_at.get(k + 2)
    if not joined or not unit or unit.first != k + 2 or unit.adjective or unit.prefix or r.norm(k).endswith(("او", "اء", "و")):
        return None
    before = r.unit_at[k - 2]
    if before.type is EntityType.PERSON and (r.norm(k + 1) == "ها") is not bool(before.feminine):
        return None
    return unit if before.type is unit.type and unit.key != before.key else None


def between_commas(r: Surroundings, head: int | None, of: tuple[Unit, ...], unit: Unit) -> bool:
    """The person between commas right behind a noun and its genitive, or a definite noun, is whom the noun means: «مدرب المنتخب
    السابق، فلان، انتقد», «قتلوا الشاب، فلانا،»."""
    if head is None or not (of or r.norm(head).startswith("ال")) or unit.type is not EntityType.PERSON or unit.prefix or r.norm(head).endswith("ا"):
        return False
    closed = unit.last < len(r.doc) and r.doc[unit.last].text in COMMAS
    between = range(of[-1].last if of else head + 1, unit.first - 1)
    return closed and r.doc[unit.first - 1].text in COMMAS and all(r.pos(k) == "ADJ" or k in r.unit_at for k in between) and bool(bare(r.norm(head)))

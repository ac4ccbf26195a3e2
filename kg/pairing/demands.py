"""Slots of demands: who is to act in what is asked for, and of whom a speaker says, before or behind the name, that he must."""

from __future__ import annotations

import re

from kg.language.particles import NEED, NOT, OBLIGING, THAT
from kg.language.wordclasses import shipped
from kg.pairing.pairing import Pairing
from kg.slots.slots import Filler, Frame
from kg.syntax.clauses import Unit
from kg.syntax.surroundings import glued_preposition

_WORDS = shipped("told")
# What stands behind "it is for X": that, not to.
_TO = _WORDS["to_act"]
# Verbal nouns with the article: the patterns of the derived verbs, and those of some plain ones.
_DEFINITE = re.compile("ال(?:كف|وقف|رد|رحيل|عوده|خروج|دفع|سعي|عمل|بحث|تحلي|تخلي|تصدي|.{0,1}ا.ت.ا.|ا.ت.ا.|ان.{1,2}ا.|است.{1,2}ا.|ا..ا.|ت..ي.|ت[^ا]..|مشاركه|مساعده|موافقه|محافظه|مساهمه|مبادره)")
# Verbs of obligation that "not" takes back; «لا ينبغي» forbids.
_BOUND = {"يتوجب", "يتعين"}
# Marks behind which somebody's words begin.
_OPENING = {":", '"', "«", "“"}
# How far away the need that somebody stresses is looked for.
_NEEDED = 32
# Tokens from «على» to what is to be done.
_LONGEST = 12


def to_act(pairing: Pairing, frame: Frame, i: int) -> list[Filler]:
    """The subject of the verb of what is asked for: طالب بأن تفتح روسيا, دعا إلى أن يكف فلان; further away where the need
    of it is stressed: شدد، خلال المؤتمر، على ضرورة أن."""
    r = pairing.reading
    _, end = r.bounds(i)
    for k in range(i + 1, min(end - 1, i + _NEEDED)):
        if k >= i + 9 and r.norm(k - 1) not in NEED:
            continue
        opens = r.norm(k) in THAT | _WORDS["opening_demand"] or (r.norm(k) == "لان" and r.norm(i) == "حان")  # حان الوقت لأن
        if opens and r.pos(k + 1) == "VERB":
            found = pairing.frames.verb(k + 1).slots.get("subj", [])
            return [Filler(f.units, 0.8 * f.sure) for f in found if (not f.through or f.stands) and f.units[0].first > k][:1]
    return []


def must(pairing: Pairing, frame: Frame, i: int) -> list[Filler]:
    """ "That it is for Russia to answer": أن على + unit, أنه يجب على + unit."""
    r = pairing.reading
    _, end = r.bounds(i)
    found = []
    for k in range(i + 1, min(end, i + 30)):
        if r.norm(k) != "علي" or k in r.unit_at or not _obliges(pairing, k):
            continue
        if unit := r.unit_at.get(k + 1):
            found.append(Filler(r.group(unit, end)[0], 0.85))
    return found


def obliged(pairing: Pairing, frame: Frame, i: int) -> list[Filler]:
    """Of whom the words at token `i` say, behind the name, that it is for him to act: «روسيا يجب أن», «تركيا عليها أن»."""
    r = pairing.reading
    if behind := _behind(pairing, i) or _who_is_to(pairing, i):
        return _others(pairing, frame, i, behind)
    after = i + 1 + (r.pos(i + 1) == "PRON")
    if r.norm(after) not in _TO or (r.norm(i) == "علي" and after == i + 1):
        return []
    before = r.left(i) if r.pos(i) == "VERB" else None
    unit = r.unit_at.get(i - 1)
    units = before[0] if before and not before[1] else (unit,) if unit and not unit.adjective else ()
    if not units or glued_preposition(units[0].prefix) or units[-1].last < i - 3:
        return []
    opened = r.norm(units[0].first - 1) in THAT or r.doc[units[0].first - 1].text in _OPENING or units[0].first == r.bounds(i)[0]
    acts = r.pos(after + 1) == "VERB" and "Voice=Pass" not in str(r.doc[after + 1].morph)
    return _others(pairing, frame, i, units) if opened and acts and r.norm(i - 1) not in NOT else []


def _behind(pairing: Pairing, i: int) -> tuple[Unit, ...]:
    """Those who stand with "to" behind the verb of obligation: ينبغي لفلانة أن."""
    r = pairing.reading
    k = i + 1 + (r.norm(i + 1) == "ل")
    unit = r.unit_at.get(k)
    if r.norm(i) not in OBLIGING or unit is None or unit.adjective or (k == i + 1 and glued_preposition(unit.prefix) != "ل"):
        return ()
    units, after = r.group(unit, r.bounds(i)[1])
    return units if r.norm(after) in _TO and r.norm(i - 1) not in NOT else ()


def _who_is_to(pairing: Pairing, i: int) -> tuple[Unit, ...]:
    """The subject of the verb behind the one of obligation: «يجب أن تسحب فلانة قواتها», but no "should have"."""
    r = pairing.reading
    if r.norm(i) not in OBLIGING or r.norm(i + 1) != "ان" or r.pos(i + 2) != "VERB" or r.norm(i - 1) in NOT | {"كان", "كانت"}:
        return ()
    found = [f for f in pairing.frames.verb(i + 2).slots.get("subj", []) if (not f.through or f.stands) and f.units[0].first > i + 2]
    acts = "Voice=Pass" not in str(r.doc[i + 2].morph)
    return found[0].units if found and acts else ()


def _obliges(pairing: Pairing, k: int) -> bool:
    before = [pairing.reading.norm(k - n) for n in (1, 2, 3)]
    if any(word in _BOUND and pairing.reading.norm(k - n - 1) in NOT for n, word in enumerate(before, 1)):
        return False  # nobody is bound to: لا يتوجب على
    return before[0] in THAT or bool(OBLIGING & set(before))


def owed(pairing: Pairing, frame: Frame, i: int) -> list[Filler]:
    """Those of whom the words at token `i` say that it is for them to act: "It is for Russia to answer" at the head of a
    sentence or of direct speech."""
    r = pairing.reading
    begin, end = r.bounds(i)
    unit = r.unit_at.get(i + 1)
    if r.norm(i) != "علي" or not unit or unit.adjective or i in r.unit_at:
        return []
    opened = i == begin or r.norm(i - 1) in OBLIGING or r.doc[i - 1].text in _OPENING or (r.norm(i - 1) in {"و", "ان", "بان"} and r.pos(i - 1) != "VERB")
    opened = opened or (r.pos(i - 1) == "PRON" and r.norm(i - 2) in THAT)  # إنه على فلانة وقف
    units, after = r.group(unit, end)
    while r.pos(after) == "ADV" or r.norm(after) in _WORDS["beside_demand"]:
        after += 1
    to = r.norm(i - 1) in OBLIGING or r.norm(after) in _TO or bool(_DEFINITE.fullmatch(r.norm(after))) or (r.pos(after) == "NOUN" and after not in r.unit_at and not r.norm(after).startswith("ال") and not r.norm(after).endswith(("ات", "ين", "ون")))
    denied = r.norm(i - 1) in OBLIGING and r.norm(i - 2) in NOT | {"كان"}
    return _others(pairing, frame, i, units) if opened and to and not denied and after - i < _LONGEST else []


def _others(pairing: Pairing, frame: Frame, i: int, units: tuple[Unit, ...]) -> list[Filler]:
    """Those of the units that are not the speaker's own state: what he says that it must do is asked of nobody."""
    actors = pairing.actors
    own = {key for f in pairing.speaker(frame, i) for u in f.units for key in (u.key, *actors.states_of(u.key))}
    found = tuple(u for u in units if not own & {u.key, *actors.states_of(u.key)})
    return [Filler(found, 0.85)] if found else []


SLOTS = {
    "to_act": to_act,
    "على_must": must,
    "must": owed,
    "obliged": obliged,
}

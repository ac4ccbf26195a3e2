"""Slots around those who meet: who is named in, behind or with an event, at which event something is said, who "the two sides"
are, of whom a list behind a noun consists, and where talks take place.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.arabic import bare, fold
from kg.asides import and_its_own
from kg.circumstances import words as circumstances
from kg.clauses import Reading, Unit
from kg.model import EntityType
from kg.morphology import is_future
from kg.particles import COLLECTIVES, COMMAS, RELATIVES, STOPS
from kg.slots import Filler, Frame

if TYPE_CHECKING:
    from kg.pairs import Pairing

# Heads of events that people gather at, folded and without the article.
_GATHERINGS = {"قمه", "موتمر", "منتدي", "ملتقي", "جلسه", "اجتماع", "اجتماعات", "دوره", "حوار", "مناورات", "مناوره"}
# Prepositions, and nouns between one and an event: "in a session of", "on the sidelines of", "in the opening of".
_AT = {"في", "خلال", "امام", "اثناء", "لدي", "ضمن", "ب"}
_PARTS = {"جلسه", "جلسات", "هامش", "افتتاح", "ختام", "اعمال", "اطار", "فعاليات", "كلمه", "ندوه", "اجتماعات", "اولي", "مداخله", "خطاب"}
_AMONG = {"مشاركه", "حضور"}
# "Accompanied by", with or without a pronoun; a delegation that somebody heads.
_ESCORTING = ("يرافق", "رافق", "ترافق", "يصحب", "يصطحب", "يراس", "تراس", "يتراس", "تتراس", "يقود")
_HEADED_BY = {"برياسه", "بقياده", "بزعامه"}
_DELEGATIONS = {"وفد", "وفدا", "وفود", "بعثه"}
_TOURS = {"جوله", "زياره", "رحله"}
_LEADERS = {"زعماء", "قاده", "روساء", "وزراء", "رييسي", "زعيمي", "دول"}
# "The two sides": who the talks before were between.
_TWO = {"الجانبان", "الطرفان", "البلدان", "الدولتان", "الحكومتان", "الاثنان", "الجانبين", "الطرفين", "البلدين", "الدولتين", "الرييسان", "الزعيمان", "الوزيران", "الرجلان", "المسوولان", "المسيولان"}
_CONTACTS = {"met_with", "spoke_with", "negotiated_with"}
_LISTING = {"(", ":", "مثل", "هي", "هم", "وهي", "وهم", "وهما", "هما", "منها", "ومنها", "بينها", "بينهم", "وبينها", "ابرزها", "خصوصا", "لاسيما"}
# Tokens that are looked over.
_NEAR, _FAR, _BEFORE = 8, 24, 120


def named(pairing: Pairing, frame: Frame, i: int) -> list[Filler]:
    """The event or body that the trigger is the head of."""
    unit = pairing.reading.unit_at.get(i)
    return [Filler((unit,), 0.9)] if unit else []


def inside(pairing: Pairing, frame: Frame, i: int) -> list[Filler]:
    """The persons in the name of the event, or the two states: "the summit of X and Y", "the Russian-American summit"."""
    unit = pairing.reading.unit_at.get(i)
    if unit and len(unit.within) > 1:
        return [Filler(unit.within, 0.9)]
    states = tuple(u for u in unit.states if u.adjective or any(v.first == u.first and v.key != u.key for v in unit.states)) if unit else ()
    return [Filler(states, 0.85)] if len(states) == 2 else []


def leaders(pairing: Pairing, frame: Frame, i: int) -> list[Filler]:
    """Those whose event it is, right behind its name: "the summit of the leaders of X and Y"."""
    r = pairing.reading
    _, end = r.bounds(i)
    k = i + 1
    led = r.norm(k) == "ل" or (k in r.unit_at and r.unit_at[k].prefix == "ل")
    k += r.norm(k) == "ل"
    while k not in r.unit_at and r.norm(k) in _LEADERS:
        k += 1
    unit = r.unit_at.get(k) if led and k < end else None
    return [Filler(r.group(unit, end)[0], 0.85)] if unit and unit.first == k and not unit.adjective else []


def the_two(r: Reading, fillers: list[Filler]) -> bool:
    """ "Between the two countries": of a named event that says nothing, for it is of those whose it has been said to be."""
    return all(r.norm(u.first) in _TWO for f in fillers for u in f.units)


def sides(pairing: Pairing, frame: Frame, i: int) -> list[Filler]:
    """Those between whom something is; with a verb, those of its object ("saw a quarrel between")."""
    r = pairing.reading
    told = [f for f in frame.slots.get("between", []) if not f.through]
    if told:
        return [] if the_two(r, told) else told
    if r.pos(i) != "VERB":
        return []
    _, end = r.bounds(i)
    for k in range(i + 1, min(end, i + _FAR)):
        if (r.pos(k) == "VERB" and k not in r.unit_at) or r.doc[k].text in STOPS or r.norm(k) in RELATIVES:
            return []
        if r.norm(k) == "بين" and k not in r.unit_at:
            unit = r.unit_at.get(k + 1)
            return [Filler(r.group(unit, end)[0], 0.8)] if unit and not unit.adjective else []
    return []


def led(pairing: Pairing, frame: Frame, i: int) -> list[Filler]:
    """The state in the name of an alliance that it leads: التحالف بقيادة السعودية."""
    r = pairing.reading
    unit = r.unit_at.get(i)
    words = r.article.cut(unit.span).split() if unit else []
    k = next((n for n, word in enumerate(words) if fold(word) in {"بقياده", "بزعامه"}), len(words))
    ids = pairing.actors.reference.names.get(fold(" ".join(words[k + 1 :])), ()) if unit else ()
    if unit is None or len(ids) != 1 or pairing.actors.reference.things[ids[0]].type is not EntityType.COUNTRY:
        return []
    return [Filler((replace(unit, key=f"ref:{ids[0]}", type=EntityType.COUNTRY, first=unit.last - 1),), 0.9)]


def to_come(reading: Reading, unit: Unit) -> bool:
    """The article says of the event somewhere that it is ahead: planned, coming, to be held; of two who meet, also where it
    says "the summit"."""
    r = reading
    for k in range(len(r.doc)):
        other = r.unit_at.get(k)
        same = other is not None and other.first == k and other.key == unit.key
        if not same and not (unit.within and other is None and r.norm(k) in {"القمه", "قمه"}):
            continue
        last = other.last if other else k + 1
        begin, end = r.bounds(k)
        near = (*range(max(begin, k - 3), k), *range(last, min(end, last + 3)))
        if any(r.norm(m) in circumstances()["ahead"] or is_future(r.norm(m)) for m in near):
            return True
    return False


def held_by(reading: Reading, frame: Frame) -> bool:
    """The verb around an event says that it is held: its negation is the event's."""
    return frame.host is not None and reading.norm(frame.host) in circumstances()["convenes"]


def attending(pairing: Pairing, frame: Frame, i: int) -> list[Filler]:
    """Who follows "with the participation of", "in the presence of" in the clause: units, or nisbas of their armies."""
    r = pairing.reading
    _, end = r.bounds(i)
    for k in range(i + 1, min(end, i + _FAR)):
        if r.doc[k].text in STOPS or (r.pos(k) == "VERB" and k not in r.unit_at):
            return []
        if r.norm(k) in {"بمشاركه", "بحضور"} or (r.norm(k) in _AMONG and r.norm(k - 1) == "ب"):
            unit = _first_unit(r, k + 1, min(end, k + 12))
            return [Filler(r.group(unit, end)[0], 0.85)] if unit else []
    return []


def _first_unit(r: Reading, first: int, last: int) -> Unit | None:
    for k in range(first, last):
        if unit := r.unit_at.get(k):
            return unit
        if r.pos(k) in {"VERB", "SCONJ"} or r.doc[k].text in STOPS or r.norm(k) == "في":
            return None
    return None


def occasion(pairing: Pairing, frame: Frame, i: int) -> list[Filler]:
    """The event at which the verb at token `i` is done: before the verb at the head of the clause ("during the summit, X
    repeated"), right behind the verb, or right behind its subject ("said X at the conference that")."""
    r = pairing.reading
    told = [f.units[-1] for slot in ("subj", "obj") for f in frame.slots.get(slot, [])]
    ends = [i + 1] + [unit.last for unit in told if unit.first > i]
    for k in ends:
        while k < r.bounds(i)[1] and (r.doc[k].text in COMMAS or r.is_adverb(k) or r.doc[k].text in {"(", ")"}):
            k += 1
        if unit := _event_at(r, k):
            return [Filler((unit,), 0.85)]
    unit = _opening(r, i) or (_before_where(r, i) if r.norm(i - 1) == "حيث" else None)
    return [Filler((unit,), 0.85)] if unit else []


def _before_where(r: Reading, i: int) -> Unit | None:
    """The gathering before "where": "took part in the summit, where he met"."""
    begin, _ = r.bounds(i)
    near = [u for u in r.units if begin <= u.first and i - _FAR < u.last <= i - 1 and u.type is EntityType.EVENT]
    return near[-1] if near and _gathers(r, near[-1]) else None


def _event_at(r: Reading, k: int) -> Unit | None:
    """The gathering behind the preposition at token `k`, perhaps over "the opening of", "a session of"."""
    if r.norm(k) == "علي" and r.norm(k + 1) == "هامش":
        k += 1
    elif r.norm(k) not in _AT or k in r.unit_at:
        return None
    k += 1
    while bare(r.norm(k)) in _PARTS or r.norm(k) in {"ل", "من"}:
        k += 1
        while r.pos(k) == "ADJ" and k not in r.unit_at:
            k += 1
    unit = r.unit_at.get(k)
    return unit if unit and unit.type is EntityType.EVENT and unit.first == k and _gathers(r, unit) else None


def _gathers(r: Reading, unit: Unit) -> bool:
    words = {r.norm(k).removeprefix("ال") for k in range(unit.first, unit.last)}
    return bool(words & _GATHERINGS)


def _opening(r: Reading, i: int) -> Unit | None:
    """The event at the head of the clause of the verb at token `i`."""
    begin, _ = r.bounds(i)
    k = begin
    while k < i and (r.norm(k) in {"و", "ف"} or r.pos(k) == "PUNCT"):
        k += 1
    unit = _event_at(r, k)
    if unit is None or unit.last > i or i - unit.last > _FAR:
        return None
    between = [m for m in range(unit.last, i) if r.pos(m) == "VERB" and m not in r.unit_at]
    return unit if all(any(r.norm(n) in RELATIVES for n in range(max(unit.last, m - 2), m)) for m in between) else None


def listed(pairing: Pairing, frame: Frame, i: int) -> list[Filler]:
    """Who a participle says to take part, over "the states" and adjectives: "A and B, the two states that take part in"."""
    r = pairing.reading
    begin, _ = r.bounds(i)
    k = i - 1
    while k > begin and k > i - _NEAR and (bare(r.norm(k)) in COLLECTIVES or r.pos(k) in {"ADJ", "NUM", "PUNCT"} or (k in r.unit_at and r.unit_at[k].adjective)):
        if k in r.unit_at and r.norm(k - 1) not in COLLECTIVES and r.pos(k - 1) != "NOUN":
            break
        k -= 1
    unit = r.unit_at.get(k)
    apart = unit is not None and (unit.last == i or any(r.pos(m) == "PUNCT" for m in range(unit.last, i)))
    if not unit or not apart or unit.adjective or unit.type is EntityType.EVENT:
        return []
    return [Filler(r.group_back(unit, begin), 0.85)]


def members(pairing: Pairing, frame: Frame, i: int) -> list[Filler]:
    """The list behind a bracket, a colon, "such as", "which are": "the member states (A, B and C)"."""
    r = pairing.reading
    _, end = r.bounds(i)
    i = max(i, r.unit_at[i].last - 1) if i in r.unit_at else i
    for k in range(i + 1, min(end - 1, i + _NEAR + 4)):
        if r.pos(k) == "VERB" and k not in r.unit_at:
            return []
        among = r.norm(k) in {"بين", "من"} and r.pos(k + 1) == "PRON"
        if among or r.doc[k].text in _LISTING or r.norm(k) in _LISTING:
            unit = r.unit_at.get(k + 2 if among else k + 1)
            if unit and not unit.adjective:
                return [Filler(r.group(unit, end)[0], 0.85)]
    return []


def both(pairing: Pairing, frame: Frame, i: int) -> list[Filler]:
    """ "The two sides": those that the nisbas behind it name, else those of the talks told before."""
    r = pairing.reading
    begin, end = r.bounds(i)
    for k in (i + 1, i - 1, i - 2):
        unit = r.unit_at.get(k)
        if unit and unit.organ and r.norm(unit.first) in _TWO:
            other = r.unit_at.get(unit.last + 1)
            return [Filler((unit, other), 0.85)] if other and other.adjective and r.norm(unit.last) == "و" else []
        if begin <= k < end and not unit and r.norm(k) in _TWO:
            other = r.unit_at.get(k + 1)
            if other and other.adjective:
                group = r.group(other, end)[0]
                return [Filler(group, 0.85)] if len(group) > 1 else []
            return [Filler(pair, 0.7) for pair in _talks_before(pairing, k)][:1]
    if r.norm(i).endswith("ا") and r.pos(i) == "VERB" and not frame.slots.get("obj"):  # «واتفقا»
        pair = next(_talks_before(pairing, i), None)
        return [Filler(pair, 0.75)] if pair and pair[0].first >= begin else []
    return []


def _talks_before(pairing: Pairing, i: int) -> Iterator[tuple[Unit, ...]]:
    r = pairing.reading
    for k in range(i - 1, max(-1, i - _BEFORE), -1):
        if k in r.unit_at and not r.unit_at[k].adjective:
            continue
        for trigger in pairing.rules.triggers.get(r.norm(k), ()):
            if trigger.rule.relation not in _CONTACTS or "both" in trigger.rule.subject or not pairing.fires(trigger, k):
                continue
            frame = pairing.frame(trigger, k)
            if pairing.allowed(trigger, frame, k):
                for pair in pairing.pairs(trigger.rule, frame, k):
                    yield (pair.subjects.units[0], pair.objects.units[0])


def main(pairing: Pairing, frame: Frame, i: int) -> list[Filler]:
    """The subject of the main verb behind a phrase at the head of the sentence: "during a meeting with X, Y said"."""
    r = pairing.reading
    begin, end = r.bounds(i)
    if i > begin + 4 or frame.slots.get("gen") or r.pos(i + 1) == "PRON" or any(r.pos(k) == "VERB" for k in range(begin, i)):
        return []
    k, aside = i + 1, False
    while k < min(end, i + 2 * _FAR):
        if r.norm(k) in RELATIVES:
            aside = True
        elif r.doc[k].text in COMMAS:
            aside = False
        elif r.norm(k) in {"ان", "بان"} or r.doc[k].text in STOPS:
            return []
        elif r.pos(k) == "VERB" and k not in r.unit_at and not aside:
            return [Filler(f.units, 0.8) for f in pairing.frames.verb(k).slots.get("subj", []) if not f.through][:1]
        k += 1
    return []


def where(pairing: Pairing, frame: Frame, i: int) -> list[Filler]:
    """The place of the clause."""
    if pairing.circumstances is None:
        return []
    unit = pairing.circumstances.site(i, frame.host)
    return [Filler((unit,), 0.8)] if unit else []


def met(pairing: Pairing, frame: Frame, i: int) -> list[Filler]:
    """The one whom the meeting is with that has nobody else behind it: "after the meeting of (= with) his counterpart Y"."""
    r = pairing.reading
    slots = frame.slots
    if slots.get("مع") or slots.get("between") or slots.get("ب") or slots.get("gen2") or r.pos(i + 1) == "PRON" or r.norm(i).startswith("ال"):
        return []
    return [f for f in slots.get("gen", []) if len(f.units) == 1 and not f.through][:1]


def two(pairing: Pairing, frame: Frame, i: int) -> list[Filler]:
    """The two that a dual pronoun at the verb is for, the last persons named in the sentence: "a dinner that brought them together"."""
    r = pairing.reading
    if r.norm(i + 1) != "هما" or r.pos(i + 1) != "PRON":
        return []
    begin, end = r.bounds(i)
    if pair := r.pair(i):
        return [Filler(pair, 0.75)]
    if any(begin <= u.first < i and u.type is EntityType.PERSON for u in r.units):
        return []
    # "in a call that brought them together X and Y stressed"
    behind = next((u for u in r.units if i < u.first < end and u.type is EntityType.PERSON and not u.adjective), None)
    group = r.group(behind, end)[0] if behind else ()
    return [Filler(group, 0.75)] if len(group) == 2 else []


def signers(pairing: Pairing, frame: Frame, i: int) -> list[Filler]:
    """Those who sign for the sides: وقع عن الجانب المصري فلان وعن الجانب الروسي فلان."""
    r = pairing.reading
    _, end = r.bounds(i)
    found: dict[str, Unit] = {}
    for k in range(i + 1, min(end, i + 2 * _FAR)):
        if r.norm(k) in {"عن", "وعن"} and k not in r.unit_at:
            person = next((r.unit_at[m] for m in range(k + 1, min(end, k + _NEAR)) if m in r.unit_at and r.unit_at[m].type is EntityType.PERSON), None)
            if person:
                found.setdefault(person.key, person)
    return [Filler(tuple(found.values()), 0.85)] if len(found) > 1 else []


def traveller(pairing: Pairing, frame: Frame, i: int) -> list[Filler]:
    """Whose the tour is that the verb says something of: "arrived in X on a tour that included"."""
    r = pairing.reading
    k = next((k for k in range(i - 1, max(r.bounds(i)[0], i - _NEAR - 2) - 1, -1) if bare(r.norm(k)) in _TOURS), None)
    if k is None or any(r.pos(m) == "VERB" or r.doc[m].text in STOPS for m in range(k, i)):
        return []
    slots = pairing.frames.noun(k).slots
    return [f for slot in ("gen", "host") for f in slots.get(slot, []) if f.units[0].type is EntityType.PERSON][:1]


def home(pairing: Pairing, frame: Frame, i: int) -> list[Filler]:
    """The state that the speaker stands for, of a deed that nobody else is said to do: "it was struck in coordination with"."""
    found = []
    for filler in pairing.speaker(frame, i):
        unit = filler.units[0]
        if unit.type is not EntityType.PERSON:
            found.append(Filler((unit,), 0.7))
        elif state := pairing.actors.home(unit.key):
            found.append(Filler((replace(unit, key=state, type=EntityType.COUNTRY, organ=True),), 0.7))
    return found


def owned(pairing: Pairing, frame: Frame, i: int) -> list[Filler]:
    """Whose the noun is, by its pronoun, where names follow that: حليفها فلان."""
    following = _behind_pronoun(pairing.reading, i)
    found = [u for u in pairing.reading.antecedents(i + 1) if u.key != following.key] if following else []
    return [Filler((found[0],), 0.75)] if found else []


def them(pairing: Pairing, frame: Frame, i: int) -> list[Filler]:
    """Who the noun with a pronoun is: حليفتاها فلانة وفلانة, حلفاؤها الفرنسيون; or the list behind the noun and its genitive:
    حلفاء فلانة، فلانة وفلانة."""
    r = pairing.reading
    part = r.unit_at.get(i)
    if part and part.organ:
        unit = r.unit_at.get(part.last + 1) if r.doc[min(part.last, len(r.doc) - 1)].text in COMMAS else None
        group = r.group(unit, r.bounds(i)[1])[0] if unit and not unit.adjective else ()
        return [Filler(group, 0.75)] if len(group) > 1 else []
    unit = _behind_pronoun(r, i) if not and_its_own(r, i) else None
    return [Filler(r.group(unit, r.bounds(i)[1])[0], 0.8)] if unit else []


def him(pairing: Pairing, frame: Frame, i: int) -> list[Filler]:
    """The person that the pronoun at the verb means: جولة قادته إلى."""
    r = pairing.reading
    if r.pos(i + 1) != "PRON" or r.surface(i + 1) != r.surface(i):
        return []
    if not any(u.first < i and u.first >= r.bounds(i)[0] for u in r.units) and (ahead := pairing.frames.to_come(i)):
        return [Filler(ahead, 0.8)]  # عقب لقاء جمعه بفلان، قال فلان
    return [Filler((u,), 0.8) for u in r.antecedents(i + 1) if u.type is EntityType.PERSON][:1]


def escort(pairing: Pairing, frame: Frame, i: int) -> list[Filler]:
    """Who goes with the one that the verb is of, or heads the delegation: وصل يرافقه فلان، أوفدت وفدا يرأسه فلان."""
    r = pairing.reading
    _, end = r.bounds(i)
    for k in range(i + 1, min(end, i + _FAR)):
        if r.doc[k].text in STOPS:
            return []
        headed = r.norm(k) in _HEADED_BY or (r.norm(k - 1) == "ب" and "ب" + r.norm(k) in _HEADED_BY)
        if headed and any(r.norm(m) in _DELEGATIONS for m in range(max(i + 1, k - _NEAR), k)):
            unit = next((r.unit_at[m] for m in range(k + 1, min(end, k + _NEAR)) if m in r.unit_at and r.unit_at[m].type is EntityType.PERSON), None)
            return [Filler((unit,), 0.85)] if unit else []
        if r.norm(k) in _ESCORTING and k not in r.unit_at:
            unit = _first_unit(r, k + 2 if r.pos(k + 1) == "PRON" else k + 1, min(end, k + 12))
            return [Filler(r.group(unit, end)[0], 0.85)] if unit else []
        if r.pos(k) == "VERB" and k not in r.unit_at:
            return []
    return []


def _behind_pronoun(r: Reading, i: int) -> Unit | None:
    """The unit right behind the pronoun of the noun at token `i`, perhaps over a nisba: حليفه البوليفي فلان."""
    if r.pos(i + 1) != "PRON" or r.surface(i + 1) != r.surface(i):
        return None
    k = i + 2
    person = r.unit_at.get(k + 1)
    if (r.pos(k) == "ADJ" or (k in r.unit_at and r.unit_at[k].adjective)) and person and person.first == k + 1 and not person.adjective:
        k += 1
    unit = r.unit_at.get(k)
    return unit if unit and unit.first == k else None


SLOTS = {
    "leaders": leaders,
    "event": named,
    "inside": inside,
    "sides": sides,
    "attending": attending,
    "occasion": occasion,
    "listed": listed,
    "members": members,
    "both": both,
    "main": main,
    "led": led,
    "where": where,
    "owned": owned,
    "met": met,
    "two": two,
    "home": home,
    "traveller": traveller,
    "signers": signers,
    "them": them,
    "him": him,
    "escort": escort,
}

"""Slots for the parties of a contact: who "the two sides" are, who meets "in talks with Y, X said", whose ally, whom a dual pronoun
is for, who signs for either side. Others are in kg/pairing/gatherings.py and kg/pairing/meetings.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.arabic import bare, fold
from kg.language.particles import COLLECTIVES, COMMAS, RELATIVES, STOPS
from kg.language.wordclasses import shipped
from kg.model import EntityType
from kg.pairing.gatherings import the_two
from kg.pairing.pairing import Pairing
from kg.slots.slots import Filler, Frame
from kg.syntax.annexation import after_adjectives
from kg.syntax.asides import and_its_own
from kg.syntax.clauses import Reading, Unit

_WORDS = shipped("gatherings")
_CONTACTS = {"met_with", "spoke_with", "negotiated_with"}
# Tokens that are looked over.
_NEAR, _FAR, _BEFORE = 8, 24, 120
# Sentences back in which the other one at a joint press conference is named.
_BACK = 2


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


def both(pairing: Pairing, frame: Frame, i: int) -> list[Filler]:
    """ "The two sides": those that the nisbas behind it name, else those of the talks told before."""
    r = pairing.reading
    begin, end = r.bounds(i)
    for k in (i + 1, i - 1, i - 2):
        unit = r.unit_at.get(k)
        if unit and unit.organ and r.norm(unit.first) in _WORDS["two_sides"]:
            other = r.unit_at.get(unit.last + 1)
            return [Filler((unit, other), 0.85)] if other and other.adjective and r.norm(unit.last) == "و" else []
        if begin <= k < end and not unit and r.norm(k) in _WORDS["two_sides"]:
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


def stage(pairing: Pairing, frame: Frame, i: int) -> list[Filler]:
    """With whom somebody speaks at a joint press conference that names nobody else: who is named in one breath with him before, or as
    his counterpart."""
    r = pairing.reading
    begin, _ = r.bounds(i)
    speaks = [u for f in [*frame.slots.get("host", []), *main(pairing, frame, i)] for u in f.units if u.type is EntityType.PERSON][:1]
    if not speaks or any(frame.slots.get(slot) for slot in ("مع", "between")) or any(r.norm(k) == "مع" for k in range(i, i + _NEAR)):
        return []
    for _ in range(_BACK):
        last, begin = begin, r.bounds(max(0, begin - 1))[0]
        units = [u for u in r.units if begin <= u.first < last and not u.adjective and u.type is EntityType.PERSON]
        for unit in units:
            group = r.group(unit, last)[0]
            others = [u for u in group if u.key != speaks[0].key]
            if len(group) == 2 and len(others) == 1:
                return [Filler((others[0],), 0.75)]
        others = [u for u in units if u.key != speaks[0].key]
        if len({u.key for u in others}) == 1 and len(others) < len(units) and r.norm(others[0].first) in shipped("meetings")["counterparts"]:
            return [Filler((others[0],), 0.75)]
    return []


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


def leaver(pairing: Pairing, frame: Frame, i: int) -> list[Filler]:
    """The state that leaves an agreement, or whose leader does: «انسحاب فلانة», «قد ينسحب فلان»."""
    found = [f for slot in ("gen", "adj", "subj", "host") for f in frame.slots.get(slot, [])][:1]
    unit = found[0].units[0] if found else None
    if unit is None or unit.type is not EntityType.PERSON:
        return found
    state = pairing.actors.home(unit.key)
    return [Filler((replace(unit, key=state, type=EntityType.COUNTRY, organ=True),), 0.7 * found[0].sure)] if state else []


def party(pairing: Pairing, frame: Frame, i: int) -> list[Filler]:
    """With whom the agreement is that somebody leaves, in its name or behind it: «الاتفاق مع فلانة», «الاتفاق بين فلانة والقوى الكبرى»."""
    r = pairing.reading
    accord = next((u for f in frame.slots.get("من", []) for u in f.units if u.type is EntityType.AGREEMENT), None)
    if accord is None:
        return []
    words = r.article.cut(accord.span).split()
    ids = pairing.actors.reference.names.get(fold(" ".join(words[words.index("مع") + 1 :])), ()) if "مع" in words else ()
    if len(ids) == 1 and pairing.actors.reference.things[ids[0]].type is EntityType.COUNTRY:
        return [Filler((replace(accord, key=f"ref:{ids[0]}", type=EntityType.COUNTRY, first=accord.last - 1),), 0.8)]
    k = after_adjectives(r, accord.last - 1)
    unit = r.unit_at.get(k + 1)
    between = r.norm(k) == "بين" and unit is not None and r.norm(unit.last) == "و" and bare(r.norm(unit.last + 1)) in COLLECTIVES
    return [Filler((unit,), 0.8)] if unit and not unit.adjective and (r.norm(k) == "مع" or between) else []


def owned(pairing: Pairing, frame: Frame, i: int) -> list[Filler]:
    """Whose the noun is, by its pronoun, where names follow that: حليفها فلان; what it is joined to, if it is: فلانة وحليفها فلان."""
    r = pairing.reading
    following = _behind_pronoun(r, i)
    joined = next((u for m in (i - 2, i - 3) if (u := r.unit_at.get(m)) and r.norm(i - 1) == "و" and (m == i - 2 or r.doc[i - 2].text in COMMAS)), None)
    agrees = joined is not None and (joined.type is not EntityType.PERSON or (r.norm(i + 1) == "ها") is bool(joined.feminine))
    if following and joined and agrees and not joined.adjective and joined.key != following.key:
        return [Filler((joined,), 0.75)]
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


def chair(pairing: Pairing, frame: Frame, i: int) -> list[Filler]:
    """Who heads the one side at talks, is there for it: «ترأس الجانب المصري فلان، والجانب السعودي فلان»."""
    found = _sides(pairing.reading, i)
    return [Filler(found[0], 0.85)] if found else []


def other_chair(pairing: Pairing, frame: Frame, i: int) -> list[Filler]:
    """Who heads the other side."""
    found = _sides(pairing.reading, i)
    return [Filler(found[1], 0.85)] if found else []


def _sides(r: Reading, i: int) -> list[tuple[Unit, ...]]:
    """The persons behind the first and the second "side of", "delegation of" behind token `i` in its sentence."""
    _, end = r.bounds(i)
    found: list[tuple[Unit, ...]] = []
    states: set[str] = set()
    for k in range(i + 1, min(end, i + 3 * _FAR)):
        side = r.unit_at.get(k)
        if side is None or side.first != k or not side.organ or r.norm(k) not in _WORDS["sides"]:
            continue
        person = next((r.unit_at[m] for m in range(side.last, min(end, side.last + _NEAR)) if m in r.unit_at and r.unit_at[m].first == m), None)
        if person and person.type is EntityType.PERSON and not person.adjective and side.key not in states:
            states.add(side.key)
            found.append(tuple(u for u in r.group(person, end)[0] if u.type is EntityType.PERSON))
    return found if len(found) == 2 else []


def those_two(pairing: Pairing, frame: Frame, i: int) -> list[Filler]:
    """The two whom a third joins: «انضم إليهما فلان», «ينضم إلى الرئيسين فلان»."""
    r = pairing.reading
    for k in range(i + 1, min(r.bounds(i)[1], i + 4)):
        if r.norm(k) == "هما" and r.norm(k - 1) == "الي" and (pair := r.pair(k)):
            return [Filler(pair, 0.75)]
        if r.norm(k) in _WORDS["two_persons"] and k not in r.unit_at:
            return [Filler(pair, 0.7) for pair in _talks_before(pairing, k)][:1]
    return []


def _behind_pronoun(r: Reading, i: int) -> Unit | None:
    """The unit right behind the pronoun of the noun at token `i`, perhaps over a nisba, between commas or as those they are of:
    حليفه البوليفي فلان، حليفتها اللبنانية، حركة كذا، حلفاؤها من حركة كذا."""
    if r.pos(i + 1) != "PRON" or r.surface(i + 1) != r.surface(i):
        return None
    k = i + 2
    behind = next((m for m in range(k, len(r.doc)) if r.pos(m) != "ADJ" and not (m in r.unit_at and r.unit_at[m].adjective)), k)
    aside = r.unit_at.get(behind + 1) if behind > k and r.doc[behind].text in COMMAS else None
    group = r.unit_at.get(k + 1) if r.norm(k) == "من" and r.norm(i).endswith(("اء", "او")) else None
    for unit in (aside, group):
        if unit and not unit.adjective and not unit.prefix and unit.type in {EntityType.ORGANIZATION, EntityType.ARMED_GROUP}:
            return unit
    person = r.unit_at.get(k + 1)
    if (r.pos(k) == "ADJ" or (k in r.unit_at and r.unit_at[k].adjective)) and person and person.first == k + 1 and not person.adjective:
        k += 1
    unit = r.unit_at.get(k)
    return unit if unit and unit.first == k else None


SLOTS = {
    "sides": sides,
    "both": both,
    "main": main,
    "met": met,
    "stage": stage,
    "two": two,
    "signers": signers,
    "home": home,
    "leaver": leaver,
    "party": party,
    "owned": owned,
    "them": them,
    "chair": chair,
    "other_chair": other_chair,
    "those_two": those_two,
}

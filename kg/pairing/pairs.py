"""Frame of a trigger + rule -> the pairs of subjects and objects that the rule states: slot by slot, the first that fits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from kg.arabic import bare, fold_word
from kg.inventory import RELATIONS
from kg.language.particles import (
    COMPOUND,
    DAYS,
    DECISIONS,
    EXPELLED,
    HOMES,
    OFFICES,
    PASSED,
    SHORTENING,
    TRANSPARENT,
)
from kg.language.wordclasses import shipped
from kg.model import EntityType
from kg.pairing import (
    arrests,
    beside,
    controls,
    demands,
    expulsions,
    gatherings,
    meetings,
    parties,
    strikes,
    told,
    travels,
)
from kg.pairing.actors import Actors
from kg.pairing.pairing import Pair
from kg.qualifiers import cues
from kg.qualifiers.attribution import Attribution
from kg.qualifiers.circumstances import Circumstances
from kg.rules import CONTACTS, DOERS, WORDS, RuleRow, RuleSet, Trigger
from kg.slots.frames import Frames
from kg.slots.nominal import CARRIERS
from kg.slots.slots import GUESSED, RESOLVED, Filler, Frame
from kg.syntax import members
from kg.syntax.clauses import Reading, Unit

_CLASSES = shipped("slots")
_NOUN_POS = {"NOUN", "ADJ", "X", "PROPN", "NUM"}
# Slots of standing facts: what the sentence says of its verb (will, not) says nothing of them.
_STANDING = {"apposed", "possessor", "next", "self"}
# Relations that an interview is not.
_TALKS = {"met_with", "spoke_with", "negotiated_with"}
# Relations of nouns that say who moves: "the departure of forty thousand from".
_OF_THEIR_OWN = {"withdrew_from", "travelled_to", "left", "visited"}
# Relations that are not with a place where something is that they are about: "rejected intervention in Libya".
_POINTED = {"opposes", "supports", "called_on", "condemned"}
# Slots of who acts.
_ACTING = {"subj", "gen", "host"}
# Nouns between a verb and the noun that it carries, and how many others there may be.
_PASSED, _NOUNS_BETWEEN = CARRIERS | TRANSPARENT | PASSED, 2
# Tokens before and after a trigger in which the words that a rule requires are looked for.
_BEFORE, _AFTER = 3, 18


@dataclass(frozen=True)
class Pairs:
    """Finds the pairs of one article's triggers: a `Pairing`."""

    reading: Reading
    rules: RuleSet
    frames: Frames
    attribution: Attribution
    actors: Actors
    circumstances: Circumstances | None = None
    _windows: dict[tuple[int, bool], frozenset[str]] = field(default_factory=dict)

    # -- triggers -----------------------------------------------------------------------------------------------------

    def fires(self, trigger: Trigger, i: int) -> bool:
        """The token is what the trigger needs: a verb, a participle without article, a noun with the words that follow it."""
        r = self.reading
        pos = r.pos(i)
        if (r.norm(i - 1), r.norm(i)) in COMPOUND:
            return False  # في مواجهة is a preposition
        if trigger.verb and not trigger.participle:
            return pos == "VERB" and (not trigger.short or r.norm(i - 1) in SHORTENING)
        if trigger.participle:
            genitive = r.pos(i - 1) == "NOUN" and i - 1 not in r.unit_at and not r.norm(i - 1).startswith("ال") and r.norm(i - 1) not in DAYS
            if pos == "NOUN" and r.norm(i) in OFFICES and (r.norm(i - 1) == "و" or r.pos(i - 1) == "ADP"):
                return False  # فلان وقائد قوات فلانة: the office of another
            return pos in {"ADJ", "NOUN"} and not r.norm(i).startswith("ال") and r.norm(i) not in _CLASSES["craft"] and not (genitive and r.norm(i).endswith("ين"))
        if pos == "ADJ" and "host" in trigger.rule.subject and r.pos(i - 1) == "NOUN" and not trigger.phrase and r.norm(i).endswith("ه"):
            return False  # مظاهرات مناهضة, المرشحة المعارضة: an adjective of what stands before
        return (pos in _NOUN_POS or r.norm(i) in _CLASSES["predicates"]) and all(r.norm(i + 1 + n) in {w, "ال" + w} for n, w in enumerate(trigger.phrase))

    def frame(self, trigger: Trigger, i: int) -> Frame:
        """The frame of a trigger at token `i`: of its verb, or of the last noun of its phrase."""
        return self.frames.verb(i) if trigger.verb else self.frames.noun(i + len(trigger.phrase))

    def allowed(self, trigger: Trigger, frame: Frame, i: int) -> bool:
        """The words that the rule asks for stand around the trigger, and the verb above it is one of the rule's."""
        rule = trigger.rule
        window = self.window(i, rule.relation in CONTACTS | WORDS)
        if rule.host and not self._hosted(rule, frame, i):
            return False
        if "host" in rule.object and (governed := controls.control(self, i)) and governed.row.another:
            return False  # اتهم فلان فلانا بمساعدة: nobody helped him
        if rule.not_host and frame.host is not None and self.reading.norm(frame.host) in self.rules.not_hosts[rule.id]:
            return False
        if rule.under and not self._under(folded(rule.under), i):
            return False
        if rule.not_under and self._under(folded(rule.not_under), i):
            return False
        if rule.requires and not window & folded(rule.requires):
            return False
        if rule.unless and window & folded(rule.unless):
            return False
        if rule.to and not self._toward(folded(rule.to), i):
            return False
        if rule.place and not any(u.type is EntityType.PLACE for f in frame.slots.get("في", []) for u in f.units):
            return False
        if (needed := rule.requires_if.get(trigger.verb)) is not None:
            return bool(window & folded(needed))
        return True

    def _under(self, words: frozenset[str], i: int) -> bool:
        """One of the words stands right before the trigger, or before an adjective, number or preposition at its head."""
        r = self.reading
        i -= r.doc[i - 1].text in {'"', "«", "“"}
        return r.norm(i - 1) in words or (r.norm(i - 2) in words and r.pos(i - 1) in {"ADJ", "NUM", "ADP", "DET", ""})

    def _toward(self, words: frozenset[str], i: int) -> bool:
        """One of the words stands right behind a "to" or "for" behind the trigger."""
        r = self.reading
        ahead = range(i + 1, min(r.bounds(i)[1], i + _AFTER))
        behind = {r.norm(k + 1) for k in ahead if r.norm(k) in {"الي", "ل"}} | {r.norm(k)[1:] for k in ahead if r.norm(k).startswith("ل")}
        return any({word, word.removeprefix("ال"), word.removesuffix("ه")} & words for word in behind)

    def _hosted(self, rule: RuleRow, frame: Frame, i: int) -> bool:
        """The noun hangs on one of the rule's verbs, or on the verbal noun of one (تعهدت بتقديم مساعدات)."""
        if frame.host is not None and self.reading.norm(frame.host) in self.rules.hosts[rule.id]:
            return True
        r, k = self.reading, i - 1
        while r.pos(k) == "NUM" or r.norm(k) in _CLASSES["many"]:
            k -= 1  # بشن مئات الغارات
        chained = r.pos(k - 1) == "NOUN" and k - 1 not in r.unit_at and r.norm(k - 1) not in PASSED | DECISIONS | CARRIERS and not r.is_adverb(k - 1)
        platforms = chained and r.preposition(k - 1) is None  # منصات إطلاق الصواريخ
        return "host" not in rule.object and r.norm(k).lstrip("لب") in CARRIERS and not platforms

    def _of_organisation(self, k: int, i: int) -> bool:
        """Token `k` is within the name of an organisation that does not hold the trigger: "for cooperation" tells of none."""
        unit = self.reading.unit_at.get(k)
        return unit is not None and unit.type is EntityType.ORGANIZATION and k > unit.first and not unit.first <= i < unit.last

    def window(self, i: int, wide: bool = False) -> frozenset[str]:
        """The words of the trigger's clause, as tokens and as they are written: a dozen after it, a few before. A `wide` one takes
        names as one word."""
        if (i, wide) in self._windows:
            return self._windows[i, wide]
        r = self.reading
        begin, end = r.bounds(i)
        last = i + 1
        for _ in range(_AFTER - 1):
            last = r.unit_at[last].last if wide and last in r.unit_at else last + 1
        around = [k for k in range(max(begin, i - _BEFORE), min(end, last)) if not self._of_organisation(k, i)]
        found = {r.norm(k) for k in around} | {r.surface(k) for k in around} | {r.norm(k) + r.norm(k + 1) for k in around if members.cut(r, k)}
        self._windows[i, wide] = frozenset(found | {word.removeprefix("ال") for word in found})
        return self._windows[i, wide]

    # -- pairs --------------------------------------------------------------------------------------------------------

    def pairs(self, rule: RuleRow, frame: Frame, i: int) -> Iterator[Pair]:
        """What the rule states of the frame."""
        relation = RELATIONS[rule.relation]
        between = frame.slots.get("between", [])
        if rule.event and between and gatherings.the_two(self.reading, between):
            between = []
        if "between" in rule.object and (both := self._reciprocal(between, rule)):
            yield from both
            return
        if "accuser" in rule.object:
            yield from (Pair(denies, accusers, rule.standing) for denies, accusers in told.accusers(self, rule, frame, i))
            return
        if "provoker" in rule.object:
            yield from (Pair(answers, others, rule.standing) for answers, others in told.accusers(self, rule, frame, i, told.PROVOKING))
            return
        objects = None
        for objects in self._filled(rule.object, frame, i, relation.range, rule.object_types, rule):
            subjects = self.first(self._agents(rule, frame, i), frame, i, relation.domain, rule.subject_types, rule, objects[1])
            if subjects and len(subjects[1].units) > 1 and {u.key for u in subjects[1].units} & {u.key for u in objects[1].units}:
                continue  # وقفت في وجهها سوريا وإيران: the pronoun is for none of those who do it
            if subjects:
                yield Pair(subjects[1], objects[1], rule.standing or self._set_apart({subjects[0], objects[0]}, i))
                if rule.together and any(self.reading.norm(k) in folded(rule.together) for k in range(i, self.reading.bounds(i)[1])):
                    yield from self._reciprocal([objects[1]], rule)
                return
        if objects is None and rule.reciprocal:
            for slot in rule.subject:
                if slot == "host" and self.reading.norm(i).startswith("ال") and self.reading.norm(i) not in folded(rule.nouns):
                    continue  # "both welcomed the agreement": it is known, and not said to be theirs
                if slot == "host" and frame.host is not None and self.reading.norm(frame.host) in _CLASSES["attending"]:
                    continue  # who attend a meeting may be of one side
                if both := self._reciprocal(self._fillers(slot.rstrip("~"), frame, i), rule, slot.endswith("~")):
                    yield from both
                    return

    def _agents(self, rule: RuleRow, frame: Frame, i: int) -> tuple[str, ...]:
        """The slots of the subject; not that of the verb around a noun whose relative clause says whose it is."""
        if DOERS & set(rule.subject):
            return rule.subject
        if frame.first:  # «ندعو»: who says so
            return tuple("speaker" if slot == "subj" else slot for slot in rule.subject)
        if frame.host is not None and self.reading.norm(frame.host) in self.rules.first and self.reading.pos(frame.host) == "VERB":
            return tuple("speaker" if slot == "host" else slot for slot in rule.subject)  # «أجرينا محادثات»
        governed = controls.control(self, i) if "host" in rule.subject else None
        ordered = governed and self.reading.norm(governed.at) in self.rules.deeds.get(rule.id, ())
        if governed and not ordered and (governed.row.another or not controls.verbal(self, governed.at)):
            return tuple("doer" if slot == "host" else slot for slot in rule.subject if slot not in {"host_of~", "host_of"})
        if frame.host is not None and self._put_on_another(frame):
            return (*("host_obj" if slot == "host" else slot for slot in rule.subject), "host_obj")
        if "host" in rule.subject and cues.reason(self.reading, frame.token):
            return ("before_reason", *rule.subject)
        if "host" in rule.subject and members.answered(self.reading, i):
            return tuple(slot for slot in rule.subject if slot.rstrip("~") not in {"host", "host_of", "main", "speaker"})
        if frame.nobody or (frame.owned and frame.slots.get("gen")) or not self._close(rule, frame):
            others = {"host", "host_of", "main", "speaker"} if frame.owned else {"host", "host_of"}
            return tuple(slot for slot in rule.subject if slot.rstrip("~") not in others)
        if rule.host and self.reading.norm(frame.host or 0) not in self.rules.hosts[rule.id]:
            return tuple(slot for slot in rule.subject if slot != "host_of~")  # ندد نص الجمعية بإطلاق صواريخ
        return rule.subject

    def _put_on_another(self, frame: Frame) -> bool:
        """The verb around the noun accuses or asks somebody of the deed, who is then its doer: اتهم فلان فلانا بقصف."""
        said = self.rules.cues["governor"].get(self.reading.norm(frame.host or 0))
        if self._under(_CLASSES["framing"], frame.token):
            return False  # ordered it after a call with X: the call is his own
        after = any(self.reading.norm(k) in {"ب", "الي", "علي"} for k in range(max(frame.host or 0, frame.token - 3), frame.token))
        return said in {"requested", "reported"} and after and bool(frame.slots.get("host_obj"))

    def _close(self, rule: RuleRow, frame: Frame) -> bool:
        """The subject of the verb around a noun may be that of the noun: hardly another noun stands between them, and none
        right behind the noun says who does it (خروج أربعين ألف مدني)."""
        r, i = self.reading, frame.token
        if frame.host is None:
            return True
        counted = i + 1 not in r.unit_at and (r.pos(i + 1) == "NUM" or r.norm(i + 1) in _CLASSES["many"])
        if counted and rule.relation in _OF_THEIR_OWN:
            return False
        between = [k for k in range(frame.host + 1, i) if r.pos(k) == "NOUN" and k not in r.unit_at]
        return len([k for k in between if bare(r.norm(k)) not in _PASSED and not r.is_adverb(k)]) <= _NOUNS_BETWEEN

    def _set_apart(self, slots: set[str], i: int) -> bool:
        """The pair is told beside what the sentence says: "Armenia, an ally of Russia, …", not "Pakistan (is) an ally of"."""
        beside = slots & _STANDING
        if beside == {"apposed"}:
            return self.reading.pos(i - 1) == "PUNCT" or self.reading.norm(i).startswith("ال")
        return bool(beside)

    def _reciprocal(self, fillers: Iterable[Filler], rule: RuleRow, through: bool = False) -> list[Pair]:
        """Each with each of one group; seen through a noun (the Egyptian and the French armies) where the rule says so."""
        told = [filler for filler in fillers if through or not filler.through]
        found = [(filler, a, b) for filler in told for n, a in enumerate(filler.units) for b in filler.units[n + 1 :] if a.key != b.key]
        if not RELATIONS[rule.relation].symmetric:
            found += [(filler, b, a) for filler, a, b in found]
        return [Pair(replace(filler, units=(a,)), replace(filler, units=(b,)), rule.standing) for filler, a, b in found]

    def first(self, *asked: Any) -> tuple[str, Filler] | None:
        """The first of what `_filled` gives."""
        return next(self._filled(*asked), None)

    def _filled(
        self, slots: Iterable[str], frame: Frame, i: int, types: frozenset[EntityType], narrower: tuple[EntityType, ...], rule: RuleRow, others: Filler | None = None
    ) -> Iterator[tuple[str, Filler]]:
        """The slots that are filled with units of the right types, in the order of the rule, which are not the `others` nor stand for them."""
        wanted = types & frozenset(narrower) if narrower else types
        for slot in slots:
            if slot == "between":
                continue
            at_home = False
            for filler in self._fillers(slot.rstrip("~^"), frame, i):
                if at_home and filler.sure == GUESSED:  # the visit is not that of the one who is at home there
                    if self.reading.norm(filler.units[0].first) in meetings.COUNTERPARTS:
                        continue
                    filler = replace(filler, sure=RESOLVED)
                if (filler.through and not slot.endswith(("~", "^")) and not self._represents(filler, rule)) or (slot.endswith("^") and (not filler.through or filler.loose)):
                    continue
                if filler.loose and rule.relation in _POINTED:
                    continue
                if filler.through and rule.not_heads and filler.head is not None and self._any_head(filler.head, rule.not_heads):
                    continue
                heads = rule.subject_heads if others and rule.subject_heads else rule.heads
                if filler.through and heads and not self._headed(filler, heads):
                    continue
                units = tuple(
                    u
                    for u in filler.units
                    if self.actors.as_(u.key, wanted, u, rule.relation) is not None
                    and not (rule.relation in _TALKS and (self._outlet(u) or (u.type is EntityType.ORGANIZATION and self.reading.norm(i).startswith("مقابل"))))
                    and not (not others and slot == "gen" and rule.relation in WORDS and u.organ and self.reading.norm(u.first) in HOMES)  # إدانة بلاده: by it
                    and not (rule.relation == "attacked" and self.reading.norm(u.first + 1) in _CLASSES["treasuries"])
                    and not (slot == "ب" and rule.relation == "met_with" and u.type is EntityType.PLACE)  # بالعاصمة: where they met
                    and not (rule.relation == "invited" and u.type is EntityType.EVENT)
                    and not (u.organ and slot in _ACTING and self.reading.norm(u.first) in _CLASSES["patrons"])
                    and not (rule.relation in _OF_THEIR_OWN and u.organ and bare(self.reading.norm(u.first)) in _CLASSES["missions"])
                    and not (others and (self._same(u, others, rule) or (rule.relation == "sanctioned" and self._expelled(u))))
                )
                if units:
                    yield slot, replace(filler, units=units)
                elif others and rule.relation == "visited" and len(filler.units) == 1:
                    at_home = self._same(filler.units[0], others, rule)

    def _expelled(self, unit: Unit) -> bool:
        """ "The Russian diplomats" impose nothing: they are those who are expelled."""
        return self.reading.norm(unit.first).removeprefix("ال") in EXPELLED

    def _represents(self, filler: Filler, rule: RuleRow) -> bool:
        """What a body or an envoy says is said by those that it stands for: قال السفير الياباني، طالبت السلطات المحلية."""
        return filler.stands and rule.relation in WORDS

    def _outlet(self, unit: Unit) -> bool:
        """A paper, a channel, an agency: an interview with it is no meeting."""
        thing = self.actors.reference.things.get(unit.key.removeprefix("ref:"))
        if thing and thing.kind in {"media", "news_agency"}:
            return True
        return not unit.key.startswith("ref:") and any(self.reading.norm(k) in _CLASSES["outlets"] for k in range(max(0, unit.first - 2), unit.first))

    def _same(self, unit: Unit, others: Filler, rule: RuleRow) -> bool:
        """The unit is one of the others, or stands for all of them: nobody visits his own state."""
        if any(u.first == unit.first for u in others.units):
            return True
        relation = RELATIONS[rule.relation]
        return all(u.key == unit.key or self.actors.own(unit.key, u.key, relation) for u in others.units)

    def _headed(self, filler: Filler, heads: tuple[str, ...]) -> bool:
        """The noun that the filler was seen through is one of those that the rule wants there, or its genitive."""
        r, k = self.reading, filler.head
        while k is not None and k not in r.unit_at:
            if self._any_head(k, heads):
                return True
            k = k - 1 if r.pos(k - 1) == "NOUN" and not r.norm(k - 1).startswith("ال") else None  # مزاعم المسؤولين الكنديين
        return False

    def _any_head(self, head: int, wanted: tuple[str, ...]) -> bool:
        return bool({bare(self.reading.norm(head)), self.reading.surface(head)} & folded(wanted))

    def _fillers(self, slot: str, frame: Frame, i: int) -> list[Filler]:
        special = _SPECIAL.get(slot)
        return special(self, frame, i) if special else frame.slots.get(slot, [])

    # -- slots that no frame has --------------------------------------------------------------------------------------

    def speaker(self, frame: Frame, i: int) -> list[Filler]:
        """Who says the clause: as the attribution has it, else the subject of the verb of speech before "that", which may be
        a state or its capital."""
        r = self.reading
        if speaker := self.attribution.speaker_unit(i, self._outlet):
            units, _ = r.group(speaker, r.bounds(speaker.first)[1])
            return [Filler(units if units[0].key == speaker.key else (speaker,), 0.8)]
        begin, _ = r.bounds(i)
        that = next((k for k in range(i - 1, begin, -1) if r.norm(k) in {"ان", "بان"}), None)
        said = next((k for k in range((that or begin) - 1, begin - 1, -1) if r.norm(k) in self.rules.speech and r.pos(k) != "ADP"), None)
        if said is None or self.attribution.alleged(said, that or i):
            return []
        return [f for f in self.frames.verb(said).slots.get("subj", []) if not f.through or f.stands]


_SPECIAL: Mapping[str, Callable[[Pairs, Frame, int], list[Filler]]] = {
    **beside.SLOTS,
    "speaker": Pairs.speaker,
    **controls.SLOTS,
    **demands.SLOTS,
    **strikes.SLOTS,
    "seized": arrests.seized,
    "envoys": expulsions.envoys,
    **told.SLOTS,
    **gatherings.SLOTS,
    **parties.SLOTS,
    **travels.SLOTS,
    **meetings.SLOTS,
}


@lru_cache(maxsize=4096)
def folded(words: tuple[str, ...]) -> frozenset[str]:
    """The words of a rule as tokens are compared with them."""
    return frozenset(fold_word(word) or word for word in words)

"""Doc + Entities -> Claims: who did what to whom, how the sentence puts it, and who says so.

The extractor is a protocol with one method; `RuleExtractor` is its first implementation. Posts come from titles, the
rest from the rules of `kg/data/rules` over the frames of their triggers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Protocol

from spacy.tokens import Doc

from kg.arabic import bare, fold
from kg.dates import times
from kg.facts.appointments import Appointments
from kg.facts.standing import Standing
from kg.inventory import RELATIONS
from kg.language.wordclasses import shipped
from kg.model import Article, Claim, Entities, EntityType, Modality, Polarity, Statements, Time
from kg.pairing import controls, gatherings
from kg.pairing.actors import Actors
from kg.pairing.pairing import Pair, Pairing
from kg.pairing.pairs import Pairs
from kg.pairing.sequences import Sequences
from kg.qualifiers.attribution import Attribution
from kg.qualifiers.circumstances import Circumstances
from kg.qualifiers.cues import past
from kg.qualifiers.occasions import Occasions
from kg.qualifiers.stance import Stance, stance
from kg.qualifiers.timing import Timing
from kg.reference import Reference
from kg.rules import CONTACTS, DOERS, WORDS, RuleRow, RuleSet, Trigger
from kg.slots.frames import Frames
from kg.slots.slots import Frame
from kg.syntax.clauses import Reading, Unit, read

# Units whose own words may trigger a rule: "the summit of X and Y", "the alliance under the leadership of X".
_NAMED = {EntityType.EVENT, EntityType.ORGANIZATION, EntityType.AGREEMENT}

_WORDS = shipped("told")
# Tokens before a word of blame in which "likely" is looked for.
_LIKELY = 12


class Extractor(Protocol):
    """Anything that reads claims from an analysed article. `name` is written on each claim."""

    @property
    def name(self) -> str:
        """What is written on each claim as its extractor."""

    def extract(self, article: Article, doc: Doc, entities: Entities) -> Statements:
        """The claims, quotations and events of one analysed article with its entities."""


@dataclass(frozen=True)
class RuleExtractor:
    """Claims by rules."""

    rules: RuleSet
    reference: Reference
    name: str = "rules"

    def extract(self, article: Article, doc: Doc, entities: Entities) -> Statements:
        """The claims and quotations of one article, without repetition, in the order of the text."""
        actors = Actors(article, entities, self.reference)
        reading = read(article, doc, entities, self.rules.verbs, actors.home)
        frames = Frames(reading, self.rules)
        attribution = Attribution(reading, self.rules, frames, self.reference.capitals)
        circumstances = Circumstances(reading)
        pairing = Pairs(reading, self.rules, frames, attribution, actors, circumstances)
        timing = Timing(reading)
        work = _Work(pairing, timing, circumstances)
        sequences = Sequences(reading, actors)
        standing = Standing(article, entities, reading, self.reference, actors)
        posts = map(Appointments(reading, self.rules).put, standing.claims())
        claims = [timing.dated(claim) for claim in _sharpest([*posts, *sequences.claims(), *work.claims()])]
        claims = _once(claims, self.rules)
        claims = _disputed(_yet_to_meet(_face_to_face(claims, actors, reading), article))
        claims.sort(key=lambda c: (c.evidence, c.trigger or c.evidence, c.rule, c.subject, c.object))
        occasions = Occasions(entities, reading, self.rules, frames, timing, circumstances)
        return Statements(tuple(dict.fromkeys(claims)), attribution.quotations(), occasions.read(claims))


# Rules that read two who meet off the name of a summit, and relations of those who have met.
_NAMED_SUMMITS = frozenset({"met_with-13"})
_MEETING = frozenset({"met_with", "spoke_with", "agreed_with", "negotiated_with"})
_TOGETHER = frozenset({"met_with", "participated_in", "visited"})


@dataclass(frozen=True)
class _Work:
    pairing: Pairing
    timing: Timing
    circumstances: Circumstances

    def claims(self) -> Iterator[Claim]:
        """What the rules state of one article."""
        r = self.pairing.reading
        for i in range(len(r.doc)):
            unit = r.unit_at.get(i)
            if unit and unit.first == i and unit.type in _NAMED:
                yield from self._named(unit)
            if unit and not unit.adjective and not unit.organ:
                continue
            for trigger in self.pairing.rules.triggers.get(r.norm(i), ()):
                if not trigger.rule.event and self.pairing.fires(trigger, i):
                    yield from self._apply(trigger, i)

    def _named(self, unit: Unit) -> Iterator[Claim]:
        """What the rules for heads of named events state: what stands behind the name belongs to it."""
        for trigger in self.pairing.rules.triggers.get(self.pairing.reading.norm(unit.first), ()):
            if trigger.rule.event:
                yield from self._apply(trigger, unit.last - 1, unit.first)

    def _apply(self, trigger: Trigger, i: int, head: int | None = None) -> Iterator[Claim]:
        frame = self.pairing.frame(trigger, i)
        if not self.pairing.allowed(trigger, frame, i):
            return
        pairs = list(self.pairing.pairs(trigger.rule, frame, i))
        if frame.alternative and (not pairs or self._met_by_another(trigger, frame, pairs)):
            pairs = list(self.pairing.pairs(trigger.rule, frame.alternative, i))
        if not pairs:
            return
        when = self.timing.candidate(i, frame.host if frame.relative is None else frame.relative, relation=trigger.rule.relation)
        noun = not trigger.verb
        rules = self.pairing.rules
        deeds = rules.deeds.get(trigger.rule.id, frozenset())
        # words are not said on a day to come, unless the day cannot be past: "denies the attack on 4 March"
        how = stance(self.pairing.reading, rules, i, noun, frame.host, self.timing.ahead(when, None if trigger.rule.relation in WORDS else i), deeds)
        if DOERS & set(trigger.rule.subject):
            how = controls.put(self.pairing, i) or how
            if how.asserted:
                return
        elif trigger.rule.alleged and how.asserted:
            how = Stance(modality=Modality.PLANNED if trigger.rule.ahead else Modality.REPORTED)
        elif how.asserted and noun and (promised := controls.promised(self.pairing, i)):
            how = promised
        if noun and not how.asserted and how.modality is not Modality.DENIED and self._carried_out(trigger.rule, frame, i):
            how = stance(self.pairing.reading, rules, frame.relative or i, False, None, None)
        if self._firm(trigger.rule.relation, how, i) or (frame.drafted and how.modality is Modality.PLANNED):
            how = Stance() if frame.drafted else Stance(how.polarity)
        if how.asserted and not noun and (above := self._above(i)) is not None:
            how = stance(self.pairing.reading, rules, above, False, None, self.timing.ahead(self.timing.candidate(above, None, relation=trigger.rule.relation), above))
        if trigger.rule.ahead and how.asserted and (noun or not past(self.pairing.reading, rules, i)):
            how = replace(how, modality=Modality.PLANNED)
        if head is not None and head < i and how.asserted:
            how = stance(self.pairing.reading, rules, head, noun, frame.host, None, deeds)
        unit = self.pairing.reading.unit_at.get(i) if head is not None else None
        if unit and unit.type is EntityType.EVENT and how.asserted and gatherings.to_come(self.pairing.reading, unit):
            how = replace(how, modality=Modality.PLANNED)
        if head is not None and not gatherings.held_by(self.pairing.reading, frame):
            how = replace(how, polarity=Polarity.POSITIVE)  # "the summit of X and Y has not brought results"
        for pair in pairs:
            for subject in pair.subjects.units:
                for target in pair.objects.units:
                    put = Stance() if pair.standing else how
                    if target.type is EntityType.EVENT and trigger.rule.relation == "intervened_in" and put.asserted:
                        put = Stance(modality=Modality.REPORTED)  # that somebody meddled in elections is what is said of him
                    if noun and target.type is EntityType.EVENT and trigger.rule.relation == "participated_in" and put.asserted and gatherings.to_come(self.pairing.reading, target):
                        put = Stance(modality=Modality.PLANNED)  # the candidate in an election that is ahead
                    claim = self._claim(trigger.rule, i, subject, target, pair, put, self.timing.fits(when or self._said(trigger.rule, put, i), put, i))
                    if claim:
                        yield self.circumstances.told(claim, i, frame.host)

    def _said(self, rule: RuleRow, how: Stance, i: int) -> times.Reading | None:
        """When the words were said that are a blame, a call, a warning of who says them: "said on Tuesday that Iran practises"."""
        verb = self.pairing.attribution.verb_of(i) if how.asserted and "speaker" in rule.subject and rule.relation in WORDS else None
        return self.timing.candidate(verb) if verb is not None else None

    def _carried_out(self, rule: RuleRow, frame: Frame, i: int) -> bool:
        """The relative clause of the noun says that it is done, whatever is said of the verb above: «اتهمت فلانة فلانا بدعم
        الحملة التي تنفذها القوات», «لم تحذر من ضربة نفذتها»."""
        r = self.pairing.reading
        if frame.relative is None:
            return False
        return past(r, self.pairing.rules, frame.relative) or (r.norm(i).startswith("ال") and rule.relation not in CONTACTS)

    def _above(self, i: int) -> int | None:
        """The verb that says of a gathering when it is which a present right behind it tells of: «تستضيف أنقرة غدا قمة تجمع فلانا وفلانا»."""
        r = self.pairing.reading
        k = i - 1
        while (r.pos(k) == "ADJ" or (k in r.unit_at and r.unit_at[k].type is EntityType.EVENT and r.unit_at[k].first < k)) and k > r.bounds(i)[0]:
            k -= 1
        if r.norm(k) not in _WORDS["gathering"] or past(r, self.pairing.rules, i):
            return None
        return next((m for m in range(k - 1, r.bounds(i)[0] - 1, -1) if r.pos(m) == "VERB" and m not in r.unit_at), None)

    def _met_by_another(self, trigger: Trigger, frame: Frame, pairs: list[Pair]) -> bool:
        """ "X went to Y, where he met A and B": those two did not meet each other, who is named before met both."""
        other = frame.alternative
        if not trigger.verb or not trigger.rule.reciprocal or other is None or "obj" not in trigger.rule.object:
            return False
        met = {u.key for f in other.slots["obj"] for u in f.units}
        if len(met) < 2 or any(pair.subjects.units[0].key not in met or pair.objects.units[0].key not in met for pair in pairs):
            return False
        if any(u.type is not EntityType.PERSON for u in other.slots["subj"][0].units):
            return False
        other.slots.pop("between", None)
        return True

    def _firm(self, relation: str, how: Stance, i: int) -> bool:
        """The accusation is at a distance, its denial is not; "very likely responsible" is blame all the same."""
        if relation == "denied_accusation_of":
            return how.modality in {Modality.REPORTED, Modality.HYPOTHETICAL}
        r = self.pairing.reading
        before = range(max(r.bounds(i)[0], i - _LIKELY), i)
        return relation == "accused" and how.modality is Modality.HYPOTHETICAL and any(r.norm(k) in _WORDS["likely"] for k in before)

    def _claim(
        self, rule: RuleRow, i: int, subject: Unit, target: Unit, pair: Pair, how: Stance, when: Time | None
    ) -> Claim | None:
        r, actors = self.pairing.reading, self.pairing.actors
        relation = RELATIONS[rule.relation]
        one = actors.as_(subject.key, relation.domain, subject, rule.relation)
        other = actors.as_(target.key, relation.range, target, rule.relation)
        if one is None or other is None or one == other or actors.own(one, other, relation):
            return None
        if rule.foreign and not actors.foreign(one, other):
            return None
        said = self.pairing.attribution.of(i)
        return Claim(
            r.article.id, one, relation.name, other, rule.id, self._sure(rule, pair, subject, target),
            r.sentence(r.span(i, i + 1)), how.polarity, how.modality, subject.span, r.span(i, i + 1), target.span,
            attributed_to=said.key, source_text=said.text, time=when,
        )  # fmt: skip

    def _sure(self, rule: RuleRow, pair: Pair, subject: Unit, target: Unit) -> float:
        """How sure a claim is: the rule, times the less sure of its two ends; half as sure where the object is a topic, which
        names what the words are about but nobody who acts, or one of the two a collective without members of its own (the West)."""
        unnamed = target.type is EntityType.TOPIC or any(self._collective(unit) for unit in (subject, target))
        return round(rule.confidence * min(pair.subjects.sure, pair.objects.sure) * (0.5 if unnamed else 1.0), 2)

    def _collective(self, unit: Unit) -> bool:
        thing = self.pairing.actors.reference.things.get(unit.key.removeprefix("ref:"))
        return thing is not None and thing.kind == "collective"


def _face_to_face(claims: list[Claim], actors: Actors, reading: Reading) -> list[Claim]:
    """Talks of two persons of whom the article says that one has come to the other's country are a meeting, unless by telephone."""
    visits = [c for c in claims if c.relation == "visited" and c.asserted]
    hosts = {c.subject: {place for v in visits if v.subject == c.subject for place in actors.countries(v.object)} for c in visits}

    def met(c: Claim) -> bool:
        if c.relation != "spoke_with" or c.trigger is None or not all(actors.person(key) for key in (c.subject, c.object)):
            return False
        if bare(fold(reading.article.cut(c.trigger)).split()[0]) not in _WORDS["talks"] or "هاتف" in reading.article.cut(c.evidence):
            return False
        return bool(hosts.get(c.subject, set()) & actors.states_of(c.object) or hosts.get(c.object, set()) & actors.states_of(c.subject))

    return [replace(c, relation="met_with") if met(c) else c for c in claims]


def _yet_to_meet(claims: list[Claim], article: Article) -> list[Claim]:
    """A summit that is only named ("the summit of X and Y") is yet to come where the article says so of the two, and tells of no
    meeting of theirs that was; one of which the headline tells is where what comes first in the text is that they will meet."""
    meetings = [c for c in claims if c.polarity is Polarity.POSITIVE and c.relation in _MEETING]
    headed = {c.trigger for c in claims if c.evidence.end <= len(article.title)}
    named = {c.trigger for c in meetings if c.rule in _NAMED_SUMMITS}
    been = {_pair(c) for c in meetings if c.asserted and c.trigger not in named | headed}
    planned = {_pair(c) for c in meetings if c.modality is Modality.PLANNED}
    first: dict[frozenset[str], Claim] = {}
    for c in sorted((c for c in meetings if c.trigger not in headed), key=lambda c: c.trigger or c.evidence):
        first.setdefault(_pair(c), c)
    coming = {pair for pair, c in first.items() if c.modality is Modality.PLANNED}
    ahead = {c.trigger for c in meetings if c.trigger in named and _pair(c) in planned - been}
    ahead |= {c.trigger for c in meetings if c.trigger in headed and _pair(c) in coming}

    def told(c: Claim) -> bool:
        return c.trigger in ahead and c.relation in _TOGETHER and c.asserted

    return [replace(c, modality=Modality.PLANNED) if told(c) else c for c in claims]


def _disputed(claims: list[Claim]) -> list[Claim]:
    """A deed that somebody is accused of is denied where the same sentence says that he denies the accusation."""
    denials = {(c.subject, c.evidence) for c in claims if c.relation == "denied_accusation_of" and c.asserted}
    return [replace(c, modality=Modality.DENIED) if c.modality is Modality.REPORTED and (c.subject, c.evidence) in denials else c for c in claims]


def _pair(claim: Claim) -> frozenset[str]:
    return frozenset((claim.subject, claim.object))


def _once(claims: list[Claim], rules: RuleSet) -> list[Claim]:
    """The claims without those of governed deeds that another rule states of the same sentence."""
    deeds = {rule.id for rule in rules.rules if rule.claims_alone}
    stated = {(c.relation, c.evidence, frozenset((c.subject, c.object))) for c in claims if c.rule not in deeds}
    return [c for c in claims if c.rule not in deeds or (c.relation, c.evidence, frozenset((c.subject, c.object))) not in stated]


def _sharpest(claims: list[Claim]) -> list[Claim]:
    """Of "met" and "spoke", of "invited" and "called on", of "condemned" and "attacked" that one trigger states of one pair only the first is kept."""
    stronger = {"spoke_with": "met_with", "travelled_to": "visited", "called_on": "invited", "attacked": "condemned"}
    stated = {
        (c.relation, c.trigger, frozenset((c.subject, c.object)))
        for c in claims
        if c.asserted
    }
    return [
        c
        for c in claims
        if (stronger.get(c.relation, ""), c.trigger, frozenset((c.subject, c.object))) not in stated
    ]

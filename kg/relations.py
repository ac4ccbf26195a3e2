"""Doc + Entities -> Claims: who did what to whom, how the sentence puts it, and who says so.

The extractor is a protocol with one method; `RuleExtractor` is its first implementation. Posts come from titles, the
rest from the rules of `kg/data/rules` over the frames of their triggers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Protocol

from spacy.tokens import Doc

from kg import times
from kg.attribution import Attribution
from kg.clauses import Reading, Unit, read
from kg.frames import Filler, Frame, Frames
from kg.inventory import RELATIONS, Relation
from kg.model import Article, Claim, Entities, EntityType, Post, Quotation, Span, Statements, Time
from kg.reference import Reference
from kg.rules import RuleRow, RuleSet, Trigger
from kg.stance import Stance, stance

_STATE_ORGANS = {"ministry", "army", "government", "presidency", "police"}
_VERB_POS = {"VERB"}
_NOUN_POS = {"NOUN", "ADJ", "X", "PROPN"}
_POST_CONFIDENCE = 0.95


class Extractor(Protocol):
    """Anything that reads claims from an analysed article. `name` is written on each claim."""

    name: str

    def extract(self, article: Article, doc: Doc, entities: Entities) -> Statements: ...


@dataclass(frozen=True)
class RuleExtractor:
    """Claims by rules."""

    rules: RuleSet
    reference: Reference
    name: str = "rules"

    def extract(self, article: Article, doc: Doc, entities: Entities) -> Statements:
        """The claims and quotations of one article, without repetition, in the order of the text."""
        reading = read(article, doc, entities)
        work = _Work(article, entities, reading, self.rules, self.reference, Frames(reading, self.rules))
        claims = _sharpest([*work.posts(), *work.places(), *work.parts(), *work.claims()])
        claims.sort(key=lambda c: (c.evidence, c.trigger or c.evidence, c.rule, c.subject, c.object))
        return Statements(tuple(dict.fromkeys(claims)), work.quotations())


@dataclass
class _Work:
    article: Article
    entities: Entities
    reading: Reading
    rules: RuleSet
    reference: Reference
    frames: Frames

    def __post_init__(self) -> None:
        self._attribution = Attribution(self.reading, self.rules, self.frames)
        self._kinds = {e.key: e.type for e in self.entities.entities}
        self._times = times.expressions(self.article.text, self.article.published)

    def quotations(self) -> tuple[Quotation, ...]:
        """The direct speech of the article."""
        return self._attribution.quotations()

    # -- posts ------------------------------------------------------------------------------------------------------

    def posts(self) -> Iterator[Claim]:
        """Standing facts that titles state."""
        for post in self.entities.posts:
            relation = self._post_relation(post)
            if not post.of or relation is None:
                continue
            of = self._as(post.of, relation.range)
            if of is None or of == post.person:
                continue
            yield Claim(
                self.article.id, post.person, relation.name, of, f"post-{post.office}", _POST_CONFIDENCE,
                self._sentence(post.title), subject_span=post.name, trigger=post.title, position=post.position,
                portfolio=post.portfolio, former=post.former,
            )  # fmt: skip

    def _post_relation(self, post: Post) -> Relation | None:
        return RELATIONS.get(f"{post.office}_of")

    def places(self) -> Iterator[Claim]:
        """Capitals: "the Afghan capital Kabul", "Seoul, the capital of South Korea"."""
        r = self.reading
        for unit in r.units:
            country = self.reference.capitals.get(unit.key.removeprefix("ref:"))
            if not country or unit.adjective:
                continue
            near = range(max(0, unit.first - 3), min(len(r.doc), unit.last + 4))
            if not any(r.norm(k) in {"العاصمه", "عاصمه"} and not self._between(k, unit) for k in near):
                continue
            if self._names_country(country):
                k = next(k for k in near if r.norm(k) in {"العاصمه", "عاصمه"})
                yield Claim(
                    self.article.id, unit.key, "capital_of", f"ref:{country}", "capital-01", 0.9, self._sentence(unit.span),
                    subject_span=unit.span, trigger=r.span(k, k + 1),
                )  # fmt: skip

    def _between(self, k: int, unit: Unit) -> bool:
        """True when another city stands between the word "capital" and the unit, or a full stop."""
        r = self.reading
        middle = range(k + 1, unit.first) if k < unit.first else range(unit.last, k)
        stopped = any(r.doc[m].text in {".", ":"} or r.pos(m) in {"VERB", "ADP"} for m in middle)
        return stopped or any((u := r.unit_at.get(m)) is not None and u.type is EntityType.PLACE for m in middle)

    def _names_country(self, country: str) -> bool:
        key = f"ref:{country}"
        return any(m.key == key for m in (*self.entities.mentions, *self.entities.adjectives))

    def parts(self) -> Iterator[Claim]:
        """ "The Security Council of the United Nations", "the Afghan province of Panjshir", "Mersin in the south of Turkey"."""
        r = self.reading
        for unit in r.units:
            thing = self.reference.things.get(unit.key.removeprefix("ref:"))
            if unit.adjective or unit.organ or not thing:
                continue
            for whole, trigger in self._wholes(unit):
                if self._is_part(thing.id, whole.removeprefix("ref:")):
                    yield Claim(
                        self.article.id, unit.key, "part_of", whole, "part_of-02", 0.9, self._sentence(unit.span),
                        subject_span=unit.span, trigger=trigger,
                    )  # fmt: skip

    def _wholes(self, unit: Unit) -> Iterator[tuple[str, Span]]:
        """What stands beside a unit as what it is part of: a nisba, "in X", "belonging to X", a name inside its name."""
        r = self.reading
        following = r.unit_at.get(unit.last)
        if following and following.adjective:
            yield following.key, following.span
        for k in range(unit.last, min(unit.last + 5, len(r.doc))):
            other = r.unit_at.get(k)
            if other and not other.adjective:
                between = {r.norm(m) for m in range(unit.last, k)} | {other.prefix}
                if between & {"في", "ب", "التابع", "التابعه", "جنوب", "شمال", "غرب", "شرق", "غربي", "شرقي", "جنوبي", "شمالي"}:
                    yield other.key, other.span
                break
            if r.doc[k].text in {".", "،", ","} or r.pos(k) == "VERB":
                break
        inside = self.article.cut(unit.span)
        for cue in (" التابع ل", " التابعة ل"):
            if cue in inside and (parent := self.reference.things[unit.key[4:]].part_of):
                at = unit.span.start + inside.index(cue) + 1
                yield f"ref:{parent}", Span(at, unit.span.end)

    def _is_part(self, part: str, whole: str) -> bool:
        """The reference data knows the part to be one of the whole; the text has to say it all the same."""
        thing = self.reference.things[part]
        if thing.type is EntityType.PLACE and whole == thing.country and thing.kind != "capital":
            return True
        return bool(thing.part_of) and (whole == thing.part_of or self._is_part(thing.part_of, whole))

    # -- rules ------------------------------------------------------------------------------------------------------

    def claims(self) -> Iterator[Claim]:
        r = self.reading
        for i in range(len(r.doc)):
            if i in r.unit_at and not r.unit_at[i].adjective and not r.unit_at[i].organ:
                continue
            for trigger in self.rules.triggers.get(r.norm(i), ()):
                if self._triggers(trigger, i):
                    yield from self._apply(trigger, i)

    def _triggers(self, trigger: Trigger, i: int) -> bool:
        r = self.reading
        pos = r.pos(i)
        if trigger.verb and not trigger.participle:
            return pos in _VERB_POS
        if trigger.participle:
            return pos in {"ADJ", "NOUN"} and not r.norm(i).startswith("ال")
        return pos in _NOUN_POS and all(r.norm(i + 1 + n) in {w, "ال" + w} for n, w in enumerate(trigger.phrase))

    def _apply(self, trigger: Trigger, i: int) -> Iterator[Claim]:
        rule = trigger.rule
        noun = not trigger.verb
        frame = self.frames.noun(i + len(trigger.phrase)) if noun else self.frames.verb(i)
        if not self._allowed(trigger, frame, i):
            return
        relation = RELATIONS[rule.relation]
        standing = bool({"apposed", "possessor", "next"} & {*rule.subject, *rule.object})
        how = Stance() if standing else stance(self.reading, self.rules, i, noun, frame.host)
        for subjects, objects in self._pairs(rule, frame, i):
            for subject in subjects.units:
                for target in objects.units:
                    claim = self._claim(rule, relation, frame, i, subject, target, subjects, objects, how)
                    if claim:
                        yield claim

    def _allowed(self, trigger: Trigger, frame: Frame, i: int) -> bool:
        rule = trigger.rule
        window = self._window(i)
        if rule.host and (frame.host is None or self.reading.norm(frame.host) not in self.rules.hosts[rule.id]):
            return False
        if rule.requires and not window & _folded(rule.requires):
            return False
        if rule.place and not any(u.type is EntityType.PLACE for f in frame.slots.get("في", []) for u in f.units):
            return False
        if needed := rule.requires_if.get(trigger.verb):
            return bool(window & _folded(needed))
        return True

    def _window(self, i: int) -> frozenset[str]:
        """The words of the trigger's clause: a dozen after it, a few before."""
        begin, end = self.reading.bounds(i)
        around = range(max(begin, i - 3), min(end, i + 14))
        return frozenset(self.reading.norm(k) for k in around) | frozenset(
            self.reading.norm(k).removeprefix("ال") for k in around
        )

    def _pairs(self, rule: RuleRow, frame: Frame, i: int) -> Iterator[tuple[Filler, Filler]]:
        relation = RELATIONS[rule.relation]
        if "between" in rule.object and (both := self._reciprocal(frame.slots.get("between", []), rule)):
            yield from both
            return
        objects = self._first(rule.object, frame, i, relation.range, rule.object_types)
        if objects:
            used = {u.first for u in objects[1].units}
            subjects = self._first(rule.subject, frame, i, relation.domain, rule.subject_types, used)
            if subjects:
                yield subjects[1], objects[1]
                if rule.together and self._window(i) & _folded(rule.together):
                    yield from self._reciprocal([objects[1]], rule)
        elif rule.reciprocal:
            for slot in rule.subject:
                if both := self._reciprocal(frame.slots.get(slot, []), rule):
                    yield from both
                    return

    def _reciprocal(self, fillers: Iterable[Filler], rule: RuleRow) -> list[tuple[Filler, Filler]]:
        return [
            (replace(filler, units=(a,)), replace(filler, units=(b,)))
            for filler in fillers
            if not filler.through
            for n, a in enumerate(filler.units)
            for b in filler.units[n + 1 :]
            if a.key != b.key
        ]

    def _first(
        self,
        slots: Iterable[str],
        frame: Frame,
        i: int,
        types: frozenset[EntityType],
        narrower: tuple[EntityType, ...],
        used: set[int] | None = None,
    ) -> tuple[str, Filler] | None:
        """The first slot that is filled with units of the right types."""
        wanted = types & frozenset(narrower) if narrower else types
        for slot in slots:
            if slot == "between":
                continue
            for filler in self._fillers(slot.rstrip("~"), frame, i):
                if filler.through and not slot.endswith("~"):
                    continue
                units = tuple(
                    u for u in filler.units if self._as(u.key, wanted, u) is not None and not (used and u.first in used)
                )
                if units:
                    return slot, replace(filler, units=units)
        return None

    def _fillers(self, slot: str, frame: Frame, i: int) -> list[Filler]:
        if slot in {"next", "possessor", "speaker", "topic", "على_must", "ل_agent", "ل_target"}:
            return self._special(slot, frame, i)
        return frame.slots.get(slot, [])

    def _special(self, slot: str, frame: Frame, i: int) -> list[Filler]:
        r = self.reading
        match slot:
            case "ل_agent" | "ل_target":
                fillers = frame.slots.get("ل", [])
                taken = bool(frame.slots.get("gen") or frame.slots.get("على"))
                return fillers if (slot == "ل_agent") == taken or slot == "ل_agent" else []
            case "next":
                unit = next((r.unit_at[k] for k in range(i + 1, min(i + 4, len(r.doc))) if k in r.unit_at), None)
                return [Filler((unit,), 0.85)] if unit and not unit.adjective else []
            case "possessor":
                if r.pos(i + 1) != "PRON":
                    return []
                unit = r.antecedent(i + 1)
                return [Filler((unit,), 0.7)] if unit else []
            case "speaker":
                speaker = self._attribution.speaker_unit(i)
                return [Filler((speaker,), 0.8)] if speaker else []
            case "topic":
                found = r.left(i)
                return [Filler(found[0], 0.8)] if found else []
            case "على_must":
                return self._must(i)
            case _:
                return []

    def _must(self, i: int) -> list[Filler]:
        """"that it is for Russia to answer": أن على + unit."""
        r = self.reading
        _, end = r.bounds(i)
        for k in range(i + 1, min(end, i + 12)):
            if r.norm(k) == "ان" and r.norm(k + 1) == "علي" and (unit := r.unit_at.get(k + 2)):
                return [Filler((unit,), 0.85)]
        return []

    # -- claims -----------------------------------------------------------------------------------------------------

    def _claim(
        self, rule: RuleRow, relation: Relation, frame: Frame, i: int, subject: Unit, target: Unit,
        subjects: Filler, objects: Filler, how: Stance,
    ) -> Claim | None:  # fmt: skip
        one = self._as(subject.key, relation.domain, subject)
        other = self._as(target.key, relation.range, target)
        if one is None or other is None or one == other or self._own(one, other, relation):
            return None
        if rule.foreign and not self._foreign(one, other):
            return None
        confidence = round(rule.confidence * min(subjects.sure, objects.sure), 2)
        said = self._attribution.of(i, one)
        return Claim(
            self.article.id, one, relation.name, other, rule.id, confidence, self._sentence(self.reading.span(i, i + 1)),
            how.polarity, how.modality, subject.span, self.reading.span(i, i + 1), target.span,
            attributed_to=said.key, source_text=said.text, time=self._when(i),
        )  # fmt: skip

    def _when(self, i: int) -> Time | None:
        """The expression of time nearest to the trigger in its sentence, a full date before a word for the same day; none
        where the sentence has none: the day of publication is not the day of what happened."""
        sentence = self._sentence(self.reading.span(i, i + 1))
        at = self.reading.start(i)
        near = [t for t in self._times if t.span and t.span in sentence]
        if not near:
            return None
        best = min(near, key=lambda t: (abs((t.span or sentence).start - at)))
        same = [t for t in near if t.first == best.first and t.last == best.last]
        return max(same, key=lambda t: len(t.text))

    def _own(self, one: str, other: str, relation: Relation) -> bool:
        """A person does nothing to the state he stands for that these rules could mean (his army, his city)."""
        if relation.name in {"visited", "attacked", "threatens", "supports", "aids", "sanctioned", "met_with", "spoke_with"}:
            return other in self._states_of(one) or one in self._states_of(other)
        return False

    def _states_of(self, key: str) -> set[str]:
        thing = self.reference.things.get(key.removeprefix("ref:"))
        states = {f"ref:{thing.country}"} if thing and thing.country else set()
        for post in self.entities.posts:
            if post.person == key and post.office in {"head_of_state", "head_of_government", "minister"} and not post.former:
                states.add(post.of)
        for state in list(states):
            states |= {f"ref:{c}" for c, country in self.reference.capitals.items() if f"ref:{country}" == state}
        return states

    def _foreign(self, person: str, place: str) -> bool:
        thing = self.reference.things.get(place.removeprefix("ref:"))
        home = self._states_of(person)
        country = thing.country if thing and thing.country else place.removeprefix("ref:")
        return bool(home) and f"ref:{country}" not in home and thing is not None

    def _as(self, key: str, types: frozenset[EntityType], unit: Unit | None = None) -> str | None:
        """The key to use for an entity where `types` are wanted: itself, or the state that it stands for."""
        thing = self.reference.things.get(key.removeprefix("ref:")) if key.startswith("ref:") else None
        kind = thing.type if thing else unit.type if unit else self._kinds.get(key)
        if thing and thing.type is EntityType.ORGANIZATION and thing.kind in _STATE_ORGANS and thing.country and EntityType.COUNTRY in types:
            return f"ref:{thing.country}"
        if kind in types:
            return key
        country = self.reference.capitals.get(key.removeprefix("ref:"))
        if country and EntityType.COUNTRY in types:
            return f"ref:{country}"
        return None

    def _sentence(self, span: Span) -> Span:
        """The source span of the sentence that holds a span."""
        doc = self.reading.doc
        starts: list[int] = doc.user_data["starts"]
        from bisect import bisect_right

        i = max(0, bisect_right(starts, span.start) - 1)
        sent = doc[i].sent
        return self.reading.span(sent.start, sent.end)


def _sharpest(claims: list[Claim]) -> list[Claim]:
    """Of "met" and "spoke", of "invited" and "called on" that one trigger states of one pair only the first is kept."""
    stronger = {"spoke_with": "met_with", "called_on": "invited"}
    stated = {(c.relation, c.trigger, frozenset((c.subject, c.object))) for c in claims}
    return [
        c
        for c in claims
        if (stronger.get(c.relation, ""), c.trigger, frozenset((c.subject, c.object))) not in stated
    ]


def _folded(words: Iterable[str]) -> frozenset[str]:
    from kg.arabic import fold_word

    return frozenset(fold_word(word) for word in words)
